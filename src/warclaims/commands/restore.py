"""``warclaims restore``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warclaims.commands.options import format_option
from warclaims.output import echo, echo_json
from warclaims.wording import plural

if TYPE_CHECKING:
    from warclaims.textfree.restoring import RestoredCorpus


@click.command("restore")
@click.argument("edition", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--texts",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the texts, or your copies of them.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="New or empty folder for the corpus.",
)
@format_option("text", "json")
def command(edition: Path, texts: Path, out: Path, form: str) -> None:
    """Put the texts back into EDITION, which `warclaims export textfree` wrote without them.

    Every file of the edition is compared with its hash first; if one differs, nothing is written.
    With exactly the same texts everything is restored, byte for byte. In another copy of a text
    spans are put where their words are, and each is reported as exact, moved, doubtful (check it)
    or lost. Exit status 1 if anything is doubtful, lost or changed, or a text is missing.
    """
    from warclaims.errors import WarclaimsError
    from warclaims.files import locked, write_all
    from warclaims.textfree.reading import read_edition
    from warclaims.textfree.restoring import find_copies, restore

    full = WarclaimsError(f"{out} holds something already; name a new folder with --out")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise full
    opened = read_edition(edition)
    found = restore(opened, find_copies(opened.manifest.documents, texts))
    with locked(out):
        if any(out.iterdir()):  # another command was faster
            raise full
        write_all({out / name: data for name, data in found.files.items()})
    if form == "json":
        echo_json(
            {
                "edition_sha256": found.sha256,
                "is_whole": found.is_whole,
                "documents": found.documents,
                "spans": found.spans,
                "files": {name: vars(losses) for name, losses in found.losses.items()},
                "references_left": found.references_left,
            }
        )
    else:
        _print_result(found, out)
    if not found.is_whole:
        sys.exit(1)


_LEFT_OUT = {
    "another text": ": hardly any of its words are found, so it is left out",
    "no copy": ": left out",
}


def _print_result(found: RestoredCorpus, out: Path) -> None:
    echo(f"the edition is as it was exported; SHA-256 of its manifest: {found.sha256}")
    for name, state in found.documents.items():
        echo(f"{name}  {state}{_LEFT_OUT.get(state, '')}")
    for name, losses in found.losses.items():
        counts = ", ".join(f"{number} {fate}" for fate, number in sorted(losses.spans.items()))
        if counts or losses.is_any:
            echo(f"{name}: {counts or 'no span'}")
        for what, which in (
            ("check", losses.doubtful),
            ("lost", losses.lost),
            ("left out, because a span or source of it is lost or wrong", losses.left_out),
            ("changed, because what it refers to is lost", losses.changed),
        ):
            if which:
                echo(f"  {what}: {', '.join(which)}")
    for name, number in found.references_left.items():
        echo(f"{name}: {plural(number, 'reference')} ⟦…⟧ not put back")
    echo(f"wrote {out}; check it with: warclaims --corpus {out} validate")
