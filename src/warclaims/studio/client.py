"""An HTTP client that sends requests to one server only and limits its answers."""

from __future__ import annotations

import ipaddress
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING, Any

import httpx

from warclaims.errors import WarclaimsError
from warclaims.files.limits import MIB
from warclaims.studio.answers import MAX_ANSWER, AnswerTooLarge, require_few

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TIMEOUT = 60.0
"""Seconds for a request and its answer together."""

_TOKENS = "/api/token/"

_WAITS = ("Retry-After", "Retry-After-MS", "X-RateLimit-Reset")
"""Headers that say how long to wait before the next try; the server does not decide that."""


class ServerClient(httpx.Client):
    """An HTTP client that sends requests to one origin (scheme, host and port) only.

    Redirects to another origin are refused, so no credential is sent there. The size of an answer
    is limited, and so is the time of a request and its answer together (the timeout of the
    request). Proxies of the environment are not used for addresses of this machine.

    ``identify`` returns the identity of the server, or raises if it is not the expected server. It
    is called before a connection is made, and again before anything is sent over it.
    """

    def __init__(
        self,
        url: str,
        identify: Callable[[], object] | None = None,
        *,
        timeout: float | None = None,
    ) -> None:
        self._server = httpx.URL(url)
        self._identify = identify
        super().__init__(
            base_url=url,
            timeout=timeout or TIMEOUT,
            follow_redirects=True,
            trust_env=not is_loopback(self._server.host),
            headers={"Accept-Encoding": "identity"},
            event_hooks={"request": [self._before], "response": [self._after]},
        )

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send a request, and give up if the answer is not complete in time.

        The timeouts of the transport would not do: they restart with each byte that arrives.

        Raises:
            WarclaimsError: the answer is not complete in time, or too large.
        """
        seconds = request.extensions.get("timeout", {}).get("read") or TIMEOUT
        done: Future[httpx.Response] = Future()
        send = super().send

        def run() -> None:
            try:
                done.set_result(send(request, **options))
            except BaseException as error:
                done.set_exception(error)

        Thread(target=run, daemon=True).start()
        try:
            answer = done.result(seconds)
        except TimeoutError:
            raise WarclaimsError(
                f"the server at {self._server} did not answer in full within {seconds:.0f} "
                "seconds. What was done so far is kept, so run the command again"
            ) from None
        is_read = not options.get("stream")
        if is_read and (not answer.is_success or _TOKENS in request.url.path):  # the SDK decodes it
            require_few(answer.content, str(self._server))
        return answer

    def _before(self, request: httpx.Request) -> None:
        if origin(request.url) != origin(self._server):
            raise WarclaimsError(
                f"the server at {self._server} redirects to {request.url.scheme}://"
                f"{request.url.netloc.decode()}. Nothing was sent there, neither key nor text. If "
                "that is the right server, give its address with --url"
            )
        if self._identify is not None:
            check = _IdentityCheck(self._identify)
            request.extensions = {**request.extensions, "trace": check.on_event}

    def _after(self, response: httpx.Response) -> None:
        for name in _WAITS:
            response.headers.pop(name, None)
        encoding = response.headers.get("Content-Encoding", "identity")
        if encoding.lower() != "identity":
            raise WarclaimsError(
                f"the server at {self._server} compresses its answers although asked not to "
                f"({encoding[:40]}); answers of unknown size are not read"
            )
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _LimitedStream(response.stream, str(self._server))


class _IdentityCheck:
    """Checks that a new connection leads to the same server as before it was made."""

    def __init__(self, identify: Callable[[], object]) -> None:
        self._identify = identify
        self._before = identify()

    def on_event(self, name: str, info: dict[str, Any]) -> None:
        """Close a new connection if it leads to another server."""
        if name != "connection.connect_tcp.complete":
            return
        try:
            if self._identify() != self._before:
                raise WarclaimsError("the server was restarted. Run the command again")
        except WarclaimsError:
            info["return_value"].close()
            raise


class _LimitedStream(httpx.SyncByteStream):
    """The bytes of an answer, up to the limit."""

    def __init__(self, stream: httpx.SyncByteStream, url: str) -> None:
        self._stream = stream
        self._url = url

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if size > MAX_ANSWER:
                raise AnswerTooLarge(
                    f"an answer of the server at {self._url} is larger than {MAX_ANSWER // MIB} MiB"
                )
            yield piece

    def close(self) -> None:
        self._stream.close()


def origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address; ``None`` for the default port of the scheme."""
    return url.scheme, url.host, url.port


def is_loopback(host: str) -> bool:
    """True if a host name or address is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
