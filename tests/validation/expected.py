# ruff: noqa: E501 - messages are asserted as they are
"""The finding that the declared mistake of each rule gives."""

from __future__ import annotations

from typing import NamedTuple

from warclaims.validation.mistakes import ONE

TWO = "annotations/gold/two.json"
INDEX = "seeds/index.json"
REGISTRY = "annotations/registry/"


class Expected(NamedTuple):
    """A finding: file, pointer, message, offsets of the text."""

    file: str
    pointer: str
    message: str
    start: int | None = None
    end: int | None = None


EXPECTED = {
    "F100": Expected(REGISTRY + "sides.json", "", "cannot be read: no such file or directory"),
    "F101": Expected(ONE, "", "starts with a byte-order mark"),
    "F102": Expected(ONE, "", "is not UTF-8: byte 381 is 0x92"),
    "F103": Expected(ONE, "", "is not JSON: one comma too many"),
    "F104": Expected(
        ONE, "/casualties/1/value", "the key 'value' of 'c2' occurs twice in one object"
    ),
    "F105": Expected(ONE, "/extra/score", "NaN is not a number that JSON has"),
    "F106": Expected(ONE, "/guidelines", "the text contains \\ud83d, half of a character"),
    "S201": Expected(ONE, "/actors/0/entity", "the field 'entity' is missing"),
    "S202": Expected(
        ONE, "/actors/0/entitty", "there is no field 'entitty' here; did you mean 'entity'?"
    ),
    "S203": Expected(
        ONE, "/actors/0/level", 'must be one of "name", "nominal", "pronoun"; found "noun"'
    ),
    "S204": Expected(ONE, "/casualties/0/value", 'must be integer or null; found "2"'),
    "S205": Expected(ONE, "/casualties/0/value", "must be at least 0; found -2"),
    "S206": Expected(ONE, "/schema_version", 'must be "2.0"; found "9.0"'),
    "T301": Expected("seeds/two.txt", "", "the seed of document 'two' is not in seeds/"),
    "T302": Expected(
        "seeds/two.txt",
        "",
        "bytes differ from those that were indexed: its SHA-256 is 47ea5247ecf7…, the index has 1b567f7edc62…",
    ),
    "T303": Expected(
        INDEX, "/documents/0/length", "the text has 234 code points, the index says 235"
    ),
    "T304": Expected(
        INDEX,
        "/documents/0/segments/3/start",
        "starts at 208, a gap after the segment that ends at 207",
        208,
        234,
    ),
    "T305": Expected(
        ONE,
        "/sha256",
        "the annotations are for a text with the SHA-256 000000000000…, document 'one' has 147bf5c11b5a…",
    ),
    "T306": Expected(
        ONE, "/actors/3/span/0", "actors a4 ‹a spokesman› ends at 167, not after its start at 167"
    ),
    "T307": Expected(
        ONE,
        "/attributions/2/content/1",
        "attributions t3 content ‹“and we never will.” … “We hit no town,”› has its fragments out of order: ‹“We hit no town,”› starts at 149, the one before it ends at 205",
        149,
        166,
    ),
    "T308": Expected(
        ONE,
        "/casualties/0/span/0",
        "casualties c1 ‹two civilians› does not match the text at 44–58, ‹ two civilians›; the words are at 45–58",
        44,
        58,
    ),
    "T309": Expected(
        ONE, "/actors/3/span/0", "actors a4 ‹a spokesman › ends with white space", 167, 179
    ),
    "T310": Expected(
        ONE,
        "/actors/4/span/0",
        "actors a5 ‹our› is in a segment that is not annotated",
        219,
        222,
    ),
    "T311": Expected(
        ONE,
        "/attributions/2/content/1",
        "attributions t3 content ‹“We hit no town,” … “and we never will.”\n\nSign up› continues after the end of its segment",
        185,
        214,
    ),
    "T312": Expected(
        ONE, "/actors/2/span", "a3 ‹army denied› crosses a2 ‹Borland’s army›", 133, 144
    ),
    "T313": Expected(ONE, "/actors/4", "a5 ‹a spokesman› is equal to a4", 167, 178),
    "T314": Expected(
        ONE,
        "/locations/1",
        "locations l1 starts at 14 in the text, a record before it at 33",
        14,
        18,
    ),
    "T315": Expected("seeds/two.txt", "", "the seed of document 'two' is not UTF-8"),
    "T316": Expected(
        ONE, "/actors/3/span/0", "actors a4 ‹spokesma› ends inside ‹spokesman›", 169, 177
    ),
    "R401": Expected(
        ONE,
        "/actors/1/entity",
        "entity names 'borland-armi': there is no such entry in the registry of actors; did you mean 'borland-army'?",
    ),
    "R402": Expected(
        ONE,
        "/attributions/0/source/0",
        "source names 'a9': there is no such record among the file's actors",
    ),
    "R403": Expected(
        "annotations/passes/a/three.json",
        "/document",
        "document names 'three': there is no such document in the index",
    ),
    "R404": Expected(ONE, "/locations/0/id", "another record has the id 'a1', too"),
    "R405": Expected(
        "annotations/passes/a/three.json",
        "/document",
        "the file has annotations of 'one', but the name 'three'",
    ),
    "R406": Expected(ONE, "/casualties/0/subset_of", "subset_of leads in a circle: c1 → c1"),
    "R407": Expected(
        REGISTRY + "places.json",
        "/places/0/parent",
        "parent leads in a circle: avaria-land → dorn → avaria-land",
    ),
    "R408": Expected(
        ONE, "/attributions/1/regarding/1", "regarding lists 'shelling-of-dorn' 2 times"
    ),
    "R409": Expected(INDEX, "/documents/1/file", "one.txt is already the seed of document 'one'"),
    "R410": Expected(ONE, "", "document 'one' has no annotations in gold"),
    "R411": Expected(ONE, "/waivers/0/code", "W604 is not a warning that can be waived"),
    "C501": Expected(
        ONE,
        "/casualties/0/value",
        "c1 ‹two civilians› has the value 2 and the quantifier indefinite",
        45,
        58,
    ),
    "C502": Expected(
        ONE, "/casualties/0/value", "c1 ‹two civilians› says 2, the record has 3", 45, 58
    ),
    "C503": Expected(
        ONE,
        "/casualties/0/quantifier",
        "c1 ‹two civilians› states exact, the quantifier is at_least",
        45,
        58,
    ),
    "C504": Expected(
        ONE,
        "/casualties/0/subset_of",
        "c1 ‹two civilians› is at least 2, but part of c2, at most 1",
        45,
        58,
    ),
    "C505": Expected(
        ONE,
        "/attributions/0/inferred_source",
        "t1 ‹two civilians, including a ch … by shelling in Dorn on Monday› has the source a1, but also infers 'borland'",
        45,
        120,
    ),
    "C506": Expected(
        ONE, "/attributions/1/cue", "t2: the cue ‹denied it› overlaps its content", 145, 147
    ),
    "C507": Expected(
        ONE,
        "/attributions/0/mode",
        "t1 ‹two civilians, including a ch … by shelling in Dorn on Monday› is direct, but begins outside quotation marks",
        45,
        120,
    ),
    "C508": Expected(
        ONE,
        "/attributions/0/regarding",
        "t1 ‹two civilians, including a ch … by shelling in Dorn on Monday› regards shelling-of-dorn, but the act is assert and nobody is blamed",
        45,
        120,
    ),
    "C509": Expected(
        ONE, "/attributions/1/blames", "t2 ‹it› blames its own source, 'borland-army'", 145, 147
    ),
    "C510": Expected(
        ONE,
        "/attributions/1/content",
        "t4 ‹including a child, were killed› crosses t1 ‹two civilians, including a child, were›",
        60,
        90,
    ),
    "C511": Expected(ONE, "/actors/4", "a5 ‹we› is a pronoun to which no record refers", 190, 192),
    "C512": Expected(
        ONE, "/actors/2", "a3 ‹Borland› is an actor, and also the location l4", 123, 130
    ),
    "C513": Expected(INDEX, "/documents/0/date/value", "the date 2001-02-29 does not exist"),
    "C514": Expected(
        REGISTRY + "events.json",
        "/events/0/end",
        "shelling-of-dorn ends 2001-01, before it starts 2001-02-01",
    ),
    "C515": Expected(
        ONE,
        "/casualties/0/alternatives",
        "c1 ‹two civilians› has another reading, but no note says why",
        45,
        58,
    ),
    "C516": Expected(
        ONE,
        "/casualties/0/events/1",
        "c1 ‹two civilians› lists both 'war' and its part 'shelling-of-dorn'",
        45,
        58,
    ),
    "C517": Expected(
        ONE,
        "/casualties/3/subset_of",
        "c-town ‹town› and c2 and c-army are together at least 5, but parts of c1, at most 2",
        160,
        164,
    ),
    "C518": Expected(
        REGISTRY + "events.json",
        "/events/0/start",
        "shelling-of-dorn starts 2001-02-01, its parent war 2002",
    ),
    "C519": Expected(
        ONE, "/casualties/1/outcome", "c2 ‹a child› is injured, but part of c1, killed", 70, 77
    ),
    "C520": Expected(
        ONE,
        "/casualties/0/inferred_perpetrator",
        "c1 ‹two civilians› has the perpetrator a1, so 'borland' need not be inferred",
        45,
        58,
    ),
    "C521": Expected(
        ONE,
        "/casualties/0/alternatives/0/subset_of",
        "c1 ‹two civilians› has an alternative that names 'c99' in subset_of, which does not exist",
        45,
        58,
    ),
    "W601": Expected(REGISTRY + "sides.json", "/sides/2", "nothing refers to 'third' (Third)"),
    "W602": Expected(
        ONE, "/locations/2/place", "l3 ‹Dorn› is 'avaria-land', l1 is 'dorn'", 106, 110
    ),
    "W603": Expected(
        ONE,
        "/attributions/0/blames",
        "t1 ‹two civilians, including a ch … by shelling in Dorn on Monday› is an accusation, but blames nobody",
        45,
        120,
    ),
    "W604": Expected("seeds/three.txt", "", "is not in the index"),
    "W615": Expected(
        INDEX, "/documents/2/sha256", "document 'three' has the text of document 'two'"
    ),
    "W620": Expected(TWO, "/casualties", "‹3,000› beside ‹fled› is in no casualty", 110, 115),
    "W621": Expected(ONE, "/casualties", "‹killed› is in no casualty and no trigger", 84, 90),
    "W622": Expected(ONE, "/attributions", "‹denied› is in no cue", 138, 144),
    "W623": Expected(ONE, "/attributions", "‹and we never will› is in no content", 186, 203),
    "W624": Expected(
        ONE, "/actors", "‹Dorn› is a name in the registries, but not a mention", 14, 18
    ),
    "W605": Expected(
        ONE,
        "/casualties/1/span",
        "c3 ‹two civilians› is killed, as is c1 with the same words",
        45,
        58,
    ),
    "W606": Expected(
        ONE,
        "/casualties/1/status",
        "c2 ‹a child› is part of c1, whose status is civilian; its own is military",
        70,
        77,
    ),
    "W607": Expected(
        TWO,
        "/casualties/1/perpetrator",
        "c2 ‹At least seven people› is on the side borland, as is the perpetrator 'borland-army'",
        23,
        44,
    ),
    "W608": Expected(
        ONE,
        "/casualties/0/trigger",
        "the trigger ‹hits› is not in the paragraph of ‹two civilians›",
        9,
        13,
    ),
    "W609": Expected(
        TWO,
        "/casualties/2/value",
        "c3 ‹1994› is more likely a year than a number of victims",
        116,
        120,
    ),
    "W610": Expected(
        ONE,
        "/casualties/1/value",
        "c2 ‹a child› and c1 ‹two civilians› cannot both be true",
        70,
        77,
    ),
    "W611": Expected(TWO, "/casualties/2/events", "c3 ‹More than 3,000› has no event", 100, 115),
    "W612": Expected(
        ONE, "/attributions/3/source", "t4 ‹we never will› has neither source nor cue", 190, 203
    ),
    "W613": Expected(
        ONE,
        "/casualties/0/outcome",
        "c1 ‹two civilians› is injured, the trigger ‹killed› states killed",
        45,
        58,
    ),
    "W614": Expected(
        ONE,
        "/casualties/0/status",
        "c1 ‹two civilians› has the status unspecified, its words say civilian",
        45,
        58,
    ),
    "W699": Expected(ONE, "/waivers/0", "there is no W603 about 't1'"),
}
