"""Work that comes back meets a corpus that went on: nothing of either side is lost unseen."""

import json
from types import SimpleNamespace

import pytest
from browser import Board
from hypothesis import given, settings
from hypothesis import strategies as st

import warclaims
from warclaims.labelstudio import merge as merging
from warclaims.labelstudio import read_results, task


@pytest.fixture
def edit_here(mini):
    """Changes a record of gold in the corpus, as an editor would; makes a record if it is new."""
    path = mini / "annotations" / "gold" / "one.json"

    def edit(layer, record_id, **values):
        data = json.loads(path.read_text())
        found = [record for record in data[layer] if record["id"] == record_id]
        if not found:
            found = [values | {"id": record_id}]
            data[layer].insert(0, found[0])
        found[0].update(values)
        path.write_text(json.dumps(data))

    return edit


def codes(found):
    return [finding.code for finding in found.findings]


def test_a_change_here_stays_where_the_annotator_did_nothing(board, edit_here, mini):
    edit_here("actors", "a1", note="seen meanwhile")
    board.set("actor-1-a4", "note", ["by the annotator"])
    found = read_results(board.export(), "x.json", warclaims.open(mini))
    assert found.findings == ()
    actors = {actor.id: actor for actor in found.documents[0].after.actors}
    assert (actors["a1"].note, actors["a4"].note) == ("seen meanwhile", "by the annotator")
    assert [change.record.id for change in found.documents[0].changes()] == ["a4"]


def test_waivers_of_the_file_stay_also_those_written_meanwhile(board, edit_here, mini):
    path = mini / "annotations" / "gold" / "one.json"
    data = json.loads(path.read_text())
    waiver = {"code": "W603", "record": "t1", "span": None, "reason": "made up"}
    path.write_text(json.dumps({**data, "waivers": [waiver]}))
    board.set("actor-1-a4", "note", ["by the annotator"])
    (imported,) = read_results(board.export(), "x.json", warclaims.open(mini)).documents
    assert [w.reason for w in imported.after.waivers] == ["made up"]
    corpus = warclaims.open(mini)
    again = Board(task(corpus.bundle("one"), corpus.registries))
    found = read_results(again.export(), "x.json", corpus)
    assert not found.documents[0].is_changed


def test_the_same_change_on_both_sides_is_none(board, edit_here, mini):
    edit_here("actors", "a1", note="same")
    board.set("actor-1-a1", "note", ["same"])
    found = read_results(board.export(), "x.json", warclaims.open(mini))
    assert (found.findings, found.documents[0].is_changed) == ((), False)


def test_different_changes_of_one_record_are_refused(board, edit_here, mini):
    edit_here("actors", "a1", note="here")
    board.set("actor-1-a1", "note", ["there"])
    found = read_results(board.export(), "x.json", warclaims.open(mini))
    assert codes(found) == ["L504"]
    (finding,) = found.findings
    assert "actors a1 was changed in Label Studio and changed in the corpus" in finding.message
    found = read_results(board.export(), "x.json", warclaims.open(mini), overwrite=True)
    assert found.findings == ()
    assert found.documents[0].after.actors[0].note == "there"


def test_a_record_removed_there_and_changed_here_is_refused(board, edit_here, mini):
    edit_here("locations", "l1", note="here")
    board.delete("location-1-l1")
    found = read_results(board.export(), "x.json", warclaims.open(mini))
    assert codes(found) == ["L504"]
    assert "removed in Label Studio and changed in the corpus" in found.findings[0].message


def test_a_record_added_here_stays_and_keeps_its_number(board, edit_here, mini):
    edit_here(
        "locations",
        "l4",
        span=[{"start": 0, "end": 8, "text": "Shelling"}],
        place=None,
        level="nominal",
    )
    board.draw("location", "Monday", location_level=["name"])
    found = read_results(board.export(), "x.json", warclaims.open(mini))
    assert found.findings == ()
    ids = [place.id for place in found.documents[0].after.locations]
    assert ids == ["l4", "l1", "l2", "l3", "l5"]


def test_importing_twice_is_importing_once(mini, board):
    """Records drawn in the browser keep the ids of the first import as work goes on there."""
    from warclaims.corpus import canonical_bytes

    path = mini / "annotations" / "gold" / "one.json"
    late = board.draw("location", "Monday", location_level=["name"])
    first = read_results(board.export(), "x.json", warclaims.open(mini)).documents[0].after
    path.write_bytes(canonical_bytes(first))
    again = read_results(board.export(), "x.json", warclaims.open(mini))
    assert not again.documents[0].is_changed
    board.draw("location", "town", location_level=["nominal"])
    board.draw("location", "Shelling", location_level=["nominal"])
    found = read_results(board.export(), "x.json", warclaims.open(mini))
    assert found.findings == ()
    added = {c.record.id: c.record.span[0].text for c in found.documents[0].changes()}
    assert added == {"l5": "Shelling", "l6": "town"}
    board.set(late, "note", ["changed after the first import"])
    found = read_results(board.export(), "x.json", warclaims.open(mini))
    assert codes(found) == ["L504"], "the task does not know what was imported in between"


def test_work_on_gold_may_become_a_pass(mini, board):
    board.set("actor-1-a1", "actor_level", ["name"])
    corpus = warclaims.open(mini)
    (mini / "annotations" / "passes" / "a" / "one.json").unlink()
    found = read_results(board.export(), "x.json", corpus, "a")
    (imported,) = found.documents
    assert (imported.set_name, imported.before) == ("a", None)
    assert imported.after.annotator == "a"


def test_a_file_out_of_text_order_keeps_its_order(mini):
    path = mini / "annotations" / "gold" / "one.json"
    data = json.loads(path.read_text())
    data["locations"].reverse()
    path.write_text(json.dumps(data))
    corpus = warclaims.open(mini)
    board = Board(task(corpus.bundle("one"), corpus.registries))
    found = read_results(board.export(), "x.json", corpus)
    assert (found.findings, found.documents[0].is_changed) == ((), False)


def place(name, start, end):
    span = (SimpleNamespace(start=start, end=end),)
    return SimpleNamespace(id=name, span=span)


def one_by_one(known, new):
    """Each new record before the first that begins after it, or at the end."""

    def key(record):
        return record.span[0].start, -record.span[0].end

    placed = list(known)
    for record in new:
        after = (n for n, other in enumerate(placed) if key(other) > key(record))
        placed.insert(next(after, len(placed)), record)
    return placed


places = st.lists(st.tuples(st.integers(0, 9), st.integers(10, 12)), max_size=8)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(places, places)
def test_new_records_of_a_file_out_of_order_stand_before_the_first_that_begins_later(here, there):
    last = [place("x", 20, 21), place("y", 15, 16)]  # never in order
    known = [place(f"l{n}", *edges) for n, edges in enumerate(here)] + last
    new = [place(f"n{n}", *edges) for n, edges in enumerate(there)]
    now = SimpleNamespace(actors=(), locations=tuple(known))
    mixed = [record for pair in zip(new, known, strict=False) for record in pair]
    mixed += [record for record in (*new, *known) if record not in mixed]
    found = merging._in_order("locations", mixed, now, now)
    assert found == one_by_one(known, [record for record in mixed if record in new])


def test_putting_records_in_place_looks_at_each_but_a_few_times(monkeypatch):
    looks = []
    real = merging.text_order
    monkeypatch.setattr(merging, "text_order", lambda *given: looks.append(1) or real(*given))
    known = [place(f"l{n}", 2000 - n, 3000) for n in range(1000)]
    new = [place(f"n{n}", n, 3000) for n in range(1000)]
    now = SimpleNamespace(actors=(), locations=tuple(known))
    assert len(merging._in_order("locations", [*new, *known], now, now)) == 2000
    assert len(looks) <= 3 * 2000
