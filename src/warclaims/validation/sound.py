"""Annotations without errors, and the claims in them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from warclaims.corpus.set_bundles import SetBundles
from warclaims.derive import claims
from warclaims.errors import WarclaimsError
from warclaims.validation.run import check_annotations
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warclaims.corpus import Corpus
    from warclaims.findings import Finding
    from warclaims.records import Bundle, Claim


def sound_claims(corpus: Corpus, set_name: str) -> list[Claim]:
    """The claims of a set, computed from annotations without errors.

    Raises:
        WarclaimsError: unknown set, or annotations with errors.
    """
    return claims(sound_bundles(corpus, set_name), corpus.registries)


def sound_bundles(corpus: Corpus, set_name: str, documents: Iterable[str] = ()) -> Iterator[Bundle]:
    """``documents``, or all of a set, with annotations without errors, one at a time.

    Raises:
        WarclaimsError: unknown set or document, or annotations with errors.
    """
    for bundle in corpus.chosen_bundles(set_name, documents):
        require_sound(corpus, bundle, set_name)
        yield bundle


@dataclass(frozen=True)
class SoundBundles(SetBundles):
    """The bundles of a set; each is checked the first time that it is read.

    Raises:
        WarclaimsError: unknown set, or annotations with errors.
    """

    _checked: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[Bundle]:
        self.corpus.require_set(self.set_name)
        for bundle in super().__iter__():
            if bundle.document.id not in self._checked:
                require_sound(self.corpus, bundle, self.set_name)
                self._checked.add(bundle.document.id)
            yield bundle


def require_sound(corpus: Corpus, bundle: Bundle, set_name: str) -> None:
    """Raise if the annotations of ``bundle`` have errors: what is derived from them would mislead.

    Raises:
        WarclaimsError: there are errors; the message gives the first.
    """
    if errors := errors_of(corpus, bundle, set_name):
        path = corpus.layout.annotation_file(set_name, bundle.document.id)
        only = "" if corpus.storage.in_shards else f" {shlex.quote(str(path))}"
        raise WarclaimsError(
            f"{errors[0].file} has {plural(len(errors), 'error')}; the first: {errors[0]}\n"
            f"See them all with: {corpus.layout.command(f'validate{only}')}"
        )


def errors_of(corpus: Corpus, bundle: Bundle, set_name: str) -> list[Finding]:
    """The errors in the annotations of ``bundle``, with their file in the set."""
    path = corpus.layout.annotation_file(set_name, bundle.document.id)
    found = check_annotations(
        bundle.annotations,
        bundle.document,
        bundle.text,
        corpus.registries,
        corpus.layout.relative(path),
    )
    return [
        replace(finding, file=corpus.storage.place(bundle.document.id, set_name))
        for finding in found
        if not finding.is_warning
    ]
