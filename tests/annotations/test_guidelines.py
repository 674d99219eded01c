"""The guidelines hold rules for any text; the casebook holds decisions on the shipped texts."""

import re

import pytest

import warclaims
from warclaims.records import LAYERS, span_text, vocabulary
from warclaims.records.vocabulary import AnnotatorKind, ClosedList

LIMIT = 5_000
"""Words of the guidelines, counted as ``wc -w`` does: marks of tables count too."""

RUN = 5
"""So many words in a row of a text are a quotation."""

CHOSEN = [
    choices
    for choices in ClosedList.__subclasses__()
    if choices.__module__ == vocabulary.__name__ and choices is not AnnotatorKind
]
"""The lists of texts, registries and annotations. Who annotates is no decision on a text."""

LAYER = {"actor": "actors", "location": "locations", "casualty": "casualties"}


@pytest.fixture(scope="module")
def guidelines(shipped):
    return (shipped / "annotations" / "GUIDELINES.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def casebook(shipped):
    return (shipped / "annotations" / "CASEBOOK.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bundles(shipped):
    return {bundle.document.id: bundle for bundle in warclaims.open(shipped).bundles()}


@pytest.fixture(scope="module")
def texts(shipped):
    """Every shipped text: those of the corpus, and the held-out ones if they are there."""
    corpus = warclaims.open(shipped)
    corpora = [corpus, corpus.heldout] if corpus.heldout else [corpus]
    return {name: one.text(name) for one in corpora for name in one.documents}


def runs(text):
    """All runs of words in ``text``; case, marks and digits apart do not matter."""
    words = re.findall(r"[^\W_]+", text.lower())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def test_the_guidelines_have_at_most_5000_words(guidelines):
    assert len(guidelines.split()) <= LIMIT


def test_the_guidelines_quote_no_shipped_text(guidelines, texts):
    quoted = {name: runs(guidelines) & runs(text) for name, text in texts.items()}
    assert quoted == {name: set() for name in texts}


@pytest.fixture(scope="module")
def registries(shipped):
    return (shipped / "annotations/REGISTRIES.md").read_text("utf-8")


@pytest.mark.parametrize("choices", CHOSEN, ids=lambda one: one.__name__)
def test_every_value_that_a_person_chooses_is_in_a_generated_list(guidelines, registries, choices):
    mark = f"<!-- begin generated: values.{choices.__name__} -->"
    block = re.search(rf"{mark}(.*?)<!-- end generated", guidelines + registries, re.S)
    assert re.findall(r"^ *- `(\w+)`: ", block[1], re.M) == [one.value for one in choices]


def test_every_generated_list_is_one_of_the_vocabulary(guidelines, registries):
    for name in re.findall(r"begin generated: values\.(\w+)", guidelines + registries):
        assert issubclass(getattr(vocabulary, name), ClosedList)


def test_links_to_sections_lead_to_sections(guidelines, casebook):
    for page, other in ((guidelines, casebook), (casebook, guidelines)):
        titles = {_anchor(title) for title in re.findall(r"^#+ (.*)$", page, re.M)}
        elsewhere = {_anchor(title) for title in re.findall(r"^#+ (.*)$", other, re.M)}
        for file, anchor in re.findall(r"\]\(([\w.]*)#([^)]+)\)", page):
            assert anchor in (elsewhere if file else titles)


def _anchor(title):
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def rows(casebook):
    """The rows of the casebook: document, words, record, reason."""
    for part in re.split(r"^## ", casebook, flags=re.M)[1:]:
        name = part.split("\n", 1)[0]
        for line in re.findall(r"^`.*$", part, re.M):
            words, record, reason = (cell.strip() for cell in line.split(" | "))
            yield name, words.strip("`"), record, reason


def test_the_words_of_the_casebook_are_in_their_texts(casebook, bundles):
    found = list(rows(casebook))
    assert len(found) > 150
    for name, words, record, reason in found:
        for quoted in [words, *re.findall(r"`([^`]+)`", record + reason)]:
            for fragment in quoted.split(" … "):
                assert fragment in bundles[name].text, name


def test_words_beside_the_number_of_a_text_are_in_that_text(casebook, bundles):
    for phrase, name in re.findall(r"`([^`]+)` \((\d{3})\)", casebook):
        assert phrase in bundles[name].text


def test_the_casebook_agrees_with_gold(casebook, bundles):
    wrong = [row[:3] for row in rows(casebook) if not _agrees(bundles[row[0]], *row[1:3])]
    assert wrong == []


def _agrees(bundle, words, record):
    gold = bundle.annotations
    if record == "no record":
        start = bundle.text.index(words)
        return not _overlapping(gold, start, start + len(words))
    if record.startswith("no "):
        kinds = [kind.removeprefix("no ") for kind in record.split(", ")]
        return not any(_records(gold, kind, words) for kind in kinds)
    kind, _, values = record.partition(":")
    named = set(re.findall(r"\*([\w-]+)\*", values))
    return any(named <= _values(one) for one in _records(gold, kind, words))


def _overlapping(gold, start, end):
    """The records whose spans share a character with the text from ``start`` to ``end``."""
    records = (one for layer in LAYERS for one in getattr(gold, layer))
    return [
        one
        for one in records
        if any(f.start < end and start < f.end for f in getattr(one, one.main_span))
    ]


def _records(gold, kind, words):
    """The records of a layer with these words; attributions by cue, or by how they begin."""
    if kind in LAYER:
        return [one for one in getattr(gold, LAYER[kind]) if span_text(one.span) == words]
    return [
        one
        for one in gold.attributions
        if (span_text(one.cue) == words if one.cue else span_text(one.content).startswith(words))
    ]


def _values(record):
    """All single values of the fields of a record."""
    fields = record.model_dump(mode="json", exclude={"alternatives"}).values()
    listed = (value if isinstance(value, list) else [value] for value in fields)
    return {str(value) for values in listed for value in values if isinstance(value, str)}
