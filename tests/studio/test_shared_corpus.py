"""A corpus that other commands change while ``studio pull`` waits for the server."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from browser import Board
from fakes import PERSONAL, answering
from served import answers_of, served

import warclaims
from command_line import run
from warclaims.corpus import Corpus, canonical_bytes
from warclaims.files import locked
from warclaims.studio.connection import KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def key(own, monkeypatch) -> None:
    monkeypatch.setenv(KEY, PERSONAL)


@contextmanager
def server_of(answers: dict[str, Any], do: Callable[[], object]) -> Iterator[str]:
    """A server that does something before it first answers what the drafts of a task are."""
    answer, waiting = answers_of(answers, {}), [do]

    def then(method: str, address: str) -> tuple[int, bytes]:
        if urlsplit(address).path.endswith("/drafts") and waiting:
            waiting.pop()()
        return answer(method, address)

    with answering(then) as port:
        yield f"http://127.0.0.1:{port}"


def pull_while(root: Path, answers: dict[str, Any], do: Callable[[], object], *options: str):
    """Pull; something is done to the corpus while the server is asked, if it is free for that."""
    done: list[str] = []

    def now() -> None:
        try:
            with locked(root, wait=0):  # it is free: no command waits for the pull
                pass
            do()
        except BaseException as error:
            done.append(repr(error))
            raise
        done.append("done")

    with server_of(answers, now) as url:
        ended = run(("--corpus", root, "studio", "pull", "--url", url, *options), root)
    assert done == ["done"]
    return ended


def edit(answers: dict[str, Any], region: str, control: str, value: Any) -> None:
    """An annotator saves a change of the first task."""
    task = answers["/api/tasks/"]["tasks"][0]
    board = Board(task)
    board.set(region, control, value)
    task["annotations"][0]["result"] = board.result


def in_the_corpus(root: Path, *arguments: str) -> Callable[[], object]:
    def do() -> None:
        ended = run(("--corpus", root, *arguments), root)
        assert ended.returncode == 0, ended.stderr

    return do


def all_files(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("steps", [[("one", "z")], [("one", "z"), ("two", "one")]])
def test_the_work_on_a_document_that_is_renamed_during_a_pull_comes_in(mini, steps):
    answers = served(warclaims.open(mini))
    edit(answers, "location-1-l1", "location_level", ["nominal"])
    after: dict[str, bytes] = {}

    def do() -> None:
        for old, new in steps:
            in_the_corpus(mini, "set", old, "--id", new)()
        after.update(all_files(mini))

    ended = pull_while(mini, answers, do)
    assert ended.returncode == 0, ended.stderr
    now = all_files(mini)
    gold = str(Corpus(mini).layout.annotation_file("gold", "z"))
    assert now.keys() == after.keys()
    assert [name for name in now if now[name] != after[name]] == [gold]
    assert Corpus(mini).annotations("z").locations[0].level == "nominal"
    assert run(("--corpus", mini, "validate", "--errors-only"), mini).returncode == 0


def test_an_entry_that_is_registered_during_a_pull_is_known(mini):
    answers = served(warclaims.open(mini))
    edit(answers, "actor-1-a1", "actor_entity", [["newcomer"]])
    basis = ("--type", "government", "--basis", "one: 'in Dorn'")
    ended = pull_while(mini, answers, in_the_corpus(mini, "register", "actor", "newcomer", *basis))
    assert ended.returncode == 0, ended.stderr
    assert Corpus(mini).annotations("one").actors[0].entity == "newcomer"


def test_an_edit_during_a_pull_and_the_work_that_is_pulled_both_stay(mini):
    answers = served(warclaims.open(mini))
    edit(answers, "location-1-l1", "location_level", ["nominal"])

    def do() -> None:
        corpus = Corpus(mini)
        now = corpus.annotations("one")
        first, *others = now.casualties
        noted = (first.model_copy(update={"note": "seen"}), *others)
        path = corpus.layout.annotation_file("gold", "one")
        path.write_bytes(canonical_bytes(now.model_copy(update={"casualties": noted})))

    ended = pull_while(mini, answers, do)
    assert ended.returncode == 0, ended.stderr
    after = Corpus(mini).annotations("one")
    assert after.casualties[0].note == "seen"
    assert after.locations[0].level == "nominal"


def test_a_dry_run_waits_for_nobody(mini):
    answers = served(warclaims.open(mini))
    edit(answers, "location-1-l1", "location_level", ["nominal"])
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        with locked(mini):
            held.set()
            over.wait()

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    before = all_files(mini)
    try:
        with server_of(answers, int) as url:
            on = ("--corpus", mini, "studio", "pull", "--dry-run", "--url", url)
            ended = run(on, mini)
    finally:
        over.set()
        other.join()
    assert ended.returncode == 0, ended.stderr
    assert "1 document would change" in ended.stdout
    assert all_files(mini) == before


# ---- names that a server gives


PATHS = ("../../../../../evil/x", "/evil/x", "a/b", "..", "", "one\n", "x" * 101, "con:", 5, None)


def answer_with_data(answers: dict[str, Any], **data: Any) -> None:
    answers["/api/tasks/"]["tasks"][0]["data"] |= data


@pytest.mark.parametrize("name", PATHS)
def test_a_task_of_a_set_that_is_none_is_reported_and_no_path_is_made_of_it(mini, own, name):
    answers = served(warclaims.open(mini))
    answer_with_data(answers, set=name)
    before = all_files(mini)
    with server_of(answers, int) as url:
        ended = run(("--corpus", mini, "studio", "pull", "--url", url), mini)
    assert ended.returncode == 1
    assert "names no annotation set" in ended.stderr
    assert all_files(mini) == before
    assert "one.json" not in {path.name for path in own.root.rglob("*")}


@pytest.mark.parametrize("name", PATHS)
def test_a_task_of_a_document_that_is_none_is_not_ours(mini, own, name):
    answers = served(warclaims.open(mini))
    answer_with_data(answers, document=name)
    before = all_files(mini)
    with server_of(answers, int) as url:
        ended = run(("--corpus", mini, "studio", "pull", "--url", url), mini)
    assert ended.returncode == 0, ended.stderr
    assert all_files(mini) == before
    names = {path.name for path in own.root.rglob("*.json")}
    assert names == {"two.json"}


@pytest.mark.parametrize(
    "other",
    [
        {"document": "../../../../../evil/x"},
        {"document": "two"},
        {"set": "../../evil"},
        {"set": "p1"},
        {"document": None},
    ],
)
def test_a_task_that_became_another_is_neither_kept_nor_taken_away(mini, own, tmp_path, other):
    """Its work is not in the corpus: a copy would be kept, by a name that the server gives."""
    answers = served(warclaims.open(mini))
    (task, _) = answers["/api/tasks/"]["tasks"]
    task["annotations"].append({**task["annotations"][0], "was_cancelled": True})
    answers["/api/tasks/1/"] = json.loads(json.dumps(task))
    answers["/api/tasks/1/"]["data"] |= other
    corpus = Corpus(mini)
    now = corpus.annotations("one")
    noted = tuple(one.model_copy(update={"note": "seen"}) for one in now.casualties)
    path = corpus.layout.annotation_file("gold", "one")
    path.write_bytes(canonical_bytes(now.model_copy(update={"casualties": noted})))
    before = set(all_files(tmp_path))
    asked: list[Any] = []
    with answering(answers_of(answers, {}), asked=asked) as port:
        url = f"http://127.0.0.1:{port}"
        ended = run(("--corpus", mini, "studio", "push", "one", "--url", url), mini)
    assert ended.returncode == 1, ended.stderr
    assert "one  pull first" in ended.stdout
    assert "DELETE" not in {one.method for one in asked}
    assert all(name.endswith("lock") for name in set(all_files(tmp_path)) - before)
