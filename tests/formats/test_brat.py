"""Standoff files of brat: what is read, what is refused, and where each thing goes."""

import json

import pytest

import warclaims
from warclaims.formats import FORMATS
from warclaims.formats.importing import read_texts
from warclaims.formats.problems import FormatProblems

TEXT = "The mayor 😀 said that two men\nof Dorn died. He said nothing more.\n"


def at(words, number=1):
    start = -1
    for _ in range(number):
        start = TEXT.index(words, start + 1)
    return f"{start} {start + len(words)}"


ANN = f"""T1\tPerson {at("The mayor")}\tThe mayor
T2\tCue {at("said")}\tsaid
T3\tContent {at("that two men")};{at("died")}\tthat two men died
T4\tPlace {at("Dorn")}\tDorn
T5\tVictims {at("two men")};{at("of Dorn")}\ttwo men of Dorn
T6\tPerson {at("He")}\tHe
T7\tDeath {at("died")}\tdied
E1\tStatement:T2 Speaker:T1 What:T3
E2\tDeath:T7 Victim:T5 Place2:T4
R1\tSame Arg1:T6 Arg2:T1\t
*\tEquiv T1 T6
A1\tSure E2 high
A2\tNegated E2
M1\tSpeculation T1
N1\tReference T4 Wikidata:Q1\tDorn (city)
#1\tAnnotatorNotes T1\tWho is it?
#2\tAnnotatorNotes R1\tReally?
#3\tOther T6\tnote\twith tab
"""


@pytest.fixture
def folder(tmp_path):
    def made(ann=ANN, text=TEXT, name="a", **more):
        there = tmp_path / "brat"
        there.mkdir(exist_ok=True)
        (there / f"{name}.txt").write_bytes(text.encode())
        (there / f"{name}.ann").write_bytes(ann.encode())
        for suffix, content in more.items():
            (there / f"{name}.{suffix}").write_bytes(content.encode())
        return there

    return made


def read(path):
    problems = FormatProblems()
    return [*read_texts(FORMATS["brat"], path, problems)], problems.findings


def test_every_kind_of_line_is_read(folder):
    (text,), findings = read(folder())
    assert findings == []
    spans = {span.id: span for span in text.spans}
    assert [*spans] == ["T1", "T2", "T3", "T4", "T5", "T6", "E1", "E2"]
    assert [TEXT[start:end] for start, end in spans["T5"].ranges] == ["two men", "of Dorn"]
    assert (spans["T2"].label, spans["E1"].label) == ("Cue", "Statement")
    assert spans["E2"].attributes == {"Sure": "high", "Negated": True}
    assert spans["T1"].attributes == {"Speculation": True, "note": "Who is it?"}
    normalised = {"type": "Reference", "resource": "Wikidata", "id": "Q1", "text": "Dorn (city)"}
    assert spans["T4"].attributes == {"normalisations": [normalised]}
    assert spans["T6"].attributes["notes"] == [
        {"type": "AnnotatorNotes", "on": "R1", "text": "Really?"},
        {"type": "Other", "on": "T6", "text": "note\twith tab"},
    ]
    assert {(link.label, link.source, link.target) for link in text.links} == {
        ("Speaker", "E1", "T1"),
        ("What", "E1", "T3"),
        ("Victim", "E2", "T5"),
        ("Place2", "E2", "T4"),
        ("Same", "T6", "T1"),
        ("Equiv", "T1", "T6"),
    }


def test_events_with_one_trigger_are_labels_of_their_own(folder):
    (text,), findings = read(folder(ANN + "E3\tDeath:T7 Victim:T6\n"))
    assert findings == []
    deaths = [span.id for span in text.spans if span.label == "Death"]
    assert deaths == ["E2", "E3"]
    assert [one.target for one in text.links if one.source == "E3"] == ["T6"]


def test_files_of_a_shared_task_are_read_together(folder):
    path = folder("", a1=ANN.partition("E1")[0], a2="E1" + ANN.partition("E1")[2])
    (text,), findings = read(path)
    assert findings == []
    assert len(text.spans) == 8


@pytest.mark.parametrize(
    "problem",
    [
        ("T9\tPerson 0 3\tTha", "X301", "has 'Tha' at 0 3, where the text has 'The'"),
        (
            f"T9\tPerson {at('😀 said that two men')}\t😀 said that two boys",
            "X301",
            "has '😀 said that two boys' at 10 29, where the text has '😀 said that two men'",
        ),
        ("T9\tPerson 0 999\tThe", "X301", "0 999 is not in the text of 66"),
        ("T9\tPerson 3 3\t", "X301", "3 3 is not in the text"),
        ("T9\tPerson 0-3\tThe", "X201", "needs a label and offsets, not 'Person 0-3'"),
        ("T9 Person 0 3 The", "X201", "needs columns separated by tabs"),
        ("T1\tPerson 0 3\tThe", "X201", "uses the id T1 a second time"),
        ("E9\tDeath:T99", "X401", "there is no T99 to be its trigger"),
        ("E9\tDeath:T7 Victim:T99", "X401", "there is no T99 with words"),
        ("E9\tDeath", "X201", "needs NAME:ID separated by spaces, not 'Death'"),
        ("R9\tSame Arg1:T1 Arg2:T99", "X401", "there is no T99 with words"),
        ("R9\tSame Arg1:T1", "X201", "needs NAME:ID"),
        ("R9\tSame Arg1:T1 Arg2:T6 Arg3:T4", "X201", "has 3 arguments; a relation has two"),
        ("A9\tSure T99 high", "X401", "there is no T99 with words"),
        ("A9\tSure", "X201", "needs a name, an id and a value, not 'Sure'"),
        ("N9\tReference T1 Wikidata", "X201", "needs a type, an id and RESOURCE:ENTRY"),
        ("#9\tAnnotatorNotes T99\tx", "X401", "there is no T99 with words"),
        ("#9\tAnnotatorNotes\tx", "X201", "needs a type and an id"),
        ("A9\t", "X201", "needs a name, an id and a value, not ''"),
        ("*\t", "X201", "needs two ids or more, not ''"),
        ("*\tEquiv T1", "X201", "needs two ids or more"),
        ("Z1\tWhat 0 3\tThe", "X201", "begins with 'Z', which no line of brat does"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_written(cli, own, folder, problem):
    line, code, said = problem
    path = folder(f"{ANN}{line}\n")
    number = ANN.count("\n") + 1
    before = {file: file.read_bytes() for file in own.rglob("*") if file.is_file()}
    run = cli("--corpus", own, "import", "brat", path)
    assert run.returncode == 1
    assert f"{path / 'a.ann'}:{number}:1: {code} {said}" in run.stderr
    assert "nothing was imported: 1 error" in run.stderr
    assert before == {file: file.read_bytes() for file in own.rglob("*") if file.is_file()}
    run = cli("--corpus", own, "import", "brat", path, "--skip-unreadable")
    assert run.returncode == 0
    assert f"warning: {path / 'a.ann'}:{number}:1: {code}" in run.stderr
    labels = 9 if line.startswith("E9\tDeath:T7") else 8  # of an event the rest is read
    assert f"read 1 document: {labels} labels (2 discontinuous), 6 links" in run.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.txt", "no such file"), ("a.ann", "cannot be read: it is not UTF-8")],
)
def test_a_file_that_cannot_be_read_is_named(cli, own, folder, name, said):
    path = folder()
    if name.endswith(".txt"):
        (path / name).unlink()
    else:
        (path / name).write_bytes(b"T1\tPerson 0 3\t\xff\n")
    run = cli("--corpus", own, "import", "brat", path)
    assert run.returncode == 1
    assert f"{path / 'a.ann'}: X101 " in run.stderr
    assert said in run.stderr


def test_a_folder_without_standoff_files_is_refused(cli, own, tmp_path):
    run = cli("--corpus", own, "import", "brat", tmp_path / "own" / "seeds")
    assert run.returncode == 2
    assert "has no file ending in .ann" in run.stderr


def test_without_a_mapping_everything_becomes_foreign_labels(cli, own, folder):
    run = cli("--corpus", own, "import", "brat", folder())
    assert run.returncode == 0, run.stderr
    assert "wrote 1 document, 1 of them new: 8 foreign labels" in run.stdout
    assert "links kept as they came: Speaker (1), What (1)" in run.stdout
    annotations = warclaims.open(own).annotations("a")
    (event,) = [one for one in annotations.foreign if one.id == "E2"]
    assert (event.label, event.scheme) == ("Death", "brat")
    assert event.attributes == {
        "Sure": "high",
        "Negated": True,
        "→Victim": ["T5"],
        "→Place2": ["T4"],
    }
    assert "error" not in cli("--corpus", own, "validate").stdout


MAPPING = """
[labels.Person]
layer = "actors"
[labels.Statement]
layer = "attributions"
[labels.Victims]
layer = "casualties"
fields = { outcome = "killed", value = 2 }
[links.Speaker]
field = "source"
[links.What]
field = "content"
[links.Victim]
field = "trigger"
reverse = true
[attributes.Sure]
field = "certainty"
"""


def test_a_mapping_makes_records(cli, own, folder, tmp_path):
    (tmp_path / "m.toml").write_text(MAPPING)
    options = ("--mapping", tmp_path / "m.toml")
    run = cli("--corpus", own, "import", "brat", folder(), *options)
    assert run.returncode == 0, run.stderr
    annotations = warclaims.open(own).annotations("a")
    assert [one.span[0].text for one in annotations.actors] == ["The mayor", "He"]
    (said,) = annotations.attributions
    assert said.source == ("a1",)
    assert [fragment.text for fragment in said.content] == ["that two men", "died"]
    (dead,) = annotations.casualties
    assert (dead.value, dead.trigger[0].text) == (2, "died")
    assert annotations.actors[0].note == "Who is it?"
    assert annotations.actors[0].extra["brat"] == {
        "id": "T1",
        "Speculation": True,
        "→Equiv": ["T6"],
    }
    assert {one.id for one in annotations.foreign} == {"T2", "T4", "E2"}
    assert "error" not in cli("--corpus", own, "validate").stdout
    assert (
        "1 document unchanged" in cli("--corpus", own, "import", "brat", folder(), *options).stdout
    )


def test_what_would_be_an_error_is_kept_as_a_foreign_label(cli, own, folder, tmp_path):
    (tmp_path / "m.toml").write_text('[labels.Victims]\nlayer = "casualties"\n')
    run = cli("--corpus", own, "import", "brat", folder(), "--mapping", tmp_path / "m.toml")
    assert run.returncode == 0
    assert "X601 Victims T5 is kept as a foreign label: the field 'outcome' is mis" in run.stderr
    assert "8 foreign labels" in run.stdout


@pytest.mark.parametrize(
    "wrong",
    [
        ('[labels.A]\nlayer = "actor"\n', "must be one of"),
        ('[labels.A]\nlayer = "actors"\nfields = { enttiy = "x" }\n', "did you mean 'entity'"),
        ('[links.A]\nfield = "sourc"\n', "did you mean 'source'"),
        ('[attributes.A]\nfield = "certainly"\n', "did you mean 'certainty'"),
        ("[labels", "is not TOML"),
    ],
)
def test_a_wrong_mapping_is_refused(cli, own, folder, tmp_path, wrong):
    mapping, said = wrong
    (tmp_path / "m.toml").write_text(mapping)
    run = cli("--corpus", own, "import", "brat", folder(), "--mapping", tmp_path / "m.toml")
    assert run.returncode == 2
    assert said in run.stderr
    assert str(tmp_path / "m.toml") in run.stderr


def test_a_mapping_is_proposed_from_the_data(cli, own, folder, tmp_path):
    made = tmp_path / "proposed.toml"
    assert cli("import", "brat", folder(), "--propose-mapping", made).returncode == 0
    page = made.read_text("utf-8")
    assert '[labels."Person"]  # 2\nlayer = "actors"' in page
    assert '[labels."Victims"]  # 1\nlayer = "casualties"\n# fields = { outcome = ' in page
    assert '# [labels."Death"]  # 1\n# layer = ""' in page
    assert '[links."Speaker"]  # 1\nfield = "source"' in page
    assert '# field = ""\n# values = { "' in page
    run = cli("--corpus", own, "import", "brat", folder(), "--mapping", made)
    assert run.returncode == 0, run.stderr
    assert cli("import", "brat", folder(), "--propose-mapping", made).returncode == 2


def test_new_texts_whose_language_is_not_detected_are_named(cli, own, tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "brief.txt").write_text("Dorn 9.\n")
    (tmp_path / "b" / "brief.ann").write_text("T1\tPlace 0 4\tDorn\n")
    command = ("--corpus", own, "import", "brat", tmp_path / "b")
    said = "language not detected in 1 new document (brief). State it with --language"
    assert said in cli(*command, "--dry-run").stdout
    assert "not detected" not in cli(*command, "--language", "en").stdout


def test_annotations_are_added_to_a_document_with_the_same_text(cli, own, folder, tmp_path):
    (tmp_path / "report.txt").write_bytes(TEXT.encode())
    assert cli("--corpus", own, "add", tmp_path / "report.txt").returncode == 0
    run = cli("--corpus", own, "import", "brat", folder())
    assert "wrote 1 document, 0 of them new" in run.stdout
    assert len(warclaims.open(own).annotations("report").foreign) == 8
    other = folder(ANN.replace("Person", "Human"))
    run = cli("--corpus", own, "import", "brat", other)
    assert run.returncode == 1
    assert "has other records. To replace them, use --overwrite" in run.stderr
    assert cli("--corpus", own, "import", "brat", other, "--overwrite").returncode == 0
    assert warclaims.open(own).annotations("report").foreign[0].label == "Human"


def test_a_dry_run_writes_nothing(cli, own, folder):
    run = cli("--corpus", own, "import", "brat", folder(), "--dry-run")
    assert "would write 1 document, 1 of them new: 8 foreign labels" in run.stdout
    assert not warclaims.open(own).documents


def test_two_files_with_one_text_are_an_error(cli, own, folder):
    folder(name="b")
    run = cli("--corpus", own, "import", "brat", folder())
    assert run.returncode == 1
    assert "X102 has the same text as" in run.stderr


def test_options_of_other_formats_are_refused(cli, own, folder, tmp_path):
    run = cli("--corpus", own, "import", "brat", folder(), "--allow-empty")
    assert run.returncode == 2
    (tmp_path / "tasks.json").write_text("[]")
    for option in (("--language", "en"), ("--skip-unreadable",)):
        run = cli("--corpus", own, "import", "labelstudio", tmp_path / "tasks.json", *option)
        assert run.returncode == 2
        assert f"{option[0]} cannot be combined with labelstudio" in run.stderr


def test_a_span_is_written_with_its_fragments_and_lists_as_attributes(cli, tmp_path):
    run = cli("export", "brat", "004", "--out", tmp_path / "out")
    assert run.returncode == 0
    lines = (tmp_path / "out" / "004.ann").read_text("utf-8").splitlines()
    (split,) = [line for line in lines if ";" in line.split("\t")[1]][:1]
    _, *places = split.split("\t")[1].replace(";", " ").split()
    assert len(places) == 4
    assert "A1\tlevel T1 name" in lines
    (note,) = [line for line in lines if line.startswith("#1\t")]
    assert json.loads(note.split("\t")[2])["id"] == "a1"


def test_of_an_event_with_a_bad_argument_the_others_are_read(folder):
    (text,), findings = read(folder(f"{ANN}E9\tDeath:T7 Place:T98 Victim:T5 Cause:T99 By:E1\n"))
    assert [(one.code, one.message) for one in findings] == [
        ("X401", "there is no T98, T99 with words")
    ]
    links = [(one.label, one.target) for one in text.links if one.source == "E9"]
    assert links == [("Victim", "T5"), ("By", "E1")]
    (text,), findings = read(folder(f"{ANN}*\tSame T4 T99 T5\n"))
    assert [one.message for one in findings] == ["there is no T99 with words"]
    assert [one.target for one in text.links if one.source == "T4"] == ["T5"]


def test_a_note_on_a_relation_that_no_export_wrote_is_kept(folder):
    for words in ('{"id": "x"}', "[1]", "x", '{"label": 3}'):
        (text,), findings = read(folder(f"{ANN}#9\tRecord R1\t{words}\n"))
        assert findings == []
        (note,) = [one for one in text.spans[5].attributes["notes"] if one["type"] == "Record"]
        assert note == {"type": "Record", "on": "R1", "text": words}


def test_texts_without_a_standoff_file_and_other_files_are_reported(cli, own, folder):
    path = folder()
    (path / "annotation.conf").write_text("[entities]\n")
    (path / "README.txt").write_text("About these files.\n")
    (path / "sub").mkdir()
    for name in ("a.json", "b.xml", "c", "sub/d.xml"):
        (path / name).write_text("x")
    run = cli("--corpus", own, "import", "brat", path)
    assert run.returncode == 0, run.stderr
    assert (
        f"warning: {path / 'README.txt'}: X603 is left out: it has no standoff file" in run.stderr
    )
    assert f"warning: {path}: X603 a.json, b.xml, c, 1 more: left out" in run.stderr
    assert "read 1 document" in run.stdout


def test_endings_in_capitals_are_read(folder):
    path = folder(name="A")
    (path / "A.ann").rename(path / "A.ANN")
    (path / "A.txt").rename(path / "A.TXT")
    (text,), findings = read(path)
    assert findings == []
    assert (text.name, len(text.spans)) == ("A", 8)


def test_a_text_instead_of_its_standoff_file_is_refused(cli, own, folder):
    path = folder()
    run = cli("--corpus", own, "import", "brat", path / "a.txt")
    assert run.returncode == 2
    assert "a.txt: brat needs a folder, or a file ending in .ann" in run.stderr
    assert cli("--corpus", own, "import", "brat", path / "a.ann").returncode == 0


def test_a_new_label_does_not_get_the_id_of_another_one(folder):
    ann = 'T1\tA 0 3\tThe\n#1\tRecord T1\t{"id": "T7", "scheme": "brat"}\nT7\tB 4 9\tmayor\n'
    (text,), findings = read(folder(f"{ann}R1\tlink Arg1:T7 Arg2:T1\n"))
    assert findings == []
    assert [(one.id, one.label) for one in text.spans] == [("T7", "A"), ("T2", "B")]
    assert [(one.source, one.target) for one in text.links] == [("T2", "T7")]
