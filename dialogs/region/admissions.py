"""What the office publishes of each year: last points admitted, when to apply, ranking and ties.

The county's `admissions.yaml`; without it nothing is published, and that is what is said. It may
change while the service runs: it is read again, and while it is damaged what was read last holds.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator
from yaml import YAMLError

from dialogs import data
from dialogs.region.load import folder

FILE = "admissions.yaml"


class AdmissionsError(Exception):
    """The county's file of admissions cannot be used; the text says why."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    purpose: str
    """What points are used for: 积分入学."""
    year: int = Field(ge=2015, le=2100)
    from_: date = Field(alias="from")
    """The first day on which it is told."""
    source: str
    """The notice in which it stands."""


class Admission(_Entry):
    """The last points that were admitted at one place."""

    place: str
    offered: int | None = Field(None, ge=0, description="places offered, where that is known")
    last: Decimal = Field(ge=0, le=1000, description="points of the last one admitted")


class Window(_Entry):
    """When one can apply, both days included."""

    opens: date
    closes: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.closes < self.opens:
            raise ValueError(f"closes: {self.closes} is before opens: {self.opens}")
        return self


class Ranking(_Entry):
    """How people are ranked; `ties`: who comes first where points are equal."""

    text: str = ""
    ties: str = ""


class Use(_Entry):
    """Something that points were used for in a year."""


Dated = TypeVar("Dated", bound=_Entry)


class Admissions(BaseModel):
    """Everything in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    admissions: tuple[Admission, ...] = ()
    windows: tuple[Window, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    uses: tuple[Use, ...] = ()

    def on(self, day: date) -> Admissions:
        """What is told on a day, the latest year first."""
        return Admissions(
            admissions=_told(self.admissions, day),
            windows=_told(self.windows, day),
            rankings=_told(self.rankings, day),
            uses=_told(self.uses, day),
        )

    def latest(self, kind: str, purpose: str) -> tuple[_Entry, ...]:
        """The entries of a kind for a purpose, of the latest year that has any.

        >>> Admissions().latest("windows", "积分入学")
        ()
        """
        found = [one for one in getattr(self, kind) if one.purpose == purpose]
        return tuple(one for one in found if one.year == max(each.year for each in found))

    def last_admitted(self, purpose: str) -> tuple[Admission, ...]:
        """The last points admitted for a purpose, of the latest year that has any."""
        found = [one for one in self.admissions if one.purpose == purpose]
        return tuple(one for one in found if one.year == max(each.year for each in found))


def _told(entries: tuple[Dated, ...], day: date) -> tuple[Dated, ...]:
    """Where the same thing is written twice, the one that was told last holds."""
    known = sorted((one for one in entries if one.from_ <= day), key=lambda one: one.from_)
    by_what = {(one.purpose, one.year, getattr(one, "place", "")): one for one in known}
    return tuple(sorted(by_what.values(), key=lambda one: -one.year))


def admissions_file() -> Path:
    """The file of the county this process speaks for; there may be none."""
    return folder() / FILE


def admissions(on: date) -> Admissions:
    """What the office has published by a day.

    Raises AdmissionsError where the file never was sound.
    """
    file = admissions_file()
    try:
        stat = file.stat()
    except OSError:
        return Admissions()
    return _on(file, stat.st_mtime_ns, stat.st_size, on)


@lru_cache(maxsize=64)
def _on(file: Path, changed: int, size: int, day: date) -> Admissions:
    return _read(file, changed, size).on(day)


@lru_cache(maxsize=4)
def _read(file: Path, changed: int, size: int) -> Admissions:
    try:
        read = Admissions.model_validate(data.read(file, Any) or {})
    except (OSError, ValueError, YAMLError) as error:
        if file not in _sound:
            raise AdmissionsError(f"{FILE}: {error}") from error
        return _sound[file]
    _sound[file] = read
    return read


_sound: dict[Path, Admissions] = {}
