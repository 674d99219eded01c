"""Derive what follows from each bundle of a sharded set, on any engine, in bounded memory."""

from __future__ import annotations

import pickle
from collections.abc import Sequence  # noqa: TC003 - msgspec reads the annotations
from contextlib import closing
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import msgspec

from warclaims.accounts.scene import ComparisonRules
from warclaims.accounts.text_store import StoredText, stored_text
from warclaims.corpus import Registries
from warclaims.corpus.canonical import to_plain
from warclaims.corpus.reading import parse
from warclaims.corpus.shards.reading import ExpansionLimit, UnreadableBundles, open_stream
from warclaims.corpus.shards.table import read_bundles
from warclaims.derive import document_claims
from warclaims.errors import InvalidFile, WarclaimsError
from warclaims.records import Bundle
from warclaims.validation.bundles.checking import BundleCheck, check_one
from warclaims.validation.bundles.run import read_known, shard_results
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.findings import Finding
    from warclaims.validation.bundles.checking import FilePart
    from warclaims.validation.known import KnownIds


Derivation: TypeAlias = "Callable[[Registries], Callable[[Bundle], Sequence[bytes]]]"
"""Gives for registries the function that derives values from one sound bundle. It is pickled."""


class DerivedBundle(NamedTuple):
    """The values that follow from a bundle, or what is wrong with it."""

    values: Sequence[bytes]
    problem: str = ""


def claims_in(registries: Registries) -> Callable[[Bundle], list[bytes]]:
    """Derive the claims, as JSON."""
    return lambda bundle: [
        msgspec.json.encode(to_plain(claim)) for claim in document_claims(bundle, registries)
    ]


def accounts_in(registries: Registries) -> Callable[[Bundle], list[bytes]]:
    """Derive what comparing needs of a text, pickled."""
    rules = ComparisonRules(registries)
    return lambda bundle: [pickle.dumps(stored_text(bundle, rules))]


class DerivationWork:
    """Derives values from the bundles of parts: work for :func:`.engines.run_parts`.

    Attributes:
        basis: What the values follow from besides the part.
    """

    done = "read"

    def __init__(self, derive: Derivation, known: KnownIds, corpus: Corpus) -> None:
        self._derive = derive
        self._known = known
        self._validate = corpus.layout.command("validate")
        self.basis: tuple[object, ...] = (derive.__name__, *BundleCheck(known).basis)

    def results(self, part: FilePart) -> Iterator[DerivedBundle]:
        """What follows from each bundle of ``part``; a problem is the last."""
        entries: Mapping[str, Any] = self._known.registries
        derived = self._derive(Registries(**entries, lists=self._known.lists))
        try:
            with closing(open_stream(part.path, part.name, part.start, part.stop)) as stream:
                for number, data in read_bundles(stream, ExpansionLimit(), part.line):
                    checked = check_one(data, self._known, part.name, number)
                    errors = (
                        [one for one in checked.findings if not one.is_warning] if checked else []
                    )
                    if errors:
                        yield DerivedBundle((), self._problem(errors))
                        return
                    if checked and isinstance(data, bytes):
                        bundle = parse(data, Bundle, part.name, self._known.schema_of_bundles)
                        yield DerivedBundle(derived(bundle))
                stream.require_unchanged(part.identity)
        except UnreadableBundles as error:
            yield DerivedBundle((), self._problem([error.finding(part.name, part.line)]))
        yield DerivedBundle(())

    def _problem(self, errors: Sequence[Finding]) -> str:
        first = errors[0]
        place = first.file if first.line is None else f"{first.file}:{first.line}"
        return (
            f"{place} has {plural(len(errors), 'error')}; the first: {first}\n"
            f"See them all with: {self._validate}"
        )

    @staticmethod
    def encoded(one: DerivedBundle) -> bytes:
        """A result as JSON."""
        return msgspec.json.encode(one)

    @staticmethod
    def decoded(line: bytes) -> DerivedBundle:
        """What :meth:`encoded` made a line of."""
        return msgspec.json.decode(line, type=DerivedBundle)


def derived(
    corpus: Corpus,
    set_name: str,
    derive: Derivation,
    *,
    engine: Literal["local", "ray"] = "local",
    processes: int | None = None,
    resume: Path | None = None,
    progress: Callable[[int], None] = lambda bundles: None,
) -> Iterator[bytes]:
    """The values that follow from the bundles of a set of shards, in their order.

    ``engine``, ``processes`` and ``resume`` are as for :func:`.validate_bundles`; ``progress`` is
    called with the number of bundles read.

    Raises:
        WarclaimsError: a bundle has errors, or a process was killed.
        InvalidFile: a registry or a list is not valid, or a shard is missing.
    """
    known, unreadable = read_known(corpus)
    if unreadable:
        raise InvalidFile(unreadable)
    work = DerivationWork(derive, known, corpus)
    bundles = 0
    shards = corpus.storage.shards.get(set_name, ())
    with shard_results(work, shards, engine=engine, processes=processes, resume=resume) as (
        done,
        kept,
    ):
        for part, results in done:
            for one in results:
                if one.problem:
                    kept.forget(part)
                    raise WarclaimsError(one.problem)
                bundles += bool(one.values)
                progress(bundles)
                yield from one.values


def stored_texts(values: Iterable[bytes]) -> Iterator[StoredText]:
    """What :func:`accounts_in` derived, in a run that kept nothing for another one."""
    return map(pickle.loads, values)
