"""``warclaims agree``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from warclaims.output import echo, echo_json

if TYPE_CHECKING:
    from warclaims.agreement import SetComparison
    from warclaims.agreement.accounts import AccountAgreement


@click.command("agree")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--unquoted", is_flag=True, help="Leave out spans that the guidelines quote.")
@click.option("--differences", is_flag=True, help="List each difference with its sentence.")
@click.option("--texts", is_flag=True, help="Also show each text, not only all together.")
@click.option(
    "--rounds",
    type=click.IntRange(min=1),
    default=2000,
    show_default=True,
    help="Bootstrap samples.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print. JSON holds every text and difference.",
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
    form: str,
) -> None:
    """Measure how far two annotation sets agree: gold, or the id of a pass.

    Spans: precision, recall and F1 of B against A, on equal spans, on overlapping ones and by
    characters. Paired records: percentage and Cohen's kappa of each attribute and link. Intervals
    are 95 % bootstrap intervals over sentences. Accounts (what one source says about one outcome of
    an event): F1 of those that both sets have, and of those with equal bounds; disagreements: F1 of
    those that both sets lead to, and of those with equal positions.
    """
    from warclaims import corpus as corpora
    from warclaims.agreement import TwoSets

    sets = TwoSets(corpora.open(corpus_path), first, second)
    compared = sets.compare(rounds=rounds, unquoted=unquoted)
    accounts = sets.compare_accounts()
    who = [f"{name}: {maker}" for name, maker in sets.makers.items()]
    if sets.remark:
        echo(f"note: {sets.remark}", err=True)
    if form == "json":
        echo_json(_plain(compared, accounts, who))
        return
    from warclaims.commands.agree_view import print_accounts, print_agreement, print_differences
    from warclaims.records.vocabulary import machines

    print_agreement(compared, who, machines(set().union(*sets.kinds.values())), every_text=texts)
    print_accounts(accounts, every_text=texts)
    if differences:
        print_differences(compared, accounts)


def _plain(compared: SetComparison, accounts: AccountAgreement, who: list[str]) -> dict[str, Any]:
    from warclaims.agreement.compare import SEED

    def named(value: Any) -> Any:
        if hasattr(value, "_asdict"):
            return {key: named(item) for key, item in value._asdict().items()}
        if isinstance(value, dict):
            return {key: named(item) for key, item in value.items()}
        return value

    return {
        "annotators": who,
        "rounds": compared.rounds,
        "seed": SEED,
        "spans": [named(vars(score)) for score in compared.spans],
        "values": [named(vars(score)) for score in compared.values],
        "accounts": [named(vars(score)) for score in accounts.scores],
        "differences": [asdict(difference) for difference in compared.differences],
        "account_differences": [asdict(difference) for difference in accounts.differences],
    }
