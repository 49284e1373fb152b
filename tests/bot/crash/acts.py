"""Each kind of act: what goes before it, and the request or the job that it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from bot.booking import reservation, transitions, waiting
from bot.database import writing
from bot.outbox import consent, posting
from dialogs.data import parse
from tests.bot.booking.desk import NINE, SITE, TEN, make_slot
from tests.bot.crash.installation import Installation, request
from tests.bot.setting_up import NOW
from tests.bot.staff.office import DAY, Office, hired, open_and_book
from tests.bot.web import HOST, STAFF_SESSION, Browser, signed_in

ANNA, BEA = "oAnna-0001", "oBea-0002"
STEPS = ("arrived", "called", "serving", "served")  # on the way to a state
SESSION = "__Host-session"


@dataclass(frozen=True)
class Job:
    """What a worker does at `later` than `NOW`; where it was broken off, again after `again`."""

    name: str
    later: timedelta = timedelta()
    again: timedelta = timedelta(minutes=3)


@dataclass(frozen=True)
class Act:
    """`prepare` brings about what goes before, and gives what is then done: the bytes of a request,
    or a job. `kind` is chat, page, console or job."""

    name: str
    kind: str
    prepare: Callable[[Installation], bytes | Job]
    later: timedelta = timedelta()
    notices: str = ""  # how people consent to them, where some are sent
    cold: bool = False  # the process has just started, and has no connection yet


def acts() -> dict[str, Act]:
    """All of them, by name."""
    stated = parse(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    made = [Act(name, "chat", _chat(**one)) for name, one in stated["chat"].items()]
    made += [replace(one, name=f"{one.name}, after a start", cold=True) for one in made[2:3]]
    made += [Act(name, "page", _page(**one)) for name, one in stated["page"].items()]
    made += [
        Act(name, "console", _console(**one), timedelta(hours=one.get("hours", 0)))
        for name, one in stated["console"].items()
    ]
    made += [
        Act("send by template", "job", _sending, notices="category"),
        Act("send by subscription", "job", _sending, notices="long_term"),
        Act("send by customer service", "job", _sending_text, notices="long_term"),
        Act("free a lapsed place, offer it", "job", _lapsed),
        Act("publish ahead", "job", _publishing),
    ]
    return {one.name: one for one in made}


def _chat(
    after: list[str] | None = None, says: str = "", event: str = ""
) -> Callable[[Installation], bytes]:
    def prepare(house: Installation) -> bytes:
        _places(house)
        if after is not None:
            _talked(house, after)
        return house.message(ANNA, says) if says else house.event(ANNA, event)

    return prepare


def _page(
    path: str, form: Mapping[str, str], after: list[str] | None = None
) -> Callable[[Installation], bytes]:
    def prepare(house: Installation) -> bytes:
        _places(house)
        _talked(house, after or [])
        browser = signed_in(house.app, ANNA)
        browser.get("/appointments")
        browser.get("/appointments/confirm")
        return _posted(browser, path, form, SESSION)

    return prepare


def _console(
    path: str,
    form: Mapping[str, str] | None = None,
    states: tuple[str, ...] = (),
    hours: int = 0,
    account: str = "clerk",
) -> Callable[[Installation], bytes]:
    def prepare(house: Installation) -> bytes:
        office = Office(house.app, house.service, house.watch, hired(house.engine))
        booked = open_and_book(house.engine)
        browser = office.browser(account)
        browser.post(f"{DAY}/window", {"window": "1"})
        for number, state in zip(booked, states, strict=False):
            _brought(house, office, number, state)
        house.watch.wait(hours=hours)
        browser = office.browser(account) if hours else browser
        browser.get(DAY)
        where = path if path.startswith("/staff") else DAY + path
        filled = {name.format(*booked): value for name, value in (form or {}).items()}
        return _posted(browser, where.format(*booked), filled, STAFF_SESSION, SESSION)

    return prepare


def _brought(house: Installation, office: Office, number: int, state: str) -> None:
    """A person stands as `state` says."""
    steps = ("missed",) if state == "missed" else STEPS[: STEPS.index(state) + 1]
    with writing(house.engine) as connection:
        for step in steps:
            by = None if step == "arrived" else "clerk"
            assert transitions.step(connection, number, step, NOW, by, window="1"), step


def _sending(house: Installation) -> Job:
    """News for two people, one of whom agreed to none."""
    _posts(house)
    with writing(house.engine) as connection:
        consent.grant(connection, ANNA, house.template, lasting=True, now=NOW)
    return Job("notices")


def _sending_text(house: Installation) -> Job:
    """The same, by a message of the account."""
    _posts(house)
    _talked(house, ["1"])
    return Job("notices")


def _posts(house: Installation) -> None:
    with writing(house.engine) as connection:
        make_slot(connection)
        for person in (ANNA, BEA):
            words = {"site": "瓯北街道", "starts_at": NINE.isoformat(), "code": "271828"}
            posting.post(connection, person, "moved", words, now=NOW)


def _lapsed(house: Installation) -> Job:
    """Anna's hold has lapsed, and Bea waits for a place."""
    with writing(house.engine) as connection:
        make_slot(connection)
        reservation.hold(connection, ANNA, SITE, NINE, NOW)
        waiting.join(connection, BEA, SITE, NOW)
    return Job("booking", later=timedelta(minutes=30), again=timedelta())


def _publishing(house: Installation) -> Job:
    open_and_book(house.engine)
    return Job("slots", later=timedelta(days=2), again=timedelta())


def _places(house: Installation) -> None:
    with writing(house.engine) as connection:
        make_slot(connection, NINE, bookable=2)
        make_slot(connection, TEN, bookable=2)


def _talked(house: Installation, texts: list[str]) -> None:
    house.platform.event(ANNA, "subscribe", mode="safe")
    for text in texts:
        assert house.platform.say(ANNA, text, mode="safe"), text


def _posted(browser: Browser, path: str, form: Mapping[str, str], *cookies: str) -> bytes:
    """A form as a browser sends it."""
    body = urlencode({"csrf_token": browser.token, **form}).encode()
    held = "; ".join(f"{name}={browser.cookie(name)}" for name in cookies)
    kind = "application/x-www-form-urlencoded"
    return request(path, body, {"Host": HOST, "Cookie": held, "Content-Type": kind})
