"""From the filled-in timetable of a week to the change of hours that it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from bot.booking.calendar import Hours, WeeklyRule
from bot.booking.changes import Together
from bot.booking.week import SetWeek
from bot.staff.forms import given_time, read_day, short_text, whole
from bot.staff.schedule.faulty import FaultyError

Form = MultiDict[str, str]
WEEKDAYS = range(1, 8)
WORKDAYS = range(1, 6)
PARTS = ("morning", "afternoon")
MOST_WINDOWS = 20
LONGEST_NAME = 20
EVERY_SITE = "all"
DEFAULTS = {"slot_minutes": "30", "capacity": "4", "walk_in_percent": "25"}
USUAL = {
    "morning_opens": "09:00", "morning_closes": "11:30",
    "afternoon_opens": "14:00", "afternoon_closes": "17:00",
}  # fmt: skip


class WeekDay(NamedTuple):
    """One line of the timetable as it stands in the form: four times as texts, and whether it is
    like the day before."""

    weekday: int
    times: dict[str, str]
    same: bool


def set_week(form: Form, known_sites: list[str]) -> Together:
    """The same week for each window at each site that was ticked.

    Raises:
        FaultyError: something is missing or impossible.
    """
    sites, windows = chosen_sites(form, known_sites), chosen_windows(form)
    starts = read_day(form.get("starts_on"))
    if starts is None:
        raise FaultyError("days")
    if not sites:
        raise FaultyError("site")
    if not 0 < len(windows) <= MOST_WINDOWS:
        raise FaultyError("windows")
    rules = tuple(_rules(form, starts))
    if not rules:
        raise FaultyError("week_empty")
    return Together(
        tuple(
            SetWeek(site, window, tuple(_at(rule, window) for rule in rules), starts)
            for site in sites
            for window in windows
        )
    )


def chosen_sites(form: Form, known: list[str]) -> list[str]:
    """The sites that were ticked, in the county's order; with one box all of them."""
    ticked = form.getlist("at")
    return known if EVERY_SITE in ticked else [site for site in known if site in ticked]


def chosen_windows(form: Form) -> list[str]:
    """The windows that were ticked, and those that were typed: new ones."""
    typed = (form.get("new_windows") or "").replace("，", "、").replace(",", "、").split("、")
    names = [short_text(name, LONGEST_NAME) for name in (*form.getlist("window"), *typed)]
    return list(dict.fromkeys(name for name in names if name))


def lines_of(form: Form) -> list[WeekDay]:
    """The timetable as it was filled in."""
    return [
        WeekDay(
            day,
            {name: form.get(f"{name}-{day}", "") for name in USUAL},
            form.get(f"same-{day}") == "1",
        )
        for day in WEEKDAYS
    ]


def lines_from(week: dict[int, list[Hours]]) -> list[WeekDay]:
    """The timetable of a window; one that is usual where it has no hours yet."""
    if not week:
        none = dict.fromkeys(USUAL, "")
        usual = (WeekDay(day, USUAL if day == 1 else none, day > 1) for day in WORKDAYS)
        return [*usual, *(WeekDay(day, none, False) for day in WEEKDAYS if day not in WORKDAYS)]
    lines = []
    before: dict[str, str] = {}
    for day in WEEKDAYS:
        times = _texts(week.get(day, []))
        same = times == before and any(times.values())
        lines.append(WeekDay(day, dict.fromkeys(USUAL, "") if same else times, same))
        before = times
    return lines


def _texts(hours: list[Hours]) -> dict[str, str]:
    texts = dict.fromkeys(USUAL, "")
    for part, one in zip(_parts(hours), hours, strict=False):
        texts |= {f"{part}_opens": f"{one.opens:%H:%M}", f"{part}_closes": f"{one.closes:%H:%M}"}
    return texts


def _parts(hours: list[Hours]) -> tuple[str, ...]:
    """Of a day's only stretch: where it begins."""
    return PARTS[1:] if len(hours) == 1 and hours[0].opens >= time(12) else PARTS


def _rules(form: Form, starts: date) -> Iterator[WeeklyRule]:
    sizes = _sizes(form)
    before: list[Hours] = []
    for line in lines_of(form):
        hours = before if line.same else list(_stretches(line, sizes))
        for one in hours:
            yield WeeklyRule(line.weekday, one, starts)
        before = hours


def _stretches(line: WeekDay, sizes: tuple[int, int, int]) -> Iterator[Hours]:
    """Morning and afternoon, or one of them, with the break between them."""
    minutes, capacity, share = sizes
    earliest = time.min
    for part in PARTS:
        texts = [line.times[f"{part}_{name}"] for name in ("opens", "closes")]
        if not any(texts):
            continue
        opens, closes = (given_time(text) for text in texts)
        if opens is None or closes is None or not earliest <= opens < closes:
            raise FaultyError("week_times")
        earliest = closes
        yield Hours(opens, closes, "", minutes, capacity, share)


def _sizes(form: Form) -> tuple[int, int, int]:
    minutes = whole(form.get("slot_minutes"), 5, 240)
    capacity = whole(form.get("capacity"), 1, 200)
    share = whole(form.get("walk_in_percent"), 0, 100)
    if minutes is None or capacity is None or share is None:
        raise FaultyError("number")
    return minutes, capacity, share


def _at(rule: WeeklyRule, window: str) -> WeeklyRule:
    return replace(rule, hours=replace(rule.hours, window=window))
