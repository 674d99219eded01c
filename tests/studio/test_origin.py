"""A key never leaves the server that it is for, whoever asks for it and however."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from fakes import PERSONAL, Asked, answering, free_port

from warclaims.commands import main
from warclaims.errors import WarclaimsError
from warclaims.studio.answers import UserAnswer
from warclaims.studio.connection import KEY, PLAIN_HTTP, connect

if TYPE_CHECKING:
    from collections.abc import Callable


LEGACY = "0123456789abcdef0123456789abcdef01234567"
WHO = b'{"access": "good", "id": 1, "email": "a@b.c"}'


def well(method: str, path: str) -> tuple[int, bytes]:
    return 200, WHO


def redirecting(status: int, after: int = 0) -> Callable[[str, str], tuple[int, bytes]]:
    """Answers that are good at first, and redirect from then on."""
    count = 0

    def answer(method: str, path: str) -> tuple[int, bytes]:
        nonlocal count
        count += 1
        return (200, WHO) if count <= after else (status, b"")

    return answer


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("key", [LEGACY, PERSONAL], ids=["legacy", "personal"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "u:p@127.0.0.1"])
def test_a_redirect_to_another_port_or_host_gets_nothing(own, monkeypatch, status, key, host):
    monkeypatch.setenv(KEY, key)
    asked: list[Asked] = []
    with answering(well, asked=asked) as other:
        there = {"Location": f"http://{host}:{other}/api/token/refresh/"}
        with answering(redirecting(status), there) as port:
            with pytest.raises(WarclaimsError, match="redirects to") as caught:
                connect(own, f"http://127.0.0.1:{port}")
            assert str(other) in str(caught.value)
            assert f"http://127.0.0.1:{port}" in str(caught.value)
    assert asked == []


@pytest.mark.parametrize("way", ["ours", "of the SDK"])
def test_a_redirect_that_comes_later_gets_nothing(own, monkeypatch, way):
    monkeypatch.setenv(KEY, LEGACY)
    asked: list[Asked] = []
    with (
        answering(well, asked=asked) as other,
        answering(redirecting(308, 1), {"Location": f"//127.0.0.1:{other}/api"}) as port,
    ):
        connection = connect(own, f"http://127.0.0.1:{port}")
        calls = {
            "ours": lambda: connection.send("api/projects/1/import", b"[]", UserAnswer),
            "of the SDK": lambda: connection.client.tasks.create(project=1, data={"text": "words"}),
        }
        with pytest.raises(WarclaimsError, match="redirects to"):
            calls[way]()
    assert asked == []


def test_a_redirect_to_another_scheme_is_not_followed(own, monkeypatch):
    monkeypatch.setenv(KEY, LEGACY)
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.2)
        there = {"Location": f"https://127.0.0.1:{other.getsockname()[1]}/"}
        with (
            answering(redirecting(307), there) as port,
            pytest.raises(WarclaimsError, match="redirects to https"),
        ):
            connect(own, f"http://127.0.0.1:{port}")
        with suppress(TimeoutError):
            seen.append(other.accept()[0].recv(1))
    assert seen == []


def test_a_redirect_within_the_server_is_followed(own, monkeypatch):
    monkeypatch.setenv(KEY, LEGACY)

    def answer(method: str, path: str) -> tuple[int, bytes]:
        return (200, WHO) if path.endswith("/") else (307, b"")

    asked: list[Asked] = []
    with answering(answer, {"Location": "/api/current-user/whoami/"}, asked) as port:
        connect(own, f"http://127.0.0.1:{port}")
    assert [one.path for one in asked] == ["/api/current-user/whoami", "/api/current-user/whoami/"]
    assert all(one.headers["Authorization"] == f"Token {LEGACY}" for one in asked)


def test_redirects_without_end(own, monkeypatch):
    monkeypatch.setenv(KEY, LEGACY)
    with (
        answering(redirecting(302), {"Location": "/"}) as port,
        pytest.raises(WarclaimsError, match=f"http://127.0.0.1:{port}"),
    ):
        connect(own, f"http://127.0.0.1:{port}")


def test_a_proxy_of_the_environment_sees_no_request_to_this_machine(own, monkeypatch):
    monkeypatch.setenv(KEY, LEGACY)
    seen: list[Asked] = []
    with answering(well, asked=seen) as proxy, answering(well) as port:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy}")
        monkeypatch.setenv("no_proxy", "")
        connect(own, f"http://127.0.0.1:{port}")
    assert seen == []


# ---- addresses that a key is not sent to


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "192.0.2.7:8080",
        "[2001:db8::1]:8080",
        "0.0.0.0:8080",
        "127.0.0.1.example.org",
        "localhost.example.org",
        "2130706433",
    ],
)
def test_no_key_is_sent_over_http_to_another_machine(own, monkeypatch, capsys, host):
    monkeypatch.setenv(KEY, LEGACY)
    monkeypatch.setattr(socket, "getaddrinfo", None)  # nothing is looked up
    with pytest.raises(WarclaimsError, match="is not encrypted") as caught:
        connect(own, f"http://{host}")
    assert PLAIN_HTTP in str(caught.value)
    assert "https://" in str(caught.value)
    with pytest.raises(SystemExit) as done:
        main(["studio", "push", "--url", f"http://{host}"])
    assert done.value.code == 2
    assert "is not encrypted" in capsys.readouterr().err


def test_http_to_another_machine_if_its_name_is_given(own, monkeypatch):
    monkeypatch.setenv(KEY, LEGACY)
    monkeypatch.setattr("time.sleep", lambda seconds: None)

    def unknown(*given: object, **named: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    monkeypatch.setenv(PLAIN_HTTP, "Studio.Example")
    with pytest.raises(WarclaimsError, match="cannot be reached"):
        connect(own, "http://studio.example:8080")
    with pytest.raises(WarclaimsError, match="is not encrypted"):
        connect(own, "http://other.example:8080")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "localhost", "LOCALHOST", "[::1]"])
def test_http_to_this_machine(own, monkeypatch, host):
    monkeypatch.setenv(KEY, LEGACY)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with pytest.raises(WarclaimsError, match="cannot be reached"):
        connect(own, f"http://{host}:{free_port()}")


@pytest.mark.parametrize("end", ["user:secret@127.0.0.1", "127.0.0.1/?token=1", "127.0.0.1/#x"])
def test_an_address_with_more_than_a_host_and_a_path(own, monkeypatch, end):
    monkeypatch.setenv(KEY, LEGACY)
    with pytest.raises(WarclaimsError, match="without user, password") as caught:
        connect(own, f"https://{end}")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("expiry", ['"soon"', "1e300", "[]", "-1e300", "null"])
def test_a_key_with_an_odd_date(own, monkeypatch, expiry):
    import base64

    parts = ('{"alg": "HS256"}', f'{{"exp": {expiry}, "token_type": "refresh"}}', "signed")
    key = ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)
    monkeypatch.setenv(KEY, key)
    with answering(well) as port, pytest.raises(WarclaimsError, match=r"(?i)\bkey\b"):
        connect(own, f"http://127.0.0.1:{port}")
