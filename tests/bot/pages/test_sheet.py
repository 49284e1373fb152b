import base64
import json
import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from flask import Flask

from bot import create_app
from bot.pages import tokens
from bot.service import Service
from tests.bot.setting_up import NOW, settings_for
from tests.bot.web import Browser, Watch, talked

ME, OTHER = "oMe-0001-openid", "oOther-002-openid"


class SignIn:
    """A stand-in for WeChat's exchange of codes, over HTTP. Each code answers once."""

    def __init__(self) -> None:
        self.answers: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, list[str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                query = parse_qs(urlparse(self.path).query)
                outer.asked.append(query)
                known = outer.answers.pop(query["code"][0], {"errcode": 40163})
                body = json.dumps(known).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def wechat() -> Iterator[SignIn]:
    made = SignIn()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def app(tmp_path: Path, sqlite: Path, watch: Watch, wechat: SignIn) -> Flask:
    shutil.copy(sqlite, tmp_path / "service.db")
    return create_app(settings_for(tmp_path, wechat_api=wechat.root), watch)


def link_of(service: Service, person: str) -> str:
    token = tokens.make(service.settings.secret_key, "sheet", person, int(NOW.timestamp()))
    return f"/sheet/{token}"


def state_of(answer: Any) -> str:
    target = urlparse(answer.headers["Location"])
    assert target.hostname == "open.weixin.qq.com"
    query = parse_qs(target.query)
    assert query["scope"] == ["snsapi_base"]
    assert query["redirect_uri"] == ["https://jf.example.cn/oauth"]
    assert target.fragment == "wechat_redirect"
    return query["state"][0]


def sign_in(browser: Browser, wechat: SignIn, path: str, person: str) -> Any:
    """Open a personal page as `person`: there, to WeChat, back, and on to the page."""
    state = state_of(browser.get(path))
    wechat.answers["code-1"] = {"openid": person, "scope": "snsapi_base"}
    back = browser.get(f"/oauth?code=code-1&state={state}")
    assert back.status_code == 302
    assert back.headers["Location"] == path
    return browser.get(back.headers["Location"])


def test_the_owner_sees_the_sheet(browser: Browser, service: Service, wechat: SignIn) -> None:
    talked(service, ME)
    answer = sign_in(browser, wechat, link_of(service, ME), ME)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "66 分" in text
    assert "原来的办法" in text
    assert "在志愿服务平台报名" in text
    assert "<svg" in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'data-fresh="1"' in text


def test_the_sheet_without_a_token_is_that_of_whoever_looks(
    browser: Browser, service: Service, wechat: SignIn
) -> None:
    talked(service, ME)
    assert "66 分" in sign_in(browser, wechat, "/sheet", ME).get_data(as_text=True)


def test_a_forwarded_link_shows_nothing(browser: Browser, service: Service, wechat: SignIn) -> None:
    talked(service, ME)
    talked(service, OTHER)
    answer = sign_in(browser, wechat, link_of(service, ME), OTHER)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 403
    assert "只给本人看" in text
    assert "66 分" not in text


def test_a_link_opened_by_nobody_known_shows_nothing(browser: Browser, service: Service) -> None:
    talked(service, ME)
    answer = browser.get(link_of(service, ME))
    assert answer.status_code == 302
    assert "66 分" not in answer.get_data(as_text=True)


def test_a_link_lapses_after_a_week_and_a_changed_one_never_works(
    browser: Browser, service: Service, wechat: SignIn, watch: Watch
) -> None:
    talked(service, ME)
    link = link_of(service, ME)
    watch.wait(days=7, seconds=1)
    lapsed = sign_in(browser, wechat, link, ME)
    assert lapsed.status_code == 404
    assert "链接过期了" in lapsed.get_data(as_text=True)
    watch.wait(days=-6)
    assert browser.get(link[:-3] + "AAA").status_code == 404


def test_the_address_does_not_name_the_person(service: Service) -> None:
    token = link_of(service, ME).rpartition("/")[2]
    assert ME not in token
    assert ME.encode() not in base64.urlsafe_b64decode(token)


def test_a_token_for_another_page_opens_nothing(
    browser: Browser, service: Service, wechat: SignIn
) -> None:
    talked(service, ME)
    other = tokens.make(service.settings.secret_key, "other", ME, int(NOW.timestamp()))
    assert sign_in(browser, wechat, f"/sheet/{other}", ME).status_code == 404


def test_a_used_code_starts_the_sign_in_again_unseen_and_not_for_ever(
    browser: Browser, service: Service
) -> None:
    answer = browser.get(link_of(service, ME))
    for _ in range(3):
        answer = browser.get(f"/oauth?code=used&state={state_of(answer)}")
        assert answer.status_code == 302
    state = state_of(answer)
    assert browser.get(f"/oauth?code=used&state={state}").status_code == 403


def test_a_code_from_another_browser_signs_nobody_in(
    app: Flask, service: Service, wechat: SignIn
) -> None:
    """Whoever lures a victim to their own code must not make the victim's browser theirs."""
    talked(service, OTHER)
    attacker, victim = Browser(app), Browser(app)
    state = state_of(attacker.get("/sheet"))
    wechat.answers["code-1"] = {"openid": OTHER}
    answer = victim.get(f"/oauth?code=code-1&state={state}")
    assert answer.status_code == 403
    assert not wechat.asked
    assert victim.get("/sheet").status_code == 302


def test_going_back_to_the_code_leads_to_the_page_again(
    browser: Browser, service: Service, wechat: SignIn
) -> None:
    talked(service, ME)
    state = state_of(browser.get("/sheet"))
    wechat.answers["code-1"] = {"openid": ME}
    for _ in range(2):
        back = browser.get(f"/oauth?code=code-1&state={state}")
        assert back.headers["Location"] == "/sheet"
    assert len(wechat.asked) == 1


def test_two_tabs_on_their_way_to_wechat_both_arrive(browser: Browser, wechat: SignIn) -> None:
    first, second = state_of(browser.get("/sheet")), state_of(browser.get("/appointments"))
    wechat.answers["code-1"] = {"openid": ME}
    for state, page in ((first, "/sheet"), (second, "/appointments")):
        back = browser.get(f"/oauth?code=code-1&state={state}")
        assert back.headers["Location"] == page


def test_only_the_latest_starts_are_kept(browser: Browser, wechat: SignIn) -> None:
    states = [state_of(browser.get("/sheet")) for _ in range(6)]
    assert browser.get(f"/oauth?code=x&state={states[0]}").status_code == 403
    wechat.answers["code-1"] = {"openid": ME}
    assert browser.get(f"/oauth?code=code-1&state={states[1]}").status_code == 302


def test_the_preview_for_people_who_agreed_to_nothing_is_refused(
    browser: Browser, service: Service, wechat: SignIn
) -> None:
    state = state_of(browser.get("/sheet"))
    wechat.answers["code-1"] = {"openid": "oVirtual", "is_snapshotuser": 1}
    answer = browser.get(f"/oauth?code=code-1&state={state}")
    assert answer.status_code == 403
    assert "使用完整服务" in answer.get_data(as_text=True)
    assert browser.get("/sheet").status_code == 302


def test_wechat_being_away_is_said_plainly_and_the_secret_is_not_logged(
    browser: Browser, wechat: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    state = state_of(browser.get("/sheet"))
    wechat.server.shutdown()
    wechat.server.server_close()
    answer = browser.get(f"/oauth?code=code-1&state={state}")
    assert answer.status_code == 403
    assert "微信那边没有回应" in answer.get_data(as_text=True)
    assert "0123456789abcdef0123456789abcdef" not in caplog.text


def test_a_sign_in_does_not_last_for_ever(
    browser: Browser, service: Service, wechat: SignIn, watch: Watch
) -> None:
    talked(service, ME)
    sign_in(browser, wechat, "/sheet", ME)
    watch.wait(hours=12, seconds=1)
    assert browser.get("/sheet").status_code == 302


def test_somebody_without_answers_is_told_how_to_begin(browser: Browser, wechat: SignIn) -> None:
    answer = sign_in(browser, wechat, "/sheet", ME)
    assert answer.status_code == 404
    assert "还没有明细" in answer.get_data(as_text=True)


@pytest.mark.parametrize("changes", [{"wechat_open": ""}, {"wechat_appid": ""}])
def test_an_account_without_sign_in_shows_nobodys_sheet(
    tmp_path: Path, sqlite: Path, watch: Watch, changes: dict[str, str]
) -> None:
    shutil.copy(sqlite, tmp_path / "service.db")
    browser = Browser(create_app(settings_for(tmp_path, **changes), watch))
    answer = browser.get("/sheet")
    assert answer.status_code == 403
    assert "请在公众号里看" in answer.get_data(as_text=True)
