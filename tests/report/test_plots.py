"""Figures, as a reader has them: what stands where, and what is never drawn or run."""

import itertools
import re
from xml.etree import ElementTree

import pytest

from html_pages import links, target, tree, words
from made_up import claim
from warclaims.records import Coordinates
from warclaims.report.colours import NO_SIDE, Tone, side_tones
from warclaims.report.plots.atlas import Spot, atlas, regions
from warclaims.report.plots.drawing import on_page
from warclaims.report.plots.forest import MOST, forest
from warclaims.report.plots.network import MOST as MOST_ACTORS
from warclaims.report.plots.network import ActorNode, edges_to_draw, network

SVG = "{http://www.w3.org/2000/svg}"
BLUE = Tone("#0062a3", "#56b4e9")


def said(who, **more):
    step = {
        "attribution": "t1",
        "source": (who,),
        "entity": (),
        "cue": "said",
        "act": "assert",
        "commitment": "neutral",
    }
    return {"narrator": False, "chain": (step,), **more}


def drawn(*claims):
    return forest(claims, lambda one: ("Blueland", BLUE), name="killed", title="killed: a blast")


def texts(figure):
    return ["".join(t.itertext()) for t in ElementTree.fromstring(figure).iter(f"{SVG}text")]


def marks(figure):
    """Symbols as (left, top, fill)."""
    root = ElementTree.fromstring(figure)
    rows = root.findall(f"{SVG}path[@transform]")
    place = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
    return [(*map(float, place.match(p.get("transform")).groups()), p.get("fill")) for p in rows]


def bars(figure):
    """The intervals as (left, width)."""
    lines = ElementTree.fromstring(figure).iter(f"{SVG}line")
    return [(float(at.get("x1")), float(at.get("x2")) - float(at.get("x1"))) for at in lines]


def test_the_same_claims_give_the_same_bytes():
    claims = [
        claim("000", "five people", 5),
        claim("001", "at least two", 2, quantifier="at_least"),
    ]
    assert drawn(*claims) == drawn(*claims)


def test_words_of_texts_are_shown_as_they_are_and_never_read_as_markup():
    nasty = "<script>alert('1 & 2')</script>"
    figure = drawn(claim("000", nasty, 5, **said('"><img src=x onerror=alert(1)>', outlet="A & B")))
    for text in (on_page(figure), figure):
        assert "<script" not in text
        assert "<img" not in text
        assert "&lt;script&gt;" in text
    assert any("<script>alert('1 & 2')</script>" in label for label in texts(figure))
    assert any("(A & B)" in label for label in texts(figure))


def test_what_no_xml_may_hold_is_left_out():
    assert any("two men" in label for label in texts(drawn(claim("000", "two\x0b \x00men", 2))))


def test_an_exact_count_is_a_point_without_a_bar():
    figure = drawn(claim("000", "five people", 5))
    assert bars(figure) == []
    assert len([m for m in marks(figure) if m[2] == BLUE.light]) >= 1


def test_an_open_interval_goes_on_to_the_edge_and_a_closed_one_ends():
    open_end = bars(drawn(claim("000", "at least two", 2, quantifier="at_least")))
    [(left, width)] = open_end
    assert left > 0
    assert left + width == pytest.approx(620, abs=1)
    figure = drawn(
        claim("000", "up to four", 4, quantifier="at_most"), claim("001", "eight people", 8)
    )
    [(left, width)] = bars(figure)  # from one to four
    assert left > 0
    assert left + width == pytest.approx(4 * left, abs=1)
    assert left + width < 620 / 2


def test_a_number_without_bounds_is_a_hollow_point_and_said_so():
    figure = drawn(claim("000", "about 40", 40, quantifier="approximate"))
    assert bars(figure) == []
    assert "#ffffff" in [fill for *_, fill in marks(figure)]
    assert "about so many, without bounds" in texts(figure)


def test_words_without_a_number_have_a_bar_but_no_point():
    figure = drawn(claim("000", "several children", None), claim("001", "three", 3))
    assert len(bars(figure)) == 1
    assert "no upper bound" in texts(figure)


def test_no_number_at_all_still_gives_an_axis():
    assert "0" in texts(drawn(claim("000", "nobody", 0, quantifier="exact")))


def test_the_axis_goes_by_orders_only_where_counts_span_more_than_two():
    near = texts(drawn(claim("000", "two", 2), claim("001", "two hundred", 200)))
    far = texts(drawn(claim("000", "one", 1), claim("001", "32,000", 32000)))
    assert "10,000" in far
    assert "1" in far
    assert "100" in near
    assert "10" not in near


def test_the_texts_own_voice_has_another_shape_than_a_source():
    own = drawn(claim("000", "five people", 5))
    told = drawn(claim("000", "five people", 5, **said("the ministry")))
    assert "in the text’s own voice" in texts(own)
    assert "in the text’s own voice" not in texts(told)
    shapes = [re.search(r'<path transform[^>]*d="([^"]*)"', f) for f in (own, told)]
    assert shapes[0].group(1) != shapes[1].group(1)


def test_rows_are_in_order_of_their_least_count_and_too_many_are_told():
    figure = drawn(*(claim(f"{n:03}", f"victims {n}", n) for n in range(MOST + 20, 0, -1)))
    rows = [label for label in texts(figure) if label.startswith("“victims")]
    assert len(rows) == MOST
    assert [int(re.search(r"\d+", row).group()) for row in rows] == sorted(
        range(21, MOST + 21), key=int
    )
    assert "20 more claims are not drawn." in texts(figure)


def test_on_the_page_colours_follow_the_style_sheet_and_in_the_file_they_do_not():
    figure = drawn(claim("000", "five people", 5))
    assert "var(--tone-0062a3, #0062a3)" in on_page(figure)
    assert "var(--ground, #ffffff)" in on_page(figure)
    assert "var(" not in figure


def test_words_like_a_colour_are_words_on_the_page():
    figure = on_page(drawn(claim("000", 'fill="#ffffff"', 5)))
    assert 'fill="#ffffff"' in figure


def test_the_style_sheet_has_every_tone_of_the_sides(shipped):
    style = (shipped / "src/warclaims/report/templates/report.css").read_text("utf-8")
    for tone in [NO_SIDE, *side_tones(map(str, range(6))).values()]:
        name = f"--tone-{tone.light[1:]}"
        assert re.findall(rf"{name}: (#\w+);", style) == [tone.light, tone.dark]


def test_a_figure_says_what_it_is_to_readers_without_the_picture():
    root = ElementTree.fromstring(on_page(drawn(claim("000", "five people", 5))))
    assert root.get("role") == "img"
    ids = {e.get("id"): e.text for e in root.iter() if e.get("id")}
    told = [ids[name] for name in root.get("aria-labelledby").split()]
    assert told[0] == "killed: a blast"
    assert "five people" in told[1]


NODES = {f"n{n}": ActorNode(f"actor <{n}> & co", "side", BLUE) for n in range(60)}


def test_a_network_is_the_same_twice_and_names_all_its_actors():
    edges = {("n0", "n1"): 3, ("n1", "n0"): 1, ("n2", "n0"): 1}
    one = network(edges, NODES, name="blame", title="Who blames whom")
    assert one == network(
        dict(reversed(edges.items())), NODES, name="blame", title="Who blames whom"
    )
    assert {"actor <0> & co", "actor <1> & co", "actor <2> & co", "3"} <= set(texts(one))
    assert "actor &lt;0&gt; &amp; co blames actor &lt;1&gt; &amp; co (3)" in on_page(one)


def test_a_network_draws_the_most_frequent_up_to_a_number_and_none_that_blames_itself():
    edges = dict.fromkeys(itertools.pairwise(NODES), 1) | {("n50", "n51"): 9, ("n1", "n1"): 5}
    kept = edges_to_draw(edges)
    assert ("n50", "n51") in kept
    assert ("n1", "n1") not in kept
    assert len({name for pair in kept for name in pair}) <= MOST_ACTORS


def spot(longitude, latitude, name, *, precision=1, contested=False, weight=1):
    point = Coordinates(
        latitude=latitude, longitude=longitude, precision=precision, source="made up"
    )
    return Spot(point, name, weight, contested)


TOWN, NEAR, FAR = (
    spot(46.75, 39.82, "Town", weight=5),
    spot(44.5, 40.2, "Near"),
    spot(37.6, 55.8, "Far"),
)


def test_far_places_have_a_map_of_their_own():
    assert regions([FAR, NEAR, TOWN]) == [[TOWN, NEAR], [FAR]]


def test_a_map_shows_its_places_with_their_names_and_is_the_same_twice():
    one = atlas([TOWN, NEAR], name="map-1", title="Map")
    assert one == atlas([TOWN, NEAR], name="map-1", title="Map")
    assert {"Town", "Near", "Armenia", "Azerbaijan"} <= set(texts(one))
    assert "Town, 39.82° N, 46.75° E" in on_page(one)


def test_contested_lines_are_dashed_and_said_to_be_so():
    figure = atlas([TOWN, NEAR], name="map-1", title="Map")
    assert "stroke-dasharray" in figure
    assert "dashed lines: contested" in texts(figure)
    plain = atlas([spot(-3.7, 40.4, "Inland")], name="map-1", title="Map")
    assert "stroke-dasharray" not in plain
    assert "dashed lines: contested" not in texts(plain)


def test_crimea_and_breakaway_areas_get_no_name_of_a_country():
    figure = atlas([spot(34.1, 45.0, "Here")], name="map-1", title="Map")
    assert "dashed lines: contested" in texts(figure)
    assert "Russia" not in texts(figure)


def test_what_is_less_exact_is_hollow():
    figure = atlas([spot(44.5, 40.2, "Somewhere", precision=4)], name="map-1", title="Map")
    assert "hollow: less exact, the larger the less" in texts(figure)


def test_names_of_places_are_escaped():
    figure = atlas([spot(44.5, 40.2, "<script>x</script> & y")], name="map-1", title="<b>")
    assert "<script" not in on_page(figure)
    assert "<b>" not in on_page(figure)


@pytest.mark.xdist_group("report")
def test_the_plot_of_each_outcome_is_on_the_page_of_its_event_and_saved_beside(site):
    page = site / "events/mine-explosions-2023.html"
    [drawing] = [one for one in tree(page).iter("svg") if one.get("role") == "img"]
    labels = [words(text) for text in drawing.iter("text")]
    assert {"6", "11"} <= set(labels)
    assert any(label.startswith("“six people” — ") for label in labels)
    saved = [link for link in links(tree(page)) if link.endswith(".svg")]
    assert saved == ["../plots/mine-explosions-2023-killed.svg"]
    file, _ = target(page, saved[0])
    assert "Eleven Azerbaijani police" in file.read_text("utf-8")
