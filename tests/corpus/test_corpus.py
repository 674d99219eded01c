import pytest

import warclaims
from warclaims import WarclaimsError
from warclaims.errors import InvalidFile, SeedChanged


def test_the_shipped_corpus_opens_without_a_path(shipped):
    corpus = warclaims.open()
    assert corpus.root == shipped
    assert list(corpus.documents) == ["000", "001", "002", "003", "004"]


def test_every_span_of_every_set_equals_its_text(shipped):
    corpus = warclaims.open(shipped)
    seen = 0
    for name in corpus.layout.set_names():
        for bundle in corpus.bundles(name):
            annotations = bundle.annotations
            spans = [m.span for m in annotations.actors + annotations.locations]
            for casualty in annotations.casualties:
                spans += [casualty.span, casualty.trigger or ()]
            for attribution in annotations.attributions:
                spans += [attribution.content, attribution.cue or ()]
            for span in spans:
                for fragment in span:
                    assert bundle.text[fragment.start : fragment.end] == fragment.text
                    seen += 1
    assert seen > 600


def test_a_changed_seed_byte_is_an_error_that_says_so(mini):
    seed = mini / "seeds" / "one.txt"
    seed.write_bytes(seed.read_bytes().replace(b"two", b"ten"))
    with pytest.raises(SeedChanged, match=r"one\.txt .* is not the one that was indexed"):
        warclaims.open(mini).bundle("one")


def test_a_missing_seed_is_an_error_that_says_so(mini):
    (mini / "seeds" / "one.txt").unlink()
    with pytest.raises(SeedChanged, match=r"is missing: one\.txt"):
        warclaims.open(mini).text("one")


def test_a_folder_that_is_no_corpus(tmp_path):
    with pytest.raises(WarclaimsError, match=r"no seeds/index\.json"):
        warclaims.open(tmp_path)


def test_an_unknown_document_lists_the_known(mini):
    with pytest.raises(WarclaimsError, match="known: one, two"):
        warclaims.open(mini).text("three")


def test_a_missing_annotation_file_is_named(mini):
    with pytest.raises(InvalidFile, match=r"annotations/passes/b/one\.json: F"):
        warclaims.open(mini).annotations("one", "b")


def test_sets_are_gold_and_the_passes(mini):
    assert warclaims.open(mini).layout.set_names() == ["gold", "a"]


def test_crlf_and_leading_line_breaks_are_kept(mini, shipped):
    assert "\r\n" in warclaims.open(mini).text("two")
    assert warclaims.open(shipped).text("001").startswith("\nAzerbaijan")


@pytest.mark.parametrize("read", [warclaims.open, lambda path: warclaims.load("claims", path)])
def test_what_is_not_a_corpus_directory_is_named_with_the_fix(read, mini, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    for path, problem in (
        (mini / "seeds" / "index.json", "is a file, not a corpus directory"),
        (tmp_path / "nowhere", "does not exist"),
        (empty, "is not a corpus directory: it has no seeds/index.json, nor shards in corpus.toml"),
    ):
        for given in (path, str(path)):
            with pytest.raises(WarclaimsError) as raised:
                read(given)
            fix = "Name the folder that has seeds/ and annotations/."
            assert str(raised.value) == f"{path} {problem}. {fix}"


def test_tables_that_were_not_built_are_named_with_the_fix(mini):
    with pytest.raises(WarclaimsError, match=f"no built tables. .*--corpus {mini} build"):
        warclaims.load("claims", mini)
