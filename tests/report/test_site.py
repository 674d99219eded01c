"""The written pages: every link leads somewhere, nothing is asked from elsewhere, what is shown."""

from __future__ import annotations

import csv
import json
import re
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

import warclaims
from conftest import FIXTURES
from hostile import MARKUP, poison
from html_pages import by_id, links, target, tree, words
from sizes import EVERYTHING
from waiting import wait_for
from warclaims.commands import _root
from warclaims.commands import report as command
from warclaims.commands.extras import how_to_install
from warclaims.derive.events import EventTree
from warclaims.report import write_report
from warclaims.report.site import quoted

pytestmark = pytest.mark.xdist_group("report")  # one process writes the shipped report

EXPLOSIONS = "events/mine-explosions-2023.html"
WARS = "events/conflict-since-1988.html"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def compared(site: Path, page: str, what: str) -> tuple[str, dict[str, set[str]]]:
    """What the page says of a comparison, and the records behind each position."""
    root = tree(site / page)
    for parent in root.iter():
        children = list(parent)
        for place, child in enumerate(children):
            if child.tag == "h3" and words(child).startswith(what):
                rest = children[place:]
                end = next(
                    n
                    for n, one in enumerate(rest)
                    if one.tag == "ul" or "scroll" in one.get("class", "")
                )
                is_list = rest[end].tag == "ul"
                found = {}
                for item in rest[end] if is_list else list(rest[end].iter("tr"))[1:]:
                    links = [a.get("href", "").partition("#") for a in item.iter("a")]
                    value = item.find("strong" if is_list else "th")
                    found[words(value) if value is not None else ""] = {
                        f"{Path(file).stem}:{record}" for file, _, record in links
                    }
                return " ".join(map(words, rest[:end])), found
    raise AssertionError(f"{page} does not compare {what}")


def row(site: Path, page: str, claim: str) -> str:
    return words(by_id(tree(site / page))[claim.replace(":", "-")])


# Links and requests


@pytest.fixture(scope="module")
def trees(site):
    return {page: tree(page) for page in sorted(site.rglob("*.html"))}


def test_every_link_and_anchor_leads_somewhere_in_the_report(site, trees):
    anchors = {page: by_id(root) for page, root in trees.items()}
    lost = []
    for page, root in trees.items():
        for link in links(root):
            if link.startswith("data:"):
                continue
            file, fragment = target(page, link)
            assert file.is_relative_to(site), link
            if not file.is_file() or (fragment and fragment not in anchors[file]):
                lost.append((page.relative_to(site).as_posix(), link))
    assert not lost


def test_no_page_has_a_script_or_asks_for_anything_outside(site, trees):
    for page, root in trees.items():
        for element in root.iter():
            assert element.tag not in {"script", "iframe", "object", "embed", "base", "form"}, page
            assert not [name for name in element.attrib if name.startswith("on")], page
            assert "://" not in element.get("href", "") + element.get("src", ""), page
    for style in site.rglob("*.css"):
        assert not re.search(r"@import|url\(", style.read_text("utf-8"))


def test_every_page_has_its_own_title_one_heading_and_says_its_language(trees):
    titles = [words(next(root.iter("title"))) for root in trees.values()]
    assert len(set(titles)) == len(titles)
    for page, root in trees.items():
        assert next(root.iter("html")).get("lang"), page
        levels = [int(e.tag[1]) for e in root.iter() if re.fullmatch(r"h[1-6]", e.tag)]
        assert levels.count(1) == 1, page
        assert levels[0] == 1, page
        assert all(after <= before + 1 for before, after in pairwise(levels)), page


def test_each_claim_has_a_row_on_the_pages_of_its_events_that_leads_to_its_words(
    shipped, site, trees
):
    anchors = {page: by_id(root) for page, root in trees.items()}
    ancestors = EventTree(warclaims.open(shipped).registries.events).ancestors
    found = json.loads((shipped / "corpus/claims.json").read_bytes())
    assert found
    for claim in found:
        text = site / f"texts/{claim['document']}.html"
        casualty = claim["record"].partition(":")[2]
        assert casualty in anchors[text]
        for event in {up for name in claim["events"] for up in ancestors(name)}:
            page = site / f"events/{event}.html"
            cells = anchors[page][f"{claim['document']}-{casualty}"]
            ends = [target(page, a.get("href", "")) for a in cells.iter("a")]
            assert (text, casualty) in ends


def test_markup_in_texts_and_registries_is_shown_and_never_read_as_markup(mini, tmp_path):
    out = tmp_path / "out"
    write_report(warclaims.open(poison(mini)), out, "gold")
    shown = 0
    for page in out.rglob("*.html"):
        root = tree(page)
        shown += words(root).count("<script>alert(1)</script><img src=x onerror=alert(2)>")
        for element in root.iter():
            assert element.tag not in {"script", "img"} or element.get("src") != "x", page
            assert not [name for name in element.attrib if name.startswith("on")], page
        assert MARKUP not in page.read_text("utf-8")
    assert shown > 10


# What the shipped report shows


def test_the_summary_comes_first_then_the_positions_then_the_claims(site):
    page = (site / EXPLOSIONS).read_text("utf-8")
    summary = page.index("Sources disagree on the cause")
    position, claims = page.index('<th scope="row">landmine</th>'), page.index('class="claims ')
    assert summary < position < claims


def test_eleven_dead_of_two_events_are_counted_together_and_not_against_six(site):
    eleven, six = row(site, EXPLOSIONS, "004:c1"), row(site, EXPLOSIONS, "004:c6")
    assert "Eleven Azerbaijani police and civilians" in eleven
    assert "another incident" in eleven
    assert "six people" in six
    assert "another incident" not in six
    page = words(tree(site / EXPLOSIONS))
    assert "Counted together: another incident on 19 September 2023 and explosions" in page
    assert re.search(r"Counted together: .*\b11 of side Azerbaijan", page)
    _, total = compared(site, EXPLOSIONS, "Number of dead all can be true")
    assert "004:c1" not in set().union(*total.values())


def test_a_car_bomb_stands_against_landmines(site):
    _, positions = compared(site, EXPLOSIONS, "Cause sources disagree")
    assert positions["vehicle bomb"] == {"001:c1", "001:c2"}
    assert {"000:c6", "002:c2", "004:c7"} <= positions["landmine"]


def test_descriptions_of_the_same_four_dead_are_two_positions(site):
    said, positions = compared(site, EXPLOSIONS, "Who the dead were sources disagree")
    assert "Which position El País takes depends on how 002:c2 is read" in said
    assert "000:c6" in positions["4 soldiers"]
    assert {"001:c1", "002:c2", "004:c7"} <= positions["4 police"]
    for claim, called in {
        "000:c6": "four Azerbaijani soldiers",
        "001:c1": "four policemen",
        "002:c2": "four Azerbaijani Interior Ministry personnel",
        "004:c7": "four police",
    }.items():
        assert called in row(site, EXPLOSIONS, claim)


def test_counts_of_two_wars_are_on_the_page_of_each_and_below_the_whole(site):
    for page in ("events/first-war.html", "events/war-2020.html"):
        _, positions = compared(site, page, "Number of dead sources disagree")
        assert positions["about 32,000"] == {"001:c3"}
        assert positions["at least 37,002"] == {"002:c7", "002:c10"}
    assert "≈ 32,000" in row(site, WARS, "001:c3")
    assert "30,001" in row(site, WARS, "002:c7")
    below = words(by_id(tree(site / WARS))["below"])
    assert below.startswith("What sources say of its parts")


def test_the_first_page_shows_the_events_that_sources_disagree_on_most(site):
    overview = words(tree(site / "index.html"))
    shown = [
        overview.index(one) for one in ("explosions of 19", "Azerbaijani military", "first war")
    ]
    assert shown == sorted(shown)
    assert re.search(
        r"explosions of .{40,120} Three texts give 6 dead, El País at least 6", overview
    )
    assert "vehicle bomb (Newsroom IN)" in overview
    events = tree(site / "events.html")
    (line,) = [one for one in events.iter("tr") if "explosions of" in words(one)]
    assert words(line[-1]) == "2"


def test_the_data_beside_the_pages_are_what_the_commands_give(site, shipped, cli):
    claims = json.loads((site / "data/claims.json").read_bytes())
    assert claims == json.loads(cli("claims", "--format", "json").stdout)
    found = json.loads(cli("compare", "--format", "json").stdout)
    for name in ("accounts", "comparisons"):
        rows = json.loads((site / f"data/{name}.json").read_bytes())
        assert sorted(row["id"] for row in rows) == sorted(row["id"] for row in found[name])
    lines = (site / "data/claims.csv").read_text("utf-8-sig")
    assert lines == cli("claims", "--format", "csv").stdout.replace("\r\n", "\n")
    for name in ("accounts", "comparisons"):
        header, *rows = csv.reader((site / f"data/{name}.csv").read_text("utf-8-sig").splitlines())
        assert header[0] == "id"
        assert {row[0] for row in rows} == {
            row["id"] for row in found[name] if row.get("positions", True)
        }


def test_every_account_and_record_can_be_cited_with_an_address_that_is_there(site, trees, shipped):
    anchors = {page: by_id(root) for page, root in trees.items()}
    cited = [
        " ".join("".join(code.itertext()).split())
        for root in trees.values()
        for code in root.iter("code")
        if "The WarClaims developers" in "".join(code.itertext())
    ]
    assert len(cited) == len(set(cited))
    for words_ in cited:
        file, _, anchor = re.search(r"\(([^ ()]+)\)\.$", words_).group(1).partition("#")
        assert not anchor or anchor in anchors[site / file], words_
    found = warclaims.compare(warclaims.open(shipped))
    for one in found.accounts:
        assert any(f" {one.id}, " in words_ for words_ in cited), one.id
    record, *_ = [one for one in cited if " 004:c6, " in one]
    assert record.endswith(warclaims.cite("apa", shipped, "004:c6").partition("[Data set]. ")[2])


def test_texts_lead_to_the_one_before_and_the_one_after(site):
    turns = {a.get("rel"): a.get("href") for a in tree(site / "texts/002.html").iter("a")}
    assert (turns["prev"], turns["next"]) == ("001.html", "003.html")
    assert "prev" not in {a.get("rel") for a in tree(site / "texts/000.html").iter("a")}


def test_page_terminal_and_card_say_the_same(site, shipped, cli):
    event = Path(EXPLOSIONS).stem
    shown = cli("--corpus", shipped, "compare", "--event", event).stdout
    page, card = words(tree(site / EXPLOSIONS)), (shipped / "README.md").read_text("utf-8")
    terminal = " ".join(shown.split())
    for said in (
        "“the victims” (word of the Azerbaijani authorities)",
        "Which position El País takes depends on how 002:c2 is read: “four Azerbaijani Interior",
    ):
        assert said in terminal
        assert said in page
    assert "denied by Armenia" in page
    assert "“the victims” (000:c8, word of the Azerbaijani authorities)" in card
    assert "Which position El País takes depends on how `002:c2` is read" in card


# The command


def test_two_runs_write_the_same_bytes_and_nothing_beside(shipped, tmp_path):
    corpus = warclaims.open(shipped if EVERYTHING else FIXTURES / "mini")
    one, other = (tmp_path / name / "report" for name in ("one", "other"))
    for out in (one, other):
        write_report(corpus, out, "gold")
        assert [path.name for path in out.parent.iterdir()] == ["report"]
    assert contents(one) == contents(other)


def test_the_command_writes_over_a_report_and_prints_where_it_is(mini, cli, tmp_path):
    out = tmp_path / "out"
    for _ in range(2):
        done = cli("--corpus", mini, "report", "--out", out)
        assert done.returncode == 0, done.stderr
        assert str(out / "index.html") in done.stdout
        assert not done.stderr
        (out / "events" / "gone.html").write_text("of an older corpus")
    before = contents(mini)
    done = cli("--corpus", mini, "report", "--out", out)
    assert not (out / "events" / "gone.html").exists()
    assert contents(mini) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["here", "mini", "out"]


def test_the_folder_one_stands_in_can_be_written_to(mini, cli, tmp_path):
    done = cli("--corpus", mini, "report", "--out", ".")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "here" / "index.html").is_file()


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_no_report_is_not_written_over(mini, cli, tmp_path, kind):
    out = tmp_path / "mine"
    if kind == "folder":
        out.mkdir()
        (out / "thesis.txt").write_text("Mine.")
    else:
        out.write_text("Mine.")
    done = cli("--corpus", mini, "report", "--out", out)
    assert done.returncode == 2
    assert "is not empty and is not a report" in done.stderr
    assert "Traceback" not in done.stderr
    kept = out / "thesis.txt" if kind == "folder" else out
    assert kept.read_text() == "Mine."


def test_no_such_set_is_said_with_those_there_are(mini, cli, tmp_path):
    done = cli("--corpus", mini, "report", "--set", "nobody", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "'nobody'" in done.stderr
    assert "gold, a" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_set_with_errors_leaves_the_old_report(mini, cli, tmp_path):
    out = tmp_path / "out"
    assert cli("--corpus", mini, "report", "--out", out).returncode == 0
    before = contents(out)
    file = mini / "annotations/gold/two.json"
    file.write_text(file.read_text("utf-8").replace('"Dorn"', '"Durn"'), "utf-8")
    done = cli("--corpus", mini, "report", "--out", out)
    assert done.returncode == 2
    assert "two.json" in done.stderr
    assert contents(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "mini", "out"]


def test_packages_that_are_missing_are_named_with_how_to_get_them(mini, monkeypatch, tmp_path):
    monkeypatch.setattr(
        command, "find_spec", lambda name: None if name == "markupsafe" else object()
    )
    done = CliRunner().invoke(
        _root, ["--corpus", str(mini), "report", "--out", str(tmp_path / "out")]
    )
    assert isinstance(done.exception, ModuleNotFoundError)
    assert how_to_install(done.exception) == 'pip install "warclaims[report]"'


STOPPED = """
import sys
from pathlib import Path
from threading import Event
from warclaims.commands import main
from warclaims.report.site import Site

def wait(site, name):
    reached = Path(sys.argv[1])
    reached.touch()
    while not reached.with_name("go on").exists():
        Event().wait(0.01)

Site.static = wait
main(sys.argv[2:])
"""
"""Writes a report up to the style sheet, and waits there until it may go on.

It does not wait for the signal itself, which may come just before it begins to wait.
"""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_leaves_the_old_report_and_nothing_else(mini, tmp_path, stop):
    place = tmp_path / "place"
    out, reached = place / "report", tmp_path / "reached"
    write_report(warclaims.open(mini), out, "gold")
    before = contents(out)
    arguments = [reached, "--corpus", mini, "report", "--out", out]
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPED, *map(str, arguments)], stderr=subprocess.PIPE
    )
    wait_for(lambda: reached.exists() or process.poll() is not None, "the style sheet")
    assert len(list(place.iterdir())) == 2
    process.send_signal(stop)
    (tmp_path / "go on").touch()
    _, errors = process.communicate()
    assert process.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}[stop], errors
    assert b"Traceback" not in errors
    assert contents(out) == before
    assert [path.name for path in place.iterdir()] == ["report"]


def test_progress_counts_the_pages_up_to_the_last(mini, tmp_path):
    told = []
    pages = write_report(
        warclaims.open(mini), tmp_path / "out", "gold", progress=lambda *step: told.append(step)
    )
    assert told == [(number, pages) for number in range(1, pages + 1)]
    assert pages == len(list((tmp_path / "out").rglob("*.html")))


def test_words_with_quotation_marks_of_their_own_get_no_others():
    assert quoted("six people") == "“six people”"
    for own in ("“groups” of the “act.”", "«шесть»", 'a "ground operation"'):
        assert quoted(own) == own


def test_a_text_says_first_how_many_by_whose_word_and_what_is_disputed(site):
    page = words(tree(site / "texts/001.html"))
    first = page[page.index("Skip to the content") :][:1500]
    assert "explosions of 19 September 2023 (landmines or car bomb)" in first
    assert re.search("6 dead ?, says Newsroom IN", first), first
    assert "Sources disagree on the cause, who the dead were" in first, first
