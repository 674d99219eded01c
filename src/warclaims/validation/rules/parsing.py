"""Levels 1 and 2: what :mod:`warclaims.corpus.reading` finds while it reads a file."""

from __future__ import annotations

from warclaims.files.limits import (
    FREE_EXPANSION,
    ITEM_COST,
    MAX_BUNDLE,
    MAX_FILE,
    MAX_FINDINGS,
    MAX_RATIO,
    MAX_VALUES,
    MIB,
)
from warclaims.validation.mistakes import GONE, ONE, Replaced
from warclaims.validation.rule import Example, Rule

_WHOLE = "Nothing in a file is checked before it can be read whole."

RULES = (
    Rule(
        "F100",
        "file cannot be read",
        f"The file is missing, or it may not be opened. {_WHOLE}",
        "Create or restore the file, or change its permissions.",
        Example(
            "annotations/registry/sides.json is not there",
            "annotations/registry/sides.json is there and may be read",
        ),
        mistake={"annotations/registry/sides.json": GONE},
    ),
    Rule(
        "F101",
        "byte-order mark",
        "Files are plain UTF-8. A mark at the beginning shifts offsets in some readers and is "
        "refused by others.",
        "Save the file as UTF-8 without BOM.",
        Example("the bytes EF BB BF, then {", "{ as the first byte"),
        mistake={ONE: Replaced(b'{\n "schema', b'\xef\xbb\xbf{\n "schema')},
    ),
    Rule(
        "F102",
        "not UTF-8",
        f"All files are UTF-8, so that offsets mean the same everywhere. {_WHOLE}",
        "Save the file as UTF-8 (editors call it the encoding), then look whether letters beyond a "
        "to z are right. If a program wrote the file, let it write UTF-8.",
        Example(
            "Borland’s, its ’ written as the byte 92",
            "Borland’s, its ’ written as the bytes E2 80 99",
        ),
        mistake={ONE: Replaced("Borland’s".encode(), b"Borland\x92s")},
    ),
    Rule(
        "F103",
        "not JSON, or not TOML",
        f"The file breaks the grammar of JSON (RFC 8259), or corpus.toml that of TOML. {_WHOLE}",
        "Look at the line and column named, and just before: often a comma too many or a quotation "
        "mark too few. Restore a file that is empty or ends in the middle.",
        Example('"blames": ["a1",]', '"blames": ["a1"]'),
        mistake={ONE: Replaced(b'"actors": [', b'"actors": [,')},
    ),
    Rule(
        "F104",
        "duplicate key",
        "Parsers keep one of two equal keys and silently drop the other, so a decision would be "
        "lost.",
        "Keep the right one.",
        Example('{"id": "c2", "value": 7, "value": 8}', '{"id": "c2", "value": 8}'),
        mistake={ONE: Replaced(b'"id": "c2",', b'"id": "c2", "value": 7,')},
    ),
    Rule(
        "F105",
        "number that is not JSON",
        "NaN, Infinity and numbers beyond the range of a double are not JSON; most readers fail.",
        "Write null or leave the field out.",
        Example('"extra": {"score": NaN}', '"extra": {"score": null}'),
        mistake={"/extra": {"score": float("nan")}},
    ),
    Rule(
        "F106",
        "half of a character",
        "The escapes \\ud800 to \\udfff stand for a character in pairs only; a text with half of "
        "one cannot be written as UTF-8.",
        "Write the whole character, or take the half away.",
        Example('"note": "Dorn \\ud83d"', '"note": "Dorn \\ud83d\\ude00"'),
        mistake={ONE: Replaced(b'"guidelines": "1.0"', b'"guidelines": "1.0\\ud83d"')},
    ),
    Rule(
        "F107",
        "too large to be read",
        f"A file of the corpus may have {MAX_FILE // MIB} MiB, a bundle {MAX_BUNDLE // MIB} MiB, "
        f"and either {MAX_VALUES:,} values: far more than a text with its annotations needs. What "
        "is larger is broken, or made to take all memory.",
        "Look whether a line break between bundles is missing. Split what is really so large.",
        Example("a line of 17 MiB", "a line of 17 KiB"),
    ),
    Rule(
        "F108",
        "no bundles",
        "A file or stream without bundles is mostly the output of a program that failed.",
        "Create the file again, or leave it out.",
        Example("bundles.jsonl has 0 bytes", "bundles.jsonl has one line for each document"),
    ),
    Rule(
        "F109",
        "more findings than are shown",
        f"Of one bundle or file no more than {MAX_FINDINGS:,} findings are shown: they mostly have "
        "one cause, and nobody reads more. The others are counted. If all of them are warnings, "
        "this is a warning, too.",
        "Fix what the first findings say and check again.",
        Example("all 40,000 spans of a text moved by one", "all 40,000 spans at their words"),
    ),
    Rule(
        "F110",
        "compressed data broken",
        "The data is cut off, or damaged on its way; what comes after the place cannot be read. "
        "The lines of bundles that could be decompressed whole before it have been checked.",
        "Create or download the file again.",
        Example(
            "bundles.jsonl.gz of which the last kilobyte is missing", "all of bundles.jsonl.gz"
        ),
    ),
    Rule(
        "F111",
        "compressed data expands too far",
        f"Content of more than {FREE_EXPANSION // MIB} MiB that is more than {MAX_RATIO:,} times "
        "as large as the compressed data is not text: such files are made to fill memory or disk. "
        f"All compressed files of a run count together, and each line or finding as {ITEM_COST:,} "
        "bytes. "
        "In a Parquet table, no page may take much more than 100 MB. What came before has been "
        "checked.",
        "Do not use the file. If it is really yours, decompress it first, or write the table with "
        "smaller pages.",
        Example("40 kB that hold 1 GB of one letter", "40 kB that hold 200 kB of bundles"),
    ),
    Rule(
        "F112",
        "not a table of bundles",
        "A Parquet file of bundles has a column named bundle, in which each row holds one bundle "
        "as JSON text. Other columns are not looked at. A damaged file cannot be read on, and none "
        "through a pipe: a table is read from its end.",
        "Give a table by the name of its file. Make one that is damaged or has no such column "
        "anew, for instance with: warclaims export bundles --out FILE.parquet.",
        Example("columns document and text", "a column bundle with JSON texts"),
    ),
    Rule(
        "F113",
        "changed while it was read",
        "A file that somebody writes to while it is checked is checked neither as it was nor as it "
        "is.",
        "Check again when the file is complete.",
        Example("bundles.jsonl is still being written", "bundles.jsonl is complete"),
    ),
    Rule(
        "F114",
        "duplicate document",
        "The bundles of one run are one corpus, in which an id is one document. All files of a run "
        "are compared, by a hash of 16 bytes of the id. Which of the two is meant cannot be known.",
        "Remove one of them, or give the other document an id of its own. Check two editions of "
        "the same documents one after the other.",
        Example("two lines with the document 004", "one line with the document 004"),
    ),
    Rule(
        "S201",
        "field missing",
        "A field without a default is always written, with null or an empty list if there is "
        "nothing to say.",
        "Add the field. Its meaning and values are in schema/.",
        Example(
            '{"id": "a1", "span": […], "level": "name"}',
            '{"id": "a1", "span": […], "entity": null, "level": "name"}',
        ),
        mistake={"/actors/0/entity": GONE},
    ),
    Rule(
        "S202",
        "unknown field",
        "Records are closed: a misspelt field would otherwise be ignored for ever.",
        "Correct the name, or put what the scheme does not know into extra, which corpus.toml does "
        "not have.",
        Example('"entitty": "borland"', '"entity": "borland"'),
        mistake={"/actors/0/entitty": "borland"},
    ),
    Rule(
        "S203",
        "value not in the closed list",
        "The attribute takes one of a fixed list of values.",
        "Choose a value from the list in the message; their meanings are in schema/ and in the "
        "guidelines.",
        Example('"outcome": "dead"', '"outcome": "killed"'),
        mistake={"/actors/0/level": "noun"},
    ),
    Rule(
        "S204",
        "wrong type",
        "The value has another type than the field: text for a number, a list for a record, null "
        "where it is not allowed.",
        "Write the value in the type that the message names.",
        Example('"value": "2"', '"value": 2'),
        mistake={"/casualties/0/value": "2"},
    ),
    Rule(
        "S205",
        "value out of its limits",
        "The type is right, but the value is too small, too large, empty, or not of the pattern "
        "(ids are letters, digits, - and _; dates YYYY, YYYY-MM or YYYY-MM-DD; languages are tags "
        "of BCP 47: en, en-GB, und if unknown).",
        "Correct the value within the limits that the message names.",
        Example('"value": -2', '"value": 2'),
        mistake={"/casualties/0/value": -2},
    ),
    Rule(
        "S206",
        "unknown version of the format",
        "The file says that it is of a version that this release does not read.",
        "Use the release that reads it, or correct schema_version.",
        Example('"schema_version": "9.0"', '"schema_version": "1.0"'),
        mistake={"/schema_version": "9.0"},
    ),
    Rule(
        "S207",
        "value that the schema does not allow",
        "The JSON Schema given with --schema asks for something else here.",
        "Correct the value, or the schema.",
        Example('"uniqueItems": true and the list ["a", "a"]', '["a"]'),
    ),
)
