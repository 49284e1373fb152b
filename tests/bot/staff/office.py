"""An office for tests: three people of staff, one window that is open, some appointments."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import Engine, select

from bot.booking import changes, counter
from bot.booking.calendar import Hours, WeeklyRule
from bot.booking.holidays import load_special_days
from bot.database import reading, writing
from bot.models.staff import AuditEntry
from bot.service import Service
from bot.staff.auth import members, passwords, sessions
from tests.bot.setting_up import NOW
from tests.bot.web import Browser, Watch

PASSWORD = "correct horse battery"
PEOPLE = {"clerk": ("window", "oubei"), "desk": ("county", None), "boss": ("administrator", None)}
TODAY = NOW.date()
DAY = "/staff/sites/oubei"
PERSON = {"day": str(TODAY), "purpose": "review", "name": "陈七", "phone": "13912345678"}


@cache
def stored_password() -> str:
    return passwords.hashed(PASSWORD)


@dataclass
class Office:
    """Signed-in browsers by account."""

    app: Flask
    service: Service
    watch: Watch
    ids: dict[str, int]

    def browser(self, account: str) -> Browser:
        browser = Browser(self.app)
        if account:
            with writing(self.service.engine) as connection:
                token = sessions.start(connection, self.ids[account], True, self.watch())
            browser.sign_in_with(token)
        return browser

    def trail(self, action: str) -> list[Any]:
        with reading(self.service.engine) as connection:
            return list(
                connection.execute(select(AuditEntry).where(AuditEntry.action == action))  # type: ignore[arg-type]
            )


@pytest.fixture
def office(app: Flask, service: Service, watch: Watch) -> Office:
    return Office(app, service, watch, hired(service.engine))


def hired(engine: Engine) -> dict[str, int]:
    """Add the three people; their numbers by account."""
    with writing(engine) as connection:
        ids = {
            account: members.add(connection, account, account.title(), role, site, "x", NOW)
            for account, (role, site) in PEOPLE.items()
        }
        for number in ids.values():
            members.change(
                connection, number, password=stored_password(), must_change_password=False
            )
    return ids


@pytest.fixture
def booked(service: Service) -> list[int]:
    """Oubei is open today from 8:30; four people booked by telephone."""
    return open_and_book(service.engine)


def open_and_book(engine: Engine, site: str = "oubei") -> list[int]:
    with writing(engine) as connection:
        load_special_days(connection, 2026)
        hours = Hours(time(8, 30), time(11, 30), "1", 30, 4, 25)
        early = NOW - timedelta(hours=3)
        for weekday in (1, 2):
            rule = WeeklyRule(weekday, hours, date(2026, 11, 1))
            changes.apply(connection, changes.AddWeeklyRule(site, rule), early)
        slots = counter.slots_of_day(connection, site, TODAY)
        made = [
            counter.book_for(
                connection, slot.id, "review", NOW, name=name, phone=f"1381234567{number}"
            )
            for number, (slot, name) in enumerate(
                zip(slots, ("张三丰", "李四", "王小明", "赵六"), strict=False)
            )
        ]
    return [number for number in made if number is not None]


def kept(office: Office, number: int) -> Any:
    """An appointment as it is stored."""
    with reading(office.service.engine) as connection:
        return counter.by_id(connection, number)


def slots_of_today(office: Office) -> list[Any]:
    with reading(office.service.engine) as connection:
        return counter.slots_of_day(connection, "oubei", TODAY)


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def shown_secret(page: str) -> str:
    """The secret on the page that enrols a telephone."""
    found = re.search(r"<p>((?:[A-Z2-7]{4} ?){8})</p>", page)
    assert found
    return found[1].replace(" ", "")


def code_of(office: Office, phone: pyotp.TOTP, **later: float) -> str:
    """What the telephone shows now, or `later`."""
    return str(phone.at(office.watch() + timedelta(**later)))


def enrolled(
    office: Office, browser: Browser, account: str = "boss", password: str = PASSWORD
) -> pyotp.TOTP:
    """Sign in for the first time, with a telephone that is new; it is enrolled then."""
    assert signed_in(browser, account, password) == 302
    phone = pyotp.TOTP(shown_secret(text(browser.get("/staff/second-step"))))
    answer = browser.post("/staff/second-step", {"code": code_of(office, phone)})
    assert answer.status_code == 302
    return phone


def signed_in(browser: Browser, account: str, password: str = PASSWORD) -> int:
    """The status of an attempt to sign in."""
    browser.get("/staff/sign-in")
    answer = browser.post("/staff/sign-in", {"account": account, "password": password})
    return int(answer.status_code)
