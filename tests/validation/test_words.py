"""Where an edge cuts a word in two."""

from __future__ import annotations

import pytest

import warclaims
from warclaims.validation import check_annotations
from warclaims.validation.known import KnownIds
from warclaims.validation.views import AnnotationView
from warclaims.validation.words import cuts_word


def cut(words):
    """The words with a bar wherever an edge there would cut one."""
    shown = "".join(("|" if cuts_word(words, at) else "") + c for at, c in enumerate(words))
    assert not cuts_word(words, len(words))
    return shown


@pytest.mark.parametrize(
    "expected",
    [
        "t|w|o d|e|a|d, 1|2 h|u|r|t",
        "3,0|0|0 m|e|n",
        "N|o|n|a’|s c|a|r",
        "N|o|n|a'|s",
        "i|t’|s, w|e’|r|e, t|h|e|y’|l|l, d|o|n'|t",
        "l’a|r|m|é|e d’A|r|t|s|a|k|h",  # here it joins two words
        "s|o|l|d|i|e|r|s’ ‘t|a|l|k|s’ ‘s|o’",
        "c|a|f|e|\u0301|s",
        "N|a|g|o|r|n|o-K|a|r|a|b|a|k|h",
        "p|e|a|c|eA|g|r|e|e|d",  # a space is lacking
        "U|S|S|R 2|0|2|0",
        "😀😀a 😀️".replace("️", "|️"),
        "Լ|ա|չ|ի|ն Л|а|ч|и|н",
        "拉钦 لاچین ლ|ა|ჩ|ი|ნ|ი",  # no capital letters, or none that texts use as such
        "a_b\u200bc",
        "",
    ],
)
def test_edges_inside_words(expected):
    assert cut(expected.replace("|", "")) == expected


@pytest.mark.parametrize("name", ["mini", "shipped"])
def test_no_span_of_a_good_corpus_cuts_a_word(name, request):
    corpus = warclaims.open(request.getfixturevalue(name))
    seen = 0
    for set_name in corpus.layout.set_names():
        for bundle in corpus.bundles(set_name):
            view = AnnotationView("", bundle.annotations, KnownIds(), bundle.document, bundle.text)
            for piece in view.pieces:
                seen += 1
                for at in (piece.start, piece.end):
                    assert not cuts_word(bundle.text, at), piece.owner
    assert seen > 20


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Borland's army", "they differ at 7: U+0027 APOSTROPHE, in the text U+2019 RIGHT SINGLE"),
        ("Borland’s\u00a0army", "differ at 9: U+00A0 NO-BREAK SPACE, in the text U+0020 SPACE"),
    ],
)
def test_words_that_look_alike_are_told_apart(said, told, mini):
    corpus = warclaims.open(mini)
    bundle = corpus.bundle("one")
    actors = list(bundle.annotations.actors)
    row = next(n for n, actor in enumerate(actors) if actor.span[0].text == "Borland’s army")
    fragment = actors[row].span[0].model_copy(update={"text": said})
    actors[row] = actors[row].model_copy(update={"span": (fragment,)})
    annotations = bundle.annotations.model_copy(update={"actors": tuple(actors)})
    found = check_annotations(annotations, bundle.document, bundle.text, corpus.registries)
    assert [finding.code for finding in found] == ["T308"]
    assert told in found[0].message
