# ruff: noqa: E501 - messages are asserted as they are
"""For each code the smallest edit of ``fixtures/mini`` that shows it, and the finding it gives.

An edit gives this one finding and no other. Where one fault cannot stand alone, ``others`` names
the codes of what comes with it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corrupt import GONE, INDEX, ONE, TWO, edit, replace, span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASS = "annotations/passes/a/one.json"
REGISTRY = "annotations/registry/"


@dataclass(frozen=True)
class Case:
    """An edit and its finding: file, pointer, message, offsets of the text."""

    code: str
    damage: Callable[[Path], Any]
    file: str
    pointer: str
    message: str
    start: int | None = None
    end: int | None = None
    others: tuple[str, ...] = ()


def at(file: str, pointer: str, value: Any) -> Callable[[Path], Any]:
    """An edit of one value."""
    return lambda root: edit(root, file, {pointer: value})


def both(*damages: Callable[[Path], Any]) -> Callable[[Path], Any]:
    """Several edits, one after the other."""
    return lambda root: [damage(root) for damage in damages]


def _prepend_mark(root: Path) -> None:
    path = root / ONE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def _record(root: Path, layer: str, row: int) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((root / ONE).read_bytes())[layer][row]
    return record


def _repeat_actor(root: Path) -> None:
    edit(root, ONE, {"/actors/-": {**_record(root, "actors", 3), "id": "a5"}})


def _latin(root: Path) -> None:
    data = "Caf\xe9".encode("latin-1")
    (root / "seeds/two.txt").write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    edit(root, INDEX, {"/documents/1/sha256": sha256})
    for file in (TWO, "annotations/passes/a/two.json"):
        empty = {f"/{layer}": [] for layer in ("actors", "locations", "casualties", "attributions")}
        edit(root, file, {"/sha256": sha256, **empty})


def _same_text(root: Path) -> None:
    document = json.loads((root / INDEX).read_bytes())["documents"][1]
    edit(root, INDEX, {"/documents/-": {**document, "id": "three", "file": "three.txt"}})
    (root / "seeds/three.txt").write_bytes((root / "seeds/two.txt").read_bytes())
    for folder in ("gold", "passes/a"):
        annotations = json.loads((root / f"annotations/{folder}/two.json").read_bytes())
        path = root / f"annotations/{folder}/three.json"
        path.write_text(json.dumps({**annotations, "document": "three"}))


def _casualty(root: Path, **fields: Any) -> None:
    edit(root, ONE, {f"/casualties/0/{name}": value for name, value in fields.items()})


def _pronoun(root: Path) -> None:
    mention = {"id": "a5", "span": span(root, "one", "we", "and "), "entity": None}
    edit(root, ONE, {"/actors/-": {**mention, "level": "pronoun"}})


def _cross(root: Path) -> None:
    edit(root, ONE, {"/actors/2/span": span(root, "one", "army denied")})


def _cross_contents(root: Path) -> None:
    content = span(root, "one", "two civilians, including a child, were")
    outer, *others = (_record(root, "attributions", row) for row in range(3))
    words = {"cue": None, "content": span(root, "one", "including a child, were killed")}
    inner = {**outer, **words, "id": "t4", "source": [], "inferred_source": "borland"}
    edit(root, ONE, {"/attributions": [{**outer, "content": content}, inner, *others]})


def _actor_and_place(root: Path) -> None:
    mention = {"id": "l4", "span": span(root, "one", "Borland"), "place": None, "level": "name"}
    edit(root, ONE, {"/locations/-": mention})


WAR = {
    **{"id": "war", "label": "the war", "description": "All of it.", "start": None, "end": None},
    **{"places": [], "parent": None, "evidence": "text", "basis": "made up"},
}


def _war(root: Path, start: str | None = None) -> None:
    """The shelling becomes part of a war."""
    parent = {"id": "war", "evidence": "text", "basis": "made up"}
    changes = {"/events/-": {**WAR, "start": start}, "/events/0/parent": parent}
    edit(root, REGISTRY + "events.json", changes)


def _parts(root: Path) -> None:
    """Three parts of two victims, each of another status."""
    edit(root, ONE, {"/casualties/0/status": "unspecified", "/casualties/0/uncertain": True})
    edit(root, ONE, {"/casualties/0/note": "or civilian"})
    for words, status in (("army", "military"), ("town", "police")):
        part = {**_record(root, "casualties", 1), "id": f"c-{words}", "trigger": None}
        part |= {"span": span(root, "one", words), "status": status, "age": "unspecified"}
        part |= {"quantifier": "indefinite", "value": None}
        edit(root, ONE, {"/casualties/-": part})


def _split(root: Path) -> None:
    first, second = (_record(root, "casualties", row) for row in (0, 1))
    edit(root, ONE, {"/casualties": [first, {**first, "id": "c3", "cause": "air_strike"}, second]})


def _year(root: Path) -> None:
    (root / "annotations/passes/a/two.json").unlink()
    text = (root / "seeds/two.txt").read_bytes()
    text = text.replace(b"More than 3,000 fled to", b"All of it since 1994 in")
    (root / "seeds/two.txt").write_bytes(text)
    sha256 = hashlib.sha256(text).hexdigest()
    edit(root, INDEX, {"/documents/1/sha256": sha256})
    fields = {"span": span(root, "two", "1994"), "trigger": None, "value": 1994}
    fields["quantifier"] = "exact"
    changes = {f"/casualties/2/{name}": value for name, value in fields.items()}
    edit(root, TWO, {"/sha256": sha256, **changes})


def _free_words(root: Path) -> None:
    words = {"id": "t4", "source": [], "cue": None, "content": span(root, "one", "we never will")}
    edit(root, ONE, {"/attributions/-": {**_record(root, "attributions", 2), **words}})


def _waive(root: Path, code: str, record: str | None = None) -> None:
    waiver = {"code": code, "record": record, "span": None, "reason": "made up"}
    edit(root, ONE, {"/waivers": [waiver]})


CASES = (
    Case(
        "F100",
        lambda root: (root / REGISTRY / "sides.json").unlink(),
        REGISTRY + "sides.json",
        "",
        "cannot be read: no such file or directory",
    ),
    Case("F101", _prepend_mark, ONE, "", "starts with a byte-order mark"),
    Case(
        "F102",
        lambda root: replace(root, ONE, "Borland’s".encode(), b"Borland\x92s"),
        ONE,
        "",
        "is not UTF-8: byte 381 is 0x92",
    ),
    Case(
        "F103",
        lambda root: replace(root, ONE, b'"actors": [', b'"actors": [,'),
        ONE,
        "",
        "is not JSON: there is a comma too many",
    ),
    Case(
        "F104",
        lambda root: replace(root, ONE, b'"id": "c2",', b'"id": "c2", "value": 7,'),
        ONE,
        "/casualties/1/value",
        "the key 'value' of 'c2' stands twice in one object",
    ),
    Case(
        "F105",
        lambda root: edit(root, ONE, {"/extra": {"score": float("nan")}}),
        ONE,
        "/extra/score",
        "NaN is not a number that JSON has",
    ),
    Case(
        "F106",
        lambda root: replace(root, ONE, b'"guidelines": "1.0"', b'"guidelines": "1.0\\ud83d"'),
        ONE,
        "/guidelines",
        "the text holds \\ud83d, half of a character",
    ),
    Case(
        "S201",
        at(ONE, "/actors/0/entity", GONE),
        ONE,
        "/actors/0/entity",
        "the field 'entity' is missing",
    ),
    Case(
        "S202",
        at(ONE, "/actors/0/entitty", "borland"),
        ONE,
        "/actors/0/entitty",
        "there is no field 'entitty' here; did you mean 'entity'?",
    ),
    Case(
        "S203",
        at(ONE, "/actors/0/level", "noun"),
        ONE,
        "/actors/0/level",
        'must be one of "name", "nominal", "pronoun"; found "noun"',
    ),
    Case(
        "S204",
        at(ONE, "/casualties/0/value", "2"),
        ONE,
        "/casualties/0/value",
        'must be integer or null; found "2"',
    ),
    Case(
        "S205",
        at(ONE, "/casualties/0/value", -2),
        ONE,
        "/casualties/0/value",
        "must be at least 0; found -2",
    ),
    Case(
        "S206",
        at(ONE, "/schema_version", "9.0"),
        ONE,
        "/schema_version",
        'must be one of "1.0", "1.1"; found "9.0"',
    ),
    Case(
        "T301",
        lambda root: (root / "seeds/two.txt").unlink(),
        "seeds/two.txt",
        "",
        "the seed of document 'two' is not in seeds/",
    ),
    Case(
        "T302",
        lambda root: replace(root, "seeds/two.txt", b"Seven", b"Eight"),
        "seeds/two.txt",
        "",
        "a byte of the seed is not the one that was indexed: its SHA-256 is 47ea5247ecf7…, the index has 1b567f7edc62…",
    ),
    Case(
        "T303",
        at(INDEX, "/documents/0/length", 235),
        INDEX,
        "/documents/0/length",
        "the text has 234 code points, the index says 235",
    ),
    Case(
        "T304",
        at(INDEX, "/documents/0/segments/3/start", 208),
        INDEX,
        "/documents/0/segments/3/start",
        "begins at 208 and so leaves a gap after what ends at 207",
        208,
        234,
    ),
    Case(
        "T305",
        at(ONE, "/sha256", "0" * 64),
        ONE,
        "/sha256",
        "the annotations were made for a text with SHA-256 000000000000…, document 'one' has 147bf5c11b5a…",
    ),
    Case(
        "T306",
        at(ONE, "/actors/3/span/0/end", 167),
        ONE,
        "/actors/3/span/0",
        "actors a4 ‹a spokesman› ends at 167, not after its start 167",
    ),
    Case(
        "T307",
        lambda root: edit(
            root,
            ONE,
            {"/attributions/2/content": _record(root, "attributions", 2)["content"][::-1]},
        ),
        ONE,
        "/attributions/2/content/1",
        "attributions t3 content ‹“and we never will.” … “We hit no town,”›: the fragment ‹“We hit no town,”› begins at 149, the one before it ends at 205",
        149,
        166,
    ),
    Case(
        "T308",
        at(ONE, "/casualties/0/span/0/start", 44),
        ONE,
        "/casualties/0/span/0",
        "casualties c1 says ‹two civilians›, the text at 44–58 is ‹ two civilians›; these words stand at 45–58",
        44,
        58,
    ),
    Case(
        "T309",
        lambda root: edit(root, ONE, {"/actors/3/span": span(root, "one", "a spokesman ")}),
        ONE,
        "/actors/3/span/0",
        "actors a4 ‹a spokesman › ends with white space",
        167,
        179,
    ),
    Case(
        "T310",
        lambda root: edit(
            root,
            ONE,
            {
                "/actors/-": {
                    "id": "a5",
                    "span": span(root, "one", "our"),
                    "entity": None,
                    "level": "nominal",
                }
            },
        ),
        ONE,
        "/actors/4/span/0",
        "actors a5 ‹our› stands in a segment that is not annotated",
        219,
        222,
    ),
    Case(
        "T311",
        lambda root: edit(
            root,
            ONE,
            {"/attributions/2/content/1": span(root, "one", "“and we never will.”\n\nSign up")[0]},
        ),
        ONE,
        "/attributions/2/content/1",
        "attributions t3 content ‹“We hit no town,” … “and we never will.”\n\nSign up› runs past the end of its segment",
        185,
        214,
    ),
    Case(
        "T312",
        _cross,
        ONE,
        "/actors/2/span",
        "actors a3 ‹army denied› crosses actors a2 ‹Borland’s army›",
        133,
        144,
    ),
    Case(
        "T313",
        _repeat_actor,
        ONE,
        "/actors/4",
        "actors a5 ‹a spokesman›: a4 says just the same of these words",
        167,
        178,
    ),
    Case(
        "T314",
        lambda root: edit(
            root,
            ONE,
            {
                "/locations/0": _record(root, "locations", 1),
                "/locations/1": _record(root, "locations", 0),
            },
        ),
        ONE,
        "/locations/1",
        "locations l1, whose words begin at 14, stands after a record that comes later in the text: its words begin at 33",
        14,
        18,
    ),
    Case("T315", _latin, "seeds/two.txt", "", "the seed of document 'two' is not UTF-8"),
    Case(
        "T316",
        lambda root: edit(root, ONE, {"/actors/3/span": span(root, "one", "spokesma")}),
        ONE,
        "/actors/3/span/0",
        "actors a4 ‹spokesma› ends inside ‹spokesman›",
        169,
        177,
    ),
    Case(
        "R401",
        at(ONE, "/actors/1/entity", "borland-armi"),
        ONE,
        "/actors/1/entity",
        "entity names 'borland-armi': there is no such entry in the registry of actors; did you mean 'borland-army'?",
    ),
    Case(
        "R402",
        at(ONE, "/attributions/0/source", ["a9"]),
        ONE,
        "/attributions/0/source/0",
        "source names 'a9': there is no such record among the file's actors",
    ),
    Case(
        "R403",
        both(
            at(PASS, "/document", "three"),
            lambda root: (root / PASS).rename(root / "annotations/passes/a/three.json"),
        ),
        "annotations/passes/a/three.json",
        "/document",
        "document names 'three': there is no such document in the index",
    ),
    Case(
        "R404",
        at(ONE, "/locations/0/id", "a1"),
        ONE,
        "/locations/0/id",
        "the id 'a1' is already that of another record",
    ),
    Case(
        "R405",
        lambda root: (root / PASS).rename(root / "annotations/passes/a/three.json"),
        "annotations/passes/a/three.json",
        "/document",
        "the file holds annotations of 'one', its name says 'three'",
    ),
    Case(
        "R406",
        at(ONE, "/casualties/0/subset_of", ["c1"]),
        ONE,
        "/casualties/0/subset_of",
        "subset_of runs in a ring: c1 → c1",
    ),
    Case(
        "R407",
        at(
            REGISTRY + "places.json",
            "/places/0/parent",
            {"id": "dorn", "evidence": "text", "basis": "made up"},
        ),
        REGISTRY + "places.json",
        "/places/0/parent",
        "parent runs in a ring: avaria-land → dorn → avaria-land",
    ),
    Case(
        "R408",
        at(ONE, "/attributions/1/regarding", ["shelling-of-dorn"] * 2),
        ONE,
        "/attributions/1/regarding/1",
        "regarding lists 'shelling-of-dorn' 2 times",
    ),
    Case(
        "R409",
        at(INDEX, "/documents/1/file", "one.txt"),
        INDEX,
        "/documents/1/file",
        "one.txt is already the seed of document 'one'",
        others=("T302", "W604"),
    ),
    Case(
        "R410",
        lambda root: (root / ONE).unlink(),
        ONE,
        "",
        "document 'one' has no annotations in gold",
    ),
    Case(
        "R411",
        lambda root: _waive(root, "W604"),
        ONE,
        "/waivers/0/code",
        "there is no warning W604 that can be waived",
    ),
    Case(
        "C501",
        lambda root: _casualty(root, quantifier="indefinite"),
        ONE,
        "/casualties/0/value",
        "c1: the value is 2, the quantifier is indefinite",
        45,
        58,
    ),
    Case(
        "C502",
        lambda root: _casualty(root, value=3),
        ONE,
        "/casualties/0/value",
        "c1: ‹two civilians› says 2, the value is 3",
        45,
        58,
    ),
    Case(
        "C503",
        lambda root: _casualty(root, quantifier="at_least"),
        ONE,
        "/casualties/0/quantifier",
        "c1: ‹two civilians› states exact, the quantifier is at_least",
        45,
        58,
    ),
    Case(
        "C504",
        lambda root: edit(
            root,
            ONE,
            {
                "/casualties/0/subset_of": ["c2"],
                "/casualties/0/age": "child",
                "/casualties/1/subset_of": [],
            },
        ),
        ONE,
        "/casualties/0/subset_of",
        "c1: ‹two civilians› is at least 2, but is said to be part of c2, at most 1",
        45,
        58,
    ),
    Case(
        "C505",
        at(ONE, "/attributions/0/inferred_source", "borland"),
        ONE,
        "/attributions/0/inferred_source",
        "t1: the source is a1, so 'borland' need not be inferred",
        45,
        120,
    ),
    Case(
        "C506",
        lambda root: edit(root, ONE, {"/attributions/1/cue": span(root, "one", "denied it")}),
        ONE,
        "/attributions/1/cue",
        "t2: the cue ‹denied it› overlaps its content",
        145,
        147,
    ),
    Case(
        "C507",
        at(ONE, "/attributions/0/mode", "direct"),
        ONE,
        "/attributions/0/mode",
        "t1: ‹two civilians, including a ch … by shelling in Dorn on Monday› is direct, but begins outside quotation marks",
        45,
        120,
    ),
    Case(
        "C508",
        at(ONE, "/attributions/0/regarding", ["shelling-of-dorn"]),
        ONE,
        "/attributions/0/regarding",
        "t1: names shelling-of-dorn, but the act is assert and nobody is blamed",
        45,
        120,
    ),
    Case(
        "C509",
        at(ONE, "/attributions/1/blames", ["a2"]),
        ONE,
        "/attributions/1/blames",
        "t2: the source 'borland-army' is itself blamed",
        145,
        147,
    ),
    Case(
        "C510",
        _cross_contents,
        ONE,
        "/attributions/1/content",
        "attributions t4 content ‹including a child, were killed› crosses attributions t1 content ‹two civilians, including a child, were›",
        60,
        90,
    ),
    Case("C511", _pronoun, ONE, "/actors/4", "the pronoun a5 ‹we› fills no slot", 190, 192),
    Case(
        "C512",
        _actor_and_place,
        ONE,
        "/actors/2",
        "‹Borland› is the actor a3 and the place l4",
        123,
        130,
    ),
    Case(
        "C513",
        at(INDEX, "/documents/0/date/value", "2001-02-29"),
        INDEX,
        "/documents/0/date/value",
        "there is no such date as 2001-02-29",
    ),
    Case(
        "C514",
        at(REGISTRY + "events.json", "/events/0/end", "2001-01"),
        REGISTRY + "events.json",
        "/events/0/end",
        "shelling-of-dorn ends 2001-01, before it starts 2001-02-01",
    ),
    Case(
        "C515",
        at(ONE, "/casualties/0/uncertain", True),
        ONE,
        "/casualties/0/uncertain",
        "c1 ‹two civilians› is uncertain, but no note names the other reading",
        45,
        58,
    ),
    Case(
        "C516",
        both(_war, at(ONE, "/casualties/0/events", ["war", "shelling-of-dorn"])),
        ONE,
        "/casualties/0/events/1",
        "c1: 'shelling-of-dorn' is part of 'war' beside it",
        45,
        58,
    ),
    Case(
        "C517",
        _parts,
        ONE,
        "/casualties/3/subset_of",
        "c-town: ‹a child› and ‹army› and ‹town› are at least 3 together, but parts of c1, at most 2",
        160,
        164,
    ),
    Case(
        "C518",
        lambda root: _war(root, "2002"),
        REGISTRY + "events.json",
        "/events/0/start",
        "shelling-of-dorn starts 2001-02-01, its parent war 2002",
    ),
    Case(
        "C519",
        lambda root: edit(
            root, ONE, {"/casualties/1/outcome": "injured", "/casualties/1/trigger": None}
        ),
        ONE,
        "/casualties/1/outcome",
        "c2: ‹a child› is injured, but part of c1, killed",
        70,
        77,
    ),
    Case(
        "W601",
        at(
            REGISTRY + "sides.json",
            "/sides/-",
            {"id": "third", "label": "Third", "description": "Nobody."},
        ),
        REGISTRY + "sides.json",
        "/sides/2",
        "nothing refers to 'third' (Third)",
    ),
    Case(
        "W602",
        lambda root: edit(root, ONE, {"/locations/2/place": "avaria-land"}),
        ONE,
        "/locations/2/place",
        "l3 ‹Dorn› is 'avaria-land', l1 is 'dorn'",
        106,
        110,
    ),
    Case(
        "W603",
        at(ONE, "/attributions/0/act", "accuse"),
        ONE,
        "/attributions/0/blames",
        "t1 accuses in ‹two civilians, including a ch … by shelling in Dorn on Monday›, but blames nobody",
        45,
        120,
    ),
    Case(
        "W604",
        lambda root: (root / "seeds/three.txt").write_text("A third."),
        "seeds/three.txt",
        "",
        "the index lists no such seed",
    ),
    Case(
        "W615",
        _same_text,
        INDEX,
        "/documents/2/sha256",
        "document 'three' has the text of document 'two'",
    ),
    Case(
        "W620",
        at(TWO, "/casualties/2", GONE),
        TWO,
        "/casualties",
        "‹3,000› beside ‹fled› is in no casualty",
        110,
        115,
    ),
    Case(
        "W621",
        lambda root: edit(root, ONE, {f"/casualties/{row}/trigger": None for row in (0, 1)}),
        ONE,
        "/casualties",
        "‹killed› is neither in a casualty nor its trigger",
        84,
        90,
    ),
    Case(
        "W622",
        at(ONE, "/attributions/1", GONE),
        ONE,
        "/attributions",
        "‹denied› is in no cue",
        138,
        144,
    ),
    Case(
        "W623",
        at(ONE, "/attributions/2/content/1", GONE),
        ONE,
        "/attributions",
        "‹and we never will› is in no content",
        186,
        203,
    ),
    Case(
        "W624",
        at(ONE, "/locations/0", GONE),
        ONE,
        "/actors",
        "‹Dorn› is a name in the registries, and no mention",
        14,
        18,
    ),
    Case(
        "W605",
        _split,
        ONE,
        "/casualties/1/span",
        "c3 ‹two civilians› is killed, and so it is in c1 already",
        45,
        58,
    ),
    Case(
        "W606",
        at(ONE, "/casualties/1/status", "unspecified"),
        ONE,
        "/casualties/1/status",
        "c2 ‹a child› is part of c1, whose status is civilian; its own is unspecified",
        70,
        77,
    ),
    Case(
        "W607",
        lambda root: edit(
            root, TWO, {"/casualties/1/side": "borland", "/casualties/1/perpetrator": "a1"}
        ),
        TWO,
        "/casualties/1/perpetrator",
        "c2 ‹At least seven people› is of the side borland, as is the perpetrator 'borland-army'",
        23,
        44,
    ),
    Case(
        "W608",
        lambda root: edit(root, ONE, {"/casualties/0/trigger": span(root, "one", "hits")}),
        ONE,
        "/casualties/0/trigger",
        "the trigger ‹hits› stands in another paragraph than ‹two civilians›",
        9,
        13,
    ),
    Case(
        "W609",
        _year,
        TWO,
        "/casualties/2/value",
        "c3 ‹1994› is more likely a year than a number of victims",
        116,
        120,
    ),
    Case(
        "W610",
        lambda root: edit(root, ONE, {"/casualties/0/age": "child", "/casualties/1/subset_of": []}),
        ONE,
        "/casualties/1/value",
        "c2 ‹a child› and c1 ‹two civilians› cannot both be true",
        70,
        77,
    ),
    Case(
        "W611",
        at(TWO, "/casualties/2/events", []),
        TWO,
        "/casualties/2/events",
        "c3 ‹More than 3,000› is of no event",
        100,
        115,
    ),
    Case(
        "W612",
        _free_words,
        ONE,
        "/attributions/3/source",
        "t4 ‹we never will› is said by nobody",
        190,
        203,
    ),
    Case(
        "W613",
        at(ONE, "/casualties/0/outcome", "injured"),
        ONE,
        "/casualties/0/outcome",
        "c1 ‹two civilians› is injured, the trigger ‹killed› states killed",
        45,
        58,
    ),
    Case(
        "W614",
        at(ONE, "/casualties/0/status", "unspecified"),
        ONE,
        "/casualties/0/status",
        "c1 ‹two civilians› has the status unspecified, its words say civilian",
        45,
        58,
    ),
    Case(
        "W699",
        lambda root: _waive(root, "W603", record="t1"),
        ONE,
        "/waivers/0",
        "there is no W603 about 't1' to waive",
    ),
)
