"""``warclaims migrate``."""

from __future__ import annotations

import sys
from contextlib import nullcontext

import click

from warclaims.output import echo


@click.command("migrate")
@click.option("--check", is_flag=True, help="Write nothing; exit status 1 if a file is older.")
@click.pass_obj
def command(corpus_path: str | None, /, *, check: bool) -> None:
    """Convert files of an older version of the format to the newest.

    This is optional: files of all versions 1.x can be read. What cannot be converted by rule is
    kept in the field extra of its record and listed, for a person to decide. All files are written,
    or none. Run `warclaims build` afterwards.
    """
    from warclaims import corpus as corpora
    from warclaims.files import locked, write_all
    from warclaims.records.base import SCHEMA_VERSION
    from warclaims.versions import migrated_files

    corpus = corpora.open(corpus_path)
    if not check:
        corpora.require_own(corpus)
    with nullcontext() if check else locked(corpus.root):
        found = migrated_files(corpus)
        if not check:
            write_all({path: one.data for path, one in found.items()})
    for path, one in found.items():
        name = corpus.layout.relative(path)
        echo(f"{name}: {one.version} → {SCHEMA_VERSION}")
        for remaining in one.for_person:
            echo(f"  to decide: {remaining.record}: {remaining.message} ({remaining.pointer})")
    if not found:
        echo(f"all files are of version {SCHEMA_VERSION}")
    elif check:
        sys.exit(1)
