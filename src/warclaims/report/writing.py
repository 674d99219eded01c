"""A report from a corpus, text by text, then event by event."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

from warclaims import __version__
from warclaims.derive import document_claims
from warclaims.files import workspace
from warclaims.folders import folder_for
from warclaims.records.vocabulary import AnnotatorKind, machines
from warclaims.report.pages import PARTS
from warclaims.report.part import Context
from warclaims.report.site import MARK, NAVIGATION, Site
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
    names = [name for name in corpus.documents if corpus.layout.is_annotated(set_name, name)]
    with folder_for(out, "a report", MARK) as folder, workspace() as work:
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
    """What the pages call the corpus: its name or title, or else its folder."""
    about = corpus.description
    return (about and (about.name or about.title)) or corpus.root.resolve().name


def _made_by(corpus: Corpus, set_name: str, names: list[str]) -> str:
    """Who annotated, as every page says it."""
    kinds = {name: one.kind for name, one in corpus.registries.annotators.items()}
    made: Counter[AnnotatorKind | None]
    if len(set(kinds.values())) == 1:  # nothing needs to be read
        made = Counter(dict.fromkeys(kinds.values(), len(names)))
    else:
        made = Counter(kinds.get(corpus.annotations(name, set_name).annotator) for name in names)
    by_people = made.pop(AnnotatorKind.PERSON, 0)
    if not made or not names:
        return ""
    others = machines([kind for kind in made if kind]) or "unknown annotators"
    if by_people:
        return (
            f"The annotations of {len(names) - by_people} of {len(names)} texts are by {others}; "
            "no person has reviewed these."
        )
    return f"The annotations are by {others}; no person has reviewed them yet."
