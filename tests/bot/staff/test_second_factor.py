"""The second step of every role: a code from a telephone, or from a sheet."""

import pyotp
import pytest

from bot.database import writing
from bot.sealing import cipher
from bot.staff.auth import members
from tests.bot.staff.office import (
    PEOPLE,
    Office,
    code_of,
    enrolled,
    shown_secret,
    signed_in,
    text,
)
from tests.bot.web import STAFF_SESSION, Browser

STEP = "/staff/second-step"


@pytest.mark.parametrize("account", PEOPLE)
def test_everybody_enrols_a_telephone_and_needs_it_from_then_on(
    office: Office, browser: Browser, account: str
) -> None:
    phone = enrolled(office, browser, account)
    assert browser.get("/staff/sites/oubei").status_code == 200
    again = Browser(office.app)
    signed_in(again, account)
    assert again.get("/staff/sites/oubei").headers["Location"] == STEP
    page = text(again.get(STEP))
    assert "<svg" not in page  # anyone who has only the password cannot enrol another telephone
    assert again.post(STEP, {"code": code_of(office, phone)}).status_code == 401  # used
    office.watch.wait(seconds=60)
    assert again.post(STEP, {"code": code_of(office, phone)}).status_code == 302
    assert again.get("/staff/sites/oubei").status_code == 200
    assert [entry.detail for entry in office.trail("sign_in")] == ['{"by": "code"}'] * 2


@pytest.mark.parametrize(
    ("seconds", "status"), [(-60, 401), (-30, 302), (0, 302), (30, 302), (60, 401)]
)
def test_the_clock_of_a_telephone_may_be_half_a_minute_off(
    office: Office, browser: Browser, seconds: int, status: int
) -> None:
    phone = enrolled(office, browser)
    office.watch.wait(minutes=5)
    again = Browser(office.app)
    signed_in(again, "boss")
    again.get(STEP)
    assert again.post(STEP, {"code": code_of(office, phone, seconds=seconds)}).status_code == status


def test_a_code_counts_however_its_digits_were_typed(office: Office, browser: Browser) -> None:
    """Chinese input methods write wide digits; some apps show a gap."""
    phone = enrolled(office, browser)
    for widened in (False, True):
        office.watch.wait(minutes=5)
        again = Browser(office.app)
        signed_in(again, "boss")
        again.get(STEP)
        code = code_of(office, phone)
        wide = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in code)
        typed = wide if widened else f" {code[:3]} {code[3:]}"
        assert again.post(STEP, {"code": typed}).status_code == 302


def test_an_older_code_does_not_follow_a_newer_one(office: Office, browser: Browser) -> None:
    phone = enrolled(office, browser)
    office.watch.wait(minutes=5)
    for seconds, status in ((30, 302), (0, 401), (30, 401)):
        again = Browser(office.app)
        signed_in(again, "boss")
        again.get(STEP)
        code = code_of(office, phone, seconds=seconds)
        assert again.post(STEP, {"code": code}).status_code == status


def test_of_many_wrong_codes_few_are_looked_at(office: Office, browser: Browser) -> None:
    enrolled(office, browser)
    tried = []
    for number in range(20):
        thief = Browser(office.app, f"198.51.100.{number}")
        signed_in(thief, "boss")
        thief.get(STEP)
        tried.append(thief.post(STEP, {"code": f"{number:06}"}).status_code)
    assert tried == [401] * 5 + [429] * 15


def test_a_form_sent_twice_signs_in_once_and_harms_nothing(
    office: Office, browser: Browser
) -> None:
    """The second goes to the first page, whatever the browser made of the first answer."""
    phone = enrolled(office, browser)
    office.watch.wait(minutes=1)
    again = Browser(office.app)
    signed_in(again, "boss")
    again.get(STEP)
    half = again.cookie(STAFF_SESSION)
    code = {"code": code_of(office, phone)}
    assert again.post(STEP, code).headers["Location"] == "/staff/"
    assert again.post(STEP, code).headers["Location"] == "/staff/"
    assert again.get("/staff/").status_code == 200
    again.set_cookie(STAFF_SESSION, half)  # half a session is worth nothing once it is whole
    assert again.get("/staff/").headers["Location"] == "/staff/sign-in"
    assert len(office.trail("sign_in")) == 2


def test_of_two_telephones_enrolled_at_once_the_first_counts(office: Office) -> None:
    first, second = Browser(office.app), Browser(office.app)
    phones = []
    for browser in (first, second):
        signed_in(browser, "clerk")
        phones.append(pyotp.TOTP(shown_secret(text(browser.get(STEP)))))
    assert first.post(STEP, {"code": code_of(office, phones[0])}).status_code == 302
    late = code_of(office, phones[1], seconds=30)
    assert second.post(STEP, {"code": late}).status_code == 401
    with writing(office.service.engine) as connection:
        assert not members.enrol(connection, office.ids["clerk"], "another")


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
    code = code_of(office, phone)
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
