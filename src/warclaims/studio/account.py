"""The one user of the local server, and a token for it without a click."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.studio.home import Home, read_state, write_state

if TYPE_CHECKING:
    import httpx

LOGIN = "annotator@localhost.local"


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


def token(url: str, account: Account) -> str:
    """A personal access token of the account; a former one is ended, for a user has one only.

    Raises:
        WarclaimsError: the server does not let the account in, or gives no token.
    """
    import httpx

    try:
        with httpx.Client(base_url=url, timeout=60, follow_redirects=False) as client:
            client.get("/user/login/")
            answer = client.post(
                "/user/login/",
                data={
                    "email": account.login,
                    "password": account.password,
                    "csrfmiddlewaretoken": client.cookies.get("csrftoken", ""),
                },
                headers={"Referer": f"{url}/user/login/"},
            )
            if answer.status_code != 302:
                raise WarclaimsError(
                    f"the server at {url} does not let {account.login} in: its data are not those "
                    "of this home"
                )
            return _made(client, url)
    except httpx.HTTPError as error:
        raise WarclaimsError(f"the server at {url} gave no token: {error}") from None


def _made(client: httpx.Client, url: str) -> str:
    for _ in range(2):
        headers = {"Referer": f"{url}/", "X-CSRFToken": client.cookies.get("csrftoken") or ""}
        answer = client.post("/api/token/", headers=headers)
        if answer.status_code in (200, 201):
            return str(answer.json()["token"])
        if answer.status_code != 409:
            raise WarclaimsError(f"the server at {url} gave no token: {answer.text[:200]}")
        for old in client.get("/api/token/").json():
            client.post("/api/token/blacklist/", json={"refresh": old["token"]}, headers=headers)
    raise WarclaimsError(f"the server at {url} gave no token: it keeps an old one")
