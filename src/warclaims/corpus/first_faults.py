"""Validate JSON with very many values without keeping an error for each of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic_core import CoreConfig, SchemaValidator

if TYPE_CHECKING:
    from pydantic import BaseModel


@cache
def first_faults(model: type[BaseModel]) -> SchemaValidator:
    """A validator that stops at the first error of each list.

    It refuses nothing that ``model`` accepts; of what it accepts, ``model`` may still refuse some,
    as unknown fields.
    """
    model.model_rebuild()
    config = CoreConfig(strict=model.model_config.get("strict", False))
    return SchemaValidator(_stopping(model.__pydantic_core_schema__), config)


def _stopping(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_stopping(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "model":  # its fields: for a model, the validator it has is used
        name = {"ref": schema["ref"]} if "ref" in schema else {}
        return {**_stopping(schema["schema"]), **name}
    changed = {key: _stopping(inner) for key, inner in schema.items() if key != "metadata"}
    if schema.get("type") in ("tuple", "list"):
        changed["fail_fast"] = True
    return changed
