"""Three clerks, a person at the door and the screen in the hall, at once, through a whole day."""

import asyncio
import json
import random
import shutil
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from threading import Thread
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright
from sqlalchemy import Engine, select
from sqlmodel import SQLModel

from bot import create_app
from bot.booking import changes, counter
from bot.booking.calendar import ExtraDay, Hours
from bot.booking.tables import appointments, tickets
from bot.database import reading, writing
from bot.models.appointment import BOOKED, MISSED, SERVED
from bot.staff.auth import members, sessions
from bot.web.display_key import display_key
from tests.bot.databases import postgres, sqlite, url
from tests.bot.server import free_port, in_a_thread
from tests.bot.setting_up import NOW, settings_for
from tests.browser.conftest import ARGUMENTS
from tests.browser.played_day.actors import (
    A_LOOK,
    Clerk,
    Fast,
    Guest,
    at_the_desk,
    browser_of,
    door,
    screen_of,
)
from tests.browser.played_day.hall_replay import Entry, Hall, Screen, explains, replayed

__all__ = ["postgres", "sqlite", "url"]

pytestmark = pytest.mark.browser

SITE, WINDOWS = "oubei", ("1", "2", "3")
HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Plan:
    """How big a day: every half hour `booked` appointments, in all so many `walk_ins` and
    `no_shows`; the clock runs `speed` times as fast as the real one. Times of the day in hours."""

    opens: float
    closes: float
    booked: int
    walk_ins: int
    no_shows: int
    speed: float
    breaks_at: float
    works_again_at: float
    closed_at: float
    closed_until: float

    def at(self, hours: float) -> datetime:
        return NOW.replace(hour=0, minute=0) + timedelta(hours=hours)


# 12 half hours × 25 appointments are 300; the closure from noon to two hits one half hour.
WHOLE = Plan(8.5, 16.5, 25, 60, 20, 45, 10.5, 14, 12, 14)
SHORT = Plan(8.5, 10.5, 4, 4, 2, 200, 8.75, 9.25, 8.75, 10)
BREAK = (11.5, 13.5)


class Service:
    """The service in this process, served over HTTP, with the day booked."""

    def __init__(self, plan: Plan, database: str, folder: Any) -> None:
        self.plan = plan
        self.port = free_port()
        self.root = f"http://127.0.0.1:{self.port}"
        self.settings = settings_for(folder, database_url=database, public_url=self.root)
        self.clock = Fast(plan.at(plan.opens) - timedelta(minutes=15), plan.speed)
        self.app = create_app(self.settings, self.clock)
        self.engine: Engine = self.app.extensions["xinshimin"].engine
        self.accounts = {name: self._hire(name) for name in ("door", "clerk1", "clerk2", "clerk3")}
        self.codes = self._book()

    def _hire(self, account: str) -> int:
        with writing(self.engine) as connection:
            made = members.add(connection, account, account, "window", SITE, "x", self.clock())
            members.change(connection, made, must_change_password=False)
        return made

    def token(self, account: str) -> str:
        with writing(self.engine) as connection:
            return sessions.start(connection, self.accounts[account], True, self.clock())

    def _book(self) -> list[tuple[datetime, str]]:
        """When each appointment is, and its code."""
        plan = self.plan
        made: list[tuple[datetime, str]] = []
        day = plan.at(0).date()
        with writing(self.engine) as connection:
            changes.apply(connection, changes.ConfirmYear(day.year), self.clock())
            for window in WINDOWS:
                for opens, closes in self._spans():
                    hours = Hours(opens, closes, window=window, capacity=plan.booked)
                    known = changes.AddExtraDay(SITE, ExtraDay(day, hours))
                    changes.apply(connection, known, plan.at(0) - timedelta(days=1))
            slots = counter.slots_of_day(connection, SITE, day)
            starts = sorted({slot.starts_at for slot in slots})
            purposes = ["papers", "question", "supplement"]
            for start in starts:
                here = [slot for slot in slots if slot.starts_at == start]
                for number in range(plan.booked):
                    purpose = "review" if len(made) % 5 in (1, 3) else purposes[number % 3]
                    id = counter.book_for(
                        connection, here[number % 3].id, purpose, self.clock(),
                        name="金晓明", phone=f"138{len(made):08}",
                    )  # fmt: skip
                    code = connection.scalar(
                        select(appointments.c.code).where(appointments.c.id == id)
                    )
                    made.append((start, str(code)))
        return made

    def _spans(self) -> list[tuple[time, time]]:
        opens, closes = self.plan.opens, self.plan.closes
        if closes <= BREAK[0]:
            return [(self.plan.at(opens).time(), self.plan.at(closes).time())]
        return [
            (self.plan.at(opens).time(), self.plan.at(BREAK[0]).time()),
            (self.plan.at(BREAK[1]).time(), self.plan.at(closes).time()),
        ]

    def display(self) -> str:
        return f"/display/{SITE}/{display_key(self.settings.secret_key, SITE, 1)}"

    def trail(self, after: int = 0) -> list[Entry]:
        with reading(self.engine) as connection:
            table = SQLModel.metadata.tables["audit_entries"]
            rows = connection.execute(select(table).where(table.c.id > after).order_by(table.c.id))
            return [_entry(row) for row in rows]

    def numbers(self) -> dict[int, str]:
        with reading(self.engine) as connection:
            rows = connection.execute(select(tickets.c.appointment, tickets.c.number))
            return {row.appointment: row.number for row in rows}

    def states(self) -> dict[int, str]:
        with reading(self.engine) as connection:
            rows = connection.execute(select(appointments.c.id, appointments.c.state))
            return {row.id: row.state for row in rows}

    def settled(self) -> set[int]:
        """Whose window closed, and who was reached."""
        with reading(self.engine) as connection:
            those = select(appointments.c.id).where(appointments.c.settled_at.is_not(None))
            return set(connection.scalars(those))


def _entry(row: Any) -> Entry:
    _, _, number = row.target.partition("appointment ")
    return Entry(
        row.id, row.account, row.action, int(number) if number else None,
        json.loads(row.detail).get("window"),
    )  # fmt: skip


@dataclass
class Look:
    """What the screen showed, between two positions of the trail."""

    before: int
    after: int
    screen: Screen


@dataclass
class Played:
    """What the actors did and saw."""

    came: int
    looks: list[Look]
    served: list[int]
    sent: list[str]


def guests_of(service: Service, luck: random.Random) -> list[Guest]:
    """Everybody who comes: some early, some late, some not at all, some without appointment."""
    plan = service.plan
    shut = plan.at(plan.closed_at), plan.at(plan.closed_until)
    hit = [one for one in service.codes if shut[0] <= one[0] < shut[1]]
    rest = [one for one in service.codes if one not in hit]
    luck.shuffle(rest)
    come = [
        Guest(start + timedelta(minutes=luck.uniform(-12, 10)), code=code)
        for start, code in rest[plan.no_shows :]
    ]
    spans = [
        (datetime.combine(shut[0].date(), opens, shut[0].tzinfo), closes)
        for opens, closes in service._spans()
    ]
    for number in range(plan.walk_ins):
        begins, closes = spans[number % len(spans)]
        length = datetime.combine(begins.date(), closes, begins.tzinfo) - begins
        at = begins + length * luck.uniform(0.02, 0.85)
        if shut[0] <= at < shut[1]:
            at = shut[0] - timedelta(minutes=luck.uniform(1, 10))
        come.append(Guest(at, walk_in=luck.choice(["papers", "question", "supplement"])))
    return come


async def play(service: Service, luck: random.Random) -> Played:
    """The whole day, with everybody at once."""
    plan, clock, guests = service.plan, service.clock, guests_of(service, luck)
    closing = plan.at(plan.closes) + timedelta(minutes=5)
    path = shutil.which("chromium") or "chromium"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        clerks = [
            Clerk(await page_of(browser, service, f"clerk{one}"), clock, one, random.Random(one))
            for one in WINDOWS
        ]
        for clerk in clerks:
            await clerk.sit()
        over = asyncio.Event()
        watching = asyncio.create_task(watch(service, await page_of(browser, service), over))
        await asyncio.gather(
            door(await page_of(browser, service, "door"), clock, guests),
            close_and_work(clerks[0], plan, closing),
            clerks[1].work(closing, to_the_last=True),
            break_down_and_work(clerks[2], plan, closing),
        )
        over.set()
        looks = await watching
        sent = [address for clerk in clerks for address in clerk.sent]
        for address in sent[:2]:
            await clerks[0].put_right(address)
        await at_the_desk(clerks[0].page, clock, closing + HALF_HOUR)
        await clerks[0].settle_day()
        await browser.close()
    return Played(len(guests), looks, [clerk.served for clerk in clerks], sent)


async def page_of(browser: Browser, service: Service, account: str = "") -> Page:
    """A page of a browser of its own, where the account is signed in, if any."""
    token = service.token(account) if account else ""
    return await (await browser_of(browser, service.root, token)).new_page()


async def close_and_work(clerk: Clerk, plan: Plan, closing: datetime) -> None:
    """The day of the clerk who closes the window for some hours."""
    await clerk.work(plan.at(plan.closed_at))
    await clerk.close(plan.at(plan.closed_until).strftime("%H:%M"), "停电")
    await clerk.settle_affected()
    await clerk.page.goto(f"/staff/sites/{SITE}")
    await clerk.work(closing, to_the_last=True)


async def break_down_and_work(clerk: Clerk, plan: Plan, closing: datetime) -> None:
    """The day of the clerk whose window fails for some hours; who sits there goes to window 1."""
    await clerk.work(plan.at(plan.breaks_at))
    await clerk.break_down("1", plan.at(plan.works_again_at))
    await clerk.work(closing, to_the_last=True)


async def watch(service: Service, page: Page, over: asyncio.Event) -> list[Look]:
    """What the screen in the hall shows until the day is over."""
    looks: list[Look] = []
    while not over.is_set():
        before = service.trail()[-1].id
        shown = await screen_of(page, service.display())
        looks.append(Look(before, service.trail()[-1].id, shown))
        await asyncio.sleep(A_LOOK)
    return looks


def in_a_loop_of_its_own(made: Coroutine[Any, Any, Played]) -> Played:
    """Run it in a thread: the loop of this one belongs to the other browser tests."""
    found: list[Played] = []
    faults: list[BaseException] = []

    def run() -> None:
        try:
            found.append(asyncio.run(made))
        except BaseException as error:  # raised again where it is seen
            faults.append(error)

    thread = Thread(target=run)
    thread.start()
    thread.join()
    if faults:
        raise faults[0]
    return found[0]


@pytest.fixture
def plan(request: pytest.FixtureRequest) -> Plan:
    made: Plan = request.param
    return made


@pytest.fixture
def service(plan: Plan, url: str, tmp_path: Any) -> Iterator[Service]:
    made = Service(plan, url, tmp_path)
    with in_a_thread(made.app, made.port):
        yield made
    made.engine.dispose()


SOAK = (pytest.mark.soak, pytest.mark.postgres)


@pytest.mark.parametrize(
    ("plan", "url"),
    [
        pytest.param(SHORT, "sqlite", id="short-sqlite"),
        pytest.param(SHORT, "postgresql", id="short-postgresql", marks=SOAK),
        pytest.param(WHOLE, "sqlite", id="whole-sqlite", marks=SOAK[:1]),
        pytest.param(WHOLE, "postgresql", id="whole-postgresql", marks=SOAK),
    ],
    indirect=True,
)
def test_nothing_is_lost_or_served_twice_and_the_screen_is_right(
    service: Service, plan: Plan
) -> None:
    played = in_a_loop_of_its_own(play(service, random.Random(7)))
    trail, numbers, states = service.trail(), service.numbers(), service.states()
    hall = replayed(trail)
    assert hall.faults == []
    assert [id for id, guest in hall.guests.items() if guest.ended > 1] == []
    served = {id for id, state in states.items() if state == SERVED}
    assert len(served) == played.came == sum(played.served)
    assert {id for id, guest in hall.guests.items() if guest.ended} == served
    booked = len(service.codes)
    assert len(states) == booked + plan.walk_ins
    hit = service.settled()
    assert hit
    assert {id for id, state in states.items() if state == BOOKED} == hit  # they were called
    assert sum(state == MISSED for state in states.values()) == len(states) - len(served | hit)
    assert len(set(numbers.values())) == len(numbers) == played.came
    assert wrong_looks(trail, played.looks, numbers) == []
    assert sum(entry.action == "reopen_review" for entry in trail) == 2
    assert sum(entry.action == "send_review" for entry in trail) == len(played.sent) + 2


def wrong_looks(trail: list[Entry], looks: list[Look], numbers: dict[int, str]) -> list[Any]:
    """What the screen showed and the trail does not explain."""
    hall, done, wrong = Hall(), 0, []
    for look in looks:
        for entry in trail:
            if done < entry.id <= look.before:
                hall.take(entry)
        done = max(done, look.before)
        meanwhile = [entry for entry in trail if look.before < entry.id <= look.after]
        if not explains(hall, meanwhile, look.screen, numbers):
            wrong.append((look, meanwhile))
    assert len(looks) > 10
    return wrong
