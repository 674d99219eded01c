"""The front matter of a page of anybody: read within limits, and no fact that nobody states."""

import pytest
import yaml

import warclaims
from warclaims import WarclaimsError
from warclaims.build.builder import build, check

ALIASES = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)


@pytest.mark.parametrize(
    ("matter", "line", "words"),
    [
        (ALIASES + "pretty_name: *a9\n", 2, "alias or anchor"),
        ("viewer: false\na: *b\n", 3, "alias or anchor"),
        ("viewer: false\na: &b c\n", 3, "alias or anchor"),
        ("a: " + "[" * 5000 + "\n", None, "nested too deeply"),
        ("b: 1\na: 2024-13-45\n", None, "month must be in 1..12"),
        ("b: 1\na: 2024-01-01 25:00:00\n", None, "hour must be in 0..23"),
        ("a: " + "9" * 5000 + "\n", None, "cannot be read"),
        ("a: 0x" + "f" * 5000 + "\n", None, "cannot be read"),
        ('b: 1\na: !!int ""\n', None, "cannot be read"),
        ("b: 1\na: !!timestamp x\n", None, "cannot be read"),
        ("b: 1\na: !!bool x\n", None, "cannot be read"),
        ("b: 1\n? [a]\n: b\n", 3, "front matter"),
        ("b: 1\na: !!python/object:os.system x\n", 3, "is not YAML"),
        ("b: 1\na: [\n", 4, "is not YAML"),
        ("- a\n", None, "is not a list of keys and values"),
        ("a: \x07\n", None, "is not YAML"),
    ],
)
def test_a_front_matter_that_cannot_be_read_is_named(cli, mini, matter, line, words):
    card = mini / "README.md"
    card.write_text(f"---\n{matter}---\n# A\n", "utf-8")
    done = cli("--corpus", mini, "build")
    assert done.returncode == 2
    where = f", line {line}" if line else ""
    assert done.stderr.startswith(f"error: {card}{where}: the front matter ")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_front_matter_that_is_too_large_is_refused(mini):
    (mini / "README.md").write_text(f"---\na: {'x' * 70_000}\n---\n# A\n", "utf-8")
    with pytest.raises(WarclaimsError, match="larger than 65,536 bytes"):
        build(warclaims.open(mini))


def matter_of(root):
    return yaml.safe_load((root / "README.md").read_text("utf-8").split("---\n")[1])


def test_only_words_are_taken_as_facts(mini):
    matter = "pretty_name: [a, b]\nlicense: {a: b}\nconfigs: [{version: [1]}]\nviewer: false\n"
    (mini / "README.md").write_text(f"---\n{matter}---\n# Heading\n", "utf-8")
    build(warclaims.open(mini))
    stated = (mini / "corpus/croissant.json").read_text("utf-8")
    assert '"name": "Heading"' in stated
    assert '"license"' not in stated
    assert {one["version"] for one in matter_of(mini)["configs"]} == {"0.0.0"}
    assert matter_of(mini)["viewer"] is False


FACTS = """
version = "1.0.0"
title = "First reports"
keywords = ["war"]
languages = ["en"]
[licences.annotations]
id = "CC0-1.0"
[licences.texts]
terms = "Ask the publishers."
"""
DESCRIBED = {"pretty_name", "license", "license_name", "license_link", "language", "tags"}


@pytest.fixture
def described(mini):
    (mini / "LICENSE").write_text("CC0")
    (mini / "corpus.toml").write_text(FACTS)
    (mini / "README.md").write_text("---\nviewer: false\nsize_categories: [n<1K]\n---\n# Mine\n")
    build(warclaims.open(mini))
    assert matter_of(mini).keys() >= DESCRIBED
    return mini


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        (FACTS.partition("[lic")[0], {"pretty_name", "language", "tags"}),
        (FACTS.replace('title = "First reports"\n', ""), DESCRIBED - {"pretty_name"}),
        (FACTS.replace('keywords = ["war"]\n', ""), DESCRIBED - {"tags"}),
        ('version = "1.0.0"', {"language"}),  # that of the texts
        (None, {"language"}),
    ],
)
def test_a_fact_that_is_taken_out_of_the_description_leaves_the_card(described, facts, kept):
    (described / "corpus.toml").unlink()
    if facts is not None:
        (described / "corpus.toml").write_text(facts)
    build(warclaims.open(described))
    matter = matter_of(described)
    assert matter.keys() & DESCRIBED == kept
    assert (matter["viewer"], matter["size_categories"]) == (False, ["n<1K"])
    assert check(warclaims.open(described)) == []
    assert build(warclaims.open(described)) == []
    name = '"First reports"' if "pretty_name" in kept else '"Mine"'
    assert f'"name": {name}' in (described / "corpus/croissant.json").read_text("utf-8")


@pytest.mark.parametrize("key", ["license", "tags", "pretty_name"])
def test_a_fact_that_a_person_wrote_is_not_dropped_without_a_word(cli, mini, key):
    (mini / "corpus.toml").write_text('version = "1.0.0"')
    (mini / "README.md").write_text(f"---\n{key}: mine\n---\n# A\n")
    done = cli("--corpus", mini, "build")
    assert done.returncode == 2
    assert f"has {key}. State this in corpus.toml" in done.stderr
    assert f"{key}: mine" in (mini / "README.md").read_text()
