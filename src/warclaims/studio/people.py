"""The users of a server, and the annotation set that the work of each goes to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from warclaims.errors import WarclaimsError
from warclaims.studio.answers import UserAnswer
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.corpus import Corpus
    from warclaims.studio.connection import Connection


@dataclass
class People:
    """The users of a server, and where the work of each goes.

    ``passes`` gives the annotation set of each user whose work is asked for; if there are none,
    all work goes back to the set it came from. The work of ``ignored`` users is left where it is.
    ``left`` counts the annotations of users who are in neither, once tasks were looked at.
    """

    emails: dict[int, str]
    passes: dict[int, str] = field(default_factory=dict)
    ignored: frozenset[int] = frozenset()
    left: Counter[int | None] = field(default_factory=Counter)

    def email(self, user: int | None) -> str:
        """What a user is known by."""
        known = self.emails.get(user) if user is not None else None
        return known or ("a user who is gone" if user is None else f"user {user}")

    def author(self, annotation: dict[str, Any]) -> int | None:
        """Whose work an annotation is: the one who made it.

        One that we sent was made by who sent it; if it was a user asked for who saved it last, it
        is that user's work.
        """
        maker, last = (_user(annotation.get(key)) for key in ("completed_by", "updated_by"))
        return last if maker not in self.passes and last in self.passes else maker

    def wanted(self, annotations: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """The annotations without the work of those who are ignored."""
        return [a for a in annotations if self.author(a) not in self.ignored]

    def several(self, annotations: Iterable[dict[str, Any]]) -> str | None:
        """What to say if the work on a task is of several users, and nobody says whose counts."""
        done = [a for a in self.wanted(annotations) if not a.get("was_cancelled")]
        users = list(dict.fromkeys(self.author(a) for a in done))
        if self.passes or len(users) < 2:
            return None
        emails = [self.email(user) for user in users]
        options = " ".join(f"--annotator {email}=ID" for email in emails)
        return (
            f"has annotations of {len(users)} users, {' and '.join(emails)}; bring each one's into "
            f"a pass of the own: {options} (--ignore EMAIL leaves one's where it is)"
        )

    def left_in_words(self) -> str:
        """Whose work was not taken, for people; empty if all was."""
        counts = ", ".join(
            f"{number} of {self.email(user)}" for user, number in self.left.items() if number
        )
        if not counts:
            return ""
        number = self.left.total()
        return (
            f"{plural(number, 'annotation')} not brought back: {counts}; name the "
            "annotator with --annotator EMAIL=ID, or leave them there with --ignore EMAIL"
        )


def people(
    connection: Connection,
    corpus: Corpus,
    named: Iterable[str] = (),
    ignored: Iterable[str] = (),
) -> People:
    """The users of a server, with where their work goes by ``EMAIL=ID`` and ``EMAIL``.

    Raises:
        WarclaimsError: one is not of this form, there is no such user, the corpus has no such
            annotator, or two would share one.
    """
    emails = {user.id: user.email for user in connection.ask("api/users/", list[UserAnswer])}
    ids = {email.lower(): user for user, email in emails.items()}

    def user(email: str) -> int:
        if email.lower() not in ids:
            listed = ", ".join(sorted(ids)) or "none"
            raise WarclaimsError(f"the server has no user {email!r}; it has: {listed}")
        return ids[email.lower()]

    passes: dict[int, str] = {}
    for words in named:
        email, sign, annotator = words.partition("=")
        if not (email and sign and annotator):
            raise WarclaimsError(f"--annotator takes EMAIL=ID, not {words!r}")
        if annotator in passes.values():
            raise WarclaimsError(
                f"the work of two users would go to {annotator!r}, one over the other; give each "
                "an annotator of the own"
            )
        found = user(email)
        if found in passes:
            raise WarclaimsError(f"{email} is named twice, as {passes[found]} and {annotator}")
        require_annotator(corpus, annotator)
        passes[found] = annotator
    left = frozenset(user(email) for email in ignored)
    if both := left & passes.keys():
        raise WarclaimsError(f"{emails[min(both)]} is named by --annotator and by --ignore")
    return People(emails, passes, left)


def require_annotator(corpus: Corpus, name: str) -> None:
    """Make sure that the corpus knows an annotator, or has a set of that name.

    Raises:
        WarclaimsError: it does not; the message says how to enter one.
    """
    known = corpus.registries.annotators
    if name not in known and name not in corpus.layout.set_names():
        file = corpus.layout.relative(corpus.layout.registry("annotators"))
        raise WarclaimsError(
            f"there is no annotator {name!r} in {file}; there are: {', '.join(known) or 'none'}. "
            f"Enter one with: {corpus.layout.command(f'register annotator {name}')}"
        )


def _user(value: Any) -> int | None:
    """The id of a user as a listing or an export gives it."""
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, list):  # of those who saved it, the last
        return _user(value[-1]) if value else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
