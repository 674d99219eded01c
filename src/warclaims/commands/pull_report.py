"""Print the results of a pull."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING

from warclaims.commands.changes import lines_of_change
from warclaims.layout import GOLD
from warclaims.output import echo
from warclaims.studio.suggested import fates
from warclaims.wording import plural

if TYPE_CHECKING:
    from warclaims.corpus import Corpus
    from warclaims.labelstudio import ImportedDocument
    from warclaims.studio.pull import PulledDocument

NOT_BEGUN = "L604"
_MOST = 5
"""Warnings of a document that are shown."""


class PullReport:
    """Prints the result for each document, and the totals.

    ``has_problems`` is true if a document needs attention. ``options`` are those that another pull
    of the same project needs.
    """

    def __init__(self, corpus: Corpus, *, dry_run: bool = False, options: str = "") -> None:
        self.has_problems = False
        self._corpus = corpus
        self._dry_run = dry_run
        self._options = options
        self._changed = self._decided = self._not_begun = self._proposed = 0
        self._suggested: dict[str, Counter[str]] = {}

    def show(self, pulled: PulledDocument) -> None:
        """Print the result of pulling a task."""
        name, imported = pulled.document, pulled.imported
        left_out = imported.left_out if imported else ()
        shown = [left.finding for left in left_out]  # below, with the record
        errors = [f for f in pulled.findings if not f.is_warning and f not in shown]
        for finding in errors:
            echo(finding, err=True)
        self._show_warnings(pulled)
        if pulled.drafts:
            echo(f"{name}: unsaved work at {pulled.url} is not pulled", err=True)
        self.has_problems |= bool(errors or pulled.conflicts or left_out)
        if imported is None:
            if errors:
                echo(f"{name}: left out. Its task is {pulled.url}", err=True)
            self._not_begun += [finding.code for finding in pulled.findings] == [NOT_BEGUN]
        else:
            self._show_imported(pulled, imported)

    def _show_imported(self, pulled: PulledDocument, imported: ImportedDocument) -> None:
        name = pulled.document
        if pulled.suggested is not None:
            for layer, counted in fates(pulled.suggested, imported.theirs).items():
                self._suggested.setdefault(layer, Counter()).update(counted)
        if imported.is_changed:
            self._changed += 1
            echo(f"{name}{' (not written)' * self._dry_run}")
            for line in lines_of_change(imported):
                echo(f"  {line}")
        for path in pulled.written:
            echo(f"  wrote {self._corpus.layout.relative(path)}")
        for left in imported.left_out:
            echo(f"{name}: left out: {left}: {left.finding.message}", err=True)
        if imported.left_out:
            echo(f"{name}: correct these at {pulled.url}, then pull again", err=True)
        self._show_conflicts(pulled)
        self._decided += len(pulled.decided)
        for conflict in pulled.decided:
            keeps = "would keep" if self._dry_run else "keeps"
            echo(f"{name}: {conflict}: the corpus {keeps} its version")
        for layer, record in sorted(imported.edited):
            edited = f"{name}: {layer} {record} was edited in the corpus after it was pulled"
            echo(f"{edited}; the edit is kept")
        for entered in pulled.entered:
            file = self._corpus.layout.relative(entered.file)
            echo(f"entered {entered.kind} {entered.id} in {file}; complete its entry there")
        self._proposed += len(pulled.proposals)
        for proposal in pulled.proposals:
            echo(f"proposed for the registry: {proposal}")

    def show_totals(self) -> None:
        """Print how many documents changed, and how to register proposed entries."""
        if self._proposed:
            echo(
                "register proposed entries with: "
                f"{self._corpus.layout.command('register actor ID --label NAME --type TYPE')} "
                "(or place, event, side). The next pull adds the references to them. With its type "
                "in brackets, as in Dorn (city), pull registers a name by itself"
            )
        for layer, counted in self._suggested.items():
            total = counted["kept"] + counted["changed"] + counted["rejected"]
            kept = f", {100 * counted['kept'] / total:.0f} % kept as they were" if total else ""
            echo(
                f"{layer}: of {plural(total, 'suggestion')} {counted['kept']} kept, "
                f"{counted['changed']} changed, {counted['rejected']} rejected{kept}; "
                f"{counted['added']} added"
            )
        if self._not_begun:
            echo(f"{plural(self._not_begun, 'task')} not submitted in Label Studio yet")
        if self._decided:
            decided = "would be decided" if self._dry_run else "decided"
            echo(f"{plural(self._decided, 'record')} {decided} for the corpus")
        verb = "would change" if self._dry_run else "changed"
        echo(f"{plural(self._changed, 'document')} {verb}")

    def _show_warnings(self, pulled: PulledDocument) -> None:
        warnings = [f for f in pulled.findings if f.is_warning and f.code != NOT_BEGUN]
        for finding in warnings[:_MOST]:
            echo(f"warning: {finding}", err=True)
        if (more := len(warnings) - _MOST) > 0:
            what = plural(more, "warning")
            command = self._corpus.layout.command("validate")
            echo(f"{pulled.document}: … and {what} more: {command}", err=True)

    def _show_conflicts(self, pulled: PulledDocument) -> None:
        name = pulled.document
        for conflict in pulled.conflicts:
            echo(f"{name}: {conflict} {conflict.cause}", err=True)
        if pulled.conflicts:
            decide = self._corpus.layout.command(f"studio pull {name}")
            echo(
                f"{name}: the corpus keeps its version of these; both versions are in "
                f".{name}.conflict.json\n"
                f"{name}: decide with: {decide} --deciding server (or corpus){self._options}",
                err=True,
            )


def project_options(
    *, set_name: str, url: str | None, project: str | None, compared: tuple[str, str] | None
) -> str:
    """The options with which a command finds the same project again."""
    given = {
        "--set": [set_name] if set_name != GOLD else [],
        "--url": [url] if url else [],
        "--project": [project] if project else [],
        "--compare": compared or [],
    }
    return "".join(f" {name} {shlex.join(words)}" for name, words in given.items() if words)
