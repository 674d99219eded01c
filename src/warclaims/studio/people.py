"""Who annotates on a server, and as whom their work stands in the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.studio.connection import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.studio.connection import Connection


def users_by_id(connection: Connection, named: Iterable[str]) -> dict[int, str]:
    """Annotator ids by the server's user ids, from ``EMAIL=ID`` each.

    Raises:
        WarclaimsError: one is not of this form, or there is no such user.
    """
    with in_words(connection.url):
        users = {str(user.email).lower(): int(user.id) for user in connection.client.users.list()}
    found: dict[int, str] = {}
    for words in named:
        email, sign, annotator = words.partition("=")
        if not (email and sign and annotator):
            raise WarclaimsError(f"--annotator takes EMAIL=ID, not {words!r}")
        if email.lower() not in users:
            raise WarclaimsError(
                f"the server has no user {email!r}; it has: {', '.join(sorted(users)) or 'none'}"
            )
        if annotator in found.values():
            raise WarclaimsError(
                f"the work of two users would go to {annotator!r}, one over the other; give each "
                "an annotator of the own"
            )
        found[users[email.lower()]] = annotator
    return found
