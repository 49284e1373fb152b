"""Weeks that are set one after the other, against a plain model: on each day the last one counts
that was set to begin by then."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

import pytest
from sqlalchemy import Engine, select

from bot.booking import changes
from bot.booking.calendar import Hours, WeeklyRule
from bot.booking.holidays import load_special_days
from bot.booking.tables import slots
from bot.booking.week import SetWeek, week_of
from bot.database import reading, writing
from tests.bot.setting_up import NOW

SITE, AHEAD = "oubei", 14
TODAY = NOW.date()
STRETCHES = ((8, 10), (9, 12), (13, 15), (14, 17))
OPERATIONS = 12


@dataclass
class Model:
    """What was set, in the order in which it was done."""

    done: list[SetWeek]

    def starts(self, day: date, window: str) -> set[time]:
        """When slots of an hour begin on the day."""
        mine = [one for one in self.done if one.window == window and one.starts_on <= day]
        rules = mine[-1].rules if mine else ()
        return {
            time(hour)
            for rule in rules
            if rule.weekday == day.isoweekday()
            for hour in range(rule.hours.opens.hour, rule.hours.closes.hour)
        }


def a_week(random: Random, window: str) -> SetWeek:
    starts = TODAY + timedelta(days=random.randint(-3, AHEAD))
    rules = []
    for weekday in range(1, 8):
        morning, afternoon = random.choice(STRETCHES[:2]), random.choice(STRETCHES[2:])
        for opens, closes in random.choice([(), (morning,), (afternoon,), (morning, afternoon)]):
            hours = Hours(time(opens), time(closes), window, 60, random.randint(1, 9))
            rules.append(WeeklyRule(weekday, hours, starts))
    return SetWeek(SITE, window, tuple(rules), starts)


@pytest.mark.parametrize("seed", range(3))
def test_each_day_is_as_it_was_last_set(engine: Engine, seed: int) -> None:
    random, model = Random(seed), Model([])
    with writing(engine) as connection:
        load_special_days(connection, NOW.year)
    for _ in range(OPERATIONS):
        change = a_week(random, random.choice("12"))
        with writing(engine) as connection:
            changes.apply(connection, change, NOW)
        model.done.append(change)
        with reading(engine) as connection:
            rows = connection.execute(select(slots).where(slots.c.open)).all()
            set_now = week_of(connection, SITE, change.window, change.starts_on)
        for ahead in range(1, AHEAD + 1):
            day = TODAY + timedelta(days=ahead)
            for window in "12":
                found = {
                    row.starts_at.time() for row in rows if (row.day, row.window) == (day, window)
                }
                assert found == model.starts(day, window), (day, window)
        told = {(rule.weekday, rule.hours) for rule in change.rules}
        assert {(day, one) for day, some in set_now.items() for one in some} == told


def test_a_plain_mistake_is_found(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weeks that only add, as hours did before, leave the earlier ones standing."""

    def adds_only(self: SetWeek, connection: object) -> None:
        changes.Together(
            tuple(changes.AddWeeklyRule(self.site, rule) for rule in self.rules)
        ).write(connection)  # type: ignore[arg-type]

    monkeypatch.setattr(SetWeek, "write", adds_only)
    with pytest.raises(AssertionError):
        test_each_day_is_as_it_was_last_set(engine, 1)
