"""Talks put into the database as they would be after some messages."""

from sqlalchemy import Connection, select, update
from sqlmodel import col

from bot.models import ConversationRow
from bot.sealing.column import of_row


def rewrite_talks(connection: Connection, state: str) -> None:
    """Give every talk this state (JSON)."""
    person = col(ConversationRow.person)
    for one in connection.scalars(select(person)).all():
        mine = update(ConversationRow).where(person == one)
        connection.execute(mine.values(talk=of_row(one, state)))
