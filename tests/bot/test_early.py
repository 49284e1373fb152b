"""What is said before the consent, in the database: sealed, and gone when it is over."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import select

from bot import create_app, early, migrations, pace, turns
from bot.database import reading, writing
from bot.models import ConversationRow
from bot.people import everything_about, forget
from bot.service import Service
from bot.turns import take_turn
from bot.worker import Worker
from dialogs.early import HELD
from dialogs.utterance import Followed, Said
from tests.bot.setting_up import NOW, settings_for
from tests.bot.talks import rewrite_talks

TOLD = "大专，社保四年"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def service(url: str) -> Iterator[Service]:
    app: Flask = create_app(settings_for(Path("unused"), database_url=url), lambda: NOW)
    made: Service = app.extensions["xinshimin"]
    take_turn(made, "o1", "follow", Followed(), NOW)
    yield made
    made.engine.dispose()


def say(service: Service, text: str, at: datetime = NOW) -> str:
    return take_turn(service, "o1", f"{text} {at}", Said(text), at) or ""


def row(service: Service) -> ConversationRow | None:
    with reading(service.engine) as connection:
        found = connection.execute(select(ConversationRow)).mappings().first()
    return ConversationRow(**found) if found else None


def kept_of(service: Service) -> tuple[list[str], datetime | None]:
    """What is held, and when it goes."""
    talk = row(service)
    assert talk is not None
    return [one["text"] for one in json.loads(talk.talk)["early"]], talk.early_until


def everything(service: Service) -> str:
    """How it reads for anyone with the database."""
    with reading(service.engine) as connection:
        talks = connection.exec_driver_sql("SELECT talk FROM conversations").scalars().all()
        replies = connection.exec_driver_sql("SELECT reply FROM deliveries").scalars().all()
    return "\n".join([*talks, *filter(None, replies)])


def test_it_lies_sealed_and_counts_with_the_yes(service: Service) -> None:
    say(service, TOLD)
    assert kept_of(service) == ([TOLD], NOW + HELD)
    for word in (TOLD, "大专", "社保四年", "junior_college"):
        assert word not in everything(service)
    assert "记下：大专，8 分" in say(service, "同意", NOW + MINUTE)
    assert kept_of(service) == ([], None)


def test_the_yes_ends_it(service: Service) -> None:
    say(service, TOLD)
    say(service, "同意")
    assert kept_of(service) == ([], None)


def test_after_the_no_there_is_no_talk(service: Service) -> None:
    say(service, TOLD)
    assert "已经删了" in say(service, "不同意")
    assert row(service) is None
    assert TOLD not in everything(service)


def test_leaving_and_deleting_take_it_along(service: Service) -> None:
    say(service, TOLD)
    with writing(service.engine) as connection:
        forget(connection, "o1")
    assert row(service) is None
    take_turn(service, "o1", "follow again", Followed(), NOW)
    assert "记下" not in say(service, "同意")


def test_a_word_deletes_it_with_all_else(service: Service) -> None:
    for text in (TOLD, "删除我的数据", "删除"):
        say(service, text)
    assert row(service) is None
    assert TOLD not in everything(service)


def test_who_comes_too_late_finds_nothing(service: Service) -> None:
    say(service, TOLD)
    assert "已经删了" in say(service, "同意", NOW + HELD)
    assert kept_of(service) == ([], None)


def test_a_sweep_deletes_what_is_over_and_only_that(service: Service) -> None:
    say(service, TOLD)
    say(service, "公积金两年", NOW + 4 * MINUTE)
    first, second = kept_of(service)[0]
    assert early.sweep(service.engine, NOW + HELD - MINUTE) == 0
    assert kept_of(service)[0] == [first, second]
    assert early.sweep(service.engine, NOW + HELD) == 1
    assert kept_of(service) == ([second], NOW + 4 * MINUTE + HELD)
    assert early.sweep(service.engine, NOW + HELD + 4 * MINUTE) == 1
    assert kept_of(service) == ([], None)
    assert "已经删了" in say(service, "同意", NOW + 20 * MINUTE)


def test_the_worker_sweeps_every_minute(service: Service) -> None:
    say(service, TOLD)
    moments = iter([NOW + HELD - MINUTE, NOW + HELD + MINUTE])
    now = next(moments)
    worker = Worker(service.settings, service.engine, lambda: now)
    (job,) = (job for job in worker.jobs if job.name == "early")
    assert job.work() == {}
    job.last, now = now, next(moments)
    assert job.is_due(now)
    assert job.work() == {"talks": 1}
    assert kept_of(service) == ([], None)


def test_many_talks_are_swept_in_steps(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "LOOKED_UP", 2)
    for number in range(5):
        take_turn(service, f"p{number}", f"m{number}", Said(TOLD), NOW)
    assert early.sweep(service.engine, NOW + HELD) == 5


def test_a_turn_beside_the_sweep_is_computed_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(service, TOLD)
    converse, swept = turns.converse, []

    def swept_meanwhile(*arguments: object) -> object:
        if not swept:
            swept.append(early.sweep(service.engine, NOW + HELD))
        return converse(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(turns, "converse", swept_meanwhile)
    reply = say(service, "同意", NOW + HELD - timedelta(seconds=1))  # the worker's clock is ahead
    assert swept == [1]
    assert "已经删了" in reply


def test_the_upgrade_drops_what_lay_under_a_second_seal(service: Service) -> None:
    """Of the version before; the rest of the talk stays."""
    say(service, TOLD)
    token = Fernet(Fernet.generate_key()).encrypt(TOLD.encode()).decode()
    talk = row(service)
    assert talk is not None
    migrations.downgrade(service.engine, "0017")
    with writing(service.engine) as connection:
        rewrite_talks(connection, talk.talk.replace(TOLD, token))
    migrations.upgrade(service.engine)
    assert kept_of(service) == ([], None)
    assert token not in say(service, "同意")


def test_ones_own_data_show_it(service: Service) -> None:
    say(service, TOLD)
    assert "同意之前说的 1 句加密留着" in say(service, "我的数据")
    with reading(service.engine) as connection:
        kept = everything_about(connection, "o1")
    assert TOLD in json.dumps(kept, ensure_ascii=False)
