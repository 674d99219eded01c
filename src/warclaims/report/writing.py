"""Write the report of a corpus, text by text, then event by event."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from warclaims import __version__
from warclaims.accounts.comparer import compared_groups, store_texts
from warclaims.citation import STYLES, is_citable
from warclaims.derive import document_claims
from warclaims.files import workspace
from warclaims.folders import folder_for
from warclaims.layout import PREDICTIONS
from warclaims.records.vocabulary import AnnotatorKind, machines
from warclaims.report.compared_group import ComparedGroup
from warclaims.report.page_store import PageStore
from warclaims.report.pages.accusations import AccusationsPage
from warclaims.report.pages.agreement import AgreementPage
from warclaims.report.pages.downloads import Downloads
from warclaims.report.pages.events import EventsPage
from warclaims.report.pages.names import NamesPage
from warclaims.report.pages.overview import OverviewPage
from warclaims.report.pages.places import PlacesPage
from warclaims.report.pages.sources import SourcesPage
from warclaims.report.pages.texts import TextsPage
from warclaims.report.site import MARK, NAVIGATION, ReportPage, Site
from warclaims.validation.sound import SoundBundles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.records import Bundle


PAGES = (
    Downloads,
    TextsPage,
    EventsPage,
    AccusationsPage,
    SourcesPage,
    PlacesPage,
    NamesPage,
    AgreementPage,
    OverviewPage,
)
"""All kinds of pages, in the order of writing."""


def write_report(
    corpus: Corpus,
    out: Path,
    set_name: str,
    *,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> int:
    """Write the report of an annotation set into the folder ``out``; returns the number of pages.

    ``progress`` is called with the number of pages written so far, and of all.

    Raises:
        WarclaimsError: unknown set, a set with errors, or ``out`` holds something other than a
            report.
        InvalidFile: a file of the corpus cannot be read.
    """
    corpus.require_set(set_name)
    names = [*corpus.storage.annotated(set_name)]
    about = corpus.description
    facts = {
        "version": __version__,
        "set_name": set_name,
        "corpus_name": _name(corpus),
        "made_on": datetime.now(UTC).date(),
        "citation": _citation(corpus),
        "about": about,
    }
    of = len(names) + len(corpus.registries.events) + len(NAVIGATION)
    with (
        folder_for(out, "a report", MARK) as folder,
        workspace() as work,
        closing(PageStore(work / "pages.sqlite")) as store,
    ):
        site = Site(
            corpus,
            folder,
            store,
            facts,
            texts=names,
            progress=lambda pages: progress(pages, of),
        )
        pages = [page(site) for page in PAGES]
        annotators: Counter[str] = Counter()
        bundles = _added(SoundBundles(corpus, set_name), site, pages, annotators)
        with closing(store_texts(bundles, corpus.registries)) as texts:
            facts["made_by"] = _made_by(corpus, set_name, annotators)
            for found in compared_groups(texts):
                group = ComparedGroup(site, found.events, found.comparisons)
                store.add_notes(group.notes())
                for page in pages:
                    page.add_group(group)
        for page in pages:
            page.write()
        site.static("report.css")
        site.file(MARK, f"A report of WarClaims {__version__}. It may be written over.\n".encode())
        return site.pages


def _added(
    bundles: Iterable[Bundle], site: Site, pages: Iterable[ReportPage], annotators: Counter[str]
) -> Iterator[Bundle]:
    """The bundles, each added to the pages when it is read, and its annotator counted."""
    for bundle in bundles:
        annotators[bundle.annotations.annotator] += 1
        claims = document_claims(bundle, site.registries)
        site.store.add(claims, site.tree)
        for page in pages:
            page.add(bundle, claims)
        yield bundle


def _name(corpus: Corpus) -> str:
    about = corpus.description
    return (about and (about.name or about.title)) or corpus.root.resolve().name


def _citation(corpus: Corpus) -> str:
    """How to cite the corpus; its name if it cannot be cited yet."""
    about = corpus.description
    if about is None or not is_citable(about):
        return _name(corpus)
    return STYLES["apa"](about)


def _made_by(corpus: Corpus, set_name: str, annotators: Counter[str]) -> str:
    """A sentence about the annotators for every page; empty if all are people."""
    if set_name.startswith(PREDICTIONS):
        system = set_name.removeprefix(PREDICTIONS)
        return f"These are predictions of the system {system}, not annotations."
    kinds = {name: one.kind for name, one in corpus.registries.annotators.items()}
    made: Counter[AnnotatorKind | None] = Counter()
    for name, number in annotators.items():
        made[kinds.get(name)] += number
    texts, by_people = made.total(), made.pop(AnnotatorKind.PERSON, 0)
    if not made:
        return ""
    others = machines([kind for kind in made if kind]) or "unknown annotators"
    if by_people:
        return (
            f"The annotations of {texts - by_people} of {texts} texts are by {others}; "
            "no person has reviewed these."
        )
    return f"The annotations are by {others}; no person has reviewed them yet."
