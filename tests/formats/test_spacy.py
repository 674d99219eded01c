"""Documents of spaCy: what spaCy opens, what is read of others, and what is refused."""

import json

import pytest
from made_features import document

import warclaims
from cost import lines_run
from strategies import write_corpus
from warclaims.formats import FORMATS
from warclaims.formats.annotated_text import AnnotatedText, LabelledSpan
from warclaims.formats.importing import read_texts
from warclaims.formats.problems import FormatProblems
from warclaims.records import LAYERS, span_text

spacy = pytest.importorskip("spacy")
tokens = pytest.importorskip("spacy.tokens")

TEXT = "Der Bürgermeister 😀 von Dorn sagte,  zwei Männer seien tot.\n\nمدينة Dorn trauert."


@pytest.fixture
def exported(cli, tmp_path):
    out = tmp_path / "out"
    run = cli("export", "spacy", "--out", out)
    assert run.returncode == 0, run.stderr
    assert "1 file" in run.stdout
    return opened(out)


def opened(folder):
    """The documents that spaCy finds in the files of a folder."""
    vocab = spacy.blank("en").vocab
    files = sorted(folder.glob("*.spacy"))
    return [doc for file in files for doc in tokens.DocBin().from_disk(file).get_docs(vocab)]


def test_spacy_has_the_text_and_every_fragment_of_every_record(exported, shipped):
    corpus = warclaims.open(shipped)
    for doc, bundle in zip(exported, corpus.bundles(), strict=True):
        assert doc.text == bundle.text
        for layer, model in LAYERS.items():
            records = getattr(bundle.annotations, layer)
            expected = [
                (record.id, model.noun, piece.start, piece.end, piece.text)
                for record in records
                for piece in getattr(record, model.main_span)
            ]
            found = [
                (one.id_, one.label_, one.start_char, one.end_char, one.text)
                for one in doc.spans[layer]
            ]
            assert found == expected
        assert {one.label_ for one in doc.ents} <= {"actor", "location", "casualty"}
        assert len(doc.ents) > 10
        assert " " not in {token.text for token in doc}


def test_extensions_give_attributes_and_links(exported, shipped):
    from warclaims.formats.spacy.extensions import register

    register()
    doc = exported[4]
    bundle = warclaims.open(shipped).bundle("004")
    casualties = {one.id: one for one in bundle.annotations.casualties}
    for span in doc.spans["casualties"]:
        assert span._.attributes["outcome"] == casualties[span.id_].outcome
    assert doc.spans["actors"][0]._.attributes["level"] == "name"
    sources = {one.id: list(one.source) for one in bundle.annotations.attributions}
    for span in doc.spans["attributions"]:
        assert [to for name, to in span._.links if name == "source"] == sources[span.id_]
    plain = spacy.blank("en")("Nothing.")
    assert plain[0:1]._.attributes == {}
    assert plain[0:1]._.links == []


def made_by_spacy(path):
    nlp = spacy.blank("de")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "Dorn", "id": "dorn"}])
    tokens.Span.set_extension("sure", default=None, force=True)
    doc = nlp(TEXT)
    at = TEXT.index("zwei")
    spans = [
        doc.char_span(at, at + 11, label="VICTIMS"),
        doc.char_span(at, at + 4, label="NUMBER"),
    ]
    spans[0]._.sure = True
    doc.spans["sc"] = spans
    doc.cats = {"war": 1.0}
    doc.user_data["note"] = "made up"
    made = tokens.DocBin(docs=[doc, nlp("Dorn.")], store_user_data=True)
    made.to_disk(path)


def test_documents_made_by_spacy_are_read(tmp_path):
    made_by_spacy(tmp_path / "made.spacy")
    problems = FormatProblems()
    text, other = read_texts(FORMATS["spacy"], tmp_path / "made.spacy", problems)
    assert problems.findings == []
    assert text.text == TEXT
    assert (text.name, other.name) == ("made-1", "made-2")
    found = [(one.label, text.text[slice(*one.ranges[0])], one.attributes) for one in text.spans]
    assert found == [
        ("VICTIMS", "zwei Männer", {"sure": True}),
        ("NUMBER", "zwei", {}),
        ("GPE", "Dorn", {"id_": "dorn"}),
        ("GPE", "Dorn", {"id_": "dorn"}),
    ]
    assert text.about["annotations"]["extra"]["spacy"] == {"cats": {"war": 1.0}, "note": "made up"}


def test_what_spacy_made_is_imported(cli, tmp_path):
    made_by_spacy(tmp_path / "made.spacy")
    (tmp_path / "m.toml").write_text('[labels.GPE]\nlayer = "locations"\n')
    root = write_corpus(tmp_path / "corpus", []).root
    arguments = ("--annotator", "a", "--mapping", tmp_path / "m.toml")
    run = cli("--corpus", root, "import", "spacy", tmp_path / "made.spacy", *arguments)
    assert run.returncode == 0, run.stderr
    assert "2 documents, 2 of them new: 3 locations, 2 foreign labels" in run.stdout
    for bundle in warclaims.open(root).bundles():
        assert {span_text(one.span) for one in bundle.annotations.locations} == {"Dorn"}


@pytest.mark.parametrize("content", [b"", b"{}", b"x\x9c", b"cut"])
def test_other_files_are_named_and_nothing_is_written(cli, tmp_path, content):
    path = tmp_path / "made.spacy"
    made_by_spacy(path)
    path.write_bytes(path.read_bytes()[:200] if content == b"cut" else content)
    root = write_corpus(tmp_path / "corpus", []).root
    before = sorted(root.rglob("*"))
    run = cli("--corpus", root, "import", "spacy", path, "--annotator", "a")
    assert run.returncode == 1
    assert "made.spacy" in run.stderr
    assert "is not a DocBin of spaCy" in run.stderr
    assert sorted(root.rglob("*")) == before


def test_spans_that_end_in_a_token_or_a_space_come_back(tmp_path):
    from warclaims.formats.spacy.writing import spacy_document

    spans = tuple(
        LabelledSpan(f"f{start}-{end}", "Part", ((start, end),), scheme="made")
        for start in (0, 3, 17, 18, 19, 36, 37)
        for end in (20, 24, 38, 41)
        if start < end
    )
    about = {"document": {"language": "de"}}
    doc = spacy_document(AnnotatedText("one", TEXT, spans, (), about))
    assert doc.text == TEXT
    found = [(one.id_, one.start_char, one.end_char) for one in doc.spans["foreign"]]
    assert found == [(one.id, *one.ranges[0]) for one in spans]


def test_spacy_trains_on_the_file(exported, tmp_path):
    training = pytest.importorskip("spacy.training")
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    spancat = nlp.add_pipe("spancat", config={"spans_key": "casualties"})
    examples = list(training.Corpus(tmp_path / "out")(nlp))
    assert len(examples) == 5
    nlp.initialize(lambda: examples)
    assert spancat.labels == ("casualty",)
    assert nlp.update(examples[:1])["ner"] > 0


@pytest.mark.parametrize(
    "facts",
    [
        "{",
        "[]",
        '{"spans": []}',
        '{"about": {"annotations": []}}',
        '{"spans": {"a1": {"attributes": "x"}}}',
        '{"spans": {"a1": {"what": "x"}}}',
        '{"links": [["a"]]}',
    ],
)
def test_facts_that_no_export_writes_are_refused(tmp_path, facts):
    from warclaims.formats.spacy.extensions import DATA

    doc = spacy.blank("en")("Dorn mourns.")
    doc.spans["actors"] = [tokens.Span(doc, 0, 1, label="actor", span_id="a1")]
    doc.user_data[DATA] = facts
    tokens.DocBin(docs=[doc], store_user_data=True).to_disk(tmp_path / "made.spacy")
    problems = FormatProblems()
    assert list(read_texts(FORMATS["spacy"], tmp_path / "made.spacy", problems)) == []
    assert [one.code for one in problems.findings] == ["X101"]
    assert "document 1 cannot be read" in problems.findings[0].message


def stored(path, *docs):
    tokens.DocBin(docs=docs, store_user_data=True).to_disk(path)
    return path


def read(path):
    problems = FormatProblems()
    texts = list(read_texts(FORMATS["spacy"], path, problems))
    return texts, [(one.code, one.message) for one in problems.findings]


@pytest.mark.parametrize("part", ["span_groups", "user_data"])
def test_each_broken_document_is_reported_and_the_others_are_read(tmp_path, part):
    nlp = spacy.blank("en")
    docs = [nlp(f"Text number {number} here.") for number in range(5)]
    for doc in docs:
        doc.spans["sc"] = [tokens.Span(doc, 0, 1, "X")]
    made = tokens.DocBin(store_user_data=True, docs=docs)
    for broken in (1, 3):
        getattr(made, part)[broken] = b"\xff\xffbroken"
    (tmp_path / "a.spacy").write_bytes(made.to_bytes())
    texts, problems = read(tmp_path / "a.spacy")
    assert [one.text for one in texts] == [docs[at].text for at in (0, 2, 4)]
    assert [one.name for one in texts] == ["a-1", "a-3", "a-5"]
    assert [code for code, _ in problems] == ["X101", "X101"]
    assert problems[0][1].startswith("document 2 cannot be read: ")
    assert problems[1][1].startswith("document 4 cannot be read: ")


def test_groups_with_the_same_label_are_told_apart(tmp_path):
    doc = spacy.blank("en")("The mayor said so.")
    for group in ("sc", "gold", "predicted", "PER"):
        doc.spans[group] = [tokens.Span(doc, 0, 2, "PER")]
    (text,), problems = read(stored(tmp_path / "a.spacy", doc))
    assert problems == []
    assert [one.attributes for one in text.spans] == [
        {},
        {"group": "gold"},
        {"group": "predicted"},
        {},
    ]


def test_attributes_of_tokens_are_counted(tmp_path):
    tokens.Token.set_extension("known", default=None, force=True)
    doc = spacy.blank("en")("The mayor said so.")
    doc[0]._.known, doc[1]._.known = "a", "b"
    texts, problems = read(stored(tmp_path / "a.spacy", doc, doc.copy()))
    assert len(texts) == 2
    assert problems == [("X603", "attributes of tokens are left out: known (4)")]


def test_a_link_to_a_span_that_was_removed_is_reported(cli, tmp_path):
    root = write_corpus(tmp_path / "with", [document(said={"source": ["mayor"]})]).root
    assert cli("--corpus", root, "export", "spacy", "--out", tmp_path / "out").returncode == 0
    (doc,) = opened(tmp_path / "out")
    del doc.spans["actors"]
    doc.ents = []
    (text,), problems = read(stored(tmp_path / "a.spacy", doc))
    assert text.links == ()
    assert problems == [("X401", "document 1: the link source needs the span a1")]


def test_time_grows_with_the_number_of_spans(tmp_path):
    def calls(number):
        doc = tokens.Doc(spacy.blank("en").vocab, words=["w"] * number)
        spans = [tokens.Span(doc, at, at + 1, "X") for at in range(number)]
        for span in spans:
            span._.sure = True
        doc.spans["sc"] = spans
        path = stored(tmp_path / "a.spacy", doc)
        return lines_run(lambda: read(path))

    tokens.Span.set_extension("sure", default=None, force=True)
    assert calls(400) < 2.5 * calls(200)


def test_a_new_span_does_not_get_the_id_of_another_one(tmp_path):
    from warclaims.formats.spacy.extensions import DATA

    facts = {"spans": {"s1": {"scheme": "other"}, "s2": {"scheme": "other"}}}
    doc = spacy.blank("en")("one two three")
    doc.spans["foreign"] = [tokens.Span(doc, 0, 1, "X", span_id="s2")]
    doc.spans["sc"] = [tokens.Span(doc, 2, 3, "X")]
    doc.user_data[DATA] = json.dumps(facts)
    (text,), problems = read(stored(tmp_path / "a.spacy", doc))
    assert problems == []
    assert sorted((one.id, one.ranges) for one in text.spans) == [
        ("s2", ((0, 3),)),
        ("s3", ((8, 13),)),
    ]
