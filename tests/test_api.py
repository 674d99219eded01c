"""The Python interface: every public name and every command is documented, each with the other."""

import pytest

import warclaims
from warclaims.build.api_page import COUNTERPARTS, WITHOUT_COUNTERPART
from warclaims.commands import COMMANDS

PUBLIC = [name for name in warclaims.__all__ if not name.startswith("_")]


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_documented_with_an_example(shipped, name):
    assert ">>> " in getattr(warclaims, name).__doc__, "doctest runs it"
    assert f"\n## {name}\n" in (shipped / "docs" / "api.md").read_text("utf-8")


def test_every_command_has_a_counterpart_or_a_reason():
    assert not COUNTERPARTS.keys() & WITHOUT_COUNTERPART.keys()
    assert COUNTERPARTS.keys() | WITHOUT_COUNTERPART.keys() == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(cli, shipped, command):
    page = (shipped / "docs" / "api.md").read_text("utf-8")
    assert f"| `warclaims {command}` | " in page
    _, description, *_ = cli(command, "--help").stdout.split("\n\n")
    assert description.startswith("  "), "the help has a sentence after the usage"
    assert description.rstrip().endswith((".", ":"))


@pytest.mark.parametrize("name", COUNTERPARTS.values())
def test_every_counterpart_is_public_and_documented(name):
    first, _, member = name.partition(".")
    assert first in PUBLIC
    value = getattr(warclaims, first)
    assert (getattr(value, member) if member else value).__doc__


def test_a_corpus_shows_its_content(mini):
    corpus = warclaims.open(mini)
    assert repr(corpus) == f"<Corpus {str(mini)!r}: 2 documents, annotation sets: gold, a>"
    (mini / "seeds" / "index.json").write_text("{")
    assert "not valid; see: warclaims --corpus" in repr(warclaims.open(mini))


def test_navigation_from_a_mention_to_its_entry_and_from_a_casualty_to_its_text():
    corpus = warclaims.open()
    for bundle in corpus.bundles():
        document = bundle.document.id
        for mention in (*bundle.annotations.actors, *bundle.annotations.locations):
            same = corpus.record(f"{document}:{mention.id}")
            entry = corpus.entry(same)
            assert (entry.id if entry else None) == getattr(
                mention, "entity", getattr(mention, "place", None)
            )
    for claim in corpus.claims():
        chain = corpus.chain(claim.id)
        assert [f"{claim.document}:{one.id}" for one in chain] == [
            step.attribution for step in claim.chain
        ]
        for attribution in chain:
            for fragment in attribution.content:
                text = corpus.text(claim.document)
                assert text[fragment.start : fragment.end] == fragment.text


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda corpus: corpus.record("one:x9"), "unknown record of document one 'x9'; known: a1"),
        (lambda corpus: corpus.record("nope:a1"), "unknown document 'nope'; known: one, two"),
        (lambda corpus: corpus.chain("one:a1"), "unknown casualty of document one 'a1'; known: c"),
        (lambda corpus: warclaims.claims(corpus, sort="size"), "unknown order 'size'; known: text"),
        (lambda corpus: warclaims.claims(corpus, event="x"), "unknown event 'x'; known: "),
        (lambda corpus: warclaims.claims(corpus, set_name="x"), "unknown annotation set 'x'"),
    ],
)
def test_unknown_names_are_errors_that_list_the_known(mini, call, message):
    with pytest.raises(warclaims.WarclaimsError, match=message):
        call(warclaims.open(mini))


def test_validate_checks_paths_and_corpora(mini):
    gold = mini / "annotations" / "gold" / "one.json"
    assert list(warclaims.validate(mini)) == []
    gold.write_text(gold.read_text("utf-8").replace('"source": ["a1"]', '"source": ["a9"]'))
    assert {finding.code[0] for finding in warclaims.validate(str(mini))} == {"R"}
    assert len(list(warclaims.validate(warclaims.open(mini), [str(gold)]))) == 1


@pytest.mark.parametrize("derived", [warclaims.claims, warclaims.compare])
def test_nothing_is_derived_from_annotations_with_errors(mini, derived):
    gold = mini / "annotations" / "gold" / "one.json"
    gold.write_text(gold.read_text("utf-8").replace('"source": ["a1"]', '"source": ["a9"]'))
    with pytest.raises(warclaims.WarclaimsError, match=r"one\.json has 1 error"):
        derived(mini)


def test_claims_are_the_same_built_and_computed(mini, cli):
    computed = warclaims.claims(mini)
    assert cli("--corpus", mini, "build").returncode == 0
    assert warclaims.claims(mini) == computed
