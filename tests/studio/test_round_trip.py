"""Two hundred random documents to a real server, saved there as a browser saves, and back."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from browser import saved
from hypothesis import HealthCheck, Phase, given, seed, settings
from page import Sheet, task_of

from strategies import bundles, write_corpus
from warclaims.corpus import Corpus
from warclaims.records import LAYERS
from warclaims.studio.server_tasks import server_tasks

if TYPE_CHECKING:
    from pathlib import Path

    from warclaims.records import Bundle

pytestmark = pytest.mark.xdist_group("studio")
NUMBER = 200
OPENED = 3


def many(number: int) -> list[Bundle]:
    """As many random documents with annotations, the same ones every time, each of its own id."""
    found: list[Bundle] = []

    @seed(5)
    @settings(
        max_examples=number + number // 4,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(bundles())
    def draw(bundle: Bundle) -> None:
        if len(found) < number and any(getattr(bundle.annotations, layer) for layer in LAYERS):
            found.append(named(bundle, f"d{len(found):03}"))

    draw()
    assert len(found) == number
    return found


def named(bundle: Bundle, name: str) -> Bundle:
    """The same under another id, in a file of its own."""
    document = bundle.document.model_copy(update={"id": name, "file": f"{name}.txt"})
    annotations = bundle.annotations.model_copy(update={"document": name})
    return bundle.model_copy(update={"document": document, "annotations": annotations})


@pytest.fixture(scope="module")
def bunch() -> list[Bundle]:
    return many(NUMBER)


@pytest.fixture
def desk(bunch, tmp_path, desk_of) -> Any:
    """A corpus of random documents, and an empty project for it."""
    root: Path = tmp_path / "random"
    write_corpus(root, bunch)
    return desk_of(Corpus(root))


def store(desk: Any, annotation: int, result: list[dict[str, Any]]) -> None:
    desk.connection.client.annotations.update(id=annotation, result=result)


def as_saved(task: Any) -> list[dict[str, Any]]:
    """What a save in the browser would make of the annotation of a task."""
    (annotation,) = saved({"data": task.data, "annotations": task.annotations})["annotations"]
    found: list[dict[str, Any]] = annotation["result"]
    return found


def test_random_documents_come_back_byte_for_byte(desk):
    before = desk.files()
    assert set(desk.push().values()) == {"sent"}
    changed = 0
    for task in server_tasks(desk.connection, desk.project):
        result = as_saved(task)
        changed += result != task.results[0]
        store(desk, task.annotations[0]["id"], result)
    assert changed > NUMBER / 2, "the simulation does something"
    pulled = desk.pull()
    assert len(pulled) == NUMBER
    assert not any(one.findings or one.conflicts or one.written for one in pulled.values())
    assert desk.files() == before


def test_a_real_save_makes_of_random_documents_what_is_simulated(desk, bunch, page):
    """The level of a place is changed in the browser; all else is as predicted."""
    chosen = [bundle for bundle in bunch if is_rich(bundle)][:OPENED]
    assert len(chosen) == OPENED
    desk.push(documents=[bundle.document.id for bundle in chosen])
    before = desk.files()
    for bundle in chosen:
        name = bundle.document.id
        expected = as_saved(task_of(desk, name))
        sheet = Sheet(page, desk, name)
        item = next(i for i in expected if i.get("from_name") == "location_level")
        place = item["value"]
        level = place["choices"]
        sheet.select("location", place["start"], place["end"])
        other = "nominal" if level == ["name"] else "name"
        sheet.choose("location_level", other)
        assert sheet.save() == 200
        place["choices"] = [other]
        assert plain(task_of(desk, name).results[0]) == plain(expected)
    for name, one in desk.pull().items():
        assert [str(finding) for finding in one.findings if not finding.is_warning] == []
        (change,) = one.imported.changes()
        assert (change.kind, change.layer, change.fields) == ("changed", "locations", ("level",))
        assert [path.stem for path in one.written] == [name]
    after = desk.files()
    assert {name for name in after if after[name] != before[name]} == {
        f"gold/{bundle.document.id}.json" for bundle in chosen
    }


def is_rich(bundle: Bundle) -> bool:
    """True if there are places and other records, and no two places are the same.

    Nor has a place another reading, which the changed level might equal.
    """
    layers = [getattr(bundle.annotations, layer) for layer in LAYERS]
    spans = [place.span for place in bundle.annotations.locations]
    starts = Counter(part for span in spans for part in span)
    has_reading = any(place.alternatives for place in bundle.annotations.locations)
    is_mixed = bool(spans) and sum(map(bool, layers)) > 2
    return is_mixed and max(starts.values()) == 1 and not has_reading


def plain(result: list[dict[str, Any]]) -> list[str]:
    """The items without the words of marks, which a browser spoils in what was drawn only."""
    found = json.loads(json.dumps(result))
    for item in found:
        if item["type"] not in ("relation", "textarea"):
            del item["value"]["text"]
    return [json.dumps(item, ensure_ascii=False, sort_keys=True) for item in found]
