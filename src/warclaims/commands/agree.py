"""``warclaims agree``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from warclaims.commands.options import format_option, rounds_option
from warclaims.output import echo_json, note

if TYPE_CHECKING:
    from warclaims.agreement import ComparedSets, SetComparison
    from warclaims.agreement.accounts import AccountAgreement
    from warclaims.agreement.compare import SeveralSetsComparison


@click.command("agree")
@click.argument("names", nargs=-1, metavar="A B [C]...")
@click.option("--differences", is_flag=True, help="List each difference with its sentence.")
@click.option("--texts", is_flag=True, help="Also show each text, not only all together.")
@rounds_option
@format_option(
    "table",
    "json",
    explained="How to print. JSON of two sets holds every text and difference.",
)
@click.pass_obj
def command(
    corpus_path: str | None,
    *,
    names: tuple[str, ...],
    differences: bool,
    texts: bool,
    rounds: int,
    form: str,
) -> None:
    """Measure how far annotation sets agree: gold, or the ids of passes.

    Spans: precision, recall and F1 of B against A, on equal spans, on overlapping ones and by
    characters. Matched records: percentage, Cohen's kappa and Krippendorff's alpha of each
    attribute and link. Intervals are 95 % bootstrap intervals over sentences. Accounts (what one
    source says about one outcome of an event): F1 of those that both sets have, and of those with
    equal bounds; disagreements: F1 of those that both sets lead to, and of those with equal
    positions.

    Of more than two sets, the spans of every two are compared, and the values of all records that
    two or more have.

    \b
    warclaims agree gold anna --differences
    warclaims agree anna boris carla
    """
    from warclaims import corpus as corpora
    from warclaims.agreement import ComparedSets

    if len(names) < 2:
        raise click.UsageError("name two or more annotation sets: gold, or the ids of passes")
    if len(names) > 2 and (differences or texts):
        raise click.UsageError("--differences and --texts compare two sets; name only two")
    sets = ComparedSets(corpora.open(corpus_path), *names)
    if sets.remark:
        note(f"note: {sets.remark}")
    if len(names) > 2:
        _several(sets, names, sets.compare_several(rounds=rounds), form)
        return
    listed = differences or texts or form == "json"
    compared, accounts = sets.compare_with_accounts(rounds=rounds, listed=listed)
    if form == "json":
        echo_json(_plain(compared, accounts, _who(sets)))
        return
    from warclaims.commands.agree_view import (
        print_accounts,
        print_agreement,
        print_annotators,
        print_differences,
    )

    print_annotators(_who(sets), _machines(sets))
    print_agreement(compared, every_text=texts)
    print_accounts(accounts, every_text=texts)
    if differences:
        print_differences(compared, accounts)


def _several(
    sets: ComparedSets, names: tuple[str, ...], compared: SeveralSetsComparison, form: str
) -> None:
    """Show the agreement of more than two sets."""
    from warclaims.agreement.compare import SEED

    if form == "json":
        spans = [
            {"sets": [names[one] for one in pair], **_named(vars(score))}
            for pair, scores in compared.spans.items()
            for score in scores
        ]
        values = [_named(vars(score)) for score in compared.values]
        found = {"annotators": _who(sets), "rounds": compared.rounds, "seed": SEED}
        echo_json({**found, "spans": spans, "values": values})
        return
    from warclaims.commands.agree_view import print_annotators, print_several

    print_annotators(_who(sets), _machines(sets))
    print_several(compared, names)


def _who(sets: ComparedSets) -> list[str]:
    """The kinds of annotators of each set, in words."""
    return [f"{name}: {maker}" for name, maker in sets.makers.items()]


def _machines(sets: ComparedSets) -> str:
    """The annotators of the sets who are not persons, in words."""
    from warclaims.records.vocabulary import machines

    return machines(set().union(*sets.kinds.values()))


def _named(value: Any) -> Any:
    """A value with named tuples as objects."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {key: _named(item) for key, item in value.items()}
    return value


def _plain(compared: SetComparison, accounts: AccountAgreement, who: list[str]) -> dict[str, Any]:
    from warclaims.agreement.compare import SEED

    return {
        "annotators": who,
        "rounds": compared.rounds,
        "seed": SEED,
        "spans": [_named(vars(score)) for score in compared.spans],
        "values": [_named(vars(score)) for score in compared.values],
        "accounts": [_named(vars(score)) for score in accounts.scores],
        "differences": [asdict(difference) for difference in compared.differences],
        "account_differences": [asdict(difference) for difference in accounts.differences],
    }
