"""State facts about a document that is in the corpus: outlet, date, language and so on."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from warclaims.authoring.adding import stated_fact
from warclaims.corpus import canonical_bytes, read_record
from warclaims.errors import WarclaimsError, unknown
from warclaims.files import locked, write_all
from warclaims.records import DocumentIndex

if TYPE_CHECKING:
    from warclaims.authoring.adding import StatedFacts
    from warclaims.corpus import Corpus

_FACTS = ("outlet", "date", "original_language", "rights_holder")


def describe_document(
    corpus: Corpus, name: str, facts: StatedFacts, *, dry_run: bool = False
) -> list[str]:
    """State ``facts`` about the document ``name`` in the index; what changes, a line each.

    An empty fact is no longer stated. With ``dry_run`` nothing is written.

    Raises:
        InvalidFile: the index is not valid.
        WarclaimsError: there is no such document, or a fact is ill-formed.
    """
    corpus.require_directory()
    layout = corpus.layout
    with nullcontext() if dry_run else locked(corpus.root):
        index = read_record(layout.index, DocumentIndex, layout.relative(layout.index))
        before = {one.id: one for one in index.documents}
        if name not in before:
            raise unknown("document", name, before)
        document = before[name]
        new: dict[str, Any] = {
            fact: stated_fact(fact, value, facts.source, when="later")
            for fact in _FACTS
            if (value := getattr(facts, fact)) is not None
        }
        if facts.language is not None:
            language = stated_fact("language", facts.language).value
            if language is None:
                raise WarclaimsError("a document has a language; und is an unknown one")
            extra = {key: value for key, value in document.extra.items() if key != "language"}
            new |= {"language": language, "extra": extra}  # without how it was detected
        if facts.translation is not None:
            new["translation"] = facts.translation
        after = document.model_copy(update=new)
        if after != document and not dry_run:
            documents = tuple(after if one is document else one for one in index.documents)
            changed = index.model_copy(update={"documents": documents})
            write_all({layout.index: canonical_bytes(changed)})
    return [
        f"{fact}: {_shown(getattr(document, fact))} → {_shown(getattr(after, fact))}"
        for fact in new
        if fact != "extra" and getattr(document, fact) != getattr(after, fact)
    ]


def _shown(fact: Any) -> str:
    value = getattr(fact, "value", fact)
    return "not stated" if value is None else str(value)
