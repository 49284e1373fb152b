"""What is kept, why, for how long and who sees it: read from `data_map.yaml` and laid over the
tables, so that a column without an entry is a fault. The times come from settings and code."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlmodel import SQLModel

import bot.models  # noqa: F401 - the tables
from bot.page_sessions import LASTS
from bot.pages.sealed_answers import LASTS as KEPT_ANSWERS
from bot.retention import KEEP_UNMATCHED, reply_hours
from bot.sealing.column import Sealed
from bot.settings import Settings
from bot.staff.auth.devices import KEPT as KEPT_DEVICES
from bot.web.letters import LASTS as LETTERS_LAST
from dialogs import data
from dialogs.early import HELD


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(_Model):
    """A kind of thing that is kept; `personal`: it may lead to a citizen, or tells of one."""

    what: str
    personal: bool


class Table(_Model):
    """What holds for all of a table. `kept` is a key of `times`."""

    why: str
    basis: str
    kept: str
    seen_by: str


class Cookie(_Model):
    """A cookie by its plain name; over https it begins with __Host-."""

    what: str
    seen_by: str
    kept: str


class DataMap(_Model):
    """The whole file."""

    where: str
    kinds: Mapping[str, Kind]
    tables: Mapping[str, Table]
    readable: Mapping[str, tuple[str, ...]]
    """By the reason, personal columns that do not lie sealed, as `table.column`."""
    columns: Mapping[str, Mapping[str, str | tuple[str, ...]]]
    cookies: Mapping[str, Cookie]

    def kinds_of(self, table: str, column: str) -> tuple[str, ...]:
        """The kinds of thing in a column."""
        named = self.columns[table][column]
        return (named,) if isinstance(named, str) else named


class Entry(_Model):
    """One column, as the map is printed."""

    column: str
    what: str
    why: str
    basis: str
    kept: str
    where: str
    seen_by: str
    personal: bool
    sealed: bool


@cache
def data_map() -> DataMap:
    """The file, checked."""
    return data.load("bot", "data_map.yaml", DataMap)


def times(settings: Settings) -> dict[str, timedelta | None]:
    """How long at most something of a table is kept; None: as long as what it is for."""
    return {
        "keep_days": timedelta(days=settings.keep_days),
        "blank_days": timedelta(days=settings.blank_days),
        "replies": timedelta(hours=reply_hours(settings)),
        "sign_in": LASTS,
        "unmatched": KEEP_UNMATCHED,
        "devices": KEPT_DEVICES,
        "letters": LETTERS_LAST,
        "early": HELD,
        "answers": KEPT_ANSWERS,
        "event": None,
        "office": None,
    }


def entries(settings: Settings) -> Iterator[Entry]:
    """Every column of every table, in their order. Raises KeyError for one without an entry."""
    told = data_map()
    for name, table in SQLModel.metadata.tables.items():
        about = told.tables[name]
        for column in table.columns:
            kinds = [told.kinds[kind] for kind in told.kinds_of(name, column.name)]
            yield Entry(
                column=f"{name}.{column.name}",
                what="; ".join(kind.what for kind in kinds),
                why=about.why,
                basis=about.basis,
                kept=said(about.kept, settings),
                where=told.where,
                seen_by=about.seen_by,
                personal=any(kind.personal for kind in kinds),
                sealed=isinstance(column.type, Sealed),
            )


def said(kept: str, settings: Settings) -> str:
    """A time in words.

    >>> said("replies", Settings()), said("event", Settings())
    ('2 hours', 'until it is over')
    """
    lasts = times(settings)[kept]
    if lasts is None:
        return "until it is over" if kept == "event" else "as long as the office needs it"
    hours = lasts / timedelta(hours=1)
    if hours < 1:
        return f"{lasts // timedelta(minutes=1)} minutes"
    return f"{lasts.days} days" if lasts.days and hours % 24 == 0 else f"{hours:.0f} hours"


def as_markdown(settings: Settings) -> str:
    """The map as tables, one row a column."""
    told = data_map()
    head = "| column | what | why | basis | kept | who sees it | personal | sealed |"
    rows = [
        f"| `{one.column}` | {one.what} | {one.why} | {one.basis} | {one.kept} | {one.seen_by} |"
        f" {_yes(one.personal)} | {_yes(one.sealed)} |"
        for one in entries(settings)
    ]
    cookies = [
        f"| `{name}` | {one.what} | {said(one.kept, settings)} | {one.seen_by} |"
        for name, one in told.cookies.items()
    ]
    readable = [f"- {why}: {', '.join(named)}" for why, named in told.readable.items()]
    lines = [f"Where: {told.where}.", "", head, "|---" * 8 + "|", *rows, ""]
    lines += ["Personal, and not sealed:", "", *readable, ""]
    lines += ["| cookie | what | kept | whose browsers |", "|---" * 4 + "|", *cookies]
    return "\n".join(lines)


def as_data(settings: Settings) -> dict[str, Any]:
    """The same for programs."""
    cookies = {
        name: {**one.model_dump(), "kept": said(one.kept, settings)}
        for name, one in data_map().cookies.items()
    }
    columns = [one.model_dump() for one in entries(settings)]
    told = data_map().model_dump(include={"where", "readable"})
    return told | {"columns": columns, "cookies": cookies}


def _yes(value: bool) -> str:
    return "yes" if value else ""
