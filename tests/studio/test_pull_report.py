"""What a pull says: each thing once, no more than can be read, and what to do."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from simulated import shown

from warclaims.findings import Finding


def test_a_wrong_record_is_told_once(desk_of_one, capsys):
    desk = desk_of_one
    desk.board.set("casualty-1-c1", "casualty_outcome", None)
    assert shown(desk.pull(), desk.corpus).has_problems
    said = capsys.readouterr().err
    assert said.count("lacks outcome") == 1
    assert "one: left out: casualty c1 (45–58): the casualty lacks outcome" in said


@pytest.mark.parametrize("number", [5, 6, 8])
def test_of_many_warnings_some_are_told_and_how_many_more_there_are(desk_of_one, capsys, number):
    pulled = desk_of_one.pull()
    warnings = tuple(Finding("x", "", "W620", f"of {n}", "one") for n in range(number))
    assert not shown(replace(pulled, findings=warnings), desk_of_one.corpus).has_problems
    said = capsys.readouterr().err
    assert said.count("warning: ") == 5
    more = {5: "", 6: "… and 1 warning more", 8: "… and 3 warnings more"}[number]
    assert more in said
    assert (" validate" in said) == (number > 5)


def test_a_task_that_nobody_began_is_not_told_by_itself(desk_of_one, capsys):
    desk = desk_of_one
    desk.board.task["annotations"].clear()
    pulled = desk.pull()
    report = shown(pulled, desk.corpus)
    assert not report.has_problems
    assert capsys.readouterr() == ("", "")
    report.show_totals()
    assert capsys.readouterr().out.startswith("1 task not submitted in Label Studio yet\n")


def test_a_conflict_is_told_once_and_how_to_decide_it(desk_of_one, capsys):
    desk = desk_of_one
    before = copy.deepcopy(desk.board.task)
    desk.board.set("location-1-l1", "location_level", ["nominal"])
    desk.pull()
    desk.board.task = before
    desk.board.set("location-1-l2", "location_level", ["nominal"])
    desk.note("locations", "l2", "mine")
    assert shown(desk.pull(), desk.corpus).has_problems
    said = capsys.readouterr().err
    assert said.count("locations l1") == said.count("locations l2") == 1
    assert "one: locations l1 is again as it was sent, although a change to it was pulled" in said
    assert "one: locations l2 was changed on both sides" in said
    assert "studio pull one --deciding server (or corpus)" in said
    assert "decide with: warclaims --corpus " in said
