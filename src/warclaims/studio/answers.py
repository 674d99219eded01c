"""Read the answers of a server within limits; each kind of answer has a type."""

from __future__ import annotations

from typing import Any, TypedDict, TypeVar

import msgspec

from warclaims.corpus.grammar import STRING, require_few_values
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files.limits import MAX_VALUES, MIB

T = TypeVar("T")

MAX_ANSWER = 16 * MIB
"""Bytes of an answer; larger ones are refused."""

MAX_DEPTH = 64
"""Levels of nested lists and objects in an answer."""


class AnswerTooLarge(WarclaimsError):
    """An answer exceeds the limits; a smaller part may be requested."""


class UserAnswer(msgspec.Struct):
    """A user of the server."""

    id: int
    email: str


class ProjectAnswer(msgspec.Struct):
    """A project, or its entry in a list of projects."""

    id: int
    title: str | None = None
    label_config: str | None = None
    expert_instruction: str | None = None
    maximum_annotations: int | None = None


class ProjectPage(msgspec.Struct):
    """A page of the list of projects; ``next`` is the address of the next page."""

    results: list[ProjectAnswer]
    next: str | None = None


class AnnotationAnswer(TypedDict, total=False):
    """A submitted annotation of a task."""

    id: int
    result: list[dict[str, Any]] | None
    was_cancelled: bool | None
    completed_by: Any
    updated_by: Any
    created_at: str | None
    updated_at: str | None
    parent_prediction: int | None
    parent_annotation: int | None
    ground_truth: bool | None
    lead_time: float | None


class TaskAnswer(msgspec.Struct):
    """A task, with the fields that were requested."""

    id: int
    data: dict[str, Any] | None = None
    annotations: list[AnnotationAnswer] | None = None
    draft_exists: bool | None = None


class TaskPage(msgspec.Struct):
    """A page of the tasks of a project; ``total`` counts the tasks on all pages."""

    tasks: list[TaskAnswer]
    total: int = 0


class DraftAnswer(TypedDict, total=False):
    """Unsubmitted work on a task."""

    id: int
    result: list[dict[str, Any]] | None


class ImportAnswer(msgspec.Struct):
    """How many tasks the server imported."""

    task_count: int


def read(data: bytes, kind: type[T], url: str) -> T:
    """Decode the answer ``data`` of the server at ``url`` as ``kind``; unknown keys are dropped.

    Raises:
        WarclaimsError: the answer has another form, or is nested too deeply.
        AnswerTooLarge: it has too many values.
    """
    require_few(data, url)
    try:
        if _depth_exceeds(data, MAX_DEPTH):
            raise ValueError(f"nested more than {MAX_DEPTH} deep")
        return msgspec.json.decode(data, type=kind)
    except (ValueError, RecursionError) as error:
        raise not_label_studio(url, str(error)) from None


def require_few(data: bytes, url: str) -> None:
    """Refuse JSON that would take too much memory once it is decoded.

    Raises:
        AnswerTooLarge: it has too many values.
    """
    try:
        require_few_values(data, url)
    except InvalidFile:
        raise AnswerTooLarge(
            f"an answer of the server at {url} has more than {MAX_VALUES:,} values and is not read"
        ) from None


def not_label_studio(url: str, why: str = "") -> WarclaimsError:
    """The error for a server that is not Label Studio, or of another release."""
    answer = f" (its answer: {why[:200]})" if why else ""
    return WarclaimsError(
        f"{url} is not a Label Studio server, or of an unsupported release{answer}. Check the "
        "address"
    )


_OTHERS = bytes(set(range(256)) - set(b"[]{}"))
_ALIKE = bytes.maketrans(b"{}", b"[]")


def _depth_exceeds(data: bytes, limit: int) -> bool:
    """True if brackets outside of strings are nested deeper than ``limit``, or not closed.

    >>> [_depth_exceeds(b'[["]"],{"[[": []}]', limit) for limit in (2, 3)]
    [True, False]
    """
    left = STRING.sub(b"", data).translate(_ALIKE, _OTHERS)
    for _ in range(limit):  # each time the innermost brackets are removed
        left = left.replace(b"[]", b"")
    return bool(left)
