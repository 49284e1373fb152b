"""Every cookie of ours, whatever page hands it out: named and guarded as its connection allows."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from bot import create_app
from tests.bot.databases import sqlite
from tests.bot.setting_up import settings_for
from tests.bot.staff.office import PASSWORD, hired
from tests.bot.web import TOKEN, Watch, watch

__all__ = ["sqlite", "watch"]


def made(folder: Path, sqlite: Path, watch: Watch, **settings: Any) -> Flask:
    shutil.copy(sqlite, folder / "service.db")
    return create_app(settings_for(folder, **settings), watch)


def answers(app: Flask, root: str, **headers: str) -> Iterator[TestResponse]:
    """Of every page without arguments, asked by a stranger; of a sign-in to the console and out."""
    hired(app.extensions["xinshimin"].engine)
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments:
            yield app.test_client().get(rule.rule, base_url=root, headers=headers)
    client = app.test_client()
    form = client.get("/staff/sign-in", base_url=root, headers=headers)
    found = TOKEN.search(form.get_data(as_text=True))
    assert found
    fields = {"csrf_token": found[1], "account": "clerk", "password": PASSWORD}
    for path in ("/staff/sign-in", "/staff/sign-out"):
        yield client.post(path, base_url=root, headers=headers, data=fields)


def handed_out(app: Flask, root: str, **headers: str) -> list[str]:
    found = [
        line
        for answer in answers(app, root, **headers)
        for line in answer.headers.getlist("Set-Cookie")
    ]
    names = {line.partition("=")[0].removeprefix("__Host-") for line in found}
    assert names == {"session", "staff_session", "answers_key"}
    return found


@pytest.mark.parametrize(
    ("root", "settings", "headers"),
    [
        ("https://jf.example.cn", {}, {}),
        ("http://jf.example.cn", {}, {}),  # a proxy, of which PROXIES does not know
        ("https://jf.example.cn", {"public_url": ""}, {}),
        ("http://jf.example.cn", {"public_url": "", "proxies": 1}, {"X-Forwarded-Proto": "https"}),
    ],
)
def test_over_https_a_cookie_belongs_to_this_host_alone(
    tmp_path: Path, sqlite: Path, watch: Watch, root: str, settings: Any, headers: dict[str, str]
) -> None:
    for line in handed_out(made(tmp_path, sqlite, watch, **settings), root, **headers):
        assert line.startswith("__Host-"), line
        assert {"Secure", "HttpOnly", "Path=/"} < {*line.split("; ")}
        assert re.search("SameSite=(Lax|Strict)", line)
        assert "Domain" not in line


def test_over_plain_http_it_has_a_name_that_browsers_take(
    tmp_path: Path, sqlite: Path, watch: Watch
) -> None:
    app = made(tmp_path, sqlite, watch, public_url="http://127.0.0.1:8000")
    for line in handed_out(app, "http://127.0.0.1:8000"):
        assert line.startswith(("session=", "staff_session=", "answers_key="))
        assert "Secure" not in line
        assert {"HttpOnly", "Path=/"} < {*line.split("; ")}
