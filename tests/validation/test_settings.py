"""The table ``[rules]`` of corpus.toml: what rules that warn do in a corpus."""

import json

import pytest

from warclaims import validate

UNUSED = "annotations/gold/one.txt"


@pytest.fixture
def corpus(mini):
    (mini / UNUSED).write_text("not listed")
    return mini


def settings(corpus, *lines):
    (corpus / "corpus.toml").write_text("\n".join(["[rules]", *lines]))


def codes(corpus):
    return [(finding.code, finding.severity.value) for finding in validate(corpus)]


def test_a_rule_that_warns_is_set_to_off_information_or_warning(corpus, cli):
    assert codes(corpus) == [("W604", "warning")]
    settings(corpus, 'W604 = "information"')
    assert codes(corpus) == [("W604", "information")]
    run = cli("--corpus", corpus, "validate")
    assert run.returncode == 0, "information is not a finding to fix"
    assert "1 note in 1 file: W604 × 1" in run.stdout
    settings(corpus, 'W604 = "off"')
    assert codes(corpus) == []
    run = cli("--corpus", corpus, "validate")
    assert (run.returncode, "W604" in run.stdout) == (0, True), "what is off is reported as off"
    settings(corpus, 'W604 = "warning"')
    assert cli("--corpus", corpus, "validate").returncode == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('W604 = "error"', 'must be one of "off", "information", "warning"'),
        ('W694 = "off"', "there is no rule 'W694'. List all with: "),
        ('T308 = "off"', "T308 cannot be set: only rules that warn can be"),
        ('C501 = "information"', "C501 cannot be set"),
    ],
)
def test_a_wrong_setting_is_an_error(corpus, line, said):
    settings(corpus, line)
    found = [finding for finding in validate(corpus) if finding.file == "corpus.toml"]
    assert [finding.code for finding in found] == ["S203"]
    assert said in found[0].message


def test_bundles_are_checked_with_the_settings_of_their_corpus(mini, cli, tmp_path):
    plain = json.loads((mini / "annotations/gold/one.json").read_bytes())
    plain["attributions"][0]["act"] = "accuse"
    (mini / "annotations/gold/one.json").write_text(json.dumps(plain))
    out = tmp_path / "bundles.jsonl"
    assert cli("--corpus", mini, "export", "bundles", "--out", out).returncode == 0
    assert "W603" in cli("--corpus", mini, "validate", out).stdout
    settings(mini, 'W603 = "off"')
    run = cli("--corpus", mini, "validate", out)
    assert "W603" not in run.stdout.replace("corpus.toml: W603", "")


@pytest.mark.parametrize(("form", "word"), [("github", "::notice "), ("sarif", '"level": "note"')])
def test_information_has_its_own_word_in_each_format(corpus, cli, form, word):
    settings(corpus, 'W604 = "information"')
    assert word in cli("--corpus", corpus, "validate", "--format", form).stdout
