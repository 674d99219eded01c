"""The way to a server: the local one, or one that is named, with its errors in words."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warclaims.errors import WarclaimsError
from warclaims.studio.account import ensure_account, token
from warclaims.studio.server import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from label_studio_sdk import LabelStudio

    from warclaims.studio.home import Home

KEY = "LABEL_STUDIO_API_KEY"
"""The environment has the key of a server that is named; it stands on no command line."""

_TIMEOUT = 120.0


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


def connect(home: Home, url: str | None = None) -> Connection:
    """A connection to the server at ``url``, or to the local one.

    Raises:
        WarclaimsError: there is no such server, no key for it, or the client is not installed.
    """
    try:
        from label_studio_sdk import LabelStudio
    except ImportError:
        raise WarclaimsError(
            'the client of Label Studio is not installed: pip install "warclaims[studio]"'
        ) from None
    if url is None:
        server = running(home)
        if server is None:
            raise WarclaimsError(
                "no local Label Studio runs; start it with: warclaims studio start, or name "
                "another server with --url"
            )
        url = server.url
        key = token(url, ensure_account(home))
    else:
        key = os.environ.get(KEY, "")
        if not key:
            raise WarclaimsError(
                f"there is no key for {url}: put a personal access token (in Label Studio under "
                f"Account & Settings) into the environment as {KEY}"
            )
    url = url.rstrip("/")
    client: LabelStudio = LabelStudio(base_url=url, api_key=key, timeout=_TIMEOUT)  # type: ignore[no-untyped-call]
    connection = Connection(url, client)
    with in_words(url):
        connection.client.users.whoami()
    return connection


@contextmanager
def in_words(url: str) -> Iterator[None]:
    """Errors of the client as errors for people.

    Raises:
        WarclaimsError: the server said no, or nothing.
    """
    import httpx
    from label_studio_sdk.core.api_error import ApiError

    try:
        yield
    except ApiError as error:
        if error.status_code in (401, 403):
            message = f"does not take the key: it expired, or is of another server ({KEY})"
        elif error.status_code == 404:
            message = "has no such thing (404): was a project or task deleted meanwhile?"
        else:
            message = f"answered {error.status_code}: {str(error.body)[:300]}"
        raise WarclaimsError(f"the server at {url} {message}") from None
    except httpx.HTTPError as error:
        raise WarclaimsError(
            f"the server at {url} cannot be reached ({type(error).__name__}); what was done so far "
            "is kept, so run the command again"
        ) from None
