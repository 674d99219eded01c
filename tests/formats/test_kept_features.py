"""Each cell of the table of kept features: exported, imported again and compared."""

import json

import pytest
from installed_formats import each_format
from made_features import MARKS, PAIRS, document

import warclaims
from strategies import registries, write_corpus
from warclaims.formats import FORMATS
from warclaims.formats.features import FEATURES
from warclaims.formats.format import KEPT, LOST, ONE_WAY
from warclaims.records import LAYERS


def exported(cli, root, name, out):
    """The files of an export by name, and what it said."""
    run = cli("--corpus", root, "export", name, "--out", out)
    assert run.returncode == 0, run.stderr
    files = [out] if out.is_file() else [path for path in out.rglob("*") if path.is_file()]
    return {str(path.relative_to(out)): path.read_bytes() for path in files}, run.stderr


def made_corpus(root, bundle):
    return write_corpus(root, [bundle]).root


def out_of(name, folder):
    return folder / (FORMATS[name].file or name)


GIVEN = {"textfree": {"texts"}, "labelstudio": {"texts", "metadata"}}
"""What does not come back from the files, because the corpus must have it already."""


def back(cli, root, name, out, empty):
    """The document as it comes back; ``None`` if there is no way back."""
    if name == "textfree":
        run = cli("restore", out, "--texts", root / "seeds", "--out", empty)
    elif name == "labelstudio":
        made_corpus(empty, next(iter(warclaims.open(root).bundles())))
        (empty / "annotations" / "gold" / "one.json").unlink()
        run = cli("--corpus", empty, "import", name, out / "tasks.json")
    elif FORMATS[name].importer:
        write_corpus(empty, [])
        run = cli("--corpus", empty, "import", name, out)
    else:
        return None
    assert run.returncode == 0, run.stdout + run.stderr
    return warclaims.open(empty).bundle("one")


def compared(bundle, feature):
    """What is compared: the whole document, or what the feature is about."""
    annotations = bundle.annotations
    if feature == "texts":
        return bundle.text
    if feature == "annotators":
        return annotations.annotator
    if feature == "metadata":
        return bundle.document
    return {layer: getattr(annotations, layer) for layer in (*LAYERS, "foreign")}


def test_every_feature_has_a_pair_and_every_declaration_a_feature():
    assert set(PAIRS) == set(FEATURES)
    for one in FORMATS.values():
        assert {*one.keeps, *one.writes_only} <= set(FEATURES)
        assert not {*one.keeps} & {*one.writes_only}


@pytest.mark.parametrize("feature", FEATURES)
def test_the_document_with_the_feature_has_more_of_it(feature):
    count = FEATURES[feature].count
    whole, others = PAIRS[feature]
    if feature in ("texts", "annotators", "metadata"):
        assert count(whole) == 1
    else:
        assert count(whole) > max(map(count, others))


@pytest.mark.parametrize("feature", FEATURES)
@pytest.mark.parametrize("name", each_format())
def test_the_table_says_what_becomes_of_it(cli, tmp_path, name, feature):
    whole, others = PAIRS[feature]
    root = made_corpus(tmp_path / "with", whole)
    out = out_of(name, tmp_path / "out")
    files, said = exported(cli, root, name, out)
    is_reported = f"{feature} (" in said.partition(f"not in {name}: ")[2]
    is_given = feature in GIVEN.get(name, ())
    returned = None if is_given else back(cli, root, name, out, tmp_path / "empty")
    is_kept = returned is not None and compared(returned, feature) == compared(whole, feature)
    if is_kept:
        assert FORMATS[name].fate(feature) == KEPT
        assert not is_reported
        return
    without = [
        exported(
            cli, made_corpus(tmp_path / str(at), other), name, out_of(name, tmp_path / f"o{at}")
        )
        for at, other in enumerate(others)
    ]
    mark = MARKS.get(feature)
    is_gone = any(files == other for other, _ in without) or (
        mark is not None and not any(mark in data for data in files.values())
    )
    assert FORMATS[name].fate(feature) == (LOST if is_gone else ONE_WAY)
    assert is_reported == is_gone


ODD = ("part of", "Part:Whole:Member", "a\tb", "→", "é\n", " kein/e ", "a\x0cb", "</x>", "{}", "id")


@pytest.mark.parametrize(
    "name", each_format(one for one in FORMATS if "foreign labels" in FORMATS[one].keeps)
)
def test_words_that_a_format_has_no_place_for_come_back(cli, tmp_path, name):
    labels = [
        {
            "id": f"f{at}",
            "span": "fled",
            "label": odd,
            "scheme": odd,
            "attributes": {odd: odd, f"→{odd}": ["f0", "men"]},
        }
        for at, odd in enumerate(ODD)
    ]
    whole = document(foreign=labels)
    root = made_corpus(tmp_path / "with", whole)
    out = out_of(name, tmp_path / "out")
    exported(cli, root, name, out)
    returned = back(cli, root, name, out, tmp_path / "empty")
    assert returned.annotations.foreign == whole.annotations.foreign


def test_the_corpora_of_these_tests_are_valid(cli, tmp_path):
    assert {"battle"} <= set(registries().events)
    for feature, (whole, others) in PAIRS.items():
        for at, bundle in enumerate([whole, *others]):
            root = made_corpus(tmp_path / f"{feature}-{at}", bundle)
            run = cli("--corpus", root, "validate", "--format", "json")
            errors = [
                one for one in json.loads(run.stdout)["findings"] if one["severity"] == "error"
            ]
            assert errors == [], feature
