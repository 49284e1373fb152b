"""The look at everything: what prevents answering, then what an operator should know.

It has connections of its own: a pool that is used up tells nothing about the next message.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bot import first_use, migrations
from bot.database import MESSAGE_SECONDS, briefly, is_busy, lost_file
from bot.health.database_file import DatabaseFile
from bot.health.figures import figures
from bot.health.prober import Look
from bot.health.report import Figures, Finding, Report
from bot.health.warnings import DATABASE_WARNINGS, WARNINGS, Warn
from bot.keys import known_keys
from bot.sealing.keyring import engine_of
from bot.service import Service
from bot.settings import SettingsError
from scoring import RulesetError

LOCK_SECONDS = 1  # until it is said that another one writes
BUSY = Finding("busy", f"for {LOCK_SECONDS} second another program has been writing")
LOCKED = Finding(
    "locked",
    f"the database is locked: for {MESSAGE_SECONDS} seconds another program has been writing, "
    "and messages wait no longer than that",
)
# A commit, to the disk, that leaves no row. All processes use one name: they wait for each other.
WRITES = (
    "INSERT INTO heartbeats (job, at, note) VALUES ('probe', '2000-01-01 00:00:00', '')",
    "DELETE FROM heartbeats WHERE job = 'probe'",
)
Check = Callable[[], Iterable[Finding]]


class Checks:
    """Looks after one service."""

    def __init__(self, service: Service) -> None:
        self.pool = service.engine
        self.engine = engine_of(service.settings, pooled=False)
        self.service = replace(service, engine=self.engine)  # and everything else shared
        self.file = DatabaseFile(self.engine) if self.engine.dialect.name == "sqlite" else None
        self.locked = False

    def __call__(self, look: Look) -> Iterator[Report]:
        look.at = "the folder of the rules"
        problems = self._try(self._rules)
        look.at = "the database"
        gone = self._try(self._identity)
        unusable = gone or [
            *self._try(self._room),
            *(self._try(self._version) or self._try(self._keys)),
        ]
        problems += unusable or self._try(self._damage)
        warnings = self._warnings(WARNINGS)
        if unusable:
            yield Report(tuple(problems), warnings)
            return
        warnings += self._warnings(DATABASE_WARNINGS)
        yield from self._writing(Report(tuple(problems), warnings, self._figures()))

    def _warnings(self, of: list[Warn]) -> tuple[Finding, ...]:
        return tuple(one for warn in of for one in self._try(partial(warn, self.service)))

    def _writing(self, report: Report) -> Iterator[Report]:
        """The report with what a write says. A lock that is another's for a moment is nothing; as
        long as a message would still wait for it, it is a warning."""
        found = self._write(LOCK_SECONDS)
        if found == [LOCKED]:
            known = report.but(LOCKED) if self.locked else report.but(warn=(BUSY,))
            yield replace(known, final=False)
            found = self._write(MESSAGE_SECONDS - LOCK_SECONDS)
        self.locked = found == [LOCKED]
        yield report.but(*found)

    def _write(self, seconds: float) -> list[Finding]:
        """Do what a message does: take the lock, write, commit."""

        def write() -> Iterator[Finding]:
            try:
                with briefly(self.engine, seconds) as cursor:
                    for statement in WRITES:
                        cursor.execute(statement)
            except Exception as error:
                if not is_busy(error):
                    raise
                yield LOCKED

        return self._try(write)

    def _rules(self) -> Iterator[Finding]:
        try:
            self.service.earlier_rules()  # and those in force
        except RulesetError as error:
            yield Finding("rules", f"there are no sound rules: {error}")

    def _identity(self) -> Iterator[Finding]:
        if lost := lost_file(self.pool):
            yield Finding("file", f"{lost}: stop all processes, restore it if need be, start them")
        elif self.file:
            yield from self.file.missing()

    def _version(self) -> Iterator[Finding]:
        try:
            migrations.demand_newest(self.engine)
        except SettingsError as error:
            yield Finding("version", str(error))

    def _keys(self) -> Iterator[Finding]:
        try:
            first_use.catch_up(self.pool)  # or it would not be ready before the first message
        except SettingsError as error:
            yield Finding("data_key", str(error))
            return
        for sentence in known_keys.missing(self.engine):
            yield Finding("data_key", sentence)

    def _room(self) -> Iterable[Finding]:
        return self.file.room() if self.file else ()

    def _damage(self) -> Iterable[Finding]:
        return self.file.damage() if self.file else ()

    def _figures(self) -> Figures:
        """None where a table cannot be read; that is found elsewhere."""
        try:
            return figures(self.service, self.engine)
        except (SQLAlchemyError, RulesetError):
            return {}

    def _try(self, check: Check) -> list[Finding]:
        """What it finds; what hinders it is found as well."""
        driver = self.engine.dialect.loaded_dbapi
        try:
            return list(check())
        except (SQLAlchemyError, driver.Error, OSError) as error:
            reason = str(getattr(error, "orig", error)).partition("\n")[0]
            return [Finding("database", f"the database does not answer as it should: {reason}")]
