"""The administrators' second step: a code from their telephone."""

import re

import pyotp

from bot.database import writing
from bot.sealing import cipher
from bot.staff import members
from tests.bot.staff.office import Office, signed_in
from tests.bot.web import STAFF_SESSION, Browser

SECRET = re.compile(r"<p>((?:[A-Z2-7]{4} ?){8})</p>")


def enrolled(office: Office, browser: Browser) -> pyotp.TOTP:
    """Enrol the administrator's telephone."""
    signed_in(browser, "boss")
    page = browser.get("/staff/second-step").get_data(as_text=True)
    assert "<svg" in page
    found = SECRET.search(page)
    assert found
    phone = pyotp.TOTP(found[1].replace(" ", ""))
    code = phone.at(int(office.watch().timestamp()))
    assert browser.post("/staff/second-step", {"code": code}).headers["Location"] == "/staff/"
    return phone


def test_an_administrator_enrols_a_telephone_and_needs_it_from_then_on(
    office: Office, browser: Browser
) -> None:
    phone = enrolled(office, browser)
    assert browser.get("/staff/accounts").status_code == 200
    again = Browser(office.app)
    signed_in(again, "boss")
    assert again.get("/staff/accounts").headers["Location"] == "/staff/second-step"
    page = again.get("/staff/second-step").get_data(as_text=True)
    assert "<svg" not in page  # whoever has only the password cannot enrol another telephone
    used = phone.at(int(office.watch().timestamp()))
    assert again.post("/staff/second-step", {"code": used}).status_code == 401
    office.watch.wait(seconds=60)
    code = phone.at(int(office.watch().timestamp()))
    assert again.post("/staff/second-step", {"code": code}).status_code == 302
    assert again.get("/staff/accounts").status_code == 200


def test_codes_cannot_be_guessed(office: Office, browser: Browser) -> None:
    enrolled(office, browser)
    again = Browser(office.app)
    signed_in(again, "boss")
    again.get("/staff/second-step")
    for _ in range(5):
        assert again.post("/staff/second-step", {"code": "000000"}).status_code == 401
    assert again.post("/staff/second-step", {"code": "000000"}).status_code == 429


def test_a_stranger_cannot_use_up_an_administrators_tries_with_the_code(
    office: Office, browser: Browser
) -> None:
    phone = enrolled(office, browser)
    for name in ("code boss", "change boss", "boss"):
        for _ in range(5):
            assert signed_in(Browser(office.app, "198.51.100.7"), name, "wrong") == 401
    office.watch.wait(seconds=60)
    again = Browser(office.app)
    assert signed_in(again, "boss") == 302
    again.get("/staff/second-step")
    code = phone.at(int(office.watch().timestamp()))
    assert again.post("/staff/second-step", {"code": code}).status_code == 302


def test_signing_in_never_keeps_a_session_that_was_there_before(
    office: Office, browser: Browser
) -> None:
    browser.set_cookie(STAFF_SESSION, "planted")
    assert signed_in(browser, "clerk") == 302
    assert browser.cookie(STAFF_SESSION) not in ("", "planted")
    planted = Browser(office.app)
    planted.set_cookie(STAFF_SESSION, "planted")
    assert planted.get("/staff/").headers["Location"] == "/staff/sign-in"


def test_the_secret_of_a_telephone_is_not_readable_in_the_database(
    office: Office, browser: Browser
) -> None:
    phone = enrolled(office, browser)
    with writing(office.service.engine) as connection:
        kept = members.by_account(connection, "boss")[0]
    assert kept
    assert phone.secret not in (kept.totp_secret or "")


def test_a_lost_telephone_is_reset_by_another_administrator_only(
    office: Office, browser: Browser
) -> None:
    enrolled(office, browser)
    own = f"/staff/accounts/{office.ids['boss']}/second-factor"
    browser.get("/staff/accounts")
    assert browser.post(own).status_code == 403


def test_a_changed_secret_key_is_said_and_not_a_crash(office: Office, browser: Browser) -> None:
    enrolled(office, browser)
    sealed = cipher("another secret key, long enough", "totp").encrypt(b"JBSWY3DP").decode()
    with writing(office.service.engine) as connection:
        members.change(connection, office.ids["boss"], totp_secret=sealed)
    again = Browser(office.app)
    signed_in(again, "boss")
    again.get("/staff/second-step")
    answer = again.post("/staff/second-step", {"code": "123456"})
    assert "staff reset boss" in answer.get_data(as_text=True)
