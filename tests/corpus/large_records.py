"""Parse JSON in which nearly everything is wrong: ``python large_records.py MEGABYTES``.

For each file and shape the most memory needed so far is printed, in MiB.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import warclaims
from warclaims.corpus import parse
from warclaims.errors import WarclaimsError
from warclaims.records import (
    REGISTRIES,
    Adjudication,
    Annotations,
    Bundle,
    DocumentIndex,
)
from warclaims.studio.compare import sent_again
from warclaims.studio.home import Home
from warclaims.studio.ledger import Ledger
from warclaims.textfree.reading import parse_manifest

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 2_000_000


def ledger_entry(data: bytes) -> None:
    """Read annotations as the ledger of a project has them."""
    with TemporaryDirectory() as folder:
        ledger = Ledger(Home(Path(folder)), "http://server", 3)
        history = ledger.history("gold", "one", [7, json.loads(data)])
    assert history.sent is None, "was accepted"
    raise WarclaimsError("not valid")


def task_of_a_server(data: bytes) -> None:
    """Read a task of a server, whose data hold what it was sent with."""
    sent = {"document": "one", "set": "gold", "sha256": "0" * 64, "encoding": "1", "text": "Two"}
    sent["exported"] = json.loads(data)
    assert sent_again(sent, warclaims.open()) is None, "was accepted"
    raise WarclaimsError("not valid")


READERS: dict[str, tuple[str, Callable[[bytes], Any]]] = {
    "index": ("documents", lambda data: parse(data, DocumentIndex, "index.json")),
    "actors": ("actors", lambda data: parse(data, REGISTRIES["actors"], "actors.json")),
    "events": ("events", lambda data: parse(data, REGISTRIES["events"], "events.json")),
    "annotations": ("casualties", lambda data: parse(data, Annotations, "one.json")),
    "bundle": ("annotations", lambda data: parse(data, Bundle, "b.jsonl")),
    "adjudication": ("verdicts", lambda data: parse(data, Adjudication, "adjudication.jsonl")),
    "manifest": ("documents", parse_manifest),
    "ledger": ("actors", ledger_entry),
    "task on a server": ("actors", task_of_a_server),
}
"""File → a field of it, and what reads it."""


def many(item: bytes, values: int = 2) -> bytes:
    """A list of as many equal items as a file may hold; each counts as so many values."""
    number = min(SIZE // (len(item) + 1), min(SIZE // 4, 480_000) // values)
    return b"[" + b",".join([item] * number) + b"]"


UNKNOWN = b"{" + b",".join(b'"k%d":1' % number for number in range(9_000)) + b"}"
SHAPES: dict[str, Callable[[], bytes]] = {
    "many records without fields": lambda: many(b"{}"),
    "many records of a wrong field": lambda: many(b'{"a":0}'),
    "many numbers": lambda: many(b"0", 1),
    "many numbers with a point": lambda: many(b"1.0", 1),
    "many lists": lambda: many(b"[]"),
    "many texts": lambda: many(b'""', 1),
    "many keys twice": lambda: many(b'{"a":0,"a":1}', 3),
    "many numbers that are not finite": lambda: many(b"NaN", 1),
    "many halves of a character": lambda: many(rb'"\ud800"', 1),
    "many fragments": lambda: b'[{"id":"a","span":%b}]' % many(b'{"start":0}'),
    "many whole fragments": lambda: b'[{"span":%b}]' % many(b'{"start":0,"end":1,"text":"a"}', 4),
    "many segments": lambda: b'[{"segments":%b}]' % many(b"{}"),
    "records of many wrong fields": lambda: b"[" + b",".join([UNKNOWN] * 20) + b"]",
    "long keys": lambda: many(b'{"%b":1}' % (b"k" * 1000)),
    "one long key": lambda: b'[{"%b":1}]' % (b"k" * SIZE),
    "deep": lambda: b"[" * SIZE,
    "deep and closed": lambda: b"[" * 900 + b"]" * 900,
    "wide and deep": lambda: b"[" + b",".join([b"[" * 900 + b"]" * 900] * 500) + b"]",
    "extra": lambda: b'[{"extra":{"x":%b}}]' % many(b'{"a":0}'),
}


def message(read: Callable[[bytes], Any], data: bytes) -> str:
    """What is wrong with the data; nothing if it was accepted."""
    try:
        read(data)
    except WarclaimsError as error:
        return str(error)
    return ""


def main() -> None:
    """Try all shapes on annotations, and the first few on the other files."""
    from cost import peak

    for name, (field, read) in READERS.items():
        for shape in list(SHAPES)[: None if name == "annotations" else 3]:
            value = SHAPES[shape]()
            for data in (b'{"%b":%b}' % (field.encode(), value), b'{"extra":{"x":%b}}' % value):
                said = message(read, data)
                assert 0 < len(said) < 1_000_000, f"{shape} in {name}"
            print(peak(), name, shape, flush=True)


if __name__ == "__main__":
    SIZE = int(float(sys.argv[1]) * 1_000_000)
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
