"""``warclaims validate`` as a person or a script meets it."""

from __future__ import annotations

import json

import pytest
from cases_of_inputs import lines_of
from corrupt import GONE, INDEX, ONE, edit, replace, span

from warclaims.commands import main
from warclaims.labelstudio.codes import CODES
from warclaims.validation import RULES
from warclaims.validation.not_applied import NotApplied, Reason
from warclaims.validation.rule import Scope

OF_ANNOTATIONS = [code for code, rule in RULES.items() if Scope.ANNOTATIONS in rule.scopes]


PASSES = str(
    NotApplied(Reason.PASS, "", 2, tuple(code for code in OF_ANNOTATIONS if RULES[code].warns))
)
"""What is said of the two passes of the small corpus."""


def test_a_good_corpus(run):
    assert run() == (0, f"no findings\n{PASSES}\n", "")
    assert run("--format", "json")[0] == 0


def _casualty_in_boilerplate(root):
    edit(root, ONE, {"/casualties/0/trigger": span(root, "one", "newsletter")})


DAMAGES = {
    "an offset moved by one": (
        lambda root: edit(root, ONE, {"/locations/2/span/0/start": 107}),
        ("T308", ONE, "/locations/2/span/0"),
    ),
    "a dangling reference": (
        lambda root: edit(root, ONE, {"/casualties/0/events": ["shelling"]}),
        ("R401", ONE, "/casualties/0/events/0"),
    ),
    "an unknown value": (
        lambda root: edit(root, ONE, {"/casualties/0/outcome": "dead"}),
        ("S203", ONE, "/casualties/0/outcome"),
    ),
    "a span in boilerplate": (
        _casualty_in_boilerplate,
        ("T310", ONE, "/casualties/0/trigger/0"),
    ),
    "a number that is missing": (
        lambda root: edit(root, ONE, {"/casualties/0/value": None}),
        ("C501", ONE, "/casualties/0/value"),
    ),
    "an inferred perpetrator beside one": (
        lambda root: edit(
            root,
            ONE,
            {"/casualties/0/perpetrator": "a2", "/casualties/0/inferred_perpetrator": "borland"},
        ),
        ("C520", ONE, "/casualties/0/inferred_perpetrator"),
    ),
    "a duplicate key": (
        lambda root: replace(root, ONE, b'"id": "a3",', b'"id": "a3", "level": "nominal",'),
        ("F104", ONE, "/actors/2/level"),
    ),
    "a changed seed byte": (
        lambda root: replace(root, "seeds/one.txt", b"Monday", b"Sunday"),
        ("T302", "seeds/one.txt", ""),
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_ends_in_one_and_names_code_file_and_place(name, run, mini):
    damage, expected = DAMAGES[name]
    damage(mini)
    status, out, err = run("--format", "json", "--errors-only")
    assert (status, err) == (1, "")
    report = json.loads(out)
    assert [(f["code"], f["file"], f["pointer"]) for f in report["findings"]] == [expected]
    assert (report["errors"], report["warnings"]) == (1, 0)
    status, out, _ = run()
    assert status == 1
    assert expected[0] in out
    assert expected[1] in out


def test_the_words_in_question_are_shown_with_carets_under_them(run, mini):
    edit(mini, ONE, {"/casualties/0/value": 20})
    status, out, _ = run()
    number = (mini / ONE).read_text().split('"value": 20')[0].count("\n") + 1
    assert status == 1
    assert out == (
        f"{ONE}:{number}:4: warning C502: value is not the number in the words "
        "[/casualties/0/value]\n"
        "  c1 ‹two civilians› says 2, the record has 20\n"
        "  in text one, line 3, 45–58:\n"
        "    Officials in Avaria said two civilians, including a child, were kill…\n"
        "                             ^^^^^^^^^^^^^\n"
        f"  fix: {RULES['C502'].fix}\n"
        "\n"
        "1 warning in 1 file: C502 × 1\n"
        f"{PASSES}\n"
    )


def test_a_file_that_is_not_json_is_shown_by_line_and_column(run, mini):
    replace(mini, ONE, b'"actors": [', b'"actors": [,')
    assert f"{ONE}:7:13: error F103: not JSON, or not TOML\n" in run()[1]


def test_half_a_character_is_shown_where_it_stands(run, mini):
    replace(mini, ONE, b'"id": "a3"', b'"id": "a3", "no\\udc00te": 1, "note": "x\\ud800"')
    lines = (mini / ONE).read_text().splitlines()
    number, column = next(
        (n, line.index('"note"')) for n, line in enumerate(lines) if "udc00" in line
    )
    found = json.loads(run("--format", "json")[1])["findings"]
    assert [(f["pointer"], f["line"], f["column"]) for f in found] == [
        ("/actors/2", number + 1, 3),
        ("/actors/2/note", number + 1, column + 1),
    ]
    out = run()[1]
    assert (
        f"{ONE}:{number + 1}:{column + 1}: error F106: half of a character [/actors/2/note]\n"
        in out
    )
    assert "a key of 'a3' contains \\udc00, half of a character" in out


def test_control_characters_of_a_file_do_not_reach_the_terminal(run, mini):
    edit(mini, ONE, {"/actors/0/entity": "x\u001b[31m", "/actors/1/\u001b[2J": 1})
    out = run()[1]
    assert "S205" in out
    assert "S202" in out
    assert "\x1b" not in out


def test_warnings_count_unless_only_errors_are_asked_for(run, mini):
    edit(mini, ONE, {"/attributions/0/act": "accuse"})
    status, out, _ = run()
    assert status == 1
    assert "warning W603" in out
    assert out.endswith(f"1 warning in 1 file: W603 × 1\n{PASSES}\n")
    assert run("--errors-only") == (0, f"no findings\n{PASSES}\n", "")


def test_a_path_that_does_not_exist(run, mini):
    status, out, err = run(mini / "nothing.json")
    assert (status, out) == (2, "")
    assert "nothing.json" in err
    assert "does not exist" in err


def test_a_path_that_is_nothing_to_check(run, tmp_path):
    other = tmp_path / "picture.png"
    other.write_bytes(b"\x89PNG")
    status, _, err = run(other)
    assert status == 2
    assert "neither annotations, nor a registry, nor a seed" in err


@pytest.mark.parametrize(
    "task",
    [
        {
            "id": 1,
            "annotations": [{"completed_by": 1, "result": []}],
            "data": {"text": "Two died."},
        },
        {"data": {"text": "Two died."}},
        {"id": 3, "predictions": []},
    ],
)
def test_an_export_of_label_studio_is_recognised(run, mini, tmp_path, task):
    folder = tmp_path / "my tasks"
    folder.mkdir()
    file = folder / "project-1.json"
    file.write_text(json.dumps([task]))
    right = f"run: warclaims --corpus {mini} import labelstudio '{file}'"
    for path in (file, folder):
        status, out, err = run(path)
        assert (status, out) == (2, "")
        assert f"{file} is an export of Label Studio. " in err
        assert right in err
    (folder / "b.jsonl").write_bytes(lines_of(mini)[0])
    status, out, err = run(folder)
    assert (status, out.splitlines()[0]) == (0, "no findings; 1 bundle checked")
    assert right in err


def test_a_corpus_that_is_none(tmp_path, capsys):
    with pytest.raises(SystemExit) as done:
        main(["--corpus", str(tmp_path), "validate"])
    assert done.value.code == 2
    assert "is not a corpus directory" in capsys.readouterr().err


def test_a_chosen_file_only(run, mini):
    edit(mini, ONE, {"/casualties/0/value": 20})
    edit(mini, INDEX, {"/documents/1/length": GONE})
    assert run(mini / "annotations/passes/a/two.json")[0] == 1, "the index cannot be read"
    edit(mini, INDEX, {"/documents/1/length": 131})
    assert run(mini / "annotations/passes/a")[0] == 0
    assert run(mini / "annotations/gold")[0] == 1


def test_explain(run):
    for code, rule in RULES.items():
        status, out, _ = run("--explain", code.lower())
        assert status == 0
        assert rule.title in out
        assert rule.why.split()[-1] in out
        assert out.endswith(f"\nwrong: {rule.example.wrong}\nright: {rule.example.right}\n")


def test_explain_knows_the_codes_of_label_studio(run):
    title = CODES["L601"]
    assert run("--explain", "l601") == (
        0, f"L601 (exchange with Label Studio, warning): {title}\n", ""
    )  # fmt: skip
    assert "Studio, error): " in run("--explain", "L101")[1]


def test_explain_lists_all(run):
    status, out, err = run("--explain", "all")
    assert (status, err) == (0, "")
    rules = [f"{rule.code}  {rule.title}" for rule in RULES.values()]
    assert out.splitlines() == rules + [f"{code}  {title}" for code, title in CODES.items()]


@pytest.mark.parametrize("word", ["Z999", "", "T3", "\x1b[2J"])
def test_explain_says_that_there_is_no_such_rule(run, word):
    status, out, err = run("--explain", word)
    assert (status, out) == (2, "")
    assert err == (
        f"error: Unknown rule {word!r}. List all with: warclaims validate --explain all\n"
    )


def test_the_description_of_the_corpus_is_checked_beside_other_files(cli, mini):
    paths = mini / "corpus.toml", mini / "seeds/index.json"
    paths[0].write_text("title = [")
    run = cli("--corpus", mini, "validate", *paths)
    assert run.returncode == 1
    assert "F103" in run.stdout


def test_another_corpus_is_named_with_its_command(cli, mini):
    run = cli("validate", mini)
    assert run.returncode == 2
    assert f"--corpus {mini} validate" in run.stderr


@pytest.mark.parametrize("text", [b'"' + b'\\"' * 500_000, b'["' + b"\\\\" * 500_000])
def test_a_string_without_end_is_searched_once(cli, mini, text):
    path = mini.parent / "b.jsonl"
    path.write_bytes(b"[" + b"0," * 600_000 + text)
    assert cli("--corpus", mini, "validate", path).returncode == 1


def test_a_path_may_be_relative_to_the_corpus_as_findings_name_it(cli, mini):
    for path in ("annotations/gold/one.json", mini / "annotations/gold/one.json"):
        run = cli("--corpus", mini, "validate", path)
        assert run.returncode == 0, run.stderr
    run = cli("--corpus", mini, "validate", "annotations/gold/nine.json")
    assert run.returncode == 2
    assert "Path 'annotations/gold/nine.json' does not exist." in run.stderr
