"""A server with one task, simulated, in front of an annotator; and the command's side of it."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from browser import Board, saved

from warclaims.commands.pull_report import PullReport
from warclaims.corpus import canonical_bytes
from warclaims.studio import pull as pulling
from warclaims.studio import push as pushing
from warclaims.studio.server_tasks import ServerTask

if TYPE_CHECKING:
    from warclaims.corpus import Corpus
    from warclaims.studio.ledger import Ledger
    from warclaims.studio.pull import PulledDocument

SERVER: Any = SimpleNamespace(
    url="http://server", task_url=lambda project, task: f"http://server/{project}?task={task}"
)


@dataclass
class Simulated:
    """A server with one task, in front of an annotator; and the command's side of it."""

    corpus: Corpus
    board: Board
    ledger: Ledger

    def held(self) -> ServerTask:
        found = saved(self.board.task)
        return ServerTask(7, found["data"], found["annotations"], [])

    def pull(self, **options: Any) -> PulledDocument:
        (pulled,) = pulling.pull(SERVER, 3, self.corpus, self.ledger, **options)
        return pulled

    def fate_of_a_push(self) -> str:
        sent = pushing.push(
            SERVER, 3, self.corpus, "gold", ledger=self.ledger, documents=["one"], dry_run=True
        )
        return [one.fate for one in sent][-1]

    @property
    def annotations(self):
        return self.corpus.annotations("one")

    def record(self, layer: str, name: str):
        return next(r for r in getattr(self.annotations, layer) if r.id == name)

    def note(self, layer: str, name: str, words: str) -> None:
        """Somebody changes a record in the corpus."""
        now = self.annotations
        records = tuple(
            r.model_copy(update={"note": words}) if r.id == name else r for r in getattr(now, layer)
        )
        path = self.corpus.layout.annotation_file("gold", "one")
        path.write_bytes(canonical_bytes(now.model_copy(update={layer: records})))


def shown(pulled: PulledDocument, corpus: Corpus) -> PullReport:
    """What the command prints of it."""
    report = PullReport(corpus)
    report.show(pulled)
    return report


def changes(pulled: PulledDocument) -> set[tuple[str, str, str]]:
    assert pulled.imported is not None
    return {(c.kind, c.layer, c.record.id) for c in pulled.imported.changes()}
