"""Talks, and texts that nobody understood, put into the database as messages would."""

from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlmodel import SQLModel, col

from bot.models import ConversationRow, UnmatchedText
from bot.sealing.column import of_row
from bot.sealing.keyring import keyring_of
from tests.bot.setting_up import NOW


def rewrite_talks(connection: Connection, state: str) -> None:
    """Give every talk this state (JSON)."""
    person = col(ConversationRow.person)
    for one in connection.scalars(select(person)).all():
        mine = update(ConversationRow).where(person == one)
        connection.execute(mine.values(talk=of_row(one, state)))


def know_a_missing_key(connection: Connection) -> None:
    """Let texts be changed into such that a key sealed which is not here: `s1.00000000.…`."""
    keys = SQLModel.metadata.tables["data_keys"]
    connection.execute(insert(keys).values(id="00000000", proof="", since=NOW))


def not_understood(connection: Connection, *texts: str, **columns: Any) -> None:
    """Texts as they are kept after nobody understood them once, today; with other `columns`."""
    key = keyring_of(connection.dialect).demanded()
    kind = SQLModel.metadata.tables["unmatched_texts"].c.text.type
    once = {"times": 1, "first_at": NOW, "last_at": NOW} | columns
    rows = [
        {"id": id, "text": of_row(id, said), **kind.indexed(key, said), **once}
        for said in texts
        for id in (token_hex(8),)
    ]
    connection.execute(insert(UnmatchedText), rows)
