"""The data map: whole, true to the times of the code, told of on the privacy page line by line."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import Connection, Engine, insert, select
from sqlmodel import SQLModel

from bot import create_app, retention
from bot.booking.privacy import blank
from bot.cli import main
from bot.cookies import HOST_PREFIX
from bot.data_map import data_map, entries, times
from bot.database import reading, writing
from bot.sealing.column import Sealed, sealing
from bot.service import Service
from bot.sweep_limit import SweepLimit
from bot.turns import take_turn
from dialogs.data import parse
from dialogs.utterance import Followed, Said
from tests.bot.setting_up import NOW, settings_for
from tests.bot.test_people import OF_OTHERS, TELLING
from tests.bot.web import Browser

SETTINGS = settings_for(Path("unused"), keep_days=33, blank_days=12)
TABLES = SQLModel.metadata.tables
MAP = data_map()


def privacy(browser: Browser) -> str:
    return browser.get("/privacy").get_data(as_text=True)


def named(page: str, attribute: str) -> set[str]:
    """All ids in one attribute of the page's sentences."""
    return {id for ids in re.findall(rf'{attribute}="([^"]*)"', page) for id in ids.split()}


def test_every_table_and_column_has_its_entry_and_no_other() -> None:
    assert MAP.tables.keys() == TABLES.keys()
    assert MAP.columns.keys() == TABLES.keys()
    for name, table in TABLES.items():
        assert MAP.columns[name].keys() == {column.name for column in table.columns}, name


def test_a_column_nobody_decided_about_is_found() -> None:
    told = MAP.model_copy(update={"columns": {**MAP.columns, "holds": {}}})
    with pytest.raises(KeyError):
        told.kinds_of("holds", "person")


def test_all_kinds_and_times_exist_and_are_used() -> None:
    used = {
        kind
        for name in MAP.columns
        for one in MAP.columns[name]
        for kind in MAP.kinds_of(name, one)
    }
    assert used == MAP.kinds.keys()
    kept = {one.kept for one in (*MAP.tables.values(), *MAP.cookies.values())}
    assert kept <= times(SETTINGS).keys()


def test_what_names_a_person_is_personal() -> None:
    personal = {one.column for one in entries(SETTINGS) if one.personal}
    for name, table in TABLES.items():
        for column in table.columns:
            full = f"{name}.{column.name}"
            assert column.name not in TELLING or full in personal | OF_OTHERS


def test_what_is_personal_lies_sealed_or_is_named_with_a_reason() -> None:
    named = [one for columns in MAP.readable.values() for one in columns]
    assert len(named) == len(set(named))
    assert set(named) == {
        one.column for one in entries(SETTINGS) if one.personal and not one.sealed
    }


def test_all_that_is_personal_is_told_of_on_the_privacy_page(browser: Browser) -> None:
    told = named(privacy(browser), "data-tells")
    assert told <= MAP.kinds.keys()
    assert {id for id, kind in MAP.kinds.items() if kind.personal} == told


def test_the_page_says_what_lies_sealed_and_what_does_not(browser: Browser) -> None:
    """A kind of which a part only is sealed (a notice's words, a consent within a talk) is told of
    as sealed, since what is not is its times and states."""
    page, sealed = privacy(browser), set[str]()
    for name, table in TABLES.items():
        for column in table.columns:
            if isinstance(column.type, Sealed):
                sealed.update(MAP.kinds_of(name, column.name))
    assert named(page, "data-sealed") == sealed
    personal = {id for id, kind in MAP.kinds.items() if kind.personal}
    assert named(page, "data-readable") == personal - sealed


def test_the_notice_in_the_chat_has_the_times_of_the_map(engine: Engine) -> None:
    settings = replace(SETTINGS, database_url=engine.url.render_as_string(hide_password=False))
    service: Service = create_app(settings, lambda: NOW).extensions["xinshimin"]
    lasts = times(settings)
    assert lasts["keep_days"]
    assert lasts["early"]
    early = f"加密留 {lasts['early'] // timedelta(minutes=1)} 分钟"
    welcome = str(take_turn(service, "o1", "follow", Followed(), NOW))
    for told in (settings.operator, f"{lasts['keep_days'].days} 天不用就自动删除", early):
        assert told in welcome
    for number, said in enumerate(("同意", "我是党员")):
        asked = str(take_turn(service, "o1", str(number), Said(said), NOW))
    assert early in asked
    service.engine.dispose()


# Which table a section of one's own data shows, and by which name its words call the time.
SHOWN = {
    "conversation": ("conversations", "keep_days"),
    "replies": ("deliveries", "reply_hours"),
    "booking.appointments": ("appointments", "blank_days"),
    "booking.held": ("holds", ""),
    "booking.let_go": ("returning_places", ""),
    "booking.waiting": ("waiting_entries", ""),
    "notices": ("notices", "blank_days"),
    "notice_consents.agreed": ("notice_consents", ""),
    "notice_consents.refused": ("notice_refusals", ""),
    "review.worksheets": ("reviews", "blank_days"),
    "review.trail": ("audit_entries", "blank_days"),
    "page_sessions": ("page_sessions", "session_hours"),
    "visit": ("visits", ""),
}
SAID_AS = {"replies": "reply_hours", "sign_in": "session_hours", "event": ""}


def test_ones_own_data_show_each_personal_table_with_the_time_of_the_map() -> None:
    told = parse(Path("templates/pages/my_data.yaml").read_text(encoding="utf-8"))["kinds"]
    assert told.keys() == SHOWN.keys()
    personal = {one.column.partition(".")[0] for one in entries(SETTINGS) if one.personal}
    assert {table for table, _ in SHOWN.values()} == personal - {"unmatched_texts", "tickets"}
    # of nobody, and shown with the appointment
    for section, (table, time) in SHOWN.items():
        goes, kept = told[section]["goes"], MAP.tables[table].kept
        assert re.findall(r"{(\w+)}", goes) == ([time] if time else []), section
        with_talk = "和您的回答一起删" in goes
        assert with_talk == (kept == "keep_days" and not time), section
        assert with_talk or SAID_AS.get(kept, kept) == time, section


def test_all_our_cookies_are_named_there(app: Flask, browser: Browser) -> None:
    told = named(privacy(browser), "data-cookie")
    assert told == MAP.cookies.keys()
    given = set()
    for path in ("/", "/estimate", "/appointments", "/privacy", "/staff/", "/staff/sign-in"):
        for header in app.test_client().get(path).headers.getlist("Set-Cookie"):
            given.add(header.partition("=")[0].removeprefix(HOST_PREFIX))
    assert given
    assert given <= told
    source = "".join(
        file.read_text(encoding="utf-8")
        for file in Path("bot").rglob("*.py")
        if "simulator" not in file.parts
    )
    constants = set(re.findall(r'^\w*COOKIE = "(\w+)"', source, flags=re.MULTILINE))
    assert constants <= told
    assert source.count(".set_cookie(") == 1  # all of ours pass bot/cookies.py


def test_the_times_on_the_page_are_those_of_the_map(browser: Browser) -> None:
    page = privacy(browser)
    lasts = times(settings_for(Path("unused")))
    for kept, said in (
        ("keep_days", "{} 天没有用过"),
        ("blank_days", "{} 天后清空"),
        ("unmatched", "{} 天没有人再问"),
    ):
        time = lasts[kept]
        assert time is not None
        assert said.format(time.days) in page
    for kept, said in (("replies", "留 {} 小时以内"), ("sign_in", "{} 小时后作废")):
        time = lasts[kept]
        assert time is not None
        assert said.format(time // timedelta(hours=1)) in page
    assert lasts["early"] == timedelta(minutes=10)
    assert "说完 10 分钟就删" in page


Row = Callable[[str, datetime], dict[str, object]]
AGED: dict[str, Row] = {
    "conversations": lambda key, at: {
        "person": key, "version": 1, "talk": "{}", "created_at": at, "seen_at": at,
    },
    "deliveries": lambda key, at: {"key": key, "answered_at": at},
    "page_sessions": lambda key, at: {"token": key, "person": "o1", "started_at": at},
    "unmatched_texts": lambda key, at: {
        "id": key, "text": "", "times": 1, "first_at": at, "last_at": at,
    },
    "notice_consents": lambda key, at: {"person": key, "template": "T", "at": at},
    "notice_refusals": lambda key, at: {"person": key, "template": "T", "at": at},
    "notices": lambda key, at: {
        "key": key, "person": key, "kind": "moved", "words": {}, "state": "delivered",
        "attempts": 1, "error": "", "due_at": at, "created_at": at, "ended_at": at,
    },
}  # fmt: skip


def put(connection: Connection, table: str, key: str, at: datetime) -> None:
    row = AGED[table](key, at)
    if table == "notices":
        row["id"] = len(key)
    connection.execute(insert(TABLES[table]).values(sealing(TABLES[table], row)))


@pytest.mark.parametrize("table", AGED)
def test_what_is_past_the_time_of_the_map_goes_and_nothing_before(
    engine: Engine, table: str
) -> None:
    """The pair at the limit; a sweep comes every hour, and a day is the least of `blank_days`."""
    lasts = times(SETTINGS)[MAP.tables[table].kept]
    assert lasts is not None
    spare = timedelta(hours=2)
    with writing(engine) as connection:
        put(connection, table, "young", NOW - lasts + spare)
        put(connection, table, "aged", NOW - lasts - spare)
    retention.sweep(engine, SETTINGS, NOW, SweepLimit(100))
    blank(engine, NOW, SETTINGS.blank_days, SweepLimit(100))
    with reading(engine) as connection:
        rows = connection.execute(select(TABLES[table])).mappings().all()
    assert ["young" in map(str, row.values()) for row in rows] == [True]


def test_it_is_printed_for_people_and_for_programs() -> None:
    shown = CliRunner().invoke(main, ["data-map"], env={"XINSHIMIN_KEEP_DAYS": "33"})
    assert shown.exit_code == 0
    assert "| `conversations.talk` |" in shown.output
    assert "33 days" in shown.output
    told = json.loads(CliRunner().invoke(main, ["data-map", "--json"]).output)
    assert len(told["columns"]) == sum(len(table.columns) for table in TABLES.values())
    wrong = CliRunner().invoke(main, ["data-map"], env={"XINSHIMIN_KEEP_DAYS": "x"})
    assert wrong.exit_code == 1
    assert "no whole number" in wrong.output
