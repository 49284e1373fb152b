"""Sending what is due: claim, check, send, record.

A claim is one conditional UPDATE, so several workers never send the same notice at once. The same
transaction checks whether the notice still holds and by which way it can go, and notes that way;
the sending follows at once (the token was fetched before), so nothing goes out after a
cancellation.

Each notice arrives once. The next way is taken only where the one before surely brought nothing: it
is closed, or it said no. A worker that dies after sending, or never hears the answer, leaves it
open whether the notice is out. On a way that swallows a second one of the same key (`subscribe`:
for ten minutes, and by its documentation only a template message) it is sent again, unless the
platform reports meanwhile that it is out (`events`): rather twice than never. On the others it ends
as `UNSURE`, and the staff know whom to call.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select

from bot import metrics, request_id
from bot.clock import Clock
from bot.database import reading, writing
from bot.models.notice import DROPPED, FAILED, REFUSED, WAITING
from bot.outbox.answers import Answer, Channel, Impossible, Later, Refused, Unsure
from bot.outbox.claims import claim, end, is_due, mine, note_refusal, record
from bot.outbox.obstacles import REMINDERS, UNSURE, Obstacle
from bot.outbox.posting import notices
from bot.outbox.ways import OF_WECHAT, Route, route
from bot.outbox.wording import Notices

MOST = 100  # in one go

log = logging.getLogger(__name__)


class HeldUpError(Exception):
    """Nothing gets through for now: the token, the quota, the network. The text says which."""


def oldest_due(connection: Connection, now: datetime) -> datetime | None:
    """Since when the oldest notice that could be sent now is due."""
    oldest: datetime | None = connection.scalar(
        select(func.min(notices.c.due_at)).where(*is_due(now))
    )
    return oldest


def due(engine: Engine, now: datetime) -> dict[str, int]:
    """How many notices could be sent now, and how many were tried in vain so far."""
    tried = notices.c.state == WAITING, notices.c.attempts > 0
    with reading(engine) as connection:
        return {
            name: int(connection.execute(select(func.count()).where(*those)).scalar_one())
            for name, those in (("notices", is_due(now)), ("notices tried in vain", tried))
        }


def send_due(
    engine: Engine,
    channels: Mapping[str, Channel],
    wording: Notices,
    clock: Clock,
    stopped: Callable[[], bool] = lambda: False,
) -> dict[str, int]:
    """Send what is due, at most `MOST` notices, and until `stopped`. How many ended in which state.

    Raises:
        HeldUpError: a way is held up: the others on it would fail as well, each would wait for its
            silence in vain. What goes another way was sent.
    """
    with reading(engine) as connection:
        order = (notices.c.kind.in_(REMINDERS), notices.c.due_at)  # news first: see `obstacles`
        query = select(notices.c.id).where(*is_due(clock())).order_by(*order)
        ids = connection.execute(query.limit(MOST)).scalars().all()
    sender = _Sender(engine, channels, wording, clock)
    counts: Counter[str] = Counter()
    for id in ids:
        if stopped():
            break
        state = sender.send(id)
        counts[state] += 1
        metrics.NOTICES.labels(state or "left").inc()
    if sender.held_up:
        raise HeldUpError(next(iter(sender.held_up.values())))
    counts.pop("", None)
    return dict(counts)


class _Sender:
    """Sends one notice after the other, and leaves out ways that are `held_up`; by the reason."""

    def __init__(
        self, engine: Engine, channels: Mapping[str, Channel], wording: Notices, clock: Clock
    ) -> None:
        self._engine, self._channels = engine, channels
        self._wording, self._clock = wording, clock
        self.held_up: dict[str, str] = {}

    def send(self, id: int) -> str:
        """The state it is in then, "" if another worker has it, or its way is held up."""
        state, answer = self._try(id)
        if isinstance(answer, Later) and answer.at_once:
            state, answer = self._try(id)
        return state

    def _try(self, id: int) -> tuple[str, Answer | None]:
        """Prepare, claim and check, send, record. Nothing stands between the check and the
        sending."""
        expected = self._expected(id)
        if expected in self.held_up:
            return "", None
        hindrance = self._channels[expected].prepare() if expected else None
        now = self._clock()
        with writing(self._engine) as connection:
            row, found = self._begin(connection, id, now)
        if row is None or found is None:
            return "", None
        if isinstance(found, Obstacle):
            return found.state, None
        with request_id.within(row.cause or request_id.current()):
            return self._send(row, found, hindrance if found.way == expected else None)

    def _expected(self, id: int) -> str:
        """The way it would go now, "" where there is none. A look without a claim, so that a token
        is fetched before."""
        with reading(self._engine) as connection:
            row = connection.execute(select(notices).where(notices.c.id == id)).first()
            if row is None:
                return ""
            found = route(connection, row, self._wording, self._clock())
        return found.way if isinstance(found, Route) else ""

    def _begin(
        self, connection: Connection, id: int, now: datetime
    ) -> tuple[Row[Any] | None, Route | Obstacle | None]:
        """Claim it and choose its way; what cannot go ends here."""
        before = select(notices.c.claimed_until, notices.c.way).where(notices.c.id == id)
        left = connection.execute(before.with_for_update()).first()
        row = claim(connection, id, now)
        if row is None:
            return None, None
        found: Route | Obstacle
        if left and left.claimed_until and left.way and not self._channels[left.way].repeatable:
            found = Obstacle(FAILED, UNSURE)  # a worker died while it was on its way
        else:
            found = route(connection, row, self._wording, now)
        if isinstance(found, Route):
            connection.execute(mine(row).values(way=found.way))
        else:
            end(connection, row, *found, now)
        return row, found

    def _send(
        self, row: Row[Any], first: Route, hindrance: Later | None
    ) -> tuple[str, Answer | None]:
        """Send it, by the next way where one says no. What the first said tells the staff most."""
        found: Route | Obstacle = first
        refusal: Refused | Impossible | None = None
        while isinstance(found, Route):
            answer = hindrance or self._answer(row, found)
            hindrance, now = None, self._clock()
            with writing(self._engine) as connection:
                if not isinstance(answer, (Refused, Impossible)):
                    self._note_held_up(found.way, answer)
                    state = record(connection, row, found.way, answer, self._wording, now)
                    return state, answer
                refusal = refusal or answer
                note_refusal(connection, row, found.way, answer, self._wording, now)
                found = self._next(connection, row, found.way, refusal, now)
        return found.state, refusal

    def _answer(self, row: Row[Any], to: Route) -> Answer:
        """What came of sending it. A fault of ours counts as a try: with this notice, not with
        those behind it, and not for ever; on a way that swallows no second one it may be out."""
        channel = self._channels[to.way]
        if to.way in self.held_up:
            return Later(self.held_up[to.way])
        try:
            return channel.send(row.key, to.to, row.kind, row.words)
        except Exception as error:
            log.exception("notice %s could not be sent", row.id)
            fault = type(error).__name__
            return Later(fault) if channel.repeatable else Unsure(fault)

    def _note_held_up(self, way: str, answer: Answer) -> None:
        if isinstance(answer, Unsure) or (isinstance(answer, Later) and answer.all):
            if isinstance(answer, Later) and answer.at_once:
                return
            alike = OF_WECHAT if way in OF_WECHAT else {way}
            self.held_up |= dict.fromkeys(alike, answer.error)

    def _next(
        self,
        connection: Connection,
        row: Row[Any],
        way: str,
        refusal: Refused | Impossible,
        now: datetime,
    ) -> Route | Obstacle:
        """The way after one that said no; without one the notice ends with the `refusal`."""
        found = route(connection, row, self._wording, now, after=way)
        if isinstance(found, Route):
            if connection.execute(mine(row).values(way=found.way)).rowcount:
                return found
            return Obstacle(DROPPED, "")
        if found.state != DROPPED:
            found = Obstacle(REFUSED if isinstance(refusal, Refused) else FAILED, refusal.error)
        end(connection, row, *found, now)
        return found
