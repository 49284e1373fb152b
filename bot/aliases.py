"""What the staff taught the bot, known to every worker within half a minute.

find = taught(engine).finder(now).find
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import Connection, Engine, select
from sqlmodel import col

from bot.database import reading
from bot.models.alias import TopicAlias
from dialogs.faq import Finder, topics
from dialogs.faq.finding import finder

# Building the index takes some tens of milliseconds, looking at the table one query: neither
# belongs into every message.
LOOKS_AGAIN = timedelta(seconds=30)


class Taught:
    """The finder with the stored aliases, built again when they changed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._looked: datetime | None = None
        self._added: Mapping[str, tuple[str, ...]] = {}
        self._finder = finder()

    def finder(self, now: datetime) -> Finder:
        """The finder as of now, at most `LOOKS_AGAIN` behind."""
        if self._looked is None or abs(now - self._looked) >= LOOKS_AGAIN:
            with self._lock:
                self._look(now)
        return self._finder

    def _look(self, now: datetime) -> None:
        with reading(self._engine) as connection:
            added = aliases(connection)
        if added != self._added:
            self._finder = Finder(added) if added else finder()
            self._added = added
        self._looked = now


def aliases(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Topic → the ways to ask for it that the staff added; topics that are gone are left out."""
    rows = connection.execute(
        select(col(TopicAlias.topic), col(TopicAlias.text)).order_by(col(TopicAlias.text))
    )
    found: dict[str, tuple[str, ...]] = {}
    for topic, text in rows:
        if topic in topics():
            found[topic] = (*found.get(topic, ()), text)
    return found
