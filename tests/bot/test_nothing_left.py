"""After a no, after leaving, after a deletion, after a child was told of a parent's way: no row of
any table leads to the person, and what others have is untouched."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, select
from sqlmodel import SQLModel, col

from bot import create_app, farewells
from bot.database import reading, writing
from bot.models import ConversationRow, Delivery
from bot.people import everything_about, forget
from bot.service import Service
from bot.turns import take_turn
from dialogs.utterance import Followed, Said
from tests.bot.setting_up import NOW, settings_for
from tests.bot.test_people import ME, OTHER, fill

ENDS: dict[str, tuple[str, ...]] = {
    "a no": ("社保五年", "不同意"),
    "a deletion": ("同意", "1", "我是党员", "同意", "删除我的数据", "删除"),
    "a child": ("同意", "1", "我13岁", "我自己不到 14 岁"),
}


@pytest.fixture
def service(url: str) -> Iterator[Service]:
    made: Service = create_app(
        settings_for(Path("unused"), database_url=url), lambda: NOW
    ).extensions["xinshimin"]
    yield made
    made.engine.dispose()


def cells(connection: Connection) -> Iterator[tuple[str, object]]:
    """Every value of every table, opened where it is sealed."""
    for table in SQLModel.metadata.tables.values():
        for row in connection.execute(select(table)).mappings():
            for column, value in row.items():
                yield f"{table.name}.{column}", value


def say(service: Service, *texts: str) -> str | None:
    reply = None
    for number, text in enumerate(texts):
        reply = take_turn(service, ME, f"{number} {text}", Said(text), NOW)
    return reply


def prepared(service: Service) -> dict[str, object]:
    """Rows of both people in every table; the first begins to talk."""
    with writing(service.engine) as connection:
        fill(connection, ME, 1)
        fill(connection, OTHER, 2)
        mine = col(ConversationRow.person) == ME
        connection.execute(delete(ConversationRow).where(mine))
        theirs = everything_about(connection, OTHER)
    take_turn(service, ME, "follow", Followed(), NOW)
    return theirs


@pytest.mark.parametrize("end", ENDS)
def test_nothing_is_left_of_who_ends_it(service: Service, end: str) -> None:
    theirs = prepared(service)
    assert say(service, *ENDS[end])
    nothing_left(service, theirs)


def test_nothing_is_left_of_who_leaves(service: Service) -> None:
    theirs = prepared(service)
    say(service, "同意", "1", "我是党员")
    with writing(service.engine) as connection:
        forget(connection, ME)
    nothing_left(service, theirs)


def nothing_left(service: Service, theirs: dict[str, object]) -> None:
    with reading(service.engine) as connection:
        leads = {where for where, value in cells(connection) if ME in str(value)}
        replies = connection.scalars(select(col(Delivery.reply))).all()
        assert everything_about(connection, OTHER) == theirs
    assert leads == set()
    others = {f"told {OTHER}"}
    assert all(one.startswith("farewell ") for one in {*replies} - {None, *others} if one)


@pytest.mark.parametrize("end", ENDS)
def test_a_repeated_delivery_gets_the_same_last_words(service: Service, end: str) -> None:
    take_turn(service, ME, "follow", Followed(), NOW)
    said = say(service, *ENDS[end])
    last = len(ENDS[end]) - 1
    again = take_turn(service, ME, f"{last} {ENDS[end][-1]}", Said(ENDS[end][-1]), NOW)
    assert said
    assert again == said
    with reading(service.engine) as connection:
        assert connection.scalars(select(col(ConversationRow.person))).all() == []


def test_no_other_text_is_kept_as_a_last_word() -> None:
    assert farewells.kept("记下：大专，8 分。") is None
    assert farewells.said(None) is None
    assert farewells.said("记下：大专，8 分。") == "记下：大专，8 分。"
