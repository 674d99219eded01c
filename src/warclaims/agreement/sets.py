"""Two annotation sets of a corpus, ready to be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warclaims.agreement.quoted import not_quoted
from warclaims.agreement.text import TextComparison
from warclaims.errors import WarclaimsError
from warclaims.files import is_there, read_words

if TYPE_CHECKING:
    from warclaims.corpus import Corpus
    from warclaims.records.vocabulary import AnnotatorKind


@dataclass(frozen=True)
class TwoSets:
    """The texts in both sets, those in only one of them, and who made the sets."""

    texts: list[TextComparison]
    alone: dict[str, list[str]]
    makers: dict[str, str]
    kinds: frozenset[AnnotatorKind]
    """Who made any of the sets."""

    @property
    def remark(self) -> str:
        """What is not compared, in words; empty if everything is."""
        return "; ".join(
            f"only {name} has {', '.join(texts)}, which is not compared"
            for name, texts in self.alone.items()
            if texts
        )


def two_sets(corpus: Corpus, first: str, second: str, *, unquoted: bool = False) -> TwoSets:
    """The sets ``first`` and ``second`` of a corpus.

    With ``unquoted``, spans that the guidelines give away are left out.

    Raises:
        WarclaimsError: unknown set, no text that both annotate, or no guidelines to read.
    """
    corpus.require_set(first)
    corpus.require_set(second)
    keep = {}
    if unquoted:
        page = corpus.layout.guidelines
        if not is_there(page):
            raise WarclaimsError(f"{page} is missing, so the spans that it quotes are unknown")
        keep = {"keep": not_quoted(read_words(page))}
    bundles = {
        name: {bundle.document.id: bundle for bundle in corpus.bundles(name)}
        for name in (first, second)
    }
    both = [name for name in corpus.documents if all(name in found for found in bundles.values())]
    if not both:
        raise WarclaimsError(f"no document is annotated in both {first!r} and {second!r}")
    known = corpus.registries.annotators
    kinds = {
        name: {
            known[who].kind for one in both if (who := found[one].annotations.annotator) in known
        }
        for name, found in bundles.items()
    }
    return TwoSets(
        texts=[TextComparison(bundles[first][n], bundles[second][n], **keep) for n in both],
        alone={
            name: [document for document in found if document not in both]
            for name, found in bundles.items()
        },
        makers={
            name: " and ".join(sorted(kind.value.replace("_", " ") for kind in found))
            or "unknown annotator"
            for name, found in kinds.items()
        },
        kinds=frozenset().union(*kinds.values()),
    )
