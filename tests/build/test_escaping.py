"""No string of a corpus breaks a generated page."""

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import warclaims
from sizes import examples
from warclaims.build.builder import build
from warclaims.build.card import generated_pages
from warclaims.build.manifest import hashes
from warclaims.build.table_input import TableInput
from warclaims.build.tables import TABLES
from warclaims.citation import STYLES
from warclaims.corpus import Corpus
from warclaims.markdown import Markdown, escape, markdown_table
from warclaims.records import CorpusDescription
from warclaims.records.documents import StatedDate

BLOCKS = ("comparisons", "figures", "provenance", "tables", "rights", "citation")
CARD = "# A corpus\n\n" + "\n".join(
    f"<!-- begin generated: {name} -->\n<!-- end generated: {name} -->\n" for name in BLOCKS
)
HOSTILE = (
    *(
        "<!-- end generated: comparisons -->",
        "<!-- begin generated: comparisons -->",
        "<!-- figure: rules -->",
    ),
    *("<!-- end figure -->", "-->", "<script>", "|", "\\", "\\|", "`", "```", "**", "_x_", "~~"),
    *("\n", "\r\n", "\n---\n", "\x85", "\u2028", "\x1b[31m", "\t", "&lt;", "[a](b)", "![a](b)"),
    *(": ", "# ", "- ", "'", '"', "{", "}", "{}", "%s", "\ufeff", "\u202e", "é", "😀", "@", "="),
)
words = (
    st.lists(
        st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
        min_size=1,
        max_size=6,
    )
    .map("".join)
    .filter(bool)
)
BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
lines = words.map(lambda text: " ".join(BREAKS.sub(" ", text).split())).filter(bool)


class Renamed(Corpus):
    """A corpus in which every label, title, outlet, note and basis is what the test gives."""

    def __init__(self, root, text, facts):
        super().__init__(root)
        corpus = warclaims.open(root)
        known = corpus.registries
        self.__dict__["description"] = facts
        events = {
            name: one.model_copy(update={"label": text, "description": text})
            for name, one in known.events.items()
        }
        actors = {
            name: one.model_copy(update={"label": text}) for name, one in known.actors.items()
        }
        self.__dict__["registries"] = type(known)(
            **{**vars(known), "events": events, "actors": actors}
        )
        said = {"value": text, "basis": text}
        self.storage.documents = {
            name: one.model_copy(
                update={
                    "title": text,
                    "outlet": one.outlet.model_copy(update=said),
                    "rights_holder": one.rights_holder.model_copy(update=said),
                    "date": StatedDate.model_copy(one.date, update={"basis": text}),
                }
            )
            for name, one in corpus.documents.items()
        }
        recorded = self.storage.annotations

        def annotations(document_id, set_name):
            record = recorded(document_id, set_name)
            uncertain = {"note": text, "alternatives": ({"value": 9},)}
            return record.model_copy(
                update={
                    "casualties": tuple(
                        one.model_copy(update=uncertain) for one in record.casualties
                    )
                }
            )

        self.storage.annotations = annotations


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    """A corpus with a card that has every block, and the manifest of its tables."""
    import shutil

    from conftest import FIXTURES

    root = shutil.copytree(FIXTURES / "mini", tmp_path_factory.mktemp("escaping") / "mini")
    build(warclaims.open(root))
    (root / "README.md").write_text(CARD, encoding="utf-8")
    files = [path.name for path in (root / "corpus").iterdir()]
    return root, {"files": hashes(root / "corpus", files)}


def pages(root, record, text, facts):
    source = TableInput(Renamed(root, text, facts), "gold")
    return generated_pages(source, record, dict.fromkeys(TABLES, 1))


def described(title):
    return CorpusDescription.model_validate(
        {
            "title": title,
            "authors": ({"name": title}, {"family": title, "given": title}),
            "keywords": (title,),
            "abstract": f"{title}\n---\n{title}",
            "licences": {"texts": {"terms": title}, "annotations": {"id": "CC0-1.0"}},
        }
    )


@pytest.mark.soak
@settings(max_examples=examples(15, 60))
@given(words, lines)
def test_building_twice_gives_the_same_pages_whatever_the_words(card, text, line):
    root, record = card
    facts = described(line)
    path = root / "README.md"
    path.write_text(CARD, encoding="utf-8")
    first = pages(root, record, text, facts)
    page = first["README.md"].decode()
    matter, body = re.fullmatch(r"---\n(.*?\n)---\n(.*)", page, re.DOTALL).groups()
    assert yaml.safe_load(matter)["pretty_name"] == line
    assert re.findall(r"^<!-- (?:begin|end) generated: (\w+) -->$", body, re.MULTILINE) == [
        name for name in BLOCKS for _ in range(2)
    ]
    assert body.count("<!--") == 2 * len(BLOCKS)
    assert "<script" not in body
    assert "Number of dead: sources disagree" in body
    for row in re.findall(r"^\|.*$", body, re.MULTILINE):
        assert re.search(r"(?<!\\)(?:\\\\)*\|$", row)
    path.write_bytes(first["README.md"])
    assert pages(root, record, text, facts) == first


@given(words)
def test_a_cell_keeps_its_place_in_a_table(text):
    table = markdown_table(["a", "b"], [[text, "end"]]).split("\n")
    assert len(table) == 3
    cells = re.split(r"(?<!\\)(?:\\\\)*\|", table[2])
    assert len(cells) == 4
    assert cells[2] == " end "


@given(words)
def test_escaped_words_are_escaped_once(text):
    once = escape(text)
    assert escape(once) == once
    assert isinstance(once, Markdown)


@given(lines)
def test_citations_of_any_title_can_be_read_back(title):
    facts = described(title)
    assert yaml.safe_load(STYLES["cff"](facts))["title"] == title
    bibtex = STYLES["bibtex"](facts)
    assert bibtex.count("{") == bibtex.count("}")
    assert "<!--" not in bibtex
    assert len(bibtex.splitlines()) == 5


@pytest.mark.parametrize("label", ["<!-- end generated: comparisons -->", "a | b", "`c`\n# d"])
def test_a_label_in_a_registry_does_not_make_the_card_grow(cli, mini, label):
    import json

    assert cli("--corpus", mini, "build").returncode == 0
    with (mini / "README.md").open("a", encoding="utf-8") as file:
        file.write("\n<!-- begin generated: comparisons -->\n<!-- end generated: comparisons -->\n")
    path = mini / "annotations/registry/events.json"
    content = json.loads(path.read_bytes())
    for event in content["events"]:
        event["label"] = label
    path.write_text(json.dumps(content), encoding="utf-8")
    assert cli("--corpus", mini, "build").returncode == 0
    once = (mini / "README.md").read_bytes()
    assert cli("--corpus", mini, "build").stdout == "nothing has changed\n"
    assert (mini / "README.md").read_bytes() == once


def test_a_folder_of_any_name_gets_a_card_that_builds(cli, tmp_path):
    root = tmp_path / "<!-- begin generated: comparisons -->"
    assert cli("new", root).returncode == 0
    assert cli("--corpus", root, "build").returncode == 0
    assert cli("--corpus", root, "build").stdout == "nothing has changed\n"
    (root / "README.md").unlink()
    assert cli("--corpus", root, "build").returncode == 0
    assert cli("--corpus", root, "build").stdout == "nothing has changed\n"
