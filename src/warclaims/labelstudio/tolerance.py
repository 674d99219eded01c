"""As much of an annotation as is sound, when some of its records are wrong.

These stay as they were sent out, a new one is left out, and so is what hangs on them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from warclaims.labelstudio.codes import Report
from warclaims.labelstudio.interface import NOUNS
from warclaims.labelstudio.merge import merge
from warclaims.labelstudio.outcome import LeftOut
from warclaims.records import LAYERS
from warclaims.validation.references import reference_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from warclaims.findings import Finding
    from warclaims.labelstudio.rebuild import Key, Rebuilt
    from warclaims.records import Annotations, Layer, LayerName


class Spoilt(Exception):
    """Something is wrong that cannot be laid to single records: findings not reported before."""


@dataclass(frozen=True)
class Remainder:
    """What is left: the annotations to write, Label Studio's own, and what was left out."""

    after: Annotations
    theirs: Annotations
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]


def remainder(
    rebuilt: Rebuilt,
    exported: Annotations,
    current: Annotations | None,
    report: Report,
    check: Callable[[Annotations], Sequence[tuple[Finding, Finding]]],
    *,
    wrong: Mapping[Key, Finding],
    hidden: Mapping[LayerName, Finding],
    overwrite: bool,
    doubted: Collection[Key] = (),
    missing: Collection[Key] = (),
) -> Remainder:
    """As much of ``rebuilt`` as is sound: merged with ``current``, without what is ``wrong``.

    ``check`` gives the errors of annotations: each as it is, with its pointer into them, and as it
    is to be shown. A record that it finds fault with, that refers to one that is left out, or whose
    deletion would leave a reference behind goes out, too, until nothing is found. Conflicts are
    added to ``report``.

    Raises:
        Spoilt: what remains is not sound, and no record that comes in is to blame.
    """
    sent = by_key(exported)
    made = {(layer, record.id): record for layer in LAYERS for record in rebuilt.records[layer]}
    reasons = dict(wrong)
    for key in sent:
        if key not in made and key[0] in hidden:
            reasons.setdefault(key, hidden[key[0]])
    own: list[Finding] = []
    now = by_key(current or exported)
    while True:
        part = replace(rebuilt, records=_by_layer(_with_as_sent(made, sent, reasons)))
        conflicts = Report(report.file, report.document)
        after = merge(
            part,
            exported,
            current,
            conflicts,
            overwrite=overwrite,
            doubted=doubted,
            missing=missing,
        )
        coming = by_key(after)
        found = list(_hanging(coming, now, rebuilt, report)) or [
            (_at_fault(finding, shown, after, coming, now), shown)
            for finding, shown in check(after)
        ]
        if not found:
            break
        own += (finding for _, finding in found)
        reasons |= dict(found)
    report.findings += conflicts.findings
    theirs = exported.model_copy(update={n: tuple(r) for n, r in part.records.items()})
    left = tuple(_left_out(key, reasons[key], sent, now, rebuilt) for key in reasons)
    return Remainder(after, theirs, left, tuple(own))


def by_key(annotations: Annotations) -> dict[Key, Layer]:
    """The records by layer and id."""
    return {
        (layer, record.id): record for layer in LAYERS for record in getattr(annotations, layer)
    }


def _with_as_sent(
    made: Mapping[Key, Layer], sent: Mapping[Key, Layer], left_out: Mapping[Key, object]
) -> dict[Key, Layer]:
    """The records of ``made``, those left out as they were sent; known ones first, in order."""
    known = {key: record if key in left_out else made.get(key) for key, record in sent.items()}
    new = {key: record for key, record in made.items() if not (key in sent or key in left_out)}
    return {key: record for key, record in known.items() if record is not None} | new


def _by_layer(records: Mapping[Key, Layer]) -> dict[LayerName, list[Layer]]:
    found: dict[LayerName, list[Layer]] = {layer: [] for layer in LAYERS}
    for (layer, _), record in records.items():
        found[layer].append(record)
    return found


def _references(record: Layer) -> Iterator[Key]:
    """The records of the same file that a record refers to."""
    for reference in reference_fields(record):
        if reference.target in LAYERS:
            yield from ((reference.target, name) for name in reference.ids)


def referrers(records: Mapping[Key, Layer]) -> defaultdict[Key, list[Key]]:
    """The records that refer to each."""
    found: defaultdict[Key, list[Key]] = defaultdict(list)
    for key, record in records.items():
        for target in _references(record):
            found[target].append(key)
    return found


def _hanging(
    coming: Mapping[Key, Layer], now: Mapping[Key, Layer], rebuilt: Rebuilt, report: Report
) -> Iterator[tuple[Key, Finding]]:
    """What cannot come in because a reference would lead nowhere, transitively."""
    referring = referrers(coming)
    gone = [key for key in referring if key not in coming]
    seen: set[Key] = set()
    while gone:
        target = gone.pop()
        for key in referring[target]:
            changed = coming[key] != now.get(key)
            culprit = key if changed else target
            if culprit in seen or (not changed and target not in now):
                continue
            seen.add(culprit)
            message = (
                f"{_named(key, now)} refers to {_named(target, now)}, which is left out; it is "
                "left out with it"
                if changed
                else f"{_named(target, now)} is not removed: {_named(key, now)} still refers to it"
            )
            scratch = Report(report.file, report.document)
            place = rebuilt.places.get(culprit[1])
            scratch.add("L506", rebuilt.pointers.get(culprit[1], ""), message, place)
            yield culprit, scratch.findings[0]
            if changed and key not in now:
                gone.append(key)


def _named(key: Key, now: Mapping[Key, Layer]) -> str:
    layer, record = key
    return f"the {NOUNS[layer]} {record}" if key in now else f"the new {NOUNS[layer]}"


_RECORD = re.compile(r"/([a-z]+)/([0-9]+)(/.*)?")


def _at_fault(
    finding: Finding,
    shown: Finding,
    after: Annotations,
    coming: Mapping[Key, Layer],
    now: Mapping[Key, Layer],
) -> Key:
    """The record that comes in and is to blame: found fault with, or what that is held against.

    Raises:
        Spoilt: none of them comes in; with the finding as it is to be ``shown``.
    """
    for pointer in (finding.pointer, *(related.pointer for related in finding.related)):
        at = _RECORD.fullmatch(pointer)
        if at is None or at[1] not in LAYERS:
            continue
        layer = cast("LayerName", at[1])
        key = (layer, getattr(after, layer)[int(at[2])].id)
        if coming[key] != now.get(key):
            return key
    raise Spoilt(shown)


def _left_out(
    key: Key,
    finding: Finding,
    sent: Mapping[Key, Layer],
    now: Mapping[Key, Layer],
    rebuilt: Rebuilt,
) -> LeftOut:
    layer, record = key
    known = key in sent or key in now
    start, end = rebuilt.places.get(record, (finding.start, finding.end))
    return LeftOut(layer, record if known else None, start, end, finding.message)
