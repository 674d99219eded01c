"""Keep what was last pulled of each document: the base of the next merge.

There is one file per document, outside the corpus, with an entry for each directory of the corpus,
because two clones may pull from one project. What the corpus contains now is not kept but compared
each time (:mod:`warclaims.labelstudio.saved_work`).

If the ledger is lost, or the corpus was moved, the base is what was sent. Then more conflicts are
reported, records that were pulled and then deleted in the corpus come back, and a record that was
reverted on the server counts as unchanged there.
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
    """What was pulled of a task into one corpus directory; records are named ``layer id``."""

    sent: str
    annotations: dict[str, Any]
    results: str | None = None
    drawn: dict[str, str] = {}
    doubted: list[str] = []
    decided: dict[str, dict[str, Any] | None] = {}
    earlier: dict[str, list[dict[str, Any] | None]] = {}
    settled: str | None = None


class Ledger:
    """The ledger of a project on a server, for all corpus directories or by :meth:`of` for one."""

    def __init__(self, home: Home, url: str, project: int) -> None:
        name = hashlib.sha256(f"{url} {project}".encode()).hexdigest()[:16]
        self._folder = home.ledgers / name
        self._pulled = self._folder / "pulled"
        self._doubt = self._folder / "sending"
        self._corpus: str | None = None

    def of(self, corpus: Corpus) -> Ledger:
        """The ledger for one corpus directory."""
        found = copy(self)
        found._corpus = str(corpus.root.resolve())
        return found

    def history(self, set_name: str, document: str, origin: list[Any]) -> TaskHistory:
        """What a task was sent with, and the results of earlier pulls.

        ``origin`` identifies the task (:attr:`.server_tasks.ServerTask.origin`). Pulls of earlier
        tasks of the document do not count, because they would hide work on this one.
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

    def settled(self, set_name: str, document: str, origin: list[Any]) -> str | None:
        """The digest with which the last pull of a task had nothing to do or to report."""
        entry = _entries(self._file(set_name, document), digest(origin)).get(self._corpus or "")
        return entry.settled if entry else None

    def note(
        self,
        set_name: str,
        document: str,
        origin: list[Any],
        pulled: TaskHistory,
        settled: str | None = None,
    ) -> None:
        """Record what was pulled of a task, once it is written to the corpus.

        ``settled`` is the digest of all that the pull depended on, if it changed nothing.
        """
        assert pulled.pulled is not None
        entry = _LedgerEntry(
            digest(origin),
            to_plain(pulled.pulled),
            pulled.results,
            dict(pulled.drawn),
            sorted(map(" ".join, pulled.doubted)),
            _named(pulled.decided),
            _named(pulled.earlier),
            settled,
        )
        path = self._file(set_name, document)
        entries = _entries(path, entry.sent)
        entries.pop(self._corpus or "", None)
        entries[self._corpus or ""] = entry  # the latest is the last
        write_state(path, msgspec.to_builtins({"corpora": entries}))

    def forget(self, set_name: str, document: str, sent: str | None = None) -> None:
        """Forget what was pulled of a document whose task is removed.

        Otherwise it would count for a new task with the same id. ``sent`` is the digest of the
        task's origin: what was pulled of it into other sets is forgotten, too.
        """
        self._file(set_name, document).unlink(missing_ok=True)
        if sent is not None:
            for path in self._pulled.glob(f"*/{document}.json"):
                if _entries(path, sent):
                    path.unlink(missing_ok=True)

    def keep(self, set_name: str, document: str, exported: dict[str, Any]) -> Path:
        """Keep a copy of a task that is to be replaced, in a file that can be imported."""
        _require_ids(set_name, document)
        folder = self._folder / "replaced" / set_name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"{document}-{exported['id']}-{digest(exported)[:8]}.json"
        write_bytes(path, tasks_bytes([exported]))
        return path

    @property
    def is_in_doubt(self) -> bool:
        """True if it is unknown whether tasks that were sent have arrived."""
        return self._doubt.is_file()

    def doubt(self) -> None:
        """Record that tasks are being sent."""
        if not self.is_in_doubt:
            write_state(self._doubt, {})

    def trust(self) -> None:
        """Record that all tasks that were sent have arrived."""
        self._doubt.unlink(missing_ok=True)

    def locked(self) -> AbstractContextManager[None]:
        """Allow only one push or pull of this project at a time.

        Raises:
            WarclaimsError: on entering: another command holds the lock.
        """
        return _locked(self._folder)

    def _file(self, set_name: str, document: str) -> Path:
        _require_ids(set_name, document)
        return self._pulled / set_name / f"{document}.json"


def project_lock(home: Home, url: str, title: str) -> AbstractContextManager[None]:
    """Allow only one command at a time to look for the project of this title and create it.

    Raises:
        WarclaimsError: on entering: another command holds the lock.
    """
    name = hashlib.sha256(f"{url} {title}".encode()).hexdigest()[:16]
    return _locked(home.ledgers / f"project-{name}")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Lock a folder; if the process is killed, the lock is released.

    Raises:
        WarclaimsError: another command holds the lock.
    """
    import filelock

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = filelock.FileLock(folder / "lock", timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise WarclaimsError(
            "another push or pull of this project is running. Wait until it has ended"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _require_ids(*names: str) -> None:
    """Require that names are ids, which are safe in paths.

    Raises:
        WarclaimsError: a name is not an id.
    """
    for name in names:
        if not re.fullmatch(ID_PATTERN, name):
            raise WarclaimsError(f"{name!r} is not the id of a document or an annotation set")


def _entries(path: Path, sent: str) -> dict[str, _LedgerEntry]:
    """The entries of a task in a file, by the directory of the corpus."""
    try:
        corpora = msgspec.json.decode(read_file(path), type=dict[str, dict[str, msgspec.Raw]])
    except (OSError, ValueError, RecursionError):
        return {}
    found = {}
    for corpus, raw in corpora.get("corpora", {}).items():
        with suppress(ValueError, RecursionError):  # the entries of other clones are kept
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
