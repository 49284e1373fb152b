"""Hypothesis drives the service and the model of `queue_model` side by side, and compares."""

import random
import shutil
import tempfile
from collections.abc import Callable
from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import Connection, delete, func, select, update

from bot import worksheets
from bot.booking import counter, transitions
from bot.booking.calendar import Closure, ExtraDay, Hours
from bot.booking.changes import AddClosure, AddExtraDay, RemoveClosure, apply
from bot.booking.holidays import load_special_days
from bot.booking.lifecycle import STATES
from bot.booking.queries import came
from bot.booking.queue import calls, walk_in
from bot.booking.queue.hall import hall_of
from bot.booking.tables import (
    appointments,
    closures,
    returning_places,
    sites,
    slots,
    tickets,
    weekly_rules,
)
from bot.database import reading, writing
from bot.sealing.keyring import engine_of
from bot.worksheets import SentError
from dialogs.booking.purposes import PURPOSES
from tests.bot.booking.desk import NINE, NOW, SITE, TOMORROW
from tests.bot.booking.queue_model import Model, Slot
from tests.bot.setting_up import settings_for

DAY_ENDS = NINE.replace(hour=23)
_number = st.integers(0, 63)
_clerk = st.sampled_from(("anna", "bea"))
_window = st.sampled_from(("1", "2"))
_purpose = st.sampled_from(sorted(PURPOSES))
_state = st.sampled_from(sorted(STATES))
LIKELY = ("arrived", "arrived", "serving", "served", "passed", "missed")
_likely = st.sampled_from(LIKELY)


class NotKeptError(Exception):
    """Nothing of the transaction is kept."""


class QueueMachine(RuleBasedStateMachine):
    """One day of one site with three slots for four people each."""

    empty: ClassVar[Path]  # a migrated SQLite file

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=_memory())
        path = Path(self.folder.name) / "queue.db"
        shutil.copy(self.empty, path)
        self.engine = engine_of(settings_for(Path("unused"), database_url=f"sqlite:///{path}"))
        start = NINE + timedelta(minutes=10)
        with writing(self.engine) as connection:
            load_special_days(connection, TOMORROW.year)
            for site in (weekly_rules.c.site, sites.c.id):  # a closure publishes every site anew
                connection.execute(delete(site.table).where(site != SITE))
            hours = Hours(time(9), time(12), "1", slot_minutes=60, capacity=4)
            apply(connection, AddExtraDay(SITE, ExtraDay(TOMORROW, hours)), NOW)
            made = counter.slots_of_day(connection, SITE, TOMORROW)
        found = {row.id: Slot(row.starts_at, row.ends_at, row.capacity) for row in made}
        self.model = Model(found, start)

    def teardown(self) -> None:
        self.engine.dispose()
        self.folder.cleanup()

    def whom(self, number: int) -> int | None:
        ids = sorted(self.model.people)
        return ids[number % len(ids)] if ids else None

    @rule(slot=_number, purpose=_purpose)
    def book(self, slot: int, purpose: str) -> None:
        ids = sorted(self.model.slots)
        chosen = ids[slot % len(ids)]
        with writing(self.engine) as connection:
            made = counter.book_for(connection, chosen, purpose, self.model.now)
        full = self.model.taken(chosen) >= self.model.slots[chosen].capacity
        assert (made is not None) == (self.model.slots[chosen].is_open and not full)
        if made is not None:
            assert self.model.book(made, chosen, purpose)

    @rule(slot=_number, purpose=_purpose)
    def come(self, slot: int, purpose: str) -> None:
        """A person with an appointment who is here."""
        self.book(slot, purpose)
        if self.model.people:
            self.step(len(self.model.people) - 1, "arrived", "anna", "1")

    @rule(share=st.sampled_from((0, 25, 50, 100)))
    def set_share(self, share: int) -> None:
        with writing(self.engine) as connection:
            connection.execute(update(sites).values(walk_in_share=share))
        self.model.share = share

    @rule(purpose=_purpose)
    def walk_in(self, purpose: str) -> None:
        with writing(self.engine) as connection:
            made = walk_in.take_number(connection, SITE, purpose, self.model.now)
        assert (made is None) == (not any(one.is_open for one in self.model.slots.values()))
        if made is not None:
            self.model.take_number(made, purpose)

    @rule(who=_number, to=_likely, by=_clerk, window=_window)
    def go_on(self, who: int, to: str, by: str, window: str) -> None:
        self.step(who, to, by, window)

    @rule(who=_number, to=_state, by=_clerk, window=_window)
    def step(self, who: int, to: str, by: str, window: str) -> None:
        if (id := self.whom(who)) is not None:
            with writing(self.engine) as connection:
                now = self.model.now
                done = transitions.step(connection, id, to, now, by, window=window)
            expected = to not in ("called", "past") and self.model.step(id, to, by, window)
            if to != "called":  # only calling does that
                assert done == expected
            elif done:
                self.model.called(id, by, window)

    @rule(by=_clerk, window=_window)
    def call_another(self, by: str, window: str) -> None:
        self.call_next(by, window)

    @rule(by=_clerk, window=_window)
    def call_next(self, by: str, window: str) -> None:
        with writing(self.engine) as connection:
            called = calls.call_next(connection, SITE, self.model.now, by, window)
        assert called == self.model.call_next(by, window)

    @rule(who=_number, by=_clerk)
    def recall(self, who: int, by: str) -> None:
        if (id := self.whom(who)) is not None:
            with writing(self.engine) as connection:
                done = calls.recall(connection, id, self.model.now, by)
            assert done == self.model.recall(id, by)

    @rule(who=_number, by=_clerk, window=_window)
    def hand_over(self, who: int, by: str, window: str) -> None:
        if (id := self.whom(who)) is not None:
            with writing(self.engine) as connection:
                done = calls.hand_over(connection, id, window, self.model.now, by)
            assert done == self.model.hand_over(id, window, by)

    @rule(who=_number, to=st.sampled_from(("served", "missed", "past")), by=_clerk)
    def settle(self, who: int, to: str, by: str) -> None:
        if (id := self.whom(who)) is not None:
            with writing(self.engine) as connection:
                done = transitions.settle(connection, id, to, self.model.now, by)
            assert done == self.model.settle(id, to, by)

    @rule(who=_number, by=_clerk, sends=st.booleans())
    def worksheet(self, who: int, by: str, sends: bool) -> None:
        if (id := self.whom(who)) is not None:
            assert self.saved(id, by, sends) == self.model.save(id, by, sends)

    def saved(self, id: int, by: str, sends: bool) -> bool:
        """As the page of the worksheet does it, in one transaction."""
        now = self.model.now
        try:
            with writing(self.engine) as connection:
                row = counter.by_id(connection, id)
                assert row is not None
                version = worksheets.read(connection, id, None).version
                number = worksheets.save(
                    connection, row, "yongjia-2022", (), by, now, version=version
                )
                if not came(row) or not transitions.claim(connection, id, by):
                    raise NotKeptError
                if sends:
                    worksheets.mark_sent(connection, number, Decimal(0), now)
                    transitions.step(connection, id, "served", now, by)
        except (NotKeptError, SentError):
            return False
        return True

    @rule(who=_number)
    def call_off(self, who: int) -> None:
        if (id := self.whom(who)) is not None:
            with writing(self.engine) as connection:
                done = counter.call_off(connection, id, "停电", self.model.now)
                back = update(returning_places).values(due_at=self.model.now)
                connection.execute(back)  # not at a random moment
            assert done == self.model.call_off(id)

    @rule()
    def close(self) -> None:
        with writing(self.engine) as connection:
            change = AddClosure(SITE, Closure(TOMORROW, TOMORROW))
            apply(connection, change, self.model.now)
        self.model.open_ahead(is_open=False)

    @rule()
    def reopen(self) -> None:
        with writing(self.engine) as connection:
            for closure in connection.execute(select(closures.c.id)).scalars().all():
                apply(connection, RemoveClosure(closure), self.model.now)
        self.model.open_ahead(is_open=True)

    @rule(minutes=st.sampled_from((1, 1, 5, 20, 61)))
    def wait(self, minutes: int) -> None:
        if self.model.now + timedelta(minutes=minutes) < DAY_ENDS:
            self.model.now += timedelta(minutes=minutes)

    @invariant()
    def the_same(self) -> None:
        with reading(self.engine) as connection:
            assert _people(connection) == self.model.told()
            assert _taken(connection) == {n: self.model.taken(n) for n in self.model.slots}
            waiting = hall_of(connection, SITE, self.model.now).waiting
        assert [row.id for row in waiting] == self.model.order()


def a_random_day(seed: int, acts: int) -> None:
    """The same acts by plain dice: a fault that is planted is found without being told of again."""
    dice, machine = random.Random(seed), QueueMachine()

    def whom() -> dict[str, Any]:
        return {"who": dice.randrange(64), "by": dice.choice(("anna", "bea"))}

    def place() -> dict[str, Any]:
        return {"slot": dice.randrange(64), "purpose": dice.choice(sorted(PURPOSES))}

    def window() -> dict[str, Any]:
        return {"window": dice.choice(("1", "2"))}

    try:
        for _ in range(acts):
            choices: tuple[Callable[[], None], ...] = (
                lambda: machine.come(**place()),
                lambda: machine.book(**place()),
                lambda: machine.walk_in(place()["purpose"]),
                lambda: machine.call_next(whom()["by"], **window()),
                lambda: machine.step(**whom(), **window(), to=dice.choice(sorted(STATES))),
                lambda: machine.step(**whom(), **window(), to=dice.choice(LIKELY)),
                lambda: machine.recall(**whom()),
                lambda: machine.hand_over(**whom(), **window()),
                lambda: machine.settle(**whom(), to=dice.choice(("served", "missed", "past"))),
                lambda: machine.worksheet(**whom(), sends=dice.random() < 0.5),
                lambda: machine.call_off(dice.randrange(64)),
                lambda: machine.set_share(dice.choice((0, 25, 50, 100))),
                lambda: (machine.close if dice.random() < 0.5 else machine.reopen)(),
                lambda: machine.wait(dice.choice((1, 5, 20, 61))),
            )
            dice.choice(choices)()
            machine.the_same()
    finally:
        machine.teardown()


def _people(connection: Connection) -> dict[int, tuple[Any, ...]]:
    sheets = worksheets._reviews
    columns = (
        *(appointments.c.id, appointments.c.state, appointments.c.served_by),
        *(appointments.c.arrived_at, appointments.c.slot, tickets.c.number, tickets.c.walk_in),
        *(tickets.c.called_to, tickets.c.called_at, tickets.c.calls, tickets.c.passed_at),
        *(sheets.c.id.is_not(None), sheets.c.sent_at.is_not(None)),
    )
    rows = (
        select(*columns)
        .outerjoin(tickets, tickets.c.appointment == appointments.c.id)
        .outerjoin(sheets, sheets.c.appointment == appointments.c.id)
    )
    return {row[0]: tuple(row)[1:] for row in connection.execute(rows)}


def _taken(connection: Connection) -> dict[int, int]:
    """Places given away, without those on their way back."""
    back = select(func.count()).where(returning_places.c.slot == slots.c.id)
    count = slots.c.taken - back.correlate(slots).scalar_subquery()
    return {id: int(taken) for id, taken in connection.execute(select(slots.c.id, count))}


def _memory() -> str | None:
    place = Path("/dev/shm")
    return str(place) if place.is_dir() else None
