"""Everything that happens by itself: notices, freed places, published slots, deleted data.

Any number of workers may run: each step is safe beside the same step of another.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf
from threading import Event, Thread

from sqlalchemy import Engine

import bot.booking.fulfilment  # noqa: F401 - registers what is forgotten with a person
from bot import early, followers, heartbeats, request_id, retention
from bot.booking import privacy as appointments
from bot.booking import sweep as booking
from bot.booking import work_figures
from bot.clock import Clock
from bot.database import write_back
from bot.heartbeats import BEAT, PERIODS, Beat
from bot.key_refusal import is_refused
from bot.outbox.answers import Channel
from bot.outbox.consent import asked
from bot.outbox.sending import HeldUpError, due, send_due
from bot.outbox.ways_out import sound_notices, ways_out
from bot.outbox.wording import SUBSCRIBE, Notices
from bot.pace import Pace
from bot.sealing.keyring import SealError
from bot.settings import Settings
from bot.staff import privacy as staff_records
from bot.sweep_limit import SweepLimit
from bot.wechat.client import ApiError, Client, UnreachableError

PAUSE_SECONDS = 2.0
TURN_SECONDS = 5.0  # of one job, if it can go on another time: notices must not wait for a sweep
TOLD_AGAIN = timedelta(minutes=10)  # of a job that goes on failing
LOOK = timedelta(minutes=1)  # between two looks whether it is time to compare followers
LOG = timedelta(seconds=5)  # between two times that SQLite's log is emptied

log = logging.getLogger(__name__)


@dataclass
class Job:
    """Something done every so often. `work` says what it did, empty if nothing; None if it was not
    the time for it."""

    name: str
    every: timedelta
    work: Callable[[], dict[str, int] | None]
    last: datetime | None = field(default=None)
    beat: Beat | None = field(default=None)  # None until it worked once
    fault: Exception | None = field(default=None)  # None as long as it works
    fault_told: datetime | None = field(default=None)

    def is_due(self, now: datetime) -> bool:
        """Whether it is time again."""
        if self.last is None:
            return True
        return not timedelta(0) <= now - self.last < self.every  # a clock set back stops nothing


class Worker:
    """Does the jobs of one installation."""

    def __init__(
        self, settings: Settings, engine: Engine, clock: Clock, channel: Channel | None = None
    ) -> None:
        self.settings = settings
        self.engine = engine
        self.clock = clock
        self.wording: Notices = sound_notices(settings)
        self.client = Client(settings, engine, clock)
        self.channels = ways_out(self.client, self.wording, settings)
        if channel:
            self.channels[SUBSCRIBE] = channel
        self.stopped = Event()
        # Of the job at hand; the note is for an operator.
        self.limit, self.pace = SweepLimit(settings.delete_percent), Pace(self.stopped)
        self.note = ""
        work = {
            "slots": self._publish,
            "booking": self._sweep,
            "notices": self._send,
            "ticket": self._keep_ticket,
            "holidays": self._check_holidays,
            "early": self._forget_early,
            "retention": self._retain,
            "records": self._blank,
            "figures": self._count_days,
        }
        self.jobs = (
            *(Job(name, PERIODS[name], each) for name, each in work.items()),
            Job(followers.JOB, LOOK, self._reconcile),
            Job("log", LOG, self._write_back),
            Job("heartbeats", BEAT, self._beat),
        )
        self.beyond_limit = False  # an operator lets go what is more than the limit, this once
        self._missed_some = False  # a person may have left unheard
        self._told: dict[str, Beat] = {}  # the beats that were written down

    def once(self, seconds: float = inf) -> dict[str, dict[str, int]]:
        """Do each job that is due, for so many seconds at most, if it can go on another time; what
        they did, by name. A job that fails is logged, and the others go on."""
        done = {}
        for job in self.jobs:
            now = self.clock()
            if self.stopped.is_set():
                break
            if not job.is_due(now):
                continue
            job.last = now
            self.limit = SweepLimit(self.settings.delete_percent)
            self.pace, self.note = Pace(self.stopped, seconds), ""
            with request_id.within(request_id.made()):
                if acted := self._do(job, now):
                    done[job.name] = acted
        return done

    def _do(self, job: Job, now: datetime) -> dict[str, int] | None:
        """Do one job, and tell what came of it; what it did."""
        try:
            acted = job.work()
        except Exception as error:
            _tell_fault(job, now, error)
            return None
        if acted is None:
            return None
        if self.pace.unfinished:
            job.last = None
        note = self.limit.note or self.note
        _tell_note(job, note)
        job.beat = Beat(now, note)
        if acted or not isinstance(job.fault, HeldUpError):  # or there was nothing to send
            _tell_end(job)
        if acted:
            log.info("%s: %s", job.name, acted)
        return acted

    def run(self) -> None:
        """Go on until `stop`."""
        while not self.stopped.is_set():
            self.once(TURN_SECONDS)
            self.stopped.wait(PAUSE_SECONDS)

    def stop(self) -> None:
        """Finish the notice being sent, or the few rows being changed, then end."""
        self.stopped.set()

    def leavers(self) -> str:
        """How many people would be forgotten now as they do not follow any more: for this the list
        is asked for. Does nothing."""
        try:
            found = followers.leavers(self.engine, self.client, self.clock(), self.pace)
        except followers.FAILURES as error:
            return f"unknown ({error})"
        return str(len(found.gone) if found else 0)

    def report(self) -> dict[str, int]:
        """What is waiting to be done; does nothing."""
        now = self.clock()
        return due(self.engine, now) | booking.due(self.engine, now)

    def _send(self) -> dict[str, int]:
        stopped = self.stopped.is_set
        return send_due(self.engine, self.channels, self.wording, self.clock, stopped)

    def _keep_ticket(self) -> dict[str, int]:
        """Have the ticket ready for the page that asks for consent: a page must not wait."""
        if asked(self.settings):
            try:
                self.client.ticket()
            except (ApiError, UnreachableError) as error:
                log.warning("no ticket for pages: %s", error)
        return {}

    def _sweep(self) -> dict[str, int]:
        return booking.sweep(self.engine, self.clock(), self.pace).counts()

    def _forget_early(self) -> dict[str, int]:
        count = early.sweep(self.engine, self.clock(), self.pace)
        return {"talks": count} if count else {}

    def _check_holidays(self) -> dict[str, int]:
        year = booking.holidays_missing(self.engine, self.clock())
        if year is not None:
            log.warning(
                "The holidays of %s are unknown: no slots are published for it. Enter them in the "
                "console, or install a newer chinesecalendar.",
                year,
            )
        return {}

    def _publish(self) -> dict[str, int]:
        return booking.publish_ahead(self.engine, self.clock()).counts()

    def _blank(self) -> dict[str, int]:
        how = (self.engine, self.clock(), self.settings.blank_days, self.limit, self.pace)
        return appointments.blank(*how) | staff_records.blank(*how)

    def _count_days(self) -> dict[str, int]:
        """Nothing to tell: mostly the same days are counted again."""
        work_figures.recount(self.engine, self.clock(), self.pace)
        return {}

    def _retain(self) -> dict[str, int]:
        swept = retention.sweep(self.engine, self.settings, self.clock(), self.limit, self.pace)
        return {name: count for name, count in swept.items() if count}

    def _reconcile(self) -> dict[str, int] | None:
        """Find who left while nobody could hear of it. What is in its way holds up nothing else."""
        now, appid = self.clock(), self.settings.wechat_appid
        wanted = self.beyond_limit or followers.is_due(self.engine, now, self._missed_some)
        if not wanted or not (followers.claim(self.engine, appid, now) or self.beyond_limit):
            return None
        pace = Pace(self.stopped, followers.SECONDS)
        try:
            found = followers.reconcile(self.engine, self.client, self.clock, self.limit, pace)
        except followers.FAILURES as error:
            raise HeldUpError(f"who left unheard is not known: {error}") from error
        if found is None:
            return None
        self._missed_some, self.note = pace.unfinished, found.note
        return {"forgotten": len(found.gone)} if found.gone else {}

    def _write_back(self) -> dict[str, int]:
        write_back(self.engine)
        return {}

    def _beat(self) -> dict[str, int]:
        """Write down what is new: another worker's beat may be younger than an old one of ours."""
        self._missed_some = self._missed_some or heartbeats.silent(self.engine, self.clock())
        beats = {job.name: job.beat for job in self.jobs if job.name in PERIODS and job.beat}
        new = {name: beat for name, beat in beats.items() if self._told.get(name) != beat}
        heartbeats.write(self.engine, new)
        self._told = beats
        return {}


def work_inside(settings: Settings, engine: Engine, clock: Clock) -> None:
    """Do the jobs in a thread of this process: with a faulty library it must be the only one."""
    Thread(target=Worker(settings, engine, clock).run, name="worker", daemon=True).start()


def _tell_end(job: Job) -> None:
    if job.fault:
        log.info("%s works again", job.name)
        job.fault = job.fault_told = None


def _tell_note(job: Job, note: str) -> None:
    if note and (job.beat is None or job.beat.note != note):
        log.error("%s: %s", job.name, note)


def _tell_fault(job: Job, now: datetime, error: Exception) -> None:
    """Log it: at first, and then now and then. While the database or the platform is away a job
    fails every other second, and would fill the disk by the morning."""
    if job.fault_told is None or not timedelta(0) <= now - job.fault_told < TOLD_AGAIN:
        plain = isinstance(error, (HeldUpError, SealError)) or is_refused(error)
        log.error("%s failed: %s", job.name, error, exc_info=None if plain else error)
        job.fault_told = now
    job.fault = error
