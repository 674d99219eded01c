"""Files are written whole or not at all, one or several, also if the process is killed."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import warclaims
from warclaims.errors import WarclaimsError
from warclaims.files import (
    locked,
    replace_folder,
    replacing,
    temporary,
    workspace,
    write_all,
    write_bytes,
)
from warclaims.files.journal import LIST, PENDING, STAGED


def test_writing_the_same_bytes_touches_nothing(tmp_path):
    path = tmp_path / "new" / "file.json"
    assert write_bytes(path, b"one") is True
    before = path.stat().st_mtime_ns
    assert write_bytes(path, b"one") is False
    assert path.stat().st_mtime_ns == before
    assert write_bytes(path, b"two") is True
    assert path.read_bytes() == b"two"


@pytest.mark.parametrize("fault", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path, monkeypatch, fault):
    path = tmp_path / "file.json"
    path.write_bytes(b"old")

    def fail(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    if fault == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(OSError, match="No space left"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["file.json"]


@pytest.fixture
def three(tmp_path):
    """Three files, one of them new, and what is to be in them."""
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"old")
    return {tmp_path / "a": b"1", tmp_path / "new" / "c": b"3", tmp_path / "b": b"2"}


def held(files):
    return {path: path.read_bytes() if path.exists() else None for path in files}


def leftovers(root):
    return [path.name for path in root.rglob(".*")]


@pytest.mark.parametrize("lock", [True, False])
def test_several_files_are_written_and_those_that_change_are_named(three, tmp_path, lock):
    with locked(tmp_path) if lock else workspace():
        assert write_all(three) == list(three)
        assert held(three) == three
        assert write_all({**three, tmp_path / "b": b"4"}) == [tmp_path / "b"]
        assert write_all({}) == []
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("number", range(1, 5))
def test_none_of_several_files_is_written_if_one_cannot_be(three, tmp_path, monkeypatch, number):
    before, real, calls = held(three), os.fsync, []

    def fail_once(file):
        calls.append(file)
        if len(calls) == number:
            raise OSError(28, "No space left on device")
        real(file)

    monkeypatch.setattr(os, "fsync", fail_once)
    with locked(tmp_path), pytest.raises(OSError, match="No space left"):
        write_all(three)
    assert held(three) == before
    assert not (tmp_path / "new").exists()
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_file_that_cannot_be_replaced_is_written_by_the_next_command(
    three, tmp_path, monkeypatch, number
):
    real, calls = Path.replace, []

    def fail_once(path, target):
        calls.append(path)
        if len(calls) == number:
            raise OSError(1, "Operation not permitted")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", fail_once)
    name = list(three)[number - 1].name
    with locked(tmp_path), pytest.raises(WarclaimsError, match=rf"{name} could not be written"):
        write_all(three)
    with locked(tmp_path):
        assert held(three) == three
    assert leftovers(tmp_path) == []


def test_a_place_that_cannot_be_a_file_fails_before_any_is_written(three, tmp_path):
    (tmp_path / "folder").mkdir()
    with locked(tmp_path), pytest.raises(OSError, match="folder"):
        write_all({**three, tmp_path / "folder": b"x"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert leftovers(tmp_path) == []


def in_a_child(work):
    """Run ``work`` in a process of its own; its exit status."""
    if (child := os.fork()) == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_at(number, *names):
    """Make the process kill itself instead of the ``number``-th of some steps."""
    left = [number]

    def kills(real):
        def step(*arguments, **options):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)

        return step

    for owner, name in names:
        setattr(owner, name, kills(getattr(owner, name)))


STEPS = ((os, "fsync"), (os, "rmdir"), *((Path, name) for name in ("open", "mkdir", "replace")))
STEPS += ((Path, "rename"), (os, "unlink"))


@pytest.mark.parametrize("number", range(1, 18))
def test_a_killed_process_leaves_all_or_nothing_once_the_corpus_is_locked_again(
    three, tmp_path, number
):
    before = held(three)

    def work():
        with locked(tmp_path):
            kill_at(number, *STEPS)
            write_all(three)

    status = in_a_child(work)
    with locked(tmp_path):
        assert leftovers(tmp_path) == []
        assert held(three) in (before, three)
    assert (tmp_path / "new").exists() == (held(three) == three)
    assert status == -signal.SIGKILL or held(three) == three


def killed_at_replacement(number, files, root):
    def work():
        with locked(root):
            kill_at(number, (Path, "replace"))
            write_all(files)

    assert in_a_child(work) == -signal.SIGKILL
    assert (root / PENDING).exists()


def test_what_somebody_wrote_after_a_kill_stays_and_nothing_else_is_written(three, tmp_path):
    before = held(three)
    killed_at_replacement(1, three, tmp_path)
    (tmp_path / "b").write_bytes(b"mine")
    with locked(tmp_path):
        assert held(three) == {**before, tmp_path / "b": b"mine"}
    assert leftovers(tmp_path) == []


def test_what_somebody_wrote_into_half_of_a_killed_command_is_theirs_to_decide(three, tmp_path):
    killed_at_replacement(2, three, tmp_path)
    (tmp_path / "b").write_bytes(b"mine")
    with pytest.raises(WarclaimsError, match=r"b was changed after a command"), locked(tmp_path):
        raise AssertionError
    kept = tmp_path / PENDING / "2"
    assert kept.read_bytes() == b"2"
    kept.unlink()
    with locked(tmp_path):
        assert held(three) == {**three, tmp_path / "b": b"mine"}
    assert leftovers(tmp_path) == []


def test_a_file_saved_by_an_editor_while_a_command_writes_is_not_replaced(
    three, tmp_path, monkeypatch
):
    before, real, calls = held(three), os.fsync, []

    def save_at_the_last(file):
        calls.append(file)
        if len(calls) == 4:  # the list of changes, written last
            (tmp_path / "b").write_bytes(b"mine")
        real(file)

    monkeypatch.setattr(os, "fsync", save_at_the_last)
    with locked(tmp_path), pytest.raises(WarclaimsError, match=r"b was changed by another program"):
        write_all(three)
    assert held(three) == {**before, tmp_path / "b": b"mine"}
    assert leftovers(tmp_path) == []


def test_a_corpus_is_settled_before_it_is_read(mini):
    path = mini / "annotations" / "gold" / "one.json"
    changed = path.read_bytes() + b"\n"
    killed_at_replacement(1, {path: changed, mini / "new": b"new"}, mini)
    warclaims.open(mini)
    assert path.read_bytes() == changed
    assert (mini / "new").read_bytes() == b"new"
    assert leftovers(mini) == []


def pending(root, *changes):
    (root / PENDING).mkdir()
    (root / PENDING / LIST).write_text(json.dumps(changes))


@pytest.mark.parametrize("target", ["../x", "/x", "linked/x"])
def test_pending_changes_that_lead_elsewhere_are_refused(tmp_path, target):
    (root := tmp_path / "root").mkdir()
    (root / "linked").symlink_to(tmp_path)
    pending(root, {"target": target, "before": None})
    (root / PENDING / "0").write_bytes(b"x")
    with pytest.raises(WarclaimsError, match="was not written by WarClaims"), locked(root):
        raise AssertionError
    assert (root / PENDING).exists()
    assert not (tmp_path / "x").exists()


def test_what_was_staged_only_is_removed(tmp_path):
    for words in ("", "{", "[]", "[" * 100_000):
        (tmp_path / STAGED).mkdir()
        (tmp_path / STAGED / LIST).write_text(words)
        with locked(tmp_path):
            assert leftovers(tmp_path) == []


def test_a_folder_on_another_disk_is_written_too(three, tmp_path, monkeypatch):
    real = Path.replace

    def replace(path, target):
        if path.parent.name == PENDING:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with locked(tmp_path):
        write_all(three)
    assert held(three) == three
    assert leftovers(tmp_path) == []


def test_a_folder_that_cannot_be_written_to_is_found_first(three, tmp_path, monkeypatch):
    before = held(three)
    (closed := tmp_path / "closed").mkdir()
    monkeypatch.setattr(os, "access", lambda path, _mode: path != closed)
    with locked(tmp_path), pytest.raises(PermissionError, match="closed"):
        write_all({**three, closed / "x": b"x"})
    assert held(three) == before


def test_files_behind_a_link_are_written_but_not_removed(tmp_path):
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "old").write_bytes(b"old")
    (root / "linked").symlink_to(outside)
    with locked(root):
        write_all({root / "linked" / "new": b"new"})
        assert (outside / "new").read_bytes() == b"new"
        with pytest.raises(WarclaimsError, match="a link leads to"):
            write_all({root / "linked" / "other": b"x"}, remove=[root / "linked" / "old"])
    assert {path.name for path in outside.iterdir()} == {"new", "old"}
    assert leftovers(root) == []


def test_one_corpus_under_two_names_has_one_lock(tmp_path, monkeypatch):
    root = tmp_path / "far" / "corpus"
    (root / "deep").mkdir(parents=True)
    (tmp_path / "near").mkdir()
    (tmp_path / "near" / "link").symlink_to(root / "deep")
    monkeypatch.chdir(tmp_path / "near")
    other = Path("link/../../corpus")
    with locked(root, wait=0), locked(other, wait=0):
        write_all({other / "x": b"1", root / "y": b"2"})
    assert [(root / name).read_bytes() for name in "xy"] == [b"1", b"2"]
    assert not (tmp_path / "corpus").exists()


def test_a_read_only_file_is_replaced_and_stays_read_only(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"old")
    path.chmod(0o444)
    write_bytes(path, b"new")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o444)


def test_a_file_changed_by_an_editor_since_it_was_read_is_not_replaced(tmp_path):
    from warclaims.files import read_file

    path = tmp_path / "a"
    path.write_bytes(b"old")
    with locked(tmp_path):
        read_file(path)
        path.write_bytes(b"edited")
        with pytest.raises(WarclaimsError, match="was changed by another program"):
            write_all({path: b"new", tmp_path / "b": b"new"})
    assert path.read_bytes() == b"edited"
    assert not (tmp_path / "b").exists()


def test_a_file_that_was_removed_since_it_was_read_is_not_written(tmp_path):
    from warclaims.files import read_file

    path = tmp_path / "a"
    path.write_bytes(b"old")
    with locked(tmp_path):
        read_file(path)
        path.unlink()
        with pytest.raises(WarclaimsError, match="was changed by another program"):
            write_all({path: b"new"})


@pytest.mark.parametrize("lock", [True, False])
@pytest.mark.parametrize(("umask", "mode"), [(0o077, 0o600), (0o022, 0o644), (0o002, 0o664)])
def test_a_new_file_follows_the_umask_and_an_old_one_keeps_its_mode(tmp_path, umask, mode, lock):
    old = tmp_path / "old"
    old.write_bytes(b"x")
    old.chmod(0o640)
    before = os.umask(umask)
    try:
        with locked(tmp_path) if lock else workspace():
            write_all({tmp_path / "new": b"1", old: b"2"})
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new", old)] == [mode, 0o640]


def test_the_lock_of_a_killed_process_is_free(tmp_path):
    def work():
        with locked(tmp_path):
            os.kill(os.getpid(), signal.SIGKILL)

    assert in_a_child(work) == -signal.SIGKILL
    with locked(tmp_path, wait=0):
        assert leftovers(tmp_path) == []


def test_a_corpus_that_another_process_writes_to_is_refused_after_the_wait(tmp_path):
    code = (
        "import sys; from pathlib import Path; from warclaims.files import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    run = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        with (
            pytest.raises(WarclaimsError, match="another warclaims command is writing to"),
            locked(tmp_path, wait=0),
        ):
            raise AssertionError
        other.stdin.close()
    with locked(tmp_path, wait=0), locked(tmp_path, wait=0):
        pass


def test_a_folder_takes_the_place_of_another(tmp_path):
    new, old = tmp_path / "new", tmp_path / "old"
    for folder, words in ((new, "1"), (old, "2")):
        folder.mkdir()
        (folder / words).touch()
    replace_folder(new, old)
    assert [path.name for path in tmp_path.rglob("*")] == ["old", "1"]
    replace_folder(old, new)
    assert [path.name for path in tmp_path.rglob("*")] == ["new", "1"]


def test_a_folder_that_a_killed_process_left_is_removed_and_one_in_use_stays(tmp_path, monkeypatch):
    def work():
        with workspace(tmp_path) as folder:
            (folder / "half").touch()
            os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(temporary, "_cleared", set())
    assert in_a_child(work) == -signal.SIGKILL
    assert len(leftovers(tmp_path)) == 1
    with workspace(tmp_path) as mine:
        assert leftovers(tmp_path) == [mine.name]
        assert in_a_child(lambda: write_bytes(tmp_path / "x", b"x")) == 0
        assert mine.is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("place", ["folder", "file/x"])
def test_what_cannot_be_written_is_named_by_its_own_path(tmp_path, place):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match=place) as caught, replacing(tmp_path / place) as file:
        file.write(b"x")
    assert ".warclaims" not in str(caught.value)


def test_a_removed_file_can_be_written_again(tmp_path):
    from warclaims.files import read_file

    (tmp_path / "a").write_bytes(b"old")
    with locked(tmp_path):
        read_file(tmp_path / "a")
        write_all({tmp_path / "b": b"1"}, remove=[tmp_path / "a"])
        write_all({tmp_path / "a": b"2"})
    assert (tmp_path / "a").read_bytes() == b"2"
