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
from contextlib import contextmanager
from copy import copy
from typing import TYPE_CHECKING, Any

from warclaims.corpus.canonical import to_plain
from warclaims.errors import WarclaimsError
from warclaims.files import write_bytes
from warclaims.labelstudio import tasks_bytes
from warclaims.records.base import ID_PATTERN
from warclaims.studio.home import read_state, write_state

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.labelstudio.saved_work import Reading
    from warclaims.records import Annotations
    from warclaims.studio.home import Home


class Ledger:
    """The ledger of one project on one server; of all corpora, or by :meth:`of` of one."""

    def __init__(self, home: Home, url: str, project: int) -> None:
        name = hashlib.sha256(f"{url} {project}".encode()).hexdigest()[:16]
        self._folder = home.ledgers / name
        self._corpus: str | None = None

    def of(self, corpus: Corpus) -> Ledger:
        """The ledger with the entries of one corpus directory only."""
        found = copy(self)
        found._corpus = str(corpus.root.resolve())
        return found

    def base(self, set_name: str, document: str, sent: Any) -> dict[str, Any] | None:
        """The annotations that the server had at the last pull, as plain values.

        ``sent`` is the task with what it was sent with (:attr:`.held.Held.origin`); what was pulled
        of an earlier task is no base: it would hide what was done on this one.
        """
        found = self._state(set_name, document, sent).get("annotations")
        return found if isinstance(found, dict) else None

    def is_pulled(self, set_name: str, document: str, sent: Any, results: Any) -> bool:
        """True if just these results were pulled last, and nothing was left out."""
        return self._state(set_name, document, sent).get("results") == digest(results)

    def drawn(self, set_name: str, document: str, sent: Any) -> dict[str, str]:
        """The ids of records that were pulled, by those of the marks drawn for them."""
        found = _object(self._state(set_name, document, sent).get("drawn"))
        return {mark: record for mark, record in found.items() if isinstance(record, str)}

    def doubted(self, set_name: str, document: str, sent: Any) -> frozenset[str]:
        """What somebody's save undid, by mistake or on purpose, as layer and id."""
        found = self._state(set_name, document, sent).get("doubted")
        return frozenset(map(str, found)) if isinstance(found, list) else frozenset()

    def decided(self, set_name: str, document: str, sent: Any) -> dict[str, Reading]:
        """The server's readings that were rejected for those of the corpus, by layer and id."""
        return _object(self._state(set_name, document, sent).get("decided"))

    def earlier(self, set_name: str, document: str, sent: Any) -> dict[str, list[Reading]]:
        """The readings of the corpus that pulls replaced with the server's, by layer and id."""
        return _object(self._state(set_name, document, sent).get("earlier"))

    def note(
        self,
        set_name: str,
        document: str,
        sent: Any,
        results: Any,
        annotations: Annotations,
        *,
        drawn: Mapping[str, str] | None = None,
        doubted: frozenset[str] = frozenset(),
        decided: Mapping[str, Reading] | None = None,
        earlier: Mapping[str, Sequence[Reading]] | None = None,
    ) -> None:
        """Keep what was pulled, once the corpus has it.

        ``results`` are ``None`` if some of it did not come in: then it does not count as pulled.
        """
        state = {
            "sent": digest(sent),
            "results": digest(results),
            "annotations": to_plain(annotations),
            "drawn": dict(drawn or {}),
            "doubted": sorted(doubted),
            "decided": dict(decided or {}),
            "earlier": dict(earlier or {}),
        }
        others = self._states(set_name, document, state["sent"])
        others.pop(self._corpus or "", None)
        entries = {**others, self._corpus or "": state}  # the latest last
        write_state(self._file(set_name, document), {"corpora": entries})

    def forget(self, set_name: str, document: str, sent: str | None = None) -> None:
        """What was pulled of a document is no base any more: its task is taken away.

        A database may give the next task the same id. ``sent`` is the digest of the task with what
        it was sent with: what was pulled of it into other sets is forgotten, too.
        """
        self._file(set_name, document).unlink(missing_ok=True)
        for path in self._pulled.glob(f"*/{document}.json") if sent else ():
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

    def _state(self, set_name: str, document: str, sent: Any) -> dict[str, Any]:
        found = self._states(set_name, document, digest(sent))
        if self._corpus is None:
            return list(found.values())[-1] if found else {}
        return found.get(self._corpus, {})

    def _states(self, set_name: str, document: str, sent: Any) -> dict[str, dict[str, Any]]:
        return _entries(self._file(set_name, document), sent)

    @property
    def is_in_doubt(self) -> bool:
        """True if something was sent of which nobody heard whether it arrived, or still will."""
        return self._doubt.is_file()

    def doubt(self) -> None:
        """Note that something is sent now."""
        if not self.is_in_doubt:
            write_state(self._doubt, {})

    def trust(self) -> None:
        """Note that all that was sent has arrived."""
        self._doubt.unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one push or pull of this project at a time.

        Raises:
            WarclaimsError: another command is at it.
        """
        with only_one(self._folder):
            yield

    def _file(self, set_name: str, document: str) -> Path:
        _require_ids(set_name, document)
        return self._pulled / set_name / f"{document}.json"

    @property
    def _pulled(self) -> Path:
        return self._folder / "pulled"

    @property
    def _doubt(self) -> Path:
        return self._folder / "sending"


def only_one_for(home: Home, url: str, title: str) -> AbstractContextManager[None]:
    """Only one command at a time looks for the project of this title, and makes it.

    Raises:
        WarclaimsError: when entered: another command is at it.
    """
    name = hashlib.sha256(f"{url} {title}".encode()).hexdigest()[:16]
    return only_one(home.ledgers / f"project-{name}")


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Only one command at a time works with this folder; the lock of a killed one is free.

    Raises:
        WarclaimsError: another command is at it.
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


def _entries(path: Path, sent: Any) -> dict[str, dict[str, Any]]:
    """What a file has of a task, by the directory of the corpus that it was pulled into."""
    entries = _object((read_state(path) or {}).get("corpora"))
    return {
        corpus: state
        for corpus, state in entries.items()
        if isinstance(state, dict) and state.get("sent") == sent
    }


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def digest(value: Any) -> str:
    """A hash of JSON values."""
    data = json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()
