"""Ask an endpoint that is compatible with OpenAI's chat completions."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from warclaims.errors import WarclaimsError
from warclaims.files.limits import MIB
from warclaims.findings import shorten

if TYPE_CHECKING:
    import httpx

ADDRESS, KEY, MODEL = "WARCLAIMS_LLM_URL", "WARCLAIMS_LLM_KEY", "WARCLAIMS_LLM_MODEL"
PRICES = "WARCLAIMS_LLM_PRICES"
"""The variables of the environment that say whom to ask, and what a million tokens of input and of
output cost, as two numbers."""

MAX_ANSWER = 16 * MIB
"""Bytes of an answer; larger ones are refused."""

ATTEMPTS = 6
"""So often is a question sent while the endpoint is busy."""

_BUSY = frozenset({408, 409, 429, 500, 502, 503, 504})
_SECONDS = 300
_LONGEST_WAIT = 60
_LOCAL = ("localhost", "127.0.0.1", "::1")


class _AnswerMessage(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _AnswerChoice(msgspec.Struct):
    message: _AnswerMessage
    finish_reason: str | None = None


class _TokenUsage(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _ChatCompletion(msgspec.Struct):
    choices: list[_AnswerChoice]
    model: str = ""
    usage: _TokenUsage | None = None


class ModelAnswer(NamedTuple):
    """What a model said: its words, or why there are none; and the tokens that it took."""

    model: str
    words: str
    refusal: str
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True)
class Endpoint:
    """An endpoint and one of its models; ``prices`` are per million tokens of input and output."""

    url: str
    key: str
    model: str
    prices: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        address = urlsplit(self.url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise WarclaimsError(f"{ADDRESS} is {self.url!r}, which is not a web address")
        if address.scheme == "http" and address.hostname not in _LOCAL and self.key:
            raise WarclaimsError(
                f"{ADDRESS} is plain http, on which others can read the key. Use https"
            )

    @classmethod
    def of_environment(cls) -> Endpoint:
        """The endpoint that the environment names.

        Raises:
            WarclaimsError: a variable is missing or has no usable value.
        """
        given = {name: os.environ.get(name, "").strip() for name in (ADDRESS, MODEL)}
        if missing := [name for name, value in given.items() if not value]:
            raise WarclaimsError(
                f"the system llm needs {' and '.join(missing)} in the environment: the address of "
                "an endpoint (such as https://host/v1) and the name of a model; and the key, if "
                f"it needs one, in {KEY}"
            )
        prices = os.environ.get(PRICES, "").split()
        try:
            cost = (float(prices[0]), float(prices[1])) if prices else None
        except (ValueError, IndexError):
            raise WarclaimsError(f"{PRICES} has to be two numbers, such as '0.15 0.6'") from None
        key = os.environ.get(KEY, "").strip()
        return cls(given[ADDRESS].rstrip("/"), key, given[MODEL], cost)

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """What the tokens cost; ``None`` if no prices are given."""
        if self.prices is None:
            return None
        return (tokens_in * self.prices[0] + tokens_out * self.prices[1]) / 1_000_000

    def ask(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> ModelAnswer:
        """The answer to ``messages`` in the form of a JSON Schema; waits while it is busy.

        Raises:
            WarclaimsError: it refuses the request, stays busy, or is no such endpoint.
        """
        form = {"name": "annotations", "schema": schema, "strict": True}
        body = {
            "model": self.model,
            "messages": messages,
            "temperature": 0,
            "response_format": {"type": "json_schema", "json_schema": form},
        }
        try:
            found = msgspec.json.decode(self._post(body), type=_ChatCompletion)
            choice = found.choices[0]
        except (msgspec.DecodeError, IndexError, RecursionError):
            raise WarclaimsError(f"{self.url} does not answer like a chat endpoint") from None
        used = found.usage or _TokenUsage()
        refusal = choice.message.refusal or ""
        if choice.finish_reason == "content_filter":
            refusal = refusal or "the answer was filtered"
        words = choice.message.content or ""
        model = found.model or self.model
        return ModelAnswer(model, words, refusal, used.prompt_tokens, used.completion_tokens)

    def _post(self, body: dict[str, Any]) -> bytes:
        try:
            import httpx
        except ModuleNotFoundError:
            raise WarclaimsError(
                'the system llm needs httpx. Install it: pip install "warclaims[llm]"'
            ) from None
        trouble = ""
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        with httpx.Client(headers=headers, timeout=_SECONDS) as client:
            for attempt in range(ATTEMPTS):
                try:
                    with client.stream(
                        "POST", f"{self.url}/chat/completions", json=body
                    ) as response:
                        data = self._read(response)
                except httpx.HTTPError as error:
                    trouble, wait = str(error) or type(error).__name__, ""
                else:
                    if response.status_code == httpx.codes.OK:
                        return data
                    trouble = f"{response.status_code} {shorten(_words(data), 300)}".strip()
                    if response.status_code not in _BUSY:
                        raise WarclaimsError(f"{self.url} refuses the request: {trouble}")
                    wait = response.headers.get("retry-after", "")
                if attempt + 1 < ATTEMPTS:
                    seconds = float(wait) if wait.isdecimal() else 2.0**attempt
                    time.sleep(min(seconds, _LONGEST_WAIT))
        raise WarclaimsError(f"{self.url} does not answer: {trouble}")

    def _read(self, response: httpx.Response) -> bytes:
        data = b""
        for piece in response.iter_bytes():
            data += piece
            if len(data) > MAX_ANSWER:
                raise WarclaimsError(f"the answer of {self.url} is larger than {MAX_ANSWER} bytes")
        return data


def _words(data: bytes) -> str:
    """The message of an error in an answer, or the answer itself."""
    try:
        error = msgspec.json.decode(data)["error"]
        return str(error["message"] if isinstance(error, dict) else error)
    except (msgspec.DecodeError, KeyError, TypeError):
        return data.decode(errors="replace")
