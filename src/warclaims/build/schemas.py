"""The files of ``schema/``: the JSON Schema of every file kind."""

from __future__ import annotations

import json

from warclaims.corpus.model_schema import FILE_KINDS, SCHEMA_FOLDER, json_schema


def schema_files() -> dict[str, bytes]:
    """The schema files by path under ``schema/``, as bytes."""
    return {
        f"{SCHEMA_FOLDER}/{name}.schema.json": (
            json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"
        ).encode()
        for name in FILE_KINDS
    }
