"""``new`` and ``add``: what is written, and what is refused without a trace."""

import json
from hashlib import sha256

import pytest
from click.testing import CliRunner

import warclaims
from warclaims import WarclaimsError
from warclaims.authoring import new_corpus
from warclaims.authoring.texts import id_of_name
from warclaims.commands.add import command as add
from warclaims.corpus import canonical_bytes, read_record
from warclaims.layout import Layout
from warclaims.records import REGISTRIES, Annotations, DocumentIndex

TEXT = "Shelling hits Dorn 😀\r\n\r\nДвое погибли.\r\n"


@pytest.fixture
def own(tmp_path):
    """An empty corpus of one's own."""
    new_corpus(tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def run(own, tmp_path):
    """Runs ``add`` on the corpus; gives the result."""

    def call(*arguments, **options):
        return CliRunner().invoke(add, [str(a) for a in arguments], obj=str(own), **options)

    return call


@pytest.fixture
def text(tmp_path):
    """A file with a text."""
    path = tmp_path / "first report.txt"
    path.write_bytes(TEXT.encode())
    return path


def snapshot(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def entry(own, name):
    found = json.loads((own / "seeds" / "index.json").read_bytes())["documents"]
    return next(document for document in found if document["id"] == name)


def test_a_new_corpus_is_canonical(own):
    layout = Layout(own)
    for path, model in {
        layout.index: DocumentIndex,
        **{layout.registry(name): model for name, model in REGISTRIES.items()},
    }.items():
        assert canonical_bytes(read_record(path, model, path.name)) == path.read_bytes()
    corpus = warclaims.open(own)
    assert corpus.documents == {}
    assert [(a.id, a.label, a.kind.value) for a in corpus.registries.annotators.values()] == [
        ("me", "me", "person")
    ]
    assert layout.set_names() == ["gold"]
    assert "warclaims --corpus . add FILE" in layout.card.read_text(encoding="utf-8")


def test_the_annotator_is_named(cli, tmp_path):
    run = cli("new", tmp_path / "c", "--annotator", "p-1", "--name", "Person  one")
    assert run.returncode == 0
    (person,) = warclaims.open(tmp_path / "c").registries.annotators.values()
    assert (person.id, person.label) == ("p-1", "Person one")


def test_new_refuses_what_is_there(cli, tmp_path, own):
    before = snapshot(tmp_path)
    run = cli("new", own)
    assert run.returncode == 2
    assert "is not empty" in run.stderr
    (tmp_path / "file").write_text("mine")
    assert "is a file" in cli("new", tmp_path / "file").stderr
    assert "cannot be the id" in cli("new", tmp_path / "d", "--annotator", "a b").stderr
    assert not (tmp_path / "d").exists()
    assert snapshot(tmp_path) == before | {tmp_path / "file": b"mine"}
    (tmp_path / "empty").mkdir()
    assert cli("new", tmp_path / "empty").returncode == 0


def test_in_a_narrow_terminal_the_offsets_are_whole(own, run, tmp_path):
    file = tmp_path / "wide.txt"
    file.write_text("Headline\n\n" + "Officials said two people were killed in Dorn. " * 3)
    said = run(file, env={"COLUMNS": "80"}).stdout
    (line,) = [line for line in said.splitlines() if " Officials" in line]
    row = line.split()
    assert row[:3] == ["paragraph", "10", str(10 + 3 * 47)]
    assert len(line) == 80


def test_a_text_is_kept_byte_for_byte(own, run, text):
    done = run(text)
    assert done.exit_code == 0, done.output
    assert (own / "seeds" / "first-report.txt").read_bytes() == TEXT.encode()
    document = entry(own, "first-report")
    assert document["sha256"] == sha256(TEXT.encode()).hexdigest()
    assert document["length"] == len(TEXT)
    assert document["title"] == "Shelling hits Dorn 😀"
    assert warclaims.open(own).text("first-report") == TEXT
    index = own / "seeds" / "index.json"
    assert canonical_bytes(read_record(index, DocumentIndex, "")) == index.read_bytes()
    assert "wrote seeds/first-report.txt: document first-report" in done.output
    assert "title           0    24   Shelling hits Dorn 😀" in done.output


def test_what_is_not_stated_is_unknown(own, run, text):
    done = run(text)
    document = entry(own, "first-report")
    unknown = {
        "value": None,
        "certainty": "low",
        "evidence": "inferred",
        "basis": "Not stated when the text was added.",
    }
    for name in ("outlet", "date", "original_language", "rights_holder"):
        assert document[name] == unknown
    assert (document["language"], document["translation"]) == ("und", None)
    assert "not stated: language, outlet, date, original language, rights holder" in done.output


def test_what_is_stated_says_so(own, run, text):
    options = ["--language", "ru", "--outlet", "The Example", "--date", "2001-02"]
    options += ["--original-language", "uk", "--rights-holder", "Example Press", "--translation"]
    done = run(text, *options, "--id", "A1", "--title", "")
    document = entry(own, "A1")
    assert [document[name]["value"] for name in ("outlet", "date", "original_language")] == [
        "The Example",
        "2001-02",
        "uk",
    ]
    assert (document["language"], document["translation"], document["title"]) == ("ru", True, None)
    assert document["rights_holder"] == {
        "value": "Example Press",
        "certainty": "high",
        "evidence": "inferred",
        "basis": "Stated when the text was added.",
    }
    assert "not stated" not in done.output


def test_a_named_source_is_external_evidence(own, run, text):
    run(text, "--outlet", "The Example", "--source", "https://example.org/1")
    document = entry(own, "first-report")
    assert document["outlet"]["evidence"] == "external"
    assert document["outlet"]["basis"].endswith("after https://example.org/1")
    assert document["date"]["evidence"] == "inferred"


def test_asked_at_a_terminal(own, run, text):
    done = run(text, "--ask", "--date", "2001", input="-\nen-\nen\nThe Example\n\n\nno\n")
    assert done.exit_code == 0, done.output
    assert "Title as in the text (- for none) [Shelling hits Dorn 😀]" in done.output
    assert "'en-' cannot be taken" in done.output
    document = entry(own, "first-report")
    assert (document["language"], document["translation"], document["title"]) == ("en", False, None)
    assert (document["outlet"]["value"], document["date"]["value"]) == ("The Example", "2001")
    assert document["rights_holder"]["value"] is None


def test_gold_has_a_blank_file(own, run, text, shipped):
    run(text)
    path = own / "annotations" / "gold" / "first-report.json"
    blank = read_record(path, Annotations, "")
    assert canonical_bytes(blank) == path.read_bytes()
    assert (blank.annotator, blank.actors, blank.casualties) == ("me", (), ())
    assert blank.guidelines == warclaims.open(shipped).annotations("004").guidelines


def test_guidelines_are_those_that_gold_follows(own, run, text, tmp_path):
    run(text)
    path = own / "annotations" / "gold" / "first-report.json"
    path.write_text(path.read_text().replace('"guidelines": "1.1"', '"guidelines": "own-2"'))
    other = tmp_path / "other.txt"
    other.write_text("Two died.")
    run(other)
    assert warclaims.open(own).annotations("other").guidelines == "own-2"


def test_several_texts_stand_in_order_of_id(own, run, tmp_path):
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.txt").write_text(f"Text {name}.")
    assert run(tmp_path / "c.txt", tmp_path / "a.txt").exit_code == 0
    assert run(tmp_path / "b.txt").exit_code == 0
    assert list(warclaims.open(own).documents) == ["a", "b", "c"]


def test_a_text_that_lies_in_seeds_stays_there(own, run):
    (own / "seeds" / "My_text.v1.md").write_text("Two died.")
    assert run(own / "seeds" / "My_text.v1.md").exit_code == 0
    assert entry(own, "My_text-v1")["file"] == "My_text.v1.md"
    assert sorted(p.name for p in (own / "seeds").iterdir()) == ["My_text.v1.md", "index.json"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty: it holds nothing"),
        (b" \r\n\t", "is empty: it holds only white space"),
        (b"\xef\xbb\xbfDorn", "begins with a byte-order mark"),
        ("Dorn".encode("utf-16"), "is UTF-16, not UTF-8; save it as UTF-8"),
        ("Dorn".encode("utf-16-le"), "holds a NUL character, the first at 1"),
        (b"D\xf6rn", "is not UTF-8: byte 1 is 0xf6"),
        (b"Dorn\0", "holds a NUL character, the first at 4"),
    ],
)
def test_what_is_no_text_is_refused(own, run, tmp_path, data, words):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Two died.")
    bad.write_bytes(data)
    before = snapshot(own)
    with pytest.raises(WarclaimsError, match=words):
        run(good, bad, catch_exceptions=False)
    assert snapshot(own) == before, "all are added or none"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--date", "19.9.2023"], "'19.9.2023' cannot be taken: a date is written 2023"),
        (["--date", "2023-02-29"], "there is no such date as 2023-02-29"),
        (["--language", "English language"], "cannot be taken: a language is a tag"),
        (["--original-language", "?"], "cannot be taken: a language is a tag"),
        (["--outlet", "a\udcffb"], "cannot be taken: it is no text"),
        (["--id", "a/b"], "'a/b' cannot be an id"),
        (["--title", "Quiet in Dorn"], "does not hold the title 'Quiet in Dorn'"),
        (["--annotator", "you"], "there is no annotator 'you'; in .* are: me"),
    ],
)
def test_what_cannot_be_stated_is_refused(own, run, text, options, words):
    before = snapshot(own)
    with pytest.raises(WarclaimsError, match=words):
        run(text, *options, catch_exceptions=False)
    assert snapshot(own) == before


def test_a_document_is_added_once(own, run, text, tmp_path):
    run(text)
    again, other = tmp_path / "again.txt", tmp_path / "FIRST report.txt"
    again.write_bytes(TEXT.encode())
    other.write_text("Another text.")
    before = snapshot(own)
    with pytest.raises(WarclaimsError, match="byte for byte, as document first-report"):
        run(again, catch_exceptions=False)
    with pytest.raises(WarclaimsError, match="there is a document 'first-report' already"):
        run(other, catch_exceptions=False)
    (tmp_path / "two.txt").write_text("Two.")
    (tmp_path / "same.txt").write_text("Two.")
    with pytest.raises(WarclaimsError, match="byte for byte, as document two"):
        run(tmp_path / "two.txt", tmp_path / "same.txt", catch_exceptions=False)
    assert snapshot(own) == before
    assert run(other, "--id", "second").exit_code == 0


@pytest.mark.parametrize("name", ["seeds/one.txt", "annotations/gold/one.json"])
def test_nothing_that_lies_there_is_replaced(own, run, text, name):
    (own / name).write_text("precious")
    before = snapshot(own)
    with pytest.raises(WarclaimsError, match=f"{name} is there already"):
        run(text, "--id", "one", catch_exceptions=False)
    assert snapshot(own) == before


def test_a_failure_leaves_nothing(own, run, text, monkeypatch):
    before = snapshot(own)

    def fail(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    assert isinstance(run(text).exception, OSError)
    assert snapshot(own) == before


def test_an_index_that_could_not_be_read_again_is_not_written(
    own, run, text, tmp_path, monkeypatch
):
    run(text)
    path = tmp_path / "long.txt"
    path.write_text("\n".join(f"Line {number} of many." for number in range(300)))
    before = snapshot(own)
    with monkeypatch.context() as patch:
        patch.setattr("warclaims.corpus.reading.MAX_VALUES", 1000)
        with pytest.raises(WarclaimsError, match="would become too large, so nothing was added"):
            run(path, catch_exceptions=False)
    assert snapshot(own) == before
    assert "and 100 segments more" in run(path).output


def test_id_and_title_are_for_one_file(run, text, tmp_path):
    (tmp_path / "b.txt").write_text("Two died.")
    done = run(text, tmp_path / "b.txt", "--title", "x")
    assert done.exit_code == 2
    assert "--title is for one FILE, not for 2" in done.output


def test_who_annotates_is_asked_where_several_might(own, run, text):
    path = own / "annotations" / "registry" / "annotators.json"
    data = json.loads(path.read_bytes())
    data["annotators"].append(data["annotators"][0] | {"id": "you"})
    path.write_text(json.dumps(data))
    with pytest.raises(WarclaimsError, match=r"several persons are registered.* are: me, you"):
        run(text, catch_exceptions=False)
    assert run(text, "--annotator", "you").exit_code == 0
    assert warclaims.open(own).annotations("first-report").annotator == "you"


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("Dorn, 2001-02-03 (копия)", "Dorn-2001-02-03"),
        ("__x__", "x"),
        ("a" * 300, "a" * 80),
        ("...", "text-3"),
        ("😀", "text-3"),
    ],
)
def test_ids_after_names(stem, name):
    assert id_of_name(stem, {"text-1", "text-2"}) == name


def test_a_mistake_ends_in_a_message(cli, own, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    run = cli("--corpus", own, "add", tmp_path / "bad.txt")
    assert run.returncode == 2
    assert run.stderr.startswith("error: ")
    assert "Traceback" not in run.stderr
