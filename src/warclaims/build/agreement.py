"""The agreement of annotation passes, and who reviewed them, for the generated pages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING

from warclaims.agreement import ComparedSets
from warclaims.agreement.compare import OVER_ALL, ROUNDS, SEED
from warclaims.agreement.items import UNITS
from warclaims.layout import GOLD
from warclaims.markdown import Markdown, code, markdown_table
from warclaims.records.vocabulary import AnnotatorKind, machines
from warclaims.wording import listed, plural, score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.agreement.accounts import AccountScore
    from warclaims.agreement.compare import SpanScore, ValueScore
    from warclaims.corpus import Corpus

_NONE = "No two passes follow one version of the guidelines."


@dataclass(frozen=True)
class AgreementRound:
    """The passes that followed one version of the guidelines, and how far they agree.

    Attributes:
        makers: The kinds of annotators of each pass, in words.
        spans: The scores of the spans by pair of passes.
        accounts: Those of accounts, and of what sources disagree on, by pair of passes.
    """

    version: str
    texts: int
    makers: dict[str, str]
    spans: dict[tuple[str, str], list[SpanScore]]
    values: list[ValueScore]
    differences: dict[tuple[str, str], int]
    accounts: dict[tuple[str, str], list[AccountScore]]


def agreement_rounds(corpus: Corpus) -> list[AgreementRound]:
    """The rounds of a corpus: passes of one kind of annotators by the version they followed.

    Raises:
        InvalidFile: an annotation file is not valid.
    """
    passes: defaultdict[tuple[str, AnnotatorKind | None], list[str]] = defaultdict(list)
    for name in _annotated(corpus):
        annotations = corpus.annotations(_texts(corpus, name)[0], name)
        passes[annotations.guidelines, _kind(corpus, annotations.annotator)].append(name)
    return [
        compared_round(corpus, version, *names)
        for (version, _), names in sorted(passes.items(), key=lambda item: item[0][0])
        if len(names) > 1 and set.intersection(*(set(_texts(corpus, name)) for name in names))
    ]


def compared_round(corpus: Corpus, version: str, *names: str) -> AgreementRound:
    """How far passes agree that followed ``version``.

    Raises:
        WarclaimsError: unknown set, or no text that all annotate.
    """
    sets = {pair: ComparedSets(corpus, *pair) for pair in combinations(names, 2)}
    compared = {pair: one.compare_with_accounts(listed=False) for pair, one in sets.items()}
    spans = {pair: one for pair, (one, _) in compared.items()}
    is_pair = len(names) == 2
    together = next(iter(sets.values())) if is_pair else ComparedSets(corpus, *names)
    values = next(iter(spans.values())) if is_pair else together.compare_several()
    return AgreementRound(
        version=version,
        texts=len(together.texts),
        makers=together.makers,
        spans={pair: one.spans for pair, one in spans.items()},
        values=values.values,
        differences={pair: one.number_of_differences for pair, one in spans.items()},
        accounts={
            pair: [score for score in one.scores if score.text == OVER_ALL]
            for pair, (_, one) in compared.items()
        },
    )


def summary_block(rounds: list[AgreementRound], heldout: list[AgreementRound]) -> str:
    """One table: exact F1 of every two passes, those of held-out texts first."""
    lines = [
        [
            f"{one.texts} {where}",
            code(one.version),
            Markdown(" and ".join(map(code, pair))),
            *(Markdown(score(s.exact.f1, s.exact_interval)) for s in spans),
            Markdown(score(_of_casualties(one.values))),
        ]
        for where, some in (("held-out texts", heldout), ("texts", rounds))
        for one in some
        for pair, spans in one.spans.items()
    ]
    header = ["texts", "guidelines", "passes", *UNITS, "attributes and links of casualties"]
    return markdown_table(header, lines) if lines else _NONE


def details_block(rounds: list[AgreementRound], heldout: list[AgreementRound]) -> str:
    """All figures of each round: spans by layer, attributes and links of matched records."""
    parts = [
        f"## {title}\n\n"
        + "\n\n".join(f"### {_heading(one)}\n\n{round_block(one)}" for one in some)
        for title, some in (("Held-out texts", heldout), ("The texts of the corpus", rounds))
        if some
    ]
    return "\n\n".join(parts) or _NONE


def round_block(one: AgreementRound) -> str:
    """The figures of one round, and who made its passes."""
    makers = listed([f"{code(name)} ({maker})" for name, maker in one.makers.items()])
    spans = [
        f"{_spans(pair, scores)}\n\nDifferences: {one.differences[pair]}.\n\n"
        f"{_accounts(one.accounts[pair])}"
        for pair, scores in one.spans.items()
    ]
    values = markdown_table(
        ["records", "number", "agreement", "Cohen's κ", "Krippendorff's α"],
        [
            [
                f"{value.layer}: {value.field}",
                value.pairs,
                Markdown(score(value.agreement, value.interval)),
                value.kappa.in_words(),
                value.alpha.in_words(),
            ]
            for value in one.values
        ],
    )
    return (
        f"Sets: {makers}; {plural(one.texts, 'text')}. 95 % bootstrap intervals over sentences "
        f"within texts, {ROUNDS} rounds, seed {SEED}.\n\n" + "\n\n".join(spans) + "\n\n"
        f"<details><summary>Attributes and links of matched records</summary>\n\n{values}\n\n"
        "</details>"
    )


def _accounts(scores: list[AccountScore]) -> str:
    found = [[one.unit, score(one.found.f1), score(one.equal.f1)] for one in scores]
    return markdown_table(["what is computed", "F1", "F1 with equal bounds or positions"], found)


def _heading(one: AgreementRound) -> str:
    return f"Guidelines {one.version}: {listed([*one.makers])}"


def review_block(corpus: Corpus) -> str:
    """A sentence on who annotated and who reviewed.

    Raises:
        InvalidFile: an annotation file is not valid.
    """
    sets = [name for name in corpus.storage.set_names() if _texts(corpus, name)]
    kinds = {
        name: {
            _kind(corpus, corpus.annotations(text, name).annotator) for text in _texts(corpus, name)
        }
        for name in sets
    }
    made_by = machines({kind for some in kinds.values() for kind in some if kind})
    if not made_by:
        return "No annotations are by programs." if sets else "Nothing is annotated yet."
    people = [
        _review(corpus, name)
        for name in sets
        if name != GOLD and kinds[name] == {AnnotatorKind.PERSON}
    ]
    if not people:
        return (
            f"All annotations and all decisions between them are by {made_by}, which share their "
            "blind spots: **no person has reviewed them yet**, and their agreement is not that of "
            "people."
        )
    return (
        f"Gold and the passes that it was made from are by {made_by}, which share their blind "
        f"spots; reviewed by {'a person' if len(people) == 1 else f'{len(people)} people'}: "
        f"{'; '.join(people)}."
    )


def _review(corpus: Corpus, name: str) -> str:
    """What the pass of a person covers, and on how much it differs from gold."""
    found = f"{code(name)}, {len(_texts(corpus, name))} of {plural(len(corpus.documents), 'text')}"
    if not set(_texts(corpus, name)) & set(_texts(corpus, GOLD)):
        return found
    compared = ComparedSets(corpus, GOLD, name).compare(rounds=1, listed=False)
    return f"{found}, {plural(compared.number_of_differences, 'difference')} from gold"


def _annotated(corpus: Corpus) -> Iterator[str]:
    """The passes that annotate a text."""
    for name in corpus.storage.set_names():
        if name != GOLD and _texts(corpus, name):
            yield name


def _texts(corpus: Corpus, name: str) -> list[str]:
    return [*corpus.storage.annotated(name)]


def _kind(corpus: Corpus, annotator: str) -> AnnotatorKind | None:
    known = corpus.registries.annotators.get(annotator)
    return known.kind if known else None


def _of_casualties(values: list[ValueScore]) -> float | None:
    """The mean agreement on attributes and links of casualties whose values are not all equal."""
    found = [
        one.agreement
        for one in values
        if one.layer == "casualties" and one.alpha.value is not None and one.agreement is not None
    ]
    return fmean(found) if found else None


def _spans(pair: tuple[str, str], scores: list[SpanScore]) -> str:
    return markdown_table(
        ["spans", *map(code, pair), "F1 exact", "F1 overlapping", "F1 by characters"],
        [
            [
                one.unit,
                one.first,
                one.second,
                Markdown(score(one.exact.f1, one.exact_interval)),
                Markdown(score(one.overlapping.f1, one.overlapping_interval)),
                Markdown(score(one.characters.f1, one.characters_interval)),
            ]
            for one in scores
        ],
    )
