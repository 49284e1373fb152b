from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot import pace, people, retention
from bot.booking import waiting
from bot.booking.appointments import confirm
from bot.booking.reservation import hold as hold_place
from bot.database import reading, writing
from bot.people import Holder, forget, hold, pseudonym
from bot.sweep_limit import SweepLimit
from dialogs.booking.protocol import ConfirmPlace, Full
from tests.bot.booking.desk import NINE, SITE, TEN, make_slot
from tests.bot.setting_up import NOW, settings_for

SETTINGS = settings_for(Path("unused"))


def fill(engine: Engine, people: int = 1) -> None:
    """People, replies, sign-ins and the like of today, a day ago and half a year ago."""
    with writing(engine) as connection:
        for age in (0, 1, 181):
            at = (NOW - timedelta(days=age)).isoformat(" ")[:19]
            for number in range(people):
                values = f"'o{age}-{number}', 1, '{{}}', '{at}', '{at}'"
                connection.exec_driver_sql(
                    "INSERT INTO conversations (person, version, talk, created_at, seen_at) "
                    f"VALUES ({values})"
                )
            connection.exec_driver_sql(
                f"INSERT INTO deliveries VALUES ('k{age}', 'o{age}-0', 'r', '{at}', 'a{age}')"
            )
            connection.exec_driver_sql(
                "INSERT INTO unmatched_texts (id, text, times, first_at, last_at) "
                f"VALUES ('t{age}', '', 1, '{at}', '{at}')"
            )
            connection.exec_driver_sql(
                f"INSERT INTO page_sessions VALUES ('s{age}', 'o{age}-0', '{at}')"
            )
            for person in ("o0-0", "gone"):
                connection.exec_driver_sql(
                    f"INSERT INTO notice_refusals VALUES ('{person}', 'T{age}', '{at}')"
                )
                connection.exec_driver_sql(
                    "INSERT INTO notice_consents (person, template, at) "
                    f"VALUES ('{person}', 'T{age}', '{at}')"
                )


def column(engine: Engine, query: str) -> set[object]:
    with reading(engine) as connection:
        return set(connection.exec_driver_sql(query).scalars())


def test_what_is_past_its_time_goes(engine: Engine) -> None:
    fill(engine)
    swept = retention.sweep(engine, SETTINGS, NOW)
    assert swept == {
        "people": 1,
        "deliveries": 2,
        "page_sessions": 2,
        "visits": 0,
        "refusals": 1,
        "consents": 1,
        "unmatched": 1,
    }
    assert column(engine, "SELECT person FROM conversations") == {"o0-0", "o1-0"}
    assert column(engine, "SELECT key FROM deliveries") == {"k0"}
    assert column(engine, "SELECT id FROM unmatched_texts") == {"t0", "t1"}
    assert column(engine, "SELECT token FROM page_sessions") == {"s0"}
    for table in ("notice_refusals", "notice_consents"):
        kept = column(engine, f"SELECT template FROM {table} WHERE person = 'gone'")
        assert kept == {"T0", "T1"}


def test_all_go_however_few_are_found_at_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "LOOKED_UP", 2)
    fill(engine, people=5)
    assert retention.sweep(engine, SETTINGS, NOW, SweepLimit(100))["people"] == 5


def test_every_holder_is_asked_to_forget(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[str] = []
    monkeypatch.setattr(people, "_holders", dict(people._holders))
    hold(Holder("test", lambda _connection, person: forgotten.append(person), lambda *_: None))
    fill(engine)
    with writing(engine) as connection:
        forget(connection, "o0-0")
    assert forgotten == ["o0-0"]
    assert "o0-0" not in column(engine, "SELECT person FROM conversations")
    assert column(engine, "SELECT reply FROM deliveries WHERE key = 'k0'") == {None}


def test_a_pseudonym_is_stable_short_and_keyed() -> None:
    assert pseudonym("secret", "o1") == pseudonym("secret", "o1")
    assert pseudonym("secret", "o1") != pseudonym("other", "o1")
    assert len(pseudonym("secret", "o1")) == 10


def test_who_still_uses_the_service_is_kept(engine: Engine) -> None:
    """A quiet chat takes nobody's appointment, held place or place in the line."""
    fill(engine, people=5)
    with writing(engine) as connection:
        for who, starts_at in (("o181-0", NINE), ("o181-1", TEN)):
            make_slot(connection, starts_at)
            assert hold_place(connection, who, SITE, starts_at, NOW) != Full()
        wish = ConfirmPlace(SITE, NINE, "review", reminders=False, moving=False)
        confirm(connection, "o181-0", wish, NOW, "page")
        waiting.join(connection, "o181-2", SITE, NOW)
    retention.see(engine, "o181-3", NOW)
    assert retention.sweep(engine, SETTINGS, NOW)["people"] == 1
    assert "o181-4" not in column(engine, "SELECT person FROM conversations")
    assert column(engine, "SELECT state FROM appointments") == {"booked"}
