"""The one user of the local server, and a token for it without a click."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.studio.home import Home, read_state, write_state

if TYPE_CHECKING:
    import httpx

    from warclaims.studio.server import Server

LOGIN = "annotator@localhost.local"
_TOKEN = "token"
_MOST_TOKENS = 10
"""Old tokens that are ended; a user of Label Studio has one."""


@dataclass(frozen=True)
class Account:
    """Login and password."""

    login: str
    password: str = field(repr=False)


def ensure_account(home: Home) -> Account:
    """The account, made at the first call."""
    state = read_state(home.account)
    if state is not None and {"login", "password"} <= set(state):
        return Account(str(state["login"]), str(state["password"]))
    account = Account(LOGIN, secrets.token_urlsafe(12))
    write_state(home.account, asdict(account))
    return account


def token(home: Home, server: Server) -> str:
    """A personal access token of the account on the local server.

    The token that was made before, if the server still accepts it: a user has one only, so a new
    one would end the work of another command. Neither token nor password is sent to a program that
    is not proven to be the server.

    Raises:
        WarclaimsError: the server does not let the account in, or gives no token.
    """
    import httpx

    from warclaims.studio.answers import not_label_studio
    from warclaims.studio.client import ServerClient

    account = ensure_account(home)
    state = read_state(home.account) or {}
    url = server.url
    try:
        with ServerClient(url, server.proven) as client:
            kept = state.get(_TOKEN)
            if isinstance(kept, str) and _is_accepted(client, kept):
                return kept
            _log_in(client, url, account)
            made = _made(client, url)
    except httpx.HTTPError as error:
        raise WarclaimsError(f"the server at {url} gave no token: {error}") from None
    except (ValueError, httpx.CookieConflict):
        raise not_label_studio(url) from None
    write_state(home.account, {**state, _TOKEN: made})
    return made


def _is_accepted(client: httpx.Client, kept: str) -> bool:
    return client.post("/api/token/refresh/", json={"refresh": kept}).status_code == 200


def _log_in(client: httpx.Client, url: str, account: Account) -> None:
    client.get("/user/login/")
    answer = client.post(
        "/user/login/",
        data={
            "email": account.login,
            "password": account.password,
            "csrfmiddlewaretoken": client.cookies.get("csrftoken", ""),
        },
        headers={"Referer": f"{url}/user/login/"},
        follow_redirects=False,
    )
    if answer.status_code != 302:
        raise WarclaimsError(
            f"the server at {url} does not let {account.login} in: its data do not belong to this "
            "folder"
        )


def _made(client: httpx.Client, url: str) -> str:
    from warclaims.studio.answers import TokenAnswer, read

    for _ in range(2):
        headers = {"Referer": f"{url}/", "X-CSRFToken": client.cookies.get("csrftoken") or ""}
        answer = client.post("/api/token/", headers=headers)
        if answer.status_code in (200, 201):
            return read(answer.content, TokenAnswer, url).token
        if answer.status_code != 409:
            raise WarclaimsError(f"the server at {url} gave no token: {answer.text[:200]}")
        for old in read(client.get("/api/token/").content, list[TokenAnswer], url)[:_MOST_TOKENS]:
            client.post("/api/token/blacklist/", json={"refresh": old.token}, headers=headers)
    raise WarclaimsError(f"the server at {url} gave no token: it keeps an old one")
