"""Levels 1 and 2: what :mod:`warclaims.corpus.reading` finds when it reads a file."""

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
from warclaims.validation.mistakes import GONE, ONE, ReplacedBytes
from warclaims.validation.rule import Example, Rule

_WHOLE = "The contents of a file are checked only if all of it can be read."

RULES = (
    Rule(
        "F100",
        "file cannot be read",
        f"The file is missing, or you may not open it. {_WHOLE}",
        "Create or restore the file, or change its permissions.",
        Example(
            "annotations/registry/sides.json is missing",
            "annotations/registry/sides.json can be read",
        ),
        mistake={"annotations/registry/sides.json": GONE},
    ),
    Rule(
        "F101",
        "byte-order mark",
        "Files are UTF-8 without a byte-order mark, which shifts offsets in some readers and is "
        "refused by others.",
        "Save the file as UTF-8 without BOM.",
        Example("the bytes EF BB BF, then {", "{ as the first byte"),
        mistake={ONE: ReplacedBytes(b'{\n "schema', b'\xef\xbb\xbf{\n "schema')},
    ),
    Rule(
        "F102",
        "not UTF-8",
        f"All files are UTF-8, so that offsets mean the same everywhere. {_WHOLE}",
        "Save the file in the encoding UTF-8, then look whether letters other than a to z are "
        "right. If a program wrote the file, change its encoding to UTF-8.",
        Example(
            "Borland’s, its ’ written as the byte 92",
            "Borland’s, its ’ written as the bytes E2 80 99",
        ),
        mistake={ONE: ReplacedBytes("Borland’s".encode(), b"Borland\x92s")},
    ),
    Rule(
        "F103",
        "not JSON, or not TOML",
        f"The file is not valid JSON (RFC 8259), or corpus.toml is not valid TOML. {_WHOLE}",
        "Look at the line and column, and just before: often there is a comma too many, or a "
        "quotation mark is missing. Restore a file that is empty or cut off.",
        Example('"blames": ["a1",]', '"blames": ["a1"]'),
        mistake={ONE: ReplacedBytes(b'"actors": [', b'"actors": [,')},
    ),
    Rule(
        "F104",
        "duplicate key",
        "Parsers silently ignore one of two equal keys, so a decision would be lost.",
        "Keep the right one.",
        Example('{"id": "c2", "value": 7, "value": 8}', '{"id": "c2", "value": 8}'),
        mistake={ONE: ReplacedBytes(b'"id": "c2",', b'"id": "c2", "value": 7,')},
    ),
    Rule(
        "F105",
        "number that is not JSON",
        "NaN, Infinity and numbers beyond the range of a double are not JSON. Most readers fail.",
        "Use null, or leave the field out.",
        Example('"extra": {"score": NaN}', '"extra": {"score": null}'),
        mistake={"/extra": {"score": float("nan")}},
    ),
    Rule(
        "F106",
        "half of a character",
        "The escapes \\ud800 to \\udfff are characters only in pairs. A single one cannot be "
        "written as UTF-8.",
        "Write the whole character, or remove the half.",
        Example('"note": "Dorn \\ud83d"', '"note": "Dorn \\ud83d\\ude00"'),
        mistake={ONE: ReplacedBytes(b'"guidelines": "1.0"', b'"guidelines": "1.0\\ud83d"')},
    ),
    Rule(
        "F107",
        "too large to be read",
        f"A file may have {MAX_FILE // MIB} MiB, a bundle {MAX_BUNDLE // MIB} MiB, and each "
        f"{MAX_VALUES:,} values; in the index and the registries each entry may have so many. "
        "That is far more than a text with its annotations needs. Larger files are broken, or made "
        "to exhaust memory.",
        "Look whether a line break between bundles is missing. Split a file that is too large.",
        Example("a line of 17 MiB", "a line of 17 KiB"),
    ),
    Rule(
        "F108",
        "no bundles",
        "A file or stream without bundles is usually the output of a program that failed.",
        "Create the file again, or leave it out.",
        Example("bundles.jsonl has 0 bytes", "bundles.jsonl has one line for each document"),
    ),
    Rule(
        "F109",
        "more findings than are shown",
        f"At most {MAX_FINDINGS:,} findings are shown per bundle or file. Usually they have one "
        "cause. The others are counted. If all of them are warnings, this is a warning, too.",
        "Fix the first findings and check again.",
        Example("all 40,000 spans of a text shifted by one", "all 40,000 spans at their words"),
    ),
    Rule(
        "F110",
        "compressed data broken",
        "The data is cut off or damaged, and the rest cannot be read. The complete lines before "
        "have been checked.",
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
        f"All compressed files of a run count together, and each line or finding counts as "
        f"{ITEM_COST:,} bytes. A page of a Parquet table may have about 100 MB. The content before "
        "has been checked.",
        "Do not use the file. If you trust it, decompress it first, or write the table with "
        "smaller pages.",
        Example("40 kB that contain 1 GB of one letter", "40 kB that contain 200 kB of bundles"),
    ),
    Rule(
        "F112",
        "not a table of bundles",
        "A Parquet file of bundles has a column bundle with one bundle per row as JSON text. Other "
        "columns are ignored. A table cannot be read if it is damaged, nor from a pipe, because it "
        "is read from its end.",
        "Give a table by the name of its file. Create it again if it is damaged or has no such "
        "column, for instance with: warclaims export bundles --out FILE.parquet.",
        Example("columns document and text", "a column bundle with JSON texts"),
    ),
    Rule(
        "F113",
        "changed while it was read",
        "Somebody wrote to the file while it was checked, so neither the old nor the new contents "
        "were checked.",
        "Check again when the file is complete.",
        Example("bundles.jsonl is still being written", "bundles.jsonl is complete"),
    ),
    Rule(
        "F114",
        "duplicate document",
        "The bundles of one run are one corpus, in which an id is one document. All files of a run "
        "are compared, by a hash of 16 bytes of the id.",
        "Remove one of them, or give the other document another id. Check two editions of the same "
        "documents in two runs.",
        Example("two lines with the document 004", "one line with the document 004"),
    ),
    Rule(
        "S201",
        "field missing",
        "A field without a default is required. Its value may be null or an empty list.",
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
        "Records have no other fields. Otherwise a misspelt field would be ignored.",
        "Correct the name, or put additional data into extra (not in corpus.toml).",
        Example('"entitty": "borland"', '"entity": "borland"'),
        mistake={"/actors/0/entitty": "borland"},
    ),
    Rule(
        "S203",
        "value not in the list",
        "The attribute takes only values from its list.",
        "Choose a value from the list in the message. Their meanings are in schema/ and in the "
        "guidelines.",
        Example('"outcome": "dead"', '"outcome": "killed"'),
        mistake={"/actors/0/level": "noun"},
    ),
    Rule(
        "S204",
        "wrong type",
        "The value does not have the type of the field: a text instead of a number, a list instead "
        "of a record, null where it is not allowed.",
        "Use the type in the message.",
        Example('"value": "2"', '"value": 2'),
        mistake={"/casualties/0/value": "2"},
    ),
    Rule(
        "S205",
        "value out of range",
        "The type is right, but the value is too small, too large, empty, or does not match the "
        "pattern. Ids are letters, digits, - and _. Dates are YYYY, YYYY-MM or YYYY-MM-DD. "
        "Languages are tags of BCP 47: en, en-GB, und if unknown.",
        "Correct the value as the message says.",
        Example('"value": -2', '"value": 2'),
        mistake={"/casualties/0/value": -2},
    ),
    Rule(
        "S206",
        "unknown version of the format",
        "This release does not read the version of the format in schema_version.",
        "Use a release that reads it, or correct schema_version.",
        Example('"schema_version": "9.0"', '"schema_version": "1.0"'),
        mistake={"/schema_version": "9.0"},
    ),
    Rule(
        "S207",
        "value that the schema does not allow",
        "The JSON Schema given with --schema does not allow the value.",
        "Correct the value, or the schema.",
        Example('"uniqueItems": true and the list ["a", "a"]', '["a"]'),
    ),
)
