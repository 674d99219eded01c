"""Out and back: byte for byte, straight and after a save in the browser."""

import json
import re
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from browser import saved
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import warclaims
from sizes import examples
from strategies import bundles, registries, write_corpus
from warclaims.corpus import canonical_bytes
from warclaims.corpus.blank import blank_annotations
from warclaims.errors import InvalidFile
from warclaims.labelstudio import configuration, read_results, task, tasks_bytes
from warclaims.labelstudio.files import sound_task
from warclaims.labelstudio.labels_and_relations import RELATION_LABELS
from warclaims.layout import Layout
from warclaims.records import LAYERS, Bundle, FieldKind, Lists, shapes
from warclaims.records.vocabulary import ANNOTATABLE

ROOT = Path(__file__).parents[2]
SHIPPED = [
    (set_name, path.stem)
    for set_name in Layout(ROOT).set_names()
    for path in sorted(Layout(ROOT).annotation_set(set_name).glob("*.json"))
]
MINI = [("gold", "one"), ("gold", "two"), ("a", "one"), ("a", "two")]

thorough = settings(
    derandomize=True,
    max_examples=examples(15, 1000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def back(corpus, tasks):
    """What comes back of ``tasks``: the bytes of each document's annotations."""
    outcome = read_results(tasks_bytes(tasks), "export.json", corpus)
    assert outcome.findings == ()
    assert not any(imported.is_changed for imported in outcome.documents)
    return {done.document: canonical_bytes(done.after) for done in outcome.documents}


@pytest.fixture(params=[("shipped", *one) for one in SHIPPED] + [("mini", *one) for one in MINI])
def real(request):
    """A real corpus, an annotation set of it and a document."""
    where, set_name, document = request.param
    corpus = warclaims.open(request.getfixturevalue(where))
    return corpus, set_name, document


def test_a_real_document_comes_back_byte_for_byte(real):
    corpus, set_name, document = real
    path = corpus.layout.annotation_file(set_name, document)
    sent = task(corpus.bundle(document, set_name), corpus.registries, set_name)
    for returned in (sent, saved(sent), saved(sent, Random(1))):
        assert back(corpus, [returned]) == {document: path.read_bytes()}


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.mark.soak
@thorough
@given(bundle=bundles(), random=st.randoms(use_true_random=False))
def test_a_random_document_comes_back_byte_for_byte(folder, bundle, random):
    corpus = warclaims.open(write_corpus(folder, [bundle]).root)
    sent = task(bundle, registries())
    if not sent["annotations"]:
        return
    expected = {bundle.document.id: canonical_bytes(bundle.annotations)}
    for returned in (sent, saved(sent), saved(sent, random)):
        assert back(corpus, [returned]) == expected


@pytest.mark.soak
@thorough
@given(bundle=bundles())
def test_a_random_document_becomes_only_what_label_studio_keeps(bundle):
    for annotation in task(bundle, registries())["annotations"]:
        results = annotation["result"]
        relations = [r for r in results if r["type"] == "relation"]
        marks = [r for r in results if r.get("from_name") == "span"]
        ids = [mark["id"] for mark in marks]
        assert results == [*(r for r in results if r["type"] != "relation"), *relations]
        assert all(re.fullmatch("[A-Za-z0-9_-]+", i) for i in ids)
        assert len(set(ids)) == len(ids)
        pairs = Counter((r["from_id"], r["to_id"]) for r in relations)
        assert set(pairs.values()) <= {1}
        assert {end for pair in pairs for end in pair} <= set(ids)
        assert all(set(r["labels"]) <= set(RELATION_LABELS) for r in relations)
        places = [(m["value"]["start"], -m["value"]["end"]) for m in marks]
        assert places == sorted(places)
        for result in results:
            if result["type"] != "relation":
                value = result["value"]
                own = bundle.text[value["start"] : value["end"]]
                assert result["type"] == "textarea" or value["text"] == own
        assert annotation["ground_truth"] is True


@pytest.mark.soak
@settings(derandomize=True, max_examples=examples(10, 60), deadline=None)
@given(bundle=bundles())
def test_the_sdk_accepts_random_documents(interface, bundle):
    for annotation in task(bundle, registries())["annotations"]:
        assert interface.validate_prediction(annotation, return_errors=True) == []


@pytest.fixture(scope="module")
def interface():
    from label_studio_sdk.label_interface import LabelInterface

    return LabelInterface(configuration(Lists()).decode())


def test_the_sdk_accepts_real_documents(real, interface):
    corpus, set_name, document = real
    sent = task(corpus.bundle(document, set_name), corpus.registries, set_name)
    (annotation,) = sent["annotations"]
    assert interface.validate_prediction(annotation, return_errors=True) == []
    assert annotation["ground_truth"] is (set_name == "gold")


def kinds(annotations):
    """What is special about annotations, as far as the encoding has to bear it."""
    for layer, model in LAYERS.items():
        records = getattr(annotations, layer)
        for name, shape in shapes(model).items():
            values = [getattr(record, name) for record in records]
            if shape.kind is FieldKind.SPAN:
                yield from ((layer, name, "split") for value in values if len(value or ()) > 1)
                yield from ((layer, name, "shared") for value in twice(v for v in values if v))
            elif shape.kind is FieldKind.REFERENCE and shape.many:
                yield from ((layer, name, "several") for value in values if len(value) > 1)
                yield from ((layer, name, "shared") for _ in twice(i for v in values for i in v))
            elif shape.kind is FieldKind.CHOICE:
                listed = values if not shape.many else [one for some in values for one in some]
                yield from ((layer, name, value) for value in listed)
            if shape.nullable:
                yield from ((layer, name, "null" if v is None else "given") for v in values)
            elif not shape.required:
                yield from ((layer, name, "given") for value in values if value)
    for record in annotations.attributions:
        if set(record.source) & set(record.blames):
            yield "both source and blamed"


def twice(values):
    return [value for value, times in Counter(values).items() if times > 1]


def wanted():
    """Every kind that :func:`kinds` can tell."""
    for layer, model in LAYERS.items():
        for name, shape in shapes(model).items():
            if shape.kind is FieldKind.SPAN:
                yield from ((layer, name, kind) for kind in ("split", "shared"))
            elif shape.kind is FieldKind.REFERENCE and shape.many:
                yield from ((layer, name, kind) for kind in ("several", "shared"))
            elif shape.kind is FieldKind.CHOICE:
                yield from ((layer, name, value) for value in shape.choices)
            if shape.nullable:
                yield from ((layer, name, kind) for kind in ("null", "given"))
            elif not shape.required:
                yield (layer, name, "given")
    yield "both source and blamed"


@pytest.mark.soak
def test_random_documents_hold_everything_that_can_occur():
    """In the sample nearly everything."""
    missing = set(wanted())

    def look(bundle):
        missing.difference_update(kinds(bundle.annotations))

    for number in range(examples(2, 16)):  # until all was seen
        if missing:
            some = settings(max_examples=50, phases=[Phase.generate])
            seed(number)(some(given(bundles())(look)))()
    assert len(missing) <= examples(12, 0), missing


def test_a_document_not_annotated_yet_is_a_task_without_annotation(mini):
    corpus = warclaims.open(mini)
    document = corpus.document("one")
    blank = blank_annotations(document, "a", "1.0")
    sent = task(
        Bundle(document=document, text=corpus.text("one"), annotations=blank),
        corpus.registries,
        "a",
    )
    assert sent["annotations"] == []
    assert sent["data"]["header"] == "one · Shelling hits Dorn · The Example · 2001-02-03"


def test_registries_travel_as_choices_with_names_that_differ():
    from strategies import bundles as any_bundle

    @settings(derandomize=True, max_examples=1)
    @given(any_bundle())
    def look(bundle):
        data = task(bundle, registries())["data"]
        assert data["actors"] == [
            {"value": "the army (army)", "alias": "army"},
            {"value": "the army (army-2)", "alias": "army-2"},
            {"value": "U / N (un)", "alias": "un"},
        ]
        assert [side["alias"] for side in data["sides"]] == ["east", "west"]

    look()


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["locations"][1].update(id="l1"),
        lambda d: d["attributions"][0].update(source=["a1", "a1"]),
        lambda d: d["casualties"][0].update(events=["x", "x"]),
        lambda d: d["attributions"][0].update(source=["a9"]),
        lambda d: d["casualties"][0].update(perpetrator="l1"),
    ],
)
def test_what_label_studio_would_damage_is_refused(mini, change):
    path = mini / "annotations" / "gold" / "one.json"
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))
    with pytest.raises(InvalidFile) as caught:
        sound_task(warclaims.open(mini), "gold", "one")
    assert caught.value.findings[0].file == "annotations/gold/one.json"


def test_a_text_with_a_byte_order_mark_is_refused(mini):
    corpus = warclaims.open(mini)
    bundle = corpus.bundle("one")
    with pytest.raises(InvalidFile, match="byte-order mark"):
        task(bundle.model_copy(update={"text": "\ufeff" + bundle.text}), corpus.registries)


def test_a_task_to_begin_from_nothing_shows_what_is_no_part_of_the_article(shipped):
    corpus = warclaims.open(shipped)
    document = corpus.document("002")
    blank = blank_annotations(document, "adjudication", "1.1")
    bundle = Bundle(document=document, text=corpus.text("002"), annotations=blank)
    made = task(bundle, corpus.registries)
    assert made["annotations"] == []
    (shown,) = made["predictions"]
    grey = {(item["value"]["start"], item["value"]["end"]) for item in shown["result"]}
    assert {tuple(item["value"]["labels"]) for item in shown["result"]} == {("boilerplate",)}
    assert grey == {
        (segment.start, segment.end)
        for segment in document.segments
        if segment.kind not in ANNOTATABLE
    }
