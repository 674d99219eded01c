"""``corpus.toml``: what is wrong with it is named by file and key, whatever is in it."""

import json
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import warclaims
from warclaims.corpus.description import read_description, toml_string
from warclaims.errors import InvalidFile
from warclaims.files.limits import MAX_DESCRIPTION
from warclaims.layout import Layout
from warclaims.records import CorpusDescription
from warclaims.validation import validate


def description_findings(root):
    try:
        assert isinstance(read_description(Layout(root)), CorpusDescription)
    except InvalidFile as error:
        return error.findings
    return ()


def findings(root, text):
    path = root / "corpus.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(validate(warclaims.open(root), [path]))


@pytest.mark.parametrize(
    ("text", "code", "pointer", "words"),
    [
        ('titel = "A"', "S202", "/titel", "did you mean 'title'"),
        ("[licences.annotation]\nid = 'CC0-1.0'", "S202", "/licences/annotation", "'annotations'"),
        ("[responsible_ai]\ndata_bias = []", "S202", "/responsible_ai/data_bias", "'data_biases'"),
        ('version = "1.0"', "S205", "/version", "three numbers, as in 1.0.0"),
        ('version = "1.0.0\\n"', "S205", "/version", "three numbers"),
        ("version = 1.0", "S204", "/version", "version must be text in quotes; found 1.0"),
        (
            'languages = "en"',
            "S204",
            "/languages",
            'must be a list in brackets, such as ["a", "b"]',
        ),
        (
            "languages = [1.5]",
            "S204",
            "/languages/0",
            "an item of languages must be text in quotes",
        ),
        ('licences = "CC0-1.0"', "S204", "/licences", "must be a table"),
        ('title = ""', "S205", "/title", "words in one line"),
        ('title = "a\\nb"', "S205", "/title", "words in one line"),
        ('title = "a\\u2028b"', "S205", "/title", "words in one line"),
        ('released = "yesterday"', "S204", "/released", "date"),
        ("released = 2024-05-01T10:00:00", "S204", "/released", "date"),
        ("released = 20240501", "S204", "/released", "date"),
        ('doi = "https://doi.org/10.5072/x"', "S205", "/doi", "a DOI without an address"),
        ('homepage = "example.org"', "S205", "/homepage", "https://"),
        ('homepage = "javascript:x"', "S205", "/homepage", "https://"),
        ('authors = ["A"]', "S204", "/authors/0", ""),
        ('authors = [{ given = "A" }]', "S205", "/authors/0", "only name of a group"),
        ('authors = [{ name = "A", orcid = "x" }]', "S205", "/authors/0/orcid", "ORCID iD"),
        ('authors = [{ name = "A", family = "B" }]', "S205", "/authors/0", "only name of a group"),
        ("[licences.texts]", "S205", "/licences/texts", "id, terms or both"),
        ('licences.texts.id = "CC BY"', "S205", "/licences/texts/id", "SPDX"),
        ('languages = ["English language"]', "S205", "/languages/0", ""),
        ('[responsible_ai]\ndata_biases = "one"', "S204", "/responsible_ai/data_biases", "list"),
        ('title = "A"\ntitle = "B"', "F103", "", "is not TOML"),
        ('title = "A', "F103", "", "TOML"),
        ("a = " + "[" * 5000, "F103", "", "TOML"),
        ("a = " + "9" * 5000, "F103", "", "TOML"),
        ("a = 0x" + "f" * 5000, "F103", "", "TOML"),
        (b"title = '\xff'", "F102", "", "not UTF-8"),
        (b"#" * (MAX_DESCRIPTION + 1), "F107", "", "larger than 65,536 bytes"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_key(mini, text, code, pointer, words):
    first, *_ = findings(mini, text)
    assert (first.file, first.code, first.pointer) == ("corpus.toml", code, pointer)
    assert words in first.message


@pytest.mark.parametrize(
    "line",
    [
        "a" + ".a" * 30_000 + " = 1",
        "[a" + " . a" * 15_000 + "]",
        "[[a" + ".a" * 30_000 + "]]",
        "x = { " + '"a"' + ".'a'" * 15_000 + " = 1 }",
        'x = { y = """a"""", a' + ".a" * 30_000 + ' = 1, z = "" }',
        "x = [{ y = '''a'''', a" + ".a" * 30_000 + " = '' }]",
    ],
    ids=["key", "table", "array of tables", "quoted", "four quotes", "four single quotes"],
)
def test_a_key_of_many_parts_is_refused_before_it_is_read(mini, monkeypatch, line):
    monkeypatch.setattr("tomllib.loads", pytest.fail)
    first, *_ = findings(mini, f'title = "A"\n{line}\n')
    assert (first.code, first.line) == ("F103", 2)
    assert "dots outside strings" in first.message


@pytest.mark.parametrize(
    "words",
    [
        '"' + "One. " * 100 + '"',
        "'" + "One. " * 100 + "'",
        '"""\n' + "One. " * 100 + '\\\n \\"\\"" "" ' + "One. " * 100 + '"""""',
        "'''\n" + "One. " * 100 + "' '' \" " + "One. " * 100 + "'''''",
        '"A" # ' + "One. " * 100,
        '"\\\\ \\" ' + "One. " * 100 + '"',
    ],
)
def test_words_have_any_number_of_dots(mini, words):
    path = mini / "corpus.toml"
    path.write_text(f"# {'.' * 100}\nabstract = {words}\nversion = '1.0.0'\n")
    assert {finding.pointer for finding in description_findings(mini)} <= {"/abstract"}


def test_all_that_is_wrong_is_found_with_the_rest_of_the_corpus(cli, mini):
    (mini / "corpus.toml").write_text('titel = "A"\nversion = "x"\n')
    done = cli("--corpus", mini, "validate", "--format", "json")
    assert done.returncode == 1
    found = [one for one in json.loads(done.stdout)["findings"] if one["file"] == "corpus.toml"]
    assert [one["pointer"] for one in found] == ["/titel", "/version"]
    for command in (["build"], ["cite"], ["report"], ["release", "--check"]):
        done = cli("--corpus", mini, *command)
        assert done.returncode in (1, 2)
        assert "corpus.toml:1:1#/titel" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_a_line_that_is_not_toml_is_named(mini):
    (finding,) = findings(mini, 'title = "A"\nversion = \n')
    assert (finding.line, finding.column) == (2, 11)


def test_a_pipe_is_refused_without_waiting(mini):
    os.mkfifo(mini / "corpus.toml")
    with pytest.raises(InvalidFile, match="F100 cannot be read: it is a pipe"):
        read_description(Layout(mini))


def test_a_byte_order_mark_and_line_ends_carry_nothing(mini):
    assert findings(mini, b'\xef\xbb\xbftitle = "A"\r\nversion = "1.0.0"\r\n') == []
    assert warclaims.open(mini).description.title == "A"


@pytest.mark.parametrize("date", ["2024-05-31", '"2024-05-31"'])
def test_a_date_is_written_as_a_date_or_as_text(mini, date):
    assert findings(mini, f"released = {date}") == []
    assert warclaims.open(mini).description.iso_date == "2024-05-31"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_string_is_written_as_it_is_read(text):
    import tomllib

    assert tomllib.loads(f"a = {toml_string(text)}") == {"a": text}


@given(st.binary(max_size=200) | st.text(st.sampled_from("[]{}=\".'\n#ab1-:,\\u_"), max_size=60))
def test_whatever_is_in_the_file_ends_in_a_description_or_findings(tmp_path_factory, content):
    root = tmp_path_factory.mktemp("any")
    data = content if isinstance(content, bytes) else content.encode()
    (root / "corpus.toml").write_bytes(data)
    found = list(description_findings(root))
    assert {finding.file for finding in found} <= {"corpus.toml"}


def test_the_examples_in_a_new_file_are_valid(cli, tmp_path):
    """Every commented line can be put in force."""
    root = tmp_path / "new"
    assert cli("new", root).returncode == 0
    path = root / "corpus.toml"
    head, *lines = path.read_text("utf-8").split("\n\n", 1)
    body = re.sub(r"^# (?=\w+ = |\[)", "", lines[0], flags=re.MULTILINE)
    body = body.replace("10.…", "10.5072/x").replace("https://…", "https://example.org")
    path.write_text(f"{head}\n\n{body}", "utf-8")
    described = warclaims.open(root).description
    assert described.missing == []
    assert described.responsible_ai.data_limitations
    assert cli("--corpus", root, "cite").returncode == 0


@pytest.mark.parametrize("style", ["bibtex", "apa", "cff", "csl-json"])
def test_no_version_is_invented(cli, mini, style):
    (mini / "corpus.toml").write_text('title = "My wars"\nauthors = [{ name = "We" }]\n')
    done = cli("--corpus", mini, "cite", style)
    assert done.returncode == 0, done.stderr
    assert "0.0.0" not in done.stdout
    assert "ersion =" not in done.stdout
    assert "(Version" not in done.stdout


@pytest.mark.parametrize(
    ("text", "pointer", "line"),
    [
        ("# 1\n\nversion = 1.0\n", "/version", 3),
        ('title = """\n[licences]\n"""\nlanguages = "en"', "/languages", 4),
        ('keywords = [\n "a",\n 2,\n]\nversion = 1', "/keywords/1", 1),
        ("[licences.texts]\n\nid = 3", "/licences/texts/id", 3),
        ("[licences]\ntexts.id = 3", "/licences/texts/id", 2),
        ("[[authors]]\nname = 'A'\n[[ authors ]]\nname = 4", "/authors/1/name", 4),
        ("[[authors]]\nname = 'A'\n\nversion = '1.0.0'", "/authors/0/version", 4),
        ("[licences.texts]\nid = 'CC0-1.0'\ntitle = 'A'", "/licences/texts/title", 3),
    ],
)
def test_what_is_wrong_is_named_by_line(mini, text, pointer, line):
    (mini / "corpus.toml").write_text(text)
    found = {one.pointer: one for one in description_findings(mini)}
    assert found[pointer].line == line


def test_a_key_of_the_corpus_in_a_table_is_met_with_its_place(cli, mini):
    for table in (
        "[licences.texts]\nid = 'CC0-1.0'",
        "[[authors]]\nname = 'A'",
        "[responsible_ai]",
    ):
        (mini / "corpus.toml").write_text(f"{table}\nversion = '1.0.0'\n")
        done = cli("--corpus", mini, "cite")
        assert done.returncode == 2
        line = table.count("\n") + 2
        assert f"corpus.toml:{line}:1" in done.stderr
        name = table.split("]")[0].strip("[")
        assert f"'version' is not a key of {name}. To state it of the corpus, move" in done.stderr
        assert "before the first line that begins with [" in done.stderr
