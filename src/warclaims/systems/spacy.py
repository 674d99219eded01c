"""The system ``spacy``: what ``rules`` finds, and more by the dependencies of a spaCy pipeline.

Added are victims that are the subject, object or complement of a word of harm, statements with a
clause as their content whatever their verb, and named actors and places.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from warclaims.corpus.canonical import to_plain
from warclaims.errors import WarclaimsError
from warclaims.language import primary, read_number
from warclaims.records import LAYERS, FieldKind, shapes
from warclaims.systems.rules import rules
from warclaims.systems.rules.reading import ReadText, whole_words
from warclaims.systems.rules.victim_phrases import tables_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from warclaims.corpus import Registries
    from warclaims.records import Layer
    from warclaims.systems.rules.reading import Range
    from warclaims.systems.rules.victim_phrases import LanguageTables
    from warclaims.systems.system import SuggestedRecords, TextToAnnotate

PIPELINE = "WARCLAIMS_SPACY_PIPELINE"
"""The variable of the environment that names a pipeline."""

_OUTSIDE = frozenset(
    ("relcl", "acl", "advcl", "appos", "conj", "cc", "punct", "ccomp", "xcomp", "parataxis")
)
"""Dependencies of what is not part of a noun phrase."""

_VICTIMS = frozenset(("NOUN", "PROPN", "NUM", "PRON", "ADJ"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "nsubj:pass", "csubj"))
_OBJECTS = frozenset(("dobj", "obj"))
_ACTORS = frozenset(("PERSON", "PER", "ORG"))
_PLACES = frozenset(("GPE", "LOC", "FAC"))


def spacy_system(texts: Sequence[TextToAnnotate], known: Registries) -> Iterator[SuggestedRecords]:
    """Annotate texts with the rules, and with the installed pipeline of their language."""
    for text, found in zip(texts, rules(texts, known), strict=True):
        records: dict[str, list[dict[str, Any]]] = {
            layer: [_as_given(record) for record in getattr(found, layer)] for layer in LAYERS
        }
        doc = pipeline(primary(text.document.language))(text.text)
        _Additions(text, doc, records).add()
        yield records  # type: ignore[misc]


spacy_system.name = "spacy"  # type: ignore[attr-defined]
spacy_system.links = True  # type: ignore[attr-defined]


@lru_cache(maxsize=4)
def pipeline(language: str) -> Language:
    """The pipeline that the environment names, or an installed one for a language.

    Raises:
        WarclaimsError: there is none, or it does not parse.
    """
    import spacy
    from spacy.util import get_installed_models

    named = os.environ.get(PIPELINE, "").strip()
    names = [named] if named else sorted(n for n in get_installed_models() if n[:2] == language)
    try:
        found = spacy.load(names[0])
    except (OSError, IndexError):
        wanted = f"the pipeline {named!r}" if named else f"a pipeline for the language {language!r}"
        raise WarclaimsError(
            f"spaCy has not installed {wanted}. Install one, or name one in {PIPELINE}"
        ) from None
    if not found.has_pipe("parser"):
        raise WarclaimsError(f"the spaCy pipeline {names[0]} does not parse. Name one that does")
    return found


def _as_given(record: Layer) -> dict[str, Any]:
    """A record as :func:`warclaims.build_document` takes it."""
    plain = to_plain(record)
    for name, shape in shapes(type(record)).items():
        if shape.kind is FieldKind.SPAN and plain.get(name):
            plain[name] = [(part["start"], part["end"]) for part in plain[name]]
    return plain


class _Additions:
    """What the dependencies of one text add to ``records``."""

    def __init__(
        self, text: TextToAnnotate, doc: Doc, records: dict[str, list[dict[str, Any]]]
    ) -> None:
        self._raw = text.text
        self._doc = doc
        self._records = records
        self._read = ReadText(text.document, text.text)
        self._tables: LanguageTables | None = tables_of(self._read.language)

    def add(self) -> None:
        """Add casualties, attributions and named mentions."""
        if self._tables is not None:
            self._add_casualties(self._tables)
            self._add_attributions(self._tables)
        self._add_names()

    def _is_free(self, layer: str, field: str, place: Range) -> bool:
        """True if no record of a layer shares words with a place, which is in a sentence."""
        start, end = place
        taken = (part for one in self._records[layer] for part in one.get(field) or ())
        held = any(low < end and start < high for low, high in taken)
        return not held and self._is_in_sentence(place)

    def _is_in_sentence(self, place: Range) -> bool:
        """True if a place is whole words of one sentence of a segment that is annotated."""
        if whole_words(self._raw, *place) != place:
            return False  # the pipeline splits words such as *hasn't*
        ((start, end),) = self._read.folded([place])
        sentence = self._read.sentence_at(start)
        return sentence is not None and end <= sentence.end

    def _token_at(self, offset: int) -> Token | None:
        span = self._doc.char_span(offset, offset + 1, alignment_mode="expand")
        return span[0] if span is not None and len(span) else None

    # Casualties.

    def _add_casualties(self, tables: LanguageTables) -> None:
        words = tables.words
        no_harm = {*tables.coverage.of, *words.including}
        for start, end in self._read.raw(self._read.hits.near if self._read.hits else []):
            harm = self._token_at(start)
            if harm is None or harm.lower_ in no_harm:
                continue
            said = self._raw[start:end].lower()
            outcome = words.outcome_of.get(said, "killed")
            for victim in self._victims_of(harm, tables):
                place = _noun_phrase(victim)
                phrase = self._raw[place[0] : place[1]]
                reading = read_number(phrase, tables.language)
                if reading is None or reading.fraction or not _is_person(victim, words.all_people):
                    continue
                if self._is_free("casualties", "span", place):
                    self._records["casualties"].append(
                        {
                            "span": [place],
                            "trigger": [(start, end)],
                            "outcome": outcome,
                            "quantifier": reading.quantifier,
                            "value": reading.value,
                            "value_max": reading.value_max,
                            "events": [],
                        }
                    )

    def _victims_of(self, harm: Token, tables: LanguageTables) -> Iterator[Token]:
        """The heads of the phrases for those who suffer a harm."""
        for one in (*self._below(harm, tables), *self._above(harm)):
            yield from (each for each in (one, *one.conjuncts) if each.pos_ in _VICTIMS)

    def _below(self, harm: Token, tables: LanguageTables) -> list[Token]:
        """The subjects, objects and complements of a word of harm itself."""
        words, children = tables.words, list(harm.children)
        is_active = harm.lower_ in words.active
        wanted = {"nsubjpass"} | (_OBJECTS if is_active else set())
        if not (is_active and any(child.dep_ in _OBJECTS for child in children)):
            wanted |= {"nsubj"}
        found = [child for child in children if child.dep_ in wanted]
        if is_active or harm.lower_ in words.harm_nouns:
            of = (child for child in children if child.lower_ in tables.coverage.of)
            found += [one for child in of for one in child.children if one.dep_ == "pobj"]
        return found

    def _above(self, harm: Token) -> list[Token]:
        """What a word of harm describes, as its attribute or predicate."""
        if harm.dep_ in ("amod", "acl") and harm.tag_ == "VBN":
            return [harm.head]
        if harm.dep_ in ("acomp", "attr", "oprd"):
            return [one for one in harm.head.children if one.dep_ in _SUBJECTS | _OBJECTS]
        return []

    # Attributions.

    def _add_attributions(self, tables: LanguageTables) -> None:
        speech = (
            {start for start, _ in self._read.raw(self._read.hits.speech)}
            if self._read.hits
            else set()
        )
        for verb in self._doc:
            subject = next((one for one in verb.children if one.dep_ == "nsubj"), None)
            clause = next((one for one in verb.children if one.dep_ == "ccomp"), None)
            if verb.pos_ != "VERB" or subject is None or clause is None:
                continue
            marked = any(
                one.dep_ == "mark" and one.lower_ in tables.words.that for one in clause.children
            )
            cue = verb.idx, verb.idx + len(verb)
            is_said = verb.idx in speech or (marked and subject.pos_ in ("PROPN", "NOUN"))
            if is_said and self._is_free("attributions", "cue", cue):
                self._attribute(verb, subject, clause)

    def _attribute(self, verb: Token, subject: Token, clause: Token) -> None:
        first = min((one.i for one in verb.children if one.dep_ in ("aux", "neg")), default=verb.i)
        content = _range(self._doc[clause.left_edge.i : clause.right_edge.i + 1])
        cue = _range(self._doc[min(first, verb.i) : verb.i + 1])
        is_inside = content[0] < cue[1] and cue[0] < content[1]
        if is_inside or not self._is_in_sentence(content):
            return
        source = self._source(_noun_phrase(subject, whole=True), subject)
        self._records["attributions"].append(
            {"source": [source] if source else [], "cue": [cue], "content": [content], "score": 0.5}
        )

    def _source(self, place: Range, subject: Token) -> str | None:
        """The handle of the actor at a place, or at the subject alone; added if there is none."""
        level = {"PROPN": "name", "PRON": "pronoun"}.get(subject.pos_, "nominal")
        for one in (place, (subject.idx, subject.idx + len(subject))):
            for actor in self._records["actors"]:
                if actor["span"] == [one]:
                    return str(actor["id"])
            others = (part for actor in self._records["actors"] for part in actor["span"])
            if self._is_in_sentence(one) and not any(_crosses(one, part) for part in others):
                handle = f"s{len(self._records['actors'])}"
                self._records["actors"].append({"id": handle, "span": [one], "level": level})
                return handle
        return None

    # Names.

    def _add_names(self) -> None:
        for entity in self._doc.ents:
            place = _range(entity)
            if self._raw[place[0]] in "tT" and entity[0].lower_ == "the" and len(entity) > 1:
                place = _range(entity[1:]) if entity.label_ in _PLACES else place
            free = self._is_free("actors", "span", place) and self._is_free(
                "locations", "span", place
            )
            if free and entity.label_ in _ACTORS:
                self._records["actors"].append({"span": [place], "level": "name"})
            elif free and entity.label_ in _PLACES:
                self._records["locations"].append({"span": [place], "level": "name"})


def _is_person(head: Token, people: Collection[str]) -> bool:
    """True if a noun is known to be of people, or counted, or the name of a person."""
    if head.pos_ == "PROPN":
        return head.ent_type_ in ("PERSON", "PER")
    is_counted = any(child.dep_ == "nummod" for child in head.children)
    return head.pos_ != "NOUN" or is_counted or head.lower_ in people


def _range(span: Any) -> Range:
    """The offsets of a span of tokens, without white space around it."""
    words = span.text
    start = span.start_char + len(words) - len(words.lstrip())
    return start, span.start_char + len(words.rstrip())


def _crosses(one: Range, other: Range) -> bool:
    return one[0] < other[0] < one[1] < other[1] or other[0] < one[0] < other[1] < one[1]


def _noun_phrase(head: Token, *, whole: bool = False) -> Range:
    """The offsets of the phrase with a head; with ``whole`` also what identifies it."""
    first = last = head
    for child in head.children:
        is_of = child.dep_ == "prep" and child.lower_ in ("of", "de")
        is_inside = child.dep_ not in _OUTSIDE and child.dep_ != "prep"
        if child.i < head.i and is_inside:
            first = min(first, child.left_edge, key=lambda one: one.i)
        elif child.i > head.i and (is_of or (is_inside and child.dep_ != "advmod") or whole):
            last = max(last, child.right_edge, key=lambda one: one.i)
    while last.i > head.i and last.is_punct:
        last = last.nbor(-1)
    return first.idx, last.idx + len(last)
