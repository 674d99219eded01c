"""``warclaims suggest``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warclaims.commands.options import format_option
from warclaims.output import echo, echo_json
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.corpus import Corpus
    from warclaims.systems import Suggestion, TextToAnnotate


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
@click.pass_obj
def command(
    corpus_path: str | None, /, *, documents: tuple[str, ...], system_name: str, form: str
) -> int:
    """Let a system suggest annotations: of each DOCUMENT, or of all.

    They are written to annotations/predictions/SYSTEM, and replace what it suggested before. No
    command takes predictions for annotations. To see them, or to compare them, name their set:

    \b
    warclaims suggest 000 --with rules
    warclaims show 000 --set predictions/rules
    warclaims agree gold predictions/rules

    Exit status 1 if the system suggested something impossible, which is left out.
    """
    from warclaims import corpus as corpora
    from warclaims.commands.progress import ProgressLine
    from warclaims.layout import PREDICTIONS
    from warclaims.records import LAYERS
    from warclaims.systems import load_system, suggestions

    corpus = corpora.open(corpus_path)
    corpora.require_own(corpus)
    corpus.require_directory()
    system = load_system(system_name)
    names = list(dict.fromkeys(documents)) or list(corpus.documents)
    texts = _texts(corpus, [corpus.document(name).id for name in names])
    counts: dict[str, int] = dict.fromkeys(LAYERS, 0)
    problems, unusable, done = [], [], 0
    with ProgressLine() as progress:
        for one in suggestions(system, texts, corpus.registries, None):
            done += 1
            progress.advance(done, len(names), one.bundle.document.id, f"{done}/{len(names)}")
            errors = one.errors(corpus.registries)
            problems += [*one.left_out, *errors]
            if errors:
                unusable.append(one.bundle.document.id)
                continue
            _write(corpus, PREDICTIONS + system.name, one)
            for layer in counts:
                counts[layer] += len(getattr(one.bundle.annotations, layer))
    if form == "json":
        about = {"system": system.name, "version": system.version, "documents": done}
        findings = [str(finding) for finding in problems]
        echo_json({**about, **counts, "unusable": unusable, "left_out": findings})
    else:
        for finding in problems:
            echo(str(finding), err=True)
        for document in unusable:
            echo(f"error: what {system.name} suggests for {document} is not written", err=True)
        found = ", ".join(f"{number:,} {layer}" for layer, number in counts.items())
        where = f"annotations/{PREDICTIONS}{system.name}"
        echo(f"{plural(done - len(unusable), 'document')}: {found}, in {where}")
    return 1 if problems else 0


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
