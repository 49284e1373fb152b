"""The consent to sensitive facts, withdrawn on a page: what the word 撤回 does in the chat."""

from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlmodel import col

from bot import early
from bot.models import ConversationRow
from bot.retention import forget_replies
from bot.sealing.column import of_row
from dialogs.conversation import Conversation
from dialogs.withheld import withdrawn


def withdraw(connection: Connection, person: str, now: datetime, secret_key: str) -> None:
    """Delete the sensitive facts of this person and of who is counted beside them, and the replies
    that said them back. A turn that was computed meanwhile is computed again."""
    mine = col(ConversationRow.person) == person
    talk, version = col(ConversationRow.talk), col(ConversationRow.version)
    row = connection.execute(select(talk, version).where(mine)).first()
    if row is None:
        return
    conversation = early.opened(Conversation.model_validate_json(row[0]), secret_key)
    state = early.stored(withdrawn(conversation, now), secret_key)
    left = {
        "talk": of_row(person, state.text),
        "version": row[1] + 1,
        "early_until": state.early_until,
    }
    connection.execute(update(ConversationRow).where(mine).values(left))
    forget_replies(connection, person)
