"""What a format keeps comes back equal: the shipped corpus, and random documents."""

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
from warclaims.formats.annotated_text import annotated_text
from warclaims.formats.exporting import write_file, write_folder
from warclaims.formats.features import FEATURES
from warclaims.formats.format import KEPT
from warclaims.formats.importing import import_texts
from warclaims.records import LAYERS

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
    texts = map(annotated_text, corpus.bundles())
    if format.file:
        folder = folder / format.file
    if not hasattr(module, "write_documents"):
        module.export_file(corpus, "gold", (), folder)
    elif format.file:
        write_file(module.write_documents(texts, corpus), folder)
    else:
        write_folder(module.write_documents(texts, corpus), folder)
    annotator = next(iter(corpus.bundles())).annotations.annotator
    done = import_texts(format, folder, warclaims.open(empty), annotator=annotator)
    assert done.problems.findings == []
    assert not done.counts.unmapped_links
    assert not done.counts.unmapped_attributes
    return {one.document.id: one for one in warclaims.open(empty).bundles()}


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_the_shipped_corpus_comes_back(name, shipped, tmp_path):
    corpus = warclaims.open()
    empty = tmp_path / "empty"
    shutil.copytree(shipped / "annotations" / "registry", empty / "annotations" / "registry")
    (empty / "seeds").mkdir()
    (empty / "seeds" / "index.json").write_text('{"schema_version": "2.0", "documents": []}')
    (tmp_path / "out").mkdir()
    found = there_and_back(FORMATS[name], corpus, tmp_path / "out", empty)
    for bundle in corpus.bundles():
        back = found[bundle.document.id]
        assert kept_part(back, FORMATS[name]) == kept_part(bundle, FORMATS[name])


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
