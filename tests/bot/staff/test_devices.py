"""A browser that signed in before: not slowed by strangers, not asked twice a day for the code."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, func, select

from bot.cli.staff import command
from bot.database import reading, writing
from bot.models.staff import FailedSignIn, StaffDevice
from bot.staff.auth import devices, throttle
from tests.bot.setting_up import NOW
from tests.bot.staff.office import (
    PASSWORD,
    Office,
    code_of,
    enrolled,
    hired,
    signed_in,
    text,
)
from tests.bot.web import Browser

DEVICE = "__Host-staff_device"
STEP = "/staff/second-step"
FRESH = "山里的风 很大 呀呀 真凉快"


def signs_in(browser: Browser, account: str = "clerk", password: str = PASSWORD) -> str:
    """Where the right password leads."""
    browser.get("/staff/sign-in")
    fields = {"account": account, "password": password}
    return str(browser.post("/staff/sign-in", fields).headers["Location"])


def test_the_code_is_asked_once_a_day_at_each_browser(office: Office, browser: Browser) -> None:
    phone = enrolled(office, browser, "clerk")
    browser.post("/staff/sign-out")
    assert signs_in(browser) == "/staff/"
    assert browser.get("/staff/sites/oubei").status_code == 200
    assert signs_in(Browser(office.app)) == STEP
    office.watch.now = office.watch.now.replace(hour=23, minute=59, second=59)
    assert signs_in(browser) == "/staff/"
    office.watch.wait(seconds=1)
    assert signs_in(browser) == STEP
    browser.get(STEP)
    assert browser.post(STEP, {"code": code_of(office, phone)}).status_code == 302
    assert signs_in(browser) == "/staff/"
    told = [entry.detail for entry in office.trail("sign_in")]
    assert told == [f'{{"by": "{by}"}}' for by in ("code", "device", "device", "code", "device")]


def test_a_device_speaks_for_its_own_accounts_only(office: Office, browser: Browser) -> None:
    """Two clerks share a machine; a third account copies its cookie."""
    enrolled(office, browser, "clerk")
    shared = browser.cookie(DEVICE)
    browser.post("/staff/sign-out")
    assert signs_in(browser, "desk") == STEP
    enrolled(office, browser, "desk")
    assert browser.cookie(DEVICE) != shared
    for account in ("clerk", "desk"):
        assert signs_in(browser, account) == "/staff/"
    thief = Browser(office.app)
    thief.set_cookie(DEVICE, browser.cookie(DEVICE))
    assert signs_in(thief, "boss") == STEP
    assert signs_in(thief, "desk") == "/staff/"  # with the password: what a device is
    thief.set_cookie(DEVICE, shared)
    assert signs_in(thief, "clerk") == STEP


def test_a_token_laid_into_a_browser_is_worth_nothing(office: Office) -> None:
    """Also one that is good for the account of anyone who laid it there."""
    attacker, victim = Browser(office.app), Browser(office.app)
    enrolled(office, attacker, "desk")
    for planted in ("planted", attacker.cookie(DEVICE)):
        victim = Browser(office.app)
        victim.set_cookie(DEVICE, planted)
        account = "clerk" if planted == "planted" else "boss"
        enrolled(office, victim, account)
        assert victim.cookie(DEVICE) != planted
        attacker.set_cookie(DEVICE, planted)
        assert signs_in(attacker, account) == STEP


def by_reset(office: Office) -> None:
    office.browser("boss").post(f"/staff/accounts/{office.ids['clerk']}/second-factor")


def by_role(office: Office) -> None:
    fields = {"role": "window", "site": "oubei"}
    office.browser("boss").post(f"/staff/accounts/{office.ids['clerk']}/role", fields)


def by_closing(office: Office) -> None:
    for active in "01":
        path = f"/staff/accounts/{office.ids['clerk']}/active"
        office.browser("boss").post(path, {"active": active})


def by_sheet(office: Office) -> None:
    office.browser("boss").post(f"/staff/accounts/{office.ids['clerk']}/codes")


def by_own_password(office: Office) -> None:
    fields = {"current": PASSWORD, "password": FRESH, "again": FRESH}
    assert office.browser("clerk").post("/staff/password", fields).status_code == 302
    fields = {"current": FRESH, "password": PASSWORD, "again": PASSWORD}
    office.watch.wait(minutes=2)
    assert office.browser("clerk").post("/staff/password", fields).status_code == 302


@pytest.mark.parametrize("ends", [by_reset, by_role, by_closing, by_sheet, by_own_password])
def test_a_stolen_device_ends_with_whatever_an_office_does_about_it(
    office: Office, browser: Browser, ends: object
) -> None:
    enrolled(office, browser, "clerk")
    thief = Browser(office.app)
    thief.set_cookie(DEVICE, browser.cookie(DEVICE))
    assert signs_in(thief) == "/staff/"
    ends(office)  # type: ignore[operator]
    assert thief.get("/staff/sites/oubei").status_code == 302
    assert signs_in(thief) == STEP


def test_a_password_that_is_reset_ends_it_too(office: Office, browser: Browser) -> None:
    enrolled(office, browser, "clerk")
    office.browser("boss").post(f"/staff/accounts/{office.ids['clerk']}/password")
    with reading(office.service.engine) as connection:
        assert devices.known(connection, browser.cookie(DEVICE), "clerk", NOW) is None
    enrolled(office, browser, "boss")
    url = office.service.settings.database_url
    CliRunner().invoke(command, ["--url", url, "reset", "boss"])
    with reading(office.service.engine) as connection:
        assert devices.known(connection, browser.cookie(DEVICE), "boss", NOW) is None


def test_where_a_password_is_changed_the_code_is_not_asked_again(
    office: Office, browser: Browser
) -> None:
    enrolled(office, browser, "clerk")
    before = browser.cookie(DEVICE)
    browser.get("/staff/password")
    fields = {"current": PASSWORD, "password": FRESH, "again": FRESH}
    assert browser.post("/staff/password", fields).status_code == 302
    assert browser.cookie(DEVICE) != before
    assert signs_in(browser, password=FRESH) == "/staff/"
    thief = Browser(office.app)
    thief.set_cookie(DEVICE, before)
    assert signs_in(thief, password=FRESH) == STEP


def test_the_cookie_is_guarded(office: Office, browser: Browser) -> None:
    signed_in(browser, "clerk")
    page = text(browser.get(STEP))
    assert "Set-Cookie" not in page
    enrolled(office, browser, "clerk")
    kept = browser.client.get_cookie(DEVICE, domain="jf.example.cn")
    assert kept
    assert kept.http_only
    assert kept.secure
    assert kept.same_site == "Strict"
    assert kept.max_age == devices.KEPT.total_seconds()


def test_strangers_do_not_slow_a_known_device_and_its_own_slips_do(
    office: Office, browser: Browser
) -> None:
    """Not from everywhere, and not from its own address."""
    enrolled(office, browser, "clerk")
    browser.post("/staff/sign-out")
    for number in range(60):
        signed_in(Browser(office.app, f"198.51.100.{number}"), "clerk", "wrong")
    for name in range(30):
        signed_in(Browser(office.app), f"name{name}", "wrong")
    assert signed_in(Browser(office.app, "203.0.113.9"), "clerk") == 429
    assert signed_in(Browser(office.app), "clerk") == 429
    assert signed_in(browser, "clerk") == 302
    for _ in range(throttle.PER_DEVICE):
        assert signed_in(browser, "clerk", "wrong") == 401
    assert signed_in(browser, "clerk") == 429
    office.watch.wait(minutes=15, seconds=1)
    assert signed_in(browser, "clerk") == 302


def test_nor_do_a_thiefs_wrong_codes(office: Office, browser: Browser) -> None:
    phone = enrolled(office, browser, "clerk")
    office.watch.wait(days=1)
    thief = Browser(office.app, "198.51.100.7")
    signed_in(thief, "clerk")
    thief.get(STEP)
    for status in (401, 401, 401, 401, 401, 429):
        assert thief.post(STEP, {"code": "000000"}).status_code == status
    assert signs_in(browser) == STEP
    browser.get(STEP)
    assert browser.post(STEP, {"code": code_of(office, phone)}).status_code == 302


def test_a_known_device_is_no_way_to_guess_more(office: Office, browser: Browser) -> None:
    """Of another account it says nothing; and its slips do not reach another's count."""
    enrolled(office, browser, "clerk")
    guesses = [signed_in(browser, "boss", "wrong") for _ in range(6)]
    assert guesses == [401] * 5 + [429]
    assert signed_in(browser, "clerk") == 302


def test_devices_of_one_account_are_few_and_old_ones_go(engine: Engine) -> None:
    clerk = hired(engine)["clerk"]
    tokens = []
    for number in range(devices.MOST + 2):
        at = NOW + timedelta(minutes=number)
        with writing(engine) as connection:
            tokens.append(devices.remember(connection, "", clerk, at, None))
    with reading(engine) as connection:
        kept = [bool(devices.known(connection, one, "clerk", at)) for one in tokens]
        assert kept == [False] * 2 + [True] * devices.MOST
        later = at + devices.KEPT
        assert devices.known(connection, tokens[-1], "clerk", later)
        assert not devices.known(connection, tokens[-1], "clerk", later + timedelta(seconds=1))
    with writing(engine) as connection:
        later = at + devices.KEPT + timedelta(seconds=1)
        devices.remember(connection, "", clerk, later, None)
        assert connection.scalar(select(func.count()).select_from(StaffDevice)) == 1


def test_slips_of_strangers_do_not_fill_the_table(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "MOST", 50)
    with writing(engine) as connection:
        done = [
            throttle.begin(connection, throttle.described("key", f"a{number}", f"b{number}"), NOW)
            for number in range(60)
        ]
        assert done == [True] * 50 + [False] * 10
        assert connection.scalar(select(func.count()).select_from(FailedSignIn)) == 50
        known = throttle.described("key", "clerk", "192.0.2.1", device="k")
        assert throttle.begin(connection, known, NOW)
        later = NOW + throttle.WINDOW + timedelta(seconds=1)
        assert throttle.begin(connection, throttle.described("key", "c", "d"), later)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("", "unix:", False),
    ],
)
def test_what_counts_as_one_address(one: str, other: str, same: bool) -> None:
    kept = [throttle.described("key", "clerk", address).address for address in (one, other)]
    assert (kept[0] == kept[1]) is same
