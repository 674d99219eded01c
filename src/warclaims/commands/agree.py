"""``warclaims agree``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.agreement import Comparison
    from warclaims.agreement.text import TextComparison
    from warclaims.corpus import Corpus


@click.command("agree")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--unquoted", is_flag=True, help="Leave out spans that the guidelines quote.")
@click.option("--differences", is_flag=True, help="List each difference with its sentence.")
@click.option("--texts", is_flag=True, help="Show each text too, not only all together.")
@click.option("--rounds", default=2000, show_default=True, help="Bootstrap samples.")
@click.option("--seed", default=20231909, show_default=True, help="Seed of the bootstrap.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print. JSON holds everything.",
)
@click.pass_obj
def command(
    corpus_path: str | None,
    first: str,
    second: str,
    *,
    unquoted: bool,
    differences: bool,
    texts: bool,
    rounds: int,
    seed: int,
    form: str,
) -> None:
    """Say how far two annotation sets agree: gold, or the id of a pass.

    Spans: precision, recall and F1 of B against A, on equal spans, on overlapping ones and by
    characters. Paired records: per cent and Cohen's kappa of each attribute and link. Intervals
    are 95 % bootstrap intervals over sentences.
    """
    from warclaims import corpus as corpora
    from warclaims.agreement import compare

    corpus = corpora.open(corpus_path)
    compared = compare(_texts(corpus, first, second, unquoted=unquoted), rounds=rounds, seed=seed)
    who = _who(corpus, first, second)
    if form == "json":
        click.echo(json.dumps(_plain(compared, who), ensure_ascii=False, indent=1))
        return
    from warclaims.commands.agree_view import print_agreement, print_differences

    print_agreement(compared, who, every_text=texts)
    if differences:
        print_differences(compared)


def _texts(corpus: Corpus, first: str, second: str, *, unquoted: bool) -> Iterator[TextComparison]:
    from warclaims.agreement.quoted import not_quoted
    from warclaims.agreement.text import TextComparison
    from warclaims.errors import WarclaimsError

    for name in (first, second):
        corpus.require_set(name)
    guidelines = corpus.layout.guidelines
    if unquoted and not guidelines.is_file():
        raise WarclaimsError(f"{guidelines} is not there, so nothing tells what it quotes")
    keep = {"keep": not_quoted(guidelines.read_text("utf-8"))} if unquoted else {}
    both = [
        name
        for name in corpus.documents
        if all(corpus.layout.annotation_file(s, name).is_file() for s in (first, second))
    ]
    if not both:
        raise WarclaimsError(f"no document is annotated in both {first!r} and {second!r}")
    for name in both:
        yield TextComparison(corpus.bundle(name, first), corpus.bundle(name, second), **keep)


def _who(corpus: Corpus, *set_names: str) -> list[str]:
    """Who made the sets, in words."""
    found = []
    for set_name in set_names:
        makers = {bundle.annotations.annotator for bundle in corpus.bundles(set_name)}
        kinds = {
            corpus.registries.annotators[maker].kind.value.replace("_", " ")
            for maker in makers
            if maker in corpus.registries.annotators
        }
        found.append(f"{set_name}: {' and '.join(sorted(kinds)) or 'unknown annotator'}")
    return found


def _plain(compared: Comparison, who: list[str]) -> dict[str, Any]:
    def named(value: Any) -> Any:
        if hasattr(value, "_asdict"):
            return {key: named(item) for key, item in value._asdict().items()}
        if isinstance(value, dict):
            return {key: named(item) for key, item in value.items()}
        return value

    return {
        "annotators": who,
        "rounds": compared.rounds,
        "seed": compared.seed,
        "spans": [named(vars(score)) for score in compared.spans],
        "values": [named(vars(score)) for score in compared.values],
        "differences": [asdict(difference) for difference in compared.differences],
    }
