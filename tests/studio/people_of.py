"""Users of a server as they come to be: by the link of an invitation, each with a token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
from label_studio_sdk import LabelStudio

if TYPE_CHECKING:
    from collections.abc import Callable

    from warclaims.studio.connection import Connection
    from warclaims.studio.server_tasks import ServerTask


@dataclass
class User:
    """Somebody who annotates."""

    email: str
    client: LabelStudio

    def submit(
        self,
        task: ServerTask,
        change: Callable[[list[dict[str, Any]]], None] = lambda result: None,
        model: str | None = None,
    ) -> None:
        """Submit an annotation of the own; begun from the prediction of ``model``, if named."""
        result: list[dict[str, Any]] = []
        begun: dict[str, Any] = {}
        if model is not None:
            found = self.client.tasks.get(id=str(task.id)).dict()["predictions"]
            (prediction,) = [one for one in found if one["model_version"] == model]
            result, begun = prediction["result"], {"parent_prediction": prediction["id"]}
        change(result)
        self.client.annotations.create(id=task.id, result=result, **begun)


def join(connection: Connection, name: str) -> User:
    """A user who followed an invitation, and made a token."""
    email = f"{name}-{secrets.token_hex(4)}@example.org"
    http = connection.client._client_wrapper.httpx_client
    invitation = http.request("api/invite", method="GET").json()["invite_url"]
    url = connection.url
    with httpx.Client(base_url=url, trust_env=False, timeout=60) as browser:
        browser.get(invitation)
        form = {
            "email": email,
            "password": secrets.token_urlsafe(12),
            "csrfmiddlewaretoken": browser.cookies.get("csrftoken", ""),
        }
        answer = browser.post(invitation, data=form, headers={"Referer": url + invitation})
        assert answer.status_code == 302, answer.text
        headers = {"Referer": f"{url}/", "X-CSRFToken": browser.cookies.get("csrftoken", "")}
        token = browser.post("/api/token/", headers=headers).json()["token"]
    transport = httpx.Client(trust_env=False, follow_redirects=True, timeout=60)
    return User(email, LabelStudio(base_url=url, api_key=token, httpx_client=transport))
