"""A service with pages for tests, and a browser without a screen that keeps its form token."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlmodel import SQLModel

from bot import page_sessions
from bot.database import writing
from bot.sealing.column import sealing
from bot.service import Service
from tests.bot.setting_up import NOW, service_for, settings_for

HOST = "jf.example.cn"
ROOT = f"https://{HOST}"
STAFF_SESSION = "__Host-staff_session"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')

# The person of the acceptance: 66 points, 66 to 76.5.
FORM: list[tuple[str, str]] = [
    ("permit", "residence_permit"),
    ("birth", "1994年3月"),
    ("education", "junior_college"),
    ("skill", "level_3"),
    ("social_insurance", "三年半"),
    ("residence", "50个月"),
    ("home", "let"),
    ("seen", "rented"),
    ("rented", "3年"),
    ("county", "done"),
    ("welfare", "volunteer"),
    ("seen", "volunteer"),
    ("volunteer", "4次"),
    ("sensitive", "yes"),
    ("seen", "sensitive_list"),
    ("sensitive_list", "done"),
]
SENSITIVE = ("sensitive", "sensitive_list")
FACTS: dict[str, Any] = {
    "permit": "residence_permit",
    "birth_date": "1994-03-01",
    "education": "junior_college",
    "skill": "level_3",
    "social_insurance_months": 42,
    "residence_months": 50,
    "owned_home": False,
    "rented_years": 3,
    "volunteer_services": 4,
}


class Watch:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **length: float) -> None:
        self.now += timedelta(**length)


class Browser:
    """Keeps cookies; sends the token of the forms it has seen."""

    def __init__(self, app: Flask, address: str = "192.0.2.1") -> None:
        self.client: FlaskClient = app.test_client()
        self.address = address
        self.token = ""

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Any:
        asked = self.client.get(path, base_url=ROOT, environ_base=self._from, headers=headers)
        return self._seen(asked)

    def post(self, path: str, data: Any = (), token: str | None = None) -> Any:
        pairs = list(data.items()) if isinstance(data, Mapping) else list(data)
        fields: dict[str, list[str]] = {"csrf_token": [self.token if token is None else token]}
        for name, value in pairs:
            fields.setdefault(name, []).append(str(value))
        answer = self.client.post(path, data=fields, base_url=ROOT, environ_base=self._from)
        return self._seen(answer)

    def estimated(self, form: list[tuple[str, str]]) -> Any:
        """The result to which a filled form leads; the form again, where it does not."""
        answer = self.post("/estimate", form)
        return self.get(answer.headers["Location"]) if answer.status_code == 303 else answer

    def sign_in_with(self, session: str) -> None:
        """Hold a session of the console."""
        self.set_cookie(STAFF_SESSION, session)
        self.get("/staff/password")

    def set_cookie(self, name: str, value: str) -> None:
        self.client.set_cookie(name, value, domain=HOST, path="/", secure=True)

    def cookie(self, name: str) -> str:
        """Its value, "" without one."""
        kept = self.client.get_cookie(name, domain=HOST)
        return kept.value if kept else ""

    @property
    def _from(self) -> dict[str, str]:
        return {"REMOTE_ADDR": self.address}

    def _seen(self, answer: Any) -> Any:
        found = (
            TOKEN.search(answer.get_data(as_text=True))
            if answer.mimetype.startswith("text/")
            else None
        )
        self.token = found[1] if found else self.token
        return answer


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def app(tmp_path: Path, watch: Watch) -> Flask:
    """The service on a migrated SQLite file of its own, at 10 on 2026-11-23."""
    return service_for(settings_for(tmp_path), clock=watch)


@pytest.fixture
def service(app: Flask) -> Iterator[Service]:
    made: Service = app.extensions["xinshimin"]
    yield made
    made.engine.dispose()


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


def signed_in(app: Flask, person: str) -> Browser:
    """A browser that WeChat said is this person's."""
    browser, service = Browser(app), app.extensions["xinshimin"]
    with writing(service.engine) as connection:
        token = page_sessions.start(connection, person, service.clock())
    with browser.client.session_transaction(base_url=ROOT) as session:
        session["signed_in"] = token
    return browser


def talked(service: Service, person: str, **changes: Any) -> None:
    """A person who answered in the chat."""
    state = json.dumps({"consented": True, "facts": FACTS | changes})
    row = {"person": person, "version": 1, "talk": state, "created_at": NOW, "seen_at": NOW}
    with writing(service.engine) as connection:
        table = SQLModel.metadata.tables["conversations"]
        connection.execute(insert(table).values(sealing(table, row)))
