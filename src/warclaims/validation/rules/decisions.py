"""Level 4: challenges of records, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.hints import did_you_mean
from warclaims.records.challenges import Challenge, ChallengeVerdict
from warclaims.validation.rule import Example, Fault, Scope, rule
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.views import DecisionView

_CHALLENGE = (
    '{"document": "one", "record": %s, "words": "two civilians", "reading": "three", "basis": '
    '"sense", "rule": null, "verdict": "%s", "reason": %s}\n'
)


@rule(
    "R412",
    Scope.DECISIONS,
    title="challenge of nothing",
    why="A challenge is about words of the text and a record of gold. Only if it was overturned "
    "may the record be gone; if a record is said to be missing, its id is null.",
    fix="Correct the id or the words.",
    example=Example('"record": "c7", where the last casualty is c2', '"record": "c2"'),
    mistake={"annotations/challenges.jsonl": (_CHALLENGE % ('"c7"', "open", "null")).encode()},
)
def challenge_of_nothing(view: DecisionView) -> Iterator[Fault]:
    """A challenge of a record that is not in gold, or of words that are not in the text."""
    one = view.record
    if not isinstance(one, Challenge):
        return
    is_gone = one.verdict is ChallengeVerdict.OVERTURNED
    if view.gold is not None and one.record and not is_gone and one.record not in view.gold:
        hint = did_you_mean(one.record, view.gold)
        yield Fault("/record", f"gold has no record {one.record!r} of {one.document}{hint}")
    for words in one.words.split(" … "):
        if view.text is not None and words not in view.text:
            yield Fault("/words", f"the text of {one.document} does not have {quoted(words)}")


@rule(
    "R413",
    Scope.DECISIONS,
    title="verdict that does not fit",
    why="A decided challenge has the reason of its verdict. The verdict *alternative* says that "
    "the record has another reading.",
    fix="Give the reason, add the other reading to the record, or correct the verdict.",
    example=Example(
        '"verdict": "upheld", "reason": null', '"verdict": "upheld", "reason": "The text says two."'
    ),
    mistake={"annotations/challenges.jsonl": (_CHALLENGE % ('"c1"', "upheld", "null")).encode()},
)
def unfit_verdict(view: DecisionView) -> Iterator[Fault]:
    """A verdict without a reason, or an alternative that gold does not have."""
    one = view.record
    if not isinstance(one, Challenge):
        return
    if one.reason is None and one.verdict is not ChallengeVerdict.OPEN:
        yield Fault("/reason", f"the verdict {one.verdict.value!r} has no reason")
    if one.verdict is ChallengeVerdict.ALTERNATIVE and view.gold is not None:
        record = view.gold.get(one.record or "")
        if record is None or not record.alternatives:
            which = f"record {one.record!r}" if one.record else "a missing record"
            yield Fault("/verdict", f"the verdict is 'alternative', but {which} has none in gold")
