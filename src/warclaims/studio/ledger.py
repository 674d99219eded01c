"""What was last pulled of each document: the base of the next merge.

A file each, outside the corpus. If they are lost nothing else is: the base is then what was sent,
and more is told to be in conflict.
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
    from collections.abc import Iterator
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

        ``sent`` are those that the task has as sent; what was pulled of an earlier task is no base.
        """
        found = self._state(set_name, document, sent).get("annotations")
        return found if isinstance(found, dict) else None

    def is_pulled(self, set_name: str, document: str, sent: Any, results: Any) -> bool:
        """True if just these results were pulled last, and came into the corpus whole."""
        return self._state(set_name, document, sent).get("results") == _hash(results)

    def note(
        self, set_name: str, document: str, sent: Any, results: Any, annotations: Annotations
    ) -> None:
        """Keep what was pulled, once the corpus has it."""
        state = {
            "sent": _hash(sent),
            "results": _hash(results),
            "annotations": to_plain(annotations),
        }
        write_state(self._file(set_name, document), state)

    def forget(self, set_name: str, document: str) -> None:
        """What was pulled is no base any more: the document was sent anew."""
        self._file(set_name, document).unlink(missing_ok=True)

    def _state(self, set_name: str, document: str, sent: Any) -> dict[str, Any]:
        state = read_state(self._file(set_name, document)) or {}
        return state if state.get("sent") == _hash(sent) else {}

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one at a time.

        Raises:
            WarclaimsError: another command is at it.
        """
        import filelock

        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with filelock.FileLock(self._folder / "lock", timeout=0):
                yield
        except filelock.Timeout:
            raise WarclaimsError(
                "another push or pull of this project is under way; wait until it has ended"
            ) from None

    def _file(self, set_name: str, document: str) -> Path:
        return self._folder / f"{set_name}--{document}.json"


def _hash(value: Any) -> str:
    data = json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()
