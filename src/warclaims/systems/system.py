"""What a system that suggests annotations is, and how one is found by its name."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from warclaims.errors import WarclaimsError, unknown
from warclaims.records import Annotations, LayerName
from warclaims.records.base import ID_PATTERN

if TYPE_CHECKING:
    from warclaims.authoring.building import BuiltDocument
    from warclaims.corpus import Registries
    from warclaims.records import Document


class TextToAnnotate(NamedTuple):
    """A text that a system annotates, and what is known of it: language, date, segments."""

    document: Document
    text: str


SuggestedRecords = Mapping[LayerName, Sequence[Mapping[str, Any]]]
"""Records as dictionaries, by layer, as :func:`warclaims.build_document` takes them.

Layers and fields may be left out; a span is two offsets, or words that occur once."""

AnnotationSystem = Callable[
    [Sequence[TextToAnnotate], "Registries"],
    Iterable["SuggestedRecords | Annotations | BuiltDocument"],
]
"""A system: for a batch of texts, and the registries of the corpus, the records of each text.

It may have a ``version``, and a ``name`` other than that of the function. If its ``links`` is true,
counts without events and mentions without entities are linked to the registries
(:mod:`.linking`). A system that is sure of its records may give whole annotations, which is faster,
or what :func:`warclaims.build_document` made of them.
"""

GROUP = "warclaims.systems"
"""The group of entry points in which other packages register systems."""

_SHIPPED = {
    "llm": "warclaims.systems.llm:llm",
    "rules": "warclaims.systems.rules:rules",
    "spacy": "warclaims.systems.spacy:spacy_system",
}


class NamedSystem(NamedTuple):
    """A system with the name and the version under which its predictions are kept.

    ``links`` is true if what it suggests is to be linked to the registries.
    """

    name: str
    version: str
    annotate: AnnotationSystem
    links: bool = False


def load_system(name: str) -> NamedSystem:
    """The system with a name, or the one at ``package.module:callable``.

    A module is also looked for in the current directory.

    >>> load_system("rules").name
    'rules'

    Raises:
        WarclaimsError: unknown system, or it cannot be imported or called.
    """
    points = {point.name: point for point in entry_points(group=GROUP)}
    points |= {short: EntryPoint(short, at, GROUP) for short, at in _SHIPPED.items()}
    if name not in points and ":" not in name:
        problem = unknown("system", name, points)
        raise WarclaimsError(f"{problem}. For your own, give package.module:callable")
    point = points.get(name) or EntryPoint(name.partition(":")[2], name, GROUP)
    found = _imported(point)
    if not callable(found):
        raise WarclaimsError(f"the system {point.value} is not callable")
    version = getattr(found, "version", None) or _version(point)
    called = getattr(found, "name", None) or (name if name in points else point.name)
    if not re.fullmatch(ID_PATTERN, called):
        raise WarclaimsError(
            f"{called!r} cannot name a system. Give it a name of letters, digits, - and _"
        )
    links = bool(getattr(found, "links", False))
    return NamedSystem(called, str(version), cast("AnnotationSystem", found), links)


def _imported(point: EntryPoint) -> Any:
    module, _, attribute = point.value.partition(":")
    try:
        if "" not in sys.path and point.dist is None:
            sys.path.append("")  # the current directory, in which Python looks only with -m
        import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise
        raise WarclaimsError(
            f"the system {point.value} cannot be imported: there is no module {error.name!r}"
        ) from None
    except ValueError:
        raise WarclaimsError(f"{point.value!r} is not package.module:callable") from None
    try:
        return point.load()
    except AttributeError:
        raise WarclaimsError(f"the module {module} has no {attribute!r}") from None


def _version(point: EntryPoint) -> str:
    """The version of the package that registers the system, or of its module; else ``0``."""
    if point.dist is not None:
        return point.dist.version
    for name in (point.module, point.module.partition(".")[0]):
        if version := getattr(import_module(name), "__version__", None):
            return str(version)
    return "0"
