"""The page of places: what is on the maps, what is not, and who uses which name."""

from __future__ import annotations

import json

import pytest

import warclaims
from html_pages import by_id, tree, words
from warclaims.report import write_report

pytestmark = pytest.mark.xdist_group("report")

NASTY = "<script>alert(1)</script> & <b>"


def written(corpus, tmp_path):
    out = tmp_path / "out"
    write_report(warclaims.open(corpus), out, "gold")
    return out


def change_place(corpus, name, **fields):
    file = corpus / "annotations/registry/places.json"
    registry = json.loads(file.read_bytes())
    for place in registry["places"]:
        if place["id"] == name:
            place.update(fields)
    file.write_text(json.dumps(registry))


def at(latitude, longitude, precision=1):
    return {
        "latitude": latitude,
        "longitude": longitude,
        "precision": precision,
        "source": "made up",
    }


def maps(out):
    """The maps for a desk; each has another one for a phone."""
    found = [one for one in tree(out / "places.html").iter("svg") if one.get("role") == "img"]
    assert len(found) % 2 == 0
    return found[::2]


def test_without_any_coordinates_the_page_says_so_and_lists_the_places(mini, tmp_path):
    out = written(mini, tmp_path)
    page = tree(out / "places.html")
    assert "No place of this corpus has coordinates, so there is no map." in words(page)
    assert maps(out) == []
    assert "Dorn" in words(by_id(page)["dorn"])
    assert not list(out.glob("plots/places-*"))


def test_a_place_with_coordinates_is_on_a_map_that_can_be_saved(mini, tmp_path):
    change_place(mini, "dorn", coordinates=at(40.0, 45.0, 3))
    out = written(mini, tmp_path)
    assert ["Dorn" in words(one) for one in maps(out)] == [True]
    row = words(by_id(tree(out / "places.html"))["dorn"])
    assert "40.00° N, 45.00° E" in row
    assert "3: somewhere in a district; from made up" in row
    assert (out / "plots/places-1.svg").read_bytes().startswith(b"<svg")
    assert (out / "plots/places-1.png").read_bytes().startswith(b"\x89PNG")
    assert "Avaria" not in words(maps(out)[0]).split("The table")[1]


def test_names_of_places_are_shown_and_never_read_as_markup(mini, tmp_path):
    change_place(mini, "dorn", label=NASTY, coordinates=at(40.0, 45.0))
    out = written(mini, tmp_path)
    assert NASTY in words(maps(out)[0])
    for file in [out / "places.html", out / "plots/places-1.svg"]:
        assert "<script" not in file.read_text("utf-8")


def test_each_place_is_listed_with_all_names_and_who_uses_them(shipped, site):
    page = by_id(tree(site / "places.html"))
    for place in json.loads((shipped / "annotations/registry/places.json").read_bytes())["places"]:
        row = words(page[place["id"]])
        assert place["label"] in row
        for name in place["names"]:
            assert name["name"] in row
    town = words(page["stepanakert"])
    assert "Stepanakert, said to be used by Armenians" in town
    assert "BBC News" in town


def test_what_lies_in_a_disputed_region_has_all_its_names_on_the_map(site):
    shown = [words(text) for text in maps(site)[0].iter("text")]
    assert "Stepanakert / Khankendi: 1 event" in shown


def test_crowded_places_have_a_closer_map(mini, tmp_path):
    path = mini / "annotations/registry/places.json"
    registry = json.loads(path.read_bytes())
    (some,) = [one for one in registry["places"] if one["id"] == "dorn"]
    near = [
        {**some, "id": f"near-{n}", "label": f"Near {n}", "coordinates": at(40 + n / 100, 45.0)}
        for n in range(5)
    ]
    far = {**some, "id": "far", "label": "Far", "coordinates": at(40.0, 50.0)}
    path.write_text(json.dumps({**registry, "places": [*registry["places"], *near, far]}))
    whole, closer = maps(written(mini, tmp_path))
    assert "Far" in words(whole)
    assert "Far" not in words(closer)
    assert {f"Near {n}" for n in range(5)} <= {words(text) for text in closer.iter("text")}


def test_far_places_are_on_another_map_and_do_not_squeeze_the_first(site):
    near, far = ([words(text) for text in one.iter("text")] for one in maps(site))
    assert {"Baku", "Yerevan"} <= set(near)
    assert {"Moscow", "Kiev"} <= set(far)
    assert not {"Moscow", "Kiev"} & set(near)


def test_that_a_disputed_region_lies_in_a_state_is_told_with_what_it_rests_on(site):
    row = words(by_id(tree(site / "places.html"))["nagorno-karabakh"])
    assert "by 001 both Armenia and Azerbaijan claim it" in row
