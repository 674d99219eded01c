"""Language tags: one that is none is told, for it would silently switch off what reads English."""

from __future__ import annotations

import pytest
from corrupt import INDEX, ONE, edit

import warclaims
from warclaims.validation import validate

FIELDS = ("language", "original_language/value")


def found(root):
    return [(f.code, f.pointer) for f in validate(warclaims.open(root))]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    "tag", ["English", "en_US", "en ", " en", "en\n", "e", "", "en-", "en--GB"]
)
def test_what_is_no_language_tag_is_refused(mini, tag, field):
    edit(mini, INDEX, {f"/documents/0/{field}": tag})
    assert ("S205", f"/documents/0/{field}") in found(mini)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("tag", ["en", "en-GB", "EN", "eng", "und", "zh-Hant-TW", "en-x-news"])
def test_what_is_one_passes(mini, tag, field):
    edit(mini, INDEX, {f"/documents/0/{field}": tag})
    assert found(mini) == []


@pytest.mark.parametrize("tag", ["en", "en-GB", "EN", "eng"])
def test_english_is_read_as_english_by_whichever_tag(mini, tag):
    edit(mini, INDEX, {"/documents/0/language": tag})
    edit(mini, ONE, {"/casualties/0/value": 20})
    assert found(mini) == [("C502", "/casualties/0/value")]
