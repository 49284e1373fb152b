from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from click.testing import CliRunner
from sqlalchemy import Date, Engine, column, delete, insert, select, table, update
from sqlmodel import SQLModel

import bot.models  # noqa: F401 - registers the tables
from bot import backup, migrations
from bot.backup import contents
from bot.booking.appointments import confirm, mine
from bot.booking.sweep import sweep
from bot.booking.tables import appointments, sites, slots
from bot.cli.db import command
from bot.database import reading, writing
from bot.keys.faults import sealing_faults
from bot.models.appointment import BOOKED
from bot.models.base import Moment
from dialogs.booking.protocol import Confirmed
from dialogs.booking.townships import townships
from tests.bot.booking.desk import NOW, make_slot, taken, wish
from tests.bot.filled import fill, opened, values_of

_MOMENTS = (column(name, Moment) for name in ("since", "until"))
WORK_FIGURES = SQLModel.metadata.tables["work_figures"]
HOLDS_OF_0004 = table("holds", column("person"), column("slot"), *_MOMENTS)


def test_the_migrations_make_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_each_version_has_a_file_of_its_own() -> None:
    """Two branches that were put together may both have added the next one."""
    names = sorted(file.name for file in Path(migrations.__file__).parent.glob("versions/0*.py"))
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_the_names_of_the_files_are_the_versions_in_alembics_order() -> None:
    scripts = ScriptDirectory.from_config(migrations._config())
    versions = [script.revision for script in scripts.walk_revisions()]
    assert migrations.known() == tuple(reversed(versions))
    assert migrations.newest() == scripts.get_current_head()


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    migrations.upgrade(engine)
    assert migrations.current(engine) == migrations.newest()


def test_windows_follow_the_countys_townships(engine: Engine) -> None:
    """A township that is new in the county's file has a window, and a new name is shown."""
    first, second = (one.id for one in townships()[:2])
    with writing(engine) as connection:
        connection.execute(delete(sites).where(sites.c.id == first))
        connection.execute(update(sites).where(sites.c.id == second).values(title="旧名"))
    migrations.upgrade(engine)
    with reading(engine) as connection:
        found = {row.id: row.title for row in connection.execute(select(sites))}
    assert found == {one.id: one.title for one in townships()}


def test_each_step_can_be_taken_back_with_data(engine: Engine) -> None:
    """What the earlier version knows stays; what only the later one keeps is lost."""
    migrations.downgrade(engine)
    versions = [f"{number:04}" for number in range(1, int(str(migrations.newest())) + 1)]
    rows: dict[str, dict[str, int]] = {}
    for version in versions:
        migrations.upgrade(engine, version)
        fill(engine)
        rows[version] = counted(engine)
        assert all(rows[version].values()), rows[version]
    for version in reversed(versions[:-1]):
        migrations.downgrade(engine, version)
        assert counted(engine) == rows[version]
    migrations.upgrade(engine)
    assert rows[versions[0]].items() <= counted(engine).items()
    assert not backup.faults(engine)


CACHES = {"access_tokens", "day_figures"}  # emptied where their columns change
GONE = CACHES | {"staff_sessions"}  # all are signed out where their columns change
OF_THE_KEY = "data_keys"  # sealing notes its key there
NOTHING_HELD_FROM = "0018"  # it drops what was held for ten minutes, under another key
IN_THE_SUITE = "0016"  # the last before all was sealed


@pytest.mark.parametrize(
    "version",
    [
        pytest.param(one, marks=() if one == IN_THE_SUITE else pytest.mark.soak)
        for one in (f"{number:04}" for number in range(1, int(str(migrations.newest()))))
    ],
)
def test_a_filled_database_of_each_version_goes_up_and_comes_back(
    engine: Engine, version: str
) -> None:
    """In one leap, as an office upgrades that skipped some; each value that the version knows is
    there again afterwards, and the way up is open once more."""
    migrations.downgrade(engine)
    migrations.upgrade(engine, version)
    fill(engine, rows=3)
    before = values_of(engine)
    opened(engine, before)
    assert all(before.values())
    if version < NOTHING_HELD_FROM:
        for talk in before["conversations"]:
            talk.update({"early_until": None} if "early_until" in talk else {})

    migrations.upgrade(engine)
    assert not backup.faults(engine)
    assert not list(sealing_faults(engine))
    migrations.downgrade(engine, version)

    after = values_of(engine)
    opened(engine, after)
    assert after.keys() == before.keys()
    for name in before.keys() - GONE - {OF_THE_KEY}:
        assert after[name] == before[name], name
    for name in GONE & before.keys():
        assert after[name] in ([], before[name])
    migrations.upgrade(engine)
    assert not backup.faults(engine)


def counted(engine: Engine) -> dict[str, int]:
    with reading(engine) as connection:
        found = contents.read(connection).rows
        return {name: rows for name, rows in found.items() if name not in CACHES}


def test_what_people_have_at_the_desk_outlives_an_update(engine: Engine) -> None:
    migrations.downgrade(engine, "0004")
    minute = timedelta(minutes=1)
    with writing(engine) as connection:
        slot = make_slot(connection, bookable=3)
        connection.execute(update(slots).values(taken=3))
        for person, until in (("HOLDS", NOW + minute), ("LAPSED", NOW - minute)):
            row = {"person": person, "slot": slot, "since": NOW - 9 * minute, "until": until}
            connection.execute(insert(HOLDS_OF_0004).values(row))
        booked = {"person": "BOOKED", "slot": slot, "state": BOOKED, "code": "123456"}
        booked |= {"purpose": "review", "reminders": False, "source": "chat", "created_at": NOW}
        connection.execute(insert(appointments).values(booked))

    migrations.upgrade(engine)

    sweep(engine, NOW)
    assert taken(engine, slot) == 2  # the lapsed hold's place is free, nobody else's
    with writing(engine) as connection:
        assert isinstance(confirm(connection, "HOLDS", wish(), NOW, "chat"), Confirmed)
        place = mine(connection, "BOOKED", NOW)
    assert place
    assert place.code == "123456"


def test_figures_that_were_counted_are_added_up_anew(engine: Engine) -> None:
    """9 and 10 o'clock of a window, 1 and 2 people; a day without anyone; 5 places."""
    monday, tuesday = date(2026, 8, 31), date(2026, 9, 1)
    numbers = ("booked", "over", "missed", "waited", "waited_seconds", "served", "served_seconds")
    keys = ("site", "window", "purpose", "clerk", "hour")
    old = table("day_figures", column("day", Date()), *map(column, (*keys, *numbers)))
    with writing(engine) as connection:
        make_slot(connection, datetime.combine(monday, time(9), NOW.tzinfo), capacity=5)
    migrations.downgrade(engine, "0026")
    one = {"day": monday, "site": "oubei", "window": "1", "purpose": "review", "clerk": "anna"}
    with writing(engine) as connection:
        for hour, clerk, people in ((9, "anna", 1), (10, "", 2)):
            row = one | {"hour": hour, "clerk": clerk} | dict.fromkeys(numbers, people)
            connection.execute(insert(old).values(row))
        nobody = dict.fromkeys(("site", "window", "purpose", "clerk"), "")
        row = {"day": tuesday, "hour": 0} | nobody | dict.fromkeys(numbers, 0)
        connection.execute(insert(old).values(row))
    migrations.upgrade(engine)
    with reading(engine) as connection:
        rows = sorted(tuple(row)[:7] for row in connection.execute(select(WORK_FIGURES)))
    months = [
        ("clerk", "", "anna", 0, 1), ("hour", "", "10", 0, 2), ("hour", "", "9", 0, 1),
        ("purpose", "", "review", 0, 3), ("window", "oubei", "1", 5, 3),
    ]  # fmt: skip
    assert rows == [
        ("day", monday, "clerk", "", "anna", 0, 1), ("day", monday, "day", "", "", 0, 0),
        *(("day", monday, *figure) for figure in months[1:]), ("day", tuesday, "day", "", "", 0, 0),
        *(("month", date(2026, 8, 1), *figure) for figure in months),
    ]  # fmt: skip


def test_the_command_upgrades_and_tells(tmp_path: str) -> None:
    run = CliRunner().invoke(command, ["--url", f"sqlite:///{tmp_path}/new/a.db", "upgrade"])
    assert run.output == f"The database is at version {migrations.newest()}.\n"
    run = CliRunner().invoke(command, ["--url", f"sqlite:///{tmp_path}/new/a.db", "status"])
    assert run.output.split() == ["database:", migrations.newest(), "program:", migrations.newest()]
