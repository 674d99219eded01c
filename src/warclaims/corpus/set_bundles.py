"""The documents of an annotation set, to be read as often as needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warclaims.layout import GOLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.corpus.corpus import Corpus
    from warclaims.records import Bundle


@dataclass(frozen=True)
class SetBundles:
    """The bundles of a set, read one at a time whenever they are iterated; none is held."""

    corpus: Corpus
    set_name: str = GOLD

    def __iter__(self) -> Iterator[Bundle]:
        return self.corpus.bundles(self.set_name)
