"""The users of a server, and the annotation set to which the work of each belongs."""

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
    """The users of a server, and the annotation set to which the work of each belongs.

    Attributes:
        emails: The email address of each user.
        passes: The annotation set of each named annotator. If it is empty, all work is pulled into
            the set from which its task was sent.
        ignored: Users whose work stays on the server.
        left: How many annotations of other users were not pulled, counted while pulling.
    """

    emails: dict[int, str]
    passes: dict[int, str] = field(default_factory=dict)
    ignored: frozenset[int] = frozenset()
    left: Counter[int | None] = field(default_factory=Counter)

    def email(self, user: int | None) -> str:
        """The email address of a user, or a description."""
        known = self.emails.get(user) if user is not None else None
        return known or ("a deleted user" if user is None else f"user {user}")

    def author(self, annotation: dict[str, Any]) -> int | None:
        """The user whose work an annotation is.

        That is the user who created it. An annotation that was pushed was created by the user who
        pushed it; if a named annotator saved it last, it is the annotator's work.
        """
        maker, last = (_user(annotation.get(key)) for key in ("completed_by", "updated_by"))
        return last if maker not in self.passes and last in self.passes else maker

    def wanted(self, annotations: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """The annotations without those of ignored users."""
        return [a for a in annotations if self.author(a) not in self.ignored]

    def several(self, annotations: Iterable[dict[str, Any]]) -> str | None:
        """The error if several users annotated a task and no annotators are named."""
        done = [a for a in self.wanted(annotations) if not a.get("was_cancelled")]
        users = list(dict.fromkeys(self.author(a) for a in done))
        if self.passes or len(users) < 2:
            return None
        emails = [self.email(user) for user in users]
        options = " ".join(f"--annotator {email}=ID" for email in emails)
        return (
            f"has annotations of {len(users)} users, {' and '.join(emails)}; pull the work "
            f"of each into a pass of their own: {options} (--ignore EMAIL leaves it on the server)"
        )

    def left_in_words(self) -> str:
        """A message about annotations that were not pulled; empty if all were."""
        counts = ", ".join(
            f"{number} of {self.email(user)}" for user, number in self.left.items() if number
        )
        if not counts:
            return ""
        number = self.left.total()
        return (
            f"{plural(number, 'annotation')} not pulled: {counts}. Name the "
            "annotator with --annotator EMAIL=ID, or leave them there with --ignore EMAIL"
        )


def people(
    connection: Connection,
    corpus: Corpus,
    named: Iterable[str] = (),
    ignored: Iterable[str] = (),
) -> People:
    """The users of a server, with ``named`` annotators (``EMAIL=ID``) and ``ignored`` users.

    Raises:
        WarclaimsError: a value has another form, the user or annotator is unknown, or two users
            would share an annotator.
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
                f"the work of two users would go to {annotator!r}. Give each their own annotator"
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
    """Require that an annotator is registered, or that the corpus has a set of that name.

    Raises:
        WarclaimsError: neither; the message says how to register an annotator.
    """
    known = corpus.registries.annotators
    if name not in known and name not in corpus.layout.set_names():
        file = corpus.layout.relative(corpus.layout.registry("annotators"))
        raise WarclaimsError(
            f"unknown annotator {name!r}; {file} has: {', '.join(known) or 'none'}. "
            f"Register one with: {corpus.layout.command(f'register annotator {name}')}"
        )


def _user(value: Any) -> int | None:
    """The id of a user in a listing or an export."""
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, list):  # the user who saved it last comes last
        return _user(value[-1]) if value else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
