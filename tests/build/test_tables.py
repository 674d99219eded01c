"""Every table meets the same contract, on the shipped corpus and on a small one."""

import pandas
import pyarrow.parquet as pq
import pytest
from datasets import ClassLabel, List

import warclaims
from warclaims.build.columns import write_rows
from warclaims.build.table_input import TableInput
from warclaims.build.tables import TABLES
from warclaims.records import LAYERS, FieldKind, shapes


@pytest.fixture(params=["mini", "shipped"])
def source(request):
    return TableInput(warclaims.open(request.getfixturevalue(request.param)), "gold")


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_just_the_declared_columns_and_keep_their_values(source, tmp_path, name):
    table = TABLES[name]
    rows = list(table.rows(source))
    assert rows, name
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
            if tag != "I-LOCATION" and begun is not None:
                found[row["document"]].add((begun, row["token_ends"][number - 1]))
                begun = None
            if tag == "B-LOCATION":
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


@pytest.fixture
def tables(shipped):
    return lambda name: pq.read_table(shipped / f"corpus/{name}.parquet").to_pylist()


def test_closed_lists_are_words_for_every_reader(shipped):
    claims = pandas.read_parquet(shipped / "corpus/claims.parquet")
    assert "killed" in set(claims["outcome"])
    comparisons = pandas.read_parquet(shipped / "corpus/comparisons.parquet")
    assert "disagreement" in set(comparisons["kind"])


def test_ids_lead_from_comparisons_to_accounts_to_claims(tables):
    claims = {row["record"] for row in tables("claims")}
    accounts = {row["id"]: row for row in tables("accounts")}
    assert claims == {row["record"] for row in tables("casualties")}
    assert {name for row in accounts.values() for name in row["records"]} <= claims
    for row in tables("comparisons"):
        used = {name for one in row["positions"] for name in one["accounts"]}
        assert used | set(row["compatible_with_all"]) <= accounts.keys()
        assert set(row["depends_on"]) <= claims


def test_links_between_records_are_names_of_records(tables):
    layers = {layer: tables(layer) for layer in LAYERS}
    names = {layer: {row["record"] for row in rows} for layer, rows in layers.items()}
    assert sum(map(len, names.values())) == sum(map(len, layers.values()))
    for layer, model in LAYERS.items():
        for shape in shapes(model).values():
            if shape.target in names:
                for row in layers[layer]:
                    linked = row[shape.name] if shape.many else [row[shape.name]]
                    assert set(linked) - {None} <= names[shape.target], (layer, shape.name)
    assert {row["parent"] for row in layers["attributions"]} - {None} <= names["attributions"]
    assert {row["attribution"] for row in layers["casualties"]} - {None} <= names["attributions"]


def test_the_comparisons_of_the_table_are_those_of_the_api(tables):
    found = warclaims.compare()
    assert [row["id"] for row in tables("accounts")] == [one.id for one in found.accounts]
    rows = tables("comparisons")
    assert [row["reason"] for row in rows] == [one.reason for one in found.comparisons]
    cause = next(row for row in rows if row["respect"] == "cause")
    assert [one["value"] for one in cause["positions"]] == ["landmine", "vehicle bomb"]


def test_a_claim_has_the_columns_of_its_innermost_source(tables):
    claims = {row["record"]: row for row in tables("claims")}
    said = claims["004:c2"]
    assert said["source_text"] == "Karabakh's human rights ombudsman"
    assert said["source"] == ["nk-ombudsman"]
    assert (said["source_side"], said["source_type"]) == ("nk-armenians", "person")
    assert (said["cue"], said["commitment"]) == ("said", "neutral")
    assert said["event_labels"] == ["Azerbaijani military action from 19 September 2023"]
    assert said["place_labels"] == ["Nagorno-Karabakh"]
    sentences = {(row["document"], row["sentence_number"]): row for row in tables("sentences")}
    assert sentences["004", said["sentence_number"]]["text"] == said["sentence"]
    inferred = claims["000:c3"]
    assert (inferred["source_text"], inferred["source"]) == (
        "authorities in Nagorno-Karabakh",
        ["nk-authorities"],
    )
    for name, row in claims.items():
        if row["narrator"]:
            empty = ("source_text", "source_side", "source_type", "cue", "commitment")
            assert [row[column] for column in empty] == [None] * 5, name
            assert row["source"] == []
