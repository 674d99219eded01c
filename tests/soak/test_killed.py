"""Commands that write are killed at any moment, and run again: nothing is lost or left behind."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from browser import Board, saved
from served import serving

import warclaims
from conftest import FIXTURES
from sizes import SOAK, examples
from waiting import Stopwatch
from warclaims.labelstudio import task, tasks_bytes
from warclaims.studio.home import VARIABLE as HOME_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from processes import Commands, Ended, Running

pytestmark = [pytest.mark.soak, pytest.mark.xdist_group("commands")]
KILLED = -9
TEXT = "Shelling in Dorn\n\nTwo people were killed in Dorn, officials said on Monday.\n"
TOUCHED = {"one": "no town", "two": "people"}
"""Words that somebody marks in each document."""
COMMANDS = ("add", "register", "import", "migrate", "build", "report", "pull")


@dataclass
class Bench:
    """A folder in which one command is run over and over, each time from the same beginning."""

    folder: Path
    commands: Commands
    arguments: tuple[str, ...]
    before: dict[str, bytes] = field(default_factory=dict)
    wanted: dict[str, bytes] = field(default_factory=dict)
    wanted_again: dict[str, bytes] = field(default_factory=dict)

    @property
    def report(self) -> set[str]:
        """The files of the report, which are replaced together."""
        return {name for name in {**self.before, **self.wanted} if name.startswith("out/report/")}

    def begin(self) -> None:
        """Put everything as it was before the command."""
        shutil.rmtree(self.folder / "now", ignore_errors=True)
        shutil.copytree(self.folder / "begin", self.folder / "now")

    def run(self, **moment: Any) -> Ended:
        """Run the command to its end, or to a moment."""
        return self.start(**moment).end()

    def start(self, **moment: Any) -> Running:
        """Start the command; its ledgers are beside the corpus."""
        environment = {HOME_VARIABLE: str(self.folder / "now/home")}
        return self.commands.start(*self.arguments, environment=environment, **moment)

    def contents(self) -> dict[str, bytes]:
        """Every file, also hidden ones."""
        root = self.folder / "now"
        files = (path for path in root.rglob("*") if path.is_file() and path.name != "lock")
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def arguments_of(name: str, now: Path, url: str) -> tuple[str, ...]:
    corpus = ("--corpus", str(now / "corpus"))
    found = {
        "add": ("add", str(now / "new.txt"), "--language", "en", "--annotator", "a"),
        "register": ("register", "actor", "new", "--label", "New", "--type", "other"),
        "import": ("import", "labelstudio", str(now / "tasks.json")),
        "migrate": ("migrate",),
        "build": ("build",),
        "report": ("report", "--out", str(now / "out/report")),
        "pull": ("studio", "pull", "--url", url),
    }
    return (*corpus, *found[name])


def edited(root: Path) -> list[dict[str, Any]]:
    """The documents of a corpus as tasks in which somebody has done something."""
    corpus = warclaims.open(root)
    found = []
    for number, document in enumerate(corpus.documents, 1):
        board = Board(task(corpus.bundle(document), corpus.registries))
        if document == "one":
            board.set("location-1-l1", "location_level", ["nominal"])
        board.draw("location", TOUCHED[document], location_level=["nominal"])
        found.append({**saved(board.task), "id": number})
    return found


@pytest.fixture(scope="module")
def benches(place, commands) -> Iterator[dict[str, Bench]]:
    """Each command with its beginning, and what comes of it if nothing happens."""
    corpus = FIXTURES / "mini"
    tasks = edited(corpus)
    title = "WarClaims corpus: gold"
    found = {}
    with serving(title, tasks) as url:
        for name in COMMANDS:
            folder = place / name
            begin = folder / "begin"
            source = FIXTURES / "schema-1.0" if name == "migrate" else corpus
            shutil.copytree(source, begin / "corpus")
            (begin / "new.txt").write_text(TEXT)
            (begin / "tasks.json").write_bytes(tasks_bytes(tasks))
            bench = Bench(folder, commands, arguments_of(name, folder / "now", url))
            if name == "report":  # there is an older one
                bench.begin()
                assert bench.run().status == 0
                registry = begin / "corpus/annotations/registry/actors.json"
                changed = json.loads(registry.read_bytes())
                changed["actors"][0]["label"] += " anew"
                registry.write_text(json.dumps(changed))
                shutil.copytree(folder / "now/out", begin / "out")
            bench.begin()
            bench.before = bench.contents()
            done = bench.run()
            assert done.status in (0, 1), done.said
            bench.wanted = bench.contents()
            assert bench.wanted != bench.before, done.said
            bench.run()
            bench.wanted_again = bench.contents()
            found[name] = bench
        yield found


def temporary(place: Path) -> list[str]:
    return sorted(path.name for path in (place / "tmp").iterdir())


def check(bench: Bench, place: Path, what: str) -> None:
    """What a killed run leaves is whole; the next run completes it, and leaves nothing else."""
    assert whole_files(bench) == [], what
    again = bench.run()
    assert again.status in (0, 1, 2), (what, again.said)
    assert "Traceback" not in again.said, (what, again.said)
    now = bench.contents()
    left = sorted(set(now) ^ set(bench.wanted))
    assert left == [], (what, left, again.said)
    wanted = (bench.wanted, bench.wanted_again)  # pull notes what it found to be settled
    other = [name for name in now if now[name] not in [files.get(name) for files in wanted]]
    assert other == [], (what, again.said)
    assert temporary(place) == [], what


def whole_files(bench: Bench) -> list[str]:
    """The files that are neither as they were nor as they are to be; a report counts as one."""
    contents = (bench.contents(), bench.before, bench.wanted)
    now, before, after = map(visible, contents)
    found = [
        name
        for name in {*now, *before} - bench.report
        if now.get(name) not in (before.get(name), after.get(name))
    ]
    reports = [
        {name: data for name, data in files.items() if name in bench.report}
        for files in (now, before, after)
    ]
    return found if reports[0] in reports[1:] else [*found, "the report"]


def visible(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files without those that are made to take the place of others."""
    passing = re.compile(r"(^|/)\.warclaims-")
    return {name: data for name, data in files.items() if not passing.search(name)}


def count_moments(bench: Bench, *, events: bool = False) -> int:
    """How many steps or events a run has."""
    path = bench.folder / "counts"
    bench.begin()
    bench.run(counts=str(path), events=events)
    return int(path.read_text().split()[events])


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_killed_before_each_change_of_the_disk(benches, place, name, count):
    bench = benches[name]
    number = count_moments(bench)
    chosen = range(number) if SOAK else [Random(name).randrange(number)]
    for step in chosen:
        bench.begin()
        assert bench.run(step=step).status == KILLED
        check(bench, place, f"{name} killed at step {step} of {number}")
    count(f"{len(chosen)} kills")


def test_commands_are_killed_at_random(benches, place, count):
    """In some call of a function, chosen by a seed; with full numbers also from outside."""
    rounds = examples(3, 200)
    events: dict[str, int] = {}
    for number in range(rounds):
        bench = benches[name := COMMANDS[number % len(COMMANDS)]]
        luck = Random(f"{name} {number}").random()
        if number // len(COMMANDS) % 2 == 0:
            events[name] = events.get(name) or count_moments(bench, events=True)
            bench.begin()
            bench.run(event=int(luck * events[name]))
        else:
            bench.begin()
            with Stopwatch() as watch:
                bench.run()
            bench.begin()
            running = bench.start()
            running.kill_after(luck * watch.seconds)
            running.end()
        check(bench, place, f"{name} killed in round {number}, at {luck:.4f} of it")
    count(f"{rounds} kills")
