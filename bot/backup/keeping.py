"""Which backups are kept."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple


class Keep(NamedTuple):
    """The newest backup of each of so many days, weeks (from Monday) and months that have one. What
    counts are days with a backup, so an outage of a month costs none."""

    daily: int = 7
    weekly: int = 5
    monthly: int = 12


def superfluous(moments: Iterable[datetime], now: datetime, keep: Keep) -> set[datetime]:
    """Those that the rule lets go. The newest is always kept, and so is what claims to be made
    after `now`: a clock was wrong, and nobody knows which."""
    known = sorted(moments, reverse=True)
    past = [moment for moment in known if moment <= now]
    kept = {*past[:1]}
    for bucket, most in ((_day, keep.daily), (_week, keep.weekly), (_month, keep.monthly)):
        kept |= set(_newest_of_each(past, bucket)[:most])
    return {*past} - kept


def _newest_of_each(
    moments: list[datetime], bucket: Callable[[datetime], object]
) -> list[datetime]:
    """Of moments that begin with the newest."""
    newest: dict[object, datetime] = {}
    for moment in moments:
        newest.setdefault(bucket(moment), moment)
    return list(newest.values())


def _day(moment: datetime) -> object:
    return moment.date()


def _week(moment: datetime) -> object:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> object:
    return moment.year, moment.month
