"""Properties that the targets share: what is read comes back, findings can be shown."""

from __future__ import annotations

import json
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import warclaims
from warclaims.corpus.canonical import canonical_bytes
from warclaims.corpus.reading import parse
from warclaims.errors import InvalidFile
from warclaims.files.limits import MAX_FINDINGS
from warclaims.validation import RULES
from warclaims.validation.formats import github, sarif, text
from warclaims.validation.formats import json as json_format
from warclaims.validation.show import Reporter

if TYPE_CHECKING:
    from warclaims.corpus import Corpus
    from warclaims.findings import Finding

MINI = Path(__file__).parents[1] / "fixtures" / "mini"


@cache
def mini() -> Corpus:
    """The small corpus."""
    return warclaims.open(MINI)


def sampled(data: bytes, of: int) -> bool:
    """True for one input ``of`` so many; always the same ones."""
    return zlib.crc32(data) % of == 0


def comes_back(data: bytes, model: type) -> bool:
    """False if ``data`` is not valid; if it is, it is the same when written and read again."""
    try:
        record = parse(data, model, "x.json")
    except InvalidFile as error:
        sound(error.findings)
        return False
    written = canonical_bytes(record)
    assert parse(written, model, "x.json") == record
    assert canonical_bytes(parse(written, model, "x.json")) == written
    return True


def sound(found: list[Finding]) -> None:
    """Findings of known codes, few enough, that every format can show in whole lines."""
    assert len(found) <= 20 * (MAX_FINDINGS + 1)
    assert all(finding.code in RULES for finding in found)
    for finding in found[:20]:
        str(finding).encode("utf-8", "replace")
    reporter = Reporter(mini())
    some = found[:20]
    for line in github.lines(reporter, some):
        assert "\n" not in line
        assert line.startswith("::")
    json.loads("\n".join(json_format.lines(reporter, some)))
    if some and sampled(str(some[0]).encode("utf-8", "replace"), 50):  # it lists every rule
        json.loads("\n".join(sarif.lines(reporter, some)))
    shown = "\n".join(text.lines(reporter, some))
    assert all(char == "\n" or char.isprintable() or ord(char) >= 160 for char in shown)
