"""``warclaims suggest``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from warclaims.commands.options import engine_options, format_option
from warclaims.output import echo, echo_json
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.corpus import Corpus
    from warclaims.systems import NamedSystem, Suggestion, TextToAnnotate


class _Written(NamedTuple):
    """What was suggested for a document: records by layer if it was written, and problems."""

    document: str
    counts: dict[str, int]
    problems: list[str]


@click.command("suggest")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option(
    "--with",
    "system_name",
    metavar="SYSTEM",
    default="rules",
    show_default=True,
    help="Name of a system, or package.module:callable.",
)
@format_option("text", "json", explained="How to print what was suggested.")
@engine_options("shards are annotated", "what is suggested")
@click.pass_obj
def command(
    corpus_path: str | None,
    /,
    *,
    documents: tuple[str, ...],
    system_name: str,
    form: str,
    **how: Any,
) -> int:
    """Let a system suggest annotations: of each DOCUMENT, or of all.

    They are written to annotations/predictions/SYSTEM, and replace what it suggested before. No
    command takes predictions for annotations. To see them, or to compare them, name their set:

    \b
    warclaims suggest 000 --with rules
    warclaims show 000 --set predictions/rules
    warclaims agree gold predictions/rules

    Of a corpus of shards all documents are annotated, and the predictions are shards, too.

    Exit status 1 if the system suggested something impossible, which is left out.
    """
    from warclaims import corpus as corpora
    from warclaims.commands.progress import ProgressLine
    from warclaims.layout import PREDICTIONS
    from warclaims.records import LAYERS
    from warclaims.systems import load_system

    corpus = corpora.open(corpus_path)
    corpora.require_own(corpus)
    system = load_system(system_name)
    total = None
    if corpus.storage.in_shards:
        if documents:
            raise click.UsageError("Of a corpus of shards all documents are annotated, not some.")
        written = _in_shards(corpus, system_name, how)
    else:
        if any(value not in (None, "local") for value in how.values()):
            raise click.UsageError("--engine, --processes and --resume need a corpus of shards.")
        names = [corpus.document(name).id for name in dict.fromkeys(documents)]
        names = names or list(corpus.documents)
        total = len(names)
        written = _in_directory(corpus, system, names)
    counts: dict[str, int] = dict.fromkeys(LAYERS, 0)
    problems, unusable, done = [], [], 0
    with ProgressLine() as progress:
        for one in written:
            if one.document:
                done += 1
                progress.advance(done, total, one.document, f"{done:,}")
                if not one.counts:
                    unusable.append(one.document)
            problems += one.problems
            for layer, number in one.counts.items():
                counts[layer] += number
    if form == "json":
        about = {"system": system.name, "version": system.version, "documents": done}
        echo_json({**about, **counts, "unusable": unusable, "left_out": problems})
    else:
        for problem in problems:
            echo(problem, err=True)
        for document in unusable:
            echo(f"error: what {system.name} suggests for {document} is not written", err=True)
        found = ", ".join(f"{number:,} {layer}" for layer, number in counts.items())
        where = f"annotations/{PREDICTIONS}{system.name}"
        echo(f"{plural(done - len(unusable), 'document')}: {found}, in {where}")
    return 1 if problems else 0


def _in_shards(corpus: Corpus, system_name: str, how: dict[str, Any]) -> Iterator[_Written]:
    from warclaims.systems.sharded import suggest_in_shards

    for one in suggest_in_shards(corpus, system_name, **how):
        yield _Written(one.document, one.counts, one.problems)


def _in_directory(corpus: Corpus, system: NamedSystem, names: list[str]) -> Iterator[_Written]:
    from warclaims.layout import PREDICTIONS
    from warclaims.records import LAYERS
    from warclaims.systems import suggestions

    for one in suggestions(system, _texts(corpus, names), corpus.registries, None):
        errors = one.errors(corpus.registries)
        problems = [str(finding) for finding in (*one.left_out, *errors)]
        counts = {}
        if not errors:
            _write(corpus, PREDICTIONS + system.name, one)
            counts = {str(layer): len(getattr(one.bundle.annotations, layer)) for layer in LAYERS}
        yield _Written(one.bundle.document.id, counts, problems)


def _texts(corpus: Corpus, names: list[str]) -> Iterator[TextToAnnotate]:
    from warclaims.systems import TextToAnnotate

    for name in names:
        yield TextToAnnotate(corpus.document(name), corpus.text(name))


def _write(corpus: Corpus, set_name: str, suggestion: Suggestion) -> None:
    from warclaims.corpus import canonical_bytes
    from warclaims.files import locked, write_all

    path = corpus.layout.annotation_file(set_name, suggestion.bundle.document.id)
    with locked(corpus.root):
        write_all({path: canonical_bytes(suggestion.bundle.annotations)})
