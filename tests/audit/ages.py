"""How old each pinned version is, and the newest one of its package."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from packaging.version import Version

from tests.audit.index import Index, Release
from tests.audit.pins import Pin

MOST = 24  # months; what nobody released for so long may have nobody who repairs it


@dataclass(frozen=True)
class Age:
    """Of a pin; None: the index does not say."""

    pin: Pin
    pinned: Release | None
    newest: Release | None

    def is_old(self, today: date) -> bool:
        """Whether it is more than `MOST` months since its release."""
        return self.pinned is not None and _months_later(self.pinned.at.date()) < today

    def line(self, today: date) -> str:
        """For people to read."""
        flag = "OLD" if self.is_old(today) else ""
        told = (_said(self.pinned), "newest", _said(self.newest))
        return f"{flag:4}{self.pin.name:32} {told[0]:32} {told[1]} {told[2]}".rstrip()


def ages(pins: Iterable[Pin], index: Index) -> Iterator[Age]:
    """Of all pins. What was released before the pin is not newer, whatever its number (dpath 70 is
    ten years older than 2.2). Raises IndexAwayError."""
    for pin in pins:
        releases = index.releases(pin.name)
        pinned = next((one for one in releases if one.version == Version(pin.version)), None)
        since = pinned.at if pinned else datetime.min.replace(tzinfo=UTC)
        final = [one for one in releases if not one.version.is_prerelease and one.at >= since]
        yield Age(pin, pinned, final[-1] if final else None)


def _said(release: Release | None) -> str:
    return f"{release.version} of {release.at:%Y-%m-%d}" if release else "no date"


def _months_later(day: date) -> date:
    years, month = divmod(day.month - 1 + MOST, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
