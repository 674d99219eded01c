"""The figures of challenges for the generated pages: what was challenged, and what came of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from warclaims.markdown import markdown_table
from warclaims.records import LAYERS
from warclaims.records.challenges import ChallengeBasis, ChallengeVerdict
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.corpus import Corpus
    from warclaims.records import Challenge

_MISSING = "missing"
_HEADER = (
    *("layer", "records", "challenged", "overturned by the guidelines", "overturned by sense"),
    *("other reading added", "upheld", "open"),
)


def challenges_block(corpus: Corpus) -> str:
    """The challenges by layer, of the corpus and of its held-out texts.

    Raises:
        InvalidFile: a list of challenges or an annotation file is not valid.
    """
    parts = []
    for one, where in ((corpus, "these texts"), (corpus.heldout, "the held-out texts")):
        if one is not None and (challenges := one.challenges()):
            parts.append(
                f"Challenges of records in {where}. *Challenged* counts records, the columns after "
                "it challenges, of which a record may have several. What was overturned has been "
                f"corrected.\n\n{_table(one, challenges)}"
            )
    return "\n\n".join(parts) or "No list of challenges yet."


def _table(corpus: Corpus, challenges: list[Challenge]) -> str:
    records: Counter[str] = Counter(
        layer
        for bundle in corpus.bundles()
        for layer in LAYERS
        for _ in getattr(bundle.annotations, layer)
    )
    by_layer: dict[str, list[Challenge]] = {layer: [] for layer in (*LAYERS, _MISSING)}
    layers = {model.id_prefix: layer for layer, model in LAYERS.items()}
    for one in challenges:
        by_layer[layers.get(one.record[0], _MISSING) if one.record else _MISSING].append(one)
    rows = [[layer, records[layer] or "–", *_counts(some)] for layer, some in by_layer.items()]
    rows.append(["all", records.total(), *_counts(challenges)])
    shares = " and ".join(
        f"{overturned} of {plural(records.total(), 'record')} "
        f"({overturned / max(records.total(), 1):.1%}) by {words}"
        for words, overturned in zip(
            ("the guidelines", "sense"), _overturned(challenges), strict=True
        )
    )
    return f"{markdown_table(_HEADER, rows)}\n\nOverturned: {shares}."


def _counts(challenges: Iterable[Challenge]) -> list[int]:
    """The numbers of a row: challenged records, then challenges by what came of them."""
    found = list(challenges)
    verdicts = Counter(one.verdict for one in found)
    others = (ChallengeVerdict.ALTERNATIVE, ChallengeVerdict.UPHELD, ChallengeVerdict.OPEN)
    challenged = {(one.document, one.record, one.record or one.words) for one in found}
    return [len(challenged), *_overturned(found), *(verdicts[one] for one in others)]


def _overturned(challenges: Iterable[Challenge]) -> list[int]:
    bases = Counter(one.basis for one in challenges if one.verdict is ChallengeVerdict.OVERTURNED)
    return [bases[ChallengeBasis.GUIDELINES], bases[ChallengeBasis.SENSE]]
