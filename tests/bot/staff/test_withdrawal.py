"""What a worksheet took over from the chat goes when the consent to it is withdrawn."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text, update

from bot.booking.tables import appointments
from bot.database import reading, writing
from bot.people import everything_about
from bot.turns import take_turn
from bot.worksheets import Line, read
from dialogs.sensitive import SENSITIVE
from dialogs.utterance import Said
from scoring import load_ruleset
from tests.bot.setting_up import NOW
from tests.bot.staff.office import Office, open_and_book
from tests.bot.staff.test_databases import office_on
from tests.bot.web import Browser, signed_in

ME = "oMe-0001-openid"
TOLD = ("你好", "同意", "1990年5月", "我是党员，也登记了器官捐献", "同意")


def by_word(office: Office) -> None:
    assert "收回了" in str(take_turn(office.service, ME, "withdrawn", Said("撤回"), NOW))


def by_page(office: Office) -> None:
    browser = signed_in(office.app, ME)
    browser.get("/my-data")
    assert browser.post("/my-data/withdraw", {}).status_code == 303


def at_the_window(office: Office) -> tuple[Browser, str, int]:
    """The person, who consented and told sensitive facts, is served; a clerk has the worksheet."""
    for turn, said in enumerate(TOLD):
        take_turn(office.service, ME, str(turn), Said(said), NOW)
    number, *_ = open_and_book(office.service.engine)
    with writing(office.service.engine) as connection:
        mine = update(appointments).where(appointments.c.id == number)
        connection.execute(mine.values(person=ME, state="serving"))
    browser, address = office.browser("clerk"), f"/staff/sites/oubei/appointments/{number}/review"
    browser.get(address)
    return browser, address, number


def lines_of(office: Office, number: int) -> dict[str, Line]:
    with reading(office.service.engine) as connection:
        return dict(read(connection, number, None).lines)


def test_the_sensitive_items_are_found_by_their_facts() -> None:
    items = {
        item.id
        for item in load_ruleset("yongjia-2022").items()
        if not SENSITIVE.isdisjoint(item.fact_ids())
    }
    assert items == {"special_status", "blood_donations", "donor_registration", "donation"}


@pytest.mark.parametrize("withdraw", [by_word, by_page])
def test_what_was_claimed_goes_and_what_the_window_decided_stays(
    url: str, tmp_path: Path, withdraw: Callable[[Office], None]
) -> None:
    office = office_on(url, tmp_path)
    browser, address, number = at_the_window(office)
    decided = {"result-donor_registration": "verified", "papers-donor_registration": "登记卡"}
    assert browser.post(address, decided | {"papers-birth_date": "身份证"}).status_code == 302
    before = lines_of(office, number)
    assert {"special_status", "donor_registration", "age"} <= before.keys()
    assert before["donor_registration"].verified == before["donor_registration"].claimed > 0
    withdraw(office)
    after = lines_of(office, number)
    assert after.keys() == {"donor_registration", "age"}
    assert after["age"] == before["age"]
    card = after["donor_registration"]
    assert (card.claimed, card.papers) == (Decimal(0), "登记卡")
    assert card.verified == before["donor_registration"].verified
    with reading(office.service.engine) as connection:
        shown = json.dumps(everything_about(connection, ME), default=str)
    assert "special_status" not in shown
    assert "party_member" not in shown
    # A form that was open meanwhile is shown again, without what is gone.
    again = browser.post(address, {"version": "1", "result-special_statuses": "verified"})
    assert again.status_code == 409
    assert lines_of(office, number) == after


def test_one_that_does_not_open_holds_nothing_up(url: str, tmp_path: Path) -> None:
    office = office_on(url, tmp_path)
    browser, address, number = at_the_window(office)
    assert browser.post(address, {"papers-birth_date": "身份证"}).status_code == 302
    with writing(office.service.engine) as connection:
        connection.execute(text("UPDATE reviews SET lines = substr(lines, 1, 60)"))
    by_word(office)
    with reading(office.service.engine) as connection:
        assert read(connection, number, None).unread
