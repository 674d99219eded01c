"""Scores of a system: by their properties, by hand, and against other implementations."""

import csv
import io
import json
from collections import Counter

import numpy as np
import pytest
from cases import RAID, text
from hypothesis import given, settings
from hypothesis import strategies as st
from made_corpora import MadeCorpus, rec
from scipy.stats import bootstrap
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2

import warclaims
from warclaims import WarclaimsError
from warclaims.agreement.averages import average_intervals, averages
from warclaims.agreement.scoring import score_texts
from warclaims.derive import Placement
from warclaims.derive.bio import bio_tags
from warclaims.records import LAYERS, Bundle


def scored(corpus, pairs):
    return score_texts(pairs, corpus.registries, system="made", against="gold", rounds=20)


def with_layers(bundle: Bundle, **layers) -> Bundle:
    annotations = bundle.annotations.model_copy(update=layers)
    return Bundle(document=bundle.document, text=bundle.text, annotations=annotations)


def rows_of(found):
    return {(r.part, r.name, r.measure, r.average, r.text): r for r in found.rows}


@pytest.fixture(scope="module")
def heldout(shipped):
    return warclaims.open(shipped).heldout


def test_gold_against_itself_is_1_everywhere(heldout):
    found = scored(heldout, ((one, one) for one in heldout.bundles()))
    ratios = {ratio for row in found.rows for ratio in (row.precision, row.recall, row.f1)}
    assert ratios == {1, None}
    assert all(row.expected == row.predicted == row.found for row in found.rows)
    assert {row.name for row in found.rows if row.f1 == 1} >= {
        "claims",
        "accounts",
        "disagreements",
    }


def test_swapping_sides_swaps_precision_and_recall(heldout):
    """Also over every part at once, of two sets that differ."""
    sets = [list(heldout.bundles(name)) for name in ("gold", "first-b")]
    one = rows_of(scored(heldout, zip(*sets, strict=True)))
    other = rows_of(scored(heldout, zip(*reversed(sets), strict=True)))
    assert one.keys() == other.keys()
    for key, row in one.items():
        same = other[key]
        assert (row.precision, row.recall) == (same.recall, same.precision), key
        assert row.f1 == same.f1
        assert (row.precision_low, row.recall_high) == (same.recall_low, same.precision_high)


@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_missed_lowers_recall_only_and_what_is_spurious_precision_only(heldout, layer):
    bundles = list(heldout.bundles())
    fewer = [with_layers(bundles[0], **{layer: getattr(bundles[0].annotations, layer)[1:]})]
    fewer += bundles[1:]
    missed, spurious = (
        scored(heldout, zip(bundles, fewer, strict=True)),
        scored(heldout, zip(fewer, bundles, strict=True)),
    )
    units = {"attributions": ("cues", "contents")}.get(layer, (layer,))
    for unit in units:
        for measure in ("exact", "overlapping"):
            lost, made_up = missed.score(unit, measure), spurious.score(unit, measure)
            assert (lost.expected - lost.predicted, lost.precision) == (1, 1)
            assert lost.recall < 1
            assert (made_up.predicted - made_up.expected, made_up.recall) == (1, 1)
            assert made_up.precision < 1


def test_what_a_system_does_not_do_has_no_score(heldout):
    bundles = list(heldout.bundles())
    only_actors = [
        with_layers(one, locations=(), casualties=(), attributions=()) for one in bundles
    ]
    found = scored(heldout, zip(bundles, only_actors, strict=True))
    with_scores = {row.name for row in found.rows if row.f1 is not None}
    assert with_scores == {"actors", "actors.entity", "actors.level"}
    assert found.score("casualties", "exact").expected > 0


def test_a_part_of_claims_that_a_system_does_not_do_has_no_score(heldout):
    bundles = list(heldout.bundles())
    plain = [
        with_layers(
            one,
            attributions=(),
            casualties=tuple(
                casualty.model_copy(
                    update={"status": (), "age": "unspecified", "sex": "unspecified", "groups": (),
                            "side": None, "events": ()}
                )
                for casualty in one.annotations.casualties
            ),
        )
        for one in bundles
    ]  # fmt: skip
    found = scored(heldout, zip(bundles, plain, strict=True))
    of_claims = {
        row.measure: row.f1 for row in found.rows if (row.name, row.average) == ("claims", "micro")
    }
    assert of_claims == {
        "found": 1, "number": 1, "outcome": 1, "victims": None, "source": None, "all": None
    }  # fmt: skip
    assert found.score("accounts", "found").f1 is None
    assert found.score("casualties.side", "equal").f1 is None


def test_a_system_that_finds_no_disagreement_has_recall_0(heldout):
    bundles = list(heldout.bundles())
    first = [with_layers(one, casualties=one.annotations.casualties[:1]) for one in bundles]
    found = scored(heldout, zip(bundles, first, strict=True)).score("disagreements", "found")
    assert found.expected > found.predicted
    assert found.recall < 1


POST = "Six people died, police said. Two men were hurt, the mayor said. Ten fled."


def post(*records):
    return [text("A", "Post", "01-01", POST, *records)]


RIGHT = (
    rec("A1", "Six people", 6, "police"),
    rec("A2", "Two men", 2, "the mayor", outcome="injured", sex="male"),
)


@pytest.fixture
def of_claims(tmp_path):
    """The scores of claims of a text in gold, and in other records of it."""

    def between(predicted, expected=RIGHT):
        sets = [
            MadeCorpus({"raid": RAID}, post(*records)).write(tmp_path / name)
            for name, records in (("gold", expected), ("made", predicted))
        ]
        pairs = zip(*(one.bundles() for one in sets), strict=True)
        rows = scored(sets[0], pairs).rows
        return {
            row.measure: (row.found, row.expected, row.predicted)
            for row in rows
            if (row.name, row.average) == ("claims", "micro")
        }

    return between


def test_the_parts_of_claims_by_hand(of_claims):
    """Of two claims, one has another number, the other another source and no sex."""
    found = of_claims(
        (
            rec("A1", "people", 7, "police"),
            rec("A2", "Two men", 2, "police", outcome="injured"),
        )
    )
    assert found == {
        "found": (2, 2, 2),
        "number": (1, 2, 2),
        "outcome": (2, 2, 2),
        "victims": (1, 2, 2),
        "source": (1, 2, 2),
        "all": (0, 2, 2),
    }


def test_a_spurious_claim_lowers_the_precision_of_every_part(of_claims):
    found = of_claims((*RIGHT, rec("A3", "Ten", 10, outcome="displaced")))
    assert set(found.values()) == {(2, 2, 3)}


def test_the_word_of_a_source_and_of_the_text_itself_differ(of_claims):
    found = of_claims((rec("A1", "Six people", 6), RIGHT[1]))
    assert found["source"] == (1, 2, 2)


def test_a_source_without_an_entity_is_right_if_its_words_are(of_claims):
    found = of_claims((rec("A1", "Six people", 6, "nameless police"), RIGHT[1]))
    assert found["source"] == (2, 2, 2)


counts = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(
        lambda n: (min(n), n[0], n[1])
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=100)
@given(counts)
def test_averages_are_those_of_the_texts(given_counts):
    found = averages(np.array(given_counts, float).T)
    both, expected, predicted = np.array(given_counts).sum(axis=0)
    assert found["micro"].recall == (pytest.approx(both / expected) if expected else None)
    assert found["micro"].precision == (pytest.approx(both / predicted) if predicted else None)
    f1 = [2 * b / (e + p) for b, e, p in given_counts if e + p]
    assert found["macro"].f1 == (pytest.approx(np.mean(f1)) if f1 else None)


def test_intervals_are_those_of_scipy():
    chance = np.random.default_rng(5)
    expected, predicted = chance.integers(5, 30, (2, 40))
    both = np.minimum(expected, predicted) - chance.integers(0, 5, 40)
    made = np.array([both, expected, predicted], float)
    ours = average_intervals({"x": made}, 20_000)

    def f1(both, expected, predicted, axis=-1):
        return 2 * both.sum(axis) / (expected + predicted).sum(axis)

    def mean(both, expected, predicted, axis=-1):
        return (2 * both / (expected + predicted)).mean(axis)

    for average, statistic in (("micro", f1), ("macro", mean)):
        theirs = bootstrap(
            tuple(made), statistic, paired=True, n_resamples=20_000, method="percentile",
            rng=np.random.default_rng(6),
        ).confidence_interval  # fmt: skip
        assert ours["x", average][2] == pytest.approx(tuple(theirs), abs=0.002)


def test_one_text_has_no_interval(heldout):
    first = next(iter(heldout.bundles()))
    found = scored(heldout, [(first, first)])
    assert found.score("actors", "exact").f1_low is None


# Tags


def sentence_tags(bundle, column):
    placement = Placement(bundle.document, bundle.text)
    return [
        list(map(str, row[column])) for row in bio_tags(bundle.annotations, placement, Counter())
    ]


def tagged(bundle, tags, *, offsets):
    """A file of tokens and tags, with the text and offsets or without both."""
    placement = Placement(bundle.document, bundle.text)
    lines = ["-DOCSTART- -X- O", ""] if not offsets else [
        "# global.columns = FORM START END X:TAG", f"# newdoc id = {bundle.document.id}",
        f"# document_text = {json.dumps(bundle.text)}",
    ]  # fmt: skip
    for sentence, of_sentence in zip(placement.sentences, tags, strict=True):
        for token, tag in zip(placement.tokens(sentence), of_sentence, strict=True):
            words = bundle.text[token.start : token.end]
            places = [token.start, token.end] if offsets else ["_"]
            lines.append("\t".join(map(str, [words, *places, tag])))
        lines.append("")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("offsets", [True, False])
@pytest.mark.parametrize(("column", "label"), [("sources", "SOURCE"), ("cues", "CUE")])
def test_tags_score_as_in_seqeval(heldout, tmp_path, column, label, offsets):
    """Tags of which every third is changed, against those of gold, which are flat spans, too."""
    expected, made, file = [], [], []
    pairs = []
    for bundle in heldout.bundles():
        gold = sentence_tags(bundle, column)
        other = [
            ["O" if number % 3 == 0 else tag for number, tag in enumerate(tags)]
            for tags in sentence_tags(bundle, column)
        ]
        other = [as_iob2(tags) for tags in other]
        expected += gold
        made += other
        file.append(tagged(bundle, other, offsets=offsets))
        pairs.append((bundle, gold))
    (tmp_path / "made.conll").write_text("".join(file), "utf-8")
    (tmp_path / "gold.conll").write_text(
        "".join(tagged(*one, offsets=offsets) for one in pairs), "utf-8"
    )
    theirs = classification_report(
        expected, made, mode="strict", scheme=IOB2, output_dict=True, zero_division=0
    )[label]
    ours = flat_scores(heldout, tmp_path, column)
    assert (ours.precision, ours.recall) == (
        pytest.approx(theirs["precision"]),
        pytest.approx(theirs["recall"]),
    )
    assert ours.expected == theirs["support"]


def as_iob2(tags):
    """The tags with B where a span begins anew."""
    return [
        tag.replace("I-", "B-") if tag != "O" and (number == 0 or tags[number - 1] == "O") else tag
        for number, tag in enumerate(tags)
    ]


def flat_scores(corpus, folder, column):
    """Tags in a file against tags in another, both read as predictions."""
    from warclaims.formats import FORMATS
    from warclaims.formats.predictions import PredictedFile

    read = [
        [made for _, made in PredictedFile(FORMATS["conll"], folder / name, corpus, "gold").pairs()]
        for name in ("gold.conll", "made.conll")
    ]
    return scored(corpus, zip(*read, strict=True)).score(column, "exact")


# The command, and files


@pytest.fixture
def score(cli, mini):
    def run(*arguments):
        return cli("--corpus", mini, "score", *arguments)

    return run


def test_the_command_shows_a_table_csv_and_json(score):
    shown = score("a", "--texts")
    assert shown.returncode == 0, shown.stderr
    assert "a against gold: " in shown.stdout
    assert "Claims, matched by their victim phrases" in shown.stdout
    data = json.loads(score("a", "--format", "json").stdout)
    (row,) = [
        one
        for one in data["rows"]
        if (one["name"], one["measure"], one["average"]) == ("actors", "exact", "micro")
    ]
    table = list(csv.DictReader(io.StringIO(score("a", "--format", "csv").stdout)))
    assert len(table) == len(data["rows"])
    (line,) = [
        one
        for one in table
        if (one["name"], one["measure"], one["average"]) == ("actors", "exact", "micro")
    ]
    assert float(line["f1"]) == row["f1"]
    assert data["texts"] == ["one"] or data["texts"] == ["one", "two"]


SYSTEM = """
def capitals(texts, registries):
    import re
    for text in texts:
        spans = [match.span() for match in re.finditer(r"\\b[A-Z]\\w+", text.text)]
        yield {"actors": [{"span": span, "level": "name"} for span in spans[:5]]}

capitals.version = "7"
"""


def test_the_predictions_of_a_system_are_scored(cli, mini, tmp_path):
    (tmp_path / "here" / "made_system.py").write_text(SYSTEM, "utf-8")
    suggest = cli("--corpus", mini, "suggest", "--with", "made_system:capitals")
    assert suggest.returncode == 0, suggest.stderr
    shown = cli("--corpus", mini, "score", "capitals")
    assert shown.returncode == 0, shown.stderr
    assert "capitals 7 against gold: 2 texts" in shown.stdout
    found = warclaims.score("capitals", mini)
    assert (found.version, found.texts) == ("7", ("one", "two"))
    assert found.score("actors", "overlapping").precision > 0
    assert found.score("claims", "found").f1 is None


def test_predictions_with_errors_are_refused(score, mini):
    folder = mini / "annotations/predictions/made"
    folder.mkdir(parents=True)
    record = json.loads((mini / "annotations/gold/one.json").read_text("utf-8"))
    record["actors"][1]["id"] = record["actors"][0]["id"]
    (folder / "one.json").write_text(json.dumps(record), "utf-8")
    shown = score("made")
    assert shown.returncode == 2
    assert "annotations/predictions/made/one.json has 2 errors; the first: " in shown.stderr
    assert f"validate {folder / 'one.json'}" in shown.stderr


def test_a_set_scores_1_in_each_format_that_keeps_everything(cli, shipped, tmp_path):
    for name in ("brat", "spans", "bundles"):
        out = tmp_path / (f"{name}.jsonl" if name != "brat" else name)
        assert cli("export", name, "--out", out).returncode == 0
        found = warclaims.score(out, shipped, format=name, rounds=1)
        assert {row.f1 for row in found.rows} == {1, None}
        assert found.score("disagreements", "equal").f1 == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("b",), "unknown system or pass 'b'"),
        (("a", "--against", "x"), "unknown annotation set 'x'"),
        (("a", "--mapping", "PATH"), "--mapping needs --format"),
        (("PATH", "--format", "labelstudio"), "predictions cannot be read from labelstudio"),
        (("PATH", "--format", "conll", "--format", "brat"), "conll and brat cannot be combined"),
        (("PATH", "--format", "conll"), "PATH predicts nothing of the texts of gold"),
    ],
)
def test_mistakes_are_named(score, tmp_path, arguments, message):
    path = tmp_path / "made.conll"
    path.write_text("words O\n", "utf-8")
    shown = score(*(str(path) if one == "PATH" else one for one in arguments))
    assert shown.returncode == 2
    assert message.replace("PATH", str(path)) in shown.stderr


def test_what_cannot_be_read_is_named_and_nothing_is_scored(score, mini, tmp_path):
    (tmp_path / "made.jsonl").write_text('{"text": 3}\n', "utf-8")
    shown = score(tmp_path / "made.jsonl", "--format", "spans")
    assert shown.returncode == 1
    assert "made.jsonl:1" in shown.stderr
    assert "Nothing was scored" in shown.stderr
    assert shown.stdout == ""


def test_texts_that_only_one_side_has_are_named(score, mini, tmp_path):
    corpus = warclaims.open(mini)
    known = {"text": corpus.text("one"), "spans": []}
    lines = [known, {"text": "Another text.", "spans": []}]
    path = tmp_path / "made.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in lines), "utf-8")
    shown = score(path, "--format", "spans")
    assert shown.returncode == 0, shown.stderr
    assert "not scored: 1 text of gold of which nothing is predicted, and 1 text" in shown.stderr
    path.write_text(f"{json.dumps(known)}\n" * 2, "utf-8")
    assert "has the text of one again" in score(path, "--format", "spans").stderr


def test_a_mapping_says_what_labels_stand_for(score, mini, tmp_path):
    corpus = warclaims.open(mini)
    spans = [
        {"start": f.start, "end": f.end, "label": "PER"}
        for one in corpus.annotations("one").actors
        for f in one.span
    ]
    (tmp_path / "made.jsonl").write_text(
        json.dumps({"text": corpus.text("one"), "spans": spans}) + "\n", "utf-8"
    )
    (tmp_path / "map.toml").write_text('[labels.PER]\nlayer = "actors"\n', "utf-8")
    found = warclaims.score(
        tmp_path / "made.jsonl", mini, format="spans", mapping=tmp_path / "map.toml", rounds=1
    )
    assert found.score("actors", "exact").f1 == 1
    assert found.score("actors.level", "equal").f1 is None, "the file does not say it"
    (tmp_path / "map.toml").write_text(
        '[labels.PER]\nlayer = "actors"\nfields = { level = "name" }\n', "utf-8"
    )
    found = warclaims.score(
        tmp_path / "made.jsonl", mini, format="spans", mapping=tmp_path / "map.toml", rounds=1
    )
    assert 0 < found.score("actors.level", "equal").f1 < 1
    with pytest.raises(WarclaimsError, match="no score 'actors best micro'"):
        found.score("actors", "best")


def test_an_unknown_format_is_named(mini):
    with pytest.raises(WarclaimsError, match="unknown format 'conl'; known: brat, bundles, conll"):
        warclaims.score("x", mini, format="conl")


def test_over_many_texts_disagreements_are_not_scored(mini, monkeypatch):
    monkeypatch.setattr("warclaims.agreement.scoring.MOST_WITH_DISAGREEMENTS", 1)
    corpus = warclaims.open(mini)
    found = scored(corpus, ((one, one) for one in corpus.bundles()))
    assert "what sources disagree on is not scored over more than 1 texts" in found.remark
    assert "disagreements" not in {row.name for row in found.rows}
