"""The labelling configuration says what the models say, and Label Studio's SDK accepts it."""

import re
from xml.etree import ElementTree as ET

import pytest

from warclaims.labelstudio import configuration
from warclaims.labelstudio.interface import LINKS, MARKS, controls, controls_of, links_between
from warclaims.records import LAYERS, FieldKind, shapes


@pytest.fixture(scope="module")
def root():
    return ET.fromstring(configuration())


def test_the_sdk_accepts_it():
    from label_studio_sdk.label_interface import LabelInterface

    interface = LabelInterface(configuration().decode())
    interface.validate()
    assert {control.name for control in interface.controls} >= {"span", *controls()}


def test_it_is_the_same_each_time():
    assert configuration() == configuration()


@pytest.mark.parametrize("layer", LAYERS)
def test_every_field_has_one_place_in_the_interface(layer):
    marked = {mark.field for mark in MARKS.values() if mark.layer == layer}
    heads = {mark.label for mark in MARKS.values() if mark.layer == layer and mark.head}
    linked = {
        link.name
        for link in LINKS
        if (link.to_label if link.owner_is_target else link.from_label) in heads
    }
    attributes = set(controls_of(layer))
    fields = {name for name in shapes(LAYERS[layer]) if name not in ("id", "extra")}
    assert marked | linked | attributes == fields
    assert not attributes & (marked | linked)


def test_ordered_pairs_of_labels_tell_the_link():
    for link in LINKS:
        assert links_between(link.from_label, link.to_label)[0] == link.name


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


def test_names_colours_and_hotkeys_are_unique(root):
    names = [e.get("name") for e in root.iter() if e.get("name")]
    assert len(names) == len(set(names))
    for key in ("background", "hotkey", "value"):
        values = [label.get(key) for label in root.iter("Label")]
        assert len(values) == len(set(values)) == len(MARKS)


def test_the_style_sheet_speaks_of_labels_that_exist(root):
    named = re.findall(r'data-label\$=":(\w+)"', root.findtext("Style"))
    assert named
    assert set(named) <= set(MARKS)
