"""Agreement: against hand-worked cases, against other implementations, and by its properties."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nervaluate import Evaluator
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score

import warclaims
from warclaims import WarclaimsError
from warclaims.agreement import compare
from warclaims.agreement.items import Item
from warclaims.agreement.measures import Prf, Ratings, ratio_interval, times_drawn
from warclaims.agreement.pairing import jaccard, pair
from warclaims.agreement.text import TextComparison
from warclaims.records import ActorMention, Annotations, Bundle, Fraction, Fragment, VictimGroup
from warclaims.records.vocabulary import Act, Level


def item(*pieces: tuple[int, int], name: str = "x", level: Level = Level.NAME) -> Item:
    span = tuple(Fragment(start=a, end=b, text="x" * (b - a)) for a, b in pieces)
    return Item(span, ActorMention(id=name, span=span, entity=None, level=level))


def paired(ones: list[Item], others: list[Item]) -> set[tuple[int, int]]:
    return {(found.one, found.other) for found in pair(ones, others)}


def test_nested_spans_pair_with_their_like_and_not_with_what_holds_them():
    ones = [item((0, 20)), item((5, 10))]
    others = [item((5, 10)), item((0, 20))]
    assert paired(ones, others) == {(0, 1), (1, 0)}


def test_the_assignment_is_of_most_overlap_and_not_greedy():
    # Greedy by text order would give 0–10 the span 0–30 and leave 8–30 alone.
    ones = [item((0, 10)), item((8, 30))]
    others = [item((0, 30)), item((0, 4))]
    assert paired(ones, others) == {(0, 1), (1, 0)}


def test_an_exact_pair_is_worth_more_than_two_partial_ones():
    ones = [item((0, 10)), item((2, 12))]
    others = [item((0, 10)), item((1, 9))]
    assert (0, 0) in paired(ones, others)


def test_records_on_one_span_find_their_like_by_their_attributes():
    ones = [item((0, 5), level=Level.NAME), item((0, 5), level=Level.NOMINAL)]
    others = [item((0, 5), level=Level.NOMINAL), item((0, 5), level=Level.NAME)]
    assert paired(ones, others) == {(0, 1), (1, 0)}


def test_discontinuous_spans_overlap_by_their_characters():
    split, whole = item((0, 4), (10, 14)), item((0, 14))
    assert jaccard([split.span], [whole.span]) == pytest.approx(8 / 14)
    assert paired([split], [whole]) == {(0, 0)}
    assert paired([split], [item((4, 10))]) == set()


def test_touching_is_no_overlap():
    assert paired([item((0, 5))], [item((5, 9))]) == set()


spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 15)).map(lambda p: (p[0], p[0] + p[1])),
    max_size=9,
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(spans, spans, st.randoms(use_true_random=False))
def test_pairing_depends_neither_on_order_nor_on_side(ones, others, chance):
    def total(first, second):
        return sum(found.overlap for found in pair(first, second))

    first, second = [item(s) for s in ones], [item(s) for s in others]
    mixed = random.Random(chance.random()).sample(first, len(first))
    assert total(mixed, second) == pytest.approx(total(first, second))
    assert total(second, first) == pytest.approx(total(first, second))
    exact = sum(first[f.one].key == second[f.other].key for f in pair(first, second))
    keys = [i.key for i in first]
    expected = 0
    for other in second:
        if other.key in keys:
            keys.remove(other.key)
            expected += 1
    assert exact == expected


labels = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=40
)


def ratings(units, *, by_text=False) -> Ratings:
    """The values of units; with ``by_text``, each unit is a text whose values no other text has."""
    rated = Ratings()
    for values in units:
        rated.add(values)
        if by_text:
            rated.end_text()
    return rated


@settings(derandomize=True, max_examples=200, deadline=None)
@given(labels)
def test_kappa_equals_that_of_scikit_learn(rated):
    ones, others = [a for a, _ in rated], [b for _, b in rated]
    ours = ratings(rated).kappa
    if len(set(ones)) == 1 or len(set(others)) == 1:
        assert ours.value is None
        assert ours.reason == "a rater used one value only"
    else:
        assert ours.value == pytest.approx(cohen_kappa_score(ones, others))


def test_kappa_by_hand():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed .7, by chance .5
    ones = ["y"] * 25 + ["n"] * 25
    others = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert ratings(zip(ones, others, strict=True)).kappa.value == pytest.approx(0.4)
    assert ratings([]).kappa.reason == ratings([]).alpha.reason == "no matched records"


UNITS = st.lists(
    st.lists(st.sampled_from("abcd") | st.none(), min_size=4, max_size=4), min_size=1, max_size=20
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(UNITS)
def test_alpha_equals_that_of_nltk(units):
    """Four raters, of whom some give a unit no value."""
    given_values = [[value for value in values if value] for values in units]
    ours = ratings(values for values in given_values if len(values) > 1).alpha
    data = [
        (f"rater {rater}", f"unit {number}", value)
        for number, values in enumerate(units)
        for rater, value in enumerate(values)
        if value and len(given_values[number]) > 1
    ]
    if len({value for _, _, value in data}) < 2:
        assert ours.value is None
    else:
        assert ours.value == pytest.approx(AnnotationTask(data=data).alpha())


def test_alpha_by_hand():
    """The data of Krippendorff (2011), part C: four raters, twelve units, nominal values."""
    raters = ("123321412...", "12332241 2 5.3", ".333234225 1.", "1233244125 1.")
    columns = zip(*(row.replace(" ", "") for row in raters), strict=True)
    units = [[value for value in column if value != "."] for column in columns]
    alpha = ratings(values for values in units if len(values) > 1).alpha
    assert alpha.value == pytest.approx(0.743, abs=0.0005)


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.lists(st.lists(st.sampled_from("ab"), min_size=2, max_size=2), min_size=1))
def test_values_of_one_text_may_be_summed_when_it_ends(units):
    """The chance that two raters give equal values needs no value of a text that has ended."""
    named = [[f"{number}:{value}" for value in values] for number, values in enumerate(units)]
    whole, by_text = ratings(named), ratings(named, by_text=True)
    assert whole.kappa == by_text.kappa
    assert whole.alpha == by_text.alpha


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=4, max_size=30), st.data())
def test_exact_scores_of_flat_spans_equal_those_of_nervaluate(lengths, data):
    """Spans that do not overlap within a set, so that both implementations can hold them."""

    def flat() -> list[tuple[int, int]]:
        found, at = [], 0
        for length in lengths:
            if length and data.draw(st.booleans()):
                found.append((at, at + length))
            at += length + 1
        return found

    ones, others = flat(), flat()
    both = len(set(ones) & set(others))
    ours = Prf.of(both, len(ones), len(others))
    first = [{"label": "X", "start": a, "end": b - 1} for a, b in ones]
    second = [{"label": "X", "start": a, "end": b - 1} for a, b in others]
    theirs = Evaluator([first], [second], tags=["X"], loader="dict").evaluate()
    strict = theirs["overall"]["strict"]
    assert (ours.precision or 0) == pytest.approx(strict.precision)
    assert (ours.recall or 0) == pytest.approx(strict.recall)
    pairs = pair([item(s) for s in ones], [item(s) for s in others])
    assert sum(p.overlap == 1 for p in pairs) == both


def test_the_bootstrap_draws_sentences_of_a_text_and_is_seeded():
    weights = times_drawn(3, 50, np.random.default_rng(1))
    assert weights.shape == (3, 50)
    assert (weights.sum(axis=0) == 3).all()
    assert (weights == times_drawn(3, 50, np.random.default_rng(1))).all()
    assert times_drawn(0, 50, np.random.default_rng(1)).shape == (0, 50)


def test_an_interval_of_a_constant_ratio_is_a_point():
    assert ratio_interval(np.full(100, 2.0), np.full(100, 4.0)) == (0.5, 0.5)
    assert ratio_interval(np.zeros(100), np.zeros(100)) is None


@pytest.fixture
def bundle(mini) -> Bundle:
    return warclaims.open(mini).bundle("one")


def changed(bundle: Bundle, **layers) -> Bundle:
    return Bundle(
        document=bundle.document,
        text=bundle.text,
        annotations=bundle.annotations.model_copy(update=layers),
    )


def scores(one: Bundle, other: Bundle, **options):
    return compare([TextComparison(one, other, **options)], rounds=200)


def field(compared, layer: str, name: str):
    """The score of one field of a layer over all texts."""
    return next(v for v in compared.values if (v.layer, v.field, v.text) == (layer, name, "all"))


def test_a_set_agrees_with_itself_in_everything(bundle):
    compared = scores(bundle, bundle)
    assert all(score.exact.f1 == 1 for score in compared.spans)
    assert all(value.agreement == 1 for value in compared.values)
    assert compared.differences == []


def test_ids_and_order_do_not_matter(bundle):
    text = bundle.annotations.model_dump_json()
    renamed = Annotations.model_validate_json(re.sub(r'"([act])(\d)"', r'"\g<1>9\2"', text))
    mixed = renamed.model_copy(update={"actors": renamed.actors[::-1]})
    compared = scores(bundle, Bundle(document=bundle.document, text=bundle.text, annotations=mixed))
    assert all(score.exact.f1 == 1 for score in compared.spans)
    assert all(value.agreement == 1 for value in compared.values)


def test_hand_worked_scores(bundle):
    """Of four actors the second set misses one, moves an edge, and relinks one."""
    actors = bundle.annotations.actors
    moved = actors[0].model_copy(update={"span": (Fragment(start=20, end=29, text="Officials"),)})
    relinked = actors[2].model_copy(update={"entity": None})
    said = bundle.annotations.attributions
    unsourced = said[2].model_copy(update={"source": ()})
    other = changed(
        bundle, actors=(moved, actors[1], relinked), attributions=(*said[:2], unsourced)
    )
    compared = scores(bundle, other)
    actor = compared.span("actors")
    assert (actor.first, actor.second) == (4, 3)
    assert actor.exact == Prf(2 / 3, 2 / 4, 2 * 2 / 7)
    assert actor.overlapping == Prf(3 / 3, 3 / 4, 2 * 3 / 7)
    assert field(compared, "actors", "entity").agreement == pytest.approx(2 / 3)
    kinds = [(d.unit, d.kind, d.records) for d in compared.differences if d.unit == "actors"]
    assert kinds == [
        ("actors", "edges", ("a1", "a1")),
        ("actors", "only first", ("a4", None)),
        ("actors", "entity", ("a3", "a3")),
    ]
    source = field(compared, "attributions", "source")
    assert source.pairs == 3
    assert source.agreement == pytest.approx(2 / 3)  # the moved mention still counts as the same


def test_links_within_the_file_follow_the_pairs(bundle):
    first, second = bundle.annotations.casualties
    other = changed(
        bundle,
        casualties=(
            first.model_copy(update={"id": "x"}),
            second.model_copy(update={"id": "y", "subset_of": ("x",)}),
        ),
    )
    assert field(scores(bundle, other), "casualties", "subset_of").agreement == 1
    lost = changed(bundle, casualties=(first, second.model_copy(update={"subset_of": ()})))
    assert field(scores(bundle, lost), "casualties", "subset_of").agreement == 0.5


def test_answers_follow_the_pairs(bundle):
    first, second, *rest = bundle.annotations.attributions
    answering = (first, second.model_copy(update={"answers": first.id}), *rest)
    renamed = (
        first.model_copy(update={"id": "t9"}),
        second.model_copy(update={"answers": "t9"}),
        *rest,
    )
    one, other = (changed(bundle, attributions=these) for these in (answering, renamed))
    assert field(scores(one, other), "attributions", "answers").agreement == 1
    compared = scores(one, changed(bundle, attributions=(renamed[0], second, *rest)))
    (told,) = [d for d in compared.differences if d.kind == "answers"]
    assert (told.first, told.second) == (first.cue[0].text, "none")


def test_contents_that_change_places_are_told(bundle):
    said = bundle.annotations.attributions
    swapped = [
        said[0].model_copy(update={"content": said[2].content}),
        said[1],
        said[2].model_copy(update={"content": said[0].content}),
    ]
    compared = scores(bundle, changed(bundle, attributions=tuple(swapped)))
    assert compared.span("contents").exact.f1 == 1
    told = [(d.kind, d.records) for d in compared.differences if d.unit == "attributions"]
    assert ("content", ("t1", "t1")) in told
    assert ("content", ("t3", "t3")) in told


def test_a_missing_cue_hides_no_other_difference(bundle):
    said = bundle.annotations.attributions
    uncued = said[0].model_copy(update={"cue": None, "act": Act.ACCUSE})
    compared = scores(bundle, changed(bundle, attributions=(uncued, *said[1:])))
    told = {(d.unit, d.kind) for d in compared.differences}
    assert {("cues", "only first"), ("attributions", "act")} <= told


def test_links_are_told_by_their_words(bundle):
    said = bundle.annotations.attributions
    other = said[0].model_copy(update={"source": ("a2",)})
    compared = scores(bundle, changed(bundle, attributions=(other, *said[1:])))
    (told,) = [d for d in compared.differences if d.kind == "source"]
    assert (told.first, told.second) == ("Officials in Avaria", "Borland’s army")


def test_no_text_at_all_is_a_clear_error():
    with pytest.raises(WarclaimsError, match="no text that both sets annotate"):
        compare([])


def test_a_text_of_one_set_only_is_told_and_not_compared(cli, mini):
    (mini / "annotations" / "passes" / "a" / "two.json").unlink()
    run = cli("--corpus", mini, "agree", "gold", "a", "--texts")
    assert run.returncode == 0
    assert "only gold has two, which is not compared" in run.stderr
    assert " one " in run.stdout


@pytest.mark.parametrize("option", [("--rounds", "-5"), ("--rounds", "0")])
def test_numbers_out_of_range_are_refused(cli, mini, option):
    run = cli("--corpus", mini, "agree", "gold", "a", *option)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_characters_count_what_spans_cover(bundle):
    halved = bundle.annotations.locations[0].model_copy(
        update={"span": (Fragment(start=14, end=16, text="Do"),)}
    )
    compared = scores(bundle, changed(bundle, locations=(halved,)))
    # Dorn 4 + Avaria 6 + Dorn 4 characters against 2
    assert compared.span("locations").characters == Prf(1.0, 2 / 14, 4 / 16)


def test_over_all_adds_up_the_texts(mini):
    corpus = warclaims.open(mini)
    texts = [TextComparison(corpus.bundle(n), corpus.bundle(n, "a")) for n in ("one", "two")]
    compared = compare(texts, rounds=50)
    by_text = [compared.span("actors", n).first for n in ("one", "two")]
    assert compared.span("actors").first == sum(by_text)


def casualty(bundle, **fields):
    """The bundle with these fields in its first casualty."""
    first, *rest = bundle.annotations.casualties
    return changed(bundle, casualties=(first.model_copy(update=fields), *rest))


WOMEN, CHILDREN = VictimGroup(age="adult", sex="female"), VictimGroup(age="child")


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ({"status": ("police", "civilian")}, {"status": ("civilian", "police")}, None),
        ({"status": ("police",)}, {"status": ("police", "medic")}, ("police", "medic, police")),
        ({"cause": ()}, {"cause": ("ied",)}, ("none", "ied")),
        ({"groups": (WOMEN, CHILDREN)}, {"groups": (CHILDREN, WOMEN)}, None),
        (
            {"groups": (WOMEN,)},
            {"groups": (WOMEN, CHILDREN)},
            ("adult female", "adult female, child"),
        ),
        (
            {"fraction": Fraction(numerator=1, denominator=2)},
            {"fraction": None},
            ("1/2", "none"),
        ),
        ({"value_max": 12}, {"value_max": 15}, ("12", "15")),
        ({"certainty": "presumed"}, {"certainty": "asserted"}, ("presumed", "asserted")),
        ({"revises": ("c2",)}, {"revises": ()}, ("a child", "none")),
        ({"alternatives": ({"value": 3},)}, {"alternatives": ()}, None),
        ({"score": 0.5, "note": "so"}, {"score": None, "note": None}, None),
    ],
)
def test_every_field_that_a_reading_decides_is_compared(bundle, one, other, shown):
    compared = scores(casualty(bundle, **one), casualty(bundle, **other))
    (field, *_) = one
    found = [(d.kind, d.first, d.second) for d in compared.differences]
    assert found == ([] if shown is None else [(field, *shown)])
    assert (field in {value.field for value in compared.values}) == (
        field not in ("alternatives", "score")
    )


def test_dates_of_statements_are_compared(bundle):
    first, *rest = bundle.annotations.attributions
    dated = first.model_copy(update={"said_on": "2024-05-01"})
    compared = scores(bundle, changed(bundle, attributions=(dated, *rest)))
    (difference,) = compared.differences
    assert (difference.kind, difference.second) == ("said_on", "2024-05-01")


def test_the_command_prints_a_table_and_says_who(cli, mini):
    gold = mini / "annotations" / "gold" / "one.json"
    text = gold.read_text("utf-8").replace('"status": ["civilian"]', '"status": ["police"]', 1)
    gold.write_text(text, "utf-8")
    run = cli("--corpus", mini, "agree", "a", "gold", "--differences", "--texts")
    assert run.returncode == 0, run.stderr
    assert "a: language model; gold: language model" in run.stdout
    assert "is not human inter-annotator agreement" in run.stdout
    assert "one casualties c1 / c1: status: A “civilian” · B “police”" in run.stdout
    assert "seed 20231909" in run.stdout


@pytest.fixture
def three(mini):
    """A corpus with gold and two passes, of which one has a police officer and no place."""
    folder = shutil.copytree(mini / "annotations/passes/a", mini / "annotations/passes/b")
    text = (folder / "one.json").read_text("utf-8")
    text = text.replace('"status": ["civilian"]', '"status": ["police"]', 1)
    (folder / "one.json").write_text(
        re.sub(r'(?s)("locations": )\[.*?\n \]', r"\1[]", text), "utf-8"
    )
    return mini


def test_more_than_two_sets_are_compared_in_pairs_and_together(cli, three):
    run = cli("--corpus", three, "agree", "gold", "a", "b", "--format", "json")
    answer = json.loads(run.stdout)
    assert answer["annotators"][2] == "b: language model"
    f1 = {tuple(s["sets"]): s["exact"]["f1"] for s in answer["spans"] if s["unit"] == "locations"}
    assert f1["gold", "a"] == 1
    assert f1["gold", "b"] == f1["a", "b"] < 1
    values = {(v["layer"], v["field"]): v for v in answer["values"]}
    status = values["casualties", "status"]
    others = (
        status["pairs"] - 1
    )  # of the three readings of one casualty, a third of the pairs agree
    assert status["agreement"] == pytest.approx((3 * others + 1) / (3 * status["pairs"]))
    assert status["alpha"]["value"] < 1
    places = values["locations", "place"]
    assert (places["agreement"], places["alpha"]["value"]) == (1, 1)  # b rates fewer of them


def test_more_than_two_sets_are_shown_in_tables(cli, three):
    run = cli("--corpus", three, "agree", "gold", "a", "b", "--rounds", "2")
    assert "gold: language model; a: language model; b: language model" in run.stdout
    assert "gold b" in run.stdout
    assert "Records that two or more sets have" in run.stdout
    (three / "annotations/passes/b/two.json").unlink()
    run = cli("--corpus", three, "agree", "gold", "a", "b", "--rounds", "2")
    assert "gold has two, which some other set lacks, so it is not compared" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gold",), "name two or more annotation sets"),
        (("gold", "a", "b", "--differences"), "name only two"),
    ],
)
def test_a_wrong_number_of_sets_is_refused(cli, three, arguments, words):
    run = cli("--corpus", three, "agree", *arguments)
    assert run.returncode == 2
    assert words in run.stderr


def test_the_command_gives_json(cli, mini):
    run = cli("--corpus", mini, "agree", "a", "gold", "--format", "json")
    answer = json.loads(run.stdout)
    differences = {"differences", "account_differences"}
    scores = {"spans", "values", "accounts"}
    assert {"seed", "rounds", "annotators"} | scores | differences == set(answer)
    assert answer["spans"][0]["exact"]["f1"] == 1
    assert answer["differences"] == []


def test_an_unknown_set_is_reported_with_those_there_are(cli, mini):
    run = cli("--corpus", mini, "agree", "a", "c")
    assert run.returncode == 2
    assert "gold, a" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("kind", "said"),
    [("program", "programs"), ("language_model", "language models"), ("person", None)],
)
def test_a_set_is_said_to_be_by_what_made_it(cli, mini, kind, said):
    shutil.copytree(mini / "annotations/gold", mini / "annotations/passes/tagger")
    for path in (mini / "annotations").glob("*/**/*.json"):
        if path.parent.name in ("gold", "tagger"):
            who = "tagger" if path.parent.name == "tagger" else "anna"
            text = path.read_text("utf-8").replace('"annotator": "a"', f'"annotator": "{who}"')
            path.write_text(text, "utf-8")
    for name, type in (("anna", "person"), ("tagger", kind)):
        done = cli("--corpus", mini, "register", "annotator", name, "--type", type)
        assert (done.returncode, done.stderr) == (0, "")
    done = cli("--corpus", mini, "agree", "gold", "tagger", "--rounds", "2")
    assert f"gold: person; tagger: {kind.replace('_', ' ')}" in done.stdout
    assert ("is not human inter-annotator agreement" in done.stdout) == (said is not None)
    assert said is None or f"Agreement with or between {said} is not" in done.stdout


def test_register_says_what_it_takes_an_annotator_for(cli, mini):
    done = cli("--corpus", mini, "register", "annotator", "tagger")
    assert "entered as a person" in done.stderr
    assert "--type language_model or program" in done.stderr


def test_more_texts_need_no_more_memory(shipped):
    """Twelve times as many texts would take 16 MiB more if only their records were kept."""
    program = Path(__file__).with_name("streamed.py")
    paths = [str(shipped / "src"), str(shipped / "tests"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    peaks = [
        int(subprocess.check_output([sys.executable, program, str(number)], env=environment))
        for number in (5, 60)
    ]
    assert peaks[1] < peaks[0] + 10
