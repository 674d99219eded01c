"""The files of ``schema/``: the JSON Schema of every file kind, and the labelling interface."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from warclaims.corpus.model_schema import FILE_KINDS, SCHEMA_FOLDER, json_schema
from warclaims.labelstudio.configuration import configuration

if TYPE_CHECKING:
    from warclaims.records import Lists


def schema_files(lists: Lists) -> dict[str, bytes]:
    """The schema files by path under ``schema/``; ``lists`` are those of the corpus."""
    files = {
        f"{SCHEMA_FOLDER}/{name}.schema.json": (
            json.dumps(json_schema(name, lists), ensure_ascii=False, indent=2) + "\n"
        ).encode()
        for name in FILE_KINDS
    }
    return {**files, f"{SCHEMA_FOLDER}/labelstudio.xml": configuration(lists)}
