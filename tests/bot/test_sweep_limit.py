"""No wrong clock and no slip in a setting deletes everybody at once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from bot import heartbeats
from bot.cli import worker as program
from bot.database import reading, writing
from bot.sweep_limit import FEWEST
from bot.worker import Worker
from tests.bot.booking.desk import make_slot
from tests.bot.setting_up import NOW, environment_of, settings_for
from tests.bot.test_people import OF_NOBODY

AHEAD = NOW + timedelta(days=200)
AT = f"{NOW:%Y-%m-%d %H:%M:%S}"
# Tables that keep something about people for long: what tells that a row still says it, and one row
# as it was today.
LONG = {
    "conversations": ("1 = 1", {"version": 1, "talk": "{}", "created_at": AT, "seen_at": AT}),
    "appointments": (
        "person IS NOT NULL",
        {"slot": 1, "state": "served", "code": "1", "purpose": "review", "reminders": False}
        | {"source": "chat", "created_at": AT, "changes": 0},
    ),
    "notices": (
        "1 = 1",
        {"kind": "moved", "words": "{}", "state": "delivered", "due_at": AT, "attempts": 1}
        | {"error": "", "created_at": AT, "ended_at": AT},
    ),
    "notice_refusals": ("1 = 1", {"template": "T", "at": AT}),
    "notice_consents": ("1 = 1", {"template": "T", "at": AT}),
    "reviews": (
        "person IS NOT NULL",
        {"site": "oubei", "ruleset": "r", "account": "a", "started_at": AT, "version": 1},
    ),
    "audit_entries": (
        "personal IS NOT NULL",
        {"at": AT, "account": "a", "action": "a", "target": "", "detail": "{}", "personal": "{}"},
    ),
}
# Kept for minutes or hours, or until a day that the person chose; or goes with another row.
OTHERS = {
    "deliveries",
    "holds",
    "page_sessions",
    "returning_places",
    "visits",
    "waiting_entries",
}


def fill(engine: Engine, many: int) -> None:
    with writing(engine) as connection:
        slot = make_slot(connection, NOW)
        for table, (_, row) in LONG.items():
            columns = SQLModel.metadata.tables[table].columns
            for number in range(1, many + 1):
                own = {"slot": slot, "person": f"{table} {number}", "key": str(number)}
                values = row | {name: own[name] for name in own if name in columns}
                if table == "reviews":
                    values["appointment"] = number
                names = ", ".join(values)
                marks = ", ".join(f":{name}" for name in values)
                connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def kept(engine: Engine) -> dict[str, int]:
    with reading(engine) as connection:
        return {
            table: connection.scalar(text(f"SELECT count(*) FROM {table} WHERE {says}"))
            for table, (says, _) in LONG.items()
        }


def worker_at(engine: Engine, moment: datetime, tmp_path, **changes) -> Worker:
    return Worker(replace(settings_for(tmp_path), **changes), engine, lambda: moment)


def test_every_table_about_people_is_thought_of() -> None:
    assert set(SQLModel.metadata.tables) - set(OF_NOBODY) == set(LONG) | OTHERS


def test_a_clock_far_ahead_deletes_nobody(engine: Engine, tmp_path, caplog) -> None:
    fill(engine, FEWEST + 1)
    worker = worker_at(engine, AHEAD, tmp_path)
    worker.once()
    assert set(kept(engine).values()) == {FEWEST + 1}
    notes = " ".join(beat.note for beat in heartbeats.read(engine).values())
    for what in ("people", "appointments", "notices", "notice_refusals", "notice_consents"):
        assert f"{FEWEST + 1} of {FEWEST + 1} {what}" in notes
    for what in ("worksheets", "audit entries"):
        assert f"{FEWEST + 1} of {FEWEST + 1} {what}" in notes
    worker.once()
    assert caplog.text.count("retention: due to be deleted or blanked, but kept: ") == 1


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("many", [FEWEST, 3])
def test_a_small_office_needs_no_leave(engine: Engine, tmp_path, many: int) -> None:
    fill(engine, many)
    worker_at(engine, AHEAD, tmp_path).once()
    assert set(kept(engine).values()) == {0}
    assert not any(beat.note for beat in heartbeats.read(engine).values())


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("percent", "left"), [(29, 100), (30, 70)])
def test_a_share_within_the_limit_goes(engine: Engine, tmp_path, percent: int, left: int) -> None:
    fill(engine, 100)
    with writing(engine) as connection:
        # But for 10 to 99.
        lately = "UPDATE conversations SET seen_at = :at WHERE length(person) != 16"
        connection.execute(text(lately), {"at": AHEAD - timedelta(days=1)})
        some = "UPDATE conversations SET seen_at = :at WHERE person < 'conversations 7'"
        connection.execute(text(some), {"at": AHEAD - timedelta(days=1)})
    assert kept(engine)["conversations"] == 100
    worker_at(engine, AHEAD, tmp_path, delete_percent=percent).once()
    assert kept(engine)["conversations"] == left


def test_an_operator_lets_it_go(engine: Engine, url: str, tmp_path, monkeypatch) -> None:
    fill(engine, FEWEST + 1)
    monkeypatch.setattr(program, "now", lambda: AHEAD)
    environment = environment_of(settings_for(tmp_path, database_url=url))

    def run(*arguments: str):
        return CliRunner().invoke(program.command, arguments, env=environment)

    run("--once")
    assert set(kept(engine).values()) == {FEWEST + 1}
    assert run("--beyond-limit").exit_code == 2  # only with --once: decided each time anew
    assert run("--once", "--beyond-limit").exit_code == 0
    assert set(kept(engine).values()) == {0}
    assert not any(beat.note for beat in heartbeats.read(engine).values())
