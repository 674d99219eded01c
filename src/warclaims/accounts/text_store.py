"""Texts that are to be compared, on disk until all that bears on their events is there."""

from __future__ import annotations

import pickle
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.accusations import accusations
from warclaims.accounts.facts import GuiltDenial, guilt_denials
from warclaims.accounts.sources import TextSample, Voices, narrators, text_sample, voices_of
from warclaims.accounts.text_readings import ComparedText
from warclaims.files.database import run_database
from warclaims.grouping import connected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from warclaims.accounts.kinds import Kinds
    from warclaims.accounts.scene import ComparisonRules
    from warclaims.accounts.wholes import EventKey
    from warclaims.derive.events import EventTree
    from warclaims.records import Bundle
    from warclaims.records.accounts import BlameStatement

NO_EVENT = ""

CACHE = 32 * 2**10
"""KiB of the database in memory; the rest is in a temporary file."""


class StoredText(NamedTuple):
    """What comparing needs of a text, made without any other text.

    Attributes:
        sample: What tells whose voice it is in.
        keys: The events of its counts; see :class:`.ComparedText`.
        recorded: Those of its accounts as recorded.
        unlinked: The ids of its counts without an event.
        said: Who blames whom in it.
        denials: The denials of guilt in it.
        accounts: Its accounts, pickled.
    """

    sample: TextSample
    keys: frozenset[EventKey]
    recorded: frozenset[EventKey]
    unlinked: tuple[str, ...]
    said: tuple[BlameStatement, ...]
    denials: tuple[GuiltDenial, ...]
    accounts: bytes


def stored_text(bundle: Bundle, rules: ComparisonRules) -> StoredText:
    """What comparing needs of a text; the narrator is known once all texts are read."""
    document = bundle.document
    text = ComparedText(bundle, rules)
    pickled = BytesIO()
    _Pickler(pickled, _shared(rules.kinds, text.voices)).dump(text)
    return StoredText(
        text_sample(document, bundle.text),
        frozenset(text.keys),
        frozenset(one.events for one in text.recorded.accounts if one.events),
        tuple(one.id for one in text.facts if not one.events),
        tuple(accusations(bundle, rules.known, rules.events)),
        tuple(guilt_denials(document.id, bundle.annotations)),
        pickled.getvalue(),
    )


class EventGroup(NamedTuple):
    """What texts say of some events; counts of other events do not bear on these."""

    events: frozenset[str]
    texts: list[ComparedText]
    said: list[BlameStatement]


class TextStore:
    """Texts in a temporary database that the system removes, until they are compared.

    In memory are at most :data:`CACHE` KiB of it, and some hundred bytes per text and per event.

    Attributes:
        rules: What comparing needs of the registries, with the denials of guilt in all texts.
        recorded: The events of accounts as recorded.
        unlinked: The ids of counts without an event.
    """

    def __init__(self, rules: ComparisonRules, texts: Iterable[StoredText] = ()) -> None:
        self.rules = rules
        self.recorded: set[EventKey] = set()
        self.unlinked: list[str] = []
        self._keys: set[EventKey] = set()
        self._samples: list[TextSample] = []
        self._base = run_database(
            "CREATE TABLE texts (number INTEGER PRIMARY KEY, document TEXT, accounts BLOB)",
            "CREATE TABLE counted (event TEXT, text INT)",
            "CREATE TABLE said (event TEXT, document TEXT, text INT, place INT, statement BLOB)",
            kibibytes=CACHE,
        )
        self.close = self._base.close
        for text in texts:
            self.add(text)

    def add(self, text: StoredText) -> None:
        """Add a text."""
        self._samples.append(text.sample)
        self._keys |= text.keys
        self.recorded |= text.recorded
        self.unlinked += text.unlinked
        self.rules.add_denials(text.denials)
        number = len(self._samples)
        row = (number, text.sample.document, text.accounts)
        self._base.execute("INSERT INTO texts VALUES (?, ?, ?)", row)
        events = sorted({name for key in text.keys for name in key})
        self._base.executemany(
            "INSERT INTO counted VALUES (?, ?)", ((name, number) for name in events)
        )
        self._base.executemany(
            "INSERT INTO said VALUES (?, ?, ?, ?, ?)",
            (
                (name, text.sample.document, number, place, pickle.dumps(one))
                for place, one in enumerate(text.said)
                for name in dict.fromkeys(one.events) or (NO_EVENT,)
            ),
        )

    def groups(self, event: str | None = None) -> Iterator[EventGroup]:
        """The texts by the events whose counts bear on each other, one group at a time.

        With ``event``, only groups with it or its parts.
        """
        voices = {name: voices_of(key) for name, key in narrators(self._samples).items()}
        found = _bearing_on_each_other(self._keys, self.rules.events)
        counted = frozenset().union(*found)
        said = (name for (name,) in self._base.execute("SELECT DISTINCT event FROM said"))
        found += [frozenset([name]) for name in said if name != NO_EVENT and name not in counted]
        for index in ("counts_of ON counted (event)", "said_of ON said (event)"):
            self._base.execute(f"CREATE INDEX IF NOT EXISTS {index}")
        for events in sorted(found, key=min):
            if self.is_within(events, event):
                texts = [text.about(events) for text in self._texts(events, voices)]
                yield EventGroup(events, texts, self._said(events, event))

    def statements(self, event: str | None = None) -> Iterator[BlameStatement]:
        """Who blames whom, by text; with ``event``, for it or its parts."""
        rows = self._base.execute(
            "SELECT statement FROM said GROUP BY text, place ORDER BY document, text, place"
        )
        found = (pickle.loads(data) for (data,) in rows)
        return (one for one in found if self.is_within(one.events, event))

    def is_within(self, names: Iterable[str], event: str | None) -> bool:
        """True if one of some events is ``event`` or a part of it, or if that is ``None``."""
        tree = self.rules.events
        return event is None or any(name == event or event in tree.above(name) for name in names)

    def _texts(self, events: Iterable[str], voices: Mapping[str, Voices]) -> list[ComparedText]:
        """The texts that count people of some events, in order of id."""
        query = "SELECT text FROM counted WHERE event = ?"
        numbers = {row for name in events for row in self._base.execute(query, (name,))}
        query = "SELECT document, accounts FROM texts WHERE number = ?"
        rows = sorted(self._base.execute(query, number).fetchone() for number in numbers)
        return [
            _Unpickler(BytesIO(accounts), _shared(self.rules.kinds, voices[document])).load()
            for document, accounts in rows
        ]

    def _said(self, events: Iterable[str], event: str | None) -> list[BlameStatement]:
        """Who blames whom for some events, by text."""
        query = "SELECT document, text, place, statement FROM said WHERE event = ?"
        rows = {row for name in events for row in self._base.execute(query, (name,))}
        found = (pickle.loads(data) for *_, data in sorted(rows))
        return [one for one in found if self.is_within(one.events, event)]


def _bearing_on_each_other(keys: Set[EventKey], tree: EventTree) -> list[frozenset[str]]:
    """The events of counts in groups: those counted together, and those that are part of another.

    An event without counts connects nothing: its parts can be compared one by one.
    """
    counted = {name for key in keys for name in key}
    pairs = [(key[0], name) for key in keys for name in key[1:]]
    pairs += ((name, whole) for name in counted for whole in tree.ancestors(name)[1:])
    found = connected(counted, pairs)
    return [frozenset(of) for of in {id(of): of for of in found.values()}.values()]


def _shared(kinds: Kinds, voices: Voices) -> dict[str, object]:
    """What is not pickled with the accounts of a text, by name."""
    return {"kinds": kinds, "narrator": voices.narrator, "unnamed": voices.unnamed}


class _Pickler(pickle.Pickler):
    """Pickles names in place of what is shared."""

    def __init__(self, file: BytesIO, shared: Mapping[str, object]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._names = {id(value): name for name, value in shared.items()}

    def persistent_id(self, value: object) -> str | None:
        return self._names.get(id(value))


class _Unpickler(pickle.Unpickler):
    """Puts what is shared in place of its names."""

    def __init__(self, file: BytesIO, shared: Mapping[str, object]) -> None:
        super().__init__(file)
        self._shared = shared

    def persistent_load(self, name: str) -> object:
        return self._shared[name]
