"""``warclaims score``."""

from __future__ import annotations

import sys
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from warclaims.commands.known_choice import KnownChoice
from warclaims.commands.options import engine_options, rounds_option
from warclaims.formats import FORMATS
from warclaims.output import echo, echo_data, echo_json, note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.agreement.scoring import ScoredSystem
    from warclaims.corpus import Corpus


_READ = [one.name for one in FORMATS.values() if one.importer]
_PRINTED = ("table", "json", "csv")


@click.command("score")
@click.argument("system", metavar="SYSTEM|PATH")
@click.option(
    "--against", default="gold", show_default=True, help="The set that is taken as right."
)
@click.option(
    "--format",
    "formats",
    type=KnownChoice([*_PRINTED, *_READ]),
    multiple=True,
    help="json, csv: print all scores, also of each text. The others: the format of the "
    "predictions at PATH. May be given once for each.",
)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file that says which layer, fields and links the labels at PATH stand for.",
)
@click.option("--texts", is_flag=True, help="Also show each text, not only all together.")
@rounds_option
@engine_options("shards are scored")
@click.pass_obj
def command(
    corpus_path: str | None,
    *,
    system: str,
    against: str,
    formats: tuple[str, ...],
    mapping: Path | None,
    texts: bool,
    rounds: int,
    processes: int | None,
    engine: Literal["local", "ray"],
) -> None:
    """Score a SYSTEM, whose predictions are in the corpus, or predictions in a file.

    Precision, recall and F1 of spans (equal, overlapping, and by characters); the values of matched
    records; claims: is the number found, the outcome, who the victims are, on whose word it is, and
    all of it; accounts, and what sources disagree on. A pass can be scored like a system. What a
    system does not do, or gold does not hold, is not scored. Intervals are 95 % bootstrap
    intervals over texts.

    Tags (B-CUE) and labels that are named after a unit (actor, location, casualty, source, cue,
    content) need no mapping.

    \b
    warclaims suggest --with rules
    warclaims score rules
    warclaims score tagged.conll --format conll
    """
    from warclaims import api
    from warclaims import corpus as corpora
    from warclaims.errors import InvalidFile

    form, file_format = (_only(formats, some) for some in (_PRINTED, _READ))
    if mapping and not file_format:
        raise click.UsageError("--mapping needs --format, and a file or folder instead of a system")
    corpus = corpora.open(corpus_path)
    if (processes or engine != "local") and not corpus.storage.in_shards:
        raise click.UsageError("--engine and --processes need a corpus of shards.")
    try:
        scored = api.score(
            system,
            corpus,
            against=against,
            format=file_format,
            mapping=mapping,
            rounds=rounds,
            engine=engine,
            processes=processes,
        )
    except InvalidFile as error:
        for finding in error.findings:
            echo(finding, err=True)
        echo("Nothing was scored. Fix these first.", err=True)
        sys.exit(1)
    if scored.remark:
        note(f"note: {scored.remark}")
    if form == "json":
        echo_json(asdict(scored))
    elif form == "csv":
        _print_csv(scored)
    else:
        from warclaims.commands.score_view import print_scores

        print_scores(scored, _made_by_machines(scored, corpus), every_text=texts)


def _only(formats: tuple[str, ...], known: Sequence[str]) -> str | None:
    """The one format of ``formats`` that is in ``known``, if any."""
    found = [one for one in formats if one in known]
    if len(found) > 1:
        raise click.UsageError(f"--format: {' and '.join(found)} cannot be combined")
    return found[0] if found else None


def _print_csv(scored: ScoredSystem) -> None:
    from warclaims.agreement.scoring import ScoreRow
    from warclaims.formats.csv.writing import csv_bytes

    columns = [field.name for field in fields(ScoreRow)]
    echo_data(csv_bytes(columns, map(asdict, scored.rows)))


def _made_by_machines(scored: ScoredSystem, corpus: Corpus) -> str:
    """Who made the set that is taken as right, if it was not people."""
    from warclaims.records.vocabulary import machines

    known = corpus.registries.annotators
    return machines({known[name].kind for name in scored.annotators if name in known})
