"""Every table meets the same contract, on the shipped corpus and on a small one."""

import pytest
from datasets import ClassLabel, List

import warclaims
from warclaims.build.columns import write_rows
from warclaims.build.tables import TABLES, TableInput
from warclaims.records import LAYERS, FieldKind, shapes


@pytest.fixture(params=["mini", "shipped"])
def source(request):
    return TableInput(warclaims.open(request.getfixturevalue(request.param)), "gold")


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_just_the_declared_columns_and_keep_their_values(source, tmp_path, name):
    table = TABLES[name]
    rows = list(table.rows(source))
    assert rows
    (tmp_path / "corpus").mkdir()
    write_rows(tmp_path / f"corpus/{name}.parquet", table.columns, rows)
    built = warclaims.load(name, tmp_path)
    features = built.features
    assert set(features) == {column.name for column in table.columns}
    for row, again in zip(rows, built, strict=True):
        assert set(row) == set(features)
        assert _named(again, features) == {key: row[key] for key in again}


def _named(row, features):
    """``row`` with the names of closed lists in place of their numbers."""

    def name(value, feature):
        if value is None:
            return None
        if isinstance(feature, ClassLabel):
            return feature.int2str(value)
        if isinstance(feature, List):
            return [name(item, feature.feature) for item in value]
        if isinstance(feature, dict):
            return {key: name(value[key], feature[key]) for key in feature}
        return value

    return {key: name(row[key], features[key]) for key in features}


def test_spans_of_the_layer_tables_hold(source):
    texts = {name: source.corpus.text(name) for name in source.corpus.documents}
    held = 0
    for layer, model in LAYERS.items():
        spans = [s.name for s in shapes(model).values() if s.kind is FieldKind.SPAN]
        for row in TABLES[layer].rows(source):
            for span in spans:
                column = "fragments" if span == "span" else f"{span}_fragments"
                for fragment in row[column]:
                    words = texts[row["document"]][fragment["start"] : fragment["end"]]
                    assert words == fragment["text"]
                    held += 1
    assert held


def test_closed_lists_are_class_labels_in_the_order_of_the_models():
    for layer, model in LAYERS.items():
        kinds = {column.name: column.kind for column in TABLES[layer].columns}
        for shape in shapes(model).values():
            if shape.choices is not None:
                assert kinds[shape.name] is shape.choices


def test_bio_tags_are_the_outermost_spans(source):
    texts = {name: source.corpus.text(name) for name in source.corpus.documents}
    annotations = {bundle.document.id: bundle.annotations for bundle in source.bundles()}
    found: dict[str, set[tuple[int, int]]] = {name: set() for name in texts}
    sentences: dict[str, list[tuple[int, int]]] = {name: [] for name in texts}
    for row in TABLES["sentences"].rows(source):
        assert len(row["tokens"]) == len(row["actors"]) == len(row["contents"])
        text = texts[row["document"]]
        sentences[row["document"]].append((row["start"], row["end"]))
        ends = zip(row["token_starts"], row["token_ends"], strict=True)
        assert [text[start:end] for start, end in ends] == row["tokens"]
        begun = None
        for number, tag in enumerate([*row["locations"], "O"]):
            if tag != "I" and begun is not None:
                found[row["document"]].add((begun, row["token_ends"][number - 1]))
                begun = None
            if tag == "B":
                begun = row["token_starts"][number]
    for name, record in annotations.items():
        spans = {(f.start, f.end) for mention in record.locations for f in mention.span}
        outermost = {
            (start, end)
            for start, end in spans
            if not any((a, b) != (start, end) and a <= start and end <= b for a, b in spans)
        }
        # A span over a sentence's end ("in Nagorno. Karabakh") begins anew in the next one.
        expected = {
            (max(start, first), min(end, last))
            for start, end in outermost
            for first, last in sentences[name]
            if start < last and first < end
        }
        assert found[name] == expected


def test_what_bio_loses_is_counted(source):
    list(TABLES["sentences"].rows(source))
    annotations = [bundle.annotations for bundle in source.bundles()]
    assert source.lost["actors/spans"] == sum(len(a.actors) for a in annotations)
    nested = 0
    for record in annotations:
        spans = [(m.span[0].start, m.span[-1].end) for m in record.actors]
        nested += sum(
            any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in set(spans)) for s in spans
        )
    assert source.lost["actors/nested"] == nested


def test_folds_number_the_documents(source):
    rows = list(TABLES["documents"].rows(source))
    assert [row["fold"] for row in rows] == list(range(len(rows)))


def test_names_in_use_come_with_their_outlets(shipped):
    source = TableInput(warclaims.open(shipped), "gold")
    places = {row["id"]: row["usage"] for row in TABLES["registry_places"].rows(source)}
    names = {used["name"]: used for used in places["stepanakert"]}
    assert set(names) == {"Stepanakert", "Khankendi"}
    assert names["Khankendi"]["outlets"] == ["BBC News"]
    assert "El País" in names["Stepanakert"]["outlets"]
    assert "003" in names["Stepanakert"]["documents"]
    actors = {row["id"]: row["usage"] for row in TABLES["registry_actors"].rows(source)}
    assert len(actors["nikol-pashinyan"]) >= 3
