"""The labelling configuration says what the models say, and Label Studio's SDK accepts it."""

import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from warclaims.errors import WarclaimsError
from warclaims.labelstudio import configuration
from warclaims.labelstudio.configuration import HOTKEYS
from warclaims.labelstudio.labels_and_relations import (
    REGION_LABELS,
    RELATION_TYPES,
    controls,
    controls_of,
    relations_between,
)
from warclaims.records import LAYERS, FieldKind, Lists, OwnValue, shapes
from warclaims.records.vocabulary import Cause


@pytest.fixture(scope="module")
def root():
    return ET.fromstring(configuration(Lists()))


def test_the_sdk_accepts_it():
    from label_studio_sdk.label_interface import LabelInterface

    interface = LabelInterface(configuration(Lists()).decode())
    interface.validate()
    assert {control.name for control in interface.controls} >= {"span", *controls()}


def test_it_is_the_same_each_time():
    assert configuration(Lists()) == configuration(Lists())


@pytest.mark.parametrize("layer", LAYERS)
def test_every_field_has_one_place_in_the_interface(layer):
    marked = {mark.field for mark in REGION_LABELS.values() if mark.layer == layer}
    heads = {mark.name for mark in REGION_LABELS.values() if mark.layer == layer and mark.head}
    linked = {link.name for link in RELATION_TYPES if (link.owner_label) in heads}
    attributes = set(controls_of(layer))
    hidden = {"id", "score", "extra"}  # kept as they were sent
    fields = set(shapes(LAYERS[layer])) - hidden
    assert marked | linked | attributes == fields
    assert not attributes & (marked | linked)


def test_ordered_pairs_of_labels_tell_the_link():
    for link in RELATION_TYPES:
        allowed = relations_between(link.from_label, link.to_label)
        assert link.name in allowed
        if link.from_label != link.to_label:
            assert allowed == (link.name,)
    counts = ("subset_of", "same_as", "revises", "besides", "continues")
    assert relations_between("casualty", "casualty") == counts, "the commonest is the default"
    for label in ("cue", "content_uncued"):
        assert relations_between(label, label) == ("continues", "answers")


def test_choices_are_the_closed_lists_with_their_meanings(root):
    for control in controls().values():
        found = root.findall(f".//Choices[@name='{control.name}']/Choice")
        if control.shape.kind is FieldKind.CHOICE:
            offered = {choice.get("value"): choice.get("hint") for choice in found}
            assert offered == {member.value: member.meaning for member in control.shape.choices}


def test_pronouns_are_offered_for_actors_only(root):
    offering = [
        choices.get("whenLabelValue")
        for choices in root.iter("Choices")
        if any(choice.get("value") == "pronoun" for choice in choices)
    ]
    assert offering == ["actor"]


def test_nothing_is_required_or_preset_and_choices_are_tied_to_their_labels(root):
    for element in root.iter():
        assert element.get("required") is None
        assert element.get("selected") is None
    for choices in root.iter("Choices"):
        assert choices.get("whenLabelValue")


def test_registries_are_searched_by_name_and_what_they_lack_is_proposed_apart(root):
    offered = {e.get("name"): e for e in root.iter("Taxonomy")}
    assert {name: e.get("value") for name, e in offered.items()} == {
        "actor_entity": "$actors",
        "location_place": "$places",
        "casualty_side": "$sides",
        "casualty_inferred_perpetrator": "$actors",
        "casualty_events": "$events",
        "attribution_inferred_source": "$actors",
        "attribution_inferred_blames": "$actors",
        "attribution_regarding": "$events",
    }
    (box,) = (v for v in root.iter("View") if v.find("TextArea[@name='new_entry']") is not None)
    assert box.find("TextArea[@name='note']") is None
    assert box.find("Header").get("value").startswith("new entry")
    choosing = {label for name in offered for label in controls()[name].labels}
    assert set(box.get("whenLabelValue").split(",")) == choosing
    assert choosing == {"actor", "location", "casualty", "cue", "content_uncued"}


def test_title_outlet_and_date_stand_above_the_text(root, corpus):
    from warclaims.labelstudio import task

    assert [e.get("value") for e in root.findall("View[@className='hdr']/Header")] == ["$header"]
    bundle = corpus.bundle("one")
    header = task(bundle, corpus.registries)["data"]["header"]
    stated = (bundle.document.title, bundle.document.outlet.value, bundle.document.date.value)
    assert all(value in header for value in stated if value)


# What Label Studio's page does with keys of its own, whatever the configuration says.
TAKEN = {"u", "alt+r", "alt+h", "alt+l", "alt+m", "alt+u", "alt+.", "ctrl+enter", "escape"}


def choices_of(root, label):
    """The choices that are offered for a label."""
    for choices in root.iter("Choices"):
        if label in choices.get("whenLabelValue").split(","):
            yield from choices.iter("Choice")


def test_each_key_does_one_thing(root):
    drawing = [e.get("hotkey") for e in root.iter("Label")]
    drawing += [e.get("hotkey") for e in root.iter("Number")]
    for label in REGION_LABELS:
        keys = [*drawing, *(choice.get("hotkey") for choice in choices_of(root, label))]
        assert len(keys) == len(set(keys))
        assert not set(keys) & (TAKEN | {"backspace"})


def test_a_value_has_one_key_whatever_the_label(root):
    keys = {
        label: {choice.get("value"): choice.get("hotkey") for choice in choices_of(root, label)}
        for label in ("actor", "location")
    }
    assert keys["location"].items() <= keys["actor"].items()
    every = Counter(choice.get("hotkey") for choice in root.iter("Choice"))
    assert {key for key, number in every.items() if number > 1} == set(keys["location"].values())


def test_the_keys_are_of_values_that_are_there():
    known = {name: set(control.options(Lists())) for name, control in controls().items()}
    for name, options in HOTKEYS.items():
        assert set(options) <= known[name]


def test_no_key_can_be_part_of_a_number(root):
    """Label Studio gives digits to labels and choices that have no key, so each has one."""
    for element in root.iter():
        if element.tag in ("Label", "Choice", "Number"):
            *modifiers, letter = element.get("hotkey").split("+")
            assert re.fullmatch("[a-z]", letter)
            assert set(modifiers) <= {"shift", "alt", "ctrl"}
    assert all(mark.hotkey != "e" for mark in REGION_LABELS.values()), "as in 1e3"


BROWSERS = re.compile(
    "(ctrl|alt|ctrl[+]shift|ctrl[+]alt)[+].|(ctrl[+]|alt[+]|shift[+])*f([1-9]|1[0-2])"
)
"""Keys by which browsers and desktops close windows, open terminals and so on."""


def test_a_choice_without_a_key_of_its_own_gets_a_spare_one(monkeypatch):
    monkeypatch.delitem(HOTKEYS, "casualty_cause")
    monkeypatch.delitem(HOTKEYS, "attribution_act")
    choices = [e.get("hotkey") for e in ET.fromstring(configuration(Lists())).iter("Choice")]
    assert all(choices)
    assert len(choices) == len(set(choices)) + 2  # the levels of an actor and a location
    named = {key for keys in HOTKEYS.values() for key in keys.values()}
    assert not [key for key in set(choices) - named if BROWSERS.fullmatch(key)]


def own_value(number):
    return OwnValue(
        list="cause",
        value=f"cause_{number}",
        label=f"cause {number}",
        meaning=f"the cause {number}",
        kind_of="explosive",
    )


def test_values_that_a_corpus_adds_are_choices_with_keys():
    lists = Lists([own_value(number) for number in range(50)])
    root = ET.fromstring(configuration(lists))
    offered = {e.get("value"): e for e in root.findall(".//Choices[@name='casualty_cause']/Choice")}
    assert list(offered) == [*Cause, *(one.value for one in lists.own)]
    assert offered["cause_7"].get("hint") == "the cause 7"
    keys = [e.get("hotkey") for e in root.iter() if e.get("hotkey")]
    assert len(keys) == len(set(keys)) + 2
    assert not [key for key in keys if re.search("[0-9]", key) and not re.search("f1[3-9]$", key)]
    core = [e.get("hotkey") for e in ET.fromstring(configuration(Lists())).iter("Choice")]
    assert set(core) <= set(keys)


def test_more_values_than_there_are_keys_are_refused():
    with pytest.raises(WarclaimsError, match=r"adds 300 values .*lists\.json"):
        configuration(Lists([own_value(number) for number in range(300)]))


def test_the_upper_number_is_shown_for_a_range_only(root):
    (box,) = (
        v for v in root.iter("View") if v.find("Number[@name='casualty_value_max']") is not None
    )
    assert box.get("visibleWhen") == "choice-selected"
    assert (box.get("whenTagName"), box.get("whenChoiceValue")) == ("casualty_quantifier", "range")
    (outer,) = (v for v in root.iter("View") if box in list(v))
    assert (outer.get("visibleWhen"), outer.get("whenLabelValue")) == (
        "region-selected",
        "casualty",
    )


def test_the_guide_names_the_keys_and_fields_that_are_there(root, shipped):
    from warclaims.labelstudio.guide import GUIDE

    for label in root.iter("Label"):
        told = f"{label.get('hotkey')} {label.get('value')}" in GUIDE
        assert told == (label.get("value") != "boilerplate")
    words = " ".join(GUIDE.split())
    assert "“new entry”" in words
    assert "Click anywhere in the text, press Escape twice, press the key of the label" in words
    page = (shipped / "docs" / "label-studio.md").read_text(encoding="utf-8")
    for mark in REGION_LABELS.values():
        assert (f"| `{mark.hotkey}` | {mark.name} |" in page) == (mark.layer is not None)


def test_names_colours_and_hotkeys_are_unique(root):
    names = [e.get("name") for e in root.iter() if e.get("name")]
    assert len(names) == len(set(names))
    for key in ("background", "hotkey", "value", "hint"):
        values = [label.get(key) for label in root.iter("Label")]
        assert len(values) == len(set(values)) == len(REGION_LABELS)


def test_the_style_sheet_speaks_of_labels_that_exist(root):
    named = re.findall(r'data-label\$=":(\w+)"', root.findtext("Style"))
    assert named
    assert set(named) <= set(REGION_LABELS)


def test_what_is_needed_is_marked_and_nothing_else(root):
    marked = {
        box.find("Choices").get("name")
        for box in root.iter("View")
        if "needed" in (box.get("className") or "").split()
    }
    assert marked == {
        *("actor_level", "location_level", "casualty_outcome", "casualty_quantifier"),
        *("attribution_mode", "attribution_act", "attribution_commitment"),
    }
    for box in root.iter("View"):
        (*_, heading) = ["", *(header.get("value") for header in box.findall("Header"))]
        if box.get("className", "").startswith("attr"):
            assert heading.endswith(" *") == ("needed" in box.get("className"))


def test_the_panel_has_the_guide_while_nothing_is_selected(root):
    (box,) = root.iterfind(".//View[@className='guide']")
    assert box.get("visibleWhen") == "no-region-selected"
    shown = [header.get("value") for header in box]
    assert shown[::2] == ["Draw", "Select", "Names", "Relate", "Correct", "Example", "Save"]
    assert "Backspace deletes" in shown[9]
    assert "Ctrl+Z undoes" in shown[9]


def test_the_style_sheet_has_no_sign_that_label_studio_escapes(root):
    assert not set(root.findtext("Style")) & set("<>&")
