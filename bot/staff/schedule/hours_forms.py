"""From what a clerk fills in to a change of hours, closures or holidays."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, astuple
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, select
from werkzeug.datastructures import MultiDict

from bot.booking import changes
from bot.booking.calendar import LAST, Closure, ExtraDay, Hours, WeeklyRule
from bot.booking.changes import Change, Together
from bot.booking.tables import closures, extra_days, weekly_rules
from bot.staff.forms import LAST_ROW, YEARS, given_time, read_day, row_number, short_text, whole
from bot.staff.schedule import week_form
from bot.staff.schedule.faulty import FaultyError

LONGEST_REASON = 60
DAY_MINUTES = 24 * 60
WEEK = "set_week"  # the one form that may be about several sites
SEVERAL = "several"
MOST_AT_ONCE = 28  # boxes ticked in one form: each weekday, entered four times by mistake

# What is typed freely may name anybody: field of a change → its name in the trail.
TYPED = {"reason": "reason", "window": "window", "name": "called"}

# Changes that only name a row, by their first field.
NAMED: dict[type, Table] = {
    changes.EndWeeklyRule: weekly_rules,
    changes.RemoveClosure: closures,
    changes.RemoveExtraDay: extra_days,
}

Form = MultiDict[str, str]


class Wanted(NamedTuple):
    """A change, the action it is noted as, and what of it is noted."""

    change: Change
    action: str
    target: str

    def figures(self) -> dict[str, Any]:
        """Days, times and numbers of it, for the part of the trail that stays."""
        return {name: value for name, value in self._given() if name not in TYPED}

    def typed(self) -> dict[str, object]:
        """What a person typed freely, for the part of the trail that is blanked."""
        return {TYPED[name]: value for name, value in self._given() if name in TYPED}

    def taken(self, connection: Connection) -> dict[str, Any]:
        """Days, times and numbers of the rows that the change only names: nobody could tell later
        which closure number 3 was. Nothing of what a person typed freely."""
        kept = []
        for one in self.change.changes if isinstance(self.change, Together) else (self.change,):
            change: Any = one
            table = NAMED.get(type(one))
            if table is not None:
                row = select(table).where(table.c.id == astuple(change)[0])
                kept += [dict(found) for found in connection.execute(row).mappings()]
        known = {*TYPED, "id", *self.figures()}
        return {name: value for name, value in _merged(kept) if name not in known}

    def _given(self) -> Iterator[tuple[str, Any]]:
        change: Any = self.change  # each is a dataclass; the protocol cannot say so
        return _parts(asdict(change))


def wanted(form: Form, sites: list[str]) -> Wanted:
    """The change that the form describes by its field `kind`, at one of these sites, or several.

    Raises:
        FaultyError: a field is missing or impossible.
    """
    if form.get("kind") == WEEK:
        return _set_week(form, sites)
    build = KINDS.get(form.get("kind", ""))
    if build is None:
        raise FaultyError("kind")
    return build(form)


def _parts(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields of a change and of what it consists of, as far as they are filled in."""
    for name, value in given.items():
        if isinstance(value, dict):
            yield from _parts(value)
        elif isinstance(value, tuple):
            yield from _merged(value)
        elif value is not None:
            yield name, value


def _merged(given: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The fields of several at once: what all have in common once, otherwise each."""
    values: dict[str, list[Any]] = {}
    for one in given:
        for name, value in _parts(one):
            if value not in values.setdefault(name, []):
                values[name].append(value)
    for name, different in values.items():
        yield name, different[0] if len(different) == 1 else different


def _add_weekly(form: Form) -> Wanted:
    """The same hours on each weekday that was ticked."""
    site, hours = _site(form), _hours(form)
    weekdays = _numbers(form, "weekday", most=7)
    weeks = whole(form.get("every_weeks"), 1, 8)
    starts, ends = _day(form, "starts_on"), _optional_day(form, "ends_on")
    if weeks is None or (ends and ends < starts):
        raise FaultyError("days")
    rules = [WeeklyRule(weekday, hours, starts, ends, weeks) for weekday in weekdays]
    added = Together(tuple(changes.AddWeeklyRule(site, rule) for rule in rules))
    return Wanted(added, "add_hours", site)


def _set_week(form: Form, sites: list[str]) -> Wanted:
    change = week_form.set_week(form, sites)
    return Wanted(change, "set_week", change.site or SEVERAL)


def _end_weekly(form: Form) -> Wanted:
    last, rules = _day(form, "last_day"), _numbers(form, "id")
    ended = Together(tuple(changes.EndWeeklyRule(rule, last) for rule in rules))
    return Wanted(ended, "end_hours", _site(form))


def _add_closure(form: Form) -> Wanted:
    first, weekday, of_month = _day(form, "first_day"), *_comes_again(form)
    last = _optional_day(form, "last_day") or first
    if weekday and not form.get("last_day"):
        raise FaultyError("until")
    opens, closes = given_time(form.get("opens")), given_time(form.get("closes"))
    if last < first:
        raise FaultyError("days")
    unread = (form.get("opens") and opens is None) or (form.get("closes") and closes is None)
    if unread or (opens is not None and closes is not None and closes <= opens):
        raise FaultyError("times")
    reason = short_text(form.get("reason"), LONGEST_REASON)
    if not reason:
        raise FaultyError("reason")
    window = short_text(form.get("window"), 20) or None
    closure = Closure(first, last, opens, closes, window, weekday, of_month)
    site = form.get("site") or None
    return Wanted(changes.AddClosure(site, closure, reason), "add_closure", site or "all")


def _comes_again(form: Form) -> tuple[int | None, int | None]:
    """On which weekday a closure comes again, and on which one of a month; None for all."""
    given = {name: form.get(name) or None for name in ("weekday", "of_month")}
    weekday, of_month = whole(given["weekday"], 1, 7), whole(given["of_month"], LAST, 4)
    if (given["weekday"] and not weekday) or (given["of_month"] and not of_month):
        raise FaultyError("weekdays")
    if of_month and not weekday:
        raise FaultyError("weekdays")
    return weekday, of_month


def _remove_closure(form: Form) -> Wanted:
    number = _number(form)
    return Wanted(changes.RemoveClosure(number), "remove_closure", f"closure {number}")


def _add_extra_day(form: Form) -> Wanted:
    site, extra = _site(form), ExtraDay(_day(form, "day"), _hours(form))
    return Wanted(changes.AddExtraDay(site, extra), "add_extra_day", site)


def _remove_extra_day(form: Form) -> Wanted:
    number = _number(form)
    return Wanted(changes.RemoveExtraDay(number), "remove_extra_day", f"extra day {number}")


def _set_holiday(form: Form) -> Wanted:
    day, name = _day(form, "day"), short_text(form.get("name"), 20)
    if not name:
        raise FaultyError("name")
    change = changes.SetSpecialDay(day, form.get("working") == "1", name)
    return Wanted(change, "change_holiday", day.isoformat())


def _remove_holiday(form: Form) -> Wanted:
    day = _day(form, "day")
    return Wanted(changes.RemoveSpecialDay(day), "change_holiday", day.isoformat())


def _set_reach(form: Form) -> Wanted:
    lead = whole(form.get("lead_minutes"), 0, 14 * DAY_MINUTES)
    horizon = whole(form.get("horizon_days"), 1, 90)
    if lead is None or horizon is None:
        raise FaultyError("number")
    site = _site(form)
    return Wanted(changes.SetReach(site, lead, horizon), "change_hours", site)


def _confirm_year(form: Form) -> Wanted:
    year = whole(form.get("year"), YEARS.start, YEARS.stop - 1)
    if year is None:
        raise FaultyError("days")
    return Wanted(changes.ConfirmYear(year), "confirm_year", str(year))


def _own_hours(form: Form) -> Wanted:
    site = _site(form)
    return Wanted(changes.OwnHours(site), "own_hours", site)


def _hours(form: Form) -> Hours:
    opens, closes = given_time(form.get("opens")), given_time(form.get("closes"))
    minutes = whole(form.get("slot_minutes"), 5, 240)
    capacity = whole(form.get("capacity"), 1, 200)
    share = whole(form.get("walk_in_percent"), 0, 100)
    if opens is None or closes is None or closes <= opens:
        raise FaultyError("times")
    if minutes is None or capacity is None or share is None:
        raise FaultyError("number")
    window = short_text(form.get("window"), 20) or "1"
    return Hours(opens, closes, window, minutes, capacity, share)


def _site(form: Form) -> str:
    site = form.get("site", "")
    if not site:
        raise FaultyError("site")
    return site


def _day(form: Form, name: str) -> date:
    day = _optional_day(form, name)
    if day is None:
        raise FaultyError("days")
    return day


def _optional_day(form: Form, name: str) -> date | None:
    day = read_day(form.get(name))
    if day is None and form.get(name):
        raise FaultyError("days")
    return day


def _number(form: Form) -> int:
    number = row_number(form.get("id"))
    if number is None:
        raise FaultyError("kind")
    return number


def _numbers(form: Form, name: str, most: int = LAST_ROW) -> list[int]:
    """Of each weekday that was ticked: its own, or the row it stands in."""
    numbers = {whole(text, 1, most) for text in form.getlist(name)}
    if not 0 < len(numbers) <= MOST_AT_ONCE or None in numbers:
        raise FaultyError("weekdays")
    return sorted(number for number in numbers if number is not None)


KINDS: dict[str, Callable[[Form], Wanted]] = {
    "add_weekly": _add_weekly,
    "end_weekly": _end_weekly,
    "add_closure": _add_closure,
    "remove_closure": _remove_closure,
    "add_extra_day": _add_extra_day,
    "remove_extra_day": _remove_extra_day,
    "set_holiday": _set_holiday,
    "remove_holiday": _remove_holiday,
    "set_reach": _set_reach,
    "confirm_year": _confirm_year,
    "own_hours": _own_hours,
}
