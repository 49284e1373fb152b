"""A stored talk, changed on a page as a message would change it."""

from collections.abc import Callable

from sqlalchemy import Connection, select, update
from sqlmodel import col

from bot import early
from bot.models import ConversationRow
from bot.sealing.column import of_row
from dialogs.conversation import Conversation

Change = Callable[[Conversation], Conversation]


def changed(connection: Connection, person: str, change: Change) -> bool:
    """Change the talk of this person; False where there is none. A turn that was computed meanwhile
    is computed again, as the talk has another version then."""
    mine = col(ConversationRow.person) == person
    talk, version = col(ConversationRow.talk), col(ConversationRow.version)
    row = connection.execute(select(talk, version).where(mine).with_for_update()).first()
    if row is None:
        return False
    state = early.stored(change(Conversation.model_validate_json(row[0])))
    left = {
        "talk": of_row(person, state.text),
        "version": row[1] + 1,
        "early_until": state.early_until,
    }
    connection.execute(update(ConversationRow).where(mine).values(left))
    return True
