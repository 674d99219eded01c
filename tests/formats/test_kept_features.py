"""Each cell of the table of kept features: exported, imported again and compared."""

import json
from collections import Counter

import pytest
from installed_formats import each_format
from made_features import LABEL, PAIRS, document

import warclaims
from strategies import registries, write_corpus
from warclaims.formats import FORMATS
from warclaims.formats.exporting import LostFeatures
from warclaims.formats.features import FEATURES, SEVERAL_SETS, feature_of, occurrences
from warclaims.formats.format import KEPT, LOST, ONE_WAY, PARTLY
from warclaims.records import LAYERS, shapes

SAME_NUMBER = {
    "casualties.outcome",
    "casualties.quantifier",
    "casualties.value",
    "actors.level",
    "locations.level",
    "attributions.mode",
    "attributions.act",
    "attributions.commitment",
}
"""Fields that every record has: a pair differs only in their values."""
ONCE = ("texts", "annotators", "metadata")
"""Features that every document has once."""

GIVEN = {"textfree": {"texts"}, "labelstudio": {"texts", "metadata"}}
"""What does not come back from the files, because the corpus must have it already."""


def pairs_of(feature):
    return [one for one in PAIRS if one.feature == feature]


def exported(name, bundle, folder):
    """The files of an export of one document, and how often what is lost, by feature."""
    corpus = warclaims.open(write_corpus(folder / "corpus", [bundle]).root)
    module, lost = FORMATS[name].load_exporter(), LostFeatures(FORMATS[name], corpus)
    bundles = lost.counted(corpus.bundles())
    files: dict[str, bytes] = {}
    if hasattr(module, "write_documents"):
        for file, data in module.write_documents(bundles, corpus):
            files[file] = files.get(file, b"") + data
    elif hasattr(module, "export_file"):
        module.export_file(bundles, corpus, folder / "out.jsonl")
        files["out"] = (folder / "out.jsonl").read_bytes()
    else:
        files = module.export_files(corpus, "gold", ())
        assert [*bundles]
    return files, reported(lost.in_words())


def reported(words):
    """The counts by feature in what an export says."""
    found = (one.rpartition(" (") for one in words.split(", ") if one)
    return Counter({name: int(count.rstrip(")").replace(",", "")) for name, _, count in found})


def back(cli, root, name, out, empty):
    """The documents as they come back; ``None`` if there is no way back."""
    if name == "textfree":
        run = cli("restore", out, "--texts", root / "seeds", "--out", empty)
    elif name == "labelstudio":
        write_corpus(empty, warclaims.open(root).bundles())
        for file in (empty / "annotations" / "gold").iterdir():
            file.unlink()
        run = cli("--corpus", empty, "import", name, out / "tasks.json")
    elif FORMATS[name].importer:
        write_corpus(empty, [])
        run = cli("--corpus", empty, "import", name, out)
    else:
        return None
    assert run.returncode == 0, run.stdout + run.stderr
    return {one.document.id: one for one in warclaims.open(empty).bundles()}


def compared(bundle, feature):
    """What is compared: the whole document, or what the feature is about."""
    annotations = bundle.annotations
    if feature == "texts":
        return bundle.text
    if feature == "annotators":
        return annotations.annotator, annotations.guidelines, annotations.system, annotations.extra
    if feature == "waivers":
        return annotations.waivers
    if feature == "metadata":
        return bundle.document
    return {layer: getattr(annotations, layer) for layer in (*LAYERS, "foreign")}


def test_every_feature_and_every_field_has_a_pair_and_every_declaration_a_feature():
    assert {one.feature for one in PAIRS} == FEATURES.keys() - {SEVERAL_SETS}
    fields = {
        (feature_of(model, shape), f"{layer}.{name}")
        for layer, model in LAYERS.items()
        for name, shape in shapes(model).items()
        if name not in ("id", model.main_span)
    }
    assert fields <= {(one.feature, one.place) for one in PAIRS}
    for one in FORMATS.values():
        named = [*one.keeps, *one.writes_only, *(one.partly.keys() - {SEVERAL_SETS})]
        assert len(set(named)) == len(named)
        assert {*named, *one.partly} <= set(FEATURES)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.feature} {pair.place}")
def test_the_document_with_the_feature_has_more_of_it(pair):
    whole, without = (
        Counter(one.feature for one in occurrences(bundle))[pair.feature]
        for bundle in (pair.whole, pair.without)
    )
    is_always_there = pair.feature in ONCE or pair.place in SAME_NUMBER
    assert whole == without > 0 if is_always_there else whole > without


@pytest.mark.parametrize("feature", [name for name in FEATURES if name != SEVERAL_SETS])
@pytest.mark.parametrize("name", each_format())
def test_what_is_kept_comes_back_and_is_not_reported(cli, tmp_path, name, feature):
    out = tmp_path / (FORMATS[name].file or name)
    root = write_corpus(tmp_path / "with", [one.whole for one in pairs_of(feature)]).root
    run = cli("--corpus", root, "export", name, "--out", out)
    assert run.returncode == 0, run.stderr
    found = reported(run.stderr.partition(f"not in {name}: ")[2].strip())
    fate = FORMATS[name].fate(feature)
    assert (feature in found) == (fate in (LOST, PARTLY)) or fate == PARTLY
    if feature in GIVEN.get(name, ()):
        return
    returned = back(cli, root, name, out, tmp_path / "empty")
    same = [
        returned is not None
        and one.whole.document.id in returned
        and compared(returned[one.whole.document.id], feature) == compared(one.whole, feature)
        for one in pairs_of(feature)
    ]
    assert all(same) == (fate == KEPT)


LOSSY = each_format(
    name for name, one in FORMATS.items() if any(one.fate(feature) != KEPT for feature in FEATURES)
)


@pytest.mark.parametrize("feature", [name for name in FEATURES if name != SEVERAL_SETS])
@pytest.mark.parametrize("name", LOSSY)
def test_what_is_lost_is_in_no_file_and_is_reported(tmp_path, name, feature):
    fate = FORMATS[name].fate(feature)
    if fate == KEPT:
        return
    are_equal = []
    for at, pair in enumerate(pairs_of(feature)):
        files, found = exported(name, pair.whole, tmp_path / f"with-{at}")
        others, fewer = exported(name, pair.without, tmp_path / f"without-{at}")
        is_gone = files == others or (
            feature == "texts" and not any(b"further words" in one for one in files.values())
        )
        are_equal.append(is_gone)
        is_always_there = feature in ONCE or pair.place in SAME_NUMBER
        is_reported = found[feature] > (0 if is_always_there else fewer[feature])
        assert is_reported or not (is_gone or fate == LOST), pair.place
        assert not (found[feature] and fate == ONE_WAY), pair.place
    assert all(are_equal) == (fate == LOST)
    assert not any(are_equal) or fate != ONE_WAY


def test_the_words_of_partly_name_the_layers_and_fields_of_which_it_is(tmp_path):
    """Of claims: what is of casualties is there, but nothing of other mentions."""
    for feature in ("notes", "alternatives", "nested spans"):
        assert FORMATS["csv"].fate_in_words(feature) == "partly: casualties"
        for at, pair in enumerate(pairs_of(feature)):
            files, found = exported("csv", pair.whole, tmp_path / f"{feature}-{at}")
            others, _ = exported("csv", pair.without, tmp_path / f"{feature}-{at}-without")
            is_there = pair.place.startswith("casualties")
            assert (files != others) == is_there
            assert bool(found[feature]) != is_there


def test_only_the_source_and_cue_around_a_claim_are_in_the_claims(tmp_path):
    every = {one.place: one.whole for one in PAIRS}
    _, found = exported("csv", every["attributions.source"], tmp_path / "source")
    assert (found["links"], found["records"]) == (0, 2)  # a place, and the content
    _, found = exported("csv", every["attributions.cue"], tmp_path / "cue")
    assert found["cues and triggers"] == 0
    _, found = exported("csv", every["attributions.blames"], tmp_path / "blames")
    assert found["links"] == 1


@pytest.mark.parametrize("name", each_format())
def test_annotations_of_others_are_in_an_export_of_their_own(cli, tmp_path, name):
    pair = pairs_of("notes")[0]
    layout = write_corpus(tmp_path / "corpus", [pair.without])
    other = layout.annotation_file("a", pair.whole.document.id)
    other.parent.mkdir(parents=True)
    gold = layout.annotation_file("gold", pair.whole.document.id)
    data = json.loads(gold.read_bytes()) | {"annotator": "a"}
    other.write_text(json.dumps(data), "utf-8")
    out = tmp_path / (FORMATS[name].file or name)
    run = cli("--corpus", layout.root, "export", name, "--out", out)
    assert run.returncode == 0, run.stderr
    is_kept = FORMATS[name].fate(SEVERAL_SETS) == KEPT
    assert (f"{SEVERAL_SETS} (1)" in run.stderr) == (not is_kept)
    if is_kept:
        run = cli("restore", out, "--texts", layout.root / "seeds", "--out", tmp_path / "empty")
        assert run.returncode == 0
        corpora = [warclaims.open(one) for one in (layout.root, tmp_path / "empty")]
        first, second = ([*one.bundles("a")] for one in corpora)
        assert first == second
        return
    assert FORMATS[name].fate_in_words(SEVERAL_SETS) == "partly: one set per export"
    run = cli("--corpus", layout.root, "export", name, "--set", "a", "--out", out)
    assert run.returncode == 0, run.stderr
    if name == "labelstudio" or not FORMATS[name].importer:
        return
    run = cli("--corpus", layout.root, "import", name, out, "--set", "a", "--overwrite")
    assert run.returncode == 0, run.stderr
    if FORMATS[name].fate("records") == KEPT:
        assert "1 document unchanged" in run.stdout


ODD = ("part of", "Part:Whole:Member", "a\tb", "→", "é\n", " kein/e ", "a\x0cb", "</x>", "{}", "id")


@pytest.mark.parametrize(
    "name", each_format(one for one in FORMATS if "foreign labels" in FORMATS[one].keeps)
)
def test_words_that_a_format_has_no_place_for_come_back(cli, tmp_path, name):
    labels = [
        LABEL
        | {
            "id": f"f{at}",
            "label": odd,
            "scheme": odd,
            "attributes": {odd: odd, f"→{odd}": ["f0", "men"]},
        }
        for at, odd in enumerate(ODD)
    ]
    whole = document(foreign=labels)
    root = write_corpus(tmp_path / "with", [whole]).root
    out = tmp_path / (FORMATS[name].file or name)
    assert cli("--corpus", root, "export", name, "--out", out).returncode == 0
    (returned,) = back(cli, root, name, out, tmp_path / "empty").values()
    assert returned.annotations.foreign == whole.annotations.foreign


def test_the_corpora_of_these_tests_are_valid(cli, tmp_path):
    assert {"battle"} <= set(registries().events)
    for kind in ("whole", "without"):
        made = [getattr(pair, kind) for pair in PAIRS]
        run = cli(
            "--corpus", write_corpus(tmp_path / kind, made).root, "validate", "--format", "json"
        )
        errors = [one for one in json.loads(run.stdout)["findings"] if one["severity"] == "error"]
        assert errors == []
