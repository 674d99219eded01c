"""What a format keeps comes back equal: of both corpora, and of random documents."""

import contextlib
import io
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from installed_formats import each_format, is_installed

import warclaims
from sizes import examples
from strategies import bundles, registries, write_corpus
from warclaims.formats import FORMATS
from warclaims.formats.exporting import LostFeatures, write_file, write_folder
from warclaims.formats.features import FEATURES
from warclaims.formats.format import KEPT
from warclaims.formats.importing import import_texts
from warclaims.records import LAYERS, shapes
from warclaims.records.fields import defaults

BOTH_WAYS = each_format(
    name
    for name, format in FORMATS.items()
    if format.importer
    and not (is_installed(name) and hasattr(format.load_importer(), "read_results"))
)
FIELDS = {
    "alternatives": ("alternatives",),
    "notes": ("note",),
    "scores": ("score",),
    "extra fields": ("extra",),
}
"""Fields that a format may lose."""


def kept_part(bundle, format):
    """What of a document is to come back: nothing that the format loses."""
    lost = [name for name in FEATURES if format.fate(name) != KEPT]
    dropped = {field for name in lost for field in FIELDS.get(name, ())}
    annotations = bundle.annotations
    found = {
        layer: [
            {key: value for key, value in record if key not in dropped}
            for record in getattr(annotations, layer)
        ]
        for layer in (() if "attributes" in lost else LAYERS)  # tags are labels, not records
    }
    wholes = {
        "texts": bundle.text,
        "foreign labels": annotations.foreign,
        "annotators": (annotations.annotator, annotations.guidelines, annotations.system),
        "metadata": bundle.document,
    }
    return found | {name: value for name, value in wholes.items() if name not in lost}


def there_and_back(format, corpus, folder, empty):
    """Export a corpus to ``folder`` and import it into the corpus ``empty``."""
    module = format.load_exporter()
    if format.file:
        folder = folder / format.file
    if not hasattr(module, "write_documents"):
        module.export_file(corpus.bundles(), corpus, folder)
    else:
        write = write_file if format.file else write_folder
        write(module.write_documents(corpus.bundles(), corpus), folder)
    annotator = next(iter(corpus.bundles())).annotations.annotator
    done = import_texts(format, folder, warclaims.open(empty), annotator=annotator)
    assert done.problems.findings == []
    assert not done.counts.unmapped_links
    assert not done.counts.unmapped_attributes
    return {one.document.id: one for one in warclaims.open(empty).bundles()}


CORPORA = pytest.mark.parametrize("place", [".", "examples/heldout"], ids=["shipped", "held out"])


@CORPORA
@pytest.mark.parametrize("name", BOTH_WAYS)
def test_a_corpus_comes_back(name, place, shipped, tmp_path):
    corpus = warclaims.open(shipped / place)
    empty = tmp_path / "empty"
    shutil.copytree(corpus.root / "annotations" / "registry", empty / "annotations" / "registry")
    (empty / "seeds").mkdir()
    (empty / "seeds" / "index.json").write_text('{"schema_version": "2.0", "documents": []}')
    (tmp_path / "out").mkdir()
    found = there_and_back(FORMATS[name], corpus, tmp_path / "out", empty)
    for bundle in corpus.bundles():
        back = found[bundle.document.id]
        assert kept_part(back, FORMATS[name]) == kept_part(bundle, FORMATS[name])


@CORPORA
def test_a_corpus_without_texts_gets_them_back(cli, place, shipped, tmp_path):
    corpus = warclaims.open(shipped / place)
    out, back = tmp_path / "out", tmp_path / "back"
    assert cli("--corpus", corpus.root, "export", "textfree", "--out", out).returncode == 0
    run = cli("restore", out, "--texts", corpus.root / "seeds", "--out", back)
    assert run.returncode == 0, run.stderr
    assert [*warclaims.open(back).bundles()] == [*corpus.bundles()]


@CORPORA
def test_the_annotations_come_back_from_label_studio(cli, place, shipped, tmp_path):
    corpus = warclaims.open(shipped / place)
    out, back = tmp_path / "out", tmp_path / "back"
    assert cli("--corpus", corpus.root, "export", "labelstudio", "--out", out).returncode == 0
    for folder in ("seeds", "annotations/registry"):
        shutil.copytree(corpus.root / folder, back / folder)
    run = cli("--corpus", back, "import", "labelstudio", out / "tasks.json")
    assert run.returncode == 0, run.stderr
    assert [*warclaims.open(back).bundles()] == [*corpus.bundles()]


@pytest.mark.soak
@pytest.mark.parametrize("name", BOTH_WAYS)
def test_random_documents_come_back(name):
    @settings(
        max_examples=examples(50, 1000),
        suppress_health_check=[HealthCheck.too_slow],
        phases=[Phase.generate],  # to make a document smaller takes minutes
    )
    @given(bundles())
    def each(bundle):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            corpus = warclaims.open(write_corpus(root / "with", [bundle]).root)
            (root / "out").mkdir()
            is_whole = FORMATS[name].fate("metadata") == KEPT  # else the corpus has the document
            layout = write_corpus(root / "empty", [] if is_whole else [bundle])
            layout.annotation_file("gold", bundle.document.id).unlink(missing_ok=True)
            empty = layout.root
            found = there_and_back(FORMATS[name], corpus, root / "out", empty)
            back = found[bundle.document.id]
            assert kept_part(back, FORMATS[name]) == kept_part(bundle, FORMATS[name])

    assert registries().annotators
    each()


def said_and_written(name, bundle, corpus, folder):
    """What an export of a document writes, and what it says is lost."""
    module, lost = FORMATS[name].load_exporter(), LostFeatures(FORMATS[name], corpus)
    said = io.StringIO()
    bundles = lost.counted([bundle])
    with contextlib.redirect_stderr(said):
        if hasattr(module, "write_documents"):
            data = [*module.write_documents(bundles, corpus)]
        else:
            module.export_file(bundles, corpus, folder / "out.csv")
            data = [("", (folder / "out.csv").read_bytes())]
    return data, f"{lost.in_words()} {said.getvalue()}"


def without_one_value(bundle):
    """The document without the value of a field, for each field of each record that has one."""
    annotations = bundle.annotations
    for layer, model in LAYERS.items():
        records = getattr(annotations, layer)
        empty = {name: None for name, shape in shapes(model).items() if shape.nullable}
        empty |= {name: () for name, shape in shapes(model).items() if shape.many}
        for at, record in enumerate(records):
            for field, value in (empty | defaults(model)).items():
                if getattr(record, field) != value:
                    changed = record.model_copy(update={field: value})
                    made = (*records[:at], changed, *records[at + 1 :])
                    fewer = annotations.model_copy(update={layer: made})
                    yield f"{layer}.{field}", bundle.model_copy(update={"annotations": fewer})


@pytest.mark.parametrize("name", each_format(("brat", "conll", "csv", "webannotation")))
def test_a_value_that_leaves_no_trace_in_the_files_is_reported(name, tmp_path):
    corpus = warclaims.open(write_corpus(tmp_path / "corpus", []).root)

    @settings(
        max_examples=examples(15, 500),
        suppress_health_check=[HealthCheck.too_slow],
        phases=[Phase.generate],
    )
    @given(bundles())
    def each(bundle):
        written, said = said_and_written(name, bundle, corpus, tmp_path)
        for place, fewer in without_one_value(bundle):
            other, less = said_and_written(name, fewer, corpus, tmp_path)
            assert written != other or said != less, place

    each()
