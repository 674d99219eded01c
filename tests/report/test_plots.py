"""Figures, as a reader has them: what stands where, and what is never drawn or run."""

import itertools
import re
from xml.etree import ElementTree

import pytest

from html_pages import links, target, tree, words
from warclaims.records import Coordinates
from warclaims.report.colours import NO_SIDE, Tone, side_tones
from warclaims.report.plots.atlas import Spot, atlas, regions
from warclaims.report.plots.drawing import on_page
from warclaims.report.plots.forest import PlottedAccount, PlottedKind, forest
from warclaims.report.plots.network import MOST as MOST_ACTORS
from warclaims.report.plots.network import ActorNode, edges_to_draw, network

SVG = "{http://www.w3.org/2000/svg}"
BLUE = Tone("#0062a3", "#56b4e9")


def account(number, words="a ministry (The Daily, 2023-09-19)", **more):
    """An account of ``number`` people, or of a range."""
    least, most = number if isinstance(number, tuple) else (number, number)
    shown = more.pop("shown", f"{least:,}")
    return PlottedAccount(shown, words, least, most, ("Blueland", BLUE), **more)


def drawn(*accounts):
    return forest(accounts, name="killed", title="killed: a blast")


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


def test_the_same_accounts_give_the_same_bytes():
    accounts = [account(5), account((2, None))]
    assert drawn(*accounts) == drawn(*accounts)


def test_words_of_texts_are_shown_as_they_are_and_never_read_as_markup():
    nasty = "<script>alert('1 & 2')</script>"
    kinds = ((PlottedKind("2 <img src=x onerror=alert(1)>", 2),),)
    figure = drawn(account(5, nasty, kinds=kinds, disputed=("<b>cause</b>",)))
    for text in (on_page(figure), figure):
        assert "<script" not in text
        assert "<img" not in text
        assert "<b>" not in text
        assert "&lt;script&gt;" in text
    assert nasty in texts(figure)


def test_numbers_beside_words_from_right_to_left_keep_their_order():
    said = "\u0645\u062f\u064a\u0631 \u0627\u0644\u0628\u0644\u062f\u0629"
    (label,) = [one for one in texts(drawn(account(5, f"{said}, 2031-01-02"))) if said in one]
    assert f"\u2068{said}\u2069, 2031-01-02" in label


def test_what_no_xml_may_hold_is_left_out():
    assert any("two men" in label for label in texts(drawn(account(2, "two\x0b \x00men"))))


def test_an_exact_total_is_a_point_without_a_bar():
    figure = drawn(account(5))
    assert bars(figure) == []
    assert len([m for m in marks(figure) if m[2] == BLUE.light]) >= 1


def test_an_open_range_goes_on_to_the_edge_and_a_closed_one_ends():
    [(left, width)] = bars(drawn(account((2, None))))
    assert left > 0
    assert left + width == pytest.approx(620, abs=1)
    [(left, width)] = bars(drawn(account((1, 4)), account(8)))
    assert left > 0
    assert left + width == pytest.approx(4 * left, abs=1)
    assert left + width < 620 / 2


def test_an_approximate_range_is_dashed_and_said_so():
    soft, firm = drawn(account((36, 44), soft=True)), drawn(account((36, 44)))
    assert "stroke-dasharray" in soft
    assert "dashed: approximate" in texts(soft)
    assert "stroke-dasharray" not in firm
    assert "dashed: approximate" not in texts(firm)


def test_a_computed_total_is_hollow_and_said_so():
    figure = drawn(account(6, computed=True))
    assert "#ffffff" in [fill for *_, fill in marks(figure)]
    assert "computed; no text states it" in texts(figure)


def test_the_parts_of_a_total_stand_side_by_side_with_their_words():
    kinds = ((PlottedKind("2 civilians", 2), PlottedKind("4 police", 4)),)
    figure = drawn(account(6, kinds=kinds))
    [one, other] = list(ElementTree.fromstring(figure).iter(f"{SVG}rect"))[1:]
    assert float(one.get("x")) == 0
    assert float(other.get("width")) == pytest.approx(2 * float(one.get("width")), abs=2)
    assert float(other.get("x")) == pytest.approx(float(one.get("width")), abs=2)
    assert "2 civilians, 4 police" in texts(figure)


def test_what_is_disputed_is_said_below_the_account_in_the_colour_of_disputes():
    figure = drawn(account(6, disputed=("the cause (landmine)",)), account(7))
    assert [label for label in texts(figure) if "disputed" in label] == [
        "disputed: the cause (landmine)"
    ]
    assert "var(--alarm, #a3220b)" in on_page(figure)


def test_no_number_at_all_still_gives_an_axis():
    assert "0" in texts(drawn(account(0)))


def test_the_axis_goes_by_orders_only_where_numbers_span_more_than_two():
    near = texts(drawn(account(2), account(200)))
    far = texts(drawn(account(1), account(32000)))
    assert "10,000" in far
    assert "1" in far
    assert "100" in near
    assert "10" not in near


def test_the_texts_own_voice_has_another_shape_than_a_source():
    own, told = drawn(account(5, own_voice=True)), drawn(account(5))
    assert "in the text’s own voice" in texts(own)
    assert "in the text’s own voice" not in texts(told)
    shapes = [re.search(r'<path transform[^>]*d="([^"]*)"', f) for f in (own, told)]
    assert shapes[0].group(1) != shapes[1].group(1)


def test_accounts_are_in_order_of_their_least_number_and_others_are_counted():
    accounts = [account(n, f"source {n}") for n in range(20, 0, -1)]
    figure = forest(accounts, name="killed", title="killed: a blast", more=1_200)
    rows = [label for label in texts(figure) if label.startswith("source")]
    assert [int(row.split()[1]) for row in rows] == [*range(1, 21)]
    assert "1,200 more accounts are not drawn; see the list." in texts(figure)


def test_on_the_page_colours_follow_the_style_sheet_and_in_the_file_they_do_not():
    figure = drawn(account(5, "five people"))
    assert "var(--tone-0062a3, #0062a3)" in on_page(figure)
    assert "var(--ground, #ffffff)" in on_page(figure)
    assert "var(" not in figure


def test_words_like_a_colour_are_words_on_the_page():
    figure = on_page(drawn(account(5, 'fill="#ffffff"')))
    assert 'fill="#ffffff"' in "".join(texts(figure))


def test_the_style_sheet_has_every_tone_of_the_sides(shipped):
    style = (shipped / "src/warclaims/report/templates/report.css").read_text("utf-8")
    for tone in [NO_SIDE, *side_tones(map(str, range(6))).values()]:
        name = f"--tone-{tone.light[1:]}"
        assert re.findall(rf"{name}: (#\w+);", style) == [tone.light, tone.dark]


def test_a_figure_says_what_it_is_to_readers_without_the_picture():
    root = ElementTree.fromstring(on_page(drawn(account(5, "five people"))))
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
    drawings = [one for one in tree(page).iter("svg") if one.get("role") == "img"]
    labels = [words(text) for text in drawings[-2].iter("text")]
    assert {"6", "11 of side Azerbaijan"} <= set(labels)
    assert "Azerbaijani officials (BBC News, 2023-09-19)" in labels
    assert (
        "disputed: the cause (vehicle bomb); who the dead were (2 civilians and 4 police)" in labels
    )
    saved = [link for link in links(tree(page)) if link.endswith("-killed.svg")]
    assert saved == ["../plots/mine-explosions-2023-killed.svg"]
    file, _ = target(page, saved[0])
    assert "11 of side Azerbaijan" in file.read_text("utf-8")
