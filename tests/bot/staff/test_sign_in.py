import re
import shutil
from pathlib import Path

import pyotp
import pytest
from flask import Flask
from sqlalchemy import event

from bot import create_app
from bot.database import writing
from bot.staff.auth import members, passwords
from tests.bot.setting_up import settings_for
from tests.bot.staff.office import (
    PASSWORD,
    Office,
    code_of,
    enrolled,
    hired,
    shown_secret,
    signed_in,
    text,
)
from tests.bot.web import STAFF_SESSION, Browser, Watch

ODD = "find=%0d%0aA:b%25&x=%E4%B8%AD"


def test_the_right_password_opens_and_the_cookie_is_guarded(
    office: Office, browser: Browser
) -> None:
    browser.get("/staff/sign-in")
    answer = browser.post("/staff/sign-in", {"account": "clerk", "password": PASSWORD})
    cookie = next(
        one for one in answer.headers.getlist("Set-Cookie") if one.startswith(STAFF_SESSION)
    )
    for flag in ("Secure", "HttpOnly", "SameSite=Strict"):
        assert flag in cookie
    assert browser.get("/staff/sites/oubei").headers["Location"] == "/staff/second-step"
    assert office.trail("sign_in") == []  # half of it is done


def test_a_wrong_password_and_an_unknown_account_look_the_same(
    office: Office, browser: Browser
) -> None:
    texts = []
    for account in ("clerk", "nobody"):
        browser.get("/staff/sign-in")
        answer = browser.post("/staff/sign-in", {"account": account, "password": "wrong"})
        assert answer.status_code == 401
        text = re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True))
        texts.append(text)
    assert texts[0] == texts[1]


def test_nothing_more_or_less_is_done_for_an_account_that_exists(
    office: Office, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that no clock tells which accounts there are: as many statements, and one argon2."""
    done: list[str] = []
    event.listen(
        office.service.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_: done.append(statement),
    )
    real = passwords.matches

    def matches(password: str, stored: str | None) -> bool:
        done.append("argon2")
        return real(password, stored)

    monkeypatch.setattr(passwords, "matches", matches)
    traces = []
    for account in ("clerk", "nobody"):
        browser.get("/staff/sign-in")
        done.clear()
        browser.post("/staff/sign-in", {"account": account, "password": "wrong"})
        traces.append([*done])
    assert traces[0] == traces[1]
    assert traces[0].count("argon2") == 1


def test_five_slips_close_an_account_for_a_while_from_there_only(
    office: Office, app: Flask
) -> None:
    for _ in range(5):
        assert signed_in(Browser(app), "clerk", "wrong") == 401
    assert signed_in(Browser(app), "clerk") == 429
    assert signed_in(Browser(app), "desk") == 302
    assert signed_in(Browser(app, "192.0.2.99"), "clerk", "wrong") == 401
    office.watch.wait(minutes=15, seconds=1)
    assert signed_in(Browser(app), "clerk") == 302


def test_strangers_slow_an_account_down_and_cannot_close_it(office: Office, app: Flask) -> None:
    guesses = [
        signed_in(Browser(app, f"198.51.100.{number}"), "boss", "wrong") for number in range(60)
    ]
    assert guesses == [401] * 20 + [401] * (guesses.count(401) - 20) + [429] * guesses.count(429)
    assert guesses.count(429) >= 39
    office.watch.wait(seconds=31)
    assert signed_in(Browser(app, "192.0.2.99"), "boss") == 302


def test_each_slip_of_many_makes_the_next_try_wait_longer(office: Office, app: Flask) -> None:
    done = 0
    for second in range(300):
        done += signed_in(Browser(app, f"198.51.100.{second}"), "boss", "wrong") == 401
        office.watch.wait(seconds=1)
    assert 25 <= done <= 35


def test_slips_and_leaving_are_in_the_trail(office: Office, browser: Browser) -> None:
    signed_in(browser, "clerk", "wrong")
    signed_in(browser, "my password by mistake", "wrong")
    assert [entry.account for entry in office.trail("sign_in_failed")] == ["clerk", ""]
    assert "by mistake" not in str(office.trail("sign_in_failed"))
    signed_in(browser, "clerk")
    browser.get("/staff/password")
    browser.post("/staff/sign-out")
    assert [entry.account for entry in office.trail("sign_out")] == ["clerk"]


def test_twenty_slips_close_an_address_for_a_while(office: Office, app: Flask) -> None:
    for number in range(20):
        assert signed_in(Browser(app), f"name{number}", "wrong") == 401
    assert signed_in(Browser(app), "clerk") == 429
    assert signed_in(Browser(app, "198.51.100.7"), "clerk") == 302


def test_behind_a_proxy_each_visitor_counts_for_oneself(
    tmp_path: Path, sqlite: Path, watch: Watch
) -> None:
    shutil.copy(sqlite, tmp_path / "proxied.db")
    database = f"sqlite:///{tmp_path / 'proxied.db'}"
    app = create_app(settings_for(tmp_path, database_url=database, proxies=1), watch)
    hired(app.extensions["xinshimin"].engine)

    def status(visitor: str, account: str, password: str) -> int:
        browser = Browser(app)
        browser.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"203.0.113.9, {visitor}"
        return signed_in(browser, account, password)

    for number in range(20):
        assert status("192.0.2.1", f"name{number}", "wrong") == 401
    assert status("192.0.2.1", "clerk", PASSWORD) == 429
    assert status("192.0.2.2", "clerk", PASSWORD) == 302


def test_the_right_password_forgives_earlier_slips(office: Office, browser: Browser) -> None:
    for _ in range(3):
        for _ in range(4):
            assert signed_in(browser, "clerk", "wrong") == 401
        assert signed_in(browser, "clerk") == 302


def test_a_huge_form_is_refused_unread(browser: Browser) -> None:
    browser.get("/staff/sign-in")
    assert browser.post("/staff/sign-in", {"account": "a" * 300_000}).status_code == 413
    many = [("a", "")] * 2000
    assert browser.post("/staff/hours/apply", many).status_code == 413


def test_a_session_ends_after_half_an_hour_of_nothing(office: Office) -> None:
    browser = office.browser("clerk")
    for _ in range(3):
        office.watch.wait(minutes=29)
        assert browser.get("/staff/sites/oubei").status_code == 200
    office.watch.wait(minutes=31)
    assert browser.get("/staff/sites/oubei").status_code == 302


def test_a_session_ends_after_a_working_day(office: Office) -> None:
    browser = office.browser("clerk")
    for _ in range(20):
        office.watch.wait(minutes=29)
        assert browser.get("/staff/sites/oubei").status_code == 200
    office.watch.wait(minutes=25)
    assert browser.get("/staff/sites/oubei").status_code == 302


def test_signing_out_ends_the_session_on_the_server(office: Office) -> None:
    browser = office.browser("clerk")
    kept = browser.cookie(STAFF_SESSION)
    assert kept
    browser.post("/staff/sign-out")
    assert not browser.cookie(STAFF_SESSION)
    browser.set_cookie(STAFF_SESSION, kept)
    assert browser.get("/staff/sites/oubei").status_code == 302


def test_a_closed_account_is_out_at_once(office: Office) -> None:
    clerk, boss = office.browser("clerk"), office.browser("boss")
    boss.post(f"/staff/accounts/{office.ids['clerk']}/active", {"active": "0"})
    assert clerk.get("/staff/sites/oubei").status_code == 302
    assert signed_in(Browser(office.app), "clerk") == 401


def test_the_first_password_must_be_changed_before_anything_else(
    office: Office, browser: Browser
) -> None:
    with writing(office.service.engine) as connection:
        members.change(connection, office.ids["clerk"], must_change_password=True)
    enrolled(office, browser, "clerk")
    assert browser.get("/staff/sites/oubei").headers["Location"] == "/staff/password"
    browser.get("/staff/password")
    new = {
        "current": PASSWORD,
        "password": "山里的风 很大 呀呀 真凉快",
        "again": "山里的风 很大 呀呀 真凉快",
    }
    assert browser.post("/staff/password", new).status_code == 302
    assert browser.get("/staff/sites/oubei").status_code == 200
    assert signed_in(Browser(office.app), "clerk") == 401


@pytest.mark.parametrize(
    ("current", "chosen", "again", "said"),
    [
        ("wrong", "a new long password", "a new long password", "现在的密码不对"),
        (PASSWORD, "short", "short", "至少要 12 位"),
        (PASSWORD, "aaaaaaaaaaaa", "aaaaaaaaaaaa", "很多人在用"),
        (PASSWORD, "clerk-river-boats", "clerk-river-boats", "新密码里有账号"),
        (PASSWORD, PASSWORD, PASSWORD, "和原来的一样"),
        (PASSWORD, "a new long password", "another long one", "不一样"),
    ],
)
def test_a_bad_new_password_changes_nothing(
    office: Office, current: str, chosen: str, again: str, said: str
) -> None:
    browser = office.browser("clerk")
    fields = {"current": current, "password": chosen, "again": again}
    answer = browser.post("/staff/password", fields)
    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)
    assert signed_in(Browser(office.app), "clerk") == 302


def test_what_was_typed_outlives_the_session(office: Office, booked: list[int]) -> None:
    clerk = office.browser("clerk")
    clerk.get("/staff/sites/oubei")
    office.watch.wait(minutes=31)
    fields = {"who": '"><b>张三丰', "day": "2026-11-23"}
    answer = clerk.post("/staff/sites/oubei/find", fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert 'action="/staff/sites/oubei/find"' in page
    assert 'name="who" value="&#34;&gt;&lt;b&gt;张三丰"' in page
    after = office.browser("clerk")
    assert after.post("/staff/sites/oubei/find", fields).status_code == 200


def test_a_password_is_never_handed_back(office: Office) -> None:
    clerk = office.browser("clerk")
    office.watch.wait(minutes=31)
    answer = clerk.post("/staff/password", {"current": PASSWORD, "password": "x", "again": "x"})
    assert answer.headers["Location"] == "/staff/sign-in"
    assert PASSWORD not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("/staff/affected", "/staff/affected"),
        ("/staff/sites/oubei?day=2026-11-24", "/staff/sites/oubei?day=2026-11-24"),
        (f"/staff/sites/oubei?{ODD}", f"/staff/sites/oubei?{ODD}"),
        ("/staff/sites/%0d%0aA:b", "/staff/"),
        ("/staff/sites/dongcheng", "/staff/"),
        ("/staff/trail", "/staff/"),
        ("/staff/reports", "/staff/"),
    ],
)
def test_one_comes_back_to_the_page_that_asked_for_the_password(
    office: Office, browser: Browser, wanted: str, found: str
) -> None:
    assert browser.get(wanted).headers["Location"] == "/staff/sign-in"
    browser.get("/staff/sign-in")
    browser.post("/staff/sign-in", {"account": "clerk", "password": PASSWORD})
    phone = pyotp.TOTP(shown_secret(text(browser.get("/staff/second-step"))))
    answer = browser.post("/staff/second-step", {"code": code_of(office, phone)})
    assert answer.headers["Location"] == found


def test_who_may_not_is_shown_the_way_back(office: Office, booked: list[int]) -> None:
    clerk = office.browser("clerk")
    for path, status in (("/staff/trail", 403), ("/staff/sites/oubei/appointments/99", 404)):
        answer = clerk.get(path)
        assert answer.status_code == status
        assert 'href="/staff/">回到今天' in answer.get_data(as_text=True)
