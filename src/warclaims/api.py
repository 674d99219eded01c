"""Check a corpus, select claims, compare accounts, suggest, score and prepare batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from warclaims.corpus import Corpus
from warclaims.corpus import open as open_corpus
from warclaims.layout import GOLD, PREDICTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Unpack

    from warclaims.agreement import ComparedSets
    from warclaims.agreement.scoring import ScoredSystem
    from warclaims.claim_filters import ClaimFilters
    from warclaims.formats.predictions import PredictedFile
    from warclaims.records import Bundle, Claim
    from warclaims.records.accounts import Comparisons
    from warclaims.validation.known import KnownIds
    from warclaims.validation.not_applied import Validation


def validate(
    corpus: Corpus | str | Path | None = None, paths: Iterable[str | Path] | None = None
) -> Validation:
    """Check a corpus, or only ``paths`` of it: annotation files, registries, seeds, or folders.

    Without ``corpus`` the shipped corpus is checked. The result yields the findings one by one, in
    a stable order, without those that are waived.

    >>> import warclaims
    >>> [str(finding) for finding in warclaims.validate()]
    []

    Raises:
        WarclaimsError: a path does not exist, or cannot be checked.
    """
    from pathlib import Path

    from warclaims import validation

    chosen = None if paths is None else map(Path, paths)
    return validation.validate(_opened(corpus), chosen)


def claims(
    corpus: Corpus | str | Path | None = None,
    *,
    set_name: str = GOLD,
    sort: str | None = None,
    **filters: Unpack[ClaimFilters],
) -> list[Claim]:
    """Who claims how many casualties, on whose word: the claims that pass every filter.

    The filters are ``event``, ``place``, ``source``, ``source_side``, ``side`` (of the victims),
    ``outcome``, ``status``, ``cause``, ``perpetrator``, ``outlet``, ``since`` and ``until`` (the
    day on which the text was published), ``narrator_only``, ``disagreements`` (claims that take
    part in one) and ``depends_on_reading`` (claims with another reading). Names match by id or
    label, without case. An event includes its parts, a place those in it, an actor those that
    belong to it, and an outcome, a status or a cause those that are a kind of it (a medic is a
    civilian). The order is that of the texts, or by ``sort``: ``date``, ``count``, ``outlet`` or
    ``outcome``.

    >>> import warclaims
    >>> [claim.id for claim in warclaims.claims(source="azerbaijan-mod")]
    ['000:c6', '000:c7']

    Raises:
        WarclaimsError: unknown annotation set, name or order; not a date; or annotations with
            errors.
    """
    from warclaims.accounts.selection import disputed_records
    from warclaims.derive.filters import ORDERS, outlets_of, select
    from warclaims.errors import unknown

    if sort is not None and sort not in ORDERS:
        raise unknown("order", sort, ORDERS)
    opened = _opened(corpus)
    disputed: set[str] = set()
    if filters.get("disagreements"):
        disputed = disputed_records(compare(opened, set_name))
    outlets = outlets_of(opened.documents.values()) if filters.get("outlet") else []
    found = select(_all_claims(opened, set_name), opened.registries, filters, outlets, disputed)
    return found if sort is None else sorted(found, key=ORDERS[sort])


def compare(
    corpus: Corpus | str | Path | None = None, set_name: str = GOLD, **filters: Unpack[ClaimFilters]
) -> Comparisons:
    """What sources agree and disagree on: accounts, and how they compare event by event.

    An account is what one source says in one text about one outcome of an event. With filters, the
    same as of :func:`claims`, only comparisons in which a claim that meets them takes part, whole:
    with all positions; and who blames whom, with what answers it: ``accusations``.
    ``disagreements`` leaves out the others, ``depends_on_reading`` those that
    hold however words are read. Without ``corpus`` the shipped corpus is compared.

    >>> import warclaims
    >>> found = warclaims.compare(event="mine-explosions-2023", disagreements=True)
    >>> for row in found.comparisons:
    ...     print(row.respect, [position.value for position in row.positions])
    cause ['landmine', 'vehicle bomb']
    who ['4 soldiers', '4 police']

    Raises:
        WarclaimsError: unknown annotation set or name; not a date; or annotations with errors.
    """
    from warclaims.accounts import compare as compare_bundles
    from warclaims.accounts.selection import selected
    from warclaims.derive.filters import entry_of, given, outlets_of, select, select_statements

    opened = _opened(corpus)
    wanted = given(filters)
    event = wanted.pop("event", None)
    if event is not None:
        event = entry_of("event", event, opened.registries)
    found = compare_bundles(_sound_bundles(opened, set_name), opened.registries, event)
    on_rows = {name: wanted.pop(name, False) for name in ("disagreements", "depends_on_reading")}
    ids, statements = None, found.accusations
    if wanted:
        known = opened.registries
        outlets = outlets_of(opened.documents.values()) if wanted.get("outlet") else []
        others = cast("ClaimFilters", wanted)
        chosen = select(_all_claims(opened, set_name), known, others, outlets)
        statements = select_statements(statements, known, others, outlets)
        ids = {claim.id for claim in chosen}
    return selected(found, ids, statements, **on_rows)


def score(
    system: str | Path,
    corpus: Corpus | str | Path | None = None,
    *,
    against: str = GOLD,
    format: str | None = None,
    mapping: str | Path | None = None,
    rounds: int = 2000,
    engine: Literal["local", "ray"] = "local",
    processes: int | None = None,
) -> ScoredSystem:
    """Score a system, or an annotator, against gold or another annotation set.

    ``system`` is the name of a system whose predictions are in ``annotations/predictions``, or the
    id of a pass. With ``format``, one of those that ``warclaims import`` reads, it is a file or
    folder with predictions for texts of the corpus; ``mapping`` is a file that says which layers
    and fields its labels stand for. Tags and labels that are named after a unit (``CUE``, ``actor``
    …) need none. Of a corpus of shards, several ``processes`` count, or Ray.

    The rows have precision, recall and F1 of spans, fields of matched records, claims, accounts,
    and of what sources disagree on; on average (``micro`` and ``macro``) with 95 % intervals by
    bootstrap over texts, and of each text. What a system does not do is ``None``, not 0.

    >>> import warclaims
    >>> scored = warclaims.score("second-a")
    >>> row = scored.score("casualties", "exact")
    >>> row.expected, row.predicted, row.found, round(row.f1, 2)
    (34, 35, 32, 0.93)
    >>> scored.score("claims", "source", text="000").recall
    1.0

    Raises:
        WarclaimsError: unknown system, set or format, no text that both have, or a file that cannot
            be read.
    """
    from dataclasses import replace

    from warclaims.agreement import ComparedSets
    from warclaims.agreement.scoring import score_texts, scored_texts

    opened = _opened(corpus)
    name = str(system)
    if format is None and opened.storage.in_shards:
        from warclaims.agreement.sharded import counted_in_shards

        opened.require_set(against)
        predicted = _set_of_system(opened, name)
        counted = counted_in_shards(opened, predicted, against, engine=engine, processes=processes)
        return scored_texts(counted, system=name, against=against, rounds=rounds)
    given: ComparedSets | PredictedFile
    unstated: set[str] = set()
    if format is None:
        given = ComparedSets(opened, against, _set_of_system(opened, name))
    else:
        given = _predicted_file(opened, name, against, format, mapping)
        unstated = given.unstated
    scored = score_texts(
        given.pairs(),
        opened.registries,
        system=name,
        against=against,
        rounds=rounds,
        unstated=unstated,
    )
    return replace(scored, remark="; ".join(filter(None, [given.remark, scored.remark])))


def suggest(
    corpus: Corpus | str | Path | None = None,
    documents: Iterable[str] = (),
    *,
    system: str = "rules",
    made: str | None = None,
) -> Iterator[Bundle]:
    """Let a system annotate ``documents`` of a corpus, or all of them; nothing is written.

    ``system`` is the name of one, or ``package.module:callable``; ``docs/systems.md`` says how to
    write one. The annotations name it in ``system``, with its version and ``made``, the time
    (ISO 8601; default: now). They are given one document at a time, as far as they are possible:
    records that do not match the schema are left out.

    >>> import warclaims
    >>> (bundle,) = warclaims.suggest(documents=["000"])
    >>> bundle.annotations.system.name, bundle.annotations.actors[0].entity
    ('rules', 'azerbaijan')

    Raises:
        WarclaimsError: unknown document or system, or the system does not give one result per text.
    """
    from warclaims.systems import TextToAnnotate, load_system, suggestions

    opened = _opened(corpus)
    loaded = load_system(system)
    names = [opened.document(name).id for name in documents] or list(opened.documents)
    texts = (TextToAnnotate(opened.document(name), opened.text(name)) for name in names)
    for one in suggestions(loaded, texts, opened.registries, made):
        yield one.bundle


def known_ids(corpus: Corpus | str | Path | None = None) -> KnownIds:
    """What bundles are checked with: registries, lists, JSON Schema and rule settings of a corpus.

    Without ``corpus`` they are those of the shipped corpus. Read them once and give them to
    :func:`check_table` and :func:`claims_table`, also in other processes and on other machines.

    >>> import pickle, warclaims
    >>> known = pickle.loads(pickle.dumps(warclaims.known_ids()))
    >>> known.registries["actors"]["azerbaijan-mod"].label
    'Azerbaijani Defense Ministry'

    Raises:
        InvalidFile: a registry or a list is not valid.
        WarclaimsError: not a corpus directory.
    """
    from warclaims.errors import InvalidFile
    from warclaims.validation.bundles.run import read_known

    known, unreadable = read_known(_opened(corpus))
    if unreadable:
        raise InvalidFile(unreadable)
    return known


def _set_of_system(opened: Corpus, name: str) -> str:
    """The set with the predictions of a system, or a pass."""
    from warclaims.errors import WarclaimsError, unknown

    predicted, sets = opened.layout.predicted_sets(), opened.storage.set_names()
    if PREDICTIONS + name in predicted:
        return PREDICTIONS + name
    if name not in (*predicted, *sets):
        known = [*(one.removeprefix(PREDICTIONS) for one in predicted), *sets]
        suggest = opened.layout.command("suggest --with SYSTEM")
        raise WarclaimsError(
            f"{unknown('system or pass', name, known)}. To make the predictions of a system: "
            f"{suggest}. For predictions in a file, name its format with --format"
        )
    return name


def _predicted_file(
    opened: Corpus, path: str, against: str, format: str, mapping: str | Path | None
) -> PredictedFile:
    from pathlib import Path

    from warclaims.errors import unknown
    from warclaims.formats import FORMATS
    from warclaims.formats.mapping import read_mapping
    from warclaims.formats.predictions import PredictedFile

    opened.require_set(against)
    if format not in FORMATS or not FORMATS[format].importer:
        raise unknown("format", format, (one.name for one in FORMATS.values() if one.importer))
    rules = read_mapping(Path(mapping)) if mapping else None
    return PredictedFile(FORMATS[format], Path(path), opened, against, rules)


def _sound_bundles(opened: Corpus, set_name: str) -> Iterable[Bundle]:
    from warclaims.build.manifest import current_claims
    from warclaims.corpus.set_bundles import SetBundles

    if current_claims(opened, set_name) is not None:  # then the build has checked them
        return SetBundles(opened, set_name)
    from warclaims.validation.sound import SoundBundles

    return SoundBundles(opened, set_name)


def _all_claims(opened: Corpus, set_name: str) -> list[Claim]:
    from warclaims.build.manifest import current_claims

    found = current_claims(opened, set_name)
    if found is None:  # only then are the rules needed, which take longer to import than to apply
        from warclaims.validation.sound import sound_claims

        found = sound_claims(opened, set_name)
    return found


def _opened(corpus: Corpus | str | Path | None) -> Corpus:
    return corpus if isinstance(corpus, Corpus) else open_corpus(corpus)
