"""The consent to sensitive facts, withdrawn on a page: what the word 撤回 does in the chat."""

from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlmodel import col

from bot import early, people
from bot.models import ConversationRow
from bot.sealing.column import of_row
from bot.settings import Settings
from dialogs.conversation import Conversation
from dialogs.withheld import withdrawn


def withdraw(connection: Connection, person: str, now: datetime, settings: Settings) -> None:
    """Delete the sensitive facts of this person and of the other one who is counted, and what else
    is kept of them. A turn that was computed meanwhile is computed again."""
    mine = col(ConversationRow.person) == person
    talk, version = col(ConversationRow.talk), col(ConversationRow.version)
    row = connection.execute(select(talk, version).where(mine).with_for_update()).first()
    if row is None:
        return
    conversation = Conversation.model_validate_json(row[0])
    state = early.stored(withdrawn(conversation, now))
    left = {
        "talk": of_row(person, state.text),
        "version": row[1] + 1,
        "early_until": state.early_until,
    }
    connection.execute(update(ConversationRow).where(mine).values(left))
    people.withdraw(connection, person, settings)
