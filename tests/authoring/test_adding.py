"""``new`` and ``add``: what is written, and what is refused without a trace."""

import json
from hashlib import sha256

import pytest
from click.testing import CliRunner

import warclaims
from warclaims import WarclaimsError
from warclaims.authoring import new_corpus
from warclaims.authoring.ids import id_of_name
from warclaims.commands import _root
from warclaims.corpus import canonical_bytes, read_record
from warclaims.corpus.blank import guidelines_followed
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
        words = ["--corpus", own, "add", *arguments]
        return CliRunner().invoke(_root, list(map(str, words)), **options)

    return call


@pytest.fixture
def text(tmp_path):
    """A file with a text."""
    path = tmp_path / "first report.txt"
    path.write_bytes(TEXT.encode())
    return path


def snapshot(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def ids(own):
    found = json.loads((own / "seeds" / "index.json").read_bytes())["documents"]
    return [document["id"] for document in found]


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
    assert "warclaims add FILE" in layout.card.read_text(encoding="utf-8")


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
    assert document["translation"] is None
    assert "not stated: outlet, date, original language, rights holder" in done.output


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
    assert "'en-' cannot be used" in done.output
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
    assert blank.guidelines == guidelines_followed(warclaims.open(shipped))


def test_guidelines_are_those_that_gold_follows(own, run, text, tmp_path):
    run(text)
    path = own / "annotations" / "gold" / "first-report.json"
    path.write_text(path.read_text().replace('"guidelines": "2.1"', '"guidelines": "own-2"'))
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
        (b"", "is empty: it has no bytes"),
        (b" \r\n\t", "is empty: it has only white space"),
        (b"\xef\xbb\xbfDorn", "begins with a byte-order mark"),
        ("Dorn".encode("utf-16"), "is UTF-16, not UTF-8; save it as UTF-8"),
        ("Dorn".encode("utf-16-le"), "has a NUL character, the first at 1"),
        (b"D\xf6rn", "is not UTF-8: byte 1 is 0xf6"),
        (b"Dorn\0", "has a NUL character, the first at 4"),
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
        (["--date", "19.9.2023"], "'19.9.2023' cannot be used: a date is written 2023"),
        (["--date", "2023-02-29"], "there is no such date as 2023-02-29"),
        (["--language", "English language"], "cannot be used: a language is a tag"),
        (["--original-language", "?"], "cannot be used: a language is a tag"),
        (["--outlet", "a\udcffb"], "cannot be used: it is not valid text"),
        (["--id", "a/b"], "'a/b' cannot be an id"),
        (["--title", "Quiet in Dorn"], "The title 'Quiet in Dorn' is not in"),
        (["--annotator", "you"], "unknown annotator 'you'; known: me"),
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
    for files in ([text], [again], [again, text]):
        known = run(*files)
        assert known.exit_code == 0
        for file in files:
            assert f"skipped {file}: in the corpus already, as document first-report" in (
                known.output
            )
        assert known.output.endswith("nothing was added\n")
        assert snapshot(own) == before
    with pytest.raises(WarclaimsError, match="there is a document 'first-report' already"):
        run(other, catch_exceptions=False)
    assert snapshot(own) == before
    assert run(other, "--id", "second").exit_code == 0


def test_copies_are_passed_over_and_the_other_texts_added(own, run, text, tmp_path):
    run(text)
    files = [tmp_path / name for name in ("again.txt", "two.txt", "same.txt", "three.txt")]
    for file, words in zip(files, (TEXT, "Two.", "Two.", "Three."), strict=True):
        file.write_bytes(words.encode())
    done = run(*files)
    assert done.exit_code == 0
    assert f"skipped {files[0]}: in the corpus already, as document first-report" in done.output
    assert f"skipped {files[2]}: in the corpus already, as document two" in done.output
    assert ids(own) == ["first-report", "three", "two"]


def test_everything_that_is_wrong_is_reported_at_once_and_nothing_added(own, run, text, tmp_path):
    run(text)
    before = snapshot(own)
    files = [tmp_path / name for name in ("again.txt", "FIRST report.txt", "new.txt", "prn2.txt")]
    for file, words in zip(files, (TEXT, "Other.", "New.", "Newer."), strict=True):
        file.write_bytes(words.encode())
    done = run(*files)
    assert done.exit_code != 0
    told = str(done.exception)
    assert "there is a document 'first-report' already" in told
    assert f"{files[0]} is in the corpus already, byte for byte, as document first-report" in told
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"\xff\xfe")
    told = str(run(tmp_path / "a.txt", files[2], tmp_path / "b.txt").exception)
    assert "a.txt " in told
    assert "b.txt " in told
    assert snapshot(own) == before


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("CON.txt", "CON-text"),
        ("nul.txt", "nul-text"),
        ("Aux.final.txt", "Aux-final"),
        ("com1.txt", "com1-text"),
        ("LPT9.txt", "LPT9-text"),
        ("prn", "prn-text"),
        ("report..txt", "report"),
        ("report .txt", "report"),
    ],
)
@pytest.mark.parametrize("folder", ["own/seeds", "elsewhere"])
def test_no_file_gets_a_name_that_windows_cannot_hold(own, run, name, given, folder):
    file = own.parent / folder.replace("own", own.name) / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("Two died in Dorn.")
    assert run(file).exit_code == 0
    document = entry(own, given)
    for written in (document["file"], f"{given}.json"):
        stem = written.split(".")[0].lower()
        assert stem not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
        assert not written.endswith((".", " "))
    assert (own / "annotations/gold" / f"{given}.json").is_file()


def test_an_id_that_windows_cannot_hold_is_refused(own, run, text):
    for name in ("con", "NUL", "Com7"):
        with pytest.raises(WarclaimsError, match="Windows reserves this name for a device"):
            run(text, "--id", name, catch_exceptions=False)


def test_two_seeds_never_differ_in_case_only(own, run, tmp_path):
    own_seed = own / "seeds" / "Report.txt"
    own_seed.write_text("Two died.")
    assert run(own_seed, "--id", "x").exit_code == 0
    other = tmp_path / "report.txt"
    other.write_text("Three died.")
    with pytest.raises(WarclaimsError, match=r"differ from Report\.txt in case only"):
        run(other, catch_exceptions=False)
    assert run(other, "--id", "y").exit_code == 0


LANGUAGES = {
    "en": "At least nine people were killed when shells hit a market on Monday, officials said.",
    "ru": "По меньшей мере девять человек погибли при обстреле рынка, сообщили власти города.",
    "uk": "Щонайменше дев'ять людей загинули внаслідок обстрілу ринку, повідомила влада міста.",
    "de": "Mindestens neun Menschen wurden getötet, als Granaten den Markt trafen, hieß es.",
    "fr": "Au moins neuf personnes ont été tuées lorsque des obus ont frappé le marché, dit-on.",
    "es": "Al menos nueve personas murieron cuando los proyectiles alcanzaron el mercado, dijeron.",
    "nl": "Zeker negen mensen kwamen om toen granaten de markt in de stad troffen, zeggen zij.",
    "tr": "Kentteki pazara isabet eden mermiler nedeniyle en az dokuz kişi hayatını kaybetti.",
    "az": "Şəhərdəki bazara düşən mərmilər nəticəsində ən azı doqquz nəfər həlak olub.",
    "hy": "Քաղաքի շուկային հարվածած արկերի հետևանքով առնվազն ինը մարդ է զոհվել։",
    "ka": "სულ მცირე ცხრა ადამიანი დაიღუპა ქალაქის ბაზარზე ჭურვების მოხვედრის შედეგად.",
    "ar": "قتل تسعة أشخاص على الأقل عندما أصابت قذائف سوقا في المدينة، بحسب ما قال مسؤولون.",
    "he": "לפחות תשעה בני אדם נהרגו כאשר פגזים פגעו בשוק בעיר, אמרו גורמים רשמיים.",
    "zh": "官员说，炮弹击中该市一个市场，至少九人死亡。军方否认向平民开火。",
    "ja": "当局によると、市内の市場に砲弾が着弾し、少なくとも9人が死亡した。",
}
UNSURE = {
    "numbers": "12:30\n2023-09-19\n1,200 + 34 = 1,234",
    "names": "Stepanakert, Shusha, Lachin, Goris, Khankendi",
    "people": "Anna Hakobyan\nArayik Harutyunyan\nRuben Vardanyan",
    "signs": "!!! ??? ... — “”",
    "two scripts": f"{LANGUAGES['en']} {LANGUAGES['ru']}",
    "two languages": f"{LANGUAGES['en']} " * 6 + f"{LANGUAGES['de']} " * 6,
    "an address": "https://example.org/a/b?c=d",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_detected_and_says_what_it_rests_on(own, run, tmp_path, language):
    file = tmp_path / "a.txt"
    file.write_text(LANGUAGES[language], encoding="utf-8")
    done = run(file)
    document = entry(own, "a")
    assert document["language"] == language
    assert f"language: detected {language} (0.9" in done.output
    assert "; state it with --language if wrong\n" in done.output
    rests_on = document["extra"]["language"]
    assert rests_on["evidence"] == "inferred"
    assert rests_on["certainty"] in {"high", "medium"}
    assert rests_on["basis"].startswith("Detected when the text was added, by py3langid ")


@pytest.mark.parametrize("words", UNSURE)
def test_a_language_that_is_not_sure_stays_unknown_and_is_said_to_be(own, run, tmp_path, words):
    file = tmp_path / "a.txt"
    file.write_text(UNSURE[words], encoding="utf-8")
    done = run(file)
    document = entry(own, "a")
    assert document["language"] == "und"
    assert "extra" not in document
    assert "language: not recognised" in done.output
    assert "state it with --language" in done.output


def test_a_language_that_is_stated_is_not_detected(own, run, text):
    done = run(text, "--language", "nl")
    assert entry(own, "first-report")["language"] == "nl"
    assert "extra" not in entry(own, "first-report")
    assert "detected" not in done.output


@pytest.mark.parametrize("name", ["seeds/one.txt", "annotations/gold/one.json"])
def test_nothing_that_lies_there_is_replaced(own, run, text, name):
    (own / name).write_text("precious")
    before = snapshot(own)
    with pytest.raises(WarclaimsError, match=f"{name} exists already"):
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
        patch.setattr("warclaims.corpus.grammar.MAX_VALUES", 1000)
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
    data["annotators"] += [data["annotators"][0] | {"id": name} for name in ("her", "you")]
    path.write_text(json.dumps(data))
    with pytest.raises(WarclaimsError, match=r"several persons are.* known: me, her, you"):
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


def test_the_annotator_that_new_entered_does_not_count_beside_another(cli, tmp_path):
    root, text = tmp_path / "own", tmp_path / "one.txt"
    text.write_text("Two people died.", "utf-8")
    said = cli("new", root).stdout
    assert "entered me as the person who annotates; others: warclaims register annotator" in said
    assert cli("--corpus", root, "register", "annotator", "uma").returncode == 0
    assert cli("--corpus", root, "add", text, "--language", "en").returncode == 0
    assert warclaims.open(root).annotations("one").annotator == "uma"
    assert cli("--corpus", root, "register", "annotator", "ben").returncode == 0
    text.write_text("Three people died.", "utf-8")
    run = cli("--corpus", root, "add", text, "--id", "two")
    assert run.returncode == 2
    assert "Say with --annotator who annotates" in run.stderr
