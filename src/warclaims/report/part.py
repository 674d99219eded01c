"""What every kind of page is made from, and how it takes part in writing a report."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from warclaims.derive.events import EventTree
from warclaims.report.colours import side_tones

if TYPE_CHECKING:
    from warclaims.corpus import Corpus, Registries
    from warclaims.records import Bundle, Claim
    from warclaims.report.colours import Tone
    from warclaims.report.site import Site
    from warclaims.report.spool import Spool


@dataclass(frozen=True)
class Context:
    """A corpus, the annotation set that is shown, and what all pages share."""

    corpus: Corpus
    set_name: str
    spool: Spool

    @cached_property
    def registries(self) -> Registries:
        """The registries of the corpus."""
        return self.corpus.registries

    @cached_property
    def tree(self) -> EventTree:
        """The events by what they are part of."""
        return EventTree(self.registries.events)

    @cached_property
    def tones(self) -> dict[str, Tone]:
        """The tones of the sides."""
        return side_tones(self.registries.sides)


class Part(Protocol):
    """A kind of page. It sees the texts one at a time and may keep only little of each."""

    def add(self, bundle: Bundle, claims: list[Claim], site: Site) -> None:
        """Take what it needs from a text; a page of the text itself is written at once.

        The claims are those of the text, without relations.
        """

    def write(self, site: Site) -> None:
        """Write what is left, once all texts were seen."""
