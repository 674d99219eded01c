"""A text in pieces: nothing is lost, and each piece names just what covers it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

import warclaims
from html_pages import parse
from sizes import examples
from strategies import bundles
from warclaims.records import (
    ActorMention,
    Annotations,
    Attribution,
    Bundle,
    Casualty,
    Document,
    Fragment,
    LocationMention,
)
from warclaims.report.marked import DEEPEST, KINDS, LINES, marked

HOSTILE = (
    "<script>alert(1)</script>",
    "</p></div></main><!-- ",
    "&amp;&lt;&#65;&nbsp;",
    "\"'`={{ x }}{% raw %}{# no #}",
    "]]></style><style>*{display:none}",
    "\u202eright to left\u202c \u2066isolated\u2069 \u200fשלום",
    "👩‍👧‍👦 cafe\u0301 \U0001d518",
    "tab\tand\u00a0space  two",
    "one\r\ntwo\rthree\n\n\nfour\fend",
    "\u2028line\u2029 \x85 \ufeff \x7f \ufffe",
)


def document(text: str, *edges: int, kinds: tuple[str, ...] = ()) -> Document:
    """A document whose segments end at ``edges`` and at the end."""
    unknown = {"value": None, "evidence": "inferred", "certainty": "low", "basis": "made up"}
    ends = [*edges, len(text)]
    return Document.model_validate(
        {
            "id": "one",
            "file": "one.txt",
            "sha256": "0" * 64,
            "length": len(text),
            "title": None,
            "language": "und",
            "translation": None,
            "outlet": unknown,
            "date": unknown,
            "original_language": unknown,
            "rights_holder": unknown,
            "segments": [
                {"kind": kind, "start": start, "end": end}
                for start, end, kind in zip(
                    [0, *ends], ends, kinds or ["paragraph"] * len(ends), strict=False
                )
            ],
        },
        strict=False,
    )


def span(text: str, *places: tuple[int, int]) -> tuple[Fragment, ...]:
    return tuple(Fragment(start=a, end=b, text=text[a:b]) for a, b in places)


def actor(name: str, where: tuple[Fragment, ...]) -> ActorMention:
    return ActorMention.model_validate(
        {"id": name, "span": where, "entity": None, "level": "name"}, strict=False
    )


def place(name: str, where: tuple[Fragment, ...]) -> LocationMention:
    return LocationMention.model_validate(
        {"id": name, "span": where, "place": None, "level": "name"}, strict=False
    )


def casualty(name: str, where: tuple[Fragment, ...], trigger=None) -> Casualty:
    return Casualty.model_validate(
        {
            "id": name,
            "span": where,
            "trigger": trigger,
            "outcome": "killed",
            "quantifier": "exact",
            "value": 2,
            "side": None,
            "perpetrator": None,
            "events": [],
            "subset_of": [],
        },
        strict=False,
    )


def attribution(name: str, content: tuple[Fragment, ...], cue=None, source=()) -> Attribution:
    return Attribution.model_validate(
        {
            "id": name,
            "source": source,
            "inferred_source": None,
            "cue": cue,
            "content": content,
            "mode": "indirect",
            "act": "assert",
            "commitment": "neutral",
            "blames": [],
            "regarding": [],
        },
        strict=False,
    )


def annotations(**layers) -> Annotations:
    empty = dict.fromkeys(("actors", "locations", "casualties", "attributions"), ())
    return Annotations(
        schema_version="2.0",
        document="one",
        sha256="0" * 64,
        annotator="a",
        guidelines="1",
        **{**empty, **layers},
    )


def pieces(bundle: Bundle):
    parts = marked(bundle.document, bundle.text, bundle.annotations)
    return [piece for part in parts for piece in part.pieces]


def joined(bundle: Bundle) -> str:
    parts = marked(bundle.document, bundle.text, bundle.annotations)
    return "".join(
        part.before + "".join(piece.words for piece in part.pieces) + part.after for part in parts
    )


def read(bundle: Bundle) -> str:
    """The text as a reader of the HTML has it.

    What an HTML parser does to line breaks before anything else is done here, too: ``\\r\\n`` and
    ``\\r`` become ``\\n``. Nothing else is made alike.
    """
    source = re.sub("\r\n?", "\n", warclaims.to_html(bundle))
    (area,) = [e for e in parse(source).iter("div") if e.get("class") == "marked"]
    return "".join(area.itertext())


def check_classes(bundle: Bundle) -> None:
    """Each span is just the words of the pieces that have its class, in order."""
    found: dict[str, str] = {}
    for piece in pieces(bundle):
        for name in piece.classes.split():
            found[name] = found.get(name, "") + piece.words
    for layer, field, stem in KINDS.values():
        for record in getattr(bundle.annotations, layer):
            fragments = getattr(record, field) or ()
            name = f"{stem}-{record.id}"
            assert found.pop(name, "") == "".join(fragment.text for fragment in fragments), name
    assert not [name for name in found if "-" in name]


def check_handles(bundle: Bundle) -> None:
    """Each record can be linked to once."""
    names = [record for piece in pieces(bundle) for record, _, _ in piece.handles]
    layers = ("actors", "locations", "casualties", "attributions")
    records = [record.id for layer in layers for record in getattr(bundle.annotations, layer)]
    assert sorted(name for name in names if name) == sorted(records)


def test_every_shipped_text_is_shown_with_each_of_its_characters_and_spans(shipped):
    for bundle in warclaims.open(shipped).bundles():
        assert joined(bundle) == bundle.text
        assert read(bundle) == bundle.text
        check_classes(bundle)
        check_handles(bundle)


@pytest.mark.soak
@settings(max_examples=examples(15, 300))
@given(bundles())
def test_any_document_is_shown_with_each_of_its_characters_and_spans(bundle):
    assert joined(bundle) == bundle.text
    assert read(bundle) == bundle.text
    check_classes(bundle)
    check_handles(bundle)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_looks_like_markup_or_control_is_shown_as_text(words):
    text = f" \r\n{words}|{words}\r\n"
    middle = len(text) // 2
    records = annotations(
        actors=(actor("a1", span(text, (3, middle))),),
        locations=(place("l1", span(text, (4, middle + 2))),),
        attributions=(attribution("t1", span(text, (5, middle + 3)), span(text, (3, 4))),),
    )
    bundle = Bundle(document=document(text), text=text, annotations=records)
    assert read(bundle) == text
    root = parse(warclaims.to_html(bundle))
    assert not list(root.iter("script"))
    assert len(list(root.iter("style"))) == 1


def test_a_nul_which_html_cannot_hold_is_shown_as_the_sign_for_what_cannot_be_shown():
    text = "two\0dead"
    bundle = Bundle(document=document(text), text=text, annotations=annotations())
    assert read(bundle) == "two\ufffddead"


def test_spans_that_cross_between_layers_are_cut_at_every_edge():
    text = "abcdefghij"
    records = annotations(
        actors=(actor("a1", span(text, (0, 5))),),
        locations=(place("l1", span(text, (3, 8))),),
        casualties=(casualty("c1", span(text, (4, 6), (8, 9)), span(text, (5, 6))),),
    )
    found = pieces(Bundle(document=document(text), text=text, annotations=records))
    assert [piece.words for piece in found] == ["abc", "d", "e", "f", "gh", "i", "j"]
    assert [set(piece.classes.split()) - set("ALCG") for piece in found] == [
        {"m-a1"},
        {"m-a1", "m-l1"},
        {"m-a1", "m-l1", "v-c1"},
        {"m-l1", "v-c1", "g-c1"},
        {"m-l1"},
        {"v-c1"},
        set(),
    ]
    tags = [[(record, tag) for record, _, tag in piece.handles] for piece in found]
    assert tags == [[("a1", "A")], [("l1", "L")], [("c1", "c1")], [], [], [(None, "c1")], []]


def test_contents_get_a_line_for_each_depth():
    text = "abcdefghij"
    contents = [(0, 10), (2, 8), (3, 5)]
    records = annotations(
        attributions=tuple(
            attribution(f"t{number}", span(text, where)) for number, where in enumerate(contents)
        )
    )
    found = pieces(Bundle(document=document(text), text=text, annotations=records))
    depths = [
        int(name[1:]) for p in found for name in p.classes.split() if re.fullmatch(r"T\d", name)
    ]
    assert depths == [1, 2, 3, 2, 1]
    # The innermost is named first, and one without a cue is linked to by its content.
    assert [p.classes.split()[2:] for p in found][2] == ["k-t2", "k-t1", "k-t0"]
    assert [record for p in found for record, _, _ in p.handles] == ["t0", "t1", "t2"]


def test_words_lead_to_the_innermost_casualty_and_else_to_the_cue_and_tab_stops_once():
    text = "abcdefghij"
    records = annotations(
        locations=(place("l1", span(text, (1, 2))),),
        casualties=(casualty("c1", span(text, (0, 4))), casualty("c2", span(text, (2, 3)))),
        attributions=(attribution("t1", span(text, (0, 3)), span(text, (3, 6), (8, 9))),),
    )
    found = pieces(Bundle(document=document(text), text=text, annotations=records))
    links = [(piece.words, piece.link, piece.stop) for piece in found if piece.link]
    assert links == [
        ("a", "c1", True),
        ("b", "c1", False),
        ("c", "c2", True),
        ("d", "c1", False),
        ("ef", "t1", True),
        ("i", "t1", False),
    ]


def test_blanks_at_the_edges_of_segments_are_kept_apart_and_unannotated_kinds_told():
    text = "\n Title\n\n  \nForm \n"
    found = marked(document(text, 8, kinds=("title", "boilerplate")), text, annotations())
    assert [(part.before, part.after) for part in found] == [("\n ", "\n"), ("\n  \n", " \n")]
    assert [part.annotatable for part in found] == [True, False]
    blank = marked(document(" \n"), " \n", annotations())
    assert (blank[0].before, blank[0].pieces, blank[0].after) == (" \n", [], "")


def test_however_deep_spans_nest_a_page_grows_with_their_number():
    def size(number: int) -> tuple[int, int]:
        text = "x" * (2 * number)
        records = annotations(
            attributions=tuple(
                attribution(f"t{i}", span(text, (i, 2 * number - i))) for i in range(number)
            )
        )
        found = pieces(Bundle(document=document(text), text=text, annotations=records))
        return len(found), sum(len(piece.classes.split()) for piece in found)

    few, many = size(300), size(3000)
    assert many[0] == 2 * 3000 - 1
    assert many[1] <= many[0] * (DEEPEST + 2)
    assert many[1] / few[1] < 10.5
    assert LINES <= DEEPEST
