"""Whose person it is: one clerk at a time, and another only by taking over."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import update

from bot.booking.tables import appointments
from bot.database import reading, writing
from bot.people import everything_about
from bot.staff.auth import members
from tests.bot.setting_up import NOW
from tests.bot.staff.office import Office, kept, open_and_book, stored_password, text
from tests.bot.staff.test_databases import office_on
from tests.bot.staff.test_review import arrive, sheet_of
from tests.bot.web import Browser

CLERKS = ("anna", "bea", "carl", "dora")
DAY = "/staff/sites/oubei"
FIELDS = {"fact-birth_date": "1994-11-23", "papers-birth_date": "身份证"}


@pytest.fixture
def counter(office: Office, booked: list[int]) -> tuple[Office, int]:
    """A window with four clerks, and a person who waits."""
    return office, staffed(office, booked[0])


@pytest.fixture
def both(url: str, tmp_path: Path) -> Iterator[tuple[Office, int]]:
    """The same on either database."""
    office = office_on(url, tmp_path)
    yield office, staffed(office, open_and_book(office.service.engine)[0])
    office.service.engine.dispose()


def staffed(office: Office, number: int) -> int:
    """Add the clerks, and check the person in."""
    arrive(office, number)
    with writing(office.service.engine) as connection:
        for account in CLERKS:
            added = members.add(connection, account, account.title(), "window", "oubei", "x", NOW)
            members.change(
                connection, added, password=stored_password(), must_change_password=False
            )
            office.ids[account] = added
    return number


def at_once(office: Office, path: str, fields: dict[str, str]) -> list[Any]:
    """The answers to the four, who all tap at the same moment."""
    barrier = Barrier(len(CLERKS))

    def tap(account: str) -> Any:
        browser = office.browser(account)
        browser.get("/staff/password")
        barrier.wait()
        return browser.post(path, fields)

    with ThreadPoolExecutor(len(CLERKS)) as threads:
        return list(threads.map(tap, CLERKS))


def serving(office: Office, number: int, account: str) -> tuple[Browser, str]:
    """The browser of a clerk who serves, and the address of the appointment."""
    own = f"{DAY}/appointments/{number}"
    browser = office.browser(account)
    browser.get(DAY)
    browser.post(f"{own}/step", {"state": "serving"})
    return browser, own


def test_one_of_four_serves_and_the_others_learn_who(both: tuple[Office, int]) -> None:
    office, number = both
    own = f"{DAY}/appointments/{number}"
    answers = at_once(office, f"{own}/step", {"state": "serving"})
    began = [answer.location for answer in answers if answer.location == f"{own}/review"]
    assert len(began) == len(office.trail("start_serving")) == 1
    holder = kept(office, number).served_by
    assert [entry.account for entry in office.trail("start_serving")] == [holder]
    other = office.browser(next(account for account in CLERKS if account != holder))
    page = text(other.get(f"{own}/review"))
    assert f"{holder.title()}在办" in page
    assert "换我来办" in page
    assert 'name="send"' not in page
    other.post(f"{own}/step", {"state": "serving"})
    assert f"是 {holder.title()} 在办" in text(other.get(DAY))
    code = {"code": kept(office, number).code, "state": "serving"}
    other.post(f"{DAY}/check-in", code)
    assert f"是 {holder.title()} 在办" in text(other.get(DAY))


def test_of_four_first_drafts_one_is_kept(both: tuple[Office, int]) -> None:
    office, number = both
    answers = at_once(office, f"{DAY}/appointments/{number}/review", FIELDS | {"version": "0"})
    assert sorted(answer.status_code for answer in answers) == [302, 409, 409, 409]
    refused = [text(answer) for answer in answers if answer.status_code == 409]
    assert all("身份证" in page and "所以这次没有存" in page for page in refused)
    assert len(office.trail("save_review")) == 1
    assert sheet_of(office, number).account == kept(office, number).served_by


def test_of_four_who_take_over_from_the_same_one_does(both: tuple[Office, int]) -> None:
    office, number = both
    _, own = serving(office, number, "desk")
    at_once(office, f"{own}/take-over", {"holder": "desk"})
    (entry,) = office.trail("take_over")
    assert entry.account == kept(office, number).served_by
    assert '"holder": "desk"' in entry.detail


def test_the_citizen_is_not_shown_who_of_the_staff_it_was(counter: tuple[Office, int]) -> None:
    office, number = counter
    with writing(office.service.engine) as connection:
        mine = update(appointments).where(appointments.c.id == number)
        connection.execute(mine.values(person="oMe"))
    _, own = serving(office, number, "anna")
    second = office.browser("bea")
    second.get(DAY)
    second.post(f"{own}/take-over", {"holder": "anna"})
    with reading(office.service.engine) as connection:
        shown = str(everything_about(connection, "oMe"))
    assert "take_over" in shown
    assert not any(account in shown for account in CLERKS)


def test_what_was_typed_outlives_a_colleague_who_took_over(counter: tuple[Office, int]) -> None:
    office, number = counter
    first, own = serving(office, number, "anna")
    second = office.browser("bea")
    second.get(DAY)
    assert second.post(f"{own}/take-over", {"holder": "anna"}).location == f"{own}/review"
    second.post(f"{own}/review", {"papers-residence_months": "居住证", "version": "0"})
    answer = first.post(f"{own}/review", FIELDS | {"version": "0", "send": "1"})
    page = text(answer)
    assert answer.status_code == 409
    assert "Bea接手了，所以这次没有存" in page
    assert 'value="1994-11-23"' in page
    assert sheet_of(office, number).lines.keys() == {"residence"}
    assert 'name="version" value="1"' in page
    for holder in ("", "carl"):  # nothing is taken over unsaid, nor from another than was shown
        fields = FIELDS | {"version": "1", "holder": holder}
        assert first.post(f"{own}/review", fields).status_code == 409
        assert sheet_of(office, number).lines.keys() == {"residence"}
    emptied = {"papers-residence_months": ""}
    first.post(f"{own}/review", FIELDS | emptied | {"version": "1", "holder": "bea"})
    assert sheet_of(office, number).lines.keys() == {"age"}
    assert kept(office, number).served_by == "anna"


def test_a_colleague_neither_finishes_nor_takes_back_what_another_serves(
    counter: tuple[Office, int],
) -> None:
    office, number = counter
    _, own = serving(office, number, "anna")
    second = office.browser("bea")
    second.get(DAY)
    for state in ("served", "arrived"):
        second.post(f"{own}/step", {"state": state})
        assert kept(office, number).state == "serving"
    second.post(f"{own}/take-over", {"holder": "anna"})
    second.post(f"{own}/step", {"state": "arrived"})
    assert (kept(office, number).state, kept(office, number).served_by) == ("arrived", None)


def test_who_is_typing_while_a_colleague_settles_it_sees_what_differs(
    counter: tuple[Office, int],
) -> None:
    office, number = counter
    first, own = serving(office, number, "anna")
    second = office.browser("bea")
    second.get(DAY)
    second.post(f"{own}/take-over", {"holder": "anna"})
    second.post(f"{own}/review", FIELDS | {"send": "1"})
    answer = first.post(f"{own}/review", FIELDS | {"papers-birth_date": "户口簿", "version": "0"})
    assert answer.status_code == 409
    assert "您填的没有存" in text(answer)
    assert "年龄：属实，20 分，材料：户口簿" in text(answer)


def test_a_result_is_put_right_by_whoever_is_there(counter: tuple[Office, int]) -> None:
    office, number = counter
    first, own = serving(office, number, "anna")
    first.post(f"{own}/review", FIELDS | {"send": "1"})
    second = office.browser("bea")
    second.get(DAY)
    second.post(f"{own}/review/reopen")
    assert kept(office, number).served_by == "bea"
    second.post(
        f"{own}/review", FIELDS | {"fact-birth_date": "1983-11-23", "send": "1", "version": "1"}
    )
    assert sheet_of(office, number).total == 17


def test_only_what_was_sent_is_taken_back(counter: tuple[Office, int]) -> None:
    office, number = counter
    browser, own = serving(office, number, "anna")
    browser.post(f"{own}/review/reopen")
    assert "还没有发过结果" in text(browser.get(f"{own}/review"))
