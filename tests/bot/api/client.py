"""A program that uses the API."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask

from bot.api import keys
from bot.database import writing
from tests.bot.setting_up import NOW
from tests.bot.web import ROOT

PERSON: dict[str, Any] = {
    "permit": "residence_permit",
    "birth_date": "1994-05-01",
    "education": "junior_college",
    "social_insurance_months": 42,
}
OFTEN = 100_000


class Client:
    """Calls with its key."""

    def __init__(self, app: Flask, key: str) -> None:
        self.app, self.key, self.client = app, key, app.test_client()

    def ask(self, name: str, body: Any = None, **headers: str) -> Any:
        """The response to a POST of this body, or to a GET without one."""
        sent = {"Authorization": f"Bearer {self.key}"} | {
            name.replace("_", "-"): text for name, text in headers.items()
        }
        text = None if body is None else body if isinstance(body, bytes) else json.dumps(body)
        kind = {} if body is None else {"content_type": "application/json"}
        method = "GET" if body is None else "POST"
        return self.client.open(
            f"/api/v1/{name}", method=method, data=text, headers=sent, base_url=ROOT, **kind
        )

    def told(self, name: str, facts: Mapping[str, Any] | None = None, **more: Any) -> Any:
        """The answer about a person."""
        found = self.ask(name, {"facts": dict(facts or {}), **more})
        assert found.status_code == 200, found.text
        return found.json


def client_of(app: Flask, name: str = "portal", per_minute: int = OFTEN) -> Client:
    with writing(app.extensions["xinshimin"].engine) as connection:
        key = keys.add(connection, name, per_minute, NOW)
    assert key is not None
    return Client(app, key)
