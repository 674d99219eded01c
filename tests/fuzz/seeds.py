"""Good input for each target, made from the small corpus, and ways to spoil it."""

from __future__ import annotations

import copy
import gzip
import hashlib
import io
import json
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import warclaims
from fuzz import editions, foreign_files, ledgers
from fuzz.answers import answers_seeds
from fuzz.corpora import GOLD, REGISTRIES
from fuzz.properties import MINI
from fuzz.targets import MODELS
from support.invented import invented
from warclaims.corpus.canonical import to_plain
from warclaims.corpus.shards.reading import zstd_module
from warclaims.labelstudio.files import export_files

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable

ODD_VALUES = (
    None,
    True,
    0,
    1,
    -1,
    2**31 - 1,
    2**31,
    10**40,
    1.5,
    1e308,
    "",
    "a1",
    "c1",
    "../../x",
    "\x00",
    "\x1b[2J",
    "::error::x",
    "\u2028",
    "\u202e",
    "e\u0301",
    "\U0001f600",
    "“",
    "”",
    "’s",
    "two hundred thousand million dead",
    "2023-02-31",
    "9999",
    [],
    {},
    [[]],
    [None],
    {"start": 0, "end": 0, "text": ""},
    {"start": 5, "end": 3, "text": "x"},
)

ODD_BYTES = (
    b"[" * 2000,
    b'{"":' * 2000,
    b"1" * 5000,
    b"1e999",
    b"NaN",
    b"-0.0",
    b"\\ud800",
    b"\\u0000",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\x00",
    b"\r",
)


@cache
def seeds(target: str) -> tuple[bytes, ...]:
    """Some good input of ``target``."""
    return tuple(_MAKERS[target]())


def _lines() -> list[bytes]:
    corpus = warclaims.open(MINI)
    return [
        json.dumps(to_plain(bundle), ensure_ascii=False).encode() + b"\n"
        for bundle in (*corpus.bundles(), invented(corpus))
    ]


_OWN_VALUES = b"""{"schema_version": "2.0", "values": [{"list": "cause", "value": "barrel_bomb",
 "label": "barrel bomb", "meaning": "dropped by hand", "kind_of": "explosive"}]}"""
_CHALLENGE = b"""{"document": "one", "record": "c1", "words": "two civilians", "reading": "three",
 "basis": "sense", "rule": null, "verdict": "open", "reason": null}"""


def _reading() -> list[bytes]:
    names = {
        "DocumentIndex": "seeds/index.json",
        **{
            f"{name.title()[:-1]}Registry": f"annotations/registry/{name}.json"
            for name in ("actors", "places", "events", "sides", "annotators")
        },
    }
    rich = _lines()[-1]
    made = {
        "Annotations": json.dumps(json.loads(rich)["annotations"]).encode(),
        "OwnValues": _OWN_VALUES,
        "Challenge": _CHALLENGE,
    }
    found = []
    for number, model in enumerate(MODELS):
        data = made.get(model.__name__, rich)
        if model.__name__ in names:
            data = (MINI / names[model.__name__]).read_bytes()
        found.append(bytes([number]) + data)
    return found


def _streams() -> list[bytes]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    lines = _lines()
    plain = b"".join(lines)
    table = io.BytesIO()
    pq.write_table(pa.table({"bundle": [line.decode() for line in lines]}), table)
    return [
        plain,
        plain.replace(b"\n", b"\r\n\r\n"),
        json.dumps(json.loads(lines[0]), indent=1).encode(),
        gzip.compress(plain, mtime=0),
        zstd_module().compress(plain),
        table.getvalue(),
    ]


def _labelstudio() -> list[bytes]:
    return [export_files(warclaims.open(MINI))["tasks.json"].replace(b'"predictions"', b'"was"')]


def _texts() -> list[bytes]:
    return [path.read_bytes() for path in sorted((MINI / "seeds").glob("*.txt"))] + [
        "‘Some “two dozen” of the 1,200 — or 1.2 thousand — were killed,’ he said.".encode(),
        '«Половина» — сказал он; “at least” "three" hundreds of thousands.\n\n- Yes.'.encode(),
    ]


def _registries() -> list[bytes]:
    return [
        bytes([number]) + (MINI / f"annotations/registry/{name}.json").read_bytes()
        for number, name in enumerate(REGISTRIES)
    ]


_MAKERS: dict[str, Callable[[], Iterable[bytes]]] = {
    "bundle": _lines,
    "reading": _reading,
    "streams": _streams,
    "labelstudio": _labelstudio,
    "texts": _texts,
    "index": lambda: [(MINI / "seeds/index.json").read_bytes()],
    "registry": _registries,
    "annotations": lambda: [(MINI / GOLD).read_bytes()],
    "edition": editions.seeds,
    "answers": answers_seeds,
    "ledger": lambda: [ledgers.seed()],
    **{name: partial(foreign_files.seeds, name) for name in foreign_files.BROKEN},
}


def spoil(data: bytes, luck: random.Random) -> bytes:
    """``data`` with something wrong in it: a value of its JSON, or some bytes."""
    if luck.random() < 0.7:
        try:
            skip = 1 if data[:1] < b"\x0a" else 0
            value = json.loads(data[skip:])
        except (ValueError, RecursionError):
            pass
        else:
            for _ in range(luck.choice((1, 1, 1, 2, 3))):
                value = _changed(value, luck)
            if luck.random() < 0.7:
                _sign(value)
            written = json.dumps(value, ensure_ascii=luck.random() < 0.5)
            return data[:skip] + written.encode("utf-8", "surrogatepass")
    return _bytes(data, luck)


def _changed(value: Any, luck: random.Random) -> Any:
    """``value`` with something in it replaced, doubled, swapped or taken away."""
    places = list(_places(value))
    if not places:
        return _odd(luck)
    holder, key = luck.choice(places)
    kind = luck.randrange(6)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        holder[key] = _odd(luck)
    elif kind == 2 and isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    elif kind == 3:
        other, name = luck.choice(places)
        moved = copy.deepcopy(other[name])  # so that nothing comes to lie within itself
        other[name] = None
        holder[key] = moved
    elif isinstance(holder[key], bool) or holder[key] is None:
        holder[key] = _odd(luck)
    elif isinstance(holder[key], int):
        holder[key] += luck.choice((-1, 1, -10, 10, 1000))
    elif isinstance(holder[key], str):
        at = luck.randrange(len(holder[key]) + 1)
        words = luck.choice([odd for odd in ODD_VALUES if isinstance(odd, str)])
        holder[key] = holder[key][:at] + words + holder[key][at + luck.randrange(3) :]
    else:
        holder[key] = _odd(luck)
    return value


def _odd(luck: random.Random) -> Any:
    """An odd value of its own: what is put into it later must not stay in the next one."""
    return copy.deepcopy(luck.choice(ODD_VALUES))


def _places(value: Any) -> Any:
    if isinstance(value, dict):
        for key, item in value.items():
            yield value, key
            yield from _places(item)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield value, position
            yield from _places(item)


def _sign(value: Any) -> None:
    """Let the hash and the length of a bundle be those of its text, so that rules look further."""
    try:
        data = value["text"].encode()
        value["document"]["sha256"] = hashlib.sha256(data).hexdigest()
        value["document"]["length"] = len(value["text"])
        value["annotations"]["sha256"] = value["document"]["sha256"]
    except (TypeError, KeyError, AttributeError, UnicodeEncodeError, IndexError):
        return


def _bytes(data: bytes, luck: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(luck.choice((1, 1, 2, 5))):
        at = luck.randrange(len(changed) + 1)
        kind = luck.randrange(5)
        if kind == 0:
            del changed[at:]
        elif kind == 4:
            changed[at:at] = luck.choice(ODD_BYTES)
        elif kind == 1:
            changed[at:at] = luck.randbytes(luck.choice((1, 2, 40)))
        elif kind == 2:
            del changed[at : at + luck.choice((1, 1, 2, 40))]
        elif changed:
            changed[at % len(changed)] = luck.randrange(256)
    return bytes(changed)
