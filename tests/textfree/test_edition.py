"""The edition without texts, and the corpus back from it, over the command line."""

import hashlib
import json
import os
import re
import shutil
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from copies import other_copy

import warclaims
from sizes import SOAK
from warclaims.corpus.canonical import to_plain
from warclaims.records import LAYERS
from warclaims.textfree.anchors import OtherCopy
from warclaims.textfree.edition import export_files
from warclaims.textfree.masking import REFERENCE, Masker, reveal, words_in
from warclaims.textfree.moving import Losses, moved_annotations, moved_document
from warclaims.textfree.restoring import RestoredCorpus
from warclaims.textfree.words import words

pytestmark = pytest.mark.xdist_group("textfree")  # one process makes the edition

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


@pytest.fixture(scope="module")
def edition(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("edition")
    for name, data in export_files(warclaims.open()).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def runs(text: str) -> set[tuple[str, ...]]:
    found = [word.plain for word in words(text)]
    return set(zip(found, found[1:], found[2:], strict=False))


@pytest.fixture(scope="module")
def known() -> dict[str, set[tuple[str, ...]]]:
    """Every three words in a row of the texts, by document."""
    corpus = warclaims.open()
    found = {name: runs(corpus.text(name)) for name in corpus.documents}
    assert len(set().union(*found.values())) > 3000
    return found


def test_no_file_holds_three_words_of_a_text(edition, known):
    """Annotations none of their own text, other files of no text, but for ids that are listed."""
    listed = set(json.loads((edition / "textfree.json").read_bytes())["ids_with_words"])
    with_words = set()
    for path in edition.rglob("*"):
        if not path.is_file():
            continue
        own = path.stem if path.parent.parent.name in ("annotations", "passes") else None
        of = set().union(*(known[name] for name in known if own not in known or name == own))
        data = re.sub(r"⟦[^⟧]*⟧", " XX ", path.read_bytes().decode())
        if path.name == "README.md":
            assert listed == {one for one in listed if f"- `{one}`" in data}
            data = re.sub(r"`[\w-]*`", "XX", data)
        if path.suffix == ".jsonl":
            continue  # each line is about a text of its own
        for string in [] if path.suffix == ".md" else _STRING.findall(data):
            if runs(string) & of:
                with_words.add(string.strip('"'))
        # Keys are the scheme's, and an id is listed or has no run: the rest is looked at as one.
        data = re.sub(r'"[\w-]*"(?=\s*:)', "XX", data)
        for one in listed:
            data = data.replace(f'"{one}"', "XX")
        assert not runs(data) & of, path
    assert with_words == listed == {one for one in listed if re.fullmatch(r"[\w-]+", one)}
    assert 0 < len(listed) < 10


def test_a_line_on_a_difference_holds_no_words_of_its_text(edition, known):
    lines = (edition / "annotations/adjudication.jsonl").read_text("utf-8").splitlines()
    assert len(lines) > 10
    for line in lines:
        said = " XX ".join(map(str, json.loads(line).values()))
        said = re.sub(r"⟦[^⟧]*⟧", " XX ", said)
        assert not runs(said) & known[json.loads(line)["document"]]


def test_no_fragment_has_words(edition, shipped):
    """All fragments of all passes have their offsets, and nothing but them."""
    number = 0
    for folder in ("gold", "passes/a", "passes/scheme-b"):
        for path in (edition / "annotations" / folder).glob("*.json"):
            before = (shipped / "annotations" / folder / path.name).read_bytes()
            whole, bare = json.loads(before), json.loads(path.read_bytes())
            for layer in LAYERS:
                for record, was in zip(bare[layer], whole[layer], strict=True):
                    for field in ("span", "cue", "content"):
                        for fragment, had in zip(
                            record.get(field) or (), was.get(field) or (), strict=True
                        ):
                            number += 1
                            assert fragment == {"start": had["start"], "end": had["end"]}
    assert number > 1000


def test_fingerprints_are_four_bits_a_word(edition, shipped):
    facts = json.loads((edition / "textfree.json").read_bytes())
    for one in facts["documents"]:
        text = (shipped / "seeds" / one["file"]).read_bytes().decode()
        assert len(one["fingerprints"]) == one["words"] == len(words(text))
        assert set(one["fingerprints"]) <= set("0123456789abcdef")
    assert facts["bits_a_word"] == 4 < facts["entropy_bits_a_word"]


def test_with_the_seeds_everything_is_back_byte_for_byte(cli, edition, shipped, tmp_path):
    run = cli("restore", edition, "--texts", shipped / "seeds", "--out", tmp_path / "back")
    assert run.returncode == 0, run.stdout + run.stderr
    before = {
        p.relative_to(shipped): p for p in (shipped / "annotations").rglob("*") if p.is_file()
    }
    after = {
        p.relative_to(tmp_path / "back") for p in (tmp_path / "back").rglob("*") if p.is_file()
    }
    assert set(before) <= after
    for name, path in before.items():
        assert (tmp_path / "back" / name).read_bytes() == path.read_bytes(), name
    about = (shipped / "corpus.toml").read_bytes()
    assert (tmp_path / "back" / "corpus.toml").read_bytes() == about
    for path in (shipped / "seeds").iterdir():
        assert (tmp_path / "back" / "seeds" / path.name).read_bytes() == path.read_bytes()


def ids(annotations) -> set[str]:
    return {record.id for layer in LAYERS for record in getattr(annotations, layer)}


@pytest.fixture
def copies(shipped, tmp_path) -> Path:
    folder = tmp_path / "copies"
    folder.mkdir()
    for name, document in warclaims.open().documents.items():
        text = other_copy(warclaims.open().text(name), Random(name), wrap=False).text
        (folder / document.file).write_text(text, "utf-8", newline="")
    return folder


def test_other_copies_make_a_sound_corpus_and_every_loss_is_told(cli, edition, copies, tmp_path):
    run = cli("restore", edition, "--texts", copies, "--out", tmp_path / "back", "--format", "json")
    assert run.returncode == 1
    told = json.loads(run.stdout)
    assert set(told["documents"].values()) == {"another copy"}
    assert told["spans"]["moved"] > 20 * told["spans"]["lost"]
    checked = cli("--corpus", tmp_path / "back", "validate", "--errors-only")
    assert checked.returncode == 0, checked.stdout[-2000:]
    gold = told["files"]["annotations/gold/002.json"]
    kept = ids(warclaims.open(tmp_path / "back").annotations("002"))
    every = ids(warclaims.open().annotations("002"))
    assert every - kept == set(gold["left_out"])


def test_a_missing_text_is_left_out_with_its_annotations(cli, edition, shipped, tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (whole,) = (shipped / "seeds").glob("004*")
    shutil.copy(whole, texts / "mine.txt")  # known by its content
    run = cli("restore", edition, "--texts", texts, "--out", tmp_path / "back")
    assert run.returncode == 1
    assert "004  the same" in run.stdout
    assert "000  no copy" in run.stdout
    back = warclaims.open(tmp_path / "back")
    assert list(back.documents) == ["004"]
    assert back.bundle("004").annotations == warclaims.open().bundle("004").annotations


def test_what_is_no_edition_and_what_is_full(cli, edition, shipped, tmp_path):
    run = cli("restore", shipped / "seeds", "--texts", shipped / "seeds", "--out", tmp_path / "x")
    assert run.returncode == 2
    assert "not an edition without texts" in run.stderr
    run = cli("restore", edition, "--texts", edition, "--out", tmp_path / "x")
    assert run.returncode == 2
    assert "has none of the texts" in run.stderr
    run = cli("restore", edition, "--texts", shipped / "seeds", "--out", shipped / "seeds")
    assert run.returncode == 2
    assert "holds something already" in run.stderr


@pytest.mark.parametrize(
    "string",
    [
        "said that FIVE PEOPLE have been killed",
        "five people — have been “killed”!",
        "⟦ five people have been killed ⟧",
        "five people",
        "⟦a:0-4⟧ is no reference of ours",
        "",
    ],
)
def test_masking_and_revealing(string):
    texts = {"a": "Five people have been killed, five people have been hurt."}
    masker = Masker(texts)
    masked = masker.mask(string)
    assert reveal(masked, words_in(texts)) == string
    assert not any(masker.holds_run(part) for part in REFERENCE.split(masked) if part)


def test_references_stand_in_order():
    texts = {"a": "one two three four five"}
    masked = Masker(texts).mask("one two three, four five")
    spans = [(int(m["start"]), int(m["end"])) for m in REFERENCE.finditer(masked)]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


# What comes from somebody else's edition.


@pytest.fixture
def mine(edition, tmp_path) -> Path:
    """An edition that may be spoiled."""
    return Path(shutil.copytree(edition, tmp_path / "mine"))


def sign(edition: Path) -> None:
    """Give the manifest the hashes of the files as they are, as a forger would."""
    path = edition / "textfree.json"
    facts = json.loads(path.read_bytes())
    facts["files"] = [
        {
            "path": one.relative_to(edition).as_posix(),
            "sha256": hashlib.sha256(one.read_bytes()).hexdigest(),
        }
        for one in sorted(edition.rglob("*"))
        if one.is_file() and one != path
    ]
    path.write_text(json.dumps(facts), "utf-8")


@pytest.fixture
def refused(cli, mine, shipped, tmp_path):
    """What is said of the edition, of which nothing may be written."""

    def run() -> str:
        before = {path for path in tmp_path.rglob("*") if mine not in path.parents}
        done = cli("restore", mine, "--texts", shipped / "seeds", "--out", tmp_path / "a" / "b")
        assert done.returncode == 2, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        assert {path for path in tmp_path.rglob("*") if mine not in path.parents} == before
        return done.stderr

    return run


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("file", "../../escaped.txt"),
        ("file", "/tmp/escaped.txt"),
        ("file", ".hidden"),
        ("file", "index.json"),
        ("id", "../004"),
        ("id", "001"),
        ("fingerprints", "0f"),
        ("fingerprints", None),
        ("starts", [[10**6, 0, 0]]),
        ("ends", [[5, 10**6, 0]]),
        ("starts", [["5", 0]]),
        ("title", [0, 10**6]),
        ("length", -1),
        ("other", 1),
    ],
)
def test_a_manifest_is_checked(refused, mine, key, value):
    path = mine / "textfree.json"
    facts = json.loads(path.read_bytes())
    facts["documents"][0][key] = value
    path.write_text(json.dumps(facts), "utf-8")
    assert "textfree.json is not as warclaims export textfree writes it" in refused()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("textfree.json", b"{"),
        ("textfree.json", b"[]"),
        ("textfree.json", b'{"documents": []}'),
        ("textfree.json", b"\xff"),
        ("seeds/index.json", b"{}"),
        ("seeds/index.json", b"{"),
        ("annotations/gold/000.json", b'{"a": "\\x"}'),
        ("annotations/gold/000.json", b'{"start": 5, "end": 99999}'),
        ("annotations/audit.md", b"\xff\xfe"),
        ("annotations/audit.md", "⟦000:5-99999⟧".encode()),
        ("annotations/registry/actors.json", b"[1,"),
        ("annotations/more.txt", b"what is this"),
    ],
)
def test_a_spoiled_file_is_told_by_its_name(refused, mine, name, data):
    (mine / name).write_bytes(data)
    assert name in refused()
    if name != "textfree.json":
        sign(mine)
        assert name in refused()


@pytest.mark.parametrize("data", [b"{}", b'{"start": 5, "end": 99999}'])
def test_a_spoiled_file_is_told_with_another_copy_too(cli, mine, copies, tmp_path, data):
    (mine / "annotations" / "gold" / "000.json").write_bytes(data)
    sign(mine)
    run = cli("restore", mine, "--texts", copies, "--out", tmp_path / "out")
    assert run.returncode == 2
    assert "annotations/gold/000.json is not as warclaims export textfree writes it" in run.stderr
    assert not (tmp_path / "out").exists()


def test_an_index_that_names_other_files_is_refused(refused, mine):
    path = mine / "seeds" / "index.json"
    data = path.read_text("utf-8")
    file = json.loads(data)["documents"][0]["file"]
    path.write_text(data.replace(file, "other.txt"), "utf-8")
    sign(mine)
    assert "not those of textfree.json" in refused()


def test_hidden_files_are_passed_over(cli, mine, shipped, tmp_path):
    (mine / ".git").mkdir()
    (mine / ".git" / "config").write_bytes(b"\xff")
    (mine / "annotations" / "gold" / ".DS_Store").write_bytes(b"\xff\x00")
    run = cli("restore", mine, "--texts", shipped / "seeds", "--out", tmp_path / "back")
    assert run.returncode == 0, run.stderr
    back = {path.name for path in (tmp_path / "back").rglob("*")}
    assert not back & {".git", "config", ".DS_Store"}


@pytest.mark.parametrize("kind", ["file", "folder", "nothing"])
def test_links_in_an_edition_are_refused(refused, mine, tmp_path, kind):
    (tmp_path / "file").write_text('"secret"')
    (tmp_path / "folder").mkdir()
    (mine / "annotations" / "link.json").symlink_to(tmp_path / kind)
    assert "link.json" in refused()


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (
            "gold/000.json",
            lambda p: p.write_bytes(p.read_bytes().replace(b": 2,", b": 9,")),
            "changed",
        ),
        ("audit.md", lambda p: p.write_bytes(p.read_bytes() + b"\n"), "changed"),
        ("../README.md", lambda p: p.write_bytes(p.read_bytes() + b"\n"), "changed"),
        ("../seeds/index.json", lambda p: p.write_bytes(p.read_bytes() + b"\n"), "changed"),
        ("gold/000.json", lambda p: p.write_bytes(p.read_bytes().replace(b"\n", b"\r\n")), "CRLF"),
        ("registry/places.json", Path.unlink, "missing"),
        ("adjudication.jsonl", Path.unlink, "missing"),
        (
            "gold/000.json",
            lambda p: p.rename(p.with_name("009.json")),
            "annotations/gold/009.json has its content",
        ),
        ("gold/000.json", lambda p: shutil.copy(p, p.with_name("009.json")), "added"),
        ("gold/000.json", lambda p: os.mkfifo(p.with_name("more.json")), "it is a pipe"),
    ],
)
def test_an_edition_that_was_tampered_with_is_refused(refused, mine, name, change, said):
    change(mine / "annotations" / name)
    message = refused()
    assert said in message
    where = {"added": "gold/009.json", "it is a pipe": "gold/more.json"}
    assert where.get(said, name.removeprefix("../")) in message


def test_export_writes_the_edition_and_its_hash_is_stated_at_both_ends(cli, shipped, tmp_path):
    made = cli("export", "textfree", "--out", tmp_path / "edition")
    assert made.returncode == 0, made.stderr
    assert "warclaims restore" in made.stdout
    data = (tmp_path / "edition" / "textfree.json").read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    assert sha256 in made.stdout
    run = cli(
        "restore", tmp_path / "edition", "--texts", shipped / "seeds", "--out", tmp_path / "b"
    )
    assert sha256 in run.stdout


# What is in the folder of the corpus, and in that of the texts.


@pytest.mark.parametrize("name", ["notes.txt", "gold/one.json.bak", "two words.md", "x.JSON"])
def test_what_is_no_file_of_an_edition_is_refused(cli, mini, tmp_path, name):
    (mini / "annotations" / name).write_text("Five people have been killed", "utf-8")
    run = cli("--corpus", mini, "export", "textfree", "--out", tmp_path / "made")
    assert run.returncode == 2
    assert f"annotations/{name}" in run.stderr
    assert not (tmp_path / "made").exists()


def test_hidden_files_are_left_out_at_any_depth(cli, mini, tmp_path):
    deep = mini / "annotations" / ".cache" / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "text.json").write_text('"x"', "utf-8")
    run = cli("--corpus", mini, "export", "textfree", "--out", tmp_path / "made")
    assert run.returncode == 0, run.stderr
    assert not [path for path in (tmp_path / "made").rglob("*") if ".cache" in path.parts]


@pytest.mark.parametrize("form", ['{{"extra": {}}}\n', "[{}]\n"])
def test_a_run_in_words_one_by_one_is_refused(cli, mini, tmp_path, form):
    words_of = warclaims.open(mini).text("one").split()[10:16]
    path = mini / "annotations" / "more.json"
    path.write_text(form.format(json.dumps(words_of)), "utf-8")
    run = cli("--corpus", mini, "export", "textfree", "--out", tmp_path / "made")
    assert run.returncode == 2
    assert re.search(r"annotations/more.json.*: words of a text would be left", run.stderr)


def test_the_very_text_wins_over_another_under_its_name(cli, edition, shipped, copies, tmp_path):
    (copies / "deep").mkdir()
    for path in (shipped / "seeds").glob("*.txt"):
        shutil.copy(path, copies / "deep" / f"mine-{path.name}")
    run = cli("restore", edition, "--texts", copies, "--out", tmp_path / "back")
    assert run.returncode == 0, run.stdout
    assert run.stdout.count("the same") == 5


def test_another_text_is_no_copy(cli, edition, shipped, tmp_path):
    """Texts interchanged, and one cut down to a few sentences: left out, no segments made up."""
    texts = tmp_path / "texts"
    texts.mkdir()
    seeds = sorted((shipped / "seeds").glob("*.txt"))
    for path, other in zip(seeds[:3], [*seeds[1:3], seeds[0]], strict=True):
        (texts / path.name).write_text(other.read_text("utf-8") + "\nMore.", "utf-8")
    (texts / seeds[3].name).write_text(seeds[3].read_text("utf-8")[:500], "utf-8")
    shutil.copy(seeds[4], texts)
    run = cli("restore", edition, "--texts", texts, "--out", tmp_path / "back", "--format", "json")
    assert run.returncode == 1
    told = json.loads(run.stdout)
    assert told["documents"] == dict.fromkeys(["000", "001", "002", "003"], "another text") | {
        "004": "the same"
    }
    assert list(warclaims.open(tmp_path / "back").documents) == ["004"]


@pytest.mark.soak
def test_every_record_that_says_less_is_named(edition):
    """One mention changed at a time: whatever differs from before is told, with status 1."""
    bundle = warclaims.open().bundle("002")
    text, record = bundle.text, bundle.annotations
    entry = next(
        one
        for one in json.loads((edition / "textfree.json").read_bytes())["documents"]
        if one["id"] == "002"
    )
    before = to_plain(record)
    changed = 0
    needed = {one for c in record.casualties for one in (c.perpetrator, *c.subset_of)}
    mentions = record.actors + record.casualties
    few = [*(one for one in mentions if one.id in needed), *mentions[::5]]
    for mention in mentions if SOAK else few:
        word = next(w for w in words(text) if w.end > mention.span[0].start)
        copy = text[: word.start] + "otherwise" + text[word.end :]
        other = OtherCopy("002", entry["fingerprints"], entry, copy)
        losses = Losses()
        document = moved_document(bundle.document, other, copy.encode(), None, Losses())
        after = to_plain(moved_annotations(record, other, document, losses))
        for layer in LAYERS:
            was = {one["id"]: one for one in before[layer]}
            for one in after[layer]:
                for field, old in was[one["id"]].items():
                    value = one.get(field)
                    if isinstance(old, list) and old and isinstance(old[0], dict):
                        continue  # a span
                    if value != old:
                        changed += 1
                        told = losses.changed + losses.lost
                        assert f"{one['id']} {field}" in told, (one["id"], field)
        for waiver in before.get("waivers", ()):
            if waiver["record"] in losses.left_out:
                assert f"waiver {waiver['code']} {waiver['record']}" in losses.changed
    assert changed >= 5


def test_losses_by_reference_alone_make_status_1():
    assert not RestoredCorpus(losses={"a": Losses(changed=["t1 source"])}).is_whole
    assert RestoredCorpus(losses={"a": Losses()}).is_whole


def test_titles_are_kept_in_the_words_of_the_copy_or_told(cli, edition, shipped, tmp_path):
    texts = tmp_path / "texts"
    shutil.copytree(shipped / "seeds", texts)
    titles = {name: one.title for name, one in warclaims.open().documents.items() if one.title}
    kept, gone = sorted(titles)[:2]
    for name, change in ((kept, str.upper), (gone, lambda title: "Something else altogether")):
        (path,) = texts.glob(f"{name}_*")
        whole = path.read_bytes().decode()
        path.write_bytes(whole.replace(titles[name], change(titles[name]), 1).encode())
    run = cli("restore", edition, "--texts", texts, "--out", tmp_path / "back", "--format", "json")
    documents = warclaims.open(tmp_path / "back").documents
    assert documents[kept].title == titles[kept].upper()
    assert documents[gone].title is None
    assert json.loads(run.stdout)["files"]["seeds/index.json"]["changed"] == [f"{gone} title"]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("la " * 2000, "la " * 1990 + "end"),
        (
            "\n".join(f"a b c d{n}" for n in range(500)),
            "\n".join(f"a b c x{n}" for n in range(500)),
        ),
        ("la lo " * 1000, "lo la x " * 700),
    ],
)
def test_masking_what_repeats_itself_looks_at_each_word_a_few_times(text, note):
    class Counted(list):
        steps = 0

        def __getitem__(self, at):
            Counted.steps += 1
            return super().__getitem__(at)

    masker = Masker({"a": text})
    masker._words["a"] = Counted(masker._words["a"])
    Counted.steps = 0
    assert reveal(masker.mask(note), words_in({"a": text})) == note
    assert Counted.steps <= 60 * len(words(note))


def test_a_forged_start_ends_in_an_error(refused, mine):
    """An anchor whose word lies after the end of its span."""
    path = mine / "textfree.json"
    facts = json.loads(path.read_bytes())
    facts["documents"][0]["starts"][0][1] += 40
    path.write_text(json.dumps(facts), "utf-8")
    assert "not in text order" in refused()
