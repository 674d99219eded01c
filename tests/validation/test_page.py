"""The catalogue page says of each rule what its declaration says."""

from __future__ import annotations

import json
import re

import pytest

from warclaims.labelstudio.codes import CODES
from warclaims.records import TextWaiver, Waiver
from warclaims.validation import RULES
from warclaims.validation.page import rules_page


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_each_rule_has_a_section_with_all_its_words(rule):
    section = rules_page().split(f"\n### {rule.code}\n")[1].split("\n#")[0]
    assert f"**{rule.title}** ({rule.level.name.lower()}, {rule.severity})" in section
    shown = section.replace("\\<", "<")
    assert rule.why in shown
    assert f"How to fix: {rule.fix}" in shown
    assert not re.search(r"(?<!\\)<", section), "would be a tag of HTML"
    wrong, right = rule.example
    assert f"```text\nwrong: {wrong}\nright: {right}\n```" in section


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_an_example_is_short_and_shows_a_difference(rule):
    assert rule.example.wrong != rule.example.right
    for words in rule.example:
        assert 0 < len(words) <= 80
        assert words.isprintable()
        assert words == words.strip()


def test_the_tables_lead_to_every_section_in_order():
    page = rules_page()
    assert re.findall(r"^### (\w+)$", page, re.MULTILINE) == list(RULES)
    links = re.findall(r"^\| \[(\w+)\]\(#(\w+)\) \| (.*) \|$", page, re.MULTILINE)
    assert links == [(rule.code, rule.code.lower(), rule.title) for rule in RULES.values()]
    assert re.findall(r"^## Level (\d): ", page, re.MULTILINE) == list("123456")


def test_the_shipped_page_is_the_generated_one_and_lists_the_codes_of_imports(shipped):
    page = (shipped / "docs/rules.md").read_text(encoding="utf-8")
    assert rules_page() in page
    for code, words in CODES.items():
        assert f"| {code} | {words} |" in page


def test_the_waivers_of_the_introduction_are_waivers():
    first, second = re.findall(r'^ "waivers": (\[.*?^ \])$', rules_page(), re.MULTILINE | re.DOTALL)
    for waiver in json.loads(first):
        TextWaiver.model_validate_json(json.dumps(waiver))
        assert RULES[waiver["code"]].is_waivable
    for waiver in json.loads(second):
        Waiver.model_validate_json(json.dumps(waiver))
        assert RULES[waiver["code"]].is_waivable


def test_a_corpus_of_ones_own_gets_no_page(mini, cli):
    assert cli("--corpus", mini, "build").returncode == 0
    assert not (mini / "docs").exists()
