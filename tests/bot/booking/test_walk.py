"""A random walk: whatever people, clerks, the office and time do, the books stay right."""

import random
from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select

from bot.booking import appointments, counter, reservation, transitions, waiting
from bot.booking.calendar import Closure, Hours, WeeklyRule
from bot.booking.changes import AddClosure, AddWeeklyRule, RemoveClosure, affected, apply, preview
from bot.booking.holidays import load_special_days
from bot.booking.lifecycle import STATES
from bot.booking.privacy import forget
from bot.booking.slots import open_days, open_times
from bot.booking.sweep import sweep
from bot.booking.tables import appointments as table
from bot.booking.tables import closures, slots
from bot.database import reading, writing
from bot.models.appointment import ACTIVE
from dialogs.booking.protocol import ConfirmPlace
from tests.bot.booking.desk import NOW, SITE, TOMORROW
from tests.bot.booking.storm import check_books

PEOPLE = [f"p{i}" for i in range(8)]
STEPS = 80


class Walk:
    """One random history. Each act is a method; `act` picks one."""

    def __init__(self, engine, seed):
        self.engine, self.dice, self.now = engine, random.Random(seed), NOW
        hours = Hours(time(9), time(11), slot_minutes=60, capacity=2)
        with writing(engine) as connection:
            load_special_days(connection, 2026)
            for weekday in (2, 3):
                rule = WeeklyRule(weekday, hours, date(2026, 1, 1))
                apply(connection, AddWeeklyRule(SITE, rule), NOW)

    def act(self):
        acts = (self.hold, self.hold, self.confirm, self.confirm, self.cancel, self.wait)
        acts += (self.clerk, self.close, self.reopen, self.time, self.leave, self.look)
        self.dice.choice(acts)(self.dice.choice(PEOPLE))

    def starts_at(self):
        with reading(self.engine) as connection:
            return self.dice.choice(list(connection.execute(select(slots.c.starts_at)).scalars()))

    def hold(self, person):
        with writing(self.engine) as connection:
            reservation.hold(connection, person, SITE, self.starts_at(), self.now)

    def confirm(self, person):
        with writing(self.engine) as connection:
            held = reservation.current(connection, person, self.now)
            at = held.starts_at if held else self.starts_at()
            moving = self.dice.random() < 0.5
            wish = ConfirmPlace(SITE, at, "review", reminders=True, moving=moving)
            appointments.confirm(connection, person, wish, self.now, "chat")

    def cancel(self, person):
        with writing(self.engine) as connection:
            mine = appointments.mine(connection, person, self.now)
            at = mine.starts_at if mine else self.now
            appointments.cancel(connection, person, self.now, at)

    def wait(self, person):
        with writing(self.engine) as connection:
            waiting.join(connection, person, SITE, self.now)

    def clerk(self, _person):
        with writing(self.engine) as connection:
            rows = counter.day_view(connection, SITE, TOMORROW)
            state = self.dice.choice(list(STATES))
            if rows:
                transitions.step(connection, self.dice.choice(rows).id, state, self.now)

    def close(self, _person):
        day = TOMORROW + timedelta(days=self.dice.randrange(3))
        change = AddClosure(SITE, Closure(day, day))
        with writing(self.engine) as connection:
            said = preview(connection, change, self.now)
            done = apply(connection, change, self.now)
        assert [row.id for row in said.hit] == [row.id for row in done.hit]

    def reopen(self, _person):
        with writing(self.engine) as connection:
            for closure in connection.execute(select(closures.c.id)).scalars().all():
                apply(connection, RemoveClosure(closure), self.now)
            assert affected(connection, self.now) == ()

    def time(self, _person):
        self.now += timedelta(minutes=self.dice.choice((1, 10, 61, 600)))
        sweep(self.engine, self.now)

    def leave(self, person):
        if self.dice.random() < 0.2:
            with writing(self.engine) as connection:
                forget(connection, person)

    def look(self, _person):
        with reading(self.engine) as connection:
            for offer in open_days(connection, SITE, self.now):
                times = open_times(connection, SITE, offer.day, self.now)
                assert sum(one.free for one in times) == offer.free >= 0


@pytest.mark.parametrize("seed", range(2))
def test_the_books_stay_right(engine, seed):
    take_a_walk(engine, seed, STEPS)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 12))
def test_the_books_stay_right_on_long_walks(engine, seed):
    take_a_walk(engine, seed, 5 * STEPS)


def take_a_walk(engine, seed, steps):
    walk = Walk(engine, seed)
    for _ in range(steps):
        walk.act()
        check_books(engine)
    active = select(table.c.person, func.count()).where(table.c.state.in_(ACTIVE))
    with reading(engine) as connection:
        counts = connection.execute(active.group_by(table.c.person)).all()
    assert all(count == 1 for _, count in counts)
