"""Columns of tokens and tags: what is read of other programs, what is refused, what is lost."""

import json
from collections import Counter
from pathlib import Path

import pytest
from made_features import document

import warclaims
from strategies import write_corpus
from warclaims.derive import Placement
from warclaims.derive.bio import TAG_COLUMNS, bio_tags
from warclaims.formats import FORMATS
from warclaims.formats.importing import read_texts
from warclaims.formats.problems import FormatProblems


@pytest.fixture
def read(tmp_path):
    def made(content, name="made.conll"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
        problems = FormatProblems()
        texts = list(read_texts(FORMATS["conll"], path, problems))
        return texts, [(one.line, one.code, one.message) for one in problems.findings]

    return made


def words(text):
    return [(one.label, text.text[a:b]) for one in text.spans for a, b in one.ranges]


CONLL_2003 = """-DOCSTART- -X- -X- O

EU NNP B-NP B-ORG
rejects VBZ B-VP O
German JJ B-NP B-MISC
call NN I-NP O

Peter NNP B-NP B-PER
Blackburn NNP I-NP I-PER

-DOCSTART- -X- -X- O

# NN B-NP O
1 CD I-NP O
مدينة NN B-NP B-LOC
😀 NN I-NP I-LOC
"""


def test_conll_2003_is_read_with_all_columns_of_tags(read):
    texts, problems = read(CONLL_2003)
    message = "left out, since only tags become labels: column 2 (10)"
    assert problems == [(None, "X603", message)]
    assert [one.name for one in texts] == ["made-1", "made-2"]
    assert texts[0].text == "EU rejects German call\nPeter Blackburn\n"
    assert ("PER", "Peter Blackburn") in words(texts[0])
    assert ("NP", "German call") in words(texts[0])
    assert texts[1].text == "# 1 مدينة 😀\n"
    assert ("LOC", "مدينة 😀") in words(texts[1])


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("B-X I-X B-X O", ["a b", "c"]),
        ("I-X I-X B-X I-X", ["a b", "c d"]),
        ("B-X E-X S-X O", ["a b", "c"]),
        ("I-X I-Y O I-Y", ["a", "b", "d"]),
        ("B-X L-X U-X U-X", ["a b", "c", "d"]),
    ],
)
def test_the_kinds_of_tags(read, tags, expected):
    rows = zip("abcd", tags.split(), strict=True)
    (text,), problems = read("".join(f"{word}\t{tag}\n" for word, tag in rows))
    assert problems == []
    assert [one for _, one in words(text)] == expected


def test_comments_give_the_words_of_sentences(read):
    content = "# newdoc id = d\n# text = He’s “in” Dorn.\n"
    rows = ["1\tHe\tO", "2\t’s\tO", "3\t“\tO", "4\tin\tO", "5\t”\tO", "6\tDorn\tB-GPE", "7\t.\tO"]
    (text,), problems = read(content + "\n".join(rows) + "\n", "one.conllu")
    assert problems == []
    assert text.text == "He’s “in” Dorn.\n"
    assert words(text) == [("GPE", "Dorn")]
    assert text.name == "one-d"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("EU B-ORG\nrejects VBZ O\n", 2, "3 columns"),
        ("EU B-ORG\n\nrejects X\n", 3, "tag 'X'"),
        ("EU ORG\n", 1, "no tag"),
        ("# document_text = [1]\nEU O\n", 1, "not a JSON string"),
        ('# document_text = "\\ud800"\nEU O\n', 1, "not a JSON string"),
        ('# document_text = "EU"\nEU O\n', 2, "START and END"),
        ('# global.columns = FORM START END X:Y\n# document_text = "EU"\nEU 1 2 O\n', 3, "1–2"),
        ("# global.columns = FORM X:Y\nEU 1 2 O\n", 2, "4 columns"),
    ],
)
def test_malformed_lines_are_named_and_nothing_is_written(cli, tmp_path, content, line, reason):
    (tmp_path / "made.conll").write_text(content, "utf-8")
    root = write_corpus(tmp_path / "corpus", []).root
    before = sorted(root.rglob("*"))
    run = cli("--corpus", root, "import", "conll", tmp_path / "made.conll", "--annotator", "a")
    assert run.returncode == 1
    (found,) = [one for one in run.stderr.splitlines() if f"made.conll:{line}" in one]
    assert reason in found
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("blank", ["\u00a0", " \t", "\ufeff"])
def test_a_line_of_white_space_ends_a_sentence(read, blank):
    (text,), problems = read(f"EU B-ORG\n{blank}\nDorn B-GPE\n")
    assert problems == []
    assert text.text == "EU\nDorn\n"


def test_bytes_that_are_not_utf_8_are_named(tmp_path):
    (tmp_path / "made.bio").write_bytes(b"a O\nb\xff O\n")
    problems = FormatProblems()
    list(read_texts(FORMATS["conll"], tmp_path, problems))
    assert [(one.line, one.message) for one in problems.findings] == [(2, "is not UTF-8")]


def test_a_folder_without_such_files_is_refused(tmp_path, cli):
    run = cli("import", "conll", tmp_path, "--propose-mapping", tmp_path / "m.toml")
    assert run.returncode == 2
    assert "has no file ending in" in run.stderr


def exported(cli, root, out):
    run = cli("--corpus", root, "export", "conll", "--out", out)
    assert run.returncode == 0, run.stderr
    problems = FormatProblems()
    texts = list(read_texts(FORMATS["conll"], out, problems))
    assert problems.findings == []
    return texts, run.stderr


def test_the_tags_of_the_shipped_corpus_come_back(cli, shipped, tmp_path):
    texts, _ = exported(cli, shipped, tmp_path / "out.conllup")
    corpus = warclaims.open(shipped)
    for text in texts:
        bundle = corpus.bundle(text.name)
        assert text.text == bundle.text
        expected = set()
        placement = Placement(bundle.document, bundle.text)
        for row in bio_tags(bundle.annotations, placement, Counter()):
            for name in set(TAG_COLUMNS) - {"joint"}:
                begins = [at for at, tag in enumerate(row[name]) if tag.startswith("B")]
                for at in begins:
                    end = at + 1
                    while row[name][end : end + 1] and row[name][end].startswith("I"):
                        end += 1
                    places = row["token_starts"][at], row["token_ends"][end - 1]
                    expected.add((row[name][at][2:], *places))
        assert {(one.label, *one.ranges[0]) for one in text.spans} == expected


def test_what_tags_lose_is_counted(cli, tmp_path):
    made = document(
        "The mayor of Dorn said that two men and a child° died, and five fled in Dorn.\n",
        men={"span": [{"words": "two men"}, {"words": "a child"}]},
        said={"content": "that two men and a child° died"},
    )
    root = write_corpus(tmp_path / "with", [made]).root
    texts, said = exported(cli, root, tmp_path / "out.conllup")
    assert "casualties, 1 span: 1 discontinuous, 1 beginning or ending inside a token" in said
    assert ("CASUALTY", "child°") not in words(texts[0])
    assert ("CASUALTY", "a child°") in words(texts[0])


def test_seqeval_reads_the_tags_and_its_entities_are_ours(cli, shipped, tmp_path):
    labeling = pytest.importorskip("seqeval.metrics.sequence_labeling")
    scheme = pytest.importorskip("seqeval.scheme")
    out = tmp_path / "out.conllup"
    texts, _ = exported(cli, shipped, out)
    sentences = [[]]
    for line in out.read_text("utf-8").split("\n"):
        if not line:
            sentences.append([])
        elif "\t" in line:
            sentences[-1].append(line.split("\t"))
    names = out.read_text("utf-8").partition("\n")[0].split()[3:]
    found = []
    for name in names[3:]:
        at = names.index(name)
        tags = [[row[at] for row in rows] for rows in sentences]
        count = sum(len(rows) for rows in scheme.Entities(tags, scheme.IOB2).entities)
        assert count == len(labeling.get_entities(tags))
        found.append(count)
    *layers, _joint = found
    assert sum(layers) == sum(len(text.spans) for text in texts)


def test_the_labels_are_mapped_or_kept(cli, tmp_path):
    (tmp_path / "made.conll").write_text(CONLL_2003, "utf-8")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[labels.PER]\nlayer = "actors"\nfields = { level = "name" }\n')
    root = write_corpus(tmp_path / "corpus", []).root
    place = tmp_path / "made.conll"
    arguments = ("--annotator", "a", "--mapping", mapping)
    run = cli("--corpus", root, "import", "conll", place, *arguments)
    assert run.returncode == 0, run.stderr
    corpus = warclaims.open(root)
    first = corpus.bundle(next(iter(corpus.documents)))
    assert [one.span[0].text for one in first.annotations.actors] == ["Peter Blackburn"]
    assert {one.label for one in first.annotations.foreign} == {"NP", "VP", "ORG", "MISC"}
    assert "labels kept as foreign labels: NP (5)" in run.stdout
    assert json.loads(Path(root / "seeds" / "index.json").read_text("utf-8"))["documents"]


def test_columns_of_nested_tags_with_empty_ends_are_read(read):
    (text,), problems = read(
        "The\tB-PER\tO\t\nmayor\tI-PER\tO\t\nof\tI-PER\tO\t\nDorn\tI-PER\tB-GPE\t\n"
    )
    assert problems == []
    assert sorted(words(text)) == [("GPE", "Dorn"), ("PER", "The mayor of Dorn")]


def test_a_first_token_that_is_a_number_is_no_number_of_a_token(read):
    (text,), _ = read("1 CD O\nman NN B-X\n")
    assert text.text == "1 man\n"
    (text,), _ = read("1 Stop O\n\n1 Dorn B-X\n2 mourns O\n")
    assert text.text == "Stop\nDorn mourns\n"


def test_what_nltk_writes_is_read_and_nltk_reads_a_column(read, cli, shipped, tmp_path):
    chunk = pytest.importorskip("nltk.chunk.util")
    tree = chunk.conlltags2tree(
        [
            ("The", "DT", "B-PER"),
            ("mayor", "NN", "I-PER"),
            ("of", "IN", "O"),
            ("مدينة", "NN", "B-GPE"),
        ]
    )
    (text,), ((_, code, _),) = read(f"{chunk.tree2conllstr(tree)}\n")
    assert code == "X603"
    assert words(text) == [("PER", "The mayor"), ("GPE", "مدينة")]
    out = tmp_path / "out.conllup"
    texts, _ = exported(cli, shipped, out)
    names = out.read_text("utf-8").partition("\n")[0].split()[3:]
    at = names.index("WARCLAIMS:LOCATIONS")
    rows = [line.split("\t") for line in out.read_text("utf-8").split("\n") if "\t" in line]
    trees = chunk.conllstr2tree("\n".join(f"{row[0]} X {row[at]}" for row in rows), None)
    found = sum(one.label() == "LOCATION" for one in trees.subtrees())
    assert found == sum(one.label == "LOCATION" for text in texts for one in text.spans)


MULTIWORD = """# text = Al mar van del río.
1-2\tAl\t_\t_
1\tA\tADP\tO
2\tel\tDET\tB-PLACE
3\tmar\tNOUN\tI-PLACE
4\tvan\tVERB\tO
4.1\tellos\tPRON\tB-ELLIPSIS
5-6\tdel\t_\tB-FROM
5\tde\tADP\tO
6\tel\tDET\tO
7\trío\tNOUN\tB-RIVER
8\t.\tPUNCT\tO

1\tFin\tNOUN\tO
"""


@pytest.mark.parametrize("comment", ["# text = Al mar van del río.\n", ""])
def test_the_form_of_a_multiword_token_is_the_text_and_empty_nodes_are_skipped(read, comment):
    content = comment + MULTIWORD.partition("\n")[2]
    (text,), ((_, code, message),) = read(content, "made.conllu")
    assert (code, message.partition(": ")[2]) == ("X603", "column 3 (10)")
    assert text.text == ("Al mar van del río.\nFin\n" if comment else "Al mar van del río .\nFin\n")
    assert words(text) == [("PLACE", "Al mar"), ("FROM", "del"), ("RIVER", "río")]


def test_a_multiword_token_may_begin_or_be_all_of_a_sentence(read):
    (text,), problems = read("1-2\tdel\tO\n1\tde\tO\n2\tel\tB-X\n\n0.1\te\tO\n1\tya\tO\n")
    assert problems == []
    assert (text.text, words(text)) == ("del\nya\n", [("X", "del")])


def test_columns_with_names_may_have_numbers_anywhere(read):
    named = "# global.columns = FORM ID X:NER\ndel\t1-2\t_\nde\t1\tO\nel\t2\tB-X\n"
    (text,), problems = read(named)
    assert problems == []
    assert (text.text, words(text)) == ("del\n", [("X", "del")])


def test_tokens_numbered_from_nought_are_read(read):
    (text,), _ = read("0\tThe\tO\n1\tmayor\tB-X\n\n0\tYes\tO\n")
    assert text.text == "The mayor\nYes\n"


CONLL_2012 = "\n".join(
    f"bc/x\t0\t{at}\t{word}\tNN\tB-PER" for at, word in enumerate(("The", "mayor", "said"))
)
SAME = "s1\tThe\tO\ns1\tmayor\tB-PER\ns1\tsaid\tO\n"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (CONLL_2012, 1, "numbers its tokens in column 3. Name the columns"),
        (f"# a comment\n{SAME}", 2, "begins with 's1' like all rows after it"),
        ("Token\tTag\nThe\tO\n", 1, "has no tag such as B-PER or O in its last column, but 'Tag'"),
        ("1\tThe\tO\n2\tmayor\tO\nx\tsaid\tO\n", 3, "has no number such as 2, but 'x'"),
        ("17\tThe\tO\n18\tmayor\tO\n19\tsaid\tO\n", 1, "begins with a number like all rows"),
        ("# text = The mayor\nThe\tO\nmajor\tO\n", 2, "are not the words of 'The mayor'"),
    ],
)
def test_a_layout_that_is_not_known_is_an_error_of_one_line(read, content, line, reason):
    _, ((found, code, message),) = read(content)
    assert (found, code in ("X201", "X301")) == (line, True)
    assert reason in message


def test_a_token_like_a_mark_of_a_document_is_a_token(read):
    content = "A\tO\n\n# text = -DOCSTART-x y\n-DOCSTART-x\tB-X\ny\tO\n\n-DOCSTART-\tB-Y\n"
    (text,), problems = read(content)
    assert problems == []
    assert words(text) == [("X", "-DOCSTART-x"), ("Y", "-DOCSTART-")]


def test_a_document_that_cannot_be_used_is_named_with_its_line(cli, tmp_path):
    (tmp_path / "made.conll").write_text("a\tO\n\n-DOCSTART-\tO\n\na\tO\n", "utf-8")
    root = write_corpus(tmp_path / "corpus", []).root
    place = tmp_path / "made.conll"
    run = cli("--corpus", root, "import", "conll", place, "--annotator", "a")
    assert f"{place}:3:1: X102 has the same text as {place}:1" in run.stderr


def test_comments_that_say_something_else_are_reported(read):
    content = "# sent_id = 1\n# author = Zoe\n# text = a b\na\tO\nb\tB-X\n\n# author = Ann\nc\tO\n"
    _, problems = read(content)
    message = "left out, since only tags become labels: comments author (2)"
    assert problems == [(None, "X603", message)]
