"""What an import makes of labels, attributes and links: nothing is replaced or left out."""

import json
import tempfile
import tomllib
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warclaims
from sizes import examples
from strategies import registries, write_corpus
from warclaims.corpus.canonical import to_plain
from warclaims.formats import FORMATS
from warclaims.formats.importing import import_texts, read_texts
from warclaims.formats.mapped_records import ImportCounts, RecordMaker
from warclaims.formats.mapping import LabelMapping
from warclaims.formats.problems import FormatProblems
from warclaims.formats.proposal import proposed_mapping

TEXT = "The mayor said that two men died.\nDorn mourns.\n"
KILLED = {"layer": "casualties", "fields": {"outcome": "killed"}}


def place(words):
    start = TEXT.index(words)
    return {"start_offset": start, "end_offset": start + len(words)}


@pytest.fixture
def imported(tmp_path):
    """What lines of JSON become: the annotations of the first document, and the import."""

    def made(*lines, mapping=None, **options):
        path = tmp_path / "made.jsonl"
        path.write_text("".join(f"{json.dumps(one)}\n" for one in lines), "utf-8")
        root = write_corpus(tmp_path / "corpus", []).root
        done = import_texts(
            FORMATS["spans"],
            path,
            warclaims.open(root),
            mapping=LabelMapping.model_validate(mapping or {}),
            annotator=options.pop("annotator", "a"),
            language="en",
            **options,
        )
        found = [*warclaims.open(root).bundles()]
        return found[0].annotations if found else None, done

    return made


def line(*spans, relations=(), **more):
    return {"text": TEXT, "entities": list(spans), "relations": list(relations), **more}


def words(span):
    return [one.text for one in span]


CUE = {"labels": {"Cue": {"layer": "attributions"}}, "links": {"Content": {"field": "content"}}}
SAID = {"id": 1, "label": "Cue", **place("said")}
WHAT = {"id": 2, "label": "Content", **place("that two men died")}


def to(source, target, label, **more):
    return {"id": 9, "from_id": source, "to_id": target, "type": label, **more}


def test_a_label_whose_link_is_the_main_span_keeps_its_words_as_cue(imported):
    found, _ = imported(line(SAID, WHAT, relations=[to(1, 2, "Content")]), mapping=CUE)
    (attribution,) = found.attributions
    assert words(attribution.content) == ["that two men died"]
    assert words(attribution.cue) == ["said"]
    assert found.foreign == ()


def test_its_words_are_a_foreign_label_if_the_cue_is_another_one(imported):
    mapping = {"labels": CUE["labels"], "links": {**CUE["links"], "By": {"field": "cue"}}}
    other = {"id": 3, "label": "By", **place("mourns")}
    links = [to(1, 2, "Content"), to(1, 3, "By")]
    found, done = imported(line(SAID, WHAT, other, relations=links), mapping=mapping)
    assert words(found.attributions[0].cue) == ["mourns"]
    assert [(one.label, words(one.span)) for one in found.foreign] == [("Cue", ["said"])]
    assert done.counts.labels == {"Cue": 1}


MEN = {"id": 1, "label": "Victim", **place("two men")}


def test_an_event_whose_victims_are_the_span_becomes_the_trigger(imported):
    died = {"id": 2, "label": "Die", **place("died")}
    mapping = {"labels": {"Die": KILLED}, "links": {"Victim": {"field": "span"}}}
    made = line({**MEN, "label": "Person"}, died, relations=[to(2, 1, "Victim")])
    found, _ = imported(made, mapping=mapping)
    assert words(found.casualties[0].span) == ["two men"]
    assert words(found.casualties[0].trigger) == ["died"]


def test_attributes_of_one_field_that_takes_several_values_are_joined(imported):
    mapping = {
        "labels": {"Victim": KILLED},
        "attributes": {"who": {"field": "status"}, "job": {"field": "status"}},
    }
    found, done = imported(line({**MEN, "who": "civilian", "job": "medic"}), mapping=mapping)
    assert found.casualties[0].status == ("civilian", "medic")
    assert not done.counts.unmapped_attributes


def test_a_second_value_of_one_field_is_kept_beside_the_record(imported):
    mapping = {
        "labels": {"Victim": KILLED},
        "attributes": {
            "one": {"field": "age"},
            "two": {"field": "age"},
            "fate": {"field": "outcome"},
        },
    }
    made = {**MEN, "one": "adult", "two": "child", "fate": "injured"}
    found, done = imported(line(made), mapping=mapping)
    (casualty,) = found.casualties
    assert (casualty.age, casualty.outcome) == ("adult", "injured")
    assert casualty.extra == {"spans": {"id": "1", "two": "child"}}
    assert done.counts.unmapped_attributes == {"two": 1}


def test_values_are_mapped_in_lists_too_and_one_may_stand_for_several(imported):
    values = {"CIV": "civilian", "BOTH": ["police", "medic"], "2": "combatant", "true": "official"}
    mapping = {
        "labels": {"Victim": KILLED},
        "attributes": {"who": {"field": "status", "values": values}},
    }
    found, _ = imported(line({**MEN, "who": ["CIV", "BOTH", 2, True]}), mapping=mapping)
    assert found.casualties[0].status == ("civilian", "police", "medic", "combatant", "official")


def test_a_list_for_a_field_of_one_value_is_kept_beside_the_record(imported):
    found, done = imported(
        line({**MEN, "age": ["adult", "child"]}), mapping={"labels": {"Victim": KILLED}}
    )
    assert found.casualties[0].extra["spans"]["age"] == ["adult", "child"]
    assert done.counts.unmapped_attributes == {"age": 1}


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({"spans": {"Foo": 1}}, {"spans": {"Foo": 1, "Bar": 2, "id": "1"}}),
        ({"spans": {"id": "old", "k": 1}}, {"spans": {"id 2": "old", "k": 1, "Bar": 2, "id": "1"}}),
        ({"spans": [1]}, {"spans": {"extra": [1], "Bar": 2, "id": "1"}}),
        ({"brat": 1}, {"brat": 1, "spans": {"Bar": 2, "id": "1"}}),
    ],
)
def test_extra_fields_are_merged(imported, extra, expected):
    made = {"id": 1, "label": "actor", **place("The mayor"), "Bar": 2}
    for more in ({"extra": extra}, {"attributes": {"extra": extra}}):
        found, _ = imported(line({**made, **more}))
        assert found.actors[0].extra == expected


def test_attributes_of_links_are_kept_and_counted(imported):
    links = [
        to(1, 2, "R", confidence=0.3),
        to(1, 2, "R", confidence=0.4),
        to(1, 2, "Content", by="x"),
    ]
    found, done = imported(line(SAID, WHAT, relations=links))
    (cue, _) = found.foreign
    assert cue.attributes == {
        "→R": ["2", "2"],
        "→R/2 2": {"confidence": 0.3},
        "→R/2": {"confidence": 0.4},
        "→Content": ["2"],
        "→Content/2": {"by": "x"},
    }
    assert done.counts.unmapped_attributes == {"confidence": 2, "by": 1}
    found, done = imported(line(SAID, WHAT, relations=links[2:]), mapping=CUE, overwrite=True)
    assert found.attributions[0].extra == {"spans": {"id": "1", "→Content/2": {"by": "x"}}}
    assert [one.id for one in found.foreign] == ["2"]


def test_links_and_attributes_of_one_name_are_both_kept(imported):
    made = {**SAID, "attributes": {"→R": "words", "note": 1}, "note": 2}
    found, _ = imported(line(made, WHAT, relations=[to(1, 2, "R")]))
    assert found.foreign[0].attributes == {"→R 2": "words", "→R": ["2"], "note 2": 2, "note": 1}


def test_other_facts_of_a_line_are_extra_fields(imported):
    found, _ = imported(line(document="news-1", annotations={"by": "y"}, extra=1, meta={}))
    assert found.extra == {"spans": {"document": "news-1", "annotations": {"by": "y"}, "extra": 1}}
    own = {
        "made_by": "warclaims",
        "annotations": {"annotator": "zoe", "extra": {"spans": {"k": 1}}},
    }
    found, _ = imported(line(**own, color="red"), overwrite=True)
    assert found.annotator == "a"
    assert found.extra == {"spans": {"k": 1, "color": "red", "annotator": "zoe"}}


def test_extra_fields_of_a_label_are_kept_if_it_is_mapped(imported):
    made = {**MEN, "scheme": "brat", "extra": {"k": "v"}}
    found, _ = imported(line(made))
    assert found.foreign[0].extra == {"k": "v"}
    found, _ = imported(line(made), mapping={"labels": {"Victim": KILLED}}, overwrite=True)
    assert found.casualties[0].extra == {"k": "v"}


def test_a_label_with_a_scheme_is_mapped_by_a_rule_and_proposed_but_is_no_own_label(
    imported, tmp_path
):
    made = [
        {**MEN, "scheme": "brat"},
        {"id": 2, "label": "actor", "scheme": "brat", **place("Dorn")},
    ]
    found, _ = imported(line(*made), mapping={"labels": {"Victim": KILLED}})
    assert len(found.casualties) == 1
    assert [one.label for one in found.foreign] == ["actor"]
    proposed = proposed_mapping(read_texts(FORMATS["spans"], tmp_path / "made.jsonl"))
    assert set(tomllib.loads(proposed)["labels"]) == {"Victim", "actor"}


def test_ids_of_foreign_labels_do_not_collide_and_links_follow_them(imported):
    made = [
        {"id": "f1", "label": "A", **place("Dorn")},
        {"id": "?", "label": "B", **place("said")},
        {"id": "!", "label": "C", **place("mourns")},
    ]
    found, _ = imported(line(*made, relations=[to("f1", "!", "R")]))
    assert [one.id for one in found.foreign] == ["f1", "f2", "f3"]
    assert found.foreign[0].attributes == {"→R": ["f3"]}


def test_a_link_to_a_record_that_keeps_its_id_changes_nothing_of_it(imported):
    made = [{"record": "a1", "id": 1, "label": "actor", **place("The mayor")}, SAID | {"id": 2}]
    found, _ = imported(line(*made, relations=[to(2, 1, "R")]))
    assert found.actors[0].extra == {}
    assert found.foreign[0].attributes == {"→R": ["a1"]}


def test_a_link_that_is_given_twice_is_one(imported):
    made = [{"id": "a1", "label": "actor", **place("The mayor")}]
    made.append({"id": "t1", "label": "attribution", **place("that two men died")})
    found, _ = imported(line(*made, relations=[to("t1", "a1", "source")] * 2))
    assert found.attributions[0].source == ("a1",)


def test_many_records_that_are_errors_one_after_the_other_are_all_kept(imported):
    made = [{"id": f"x{at}", "label": "Victim", **place("two men")} for at in range(15)]
    rule = {"Victim": {"layer": "casualties"}}
    found, _ = imported(line(*made), mapping={"labels": rule})
    assert len(found.foreign) == 15


@pytest.mark.parametrize("title", [None, "Another title"])
def test_other_facts_about_a_document_of_the_corpus_are_reported(tmp_path, title):
    bundle = warclaims.build_document(TEXT, document="one", language="en", annotator="a").bundle
    corpus = warclaims.open(write_corpus(tmp_path / "corpus", [bundle]).root)
    facts = to_plain(bundle.document) | ({"title": title} if title else {})
    path = tmp_path / "made.jsonl"
    path.write_text(json.dumps(line(made_by="warclaims", document=facts, annotations={})), "utf-8")
    found = import_texts(FORMATS["spans"], path, corpus, annotator="a").problems.findings
    assert [(one.line, one.code) for one in found] == ([(1, "X603")] if title else [])
    assert not title or "says something else about document one" in found[0].message


def test_texts_that_cannot_be_used_are_named_with_their_lines(imported):
    _, done = imported(line(), {"text": " "}, line())
    assert [(one.line, one.code) for one in done.problems.findings] == [(2, "X101"), (3, "X102")]
    assert "made.jsonl:1; a document" in done.problems.findings[1].message


LABELS = ("A", "B", "Victim", "Cue", "actor")
MAPPING = {
    "labels": {"Victim": KILLED, "Cue": {"layer": "attributions"}, "A": {"layer": "actors"}},
    "links": {
        "Content": {"field": "content"},
        "By": {"field": "source"},
        "Of": {"field": "source", "reverse": True},
    },
    "attributes": {"one": {"field": "note"}, "two": {"field": "note"}},
}


@st.composite
def lines(draw):
    """A line whose attributes have values that occur once: ``v1``, ``v2`` …"""
    values = (f"v{at}." for at in count(1))
    names = st.sets(st.sampled_from(("one", "two", "id 2", "→R", "free")), max_size=3)
    spans = [
        {
            "record": draw(st.sampled_from((f"a{at}", f"f{at}", f"?{at}", f"t{at}"))),
            "id": at,
            "label": draw(st.sampled_from(LABELS)),
            **place(draw(st.sampled_from(("The mayor", "said", "two men", "Dorn", "mourns")))),
            **{name: next(values) for name in sorted(draw(names))},
        }
        for at in range(draw(st.integers(1, 6)))
    ]
    ends = st.integers(0, len(spans) - 1)
    relations = [
        to(draw(ends), draw(ends), draw(st.sampled_from(("Content", "By", "Of", "R"))))
        | {name: next(values) for name in sorted(draw(names))}
        for _ in range(draw(st.integers(0, 5)))
    ]
    return line(*spans, relations=relations, meta=next(values))


@pytest.mark.soak
@given(lines())
@settings(max_examples=examples(60, 2000), suppress_health_check=[HealthCheck.too_slow])
def test_every_value_and_every_word_of_a_random_line_is_somewhere(made):
    corpus_registries, counts = registries(), ImportCounts()
    maker = RecordMaker(LabelMapping.model_validate(MAPPING), "spans", corpus_registries, counts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.jsonl"
        path.write_text(json.dumps(made), "utf-8")
        problems = FormatProblems()
        (text,) = read_texts(FORMATS["spans"], path, problems)
    assert problems.findings == []
    document = warclaims.build_document(TEXT).bundle.document
    built, found = maker.make(text, document, "a", "2.1")
    assert {one.code for one in found} <= {"X601"}
    data = json.dumps(
        [to_plain(built.annotations), text.about], ensure_ascii=False, separators=(",", ":")
    )
    for value in json.dumps(made).split('"'):
        assert not value.startswith("v") or f'"{value}"' in data, value
    for one in made["entities"]:
        assert f'"start":{one["start_offset"]},"end":{one["end_offset"]}' in data
    unmapped = [one for one in made["relations"] if one["type"] == "R"]
    assert counts.unmapped_links["R"] == len(unmapped)
    ids = [one.id for one in built.annotations.foreign]
    assert len(set(ids)) == len(ids)
