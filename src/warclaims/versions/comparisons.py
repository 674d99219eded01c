"""Comparisons of accounts that appear, change or vanish between two versions of a corpus."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any

from warclaims.accounts import compare
from warclaims.accounts.outline import ComparisonName, outlines
from warclaims.corpus.set_bundles import SetBundles
from warclaims.versions.difference import ChangeKind, VersionChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from warclaims.corpus import Corpus
    from warclaims.records import Document

    ByName = dict[ComparisonName, list[dict[str, Any]]]

COMPARISONS = "comparisons"
_SHOWN = ("kind", "positions")
"""The fields that show a comparison which only one version has."""


def changed_comparisons(old: Corpus, new: Corpus) -> list[VersionChange]:
    """How the comparisons of gold changed, matched by event, outcome and respect.

    Ids of documents and records do not count: a document with another id and the same text is the
    same. ``collection`` is the respect, ``record`` the event and the outcome.

    Raises:
        InvalidFile: a file of one of them is not valid.
    """
    before, after = _by_name(old, _renamed(old, new)), _by_name(new, {})
    return [
        change
        for name in sorted({*before, *after}, key=str)
        for change in _of_name(name, before[name], after[name])
    ]


def _renamed(old: Corpus, new: Corpus) -> dict[str, str]:
    """The new ids of documents that the new version has under another id only.

    A document is the same if text and outlet are.
    """
    added = {
        _content(new.documents[name]): name for name in new.documents if name not in old.documents
    }
    gone = [old.documents[name] for name in old.documents if name not in new.documents]
    return {one.id: added[_content(one)] for one in gone if _content(one) in added}


def _content(document: Document) -> tuple[str, str | None]:
    return document.sha256, document.outlet.value


def _by_name(corpus: Corpus, documents: Mapping[str, str]) -> ByName:
    found: ByName = defaultdict(list)
    for name, outline in outlines(compare(SetBundles(corpus), corpus.registries), documents):
        found[name].append(outline)
    return found


def _of_name(
    name: ComparisonName, before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> Iterator[VersionChange]:
    old = [one for one in before if one not in after]
    new = [one for one in after if one not in before]
    pairs = sorted(product(old, new), key=lambda pair: _likeness(*pair), reverse=True)
    for mine, theirs in pairs:
        if mine in old and theirs in new:
            old.remove(mine)
            new.remove(theirs)
            fields = tuple(field for field in mine if mine[field] != theirs[field])
            values = ({field: one[field] for field in fields} for one in (mine, theirs))
            yield _change(name, ChangeKind.CHANGED, fields, *values)
    for one in old:
        yield _change(name, ChangeKind.REMOVED, _SHOWN, one, {})
    for one in new:
        yield _change(name, ChangeKind.ADDED, _SHOWN, {}, one)


def _likeness(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> tuple[bool, int]:
    """How alike two comparisons of one name are: the kind, then the words of the positions."""
    words = [set(" ".join(one["positions"]).split()) for one in (mine, theirs)]
    return mine["kind"] == theirs["kind"], len(words[0] & words[1])


def _change(
    name: ComparisonName,
    kind: ChangeKind,
    fields: tuple[str, ...],
    before: dict[str, Any],
    after: dict[str, Any],
) -> VersionChange:
    about = " ".join(filter(None, (name.event, name.outcome)))
    return VersionChange(COMPARISONS, None, name.respect, about, (kind,), fields, before, after)
