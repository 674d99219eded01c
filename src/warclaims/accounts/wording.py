"""Numbers of people, causes and sources in words: ``4 soldiers``, ``improvised bomb``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.records.accounts import Voice
from warclaims.records.vocabulary import Cause
from warclaims.wording import dated_text, plain, text_name

if TYPE_CHECKING:
    from warclaims.records.accounts import Account

_PEOPLE = {
    "military": ("soldier", "soldiers"),
    "police": ("police officer", "police"),
    "child": ("child", "children"),
    "elderly": ("elderly person", "elderly people"),
    "female": ("woman or girl", "women and girls"),
    "male": ("man or boy", "men and boys"),
    "adult_female": ("woman", "women"),
    "adult_male": ("man", "men"),
    "child_female": ("girl", "girls"),
    "child_male": ("boy", "boys"),
    "elderly_female": ("elderly woman", "elderly women"),
    "elderly_male": ("elderly man", "elderly men"),
}
"""One person and several, for kinds whose names do not give the words."""


def people(number: str, *kinds: str) -> str:
    """A number with the words for one kind of people, or for those that are of several kinds.

    >>> people("4", "military"), people("at least 1", "aid_worker")
    ('4 soldiers', 'at least 1 aid worker')
    >>> people("2", "medic", "adult_female")
    '2 medics (women)'
    """
    is_one = number.rpartition(" ")[2] == "1"
    first, *others = [_named(kind, is_one=is_one) for kind in kinds] or [""]
    more = f" ({', '.join(others)})" if others else ""
    return f"{number} {first}{more}".rstrip()


def cause_words(cause: str) -> str:
    """What harmed people, in words.

    >>> cause_words("ied"), cause_words("air_strike")
    ('improvised bomb', 'air strike')
    """
    return "improvised bomb" if cause == Cause.IED else plain(cause)


def said_by(account: Account) -> str:
    """The source of an account with its text: ``the mayor (Daily News, 2023-09-19)``."""
    if is_own_voice(account):
        return f"{dated_text(account)}, {teller(account)}"
    return f"{teller(account)} ({dated_text(account)})"


def is_own_voice(account: Account) -> bool:
    """True if a text says it itself, on nobody else's word."""
    return account.voice is Voice.OWN


def teller(account: Account) -> str:
    """Who says it in the text of an account: ``the mayor``, ``in its own voice``."""
    if is_own_voice(account):
        return "in its headline" if account.in_headline else "in its own voice"
    return "nobody named" if account.voice is Voice.UNNAMED else account.source_text


def source_name(account: Account) -> str:
    """Who gives an account, without its text if that is named: ``the mayor``."""
    is_unnamed = account.voice is Voice.UNNAMED
    name = f"an unnamed source in {text_name(account)}" if is_unnamed else account.source_text
    return f"the headline of {name}" if account.in_headline else name


def _named(kind: str, *, is_one: bool) -> str:
    if kind in _PEOPLE:
        return _PEOPLE[kind][not is_one]
    words = plain(kind)
    return words if is_one or words.endswith("s") else f"{words}s"
