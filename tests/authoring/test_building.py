"""Building a document from words and handles."""

import re

import pytest

import warclaims
from warclaims.corpus import canonical_bytes
from warclaims.errors import InvalidFile

TEXT = (
    "Two men died. The mayor said that two women and a child were hurt, two women badly.\n"
    "“We mourn,” the mayor said, “and we rebuild.”\n"
)


def built(**records):
    return warclaims.build_document(TEXT, document="d", language="en", **records)


def casualty(span, **fields):
    return {"span": span, "outcome": "injured", **fields}


def words(span):
    return [fragment.text for fragment in span]


def test_the_example_of_the_page_is_what_its_code_makes(shipped):
    page = (shipped / "docs" / "api.md").read_text("utf-8").partition("A file of annotations")[2]
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL)[1]
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)[1]
    text = re.search(r"```text\n(.*?)```", page, re.DOTALL)[1]
    names = {}
    exec(code.replace("print(built.findings)", ""), names)
    assert names["built"].findings == ()
    assert names["text"] == text
    assert canonical_bytes(names["built"].annotations).decode() == example


@pytest.mark.parametrize(
    ("span", "start"),
    [
        ("two women and a child", 34),
        ((34, 43), 34),
        ([(34, 43)], 34),
        ({"start": 34, "end": 43}, 34),
        ({"words": "two women", "occurrence": 2}, 67),
        ({"words": "two women", "after": "badly"}, 67),
        ({"words": "two women", "before": "hurt,"}, 67),
        ({"words": "two women", "in": "two women and a child"}, 34),
        ({"words": "two  women and\na child"}, 34),
    ],
)
def test_a_span_is_given_by_offsets_or_by_words(span, start):
    made = built(casualties=[casualty(span)])
    assert made.findings == ()
    (record,) = made.annotations.casualties
    assert record.span[0].start == start
    assert all(TEXT[one.start : one.end] == one.text for one in record.span)


@pytest.mark.parametrize(
    "content", ["“We mourn,” … “and we rebuild.”", ["“We mourn,”", "“and we rebuild.”"]]
)
def test_a_span_may_be_discontinuous(content):
    said = {"words": "said", "occurrence": 2}
    made = built(attributions=[{"cue": said, "content": content, "mode": "direct"}])
    assert words(made.annotations.attributions[0].content) == ["“We mourn,”", "“and we rebuild.”"]


@pytest.mark.parametrize(
    ("records", "code", "said"),
    [
        ({"casualties": [casualty("three women")]}, "T308", "'three women' is not in the text"),
        ({"casualties": [casualty("two women")]}, "T308", "'two women' occurs 2 times; say which"),
        ({"casualties": [casualty({"words": "two women", "occurrence": 3})]}, "T308", "2 times"),
        ({"casualties": [casualty((3, 999))]}, "T308", "3–999 is not in the text"),
        ({"casualties": [casualty(7)]}, "T308", "neither a pair of offsets nor words"),
        ({"casualties": [{"outcome": "killed"}]}, "S201", "the field 'span' is missing"),
        ({"casualties": [casualty("a child", colour="red")]}, "S202", "no field 'colour'"),
        ({"casualties": [casualty("a child", value=-1)]}, "S205", "must be at least 0"),
        ({"casualties": [casualty("a child", subset_of=["nobody"])]}, "R402", "no record 'nobody'"),
        ({"actors": [{"id": "x", "span": "We"}, {"id": "x", "span": "we"}]}, "R404", "twice"),
    ],
)
def test_what_does_not_fit_is_reported_and_left_out(records, code, said):
    made = built(**records)
    assert [finding.code for finding in made.findings] == [code]
    assert said in made.findings[0].message
    canonical_bytes(made.bundle)


def test_records_get_ids_in_text_order_and_links_follow_them():
    made = built(
        actors=[
            {"id": "late", "span": {"words": "the mayor"}},
            {"id": "early", "span": "The mayor"},
        ],
        casualties=[
            casualty("a child", id="one", value=1),
            casualty("Two men", id="all", value=2, besides=["one"]),
        ],
        attributions=[
            {
                "id": "second",
                "source": ["late"],
                "content": "“and we rebuild.”",
                "answers": "first",
            },
            {"id": "first", "source": ["early"], "content": "that two women and a child"},
        ],
    )
    assert made.findings == ()
    assert made.ids == {
        "early": "a1", "late": "a2", "all": "c1", "one": "c2", "first": "t1", "second": "t2",
    }  # fmt: skip
    assert made.annotations.casualties[0].besides == ("c2",)
    assert made.annotations.attributions[1].answers == "t1"


@pytest.mark.parametrize(
    ("fields", "quantifier"),
    [
        ({"value": 2}, "exact"),
        ({"value": 2, "value_max": 3}, "range"),
        ({}, "indefinite"),
        ({"fraction": {"numerator": 1, "denominator": 2}}, "exact"),
    ],
)
def test_a_quantifier_that_is_not_given_follows_from_the_number(fields, quantifier):
    (record,) = built(casualties=[casualty("Two men", **fields)]).annotations.casualties
    assert record.quantifier == quantifier


def test_annotations_are_written_to_the_corpus_with_the_text(mini):
    corpus = warclaims.open(mini)
    document = corpus.document("two")
    made = warclaims.build_document(
        corpus.text("two"), document=document, annotator="a", casualties=[casualty("Seven")]
    )
    with pytest.raises(warclaims.WarclaimsError, match="has records"):
        made.write(corpus)
    path = made.write(corpus, overwrite=True)
    assert corpus.annotations("two") == made.annotations
    assert path.read_bytes() == canonical_bytes(made.annotations)
    with pytest.raises(warclaims.WarclaimsError, match="has another text"):
        warclaims.build_document("Another.", document=document)
    with pytest.raises(warclaims.WarclaimsError, match="another text"):
        warclaims.build_document("Another text.", document="two").write(corpus)


def test_an_empty_text_and_an_impossible_id_are_refused():
    with pytest.raises(warclaims.WarclaimsError, match="empty"):
        warclaims.build_document(" \n")
    with pytest.raises(warclaims.WarclaimsError):
        warclaims.build_document("Words.", document="a/b")


def test_references_to_unknown_entries_are_reported_before_anything_is_written(mini):
    corpus = warclaims.open(mini)
    before = corpus.layout.annotation_file("gold", "two").read_bytes()
    built = warclaims.build_document(
        corpus.text("two"),
        document=corpus.document("two"),
        annotator="a",
        actors=[{"span": "Borland’s army", "entity": "no-army"}],
    )
    assert not built.findings
    with pytest.raises(InvalidFile, match="'no-army'") as caught:
        built.write(corpus, overwrite=True)
    (finding,) = caught.value.findings
    assert (finding.file, finding.pointer) == ("annotations/gold/two.json", "/actors/0/entity")
    assert corpus.layout.annotation_file("gold", "two").read_bytes() == before


def test_foreign_labels_and_ids_are_kept():
    label = {"id": "T7", "span": "two men", "label": "Loss", "scheme": "made"}
    made = warclaims.build_document(
        "Two men died. Then two men fled.",
        casualties=[
            casualty("Two men", id="c9", value=2),
            casualty({"words": "two men", "in": "two men fled"}, id="b", value=2),
        ],
        foreign=[label, {**label, "id": "T8", "span": "nobody"}],
        kept_ids={"c9"},
    )
    assert [one.id for one in made.annotations.casualties] == ["c9", "c1"]
    assert [(one.id, words(one.span)) for one in made.annotations.foreign] == [("T7", ["two men"])]
    (finding,) = made.findings
    assert (finding.code, finding.pointer) == ("T308", "/foreign/1/span")


def test_what_the_rules_find_points_into_the_input():
    made = built(actors=[{"span": "The mayor"}, {"span": (0, 4)}])
    (finding,) = made.findings
    assert (finding.code, finding.pointer) == ("T309", "/actors/1/span/0")
