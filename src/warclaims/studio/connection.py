"""The way to a server: the local one, or one that is named, with its errors in words."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warclaims.errors import WarclaimsError
from warclaims.studio.account import token
from warclaims.studio.server import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from label_studio_sdk import LabelStudio

    from warclaims.studio.home import Home

KEY = "LABEL_STUDIO_API_KEY"
"""The environment has the key of a server that is named; it stands on no command line."""

ONCE: Any = {"max_retries": 0}
"""What adds or takes away is never repeated blindly: the next command looks what came of it."""

_TIMEOUT = 120.0


class NotThere(WarclaimsError):
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

    def ask(self, path: str, **params: str | int) -> Any:
        """The JSON at a path of the server, plain: the client's models cost five times the time.

        Raises:
            WarclaimsError: the server said no, or nothing.
        """
        return self._request("GET", path, params=params)

    def send(self, path: str, content: bytes) -> Any:
        """Post JSON to a path of the server, once; what it answers.

        Raises:
            WarclaimsError: the server said no, or nothing; it may have done what was asked.
        """
        headers = {"Content-Type": "application/json"}
        return self._request("POST", path, content=content, headers=headers, request_options=ONCE)

    def _request(self, method: str, path: str, **given: Any) -> Any:
        from label_studio_sdk.core.api_error import ApiError

        with in_words(self.url):
            answer = self.client._client_wrapper.httpx_client.request(path, method=method, **given)
            if not answer.is_success:
                raise ApiError(status_code=answer.status_code, body=answer.text)
            return answer.json()


def connect(home: Home, url: str | None = None) -> Connection:
    """A connection to the server at ``url``, or to the local one.

    Raises:
        WarclaimsError: there is no such server, no key for it, or the client is not installed.
    """
    try:
        import httpx
        from label_studio_sdk import LabelStudio
        from label_studio_sdk.core.api_error import ApiError
    except ImportError:
        raise WarclaimsError(
            'the client of Label Studio is not installed: pip install "warclaims[studio]"'
        ) from None
    is_local = url is None
    url, key = _local(home) if url is None else _named(url)
    with in_words(url):
        # the proxy of the environment leads to other machines
        transport = httpx.Client(timeout=_TIMEOUT, follow_redirects=True, trust_env=not is_local)
        try:
            client: LabelStudio = LabelStudio(  # type: ignore[no-untyped-call]
                base_url=url, api_key=key, timeout=_TIMEOUT, httpx_client=transport
            )
            user = client.users.whoami()
        except ApiError as error:
            if error.status_code == 404:
                raise no_label_studio(url) from None
            raise
        except (TypeError, AttributeError):  # the client's, of JSON that is no object
            raise no_label_studio(url) from None
    if getattr(user, "id", None) is None or not getattr(user, "email", None):
        raise no_label_studio(url)
    return Connection(url, client)


def _local(home: Home) -> tuple[str, str]:
    """Address and key of the server on this machine."""
    server = running(home)
    if server is None:
        raise WarclaimsError(
            "no local Label Studio runs; start it with: warclaims studio start, or name "
            "another server with --url"
        )
    return server.url, token(home, server.url)


def _named(url: str) -> tuple[str, str]:
    """Address and key of a server that is named."""
    import httpx

    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise WarclaimsError(f"{url!r} is no address of a server: {error}") from None
    if address.scheme not in ("http", "https") or not address.host:
        raise WarclaimsError(
            f"{url!r} is no address of a server: http:// or https:// is missing before it"
        )
    key = os.environ.get(KEY, "").strip()
    if not key:
        raise WarclaimsError(
            f"there is no key for {url}: put a personal access token (in Label Studio under "
            f"Account & Settings) into the environment as {KEY}"
        )
    if not (key.isascii() and key.isprintable()):
        raise WarclaimsError(f"{KEY} holds no key: there are characters in it that no key has")
    return url.rstrip("/"), key


def no_label_studio(url: str) -> WarclaimsError:
    """What is said where something else answers."""
    return WarclaimsError(
        f"what answers at {url} is no Label Studio, or not one of a release that is known here; "
        "is the address right?"
    )


@contextmanager
def in_words(url: str) -> Iterator[None]:
    """Errors of the client as errors for people.

    Raises:
        WarclaimsError: the server said no, or nothing.
    """
    import httpx
    from label_studio_sdk.core.api_error import ApiError
    from label_studio_sdk.core.parse_error import ParsingError

    try:
        yield
    except ApiError as error:
        if error.status_code is not None and error.status_code < 300:
            raise no_label_studio(url) from None  # it agrees, in something that is no JSON
        if error.status_code == 404:
            raise NotThere(
                f"the server at {url} has no such thing (404): was a project or task deleted "
                "meanwhile?"
            ) from None
        if error.status_code in (401, 403):
            message = (
                f"does not take the key: it expired, or is of another server. With --url put a new "
                f"one into {KEY}; what was done so far is kept, so run the command again"
            )
        else:
            message = f"answered {error.status_code}: {str(error.body)[:300]}"
        raise WarclaimsError(f"the server at {url} {message}") from None
    except (httpx.InvalidURL, ParsingError, ValueError):  # JSON's and pydantic's are the last
        raise no_label_studio(url) from None
    except httpx.HTTPError as error:
        raise WarclaimsError(
            f"the server at {url} cannot be reached ({type(error).__name__}); what was done so far "
            "is kept, so run the command again"
        ) from None
