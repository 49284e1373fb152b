"""Which slots a site offers on a day: a pure function of its rules, closures and holidays."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

FRIDAY, SATURDAY, SUNDAY, MONDAY = 5, 6, 7, 1
LAST = -1  # of its weekday in a month


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch of a day at one window, cut into slots.

    `slot_minutes` is the length of a slot, `capacity` the people per slot, `walk_in_percent` the
    share of them kept for people who come without an appointment: rounded up, in their favour, but
    unless it is all of them one can be booked, or a slot for one person never could.
    """

    opens: time
    closes: time
    window: str = "1"
    slot_minutes: int = 30
    capacity: int = 1
    walk_in_percent: int = 0

    @property
    def bookable(self) -> int:
        """People per slot who can book.

        >>> Hours(time(9), time(10), capacity=10, walk_in_percent=25).bookable
        7
        >>> Hours(time(9), time(10), capacity=1, walk_in_percent=25).bookable
        1
        """
        share = 100 - self.walk_in_percent
        return max(self.capacity * share // 100, int(share > 0))


@dataclass(frozen=True, slots=True)
class WeeklyRule:
    """Hours on a weekday (1 = Monday … 7 = Sunday), from `starts_on` to `ends_on` (both counted),
    every `every_weeks` weeks counted from the week of `starts_on`."""

    weekday: int
    hours: Hours
    starts_on: date
    ends_on: date | None = None
    every_weeks: int = 1

    def holds_on(self, day: date, weekday: int) -> bool:
        """Whether the rule gives hours on `day`, when `day` is worked like `weekday`."""
        if weekday != self.weekday or day < self.starts_on:
            return False
        if self.ends_on is not None and day > self.ends_on:
            return False
        weeks = (_monday(day) - _monday(self.starts_on)).days // 7
        return weeks % self.every_weeks == 0


@dataclass(frozen=True, slots=True)
class Closure:
    """Days without service, `first_day` to `last_day` (both counted): all day, or `opens` to
    `closes` of each of these days. `window` None closes every window. With `weekday` only on this
    day of the week, and with `of_month` only on the first to fourth or the last (-1) of a month."""

    first_day: date
    last_day: date
    opens: time | None = None
    closes: time | None = None
    window: str | None = None
    weekday: int | None = None
    of_month: int | None = None

    def is_on(self, day: date) -> bool:
        """Whether it is a day of this closure."""
        if not self.first_day <= day <= self.last_day:
            return False
        if self.weekday is None:
            return True
        return day.isoweekday() == self.weekday and self.of_month in (None, *_places_in_month(day))

    def hits(self, day: date, slot: "PlannedSlot") -> bool:
        """Whether this closes the slot: any overlap does."""
        if not self.is_on(day):
            return False
        if self.window is not None and self.window != slot.window:
            return False
        begins, ends = self.opens or time.min, self.closes or time.max
        return slot.starts < ends and begins < slot.ends


@dataclass(frozen=True, slots=True)
class ExtraDay:
    """Hours on one day only. They replace the weekly rules, also on a holiday."""

    day: date
    hours: Hours


@dataclass(frozen=True, slots=True)
class PlannedSlot:
    """One slot of the plan: `capacity` people in all, `bookable` of them by appointment."""

    window: str
    starts: time
    ends: time
    capacity: int
    bookable: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """All that decides a site's slots; rules and extra days as they were entered, the newest last.
    `special_days` maps public holidays to False and make-up working days to True; a year that is
    not among `known_years` offers nothing, because a holiday may be missing."""

    rules: tuple[WeeklyRule, ...] = ()
    closures: tuple[Closure, ...] = ()
    extra_days: tuple[ExtraDay, ...] = ()
    special_days: Mapping[date, bool] = field(default_factory=dict)
    known_years: Set[int] = frozenset()

    def plan(self, day: date) -> tuple[PlannedSlot, ...]:
        """The slots of `day`, by time and window; none when the site is closed."""
        if day.year not in self.known_years:
            return ()
        slots = _without_overlap(slot for hours in self._hours(day) for slot in _cut(hours))
        left = [slot for slot in slots if not any(c.hits(day, slot) for c in self.closures)]
        return tuple(sorted(left, key=lambda slot: (slot.starts, slot.window)))

    def _hours(self, day: date) -> list[Hours]:
        extra = [one.hours for one in reversed(self.extra_days) if one.day == day]
        if extra:
            return extra
        working = self.special_days.get(day)
        if working is False:
            return []
        own = self._weekly(day, day.isoweekday())
        if own or not working:
            return own
        return self._weekly(day, _stands_for(day))

    def _weekly(self, day: date, weekday: int) -> list[Hours]:
        """The rule that began last comes first, of these the one entered last: the newer one wins
        where two overlap."""
        rules = [rule for rule in reversed(self.rules) if rule.holds_on(day, weekday)]
        return [rule.hours for rule in sorted(rules, key=lambda r: r.starts_on, reverse=True)]


def _stands_for(day: date) -> int:
    """The weekday a make-up working day is worked like: the nearest ordinary one."""
    return {SATURDAY: FRIDAY, SUNDAY: MONDAY}.get(day.isoweekday(), day.isoweekday())


def _places_in_month(day: date) -> tuple[int, ...]:
    """Which one of its weekday a day is in its month; -1 as well where it is the last.

    >>> _places_in_month(date(2026, 11, 2)), _places_in_month(date(2026, 11, 30))
    ((1,), (5, -1))
    """
    number = (day.day - 1) // 7 + 1
    is_last = (day + timedelta(days=7)).month != day.month
    return (number, LAST) if is_last else (number,)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _cut(hours: Hours) -> Iterator[PlannedSlot]:
    """Whole slots only: what is left before closing is not offered."""
    length = timedelta(minutes=hours.slot_minutes)
    start = datetime.combine(date.min, hours.opens)
    end = datetime.combine(date.min, hours.closes)
    while start + length <= end:
        yield PlannedSlot(
            hours.window, start.time(), (start + length).time(), hours.capacity, hours.bookable
        )
        start += length


def _without_overlap(slots: Iterable[PlannedSlot]) -> list[PlannedSlot]:
    kept: list[PlannedSlot] = []
    for slot in slots:
        if not any(
            slot.window == other.window and slot.starts < other.ends and other.starts < slot.ends
            for other in kept
        ):
            kept.append(slot)
    return kept
