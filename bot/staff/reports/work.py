"""What the windows did, by window office, hour, purpose, window and clerk: its figures added up.
None names a person who came."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from bot.booking.work_figures import CLERK, HOUR, PURPOSE, WINDOW, Figure, added, figures
from bot.staff.auth import members
from bot.staff.reports.rows import Row, Rows
from bot.staff.sites import site_titles
from dialogs.booking.purposes import PURPOSES

MINUTE = 60  # seconds


@dataclass(frozen=True, slots=True)
class Work:
    """The figures of a span of days, and what their ids are called."""

    figures: list[Figure]
    titles: dict[str, str]
    clerks: dict[str, str]

    def by(self, kind: str) -> dict[str, Figure]:
        """Those of a kind, by name."""
        return {one.name: one for one in self.figures if one.kind == kind}

    def by_site(self) -> dict[str, Figure]:
        """Of each site, what its windows did, in the county's order."""
        windows = (one._replace(name="") for one in self.figures if one.kind == WINDOW)
        sums = {one.site: one for one in added(windows)}
        return {self.titles[site]: sums[site] for site in self.titles if site in sums}


def work(connection: Connection, first: date, last: date) -> Work:
    """All of it, read once for all reports."""
    return Work(
        figures(connection, first, last),
        site_titles(connection),
        members.names(connection),
    )


def bookings(done: Work) -> Rows:
    """Site, appointments that were not cancelled, places offered."""
    return Rows((title, one.booked, one.places) for title, one in done.by_site().items())


def waiting(done: Work) -> Rows:
    """Site, mean minutes between check-in and the beginning, people."""
    sums = done.by_site().items()
    return Rows(
        (title, _mean(one.waited_seconds, one.waited), one.waited)
        for title, one in sums
        if one.waited
    )


def no_shows(done: Work) -> Rows:
    """Site, appointments nobody came to, appointments that are over."""
    sums = done.by_site().items()
    return Rows((title, one.missed, one.over) for title, one in sums if one.over)


def by_hour(done: Work) -> Rows:
    """Hour of the day, and what `_line` has."""
    sums = done.by(HOUR)
    return Rows((f"{int(hour):02}:00", *_line(sums[hour])) for hour in sorted(sums, key=int))


def by_purpose(done: Work) -> Rows:
    """What people come for, in the order one is asked."""
    sums = done.by(PURPOSE)
    labels = {id: one.label for id, one in PURPOSES.items()}
    order = [*(id for id in labels if id in sums), *(id for id in sums if id not in labels)]
    return Rows((labels.get(id, id), *_line(sums[id])) for id in order)


def by_window(done: Work) -> Rows:
    """Office and window, in the county's order, 2 before 10."""
    sites = list(done.titles)
    windows = [one for one in done.figures if one.kind == WINDOW and one.booked]
    windows.sort(key=lambda one: (sites.index(one.site), len(one.name), one.name))
    return Rows((f"{done.titles[one.site]} {one.name}", *_line(one)) for one in windows)


def by_clerk(done: Work) -> Rows:
    """Who served, how many, how long these had waited and were served; the most first."""
    sums = done.by(CLERK)
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


def _line(one: Figure) -> Row:
    """Appointments, no-shows, mean minutes of waiting and of serving."""
    return one.booked, one.missed, *_minutes(one)


def _minutes(one: Figure) -> Row:
    return _mean(one.waited_seconds, one.waited), _mean(one.served_seconds, one.served)


def _mean(seconds: int, people: int) -> float | None:
    return round(seconds / people / MINUTE, 1) if people else None
