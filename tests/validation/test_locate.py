"""Lines and columns of what JSON Pointers lead to."""

from __future__ import annotations

import json

from warclaims.validation.locate import Locator

DATA = """{
 "a/b": [1, "ä😀",
  {"deep": {"x": null, "y~": [true]}}
 ],
 "twice": 1, "twice": 2
}
""".encode()


def place(pointer, data=DATA):
    return Locator(data).line_and_column(pointer)


def test_places():
    assert place("") == (1, 1)
    assert place("/a~1b") == (2, 2)
    assert place("/a~1b/0") == (2, 10)
    assert place("/a~1b/1") == (2, 13)
    assert place("/a~1b/2/deep/x") == (3, 13)
    assert place("/a~1b/2/deep/y~0/0") == (3, 31)


def test_the_second_of_two_equal_keys():
    assert place("/twice") == (5, 14)


def test_a_missing_field_is_placed_at_its_record():
    assert place("/a~1b/2/none") == place("/a~1b/2") == (3, 3)
    assert place("/a~1b/9") == (2, 2)
    assert place("/a~1b/0/none") == (2, 10)


def test_what_is_not_json_has_no_places():
    assert place("/a", b"") is None
    assert place("/a", b'{"a"') is None
    assert place("/a/0", b"[" * 100_000) is None


def test_every_value_of_a_file_is_found(mini):
    path = mini / "annotations/gold/one.json"
    data = path.read_bytes()
    lines = data.decode().splitlines()
    unique = Locator(data, unique=True)

    def walk(value, pointer):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            line, column = place(f"{pointer}/{key}", data)
            assert unique.line_and_column(f"{pointer}/{key}") == (line, column)
            shown = lines[line - 1][column - 1 :]
            assert shown.startswith(json.dumps(key) if isinstance(value, dict) else ("{", '"'))
            if isinstance(item, (dict, list)):
                walk(item, f"{pointer}/{key}")

    walk(json.loads(data), "")
