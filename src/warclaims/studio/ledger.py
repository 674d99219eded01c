"""What was last pulled of each document: the base of the next merge.

A file per document, outside the corpus. It says nothing of what the corpus contains now: that is
compared each time (:mod:`warclaims.labelstudio.saved_work`). Two clones of a corpus may pull from
one project, so each has an entry of its own, by its directory.

If the ledger is lost, or the corpus was moved, the base is again what was sent: more conflicts are
reported, what was pulled and then deleted in the corpus comes back, and a record that is on the
server again as it was sent is taken for unchanged there.
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import contextmanager, suppress
from copy import copy
from typing import TYPE_CHECKING, Any, cast

import msgspec

from warclaims.corpus.canonical import to_plain
from warclaims.corpus.reading import parse
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.files import read_file, write_bytes
from warclaims.labelstudio import tasks_bytes
from warclaims.labelstudio.incoming import TaskHistory
from warclaims.records import Annotations
from warclaims.records.base import ID_PATTERN
from warclaims.studio.home import write_state

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.labelstudio.record_keys import RecordKey
    from warclaims.studio.home import Home


class _LedgerEntry(msgspec.Struct):
    """What one corpus directory pulled of a task; records are named ``layer id``."""

    sent: str
    annotations: dict[str, Any]
    results: str | None = None
    drawn: dict[str, str] = {}
    doubted: list[str] = []
    decided: dict[str, dict[str, Any] | None] = {}
    earlier: dict[str, list[dict[str, Any] | None]] = {}


class _LedgerFile(msgspec.Struct):
    """The entries of a document by the directory of the corpus, the latest last."""

    corpora: dict[str, _LedgerEntry] = {}


class Ledger:
    """The ledger of one project on one server; of all corpora, or by :meth:`of` of one."""

    def __init__(self, home: Home, url: str, project: int) -> None:
        name = hashlib.sha256(f"{url} {project}".encode()).hexdigest()[:16]
        self._folder = home.ledgers / name
        self._pulled = self._folder / "pulled"
        self._doubt = self._folder / "sending"
        self._corpus: str | None = None

    def of(self, corpus: Corpus) -> Ledger:
        """The ledger with the entries of one corpus directory only."""
        found = copy(self)
        found._corpus = str(corpus.root.resolve())
        return found

    def history(self, set_name: str, document: str, origin: list[Any]) -> TaskHistory:
        """What a task was sent with, and what earlier pulls of it found.

        ``origin`` is the task with what it was sent with (:attr:`.server_tasks.ServerTask.origin`);
        what was pulled of an earlier task does not count: it would hide what was done on this one.
        """
        sent = _annotations(origin[1])
        entries = _entries(self._file(set_name, document), digest(origin))
        latest = list(entries.values())[-1] if entries else None
        entry = latest if self._corpus is None else entries.get(self._corpus)
        if entry is None:
            return TaskHistory(sent)
        return TaskHistory(
            sent,
            _annotations(entry.annotations),
            entry.results,
            entry.drawn,
            frozenset(map(_key, entry.doubted)),
            {_key(name): record for name, record in entry.decided.items()},
            {_key(name): records for name, records in entry.earlier.items()},
        )

    def note(self, set_name: str, document: str, origin: list[Any], pulled: TaskHistory) -> None:
        """Keep what was pulled of a task, once the corpus has it."""
        assert pulled.pulled is not None
        entry = _LedgerEntry(
            digest(origin),
            to_plain(pulled.pulled),
            pulled.results,
            dict(pulled.drawn),
            sorted(map(" ".join, pulled.doubted)),
            _named(pulled.decided),
            _named(pulled.earlier),
        )
        path = self._file(set_name, document)
        entries = _entries(path, entry.sent)
        entries.pop(self._corpus or "", None)
        write_state(path, msgspec.to_builtins(_LedgerFile({**entries, self._corpus or "": entry})))

    def forget(self, set_name: str, document: str, sent: str | None = None) -> None:
        """Forget what was pulled of a document: its task is removed.

        A database may give the next task the same id. ``sent`` is the digest of the task with what
        it was sent with: what was pulled of it into other sets is forgotten, too.
        """
        self._file(set_name, document).unlink(missing_ok=True)
        if sent is not None:
            for path in self._pulled.glob(f"*/{document}.json"):
                if _entries(path, sent):
                    path.unlink(missing_ok=True)

    def keep(self, set_name: str, document: str, exported: dict[str, Any]) -> Path:
        """Keep a task that is about to be replaced, in a file that can be imported."""
        _require_ids(set_name, document)
        folder = self._folder / "replaced" / set_name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"{document}-{exported['id']}-{digest(exported)[:8]}.json"
        write_bytes(path, tasks_bytes([exported]))
        return path

    @property
    def is_in_doubt(self) -> bool:
        """True if something was sent and it is unknown whether it arrived."""
        return self._doubt.is_file()

    def doubt(self) -> None:
        """Note that something is sent now."""
        if not self.is_in_doubt:
            write_state(self._doubt, {})

    def trust(self) -> None:
        """Note that all that was sent has arrived."""
        self._doubt.unlink(missing_ok=True)

    def locked(self) -> AbstractContextManager[None]:
        """Only one push or pull of this project at a time.

        Raises:
            WarclaimsError: when entered: another command is at it.
        """
        return _locked(self._folder)

    def _file(self, set_name: str, document: str) -> Path:
        _require_ids(set_name, document)
        return self._pulled / set_name / f"{document}.json"


def project_lock(home: Home, url: str, title: str) -> AbstractContextManager[None]:
    """Only one command at a time looks for the project of this title, and makes it.

    Raises:
        WarclaimsError: when entered: another command is at it.
    """
    name = hashlib.sha256(f"{url} {title}".encode()).hexdigest()[:16]
    return _locked(home.ledgers / f"project-{name}")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Only one command at a time works with this folder; the lock of a killed one is free.

    Raises:
        WarclaimsError: another command works with it.
    """
    import filelock

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = filelock.FileLock(folder / "lock", timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise WarclaimsError(
            "another push or pull of this project is under way; wait until it has ended"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _require_ids(*names: str) -> None:
    """Make sure that names may be part of a path inside the ledger.

    Raises:
        WarclaimsError: one is not an id, but may be a path.
    """
    for name in names:
        if not re.fullmatch(ID_PATTERN, name):
            raise WarclaimsError(f"{name!r} is not the id of a document or an annotation set")


def _entries(path: Path, sent: str) -> dict[str, _LedgerEntry]:
    """What a file has of a task, by the directory of the corpus that it was pulled into."""
    try:
        corpora = msgspec.json.decode(read_file(path), type=dict[str, dict[str, msgspec.Raw]])
    except (OSError, ValueError, RecursionError):
        return {}
    found = {}
    for corpus, raw in corpora.get("corpora", {}).items():
        with suppress(ValueError, RecursionError):  # of the other clones nothing is lost
            found[corpus] = msgspec.json.decode(raw, type=_LedgerEntry)
    return {corpus: entry for corpus, entry in found.items() if entry.sent == sent}


def _annotations(plain: Any) -> Annotations | None:
    """Annotations from plain values; ``None`` if they are not valid."""
    try:
        return parse(json.dumps(plain).encode(), Annotations, "")
    except InvalidFile:
        return None


def _key(name: str) -> RecordKey:
    layer, _, record = name.partition(" ")
    return cast("RecordKey", (layer, record))


def _named(found: Mapping[RecordKey, Any]) -> dict[str, Any]:
    return {" ".join(key): value for key, value in found.items()}


def digest(value: Any) -> str:
    """A hash of JSON values."""
    data = json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()
