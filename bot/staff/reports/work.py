"""What the windows did, by window office, hour, purpose, window and clerk: sums of the day figures.
None names a person who came."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, func, select

from bot.booking import day_figures
from bot.booking.day_figures import Figure, figures
from bot.booking.tables import slots
from bot.staff.auth import members
from bot.staff.reports.rows import Row, Rows
from bot.staff.sites import site_titles
from dialogs.booking.purposes import PURPOSES

MINUTE = 60  # seconds
Key = TypeVar("Key")
NUMBERS = len(day_figures.NUMBERS)


@dataclass(frozen=True, slots=True)
class Work:
    """The figures of a span of days, and what their ids are called."""

    figures: list[Figure]
    places: dict[str, int]
    titles: dict[str, str]
    clerks: dict[str, str]


def work(connection: Connection, first: date, last: date) -> Work:
    """All of it, read once for all reports."""
    places = (
        select(slots.c.site, func.sum(slots.c.capacity))
        .where(slots.c.day.between(first, last), slots.c.open)
        .group_by(slots.c.site)
    )
    return Work(
        figures(connection, first, last),
        {row[0]: int(row[1]) for row in connection.execute(places)},
        site_titles(connection),
        members.names(connection),
    )


def bookings(done: Work) -> Rows:
    """Site, appointments that were not cancelled, places offered."""
    sums = _sums(done.figures, lambda one: one.site)
    return Rows(
        (title, sums[site].booked if site in sums else 0, done.places.get(site, 0))
        for site, title in done.titles.items()
        if site in sums or site in done.places
    )


def waiting(done: Work) -> Rows:
    """Site, mean minutes between check-in and the beginning, people."""
    sums = _sums(done.figures, lambda one: one.site)
    return Rows(
        (title, _mean(sums[site].waited_seconds, sums[site].waited), sums[site].waited)
        for site, title in done.titles.items()
        if site in sums and sums[site].waited
    )


def no_shows(done: Work) -> Rows:
    """Site, appointments nobody came to, appointments that are over."""
    sums = _sums(done.figures, lambda one: one.site)
    return Rows(
        (title, sums[site].missed, sums[site].over)
        for site, title in done.titles.items()
        if site in sums and sums[site].over
    )


def by_hour(done: Work) -> Rows:
    """Hour of the day, and what `_line` has."""
    sums = _sums(done.figures, lambda one: one.hour)
    return Rows((f"{hour:02}:00", *_line(sums[hour])) for hour in sorted(sums))


def by_purpose(done: Work) -> Rows:
    """What people come for, in the order one is asked."""
    sums = _sums(done.figures, lambda one: one.purpose)
    labels = {id: one.label for id, one in PURPOSES.items()}
    order = [*(id for id in labels if id in sums), *(id for id in sums if id not in labels)]
    return Rows((labels.get(id, id), *_line(sums[id])) for id in order)


def by_window(done: Work) -> Rows:
    """Office and window, in the county's order, 2 before 10."""
    sums = _sums(done.figures, lambda one: (one.site, one.window))
    sites = list(done.titles)
    order = sorted(sums, key=lambda one: (sites.index(one[0]), len(one[1]), one[1]))
    return Rows((f"{done.titles[site]} {name}", *_line(sums[site, name])) for site, name in order)


def by_clerk(done: Work) -> Rows:
    """Who served, how many, how long these had waited and were served; the most first."""
    sums = _sums((one for one in done.figures if one.clerk), lambda one: one.clerk)
    order = sorted(sums, key=lambda one: (-sums[one].served, one))
    return Rows(
        (done.clerks.get(account, account), sums[account].served, *_minutes(sums[account]))
        for account in order
    )


WORK: dict[str, Callable[[Work], Rows]] = {
    "bookings": bookings,
    "waiting": waiting,
    "no_shows": no_shows,
    "by_hour": by_hour,
    "by_purpose": by_purpose,
    "by_window": by_window,
    "by_clerk": by_clerk,
}


def _sums(parts: Iterable[Figure], key: Callable[[Figure], Key]) -> dict[Key, Figure]:
    """The figures added up by what `key` says; of what differs within one key nothing is kept."""
    sums: dict[Key, list[int]] = {}
    for one in parts:
        kept = sums.setdefault(key(one), [0] * NUMBERS)
        kept[:] = (a + b for a, b in zip(kept, one.numbers, strict=True))
    return {name: Figure("", "", 0, "", "", *numbers) for name, numbers in sums.items()}


def _line(one: Figure) -> Row:
    """Appointments, no-shows, mean minutes of waiting and of serving."""
    return one.booked, one.missed, *_minutes(one)


def _minutes(one: Figure) -> Row:
    return _mean(one.waited_seconds, one.waited), _mean(one.served_seconds, one.served)


def _mean(seconds: int, people: int) -> float | None:
    return round(seconds / people / MINUTE, 1) if people else None
