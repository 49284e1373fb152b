"""Who left while we could not hear of it is found by the account's list of followers.

Leaving is told once, by an event. Anyone who left during an outage would be kept for `KEEP_DAYS`.
So now and then those who talked with us are compared with the list, and WeChat is asked by name
about each who is not on it. Those who do not follow are forgotten as if the event had arrived.

Only who follows can talk, so only people with a talk are compared. Who is known by pages alone need
not follow. Who left and uses a page since, is signed in or has an appointment booked there, is kept
until that is over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, exists, select
from sqlmodel import col

from bot import heartbeats, page_sessions
from bot.clock import Clock
from bot.database import reading, writing
from bot.models import Appointment, ConversationRow, PageSession
from bot.models.appointment import ACTIVE, FROM_PAGE
from bot.pace import Pace
from bot.people import forget
from bot.sqlite.register import Register
from bot.sweep_limit import FEWEST, SweepLimit
from bot.wechat import credentials, followers
from bot.wechat.client import NO_RIGHT, ApiError, Client, UnreachableError
from bot.wechat.followers import IncompleteError

JOB, WHO = "followers", "people who left"
NIGHT = time(2), time(5)  # between these, once
RESTED = timedelta(hours=12)  # since the last time, before the next night's
MISSED = timedelta(hours=30)  # since then by day, too
PAUSE = timedelta(hours=3)  # between two tries, of all workers: the list may be asked for 500 times
SPARE = timedelta(minutes=10)  # between the clocks of two machines
SECONDS = 60.0  # of forgetting in one go
AT_ONCE = 10_000  # people who are looked up in the list


NO_LIST = (
    "WeChat lists no followers: the account has not the right of user management (用户管理). Who "
    "leaves while the service is away is deleted after KEEP_DAYS only"
)
UNKNOWN = (
    "{} people are kept whom the account does not know. Is WECHAT_APPID that of the account they "
    "talked with? They are deleted after KEEP_DAYS"
)
FAILURES = (ApiError, UnreachableError, IncompleteError)  # after which nobody is forgotten


@dataclass(frozen=True, slots=True)
class Leavers:
    """Of so many people those (openids) who do not follow any more; a note for an operator."""

    compared: int = 0
    gone: tuple[str, ...] = ()
    note: str = ""


def is_due(engine: Engine, now: datetime, missed_some: bool) -> bool:
    """Whether to compare now: at night, or when `missed_some` leaving may not have been heard."""
    last = heartbeats.read(engine).get(JOB)
    if last is None or missed_some:
        return True
    since = now - last.at
    at_night = NIGHT[0] <= now.time() < NIGHT[1]
    return not timedelta(0) <= since < (RESTED if at_night else MISSED)


def claim(engine: Engine, appid: str, now: datetime) -> bool:
    """Whether it is this worker's turn: no other one tried lately."""
    return credentials.store(engine, appid, credentials.LISTED, "", now + PAUSE, over_by=now)


def reconcile(
    engine: Engine, client: Client, clock: Clock, limit: SweepLimit, pace: Pace
) -> Leavers | None:
    """Find who left, and forget them, unless they are more than the limit; those forgotten. None if
    it was told to stop before. Raises one of `FAILURES`."""
    now = clock()
    try:
        missing = _not_listed(engine, client, now, pace)
        if missing is None or not limit.allows_so_many(len(missing.gone), missing.compared, WHO):
            return missing and Leavers(missing.compared)
        found = _asked_by_name(client, missing)
    except ApiError as error:
        if error.code != NO_RIGHT:
            raise
        return Leavers(note=f"{NO_LIST} ({error})")
    forgotten = []
    for person in pace.each(found.gone):
        with writing(engine) as connection:
            if _is_still_quiet(connection, person, now):
                forget(connection, person)
                forgotten.append(person)
    return replace(found, gone=tuple(forgotten))


def leavers(engine: Engine, client: Client, now: datetime, pace: Pace) -> Leavers | None:
    """Only find who left. None if it was told to stop; raises one of `FAILURES`."""
    missing = _not_listed(engine, client, now, pace)
    return missing and _asked_by_name(client, missing)


def _not_listed(engine: Engine, client: Client, now: datetime, pace: Pace) -> Leavers | None:
    """Who is known here, and not on the list. Of a province neither fits into the memory of a
    process, so the list is put down, and those who are known are looked up in it piece by piece."""
    if next(_known(engine, now), None) is None:
        return Leavers()
    compared, missing = 0, list[str]()
    with Register() as listed:
        for page in followers.pages(client):
            listed.add(page)
            if pace.is_over():
                return None
        for people in _known(engine, now):
            compared += len(people)
            missing += listed.without(people)
    if len(missing) == compared > FEWEST:
        raise IncompleteError(f"it is another account's: it has none of {compared} people known")
    return Leavers(compared, tuple(missing))


def _known(engine: Engine, now: datetime) -> Iterator[list[str]]:
    """Those who are compared, in the order of their openids, so many at a time."""
    person, last = col(ConversationRow.person), ""
    while True:
        some = select(person).where(person > last, *_quiet(now)).order_by(person).limit(AT_ONCE)
        with reading(engine) as connection:
            people = list(connection.scalars(some))
        if not people:
            return
        yield people
        last = people[-1]


def _asked_by_name(client: Client, missing: Leavers) -> Leavers:
    """The list alone deletes nobody: WeChat says of each that they do not follow."""
    gone, unknown = followers.not_following(client, missing.gone)
    return Leavers(missing.compared, tuple(gone), UNKNOWN.format(unknown) if unknown else "")


def _quiet(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Talks of people who were not seen since `now`, on no page either."""
    person = col(ConversationRow.person)
    signed_in = col(PageSession.person) == person, ~page_sessions.ended(now)
    booked = (
        col(Appointment.person) == person,
        col(Appointment.state).in_(ACTIVE),
        col(Appointment.source) == FROM_PAGE,
    )
    return (
        col(ConversationRow.seen_at) < now - SPARE,
        ~exists().where(*signed_in),
        ~exists().where(*booked),
    )


def _is_still_quiet(connection: Connection, person: str, now: datetime) -> bool:
    """On PostgreSQL this waits for a message that the person is just sending."""
    talk = select(col(ConversationRow.person)).where(*_quiet(now))
    mine = talk.where(col(ConversationRow.person) == person)
    return connection.execute(mine.with_for_update()).first() is not None
