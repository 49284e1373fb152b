"""From what a clerk fills in to a change of hours, closures or holidays."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple

from bot.booking import changes
from bot.booking.calendar import Closure, ExtraDay, Hours, WeeklyRule
from bot.booking.changes import Change
from bot.staff.forms import YEARS, given_time, read_day, row_number, short_text, whole

LONGEST_REASON = 60
DAY_MINUTES = 24 * 60

# What is typed freely may name anybody: field of a change → its name in the trail.
TYPED = {"reason": "reason", "window": "window", "name": "called"}

Form = Mapping[str, str]


class FaultyError(Exception):
    """What was filled in is no change; `args[0]` names the sentence that says why."""


class Wanted(NamedTuple):
    """A change, the action it is noted as, and what of it is noted."""

    change: Change
    action: str
    target: str

    def figures(self) -> dict[str, Any]:
        """Days, times and numbers of it, for the part of the trail that stays."""
        return {name: value for name, value in self._given() if name not in TYPED}

    def typed(self) -> dict[str, object]:
        """What somebody typed freely, for the part of the trail that is blanked."""
        return {TYPED[name]: value for name, value in self._given() if name in TYPED}

    def _given(self) -> Iterator[tuple[str, Any]]:
        change: Any = self.change  # each is a dataclass; the protocol cannot say so
        return _parts(asdict(change))


def wanted(form: Form) -> Wanted:
    """The change that the form describes by its field `kind`.

    Raises:
        FaultyError: a field is missing or impossible.
    """
    build = KINDS.get(form.get("kind", ""))
    if build is None:
        raise FaultyError("kind")
    return build(form)


def _parts(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields of a change and of what it consists of, as far as they are filled in."""
    for name, value in given.items():
        if isinstance(value, dict):
            yield from _parts(value)
        elif value is not None:
            yield name, value


def _add_weekly(form: Form) -> Wanted:
    site = _site(form)
    weekday, weeks = whole(form.get("weekday"), 1, 7), whole(form.get("every_weeks"), 1, 8)
    starts, ends = _day(form, "starts_on"), _optional_day(form, "ends_on")
    if weekday is None or weeks is None or (ends and ends < starts):
        raise FaultyError("days")
    rule = WeeklyRule(weekday, _hours(form), starts, ends, weeks)
    return Wanted(changes.AddWeeklyRule(site, rule), "change_hours", site)


def _end_weekly(form: Form) -> Wanted:
    change = changes.EndWeeklyRule(_number(form), _day(form, "last_day"))
    return Wanted(change, "change_hours", f"weekly rule {change.rule}")


def _add_closure(form: Form) -> Wanted:
    first = _day(form, "first_day")
    last = _optional_day(form, "last_day") or first
    opens, closes = given_time(form.get("opens")), given_time(form.get("closes"))
    if last < first:
        raise FaultyError("days")
    unread = (form.get("opens") and opens is None) or (form.get("closes") and closes is None)
    if unread or (opens is not None and closes is not None and closes <= opens):
        raise FaultyError("times")
    reason = short_text(form.get("reason"), LONGEST_REASON)
    if not reason:
        raise FaultyError("reason")
    closure = Closure(first, last, opens, closes, short_text(form.get("window"), 20) or None)
    site = form.get("site") or None
    return Wanted(changes.AddClosure(site, closure, reason), "add_closure", site or "all")


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
