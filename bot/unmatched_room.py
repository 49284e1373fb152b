"""Whether one more text that nobody understood may be kept.

Each person can send any number of texts that nobody understands. The sweep keeps the `KEPT` that
were asked most; between two sweeps the message path takes in so many more, and no others. It may
not count the rows for each message, so a process counts now and then: all processes together pass
`MOST` by at most `RECOUNT` rows each.
"""

from sqlalchemy.engine.interfaces import DBAPICursor

KEPT = 10_000  # the staff see the 40 most frequent; a county asks far fewer different things
MOST = 11_000  # what is new has room until the next sweep, an hour later
RECOUNT = 100  # texts; counting 11,000 rows takes longer than writing one
COUNT = f"SELECT count(*) FROM (SELECT 1 FROM unmatched_texts LIMIT {MOST}) AS found"  # noqa: S608


class UnmatchedRoom:
    """What this process knows of it."""

    def __init__(self) -> None:
        self._open, self._left = False, 0

    def take(self, cursor: DBAPICursor) -> bool:
        """Whether a text may be kept that is not kept yet. Asked once for each text."""
        if self._left <= 0:
            cursor.execute(COUNT)
            [(count,)] = cursor.fetchall()
            self._open, self._left = count < MOST, RECOUNT
        self._left -= 1
        return self._open
