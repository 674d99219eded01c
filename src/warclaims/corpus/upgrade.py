"""Upgrade files of format 1.0 and 1.1, as plain JSON, to format 2.0.

Nothing is lost: what has no place in format 2 and cannot be converted by rule is kept in ``extra``
of its record, under the name it had, and listed for a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.records.base import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

OLD_VERSIONS = ("1.0", "1.1")
"""The versions that are upgraded when they are read."""

OLD_SCHEMA_FOLDER = "v1"
"""The folder of ``schema/`` that holds the JSON Schemas of these versions."""

KEPT = ("uncertain", "status")
"""The names under which ``extra`` of a record keeps what a person has to convert."""


class ForPerson(NamedTuple):
    """Something that cannot be converted by rule: where, and what to decide."""

    pointer: str
    record: str
    message: str


def old_version(plain: Any) -> str | None:
    """The version of a file or bundle as plain JSON if it is an old one."""
    if isinstance(plain, dict):
        if isinstance(annotations := plain.get("annotations"), dict):
            plain = annotations
        if (version := plain.get("schema_version")) in OLD_VERSIONS:
            return str(version)
    return None


def upgraded(plain: dict[str, Any]) -> dict[str, Any]:
    """``plain``, which matches the JSON Schema of its old version, in format 2.0.

    >>> upgraded({"schema_version": "1.1", "sides": []})
    {'schema_version': '2.0', 'sides': []}
    """
    if "annotations" in plain and "schema_version" not in plain:
        return {**plain, "annotations": upgraded(plain["annotations"])}
    found = {**plain, "schema_version": SCHEMA_VERSION}
    for layer in ("actors", "locations", "casualties", "attributions"):
        if layer in plain and "annotator" in plain:
            found[layer] = [_record(layer, record) for record in plain[layer]]
    return found


def _record(layer: str, old: dict[str, Any]) -> dict[str, Any]:
    record, kept = dict(old), {}
    if record.pop("uncertain", False):
        kept["uncertain"] = True
    if layer == "casualties":
        status, cause = record["status"], record["cause"]
        if status == "mixed":
            kept["status"] = status
        record["status"] = [] if status in ("mixed", "unspecified") else [status]
        record["cause"] = [] if cause == "unspecified" else [cause]
    if kept:
        given = record.get("extra", {})
        taken = {*kept, *given}
        record["extra"] = kept | {
            _free(name, taken) if name in kept else name: value for name, value in given.items()
        }
    return record


def _free(name: str, taken: Collection[str]) -> str:
    """Another name for ``name`` in ``extra``, which the upgrade needs."""
    while name in taken:
        name = f"own_{name}"
    return name


def for_person(annotations: dict[str, Any]) -> Iterator[ForPerson]:
    """What in annotations of format 2, as plain JSON, a person still has to convert."""
    for layer in ("actors", "locations", "casualties", "attributions"):
        for index, record in enumerate(annotations.get(layer, ())):
            extra = record.get("extra", {})
            pointer = f"/{layer}/{index}/extra"
            if extra.get("uncertain") is True:
                note = record.get("note")
                reading = f"the note says: {note}" if note else "there is no note"
                message = f"uncertain in format 1: add the other reading; {reading}"
                yield ForPerson(f"{pointer}/uncertain", record["id"], message)
            if extra.get("status") == "mixed":
                message = "status mixed in format 1: list each status that the words name"
                yield ForPerson(f"{pointer}/status", record["id"], message)
