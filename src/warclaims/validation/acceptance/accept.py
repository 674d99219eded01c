"""The acceptance test: fast counterparts of the frequent rules, the others as they are."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from warclaims.findings import Finding
from warclaims.records import REGISTRIES, Target
from warclaims.records.base import ID_PATTERN
from warclaims.validation.acceptance import attributions
from warclaims.validation.acceptance.decoding import decode_bundle, decode_bundle_but_ids
from warclaims.validation.acceptance.doubts import DOUBTED, doubts, only_waived_words
from warclaims.validation.acceptance.spans import Sweep
from warclaims.validation.acceptance.view import REFERENCES, FastView
from warclaims.validation.catalogue import RULES
from warclaims.validation.not_applied import Omissions
from warclaims.validation.rule import Scope
from warclaims.validation.rules.dates import exists
from warclaims.validation.waivers import Waivers

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from warclaims.validation.known import Known
    from warclaims.validation.rule import Check, Rule

_OF_ATTRIBUTIONS = frozenset("T314 C505 C506 C508 C509".split())
COVERED = _OF_ATTRIBUTIONS | frozenset(
    "T301 T302 T303 T304 T315 C513 "  # the document and its text
    "T305 T306 T307 T308 T309 T310 T311 T312 T313 T316 C510 "  # spans
    "R401 R402 R403 R404 R405 R408".split()  # ids
)
"""The rules that :class:`Acceptance` decides itself: all of those of a document's text, and some
of those of annotations. It asks the others.
"""


def _left_to_rules(scope: Scope) -> list[tuple[Rule, Check]]:
    return [
        (rule, rule.check)
        for rule in RULES.values()
        if rule.check is not None and scope in rule.scopes and rule.code not in COVERED
    ]


_LEFT = {rule.code: check for rule, check in _left_to_rules(Scope.ANNOTATIONS)}
_ALWAYS = frozenset(_LEFT) - DOUBTED
if _left_to_rules(Scope.DOCUMENT):
    raise NotImplementedError("the acceptance test decides all rules of a document itself")
_ID = re.compile(ID_PATTERN.removeprefix("^").removesuffix("$"))
_REFERRED = (Target.ACTOR_MENTION.value, Target.CASUALTY.value)
_ID_OF = attrgetter("id")
_date_exists = lru_cache(maxsize=4096)(exists)


class Suspicion(NamedTuple):
    """What has to be asked: of which fast record, the codes of which rules, and a view of it.

    Null for the record if the JSON has to be read with care, null for the others if all rules are
    to be asked.
    """

    bundle: Any
    codes: frozenset[str] | None = None
    view: FastView | None = None


class Acceptance:
    """Accepts bundles that refer to what is ``known``.

    In ``omissions`` it counts accepted texts in languages that some rules do not read.

    Example::

        acceptance = Acceptance(known)
        if not acceptance.accepts(line):
            found = check_bundle(line, known, ...)
    """

    def __init__(self, known: Known, omissions: Omissions | None = None) -> None:
        self._known = known
        self._omissions = Omissions() if omissions is None else omissions
        self._complete = set(known.registries) == set(REGISTRIES)
        self._entries: dict[str, frozenset[str | None]] = {
            target.value: frozenset([None, *known.registries[target.collection]])
            for target in Target
            if target.in_registry and target.collection in known.registries
        }

    def accepts(self, data: bytes) -> bool:
        """True if no rule finds anything in the bundle that ``data`` is the JSON of.

        False means that the rules have to be asked: they may still find nothing.
        """
        return self.examine(data) is None

    def examine(self, data: bytes) -> Suspicion | None:
        """What has to be asked of the bundle that ``data`` is the JSON of; null for nothing."""
        bundle = decode_bundle_but_ids(data) if self._complete else None
        if bundle is None:
            return Suspicion(None)
        document, text, record = bundle.document, bundle.text, bundle.annotations
        sweep = Sweep(record, document, text)
        view = FastView(record, self._known.of(document), document, text, sweep.ranges)
        if record.document != document.id or not self._ids_sound(view):
            return Suspicion(decode_bundle(data))
        if not _document_sound(document, text) or not sweep.sound():
            return Suspicion(bundle)
        codes = doubts(view) | _ALWAYS
        if not attributions.sound(view):
            codes |= _OF_ATTRIBUTIONS
        if record.sha256 != document.sha256:
            codes.add("T305")
        elif codes <= _LEFT.keys() and _content(view, codes):
            self._omissions.note_language(document.language)
            return None
        return Suspicion(bundle, frozenset(codes), view)

    def _ids_sound(self, view: FastView) -> bool:
        """True if every own id is one and stands once, and every reference leads somewhere."""
        record = view.record
        own = {layer: list(map(_ID_OF, records)) for layer, records in view.lists.items()}
        ids = list(chain.from_iterable(own.values()))
        if len(set(ids)) < len(ids) or not _are_ids([*ids, record.document]):
            return False
        there = {**self._entries, **{layer: frozenset([None, *own[layer]]) for layer in _REFERRED}}
        if record.annotator not in there[Target.ANNOTATOR.value]:
            return False
        for layer, fields in REFERENCES.items():
            for field, many, target in fields:
                named = list(map(field, view.lists[layer]))
                if not many:
                    if not there[target].issuperset(named):
                        return False
                elif any(named):
                    if not there[target].issuperset(chain.from_iterable(named)):
                        return False
                    if any([len(set(few)) < len(few) for few in named if len(few) > 1]):
                        return False
        return True


def _are_ids(names: list[str]) -> bool:
    joined = "".join(names)
    if joined.isascii() and joined.isalnum() and max(map(len, names)) <= _SHORT and "" not in names:
        return True
    return all(map(_ID.fullmatch, names))


_SHORT = 100


def _document_sound(document: Any, text: str) -> bool:
    """True if the hash, length, segments and date of the document are those of its text."""
    if document.length != len(text) or document.sha256 != sha256(text.encode()).hexdigest():
        return False
    if document.date.value is not None and not _date_exists(document.date.value):
        return False
    reached = 0
    for segment in document.segments:
        if segment.start != reached or segment.end <= reached:
            return False
        reached = segment.end
    return reached == len(text)


def _content(view: FastView, codes: AbstractSet[str]) -> bool:
    """True if these rules find nothing but warnings, and waivers are for just these."""
    if only_waived_words(view, codes):
        return True
    if not view.record.waivers:
        return not any(True for code in codes for _ in _LEFT[code](view))
    found = [
        Finding("", fault.pointer, code, fault.message, start=fault.start, end=fault.end)
        for code in codes
        for fault in _LEFT[code](view)
    ]
    sieve = Waivers(view, view.record)
    return all(finding.waived for finding in sieve.sift(found)) and not sieve.findings()
