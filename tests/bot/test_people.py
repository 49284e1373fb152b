"""Nothing that is kept about a person is hidden from them, or left behind when they go.

A new table must appear here: with rows of a person, or among those that speak of nobody.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, insert, select, update
from sqlmodel import SQLModel

import bot.worker  # noqa: F401 - registers the holders
from bot.database import reading, writing
from bot.people import everything_about, forget, names
from bot.sealing.column import sealing
from tests.bot.booking.desk import SITE, make_slot
from tests.bot.setting_up import NOW

ME, OTHER = "oMe", "oYou"
TABLES = SQLModel.metadata.tables
# Why these keep nothing about citizens.
OF_NOBODY = {
    "access_tokens": "the account's",
    "api_keys": "the clients', as hashes",
    "closures": "the office's hours",
    "data_keys": "the keys' numbers",
    "extra_days": "the office's hours",
    "file_changes": "what the office publishes",
    "failed_sign_ins": "the staff's, as keyed hashes",
    "heartbeats": "the worker's jobs",
    "known_years": "the calendar",
    "sites": "the office's windows",
    "slots": "numbers of places",
    "special_days": "the calendar",
    "spent_states": "a random text, of whom nobody knows",
    "staff_devices": "the staff's",
    "staff_members": "the staff's",
    "staff_recovery_codes": "the staff's",
    "staff_sessions": "the staff's",
    "ticket_counters": "counts of a day",
    "tickets": "a number of an appointment, shown with it",
    "topic_aliases": "a text, of whom nobody knows",
    "unmatched_texts": "a text, of whom nobody knows",
    "weekly_rules": "the office's hours",
    "work_figures": "numbers of a day",
}
TELLING = ("person", "openid", "name", "phone", "personal")  # columns that name a person
OF_OTHERS = {"staff_members.name", "special_days.name", "work_figures.name"}
# Not shown: what only joins rows, counts, or guards a secret. Who knew when a place is free again
# could hand it to a person waiting for just that moment.
INNER = {
    "appointments.blanked_at",
    "appointments.id",
    "appointments.name_index",
    "appointments.phone_index",
    "appointments.phone_tail_index",
    "appointments.served_by",
    "appointments.slot",
    "audit_entries.account",
    "audit_entries.id",
    "audit_entries.target",
    "conversations.version",
    "deliveries.address",
    "deliveries.key",
    "holds.free_at",
    "holds.slot",
    "notices.appointment",
    "notices.cause",
    "notices.claimed_until",
    "notices.id",
    "notices.key",
    "page_sessions.token",
    "returning_places.due_at",
    "returning_places.id",
    "returning_places.slot",
    "reviews.account",
    "reviews.appointment",
    "reviews.id",
    "reviews.version",
}

# The worker deletes who was not seen for long, the service who leaves.
LOADING = {
    "worker": "import bot.worker",
    "service": "from bot.application import REGISTRANTS; from importlib import import_module; "
    "[import_module(name) for name in REGISTRANTS]",
}


def unknown_tables(metadata: MetaData) -> set[str]:
    """Tables nobody decided about."""
    return set(metadata.tables) - rows_of(ME, 1, 1).keys() - OF_NOBODY.keys()


NextMoment = Callable[[], datetime]
"""The next moment: no two columns have the same."""


def rows_of(person: str, number: int, slot: int) -> dict[str, dict[str, Any]]:
    """A row in every table that keeps something about people; each free text names the person."""
    moments = (NOW + timedelta(hours=number, minutes=minute) for minute in count())
    at = moments.__next__
    return {
        **_of_talks(person, number, at),
        **_of_bookings(person, number, slot, at),
        **_of_notices(person, number, at),
        **_of_reviews(person, number, at),
    }


def _of_talks(person: str, number: int, at: NextMoment) -> dict[str, dict[str, Any]]:
    return {
        "conversations": {
            "person": person,
            "version": 1,
            "talk": json.dumps({"facts": {"birth_date": "1990-05-01"}, "heard": person}),
            "created_at": at(),
            "seen_at": at(),
        },
        "deliveries": {
            "key": f"k{number}",
            "person": person,
            "reply": f"told {person}",
            "answered_at": at(),
        },
        "page_sessions": {"token": f"t{number}", "person": person, "started_at": at()},
        "visits": {"person": person, "since": at(), "until": at()},
    }


def _of_bookings(person: str, number: int, slot: int, at: NextMoment) -> dict[str, dict[str, Any]]:
    tomorrow = (NOW + timedelta(days=number)).date()
    return {
        "appointments": {
            "id": number,
            "person": person,
            "slot": slot,
            "state": "booked",
            "code": f"10000{number}",
            "purpose": "review",
            "reminders": True,
            "name": f"name of {person}",
            "phone": f"0577 {person}",
            "source": "chat",
            "created_at": at(),
            "arrived_at": at(),
            "serving_at": at(),
            "ended_at": at(),
            "changes": 70 + number,
            "served_by": "clerk",
            "settled_at": at(),
            "blanked_at": None,
        },
        "holds": {"person": person, "slot": slot, "since": at(), "until": at(), "free_at": at()},
        "returning_places": {"id": 50 + number, "slot": slot, "due_at": at(), "person": person},
        "waiting_entries": {
            "person": person,
            "site": SITE,
            "first_day": tomorrow,
            "last_day": tomorrow + timedelta(days=number),
            "since": at(),
            "offered_until": at(),
        },
    }


def _of_notices(person: str, number: int, at: NextMoment) -> dict[str, dict[str, Any]]:
    return {
        "notices": {
            "id": number,
            "key": f"n{number}",
            "person": person,
            "kind": "called_off",
            "appointment": number,
            "words": {"reason": f"because of {person}"},
            "state": "waiting",
            "due_at": at(),
            "useless_from": at(),
            "attempts": 30 + number,
            "claimed_until": at(),
            "error": f"no way to {person}",
            "created_at": at(),
            "ended_at": at(),
            "receipt": f"r{number}",
            "way": "sms",
        },
        "notice_refusals": {"person": person, "template": f"R{number}", "at": at()},
        "notice_consents": {
            "person": person,
            "template": f"C{number}",
            "left": 40 + number,
            "at": at(),
        },
    }


def _of_reviews(person: str, number: int, at: NextMoment) -> dict[str, dict[str, Any]]:
    return {
        "reviews": {
            "id": number,
            "appointment": number,
            "person": person,
            "site": SITE,
            "ruleset": "yongjia-2022",
            "account": "clerk",
            "started_at": at(),
            "version": 1,
            "sent_at": at(),
            "lines": [
                {
                    "item": "age",
                    "claimed": f"20.{number}",
                    "papers": f"papers of {person}",
                    "verified": f"19.{number}",
                    "result": "changed",
                    "reason": f"reason for {person}",
                }
            ],
        },
        "audit_entries": {
            "id": number,
            "at": at(),
            "account": "clerk",
            "action": "cancel",
            "target": f"appointment {number}",
            "detail": json.dumps({"site": SITE}),
            "personal": json.dumps({"reason": f"told {person}"}),
        },
    }


def fill(connection: Connection, person: str, number: int) -> dict[str, dict[str, Any]]:
    """Put such rows into the database, with something in every column that came later."""
    slot = make_slot(connection, NOW + timedelta(days=number), bookable=9)
    connection.execute(update(TABLES["slots"]).values(taken=2))
    rows = rows_of(person, number, slot)
    later = {
        str: f"later {person}",
        int: 900 + number,
        bool: True,
        object: NOW + timedelta(days=100 + number),  # a Moment
        date: (NOW + timedelta(days=200 + number)).date(),
        Decimal: Decimal(300 + number),
    }
    for table, row in rows.items():
        missing = (column for column in TABLES[table].columns if column.name not in row)
        row |= {column.name: later[column.type.python_type] for column in missing}
        connection.execute(insert(TABLES[table]).values(sealing(TABLES[table], row)))
    return rows


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def entry(column: str, value: object) -> str:
    """The column as it must stand in what is shown."""
    if column == "lines":
        points = ("claimed", "verified")
        value = [one | {name: float(one[name]) for name in points} for one in value]  # type: ignore[attr-defined]
    elif isinstance(value, str) and value.startswith("{"):
        value = json.loads(value)
    elif hasattr(value, "isoformat"):
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = float(value)
    elif value == SITE:
        value = "瓯北街道"
    shown = {"talk": "state"}.get(column, column)
    return f'"{shown}": {as_json(value)}'


def everywhere(connection: Connection) -> str:
    """All that is in the database."""
    rows = {name: connection.execute(select(table)).all() for name, table in TABLES.items()}
    return str(rows)


def test_of_every_table_it_is_known_whether_it_speaks_of_people() -> None:
    assert unknown_tables(SQLModel.metadata) == set()
    named = {
        f"{name}.{column.name}"
        for name in OF_NOBODY
        for column in TABLES[name].columns
        if column.name in TELLING
    }
    assert named == OF_OTHERS


def test_a_table_nobody_decided_about_is_found() -> None:
    metadata = MetaData()
    Table("diaries", metadata, Column("whose", String))
    assert unknown_tables(metadata) == {"diaries"}


def test_everything_kept_is_shown_to_its_owner_alone(engine: Engine) -> None:
    with writing(engine) as connection:
        rows = fill(connection, ME, 1)
        mine = as_json(everything_about(connection, ME))
        fill(connection, OTHER, 2)
        assert as_json(everything_about(connection, ME)) == mine
        assert everything_about(connection, "oNobody") == {}
    hidden = {
        f"{table}.{column}"
        for table, row in rows.items()
        for column, value in row.items()
        if column != "person" and entry(column, value) not in mine
    }
    assert hidden == INNER


def test_nothing_of_who_is_forgotten_is_left_and_all_of_the_others(engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection, ME, 1)
        fill(connection, OTHER, 2)
        theirs = everything_about(connection, OTHER)
        assert ME in everywhere(connection)
        forget(connection, ME)
        assert ME not in everywhere(connection)
        assert everything_about(connection, ME) == {}
        assert everything_about(connection, OTHER) == theirs


def test_while_somebody_is_being_forgotten_all_is_shown_or_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection, ME, 1)
    with reading(engine) as reader:
        before = everything_about(reader, ME)
        with writing(engine) as connection:
            forget(connection, ME)
        assert everything_about(reader, ME) == before
    with reading(engine) as reader:
        assert everything_about(reader, ME) == {}


def test_a_result_is_shown_once_it_is_decided(engine: Engine) -> None:
    """What a clerk is still weighing is no result: the line is shown, the verdict is not."""
    reviews = TABLES["reviews"]
    with writing(engine) as connection:
        fill(connection, ME, 1)
        connection.execute(update(reviews).values(sent_at=None))
        kept: Any = everything_about(connection, ME)["review"]
    assert kept["worksheets"][0]["lines"] == [
        {"item": "age", "claimed": 20.1, "papers": f"papers of {ME}"}
    ]


@cache
def started(process: str) -> tuple[list[str], list[str]]:
    """The holders that such a process knows, in their order, and the packages that it loaded."""
    tell = "import bot.people, json, sys; print(json.dumps([bot.people.names(), [*sys.modules]]))"
    code = f"{LOADING[process]}; {tell}"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    holders, loaded = json.loads(told.stdout)
    return holders, loaded


@pytest.mark.parametrize("process", LOADING)
def test_every_process_that_deletes_knows_every_holder(process: str) -> None:
    """A holder that one of them never imported would leave its rows behind."""
    assert set(started(process)[0]) == set(names())


@pytest.mark.parametrize("process", LOADING)
def test_what_serves_loads_no_alembic(process: str) -> None:
    """It takes a tenth of a start, and serves only who changes the database's version."""
    assert "alembic" not in started(process)[1]


def test_moments_in_what_is_shown_are_in_the_county_time(engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection, ME, 1)
        (session,) = everything_about(connection, ME)["page_sessions"]  # type: ignore[misc]
    assert datetime.fromisoformat(session["started_at"]).utcoffset() == timedelta(hours=8)
