"""Connect to the local server or to another one, and report its errors."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from warclaims.errors import WarclaimsError
from warclaims.studio.home import ensure_account
from warclaims.studio.server import proven, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from label_studio_sdk import LabelStudio

    from warclaims.studio.home import Home

    T = TypeVar("T")

KEY = "LABEL_STUDIO_API_KEY"
"""The environment variable with the key for the server at ``--url``."""

PLAIN_HTTP = "WARCLAIMS_STUDIO_PLAIN_HTTP"
"""The environment variable that names a host to which a key may be sent without encryption."""

ONCE: Any = {"max_retries": 0, "timeout": 120}
"""Options for requests that change the server: they are not repeated, because the next command
checks whether they succeeded.
"""


class NotOnServer(WarclaimsError):
    """The server does not have the requested object; it may have been deleted meanwhile."""


@dataclass(frozen=True)
class Connection:
    """A server and the client for it."""

    url: str
    client: LabelStudio

    def project_url(self, project: int) -> str:
        """The address of a project in a browser."""
        return f"{self.url}/projects/{project}/data"

    def task_url(self, project: int, task: int) -> str:
        """The address of a task in a browser."""
        return f"{self.project_url(project)}?task={task}"

    def ask(self, path: str, kind: type[T], **params: str | int) -> T:
        """Get the answer of the server at a path as ``kind`` (see :mod:`.answers`).

        Raises:
            WarclaimsError: the server refused, did not answer, or gave an unexpected answer.
        """
        return self._request("GET", path, kind, params=params)

    def send(self, path: str, content: bytes, kind: type[T], method: str = "POST") -> T:
        """Send JSON to a path of the server, once, and return its answer.

        Raises:
            WarclaimsError: as :meth:`ask`; the request may have succeeded nevertheless.
        """
        headers = {"Content-Type": "application/json"}
        return self._request(
            method, path, kind, content=content, headers=headers, request_options=ONCE
        )

    def _request(self, method: str, path: str, kind: type[T], **given: Any) -> T:
        from label_studio_sdk.core.api_error import ApiError

        from warclaims.studio.answers import not_label_studio, read

        with in_words(self.url):
            try:
                answer = self.client._client_wrapper.httpx_client.request(
                    path, method=method, **given
                )
            except (
                TypeError,
                AttributeError,
                OverflowError,
            ):  # raised by the SDK for an odd access token
                raise not_label_studio(self.url) from None
            if not answer.is_success:
                raise ApiError(status_code=answer.status_code, body=answer.text)
        return read(answer.content, kind, self.url)


def connect(home: Home, url: str | None = None) -> Connection:
    """Connect to the server at ``url``, or to the local one.

    Raises:
        WarclaimsError: the server is not there, or there is no key for it.
    """
    from label_studio_sdk import LabelStudio

    from warclaims.studio.answers import UserAnswer, not_label_studio
    from warclaims.studio.client import TIMEOUT, ServerClient

    url, key, identify = _local(home) if url is None else _named(url)
    with in_words(url):
        try:
            client: LabelStudio = LabelStudio(  # type: ignore[no-untyped-call]
                base_url=url, api_key=key, timeout=TIMEOUT, httpx_client=ServerClient(url, identify)
            )
        except (TypeError, OverflowError, OSError):  # the key has an impossible date
            raise WarclaimsError(
                f"{KEY} is not a valid key: its date of expiry is impossible"
            ) from None
    connection = Connection(url, client)
    try:
        user = connection.ask("api/current-user/whoami", UserAnswer)
    except NotOnServer:
        raise not_label_studio(url) from None
    if not user.email:
        raise not_label_studio(url)
    return connection


def _local(home: Home) -> tuple[str, str, Callable[[], object] | None]:
    """Address and key of the server on this machine, and the check of its identity."""
    server = running(home)
    if server is None:
        raise WarclaimsError(
            "Label Studio is not running on this machine. Start it with: warclaims studio start, "
            "or name another server with --url"
        )
    url = server.url
    return url, ensure_account(home).key, lambda: proven(home, url)


def _named(url: str) -> tuple[str, str, Callable[[], object] | None]:
    """Address and key of the server at ``url``."""
    import httpx

    from warclaims.studio.client import is_loopback

    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise WarclaimsError(f"{url!r} is not the address of a server: {error}") from None
    if address.scheme not in ("http", "https") or not address.host:
        raise WarclaimsError(
            f"{url!r} is not the address of a server: it must begin with http:// or https://"
        )
    if address.userinfo or address.query or address.fragment:
        raise WarclaimsError(
            f"the address of {address.host} has more than a host and a path. Give it without user, "
            f"password, ? and #, and the key in {KEY}"
        )
    host, allowed = address.host, os.environ.get(PLAIN_HTTP, "").strip().lower()
    if address.scheme == "http" and not is_loopback(host) and allowed != host:
        raise WarclaimsError(
            f"{url} is not encrypted: others could read your key and the texts. Use https://, or a "
            f"tunnel to 127.0.0.1. To accept the risk, set {PLAIN_HTTP}={host}"
        )
    key = os.environ.get(KEY, "").strip()
    if not key:
        raise WarclaimsError(
            f"no key for {url}. Set the environment variable {KEY} to a personal access token (in "
            "Label Studio under Account & Settings)"
        )
    if not (key.isascii() and key.isprintable()):
        raise WarclaimsError(f"{KEY} is not a valid key: it has characters that no key has")
    return url.rstrip("/"), key, None


@contextmanager
def in_words(url: str) -> Iterator[None]:
    """Turn errors of the client into messages.

    Raises:
        WarclaimsError: the server refused, did not answer, or gave an unexpected answer.
    """
    import httpx
    from label_studio_sdk.core.api_error import ApiError
    from label_studio_sdk.core.parse_error import ParsingError

    from warclaims.studio.answers import not_label_studio

    try:
        yield
    except ApiError as error:
        if error.status_code is not None and error.status_code < 300:
            raise not_label_studio(url) from None  # a success without JSON
        if error.status_code == 404:
            raise NotOnServer(
                f"the server at {url} does not have the requested project or task (404). It may "
                "have been deleted meanwhile"
            ) from None
        if error.status_code in (401, 403):
            message = (
                "does not accept the key. With --url, put a valid key into "
                f"{KEY}; without it, run warclaims studio stop and start. What was done so far is "
                "kept, so run the command again"
            )
        else:
            message = f"answered {error.status_code}: {str(error.body)[:300]}"
        raise WarclaimsError(f"the server at {url} {message}") from None
    except (httpx.InvalidURL, ParsingError, RecursionError, ValueError):
        raise not_label_studio(url) from None
    except httpx.HTTPError as error:
        raise WarclaimsError(
            f"the server at {url} cannot be reached ({type(error).__name__}). What was done so far "
            "is kept, so run the command again"
        ) from None
