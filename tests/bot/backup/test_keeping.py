"""Which backups of a folder are kept."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.backup.keeping import Keep, superfluous
from bot.clock import ZONE

NOW = datetime(2026, 11, 30, 3, 0, tzinfo=ZONE)  # a Monday
DAY = timedelta(days=1)
MOMENTS = st.integers(-800 * 24, 200 * 24).map(lambda hours: NOW + timedelta(hours=hours))


def on(*days: str) -> set[datetime]:
    return {datetime.strptime(f"2026-{day} 03", "%Y-%m-%d %H").replace(tzinfo=ZONE) for day in days}


CASES = [
    ("none", on(), Keep(1, 1, 1), on()),
    ("one, however old", on("01-05"), Keep(1, 1, 1), on()),
    ("of four days, three", on("11-30", "11-29", "11-28", "11-27"), Keep(3, 1, 1), on("11-27")),
    ("the newest of each week", on("11-30", "11-29", "11-23", "11-22"), Keep(1, 3, 1),
     on("11-23")),
    ("the newest of each month", on("11-30", "10-31", "10-30", "09-01"), Keep(1, 1, 2),
     on("10-30", "09-01")),
    ("days without a backup cost none", on("11-30", "10-12", "10-11", "10-10"), Keep(3, 1, 1),
     on("10-10")),
    ("from the future, on which nothing counts", on("12-24", "11-30", "11-29"), Keep(1, 1, 1),
     on("11-29")),
    ("from the future alone", on("12-24", "12-25"), Keep(1, 1, 1), on()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("moments", "keep", "gone"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_rule(moments: set[datetime], keep: Keep, gone: set[datetime]) -> None:
    assert superfluous(moments, NOW, keep) == gone


def test_of_several_on_a_day_the_newest_is_kept() -> None:
    three = [NOW - timedelta(hours=hours) for hours in (0, 1, 2)]
    assert superfluous(three, NOW, Keep(7, 5, 12)) == set(three[1:])


def test_two_years_of_days_by_the_default_rule() -> None:
    """7 days, 5 weeks of which one is among them, 12 months likewise."""
    moments = {NOW - number * DAY for number in range(730)}
    kept = sorted(moments - superfluous(moments, NOW, Keep()))
    assert len(kept) == 7 + (5 - 2) + (12 - 1)
    assert kept[-1] == NOW
    assert kept[0] == NOW.replace(year=2025, month=12, day=31)


def test_day_after_day_the_rule_is_kept_to() -> None:
    """What was let go earlier is missed by no rule later: every run sees only what is left."""
    left: set[datetime] = set()
    for number in range(800):
        today = NOW + number * DAY
        left.add(today)
        left -= superfluous(left, today, Keep(7, 5, 12))
        assert today in left
    assert 7 + 3 + 10 <= len(left) <= 7 + 5 + 12
    assert min(left) < today - 300 * DAY


@given(st.sets(MOMENTS), MOMENTS, st.builds(Keep, *[st.integers(1, 5)] * 3))
def test_the_last_one_is_never_let_go(moments: set[datetime], now: datetime, keep: Keep) -> None:
    gone = superfluous(moments, now, keep)
    assert gone <= moments
    assert not moments or max(moments) not in gone
    past = {moment for moment in moments if moment <= now}
    assert not past or max(past) not in gone
