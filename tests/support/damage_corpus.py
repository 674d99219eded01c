"""Mutators of the files of a corpus: what a bundle has not."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson

from support.mutation import On, Plain, mutator, pick
from warclaims.layout import Layout
from warclaims.records import REGISTRIES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

Ids = dict[str, Any]


def _edit(path: Path, change: Callable[[Any], None]) -> None:
    value = orjson.loads(path.read_bytes())
    change(value)
    path.write_bytes(orjson.dumps(value))


def _seeds(layout: Layout) -> list[Path]:
    return sorted(layout.seeds.glob("*.txt"))


def _files(layout: Layout) -> list[Path]:
    return [p for name in layout.set_names() for p in layout.annotation_set(name).glob("*.json")]


@mutator(On.CORPUS, "F100")
def registry_lost(root: Path, random: Random, ids: Ids) -> None:
    Layout(root).registry(pick(random, sorted(REGISTRIES))).unlink()


@mutator(On.CORPUS, "R401")
def used_entry_deleted(root: Path, random: Random, ids: Ids) -> None:
    layout = Layout(root)
    gold = orjson.loads(
        pick(random, sorted(layout.annotation_set("gold").glob("*.json"))).read_bytes()
    )
    used = {a["entity"] for a in gold["actors"]} | {"\0"}
    entry = pick(random, sorted(name for name in used - {None, "\0"}))

    def drop(registry: Plain) -> None:
        registry["actors"] = [a for a in registry["actors"] if a["id"] != entry]

    _edit(layout.registry("actors"), drop)


@mutator(On.CORPUS, "T301")
def seed_lost(root: Path, random: Random, ids: Ids) -> None:
    pick(random, _seeds(Layout(root))).unlink()


@mutator(On.CORPUS, "T302")
def byte_of_a_seed_changed(root: Path, random: Random, ids: Ids) -> None:
    seed = pick(random, _seeds(Layout(root)))
    data = bytearray(seed.read_bytes())
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    seed.write_bytes(data)


@mutator(On.CORPUS, "T302")
def line_ends_of_a_seed_changed(root: Path, random: Random, ids: Ids) -> None:
    seed = pick(random, _seeds(Layout(root)))
    seed.write_bytes(seed.read_bytes().replace(b"\n", b"\r\n"))


@mutator(On.CORPUS, "T315")
def seed_in_another_encoding(root: Path, random: Random, ids: Ids) -> None:
    layout = Layout(root)

    def change(index: Plain) -> None:
        document = pick(random, index["documents"])
        data = (layout.seeds / document["file"]).read_bytes().decode()
        other = data.encode("cp1252", "replace") + b" Caf\xe9"
        (layout.seeds / document["file"]).write_bytes(other)
        document["sha256"] = hashlib.sha256(other).hexdigest()

    _edit(layout.index, change)


@mutator(On.CORPUS, "R405")
def file_renamed(root: Path, random: Random, ids: Ids) -> None:
    path = pick(random, sorted(_files(Layout(root))))
    path.rename(path.with_name(path.stem + "-copy.json"))


@mutator(On.CORPUS, "R405")
def file_copied(root: Path, random: Random, ids: Ids) -> None:
    path = pick(random, sorted(_files(Layout(root))))
    path.with_name(f"{path.stem}_1.json").write_bytes(path.read_bytes())


@mutator(On.CORPUS, "R405")
def two_files_swapped(root: Path, random: Random, ids: Ids) -> None:
    one, other = random.sample(sorted(Layout(root).annotation_set("gold").glob("*.json")), 2)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


@mutator(On.CORPUS, "R407")
def entries_under_each_other(root: Path, random: Random, ids: Ids) -> None:
    name, field = random.choice(
        (("places", "parent"), ("events", "parent"), ("actors", "affiliation"))
    )

    def change(registry: Plain) -> None:
        entries = registry[name]
        ring = random.sample(entries, random.randint(1, min(3, len(entries))))
        for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
            one[field] = {"id": other["id"], "evidence": "inferred", "basis": "made up"}

    _edit(Layout(root).registry(name), change)


@mutator(On.CORPUS, "R401")
def entry_refers_to_nothing(root: Path, random: Random, ids: Ids) -> None:
    def change(registry: Plain) -> None:
        link = pick(random, [p["parent"] for p in registry["places"] if p["parent"]])
        link["id"] += "x"

    _edit(Layout(root).registry("places"), change)


@mutator(On.CORPUS, "R404")
def entry_twice(root: Path, random: Random, ids: Ids) -> None:
    name = random.choice(("actors", "places", "events", "sides"))

    def change(registry: Plain) -> None:
        registry[name].append(dict(pick(random, registry[name])))

    _edit(Layout(root).registry(name), change)


@mutator(On.CORPUS, "R409", "R404")
def seed_listed_twice(root: Path, random: Random, ids: Ids) -> None:
    def change(index: Plain) -> None:
        one, other = random.sample(index["documents"], 2)
        one["file"] = other["file"]

    _edit(Layout(root).index, change)


@mutator(On.CORPUS, "R410")
def gold_lost(root: Path, random: Random, ids: Ids) -> None:
    pick(random, sorted(Layout(root).annotation_set("gold").glob("*.json"))).unlink()


@mutator(On.CORPUS, "C513")
def event_on_no_day(root: Path, random: Random, ids: Ids) -> None:
    def change(registry: Plain) -> None:
        pick(random, registry["events"])[random.choice(("start", "end"))] = "2023-09-31"

    _edit(Layout(root).registry("events"), change)


@mutator(On.CORPUS, "C514")
def event_backwards(root: Path, random: Random, ids: Ids) -> None:
    def change(registry: Plain) -> None:
        pick(random, registry["events"]).update(start="2023-09-20", end="2023-09-19")

    _edit(Layout(root).registry("events"), change)


@mutator(On.CORPUS, "W601")
def entry_without_use(root: Path, random: Random, ids: Ids) -> None:
    name = random.choice(("actors", "places", "sides"))

    def change(registry: Plain) -> None:
        entry = {**pick(random, registry[name]), "id": "used-by-nobody"}
        registry[name].append(entry)

    _edit(Layout(root).registry(name), change)


@mutator(On.CORPUS, "W604")
def file_left_over(root: Path, random: Random, ids: Ids) -> None:
    layout = Layout(root)
    folder = random.choice((layout.seeds, layout.annotation_set("gold")))
    (folder / random.choice(("005.txt", "old.txt", "000.json.bak"))).write_text("old")


@mutator(On.CORPUS, "F101", "F102", "F103", "F106", "S203", "S204", "S205")
def registry_damaged(root: Path, random: Random, ids: Ids) -> None:
    path = Layout(root).registry(pick(random, sorted(REGISTRIES)))
    data = path.read_bytes()
    at = random.randrange(len(data) // 2)
    other = random.choice((b"\xef\xbb\xbf" + data, data[:-at] if at else b"", b"{}" + data))
    path.write_bytes(other)


@mutator(On.CORPUS, "F103", "F101")
def index_damaged(root: Path, random: Random, ids: Ids) -> None:
    path = Layout(root).index
    data = path.read_bytes()
    path.write_bytes(random.choice((data[: len(data) // 2], b"\xef\xbb\xbf" + data, data + b"]")))


@mutator(On.CORPUS, "C518")
def part_outside_the_time_of_its_whole(root: Path, random: Random, ids: Ids) -> None:
    def change(registry: Plain) -> None:
        dated = {event["id"] for event in registry["events"] if event["start"]}
        found = [e for e in registry["events"] if e["parent"] and e["parent"]["id"] in dated]
        pick(random, found)["start"] = "1901-01-01"

    _edit(Layout(root).registry("events"), change)


@mutator(On.CORPUS, "W615")
def text_collected_twice(root: Path, random: Random, ids: Ids) -> None:
    def change(index: Any) -> None:
        document = pick(random, index["documents"])
        index["documents"].append({**document, "id": f"{document['id'][:90]}-again"})

    _edit(Layout(root).index, change)
