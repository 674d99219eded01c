"""What a pull brought, and what a push left, in words."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from warclaims.layout import GOLD
from warclaims.output import echo

if TYPE_CHECKING:
    from warclaims.corpus import Corpus
    from warclaims.studio.pull import PulledDocument

NOT_BEGUN = "L604"
_MOST = 5
"""Warnings of a document that are shown."""


def is_not_begun(pulled: PulledDocument) -> bool:
    """True if nobody submitted an annotation of the document."""
    return pulled.imported is None and [f.code for f in pulled.findings] == [NOT_BEGUN]


def tell(pulled: PulledDocument, corpus: Corpus, *, dry_run: bool, options: str = "") -> bool:
    """Report what came of a document; true if something has to be looked at.

    ``options`` are those that another pull of the same project needs.
    """
    from warclaims.commands.changes import lines_of_change

    name, imported = pulled.document, pulled.imported
    left_out = imported.left_out if imported else ()
    shown = [left.finding for left in left_out]  # below, with the record
    errors = [f for f in pulled.findings if not f.is_warning and f not in shown]
    for finding in errors:
        echo(finding, err=True)
    _tell_warnings(pulled, corpus)
    if pulled.drafts:
        echo(f"{name}: unsaved work on {pulled.url}, which is not brought back", err=True)
    if imported is None:
        if errors:
            echo(f"{name}: left out; its task is {pulled.url}", err=True)
        return bool(errors)
    if imported.is_changed:
        echo(f"{name}{' (not written)' * dry_run}")
        for line in lines_of_change(imported):
            echo(f"  {line}")
    for path in pulled.written:
        echo(f"  wrote {corpus.layout.relative(path)}")
    for left in left_out:
        echo(f"{name}: left out: {left}: {left.finding.message}", err=True)
    if left_out:
        echo(f"{name}: correct these at {pulled.url}, then pull again", err=True)
    _tell_conflicts(pulled, corpus, options)
    for layer, record in sorted(imported.edited):
        echo(
            f"{name}: {layer} {record} was edited in the corpus after it was pulled; the edit stays"
        )
    for proposal in pulled.proposals:
        echo(f"proposed for the registry: {proposal}")
    return bool(errors or pulled.conflicts or left_out)


def _tell_warnings(pulled: PulledDocument, corpus: Corpus) -> None:
    warnings = [f for f in pulled.findings if f.is_warning and f.code != NOT_BEGUN]
    for finding in warnings[:_MOST]:
        echo(f"warning: {finding}", err=True)
    if (more := len(warnings) - _MOST) > 0:
        what = f"{more} warning{'s' * (more != 1)}"
        echo(f"{pulled.document}: … and {what} more: {corpus.layout.command('validate')}", err=True)


def _tell_conflicts(pulled: PulledDocument, corpus: Corpus, options: str) -> None:
    name = pulled.document
    for conflict in pulled.conflicts:
        echo(f"{name}: {conflict} {conflict.cause}", err=True)
    if pulled.conflicts:
        echo(
            f"{name}: the corpus keeps its reading of these; both are in .{name}.conflict.json",
            err=True,
        )
        echo(
            f"{name}: decide with: {corpus.layout.command(f'studio pull {name}')} "
            f"--deciding server (or corpus){options}",
            err=True,
        )


def options_of(
    *, set_name: str, url: str | None, project: str | None, compared: tuple[str, str] | None
) -> str:
    """The options that a command needs to find the same project again."""
    given = {
        "--set": [set_name] if set_name != GOLD else [],
        "--url": [url] if url else [],
        "--project": [project] if project else [],
        "--compare": compared or [],
    }
    return "".join(f" {name} {shlex.join(words)}" for name, words in given.items() if words)


def refusal(number: int, *, is_shared: bool) -> str:
    """What to do about tasks that were not replaced."""
    if is_shared:
        return (
            f"{number} not sent: the tasks have work of annotators. In a project of several "
            "annotators such tasks are never replaced"
        )
    return (
        f"{number} not sent: the tasks have unsaved work, or saved work that the corpus does not "
        "contain, or there are several tasks of one document. Pull first, it says which"
    )
