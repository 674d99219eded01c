"""``warclaims add``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from warclaims.commands.fact_options import fact_options
from warclaims.errors import WarclaimsError
from warclaims.output import CONTROL, console, echo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.authoring import AddedText, NewText, StatedFacts

_QUESTIONS = {
    "title": "Title as in the text (- for none)",
    "language": "Language (en, uk …)",
    "outlet": "Outlet",
    "date": "Date of publication (2023-09-19, 2023-09 or 2023)",
    "original_language": "Language it was written in",
    "rights_holder": "Rights holder",
}
"""Fact → question of ``--ask``."""

_SHOWN = 60
"""Characters of a segment that are shown."""

_MOST = 200
"""Segments of a text that are shown."""


@click.command("add")
@click.argument(
    "files",
    nargs=-1,
    metavar="[FILE]...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--id", "id", metavar="ID", help="Id of the document. Default: after the file's name."
)
@click.option("--title", help='Headline as in the text; "" for none. Default: a short first line.')
@fact_options
@click.option(
    "--table",
    metavar="CSV",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Add the texts that a table names instead of FILEs, with what it states of each. Columns: "
    "file, id, title, language, outlet, date, original_language, rights_holder, translation (yes "
    "or no), source; only file is needed. An option states what an empty cell does not.",
)
@click.option("--ask", is_flag=True, help="Ask for what no option states; Enter skips a question.")
@click.option(
    "--annotator",
    metavar="ID",
    help="Who is going to annotate. Default: the only person, besides the one that new entered.",
)
@click.pass_obj
def command(
    corpus_path: str | None,
    /,
    files: tuple[Path, ...],
    *,
    table: Path | None,
    ask: bool,
    annotator: str | None,
    **stated: Any,
) -> None:
    """Add the text in each FILE (UTF-8) to the corpus, or the texts of a table.

    The bytes are kept as they are. Segments are proposed by rule and listed; correct them in
    seeds/index.json, like everything stated here. The language is detected unless
    --language states it. FILEs that are in the corpus already, byte for byte, are skipped; of the
    others all are added or none.
    """
    from warclaims import corpus as corpora
    from warclaims.authoring import StatedFacts, add_texts, choose_annotator, read_text_table

    if bool(files) == bool(table):
        raise click.UsageError("name one FILE or more, or a table with --table")
    corpus = corpora.open(corpus_path)
    corpora.require_own(corpus)
    if len(files) != 1 and (
        alone := [name for name in ("id", "title") if stated[name] is not None]
    ):
        raise click.UsageError(f"--{alone[0]} is for one FILE, not for {len(files) or 'a table'}")
    facts = StatedFacts(**stated)
    annotator = choose_annotator(corpus, annotator)
    named = read_text_table(table, facts) if table else [(path, facts) for path in files]
    texts = _read([path for path, _ in named])
    pairs = [
        (text, _asked(text, known) if ask else known)
        for text, (_, known) in zip(texts, named, strict=True)
    ]
    done = add_texts(corpus, pairs, annotator)
    words = {new.sha256: new.text for new, _ in pairs}
    for added in done.added:
        _show(added, words[added.document.sha256])
    for path, document in done.duplicates:
        echo(f"skipped {path}: in the corpus already, as document {document}")
    if not done.added:
        echo("nothing was added")
        return
    index = corpus.layout.relative(corpus.layout.index)
    echo(f"If a segment is wrong, correct {index}; then run: {corpus.layout.command('validate')}")


def _read(files: Sequence[Path]) -> list[NewText]:
    """The texts in ``files``; the problems of all of them are reported at once."""
    from warclaims.authoring import read_new_text

    texts: list[NewText] = []
    problems: list[str] = []
    for path in files:
        try:
            texts.append(read_new_text(path))
        except WarclaimsError as error:
            problems.append(str(error))
    if problems:
        raise WarclaimsError("\n".join(problems))
    return texts


def _asked(text: NewText, facts: StatedFacts) -> StatedFacts:
    """``facts`` with answers for those that are not stated."""
    from warclaims.authoring import propose_segments
    from warclaims.authoring.language import detect_language
    from warclaims.authoring.segments import title_in

    echo(f"{text.path}:")
    answers: dict[str, Any] = {}
    for name, question in _QUESTIONS.items():
        if getattr(facts, name) is None:
            proposed = ""
            if name == "title":
                proposed = title_in(text.text, propose_segments(text.text)) or ""
            elif name == "language" and (found := detect_language(text.text)).is_sure:
                proposed = found.tag or ""
            answers[name] = click.prompt(
                question,
                default=proposed,
                show_default=bool(proposed),
                value_proc=partial(_answer, name),
            )
    if facts.translation is None:
        choice = click.Choice(["yes", "no", ""])
        said = click.prompt(
            "Is it a translation (yes, no)", "", type=choice, show_choices=False, show_default=False
        )
        answers["translation"] = {"yes": True, "no": False}.get(said)
    return replace(facts, **answers)


def _answer(name: str, answer: str) -> str | None:
    """The answer as a fact; if it is not valid, it is asked for again."""
    from warclaims.authoring.adding import stated_fact

    if name == "title" and answer.strip() == "-":
        return ""
    try:
        stated_fact(name, answer)
    except WarclaimsError as error:
        raise click.UsageError(str(error)) from None
    return answer.strip() or None


def _show(added: AddedText, text: str) -> None:
    """Print what was added, with its segments as a table."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    document, language = added.document, added.language
    echo(f"wrote {added.seed}: document {document.id}, {document.length:,} characters")
    echo(f"wrote {added.annotations}: nothing annotated yet")
    if language is not None and language.is_sure:
        echo(f"language: detected {language}; state it with --language if wrong")
    elif language is not None:
        guess = f" (best guess: {language})" if language.tag else ""
        echo(
            f"language: not recognised{guess}, so it is und and words are not checked; state it "
            "with --language"
        )
    if unstated := [name for name in added.facts.unstated() if name != "language"]:
        echo(f"not stated: {', '.join(unstated)}")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("segment", no_wrap=True)
    table.add_column("start", justify="right", no_wrap=True)
    table.add_column("end", justify="right", no_wrap=True)
    table.add_column("begins", ratio=1)  # only this column is narrowed to fit
    for segment in document.segments[:_MOST]:
        words = " ".join(text[segment.start : segment.end][: 2 * _SHOWN].split())
        shown = Text(words[:_SHOWN].translate(CONTROL), no_wrap=True, overflow="ellipsis")
        table.add_row(segment.kind.value, str(segment.start), str(segment.end), shown)
    console().print(table)
    if (more := len(document.segments) - _MOST) > 0:
        echo(f"and {more:,} segments more")
