"""Imports and exports hold a few documents at a time."""

import gc
import tracemalloc
from functools import partial

import pytest
from installed_formats import each_format, is_installed

import warclaims
from warclaims.formats import FORMATS
from warclaims.formats.importing import import_texts

WORDS = "The mayor of Dorn said that two men died. " * 250


def peak(function):
    """The bytes that a call holds at most beyond what was there."""
    gc.collect()
    gc.freeze()  # what is there already need not be looked at again
    tracemalloc.start()
    try:
        function()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.unfreeze()


def brat_folder(folder, number):
    """Texts of 10 kB each, with a label for every hundredth character."""
    folder.mkdir()
    for name in range(number):
        text = f"{name} {WORDS}\n"
        labels = (f"T{at}\tWord {at} {at + 9}\n" for at in range(100, len(text) - 9, 100))
        (folder / f"d{name}.txt").write_text(text)
        (folder / f"d{name}.ann").write_text("".join(labels))
    return folder


def test_an_import_holds_few_texts(tmp_path, cli):
    used = []
    for number in (1, 2, 10):
        folder, own = brat_folder(tmp_path / f"in{number}", number), tmp_path / f"own{number}"
        assert cli("new", own).returncode == 0
        run = partial(import_texts, FORMATS["brat"], folder, warclaims.open(own), language="en")
        used.append(peak(run))
        assert len(warclaims.open(own).documents) == number
    assert used[2] < 1.5 * used[1]  # the first one loads modules


STREAMED = each_format(
    name
    for name, format in FORMATS.items()
    if is_installed(name) and (name == "csv" or hasattr(format.load_exporter(), "write_documents"))
)


@pytest.mark.parametrize("name", STREAMED)
def test_an_export_holds_few_documents(name, mini, monkeypatch, tmp_path):
    corpus = warclaims.open(mini)
    bundle = corpus.bundle("one")
    module = FORMATS[name].load_exporter()
    monkeypatch.setattr(module, "DOCUMENTS", 3, raising=False)

    def bundles(number):
        for _ in range(number):
            gc.collect()  # what refers to itself would stay until there is much of it
            yield bundle

    def export(number):
        if name == "csv":
            module.export_file(bundles(number), corpus, tmp_path / "claims.csv")
            return
        for _ in module.write_documents(bundles(number), corpus):
            pass

    export(3)
    few, many = (peak(partial(export, number)) for number in (3, 15))
    assert many < 1.5 * few
