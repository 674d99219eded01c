"""The system ``llm`` against a server that answers like a chat endpoint, well or badly."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jsonschema
import pytest

import warclaims
from warclaims.records import Lists, span_text
from warclaims.systems import TextToAnnotate, load_system, suggestions
from warclaims.systems.llm import endpoint
from warclaims.systems.llm.prompt import answer_schema

CASUALTY = {
    "id": "c1",
    "span": {"words": "two civilians", "in": None},
    "trigger": {"words": "killed", "in": None},
    "outcome": "killed",
    "quantifier": "exact",
    "value": 2,
    "status": ["civilian"],
    "perpetrator": None,
    "subset_of": [],
}
ACTORS = [
    {
        "id": "a1",
        "span": {"words": "Officials in Avaria", "in": None},
        "entity": "avaria-officials",
    },
    {"id": "a2", "span": {"words": "a spokesman", "in": None}, "entity": "invented"},
]
SAID = {
    "id": "t1",
    "source": ["a1"],
    "cue": {"words": "said", "in": "Avaria said two"},
    "content": {"words": "two civilians, including a child, were killed", "in": None},
    "mode": "indirect",
    "act": "assert",
    "commitment": "neutral",
}
GOOD = {"actors": ACTORS, "locations": [], "casualties": [CASUALTY], "attributions": [SAID]}
HALLUCINATED = {**GOOD, "casualties": [{**CASUALTY, "span": {"words": "three nuns", "in": None}}]}


class ChatServer:
    """Answers one question after the other as told; keeps what was asked."""

    def __init__(self):
        self.answers, self.asked, self.keys = [], [], []
        chat = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                chat.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                chat.keys.append(self.headers["Authorization"])
                status, headers, body = chat.answers.pop(0)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def says(self, content, *, refusal=None):
        words = content if isinstance(content, str) or content is None else json.dumps(content)
        message = {"content": words, "refusal": refusal}
        usage = {"prompt_tokens": 1000, "completion_tokens": 100}
        body = {"model": "fake-1", "choices": [{"message": message}], "usage": usage}
        self.answers.append((200, {}, json.dumps(body).encode()))

    def fails(self, status, body=b"", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append((status, named, body))


@pytest.fixture
def chat(monkeypatch):
    found = ChatServer()
    thread = threading.Thread(target=found.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    monkeypatch.setenv(endpoint.ADDRESS, f"http://127.0.0.1:{found.server.server_port}/v1/")
    monkeypatch.setenv(endpoint.MODEL, "fake")
    monkeypatch.setenv(endpoint.KEY, "secret")
    monkeypatch.delenv(endpoint.PRICES, raising=False)
    waits = []
    monkeypatch.setattr(endpoint.time, "sleep", waits.append)
    found.waits = waits
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()


@pytest.fixture
def run_llm(chat, mini, cli):
    """Run the command on one text."""
    return lambda: cli("--corpus", mini, "suggest", "one", "--with", "llm")


def suggest(mini, document="one"):
    corpus = warclaims.open(mini)
    text = TextToAnnotate(corpus.document(document), corpus.text(document))
    (found,) = suggestions(load_system("llm"), [text], corpus.registries, "2001-02-03")
    assert found.errors(corpus.registries) == []
    return found


def test_a_good_answer_becomes_records(chat, mini, monkeypatch):
    monkeypatch.setenv(endpoint.PRICES, "0.5 2")
    chat.says(GOOD)
    found = suggest(mini)
    made = found.bundle.annotations
    assert found.left_out == ()
    assert [(span_text(one.span), one.entity) for one in made.actors] == [
        ("Officials in Avaria", "avaria-officials"),
        ("a spokesman", None),
    ]
    (casualty,) = made.casualties
    assert (span_text(casualty.span), casualty.value, casualty.status) == (
        "two civilians",
        2,
        ("civilian",),
    )
    (attribution,) = made.attributions
    assert attribution.source == ("a1",)
    about = made.system.extra
    assert made.system.name == "llm"
    assert about.pop("prompt").isalnum()
    assert about == {
        "model": "fake-1",
        "requests": 1,
        "tokens_in": 1000,
        "tokens_out": 100,
        "cost": 0.0007,
    }
    (asked,) = chat.asked
    assert asked["model"] == "fake"
    assert "avaria-officials" not in asked["messages"][1]["content"], "its name is not in the text"
    assert "entity: borland-army = " in asked["messages"][1]["content"]
    assert chat.keys == ["Bearer secret"]


def test_the_schema_is_made_from_the_models_and_fits_the_answers():
    schema = answer_schema(Lists())
    jsonschema.Draft202012Validator.check_schema(schema)
    casualty = schema["properties"]["casualties"]["items"]["properties"]
    assert "killed" in casualty["outcome"]["enum"]
    assert {"score", "extra", "alternatives"}.isdisjoint(casualty)
    empty = {key: [] for key in ("actors", "locations", "casualties", "attributions")}
    jsonschema.validate(empty, schema)


@pytest.mark.parametrize("bad", [HALLUCINATED, "{", "[]", "Sorry!", None], ids=repr)
def test_a_bad_answer_is_asked_for_once_more(chat, mini, bad):
    chat.says(bad)
    chat.says(f"```json\n{json.dumps(GOOD)}\n```")
    found = suggest(mini)
    assert found.left_out == ()
    assert len(found.bundle.annotations.casualties) == 1
    assert found.bundle.annotations.system.extra["requests"] == 2
    assert found.bundle.annotations.system.extra["tokens_in"] == 2000
    assert "cannot be used as it is" in chat.asked[1]["messages"][-1]["content"]


def test_words_that_are_not_in_the_text_are_left_out_after_the_second_answer(chat, mini):
    chat.says(HALLUCINATED)
    chat.says(HALLUCINATED)
    found = suggest(mini)
    assert ["three nuns" in one.message for one in found.left_out] == [True]
    assert found.bundle.annotations.casualties == ()
    assert len(found.bundle.annotations.actors) == 2


def test_a_worse_second_answer_is_not_taken(chat, mini):
    chat.says(HALLUCINATED)
    chat.says("no")
    assert len(suggest(mini).bundle.annotations.actors) == 2


def test_a_refusal_is_reported_and_suggests_nothing(chat, mini, run_llm):
    for _ in range(2):
        chat.says(None, refusal="I cannot help with that.")
    run = run_llm()
    assert run.returncode == 1
    assert "the model refused: I cannot help with that." in run.stderr
    assert warclaims.open(mini).annotations("one", "predictions/llm").casualties == ()


def test_a_busy_endpoint_is_waited_for(chat, mini):
    chat.fails(429, Retry_After="7")
    chat.fails(503)
    chat.fails(429, Retry_After="9999")
    chat.says(GOOD)
    assert suggest(mini).left_out == ()
    assert chat.waits == [7, 2, 60]


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (401, b'{"error": {"message": "wrong key"}}', "refuses the request: 401 wrong key"),
        (404, b"nothing here", "refuses the request: 404 nothing here"),
        (200, b"<html>", "does not answer like a chat endpoint"),
        (200, b'{"choices": []}', "does not answer like a chat endpoint"),
    ],
)
def test_an_endpoint_that_cannot_be_used_ends_the_command(chat, run_llm, status, body, said):
    chat.fails(status, body)
    run = run_llm()
    assert run.returncode == 2
    assert said in run.stderr
    assert "secret" not in run.stderr


def test_an_endpoint_that_stays_busy_ends_the_command(chat, run_llm):
    for _ in range(endpoint.ATTEMPTS):
        chat.fails(429, b'{"error": "slow down"}')
    run = run_llm()
    assert run.returncode == 2
    assert "does not answer: 429 slow down" in run.stderr


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({endpoint.ADDRESS: ""}, f"needs {endpoint.ADDRESS} in the environment"),
        ({endpoint.MODEL: ""}, f"needs {endpoint.MODEL} in the environment"),
        ({endpoint.ADDRESS: "ftp://x"}, "is not a web address"),
        ({endpoint.ADDRESS: "http://example.org/v1"}, "plain http"),
        ({endpoint.PRICES: "much"}, "has to be two numbers"),
    ],
)
def test_wrong_variables_are_named(run_llm, monkeypatch, variables, said):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    run = run_llm()
    assert run.returncode == 2
    assert said in run.stderr


def test_two_hundred_texts(chat, mini):
    corpus = warclaims.open(mini)
    text = TextToAnnotate(corpus.document("one"), corpus.text("one"))
    for _ in range(200):
        chat.says(GOOD)
    found = suggestions(load_system("llm"), [text] * 200, corpus.registries, "2001-02-03")
    assert sum(len(one.bundle.annotations.casualties) for one in found) == 200
