"""What was last pulled of each document: the base of the next merge.

A file each, outside the corpus. If they are lost, the base is again what was sent, so that more is
told to be in conflict; and two things are not told: what was pulled and then deleted in the corpus
comes back, and a record that is on the server again as it was sent is taken for one that nobody
touched there.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from warclaims.corpus.canonical import to_plain
from warclaims.errors import WarclaimsError
from warclaims.studio.home import read_state, write_state

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from warclaims.records import Annotations
    from warclaims.studio.home import Home


class Ledger:
    """The ledger of one project on one server."""

    def __init__(self, home: Home, url: str, project: int) -> None:
        name = hashlib.sha256(f"{url} {project}".encode()).hexdigest()[:16]
        self._folder = home.ledgers / name

    def base(self, set_name: str, document: str, sent: Any) -> dict[str, Any] | None:
        """The annotations that the server had at the last pull, as plain values.

        ``sent`` is the task with what it was sent with (:attr:`.held.Held.origin`); what was pulled
        of an earlier task is no base: it would hide what was done on this one.
        """
        found = self._state(set_name, document, sent).get("annotations")
        return found if isinstance(found, dict) else None

    def is_pulled(self, set_name: str, document: str, sent: Any, results: Any) -> bool:
        """True if just these results were pulled last, and came into the corpus whole."""
        return self._state(set_name, document, sent).get("results") == digest(results)

    def drawn(self, set_name: str, document: str, sent: Any) -> dict[str, str]:
        """The ids of records that were pulled, by those of the marks drawn for them."""
        found = self._state(set_name, document, sent).get("drawn")
        return found if isinstance(found, dict) else {}

    def doubted(self, set_name: str, document: str, sent: Any) -> frozenset[str]:
        """What somebody's save undid, by mistake or on purpose, as layer and id."""
        found = self._state(set_name, document, sent).get("doubted")
        return frozenset(map(str, found)) if isinstance(found, list) else frozenset()

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
    ) -> None:
        """Keep what was pulled, once the corpus has it.

        ``results`` are null if some of it did not come in: then it is not taken for pulled.
        """
        state = {
            "sent": digest(sent),
            "results": digest(results),
            "annotations": to_plain(annotations),
            "drawn": dict(drawn or {}),
            "doubted": sorted(doubted),
        }
        write_state(self._file(set_name, document), state)

    def forget(self, set_name: str, document: str, sent: str | None = None) -> None:
        """What was pulled of a document is no base any more: its task is taken away.

        A database may give the next task the same id. ``sent`` is the digest of the task with what
        it was sent with: what was pulled of it into other sets is forgotten, too.
        """
        self._file(set_name, document).unlink(missing_ok=True)
        for path in self._pulled.glob(f"*/{document}.json") if sent else ():
            if (read_state(path) or {}).get("sent") == sent:
                path.unlink(missing_ok=True)

    def _state(self, set_name: str, document: str, sent: Any) -> dict[str, Any]:
        state = read_state(self._file(set_name, document)) or {}
        return state if state.get("sent") == digest(sent) else {}

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
            for part in self._folder.rglob("*.part"):  # of a command that was killed
                part.unlink(missing_ok=True)
            yield

    def _file(self, set_name: str, document: str) -> Path:
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


def digest(value: Any) -> str:
    """A hash of JSON values."""
    data = json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()
