"""Kinds of victims, which of them include or exclude each other, and the limits of a count."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from warclaims.accounts.wording import people
from warclaims.records.accounts import Respect
from warclaims.records.vocabulary import VictimAge, VictimSex, VictimStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from warclaims.records import Casualty, Lists, Side, VictimGroup

WHO, AGE_SEX, SIDE = "who", "age_sex", "side"
FIELDS = (WHO, AGE_SEX, SIDE)

_UNSPECIFIED = VictimAge.UNSPECIFIED.value


class Kind(NamedTuple):
    """A kind of victims: a status, an age and sex, or a side."""

    field: str
    value: str
    sex: str = ""

    @property
    def name(self) -> str:
        """The kind as files have it: ``civilian``, ``adult_female``."""
        return "_".join(word for word in (self.value, self.sex) if word)

    @property
    def respect(self) -> Respect:
        """In what accounts are compared that count the kind."""
        return Respect[self.field.upper()]


CIVILIAN = Kind(WHO, VictimStatus.CIVILIAN.value)
CHILD = Kind(AGE_SEX, VictimAge.CHILD.value)
_EVERYBODY = (
    {Kind(AGE_SEX, VictimAge.CHILD.value), Kind(AGE_SEX, VictimAge.ADULT.value)},
    {Kind(AGE_SEX, "", VictimSex.FEMALE.value), Kind(AGE_SEX, "", VictimSex.MALE.value)},
)


class Fit(Enum):
    """How the people of one description fit a kind."""

    INSIDE = "all of them are of the kind"
    OUTSIDE = "none of them is"
    PARTLY = "some may be"


class Limits(NamedTuple):
    """The kinds to which a count is limited, by field; empty is no limit, several are a mix."""

    who: tuple[Kind, ...] = ()
    age_sex: tuple[Kind, ...] = ()
    side: tuple[Kind, ...] = ()

    def of(self, field: str) -> tuple[Kind, ...]:
        """The kinds of one field."""
        return self.who if field == WHO else self.age_sex if field == AGE_SEX else self.side

    @property
    def people(self) -> tuple[Kind, ...]:
        """Who the people are, whatever their side."""
        return (*self.who, *self.age_sex)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of all fields."""
        return (*self.people, *self.side)

    @property
    def is_limited(self) -> bool:
        """True if the count is limited to one kind of people, whatever their side."""
        return len(self.who) == 1 or len(self.age_sex) == 1

    def only(self, field: str) -> tuple[Kind, ...]:
        """The kinds of one field if nothing else limits the count but a side."""
        if field == WHO:
            return () if self.age_sex else self.who
        if field == AGE_SEX:
            return () if self.who else self.age_sex
        return () if self.who or self.age_sex else self.side

    def or_else(self, other: Limits) -> Limits:
        """The limits, and in fields without one those of another record of the same people."""
        return Limits(*(mine or theirs for mine, theirs in zip(self, other, strict=True)))

    def within(self, whole: Limits) -> Limits:
        """The limits of a part: its own, else those of its whole."""
        return self.or_else(whole)._replace(age_sex=_narrower(self.age_sex, whole.age_sex))

    def beyond(self, whole: Limits) -> Limits:
        """What the limits of a part add to those of its whole."""
        pairs = zip(self, whole, strict=True)
        return Limits(*(() if mine == theirs else mine for mine, theirs in pairs))


def _narrower(part: tuple[Kind, ...], whole: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """Age and sex of a part: women of a count of adults are adult and female."""
    if len(part) != 1 or len(whole) != 1:
        return part or whole
    return (Kind(AGE_SEX, part[0].value or whole[0].value, part[0].sex or whole[0].sex),)


class Kinds:
    """How kinds include and exclude each other, by the lists of a corpus."""

    def __init__(self, lists: Lists, sides: Mapping[str, Side] | None = None) -> None:
        self._lists = lists
        self._sides = sides or {}
        self._fits: dict[tuple[Kind, Kind], Fit] = {}
        self._all: dict[tuple[tuple[Kind, ...], Kind], Fit] = {}
        self._limits: dict[tuple[object, ...], Limits] = {}

    def words(self, number: str, kind: Kind) -> str:
        """A number of people of a kind, in words."""
        if kind.field != SIDE:
            return people(number, kind.name)
        side = self._sides.get(kind.value)
        return f"{number} of {side.label if side else kind.value}"

    def fit(self, one: Kind, kind: Kind) -> Fit:
        """How people of ``one`` fit ``kind``. Different fields exclude nothing.

        >>> from warclaims.records import Lists
        >>> kinds = Kinds(Lists())
        >>> kinds.fit(Kind("who", "medic"), CIVILIAN).name, kinds.fit(CHILD, CIVILIAN).name
        ('INSIDE', 'PARTLY')
        """
        found = self._fits.get((one, kind))
        if found is None:
            found = self._fits[one, kind] = self._fit(one, kind)
        return found

    def _fit(self, one: Kind, kind: Kind) -> Fit:
        if one == kind:
            return Fit.INSIDE
        if one.field != kind.field or VictimStatus.PRISONER in (one.value, kind.value):
            return Fit.PARTLY
        if one.field == WHO:
            return self._words("status", one.value, kind.value)
        if one.field == SIDE:
            return Fit.OUTSIDE
        parts = (
            self._words("age", one.value, kind.value),
            self._words("sex", one.sex, kind.sex),
        )
        if Fit.OUTSIDE in parts:
            return Fit.OUTSIDE
        return Fit.INSIDE if parts == (Fit.INSIDE, Fit.INSIDE) else Fit.PARTLY

    def _words(self, name: str, one: str, other: str) -> Fit:
        if not other or (one and self._lists.is_kind(name, one, other)):
            return Fit.INSIDE
        if not one or self._lists.is_kind(name, other, one):
            return Fit.PARTLY
        return Fit.OUTSIDE

    def fits(self, described: tuple[Kind, ...], kind: Kind) -> Fit:
        """How people of a list of kinds, each at least once, fit ``kind``."""
        if not described:
            return Fit.PARTLY
        if len(described) == 1:
            return self.fit(described[0], kind)
        key = (described, kind)
        found = self._all.get(key)
        if found is None:
            each = {self.fit(one, kind) for one in described}
            found = self._all[key] = each.pop() if len(each) == 1 else Fit.PARTLY
        return found

    def disjoint(self, one: Limits, other: Limits) -> bool:
        """True if no person can be in both counts."""
        return any(
            one.of(field)
            and other.of(field)
            and all(
                self.fit(mine, theirs) is Fit.OUTSIDE
                for mine in one.of(field)
                for theirs in other.of(field)
            )
            for field in FIELDS
        )

    def limits(self, record: Casualty) -> Limits:
        """The limits that a record states."""
        key = (record.status, record.age, record.sex, record.side, record.groups)
        found = self._limits.get(key)
        if found is None:
            found = self._limits[key] = self._limits_of(record)
        return found

    def _limits_of(self, record: Casualty) -> Limits:
        who = _statuses(record.status)
        age_sex = _age_sex(record.age, record.sex)
        if record.groups:
            who = who or _all_groups(_statuses(group.status) for group in record.groups)
            age_sex = _all_groups(_group_age_sex(group, record) for group in record.groups)
        side = (Kind(SIDE, record.side),) if record.side else ()
        if who == (CIVILIAN,) and age_sex and all(self.is_child(one) for one in age_sex):
            who = ()  # every child counts as a civilian, so that this limits nothing more
        return Limits(who, age_sex, side)

    def compared(self, limits: Limits) -> Limits:
        """The limits that a comparison uses: a child counts as a civilian if nothing else is said.

        Nothing else is said if the record has no value of who they are.
        """
        if not limits.who and limits.age_sex and all(map(self.is_child, limits.age_sex)):
            return limits._replace(who=(CIVILIAN,))
        return limits

    def is_child(self, kind: Kind) -> bool:
        """True for children of either sex."""
        return self.fit(kind, CHILD) is Fit.INSIDE

    def everybody(self, kinds: Iterable[Kind]) -> bool:
        """True if everybody is of one of these kinds: children and adults."""
        found = set(kinds)
        return any(whole <= found for whole in _EVERYBODY)


def _statuses(values: tuple[str, ...]) -> tuple[Kind, ...]:
    """The kinds of a list of statuses. *Prisoner* excludes nothing and is no kind beside others."""
    plain = [value for value in dict.fromkeys(values) if value != VictimStatus.PRISONER]
    return tuple(Kind(WHO, value) for value in plain or dict.fromkeys(values))


def _age_sex(age: str, sex: str) -> tuple[Kind, ...]:
    kind = Kind(AGE_SEX, *("" if word == _UNSPECIFIED else word for word in (age, sex)))
    return (kind,) if kind.value or kind.sex else ()


def _group_age_sex(group: VictimGroup, record: Casualty) -> tuple[Kind, ...]:
    age = group.age if group.age != _UNSPECIFIED else record.age
    return _age_sex(age, group.sex if group.sex != _UNSPECIFIED else record.sex)


def _all_groups(found: Iterable[tuple[Kind, ...]]) -> tuple[Kind, ...]:
    """The kinds of all groups; none if a group has none."""
    groups = list(found)
    return tuple(dict.fromkeys(k for group in groups for k in group)) if all(groups) else ()
