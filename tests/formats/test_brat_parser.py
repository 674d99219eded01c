"""A parser of brat from a package: it opens what is written, and what it writes is read."""

import pytest

import warclaims
from warclaims.formats import FORMATS
from warclaims.formats.annotated_text import annotated_text
from warclaims.formats.importing import read_texts
from warclaims.formats.problems import FormatProblems

brat = pytest.importorskip("bioc.brat")

TEXT = "The mayor 😀 said that two men\nof Dorn died. قال: Dorn mourns.\n"


def places(entity):
    return tuple(sorted((one.begin, one.end) for one in entity.locations))


@pytest.mark.parametrize("corpus", [".", "examples/heldout"], ids=["shipped", "held out"])
def test_it_opens_every_span_link_and_attribute(cli, shipped, tmp_path, corpus):
    corpus = warclaims.open(shipped / corpus)
    out = tmp_path / "out"
    assert cli("--corpus", corpus.root, "export", "brat", "--out", out).returncode == 0
    for bundle in corpus.bundles():
        text = annotated_text(bundle)
        found = brat.loads_ann((out / f"{text.name}.ann").read_text("utf-8"))
        entities = {entity.id: (entity.type, places(entity)) for entity in found.entities}
        spans = {span.id: (span.label, tuple(sorted(span.ranges))) for span in text.spans}
        assert sorted(entities.values()) == sorted(spans.values())
        assert sorted(
            (one.type, *(entities[one.arguments[end]] for end in ("Arg1", "Arg2")))
            for one in found.relations
        ) == sorted((link.label, spans[link.source], spans[link.target]) for link in text.links)
        outcomes = [one for one in found.attributes if one.type == "outcome"]
        assert sorted((entities[one.refid], *one.attributes) for one in outcomes) == sorted(
            (spans[one.id], one.outcome) for one in bundle.annotations.casualties
        )


def made_by_the_parser(folder):
    document = brat.BratDocument()

    def add(made, id, type, **facts):
        made.id, made.type = id, type
        for name, value in facts.items():
            setattr(made, name, value)
        document.add_annotation(made)
        return made

    for id, type, *pieces in (
        ("T1", "Person", "The mayor"),
        ("T2", "Death", "died"),
        ("T3", "Victims", "two men", "of Dorn"),
        ("T4", "Place", "Dorn"),
        ("T5", "Cue", "قال"),
    ):
        entity = add(brat.BratEntity(), id, type, text=" ".join(pieces))
        for words in pieces:
            entity.add_span(TEXT.index(words), TEXT.index(words) + len(words))
    event = add(brat.BratEvent(), "E1", "Death", trigger_id="T2")
    event.add_argument("Victim", "T3")
    event.add_argument("Place", "T4")
    add(brat.BratEvent(), "E2", "Speech", trigger_id="T5")
    relation = add(brat.BratRelation(), "R1", "LivesIn")
    relation.add_argument("Arg1", "T1")
    relation.add_argument("Arg2", "T4")
    equivalent = brat.BratEquivRelation()
    equivalent.argids = {"T1", "T3"}
    document.add_annotation(equivalent)
    add(brat.BratAttribute(), "A1", "Negated", refid="E1")
    add(brat.BratAttribute(), "A2", "Sure", refid="T1").add_attribute("high")
    add(brat.BratNote(), "#1", "AnnotatorNotes", refid="T4", text="Which Dorn?")
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "a.ann").write_text(brat.dumps_ann(document), "utf-8")


def test_what_it_writes_is_read(tmp_path):
    made_by_the_parser(tmp_path / "made")
    problems = FormatProblems()
    (text,) = read_texts(FORMATS["brat"], tmp_path / "made", problems)
    assert problems.findings == []
    assert text.text == TEXT
    assert {
        one.id: (one.label, "|".join(TEXT[slice(*place)] for place in one.ranges), one.attributes)
        for one in text.spans
    } == {
        "T1": ("Person", "The mayor", {"Sure": "high"}),
        "E1": ("Death", "died", {"Negated": True}),
        "T3": ("Victims", "two men|of Dorn", {}),
        "T4": ("Place", "Dorn", {"note": "Which Dorn?"}),
        "T5": ("Cue", "قال", {}),
        "E2": ("Speech", "قال", {}),
    }
    assert {(one.label, one.source, one.target) for one in text.links} == {
        ("Victim", "E1", "T3"),
        ("Place", "E1", "T4"),
        ("LivesIn", "T1", "T4"),
        ("Equiv", "T1", "T3"),
    }
