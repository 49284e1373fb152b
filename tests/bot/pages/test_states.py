"""A state of the sign-in is good once, for some minutes, in one browser: however it is sent."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from bot.database import reading, writing
from bot.models import SpentState
from bot.pages import exchange
from bot.service import Service
from bot.spent_states import spend
from tests.bot.pages.wechat import SignIn, state_of
from tests.bot.setting_up import NOW
from tests.bot.web import ROOT, Browser, Watch, talked

ME = "oMe-0001-openid"


SESSION = "__Host-session"


def with_cookie(app: Flask, cookie: str) -> Browser:
    browser = Browser(app)
    browser.set_cookie(SESSION, cookie)
    return browser


def test_a_replayed_state_with_a_kept_cookie_never_asks_wechat_again(
    app: Flask, browser: Browser, wechat: SignIn
) -> None:
    state = state_of(browser.get("/sheet"))
    kept = browser.cookie(SESSION)
    wechat.answers["code-1"] = {"openid": ME}
    assert browser.get(f"/oauth?code=code-1&state={state}").headers["Location"] == "/sheet"
    for number in range(20):
        again = with_cookie(app, kept).get(f"/oauth?code=x{number}&state={state}")
        assert state_of(again) != state  # a fresh sign-in
    assert len(wechat.asked) == 1


def test_a_reload_leads_who_is_signed_in_on_and_who_is_not_to_a_sign_in_that_works(
    app: Flask, browser: Browser, service: Service, wechat: SignIn
) -> None:
    talked(service, ME)
    state = state_of(browser.get("/sheet"))
    wechat.away = True
    assert browser.get(f"/oauth?code=code-1&state={state}").status_code == 503
    wechat.away = False
    fresh = state_of(browser.get(f"/oauth?code=code-1&state={state}"))
    wechat.answers["code-2"] = {"openid": ME}
    assert browser.get(f"/oauth?code=code-2&state={fresh}").headers["Location"] == "/sheet"
    for old in (state, fresh):
        assert browser.get(f"/oauth?code=code-1&state={old}").headers["Location"] == "/sheet"
    assert len(wechat.asked) == 1


@pytest.mark.parametrize(("minutes", "asked"), [(9.9, 1), (10, 0)])
def test_a_state_lapses(
    browser: Browser, wechat: SignIn, watch: Watch, minutes: float, asked: int
) -> None:
    state = state_of(browser.get("/sheet"))
    wechat.answers["code-1"] = {"openid": ME}
    watch.wait(minutes=minutes)
    answer = browser.get(f"/oauth?code=code-1&state={state}")
    assert len(wechat.asked) == asked
    assert asked or state_of(answer) != state


def test_a_state_sent_many_times_at_once_asks_once(app: Flask, wechat: SignIn) -> None:
    browser = Browser(app)
    state = state_of(browser.get("/sheet"))
    kept = browser.cookie(SESSION)
    wechat.answers["code-1"] = {"openid": ME}

    def sent(_: int) -> int:
        return int(with_cookie(app, kept).get(f"/oauth?code=code-1&state={state}").status_code)

    with ThreadPoolExecutor(8) as threads:
        codes = list(threads.map(sent, range(16)))
    assert set(codes) <= {302, 503}
    assert len(wechat.asked) == 1


@pytest.mark.parametrize("code", ["", "&code=", "&code=" + "x" * 513])
def test_without_a_code_wechat_is_not_asked(browser: Browser, wechat: SignIn, code: str) -> None:
    state = state_of(browser.get("/sheet"))
    assert browser.get(f"/oauth?state={state}{code}").status_code == 403
    assert not wechat.asked
    wechat.answers["code-1"] = {"openid": ME}
    assert browser.get(f"/oauth?code=code-1&state={state}").status_code == 302


def test_a_forged_or_foreign_cookie_asks_nothing(app: Flask, wechat: SignIn) -> None:
    browser = Browser(app)
    state = state_of(browser.get("/sheet"))
    kept = browser.cookie(SESSION)
    for forged in (("A" if kept[0] != "A" else "B") + kept[1:], "x", "", "." * 3000):
        answer = with_cookie(app, forged).get(f"/oauth?code=c&state={state}")
        assert answer.status_code == 403
    assert not wechat.asked


def test_more_than_some_at_once_are_asked_to_come_back_and_their_state_stays_good(
    browser: Browser, wechat: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = state_of(browser.get("/sheet"))
    wechat.answers["code-1"] = {"openid": ME}
    places = [exchange.place() for _ in range(exchange.AT_ONCE)]
    for one in places:
        one.__enter__()
    answer = browser.get(f"/oauth?code=code-1&state={state}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert not wechat.asked
    for one in places:
        one.__exit__(None, None, None)
    assert browser.client.get(f"/oauth?code=code-1&state={state}", base_url=ROOT).status_code == 302


def test_what_was_spent_is_forgotten_when_it_lapses(engine: Engine, watch: Watch) -> None:
    def spent(state: str) -> bool:
        with writing(engine) as connection:
            return spend(connection, state, watch())

    assert spent("a")
    assert not spent("a")
    watch.wait(minutes=9)
    assert spent("b")
    assert not spent("a")
    watch.wait(minutes=1)
    assert spent("c")
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(SpentState)) == 2
    assert watch.now > NOW
