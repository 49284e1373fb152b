"""How often one account may look people up: enough for a busy window, too little for a harvest.

The trail itself is what is counted, so it says who looked how often. What was typed is not noted: a
name or number there would outlive a person who is forgotten.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.staff import audit

WITHIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many of these actions of the trail within a minute."""

    actions: tuple[str, ...]
    most: int


PEOPLE = Limit(("find", "see_contact"), 30)
WRONG_CODES = Limit(("wrong_code",), 10)


def may_go_on(connection: Connection, now: datetime, account: str, limit: Limit, site: str) -> bool:
    """Whether the account may look up once more. That it may not is noted once in a minute. If it
    may, the caller records one of the actions, in the same transaction."""
    since = now - WITHIN
    if audit.count(connection, account, limit.actions, since) < limit.most:
        return True
    if not audit.count(connection, account, ("look_ups_paused",), since):
        audit.record(connection, now, account, "look_ups_paused", site=site)
    return False
