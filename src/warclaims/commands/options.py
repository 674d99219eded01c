"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from warclaims.commands.known_choice import KnownChoice
from warclaims.layout import GOLD
from warclaims.output import echo_data, note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    CommandOption = Callable[[Callable[..., Any]], Callable[..., Any]]


def format_option(*forms: str, explained: str = "How to print.") -> CommandOption:
    """``--format``, as ``form``: the first of ``forms`` is the default."""
    return click.option(
        "--format",
        "form",
        type=KnownChoice(forms),
        default=forms[0],
        show_default=True,
        help=explained,
    )


def set_option(explained: str = "Annotation set.") -> CommandOption:
    """``--set``, as ``set_name``."""
    return click.option(
        "--set", "set_name", metavar="SET", default=GOLD, show_default=True, help=explained
    )


def rounds_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--rounds``."""
    return click.option(
        "--rounds",
        type=click.IntRange(min=1),
        default=2000,
        show_default=True,
        help="Bootstrap samples.",
    )(command)


def engine_options(done: str, results: str | None = None) -> CommandOption:
    """``--processes`` and ``--engine``, for what is ``done`` to bundles.

    With ``results``, what they are kept for, also ``--resume``.
    """
    processes = click.option(
        "--processes",
        type=click.IntRange(min=1),
        metavar="N",
        help=f"Processes by which {done}. Default: one per core; for small files one.",
    )
    engine = click.option(
        "--engine",
        type=KnownChoice(("local", "ray")),
        default="local",
        show_default=True,
        help=f"Where {done}: on this machine, or on Ray.",
    )
    if results is None:
        return lambda command: processes(engine(command))
    resume = click.option(
        "--resume",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="FOLDER",
        help=f"Keep {results} in FOLDER, and continue the run that wrote it.",
    )
    return lambda command: processes(engine(resume(command)))


def out_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--out``, a file instead of the screen, and ``--overwrite``."""
    overwrite = "Let --out replace a file with other content, too."
    command = click.option("--overwrite", is_flag=True, help=overwrite)(command)
    path = click.Path(dir_okay=False, path_type=Path)
    return click.option("--out", type=path, help="File to write instead.")(command)


def require_file_format(out: Path | None, *, overwrite: bool, is_file: bool) -> None:
    """Refuse ``--out`` where nothing is written as a file, and ``--overwrite`` without it.

    Raises:
        UsageError: an option would have no effect.
    """
    if out is not None and not is_file:
        raise click.UsageError("--out needs a file format. Choose one with --format")
    if overwrite and out is None:
        raise click.UsageError("--overwrite needs --out FILE")


def confirm_written(out: Path | None) -> None:
    """Report the file that was written, if it is one."""
    if out is not None:
        note(f"wrote {out}")


def write_pieces(pieces: Iterable[bytes], out: Path | None) -> None:
    """Write the file ``out`` piece by piece, whole or not at all; or print the pieces."""
    from warclaims.files import replacing

    if out is None:
        for piece in pieces:
            echo_data(piece)
    else:
        with replacing(out) as file:
            file.writelines(pieces)
