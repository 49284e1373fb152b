"""What must be in the database, whatever happened: an oracle that knows nothing of transactions.

An act leaves all its rows or none. So the whole content is compared with that before the act and
with that after it, as a run without any fault left it; and plain sums say whether the books agree.
"""

import re
from collections import Counter, defaultdict
from typing import Any

from sqlmodel import SQLModel

from bot.sealing.column import Sealed
from bot.sealing.keyring import Keyring
from tests.bot.crash.stages import Rows

# Drawn at random each time: check-in codes, moments at which places return, keys. The moments at
# which a person was forgotten are those of the machine's clock.
DRAWN = {
    "appointments": ("code", "ended_at", "blanked_at"),
    "holds": ("free_at",),
    "returning_places": ("due_at",),
    "notices": ("key", "cause"),
    "unmatched_texts": ("id",),
}
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
SEALED_LINK = re.compile(r"/sheet/[\w.=~-]+")
NUMBERED = re.compile(r"appointment (\d+)")
ACTIVE = ("booked", "arrived", "called", "passed", "serving")
TAKES_A_PLACE = (*ACTIVE, "served", "past")


def content(rows: Rows, keys: Keyring) -> dict[str, list[str]]:
    """All rows as texts that are equal where they mean the same: opened, without what is drawn, and
    numbered from one: a transaction that was undone uses up numbers."""
    numbers = {
        name: {row["id"]: place for place, row in enumerate(sorted(found, key=_by_id), 1)}
        for name, found in rows.items()
        if found and isinstance(found[0].get("id"), int)
    }
    return {
        name: sorted(_text(name, row, numbers, keys) for row in found)
        for name, found in rows.items()
        if found
    }


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> str:
    """Which rows only one of two contents has."""
    told = []
    for name in sorted(one.keys() | other.keys()):
        here, there = Counter(one.get(name, ())), Counter(other.get(name, ()))
        told += [f"- {name} {row}" for row in (here - there).elements()]
        told += [f"+ {name} {row}" for row in (there - here).elements()]
    return "\n".join(told)


def disagreements(rows: Rows) -> list[str]:
    """Where the books do not agree: places, appointments, numbers of a queue, replies, notices."""
    told = []
    taken: Counter[int] = Counter(
        one["slot"] for one in rows["appointments"] if one["state"] in TAKES_A_PLACE
    )
    taken.update(one["slot"] for name in ("holds", "returning_places") for one in rows[name])
    for slot in rows["slots"]:
        if slot["taken"] != taken[slot["id"]]:
            told.append(f"slot {slot['id']}: {slot['taken']} taken, {taken[slot['id']]} accounted")
    active = Counter(one["person"] for one in rows["appointments"] if one["state"] in ACTIVE)
    told += [f"{one} has {n} appointments" for one, n in active.items() if one and n > 1]
    told += _tickets(rows)
    notices = Counter(
        (one["person"], one["kind"], one["appointment"], one["due_at"], one["created_at"])
        for one in rows["notices"]
        if one["state"] != "dropped"  # of an appointment that was moved since
    )
    told += [f"notice {one} {n} times" for one, n in notices.items() if n > 1]
    return told + _talks(rows)


def _tickets(rows: Rows) -> list[str]:
    given = Counter((one["site"], one["day"], one["number"]) for one in rows["tickets"])
    told = [f"number {one} given {n} times" for one, n in given.items() if n > 1]
    highest: defaultdict[tuple[Any, ...], int] = defaultdict(int)
    for one in rows["tickets"]:
        series = (one["site"], one["day"], one["number"][0])
        highest[series] = max(highest[series], int(one["number"][1:]))
    for one in rows["ticket_counters"]:
        series = (one["site"], one["day"], one["series"])
        if one["last"] != highest[series]:
            told.append(f"series {series}: counter {one['last']}, highest {highest[series]}")
    return told


def _talks(rows: Rows) -> list[str]:
    """A talk went on with each message of its person that was replied to. Who withdraws or deletes
    has messages that are nobody's any more; events that say nothing to it have no reply."""
    heard = Counter(one["person"] for one in rows["deliveries"] if one["person"] and one["reply"])
    return [
        f"{one['person']}: version {one['version']}, {heard[one['person']]} replies"
        for one in rows["conversations"]
        if one["version"] < heard[one["person"]]
    ]


def _by_id(row: dict[str, Any]) -> Any:
    return row["id"]


def _text(name: str, row: dict[str, Any], numbers: dict[str, dict[int, int]], keys: Keyring) -> str:
    table = SQLModel.metadata.tables[name]
    plain = {}
    for column, value in row.items():
        kind = table.c[column].type if column in table.c else None
        if value is not None and column in DRAWN.get(name, ()):
            value = "drawn"
        elif value is not None and isinstance(kind, Sealed):
            value = keys.open(kind.name, str(row[kind.row]), value)
        elif column == "id":
            value = numbers.get(name, {}).get(value, value)
        elif isinstance(value, int):
            for key in table.c[column].foreign_keys:
                value = numbers.get(key.column.table.name, {}).get(value, value)
        plain[column] = value
    found = CODE.sub("#", SEALED_LINK.sub("/sheet/-", str(plain)))
    known = numbers.get("appointments", {})
    return NUMBERED.sub(lambda one: f"appointment {known.get(int(one[1]), '?')}", found)
