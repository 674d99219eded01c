"""Reading the answers of a server: one function, with limits, and a type per kind of answer."""

from __future__ import annotations

from typing import Any, TypedDict, TypeVar

import msgspec

from warclaims.corpus.grammar import STRING, require_few_values
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files.limits import MAX_VALUES, MIB

T = TypeVar("T")

MAX_ANSWER = 16 * MIB
"""Bytes of an answer."""

MAX_DEPTH = 64
"""Levels of nested lists and objects."""


class AnswerTooLarge(WarclaimsError):
    """An answer is larger than what is read of one; a smaller part may be asked for."""


class UserAnswer(msgspec.Struct):
    """A user, as the list of users and the user of the key."""

    id: int
    email: str


class ProjectAnswer(msgspec.Struct):
    """A project, whole or as a list of projects has it."""

    id: int
    title: str | None = None
    label_config: str | None = None
    expert_instruction: str | None = None
    maximum_annotations: int | None = None


class ProjectPage(msgspec.Struct):
    """Some of the projects; ``next`` is the address of more."""

    results: list[ProjectAnswer]
    next: str | None = None


class AnnotationAnswer(TypedDict, total=False):
    """What somebody submitted on a task, and how."""

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
    """A task, as far as it was asked for."""

    id: int
    data: dict[str, Any] | None = None
    annotations: list[AnnotationAnswer] | None = None
    draft_exists: bool | None = None


class TaskPage(msgspec.Struct):
    """Some of the tasks of a project; ``total`` counts all that were asked for."""

    tasks: list[TaskAnswer]
    total: int = 0


class DraftAnswer(TypedDict, total=False):
    """Work on a task that somebody has not submitted."""

    id: int
    result: list[dict[str, Any]] | None


class ImportAnswer(msgspec.Struct):
    """How many of the tasks that were sent the server took."""

    task_count: int


def read(data: bytes, kind: type[T], url: str) -> T:
    """The answer ``data`` of the server at ``url`` as ``kind``; keys it does not name are dropped.

    Raises:
        WarclaimsError: it is something else, or nested too deeply.
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
    """Make sure that JSON takes little memory once it is decoded.

    Raises:
        AnswerTooLarge: it has too many values.
    """
    try:
        require_few_values(data, url)
    except InvalidFile:
        raise AnswerTooLarge(
            f"an answer of the server at {url} has more than {MAX_VALUES:,} values; it is not read"
        ) from None


def not_label_studio(url: str, why: str = "") -> WarclaimsError:
    """The error for a server that does not answer as Label Studio does."""
    answer = f" (its answer: {why[:200]})" if why else ""
    return WarclaimsError(
        f"what answers at {url} is not a Label Studio server, or not of a supported "
        f"release{answer}. Check the address"
    )


_OTHERS = bytes(set(range(256)) - set(b"[]{}"))
_ALIKE = bytes.maketrans(b"{}", b"[]")


def _depth_exceeds(data: bytes, limit: int) -> bool:
    """True if brackets are nested deeper than ``limit``, or not closed; those in strings are not.

    >>> [_depth_exceeds(b'[["]"],{"[[": []}]', limit) for limit in (2, 3)]
    [True, False]
    """
    left = STRING.sub(b"", data).translate(_ALIKE, _OTHERS)
    for _ in range(limit):  # each time the innermost go
        left = left.replace(b"[]", b"")
    return bool(left)
