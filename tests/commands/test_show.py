"""``show`` of long texts: the work grows with the text, not with its square."""

from __future__ import annotations

import pytest
from rich.text import Text

import warclaims
from warclaims.commands.show_view import print_document

LAYERS = ("actors", "locations", "casualties", "attributions")


def moved(span, by):
    return span and tuple(
        part.model_copy(update={"start": part.start + by, "end": part.end + by}) for part in span
    )


def repeated(bundle, times):
    """The same text several times over, with all its annotations."""
    document, length = bundle.document, len(bundle.text)
    segments = []
    layers = {layer: [] for layer in LAYERS}
    for number in range(times):
        by = number * length
        segments += [
            one.model_copy(update={"start": one.start + by, "end": one.end + by})
            for one in document.segments
        ]

        def other(name, number=number):
            return name and f"{name}-{number}"

        for layer, records in layers.items():
            for record in getattr(bundle.annotations, layer):
                fields = {"id": other(record.id)}
                for name in ("span", "trigger", "content", "cue"):
                    if hasattr(record, name):
                        fields[name] = moved(getattr(record, name), by)
                for name in ("source", "blames", "subset_of"):
                    if hasattr(record, name):
                        fields[name] = tuple(map(other, getattr(record, name)))
                if hasattr(record, "perpetrator"):
                    fields["perpetrator"] = other(record.perpetrator)
                records.append(record.model_copy(update=fields))
    whole = {"segments": tuple(segments), "length": length * times}
    return bundle.model_copy(
        update={
            "text": bundle.text * times,
            "document": document.model_copy(update=whole),
            "annotations": bundle.annotations.model_copy(
                update={layer: tuple(records) for layer, records in layers.items()}
            ),
        }
    )


@pytest.fixture
def characters(monkeypatch):
    """How many characters have been laid out."""
    counted = [0]
    init = Text.__init__

    def counting(self, text="", *arguments, **options):
        counted[0] += len(text)
        init(self, text, *arguments, **options)

    monkeypatch.setattr(Text, "__init__", counting)
    return counted


def test_a_text_four_times_as_long_is_four_times_the_work(mini, characters, capsys):
    bundle = warclaims.open(mini).bundle("one")

    def work(times):
        characters[0] = 0
        print_document(repeated(bundle, times), LAYERS)
        return characters[0]

    assert work(40) < 5 * work(10)
    shown = capsys.readouterr().out
    assert shown.count("Officials in Avaria said") >= 50
