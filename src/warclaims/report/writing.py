"""A report from a corpus, text by text, then event by event."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from warclaims import __version__
from warclaims.corpus import shipped_corpus
from warclaims.derive import document_claims
from warclaims.files import workspace
from warclaims.records.vocabulary import AnnotatorKind
from warclaims.report.pages import PARTS
from warclaims.report.part import Context
from warclaims.report.site import MARK, NAVIGATION, Site, folder_for
from warclaims.report.spool import Spool
from warclaims.validation.sound import require_sound

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from warclaims.corpus import Corpus


def write_report(
    corpus: Corpus,
    out: Path,
    set_name: str,
    *,
    progress: Callable[[str, int, int], None] = lambda what, done, of: None,
) -> int:
    """Write the report of an annotation set into the folder ``out``; how many pages it has.

    ``progress`` is told what is being written, how many of its kind are done, and of how many.

    Raises:
        WarclaimsError: there is no such set, it has errors, or ``out`` holds something that is no
            report.
        InvalidFile: a file of the corpus can not be read.
    """
    corpus.require_set(set_name)
    names = [
        name for name in corpus.documents if corpus.layout.annotation_file(set_name, name).is_file()
    ]
    with folder_for(out) as folder, workspace() as work:
        facts = {
            "version": __version__,
            "set_name": set_name,
            "corpus_name": _name(corpus),
            "made_by": _made_by(corpus, set_name, names),
        }
        site = Site(folder, facts)
        with closing(Spool(work / "claims.sqlite")) as spool:
            context = Context(corpus, set_name, spool)
            parts = [part(context) for part in PARTS]
            for number, name in enumerate(names):
                progress("texts", number, len(names))
                bundle = corpus.bundle(name, set_name)
                require_sound(corpus, bundle, set_name)
                claims = document_claims(bundle.document, bundle.text, bundle.annotations)
                spool.add(claims, context.tree)
                for part in parts:
                    part.add(bundle, claims, site)
            of = site.pages + len(context.registries.events) + len(NAVIGATION)
            site.told = lambda pages: progress("pages", pages, of)
            for part in parts:
                part.write(site)
        site.static("report.css")
        site.file(MARK, f"A report of WarClaims {__version__}. It may be written over.\n".encode())
        return site.pages


def _name(corpus: Corpus) -> str:
    """What the pages call the corpus: by its folder, but for the one that is ours."""
    root = corpus.root.resolve()
    return "WarClaims" if root == shipped_corpus().resolve() else root.name


def _made_by(corpus: Corpus, set_name: str, names: list[str]) -> str:
    """Who annotated, as every page says it."""
    known = corpus.registries.annotators
    people = {one.id for one in known.values() if one.kind is AnnotatorKind.PERSON}
    by_people = (
        0
        if not people
        else sum(corpus.annotations(name, set_name).annotator in people for name in names)
    )
    if not names or by_people == len(names):
        return ""
    if by_people:
        return (
            f"The annotations of {len(names) - by_people} of {len(names)} texts are by language "
            "models; no person has reviewed these."
        )
    return "The annotations are by language models; no person has reviewed them yet."
