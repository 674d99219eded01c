"""What a pull brought, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.output import echo

if TYPE_CHECKING:
    from warclaims.corpus import Corpus
    from warclaims.studio.pull import Pulled

NOT_BEGUN = "L604"
_MOST = 5
"""Warnings of a document that are shown."""


def is_not_begun(pulled: Pulled) -> bool:
    """True if nobody submitted an annotation of the document."""
    return pulled.imported is None and [f.code for f in pulled.findings] == [NOT_BEGUN]


def tell(pulled: Pulled, corpus: Corpus, *, dry_run: bool) -> bool:
    """Say what came of a document; true if something has to be looked at."""
    from warclaims.commands.changes import lines_of_change
    from warclaims.studio.pull import CONFLICT

    name, imported = pulled.document, pulled.imported
    left_out = imported.left_out if imported else ()
    told = {left.reason for left in left_out}  # below, with the record
    errors = [
        finding
        for finding in pulled.findings
        if not (finding.is_warning or finding.code == CONFLICT or finding.message in told)
    ]
    for finding in errors:
        echo(finding, err=True)
    _tell_warnings(pulled)
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
        echo(f"{name}: left out: {left}: {left.reason}", err=True)
    if left_out:
        echo(f"{name}: mend these at {pulled.url}, then pull again", err=True)
    _tell_conflicts(pulled)
    for proposal in pulled.proposals:
        echo(
            f"proposed for the registry: {proposal.name} (document {proposal.document}, "
            f"{proposal.layer} {proposal.record}, {proposal.start}–{proposal.end})"
        )
    return bool(pulled.conflicts or left_out)


def _tell_warnings(pulled: Pulled) -> None:
    warnings = [f for f in pulled.findings if f.is_warning and f.code != NOT_BEGUN]
    for finding in warnings[:_MOST]:
        echo(f"warning: {finding}", err=True)
    if (more := len(warnings) - _MOST) > 0:
        what = f"{more} warning{'s' * (more != 1)}"
        echo(f"{pulled.document}: … and {what} more: warclaims validate", err=True)


def _tell_conflicts(pulled: Pulled) -> None:
    from warclaims.labelstudio.merge import DOUBT

    doubted = pulled.imported.doubted if pulled.imported else ()
    for conflict in pulled.conflicts:
        words = DOUBT if conflict in doubted else "was changed on both sides"
        echo(f"{pulled.document}: {conflict} {words}", err=True)
    if pulled.conflicts:
        echo(
            f"{pulled.document}: the corpus keeps its reading of these, and both stand in "
            f".{pulled.document}.conflict.json; decide with: warclaims studio pull "
            f"{pulled.document} --deciding server (or corpus)",
            err=True,
        )
