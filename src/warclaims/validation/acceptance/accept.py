"""The acceptance test: fast counterparts of the frequent rules, the others as they are."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from warclaims.corpus.limits import MAX_VALUES
from warclaims.findings import Finding
from warclaims.records import REGISTRIES, Target
from warclaims.records.base import ID_PATTERN
from warclaims.validation.acceptance import attributions
from warclaims.validation.acceptance.decoding import decode_bundle_but_ids
from warclaims.validation.acceptance.doubts import DOUBTED, doubts
from warclaims.validation.acceptance.spans import Sweep
from warclaims.validation.acceptance.view import REFERENCES, FastView
from warclaims.validation.catalogue import RULES
from warclaims.validation.rule import Scope
from warclaims.validation.rules.dates import exists
from warclaims.validation.waivers import Waivers

if TYPE_CHECKING:
    from warclaims.validation.rule import Check, Rule
    from warclaims.validation.views import Known

COVERED = frozenset(
    "T301 T302 T303 T304 T315 C513 "  # the document and its text
    "T305 T306 T307 T308 T309 T310 T311 T312 T313 T314 T316 C510 "  # spans
    "R401 R402 R403 R404 R405 R408 "  # ids
    "C505 C506 C507 C508 C509".split()  # attributions
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


_CHECKS = {rule.code: check for rule, check in _left_to_rules(Scope.ANNOTATIONS)}
_ALWAYS = frozenset(_CHECKS) - DOUBTED
if _left_to_rules(Scope.DOCUMENT):
    raise NotImplementedError("the acceptance test decides all rules of a document itself")
_ID = re.compile(ID_PATTERN.removeprefix("^").removesuffix("$"))
_REFERRED = (Target.ACTOR_MENTION.value, Target.CASUALTY.value)
_ID_OF = attrgetter("id")
_date_exists = lru_cache(maxsize=4096)(exists)


class Acceptance:
    """Accepts bundles that refer to what is ``known``.

    Example::

        acceptance = Acceptance(known)
        if not acceptance.accepts(line):
            found = check_bundle(line, known, ...)
    """

    def __init__(self, known: Known) -> None:
        self._known = known
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
        if not self._complete or len(data) > MAX_VALUES:
            return False
        bundle = decode_bundle_but_ids(data)
        return bundle is not None and self.accepts_bundle(bundle)

    def accepts_bundle(self, bundle: Any) -> bool:
        """As :meth:`accepts`, of a fast record."""
        document, text, record = bundle.document, bundle.text, bundle.annotations
        if not _document_sound(document, text):
            return False
        if record.document != document.id or record.sha256 != document.sha256:
            return False
        sweep = Sweep(record, document, text)
        if not sweep.sound():
            return False
        view = FastView(record, self._known.of(document), document, text, sweep.ranges)
        return self._ids_sound(view) and attributions.sound(view, text) and _rules_content(view)

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


def _rules_content(view: FastView) -> bool:
    """True if the other rules find nothing but warnings, and waivers are for just these."""
    asked = doubts(view) | _ALWAYS
    waivers = view.record.waivers
    if not waivers:
        return not any(True for code in asked for _ in _CHECKS[code](view))
    found = [
        Finding("", fault.pointer, code, fault.message, start=fault.start, end=fault.end)
        for code in asked
        for fault in _CHECKS[code](view)
    ]
    sieve = Waivers(view, view.record)
    return all(finding.waived for finding in sieve.sift(found)) and not sieve.findings()
