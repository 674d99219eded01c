"""The way to a server: the local one, or one that is named, with its errors for people."""

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
"""The environment variable with the key of a server named by ``--url``."""

PLAIN_HTTP = "WARCLAIMS_STUDIO_PLAIN_HTTP"
"""The environment variable that names a host whose key may travel without encryption."""

ONCE: Any = {"max_retries": 0, "timeout": 120}
"""What changes the server is not repeated blindly: the next command looks whether it was done."""


class NotOnServer(WarclaimsError):
    """The server has no such thing: somebody deleted it meanwhile."""


@dataclass(frozen=True)
class Connection:
    """A server and the client that talks to it."""

    url: str
    client: LabelStudio

    def project_url(self, project: int) -> str:
        """The address of a project in a browser."""
        return f"{self.url}/projects/{project}/data"

    def task_url(self, project: int, task: int) -> str:
        """The address of a task in a browser."""
        return f"{self.project_url(project)}?task={task}"

    def ask(self, path: str, kind: type[T], **params: str | int) -> T:
        """The answer of the server at a path, as ``kind`` (see :mod:`.answers`).

        Raises:
            WarclaimsError: the server refused, did not answer, or answered something else.
        """
        return self._request("GET", path, kind, params=params)

    def send(self, path: str, content: bytes, kind: type[T], method: str = "POST") -> T:
        """Send JSON to a path of the server, once; what it answers.

        Raises:
            WarclaimsError: as :meth:`ask`; what was asked may have been done all the same.
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
            except (TypeError, AttributeError, OverflowError):  # the SDK's, of an odd access token
                raise not_label_studio(self.url) from None
            if not answer.is_success:
                raise ApiError(status_code=answer.status_code, body=answer.text)
        return read(answer.content, kind, self.url)


def connect(home: Home, url: str | None = None) -> Connection:
    """A connection to the server at ``url``, or to the local one.

    Raises:
        WarclaimsError: there is no such server, or no key for it.
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
        except (TypeError, OverflowError, OSError):  # a date that is none
            raise WarclaimsError(f"{KEY} is not a key: its date of expiry is wrong") from None
    connection = Connection(url, client)
    try:
        user = connection.ask("api/current-user/whoami", UserAnswer)
    except NotOnServer:
        raise not_label_studio(url) from None
    if not user.email:
        raise not_label_studio(url)
    return connection


def _local(home: Home) -> tuple[str, str, Callable[[], object] | None]:
    """Address and key of the server on this machine, and what proves that it is this one."""
    server = running(home)
    if server is None:
        raise WarclaimsError(
            "no local Label Studio runs; start it with: warclaims studio start, or name "
            "another server with --url"
        )
    url = server.url
    return url, ensure_account(home).key, lambda: proven(home, url)


def _named(url: str) -> tuple[str, str, Callable[[], object] | None]:
    """Address and key of a server that is named."""
    import httpx

    from warclaims.studio.client import is_loopback

    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise WarclaimsError(f"{url!r} is not the address of a server: {error}") from None
    if address.scheme not in ("http", "https") or not address.host:
        raise WarclaimsError(
            f"{url!r} is not the address of a server: http:// or https:// is missing before it"
        )
    if address.userinfo or address.query or address.fragment:
        raise WarclaimsError(
            f"the address of {address.host} has more than a host and a path; give it without user, "
            f"password, ? and #, and the key in {KEY}"
        )
    host, allowed = address.host, os.environ.get(PLAIN_HTTP, "").strip().lower()
    if address.scheme == "http" and not is_loopback(host) and allowed != host:
        raise WarclaimsError(
            f"{url} is not encrypted: anybody on the way could read your key and the texts. Use "
            f"https://, or a tunnel to 127.0.0.1. To accept that, set {PLAIN_HTTP}={host}"
        )
    key = os.environ.get(KEY, "").strip()
    if not key:
        raise WarclaimsError(
            f"there is no key for {url}: put a personal access token (in Label Studio under "
            f"Account & Settings) into the environment as {KEY}"
        )
    if not (key.isascii() and key.isprintable()):
        raise WarclaimsError(f"{KEY} is not a key: there are characters in it that no key has")
    return url.rstrip("/"), key, None


@contextmanager
def in_words(url: str) -> Iterator[None]:
    """Errors of the client as errors for people.

    Raises:
        WarclaimsError: the server refused, did not answer, or answered something else.
    """
    import httpx
    from label_studio_sdk.core.api_error import ApiError
    from label_studio_sdk.core.parse_error import ParsingError

    from warclaims.studio.answers import not_label_studio

    try:
        yield
    except ApiError as error:
        if error.status_code is not None and error.status_code < 300:
            raise not_label_studio(url) from None  # it agrees, in something that is not JSON
        if error.status_code == 404:
            raise NotOnServer(
                f"the server at {url} has no such thing (404): was a project or task deleted "
                "meanwhile?"
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
            f"the server at {url} cannot be reached ({type(error).__name__}); what was done so far "
            "is kept, so run the command again"
        ) from None
