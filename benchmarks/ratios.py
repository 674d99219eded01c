"""One document at a time: each function beside ``orjson.loads`` of the same bytes.

The functions take turns document by document in one process, each document comes up once in a
round, and there are far more bytes than the processor's cache holds: so no function finds its data
warm from the call before, and all share whatever else the machine does.
"""

from __future__ import annotations

import json
import time
from random import Random
from typing import TYPE_CHECKING, Any

import orjson

from benchmarks.page import Scale, progress, table
from support.bundles import Maker
from support.mutants import known
from support.mutators import break_bundle

if TYPE_CHECKING:
    from collections.abc import Callable

    from warclaims.corpus import Corpus

    Call = Callable[[bytes], object]

CLEAN, BROKEN, SCHEMA_SAMPLE = 2000, 1000, 500
SEED = 2024


def _sums(calls: dict[str, Call], documents: list[tuple[bytes, bytes]]) -> dict[str, float]:
    """Seconds of each call over all documents; those of the floor get the second bytes.

    The order of the calls is turned by one for each document.
    """
    names = list(calls)
    taken = dict.fromkeys(names, 0.0)
    clock = time.process_time
    for number, (data, whole) in enumerate(documents):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            given = whole if name == FLOOR else data
            call = calls[name]
            start = clock()
            call(given)
            taken[name] += clock() - start
    return taken


FLOOR = "`orjson.loads` (the floor)"
WHOLE = "this validator: read, duplicate keys refused, every rule"
SCHEMA = "this validator, the schema alone"


def _quiet(call: Call, error: type[Exception]) -> Call:
    def quiet(data: bytes) -> object:
        try:
            return call(data)
        except error:
            return None

    return quiet


def _calls(corpus: Corpus) -> dict[str, Call]:
    import jsonschema_rs
    import msgspec
    import pydantic

    from warclaims.corpus.decoding import decode_bundle
    from warclaims.corpus.schema_check import published_schema
    from warclaims.records import Bundle
    from warclaims.validation.bundles import check_bundle

    registries = known(corpus)
    fast = jsonschema_rs.validator_for(_schema(corpus))
    judge = published_schema(corpus.layout, Bundle)
    return {
        FLOOR: orjson.loads,
        "msgspec alone, to plain values": _quiet(msgspec.json.decode, ValueError),
        "pydantic alone, to records": _quiet(Bundle.model_validate_json, pydantic.ValidationError),
        "`orjson.loads` and jsonschema-rs": _quiet(
            lambda data: fast.is_valid(orjson.loads(data)), ValueError
        ),
        SCHEMA: lambda data: decode_bundle(data, judge),
        WHOLE: lambda data: check_bundle(data, registries, "bundles.jsonl", 1),
    }


def _schema(corpus: Corpus) -> Any:
    from warclaims.corpus.model_schema import SCHEMA_FOLDER

    return json.loads((corpus.layout.schema / SCHEMA_FOLDER / "bundle.schema.json").read_bytes())


def _rows(taken: dict[str, float], number: int, aims: dict[str, str]) -> list[list[str]]:
    return [
        [
            name,
            f"{seconds / number * 1000:.3f}",
            f"{seconds / taken[FLOOR]:.2f} ×",
            aims.get(name, ""),
        ]
        for name, seconds in taken.items()
    ]


_HEADER = ["what", "ms a document", "to the floor", "aim"]


def section(scale: Scale, corpus: Corpus) -> list[str]:
    """Ratios on clean and on broken bundles, and the schema alone beside ``jsonschema``."""
    maker, random = Maker(corpus), Random(SEED)
    progress("ratios: clean bundles")
    clean = [maker.line(random, f"r{number}") for number in range(scale.of(CLEAN))]
    calls = _calls(corpus)
    _sums(calls, [(data, data) for data in clean[:20]])
    on_clean = _sums(calls, [(data, data) for data in clean])
    progress("ratios: broken bundles")
    broken = [(break_bundle(data, random, corpus)[0], data) for data in clean[: scale.of(BROKEN)]]
    on_broken = _sums(calls, broken)
    progress("ratios: jsonschema")
    sample = random.sample(clean, scale.of(SCHEMA_SAMPLE))
    on_schema = _sums(_schema_calls(corpus, calls), [(data, data) for data in sample])
    size = sum(map(len, clean)) / len(clean)
    phrases = [
        casualty["span"][0]["text"]
        for data in clean
        for casualty in orjson.loads(data)["annotations"]["casualties"]
    ]
    slow = on_schema[_JSONSCHEMA] / on_schema[SCHEMA]
    return [
        "## One generated bundle at a time, beside `orjson.loads` of the same bytes",
        f"{len(clean):,} clean bundles of {size / 1000:.0f} kB on average (text of 3 to 10 kB with "
        "70 to 290 fragments; no two texts are equal, and "
        f"{len(set(phrases)):,} of {len(phrases):,} victim phrases are different ones). The "
        "functions take turns document by document in one process.",
        table(_HEADER, _rows(on_clean, len(clean), {WHOLE: "at most 12 ×"})),
        f"{len(broken):,} bundles, each with one mistake (a mutator drawn by chance); the floor is "
        "that of the same bundle before it was broken. All findings are told with their place and "
        "words.",
        table(_HEADER, _rows(on_broken, len(broken), {WHOLE: "at most 12 ×"})),
        f"The schema alone, on a seeded sample of {len(sample)} clean bundles: jsonschema takes "
        f"{slow:,.0f} times as long as this validator.",
        table(_HEADER, _rows(on_schema, len(sample), {})),
    ]


_JSONSCHEMA = "`orjson.loads` and jsonschema"


def _schema_calls(corpus: Corpus, calls: dict[str, Call]) -> dict[str, Call]:
    from jsonschema import Draft202012Validator

    slow = Draft202012Validator(_schema(corpus))
    return {
        FLOOR: calls[FLOOR],
        SCHEMA: calls[SCHEMA],
        "`orjson.loads` and jsonschema-rs": calls["`orjson.loads` and jsonschema-rs"],
        _JSONSCHEMA: lambda data: slow.is_valid(orjson.loads(data)),
    }
