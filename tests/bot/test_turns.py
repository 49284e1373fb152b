import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from bot import create_app, turns
from bot.database import reading, writing
from bot.fulfil import Desk, fulfil
from bot.people import everything_about
from bot.service import Service
from bot.turns import anonymous, take_turn
from dialogs.requests import Request
from dialogs.utterance import Followed, Said
from tests.bot.setting_up import NOW, settings_for
from tests.bot.talks import rewrite_talks


@pytest.fixture
def service(url: str) -> Iterator[Service]:
    app: Flask = create_app(settings_for(Path("unused"), database_url=url), lambda: NOW)
    made: Service = app.extensions["xinshimin"]
    yield made
    made.engine.dispose()


def say(service: Service, text: str, number: int, person: str = "o1") -> str:
    return take_turn(service, person, str(number), Said(text), NOW) or ""


def start(service: Service, person: str = "o1") -> None:
    take_turn(service, person, "follow", Followed(), NOW)
    say(service, "1", 0, person)


def test_a_second_delivery_gets_the_first_reply(service: Service) -> None:
    start(service)
    first = say(service, "1", 1)
    assert say(service, "1", 2) != first
    assert say(service, "1", 1) == first


def test_the_same_number_of_another_person_is_another_message(service: Service) -> None:
    start(service)
    start(service, "o2")
    assert say(service, "1", 1) == say(service, "1", 1, "o2")
    with reading(service.engine) as connection:
        versions = connection.exec_driver_sql("SELECT version FROM conversations").scalars()
        assert list(versions) == [3, 3]


def test_a_talk_overtaken_meanwhile_is_computed_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(service)
    converse, calls = turns.converse, []

    def overtaken_once(*arguments: object) -> object:
        if not calls:
            calls.append(1)
            say(service, "1", 1)
        return converse(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(turns, "converse", overtaken_once)
    assert "【第 2 题" not in say(service, "1990年5月", 2)
    with reading(service.engine) as connection:
        assert connection.exec_driver_sql("SELECT version FROM conversations").scalar() == 4


def test_deliveries_at_the_same_moment_have_one_effect(service: Service) -> None:
    start(service)
    with ThreadPoolExecutor(8) as threads:
        replies = set(threads.map(lambda number: say(service, "1", number // 4), range(4, 12)))
    assert len(replies) == 2
    with reading(service.engine) as connection:
        assert connection.exec_driver_sql("SELECT version FROM conversations").scalar() == 4


def test_an_error_in_the_middle_keeps_nothing(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(service)
    keep = service.store.keep
    monkeypatch.setattr(service.store, "keep", lambda *of: keep(*of) and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        say(service, "1", 1)
    monkeypatch.undo()
    assert "【第 2 题" in say(service, "1", 1)


def test_an_unreadable_conversation_starts_anew_and_is_not_quoted(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    start(service)
    with writing(service.engine) as connection:
        rewrite_talks(connection, '{"facts": "1990-05"}')
    assert "您好" in say(service, "1", 1)
    assert "facts" in caplog.text
    assert "1990-05" not in caplog.text


def test_deleting_ones_data_leaves_nothing_but_the_reply(service: Service) -> None:
    start(service)
    say(service, "删除我的数据", 1)
    told = say(service, "1", 2)
    assert "删除" in told
    with reading(service.engine) as connection:
        assert everything_about(connection, "o1") == {}
    assert say(service, "1", 2) == told


def test_ones_data_are_shown(service: Service) -> None:
    start(service)
    say(service, "1", 1)
    with reading(service.engine) as connection:
        kept = everything_about(connection, "o1")
    assert set(kept) == {"conversation", "replies"}


def test_a_text_nobody_understood_is_kept_without_numbers(service: Service, engine: Engine) -> None:
    assert anonymous("我的 电话\n13800001111 吗") == "我的 电话 # 吗"
    assert len(anonymous("字" * 500)) == 60


@pytest.mark.parametrize(
    "number",
    [
        "138 1234 5678",
        "138-1234-5678",
        "138.1234.5678",
        "(0577) 5766-5812",
        "（0577）5766－5812",
        "１３８１２３４５６７８",
        "一三八 一二三四五六七八",
        "幺三八-幺二三四五六七八",
        "330324 19900501 123X",
        "1_3_8_1_2_3_4_5_6_7_8",
    ],
)
def test_a_number_is_recognised_however_it_is_written(number: str) -> None:
    assert re.sub(r"[（(]", "", anonymous(f"打我{number}行吗")) == "打我#行吗"


def test_small_numbers_of_a_question_are_kept() -> None:
    for text in ("2026年11月交社保三年半", "十二三个月", "5 月和 6 月", "100 分"):
        assert anonymous(text) == text


def test_a_request_nobody_fulfils_is_an_error_of_ours(service: Service) -> None:
    class Unheard(Request[None]):
        """Asks for nothing known."""

    with writing(service.engine) as connection, pytest.raises(LookupError, match="Unheard"):
        fulfil(Desk(connection, "o1", NOW, service.settings), Unheard())


def test_a_message_much_later_goes_on(service: Service) -> None:
    start(service)
    assert take_turn(service, "o1", "late", Said("1"), NOW + timedelta(days=7))
