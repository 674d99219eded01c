"""What is said of a file that breaks the grammar of JSON."""

from __future__ import annotations

import sys

import pytest

from warclaims.corpus.reading import parse
from warclaims.errors import InvalidFile
from warclaims.records import Annotations

MIDDLE = "ends in the middle: it is cut off, or was not saved whole"
STRING = (
    "ends in the middle of the string that begins here: it is cut off, was not saved whole, or a "
    "quotation mark is missing"
)
COMMA = "is not JSON: one comma too many"
AT_THE_COMMA = 2 if sys.version_info >= (3, 13) else 0
"""From Python 3.13 on a last comma is placed itself, not the bracket after it."""


@pytest.mark.parametrize(
    ("data", "code", "message", "column"),
    [
        (b"", "F103", "is empty", 1),
        (b" \n\n", "F103", "is empty: it has only white space", 1),
        (b'{"document": "on', "F103", STRING, 14),
        (b'{"document": ', "F103", MIDDLE, 14),
        (b'{"actors": [{"id": "a1"}', "F103", MIDDLE, 25),
        (b'{"actors": [{"entity": nu', "F103", MIDDLE, 24),
        (b'{"actors": ["a1", ]}', "F103", COMMA, 19 - AT_THE_COMMA),
        (b'{"actors": [], }', "F103", COMMA, 16 - AT_THE_COMMA),
        (b'{"actors": [, "a1"]}', "F103", COMMA, 13),
        (b'{"actors": [,]}', "F103", COMMA, 13),
        (b'{"actors": [1, nul', "F103", MIDDLE, 16),
        (b'{"actors": }', "F103", "is not JSON: expecting value", 12),
        (b'{"actors": , "x": 1}', "F103", "is not JSON: expecting value", 12),
        ('{"a": 1}'.encode("utf-16"), "F102", "is UTF-16, not UTF-8", 1),
        ('{"a": 1}'.encode("utf-16-le"), "F102", "is UTF-16, not UTF-8", 2),
        ('{"a": 1}'.encode("utf-32"), "F102", "is UTF-32, not UTF-8", 1),
    ],
)
def test_what_is_certain_is_said_of_broken_json(data, code, message, column):
    with pytest.raises(InvalidFile) as caught:
        parse(data, Annotations, "one.json")
    (finding,) = caught.value.findings
    assert (finding.code, finding.message, finding.column) == (code, message, column)
