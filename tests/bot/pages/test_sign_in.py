"""Signing in to the personal pages, through a stand-in of WeChat that speaks HTTP."""

import base64
import hashlib
import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from bot.database import reading, writing
from bot.models import PageSession
from bot.people import everything_about, forget
from bot.service import Service
from tests.bot.booking.desk import NINE, SITE, TOMORROW, make_slot
from tests.bot.pages.wechat import SignIn, sign_in, state_of
from tests.bot.setting_up import NOW
from tests.bot.web import Browser, Watch, signed_in, talked
from tests.bot.wechat.platform import Platform

ME, OTHER = "oMe-0001-openid", "oOther-002-openid"


def test_a_used_code_starts_the_sign_in_again_unseen_and_not_for_ever(
    browser: Browser, service: Service
) -> None:
    answer = browser.get("/sheet")
    for _ in range(3):
        answer = browser.get(f"/oauth?code=used&state={state_of(answer)}")
        assert answer.status_code == 302
    state = state_of(answer)
    assert browser.get(f"/oauth?code=used&state={state}").status_code == 403


def test_a_code_from_another_browser_signs_nobody_in(
    app: Flask, service: Service, wechat: SignIn
) -> None:
    """Anyone who lures a victim to their own code must not make the victim's browser theirs."""
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


def test_long_addresses_do_not_make_the_cookie_too_large(browser: Browser, wechat: SignIn) -> None:
    """A link a person was lured to must not keep them from signing in afterwards."""
    for number in range(5):
        noise = hashlib.shake_128(bytes([number])).hexdigest(190)
        browser.get(f"/sheet?x={noise}")
        browser.get(f"/sheet?x={noise * 9}")
        assert browser.get(f"/sheet/{noise * 9}").status_code == 404
    answer = browser.get("/appointments?site=oubei")
    assert len(answer.headers["Set-Cookie"]) < 4093
    wechat.answers["code-1"] = {"openid": ME}
    back = browser.get(f"/oauth?code=code-1&state={state_of(answer)}")
    assert back.headers["Location"] == "/appointments?site=oubei"


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
    wechat.away = True
    answer = browser.get(f"/oauth?code=code-1&state={state}")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "微信那边没有回应" in answer.get_data(as_text=True)
    assert "0123456789abcdef0123456789abcdef" not in caplog.text


def test_a_sign_in_does_not_last_for_ever(
    browser: Browser, service: Service, wechat: SignIn, watch: Watch
) -> None:
    talked(service, ME)
    sign_in(browser, wechat, "/sheet", ME)
    watch.wait(hours=12, seconds=1)
    assert browser.get("/sheet").status_code == 302


def leave(service: Service, person: str) -> None:
    with writing(service.engine) as connection:
        forget(connection, person)


def sessions(service: Service) -> list[Any]:
    with reading(service.engine) as connection:
        return list(connection.execute(select(PageSession)))


def open_form(browser: Browser, service: Service) -> dict[str, str]:
    """The times of a day, and the fields to choose one with."""
    with writing(service.engine) as connection:
        make_slot(connection)
    browser.get(f"/appointments/{SITE}?day={TOMORROW}")
    assert browser.token
    return {"site": SITE, "starts_at": NINE.isoformat()}


def cookie(browser: Browser) -> str:
    """Everything that can be read in the cookie without the secret key."""
    kept = browser.cookie("__Host-session")
    payload = kept.lstrip(".").partition(".")[0]
    packed = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    return (zlib.decompress(packed) if kept.startswith(".") else packed).decode()


def test_the_cookie_and_the_table_name_nobody_to_each_other(
    browser: Browser, service: Service, wechat: SignIn
) -> None:
    talked(service, ME)
    sign_in(browser, wechat, "/sheet", ME)
    (row,) = sessions(service)
    token = json.loads(cookie(browser))["signed_in"]
    assert ME not in cookie(browser)
    assert (row.person, row.started_at) == (ME, NOW)
    assert token != row.token == hashlib.sha256(token.encode()).hexdigest()


def test_every_sign_in_has_a_token_of_its_own_and_ends_the_one_before(
    browser: Browser, service: Service, wechat: SignIn, watch: Watch
) -> None:
    """Nobody can lay a token they know into a browser and wait for its owner to sign in."""
    sign_in(browser, wechat, "/sheet", ME)
    (before,) = sessions(service)
    watch.wait(hours=12)
    sign_in(browser, wechat, "/sheet", ME)
    (after,) = sessions(service)
    assert before.token != after.token


def test_who_is_forgotten_is_signed_out_in_every_browser_and_nobody_else(
    app: Flask, service: Service
) -> None:
    mine, also_mine, anothers = (signed_in(app, who) for who in (ME, ME, OTHER))
    talked(service, OTHER)
    leave(service, ME)
    assert [row.person for row in sessions(service)] == [OTHER]
    for browser in (mine, also_mine):
        assert state_of(browser.get("/appointments"))
    assert "66 分" in anothers.get("/sheet").get_data(as_text=True)


def test_a_form_of_somebody_forgotten_is_not_carried_out(app: Flask, service: Service) -> None:
    browser = signed_in(app, ME)
    form = open_form(browser, service)
    leave(service, ME)
    answer = browser.post("/appointments/hold", form)
    assert answer.status_code == 400
    assert "请重新打开页面" in answer.get_data(as_text=True)
    with reading(service.engine) as connection:
        assert everything_about(connection, ME) == {}


def test_after_deleting_everything_a_page_begins_anew(
    browser: Browser, service: Service, wechat: SignIn
) -> None:
    """Signing in again is silent; what was true before is not told as if it still were."""
    talked(service, ME)
    sign_in(browser, wechat, "/sheet", ME)
    form = open_form(browser, service)
    assert browser.post("/appointments/wait", form).status_code == 302  # and not looked further
    leave(service, ME)
    assert "还没有明细" in sign_in(browser, wechat, "/sheet", ME).get_data(as_text=True)
    shown = browser.get("/appointments").get_data(as_text=True)
    assert "记下了" not in shown
    assert "您在等" not in shown


def unfollow(platform: Platform) -> None:
    platform.event(ME, "unsubscribe")


def withdraw(platform: Platform) -> None:
    platform.event("platform", "user_authorization_revoke", OpenID=ME, RevokeInfo="1")


def delete(platform: Platform) -> None:
    for text in ("删除我的数据", "1"):
        platform.say(ME, text)


@pytest.mark.parametrize("leaves", [unfollow, withdraw, delete])
def test_each_way_of_leaving_signs_out(
    app: Flask, service: Service, leaves: Callable[[Platform], None]
) -> None:
    platform = Platform(app.test_client(), service.settings, int(NOW.timestamp()))
    platform.event(ME, "subscribe")
    browser = signed_in(app, ME)
    assert browser.get("/appointments").status_code == 200
    leaves(platform)
    assert state_of(browser.get("/appointments"))
