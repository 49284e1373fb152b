"""The consent to sensitive facts, withdrawn on a page: what the word 撤回 does in the chat."""

from datetime import datetime

from sqlalchemy import Connection

from bot import people, talks
from bot.settings import Settings
from dialogs.withheld import withdrawn


def withdraw(connection: Connection, person: str, now: datetime, settings: Settings) -> None:
    """Delete the sensitive facts of this person and of the other one who is counted, and what else
    is kept of them."""
    if talks.changed(connection, person, lambda conversation: withdrawn(conversation, now)):
        people.withdraw(connection, person, settings)
