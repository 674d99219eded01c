"""Check one bundle: decode it, apply the rules, and place the findings in the JSON."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from heapq import nsmallest
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from warclaims.corpus.decoding import decode_bundle
from warclaims.corpus.reading import parse
from warclaims.errors import InvalidFile
from warclaims.files.limits import MAX_BUNDLE, MAX_FINDINGS, MIB
from warclaims.findings import Finding, Related, Severity
from warclaims.records import Bundle
from warclaims.validation.catalogue import findings
from warclaims.validation.locate import Locator
from warclaims.validation.not_applied import Omissions, Reason
from warclaims.validation.rule import Scope
from warclaims.validation.settings import RuleSettings
from warclaims.validation.show import context_of, shortened
from warclaims.validation.views import AnnotationView, DocumentView
from warclaims.validation.waivers import Waivers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.validation.known import KnownIds

_Place = TypeVar("_Place", Finding, Related)

_SEED = "\0seed"
"""The name of the text's file for the rules; no file has this name."""

_ID = re.compile(rb'"document"\s*:\s*\{\s*"id"\s*:\s*"([A-Za-z0-9_-]{1,100})"')


def check_bundle(
    data: bytes,
    known: KnownIds,
    file: str,
    line: int | None,
    *,
    omissions: Omissions | None = None,
) -> list[Finding]:
    """Check the bundle in the JSON ``data``; its findings are in the order of their places.

    All rules for documents and annotations are applied. Of ``known`` only the registries are used.
    ``file`` and ``line`` (``None`` if the file is one bundle) say where the bundle is; a finding
    has its line, its column and the text it is about. Waived findings are left out.
    ``omissions`` counts the rules that were not applied. No input raises.
    """
    omissions = Omissions() if omissions is None else omissions
    if len(data) > MAX_BUNDLE:
        omissions.note(Reason.UNREADABLE, "bundle")
        return [too_large(len(data), file, line)]
    text = None
    not_shown = (0, 0)
    try:
        schema = known.schema_of_bundles
        bundle = decode_bundle(data, schema) or parse(data, Bundle, file, schema)
        text = bundle.text
        omissions.note_language(bundle.document.language)
        settings = known.settings or RuleSettings()
        found = settings.applied(_findings(bundle, known, file))
        first, not_shown = _first(finding for finding in found if finding.waived is None)
    except InvalidFile as error:
        omissions.note(Reason.UNREADABLE, "bundle")
        match = _ID.search(data)
        document = match[1].decode() if match else None
        first = [replace(finding, document=document) for finding in error.findings]
    except (MemoryError, RecursionError):
        omissions.note(Reason.UNREADABLE, "bundle")
        return [Finding(file, "", "F107", "is too large or too deep to be checked", line=line)]
    if not first:
        return []
    locator = Locator(data, unique=text is not None)
    shown = [_located(finding, locator, line, text) for finding in first]
    if any(not_shown):
        message = f"{sum(not_shown):,} more findings in this bundle are not shown"
        document = first[0].document
        shown.append(Finding(file, "", "F109", message, document, line=line, left_out=not_shown))
    return shown


def too_large(size: int, file: str, line: int | None) -> Finding:
    """The finding for a bundle of ``size`` bytes, which is not read."""
    message = f"is a bundle of {size:,} bytes; more than {MAX_BUNDLE // MIB} MiB are not read"
    return Finding(file, "", "F107", message, line=line)


def _first(found: Iterable[Finding]) -> tuple[list[Finding], tuple[int, int]]:
    """The first findings, sorted, and the number of errors and warnings that are not shown."""
    left: Counter[Severity] = Counter()

    def counted() -> Iterator[Finding]:
        for finding in found:
            left[finding.severity] += 1
            yield finding

    first = nsmallest(MAX_FINDINGS, counted(), key=lambda finding: finding.sort_key)
    for finding in first:
        left[finding.severity] -= 1
    return first, (left[Severity.ERROR], left[Severity.WARNING])


def views_of(bundle: Bundle, known: KnownIds, file: str) -> tuple[DocumentView, AnnotationView]:
    """What the rules for documents and for annotations are applied to."""
    document = bundle.document
    whole = DocumentView(file, "/document", document, _SEED, bundle.text.encode())
    view = AnnotationView("", bundle.annotations, known.of(document), document, whole.text)
    return whole, view


def _findings(bundle: Bundle, known: KnownIds, file: str) -> Iterator[Finding]:
    document = bundle.document
    whole, view = views_of(bundle, known, file)
    waivers = Waivers(view, bundle.annotations)
    for finding in chain(
        findings(Scope.DOCUMENT, whole, file, document.id),
        waivers.sift(findings(Scope.ANNOTATIONS, view, "", document.id)),
        waivers.findings(),
    ):
        related = tuple(_in_bundle(other, file) for other in finding.related)
        yield replace(_in_bundle(finding, file), document=document.id, related=related)


def _in_bundle(place: _Place, bundle: str) -> _Place:
    """A place in the text or the annotations, as a place in the file ``bundle``."""
    if place.file == _SEED:
        return replace(place, file=bundle, pointer="/text")
    if not place.file:
        return replace(place, file=bundle, pointer=f"/annotations{place.pointer}")
    return place


def _located(finding: Finding, locator: Locator, line: int | None, text: str | None) -> Finding:
    """``finding`` with its line and column in the file and the text it is about."""
    context = context_of(finding, text) if text is not None else None
    return replace(locator.placed(shortened(finding), line or 1), context=context)
