"""What every answer of the service carries, whichever part gives it."""

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from bot.application import BLUEPRINTS
from tests.bot.setting_up import service_for, settings_for
from tests.bot.web import app, browser, service, watch

__all__ = ["app", "browser", "service", "watch"]

METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
BESIDE = [
    "/wechat",
    "/nowhere",
    "/staff",
    "/%2fstaff/",
    "/static/nothing",
    "/static/site.css",
    "/%00",
]
BESIDE += ["/appointments//x", "/favicon.ico"]


def path_of(rule: Rule) -> str:
    return re.sub(r"<[^>]+>", "1", rule.rule)


def told_to(path: str) -> set[str]:
    """To whom a page may tell its address; one that holds answers to nobody, once it opens."""
    sealed = path.startswith(("/result/", "/steps/"))
    return {"same-origin", "no-referrer"} if sealed else {"same-origin"}


def test_every_answer_at_every_address_to_every_method(app: Flask) -> None:
    client = app.test_client()
    paths = {path_of(rule) for rule in app.url_map.iter_rules()} | set(BESIDE)
    assert len(paths) > 70
    seen = set()
    for path in sorted(paths):
        for method in METHODS:
            answer = client.open(path, method=method)
            what = (method, path, answer.status_code)
            seen.add(answer.status_code)
            assert answer.status_code < 500, what
            assert answer.headers["X-Content-Type-Options"] == "nosniff", what
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"], what
            assert answer.headers["X-Frame-Options"] == "SAMEORIGIN", what
            assert answer.headers["Referrer-Policy"] in told_to(path), what
            assert answer.headers["Strict-Transport-Security"], what
            assert len(answer.headers.getlist("Content-Security-Policy")) == 1, what
    assert seen >= {200, 302, 308, 400, 403, 404, 405}
    assert len(BLUEPRINTS) == 4


@pytest.mark.parametrize("path", ["/staff", "/staff?x=1", "/staff//sign-in"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:99", "open.weixin.qq.com"])
def test_no_redirect_names_the_host_that_was_asked_for(app: Flask, path: str, host: str) -> None:
    answer = app.test_client().get(path, headers={"Host": host})
    assert answer.status_code == 308
    assert re.match(r"/staff/(sign-in)?(\?x=1)?$", answer.headers["Location"])
    assert "evil" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("root", ["/x", "/staff", "/", "x"])
def test_nobody_moves_a_path_from_under_the_rules_of_the_proxy(app: Flask, root: str) -> None:
    answer = app.test_client().get("/staff/sign-in", environ_overrides={"SCRIPT_NAME": root})
    assert answer.status_code == 400


def test_where_the_operator_put_it_it_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRIPT_NAME", "/points")
    client = service_for(settings_for(tmp_path)).test_client()
    under = client.get("/healthz", environ_overrides={"SCRIPT_NAME": "/points"})
    assert under.status_code == 200
    assert client.get("/healthz").status_code == 400
