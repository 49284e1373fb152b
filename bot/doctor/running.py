"""What the machine and the database say: the service's own health, SQLite, holidays, room."""

import os
import shutil
from collections.abc import Iterator

from sqlalchemy import exists, func, select

from bot.backup import BackupError
from bot.backup.postgresql import demand_client
from bot.booking.sweep import holidays_missing
from bot.booking.tables import sites, weekly_rules
from bot.database import reading
from bot.doctor.verdict import FIRST, Subject, Verdict, ok, problem, unknown, warning
from bot.health.checks import Checks
from bot.health.prober import Look
from bot.health.report import Report
from bot.sound_files import state_folder
from bot.sqlite import library as sqlite

# By the kind of a finding: what it means that there is none.
SOUND = {
    "rules": "they are sound",
    "files": "the office's own can be used",
    "settings": "nothing is unwise",
}
# The same, where the database could be looked at.
SOUND_WITHIN = {
    "database": "it answers, and takes what is written",
    "version": "it is of this program's version",
    "data_key": "the keys open what is there",
    "worker": "its jobs are done in time",
    "backup": "none is overdue",
}
OF_THE_HOLIDAYS = "holidays"  # which `calendar` looks at
LEAST_FREE = 1 << 30  # bytes
COPIES = 2  # of the database: a backup, and what it is unpacked to


def service(subject: Subject) -> Iterator[Verdict]:
    """Everything that /readyz would say."""
    *_, report = Checks(subject.service)(Look())
    yield from (problem(one.kind, one.text) for one in report.problems)
    for one in report.warnings:
        if one.kind != OF_THE_HOLIDAYS:
            yield warning(one.kind, one.text)
    yield from _sound(report)


def _sound(report: Report) -> Iterator[Verdict]:
    found = {one.kind for one in (*report.problems, *report.warnings)}
    unusable = any(one.kind not in SOUND for one in report.problems)
    for kind, text in (SOUND | SOUND_WITHIN).items():
        if kind not in found:
            is_open = unusable and kind in SOUND_WITHIN
            yield unknown(kind, FIRST) if is_open else ok(kind, text)


def library(subject: Subject) -> Iterator[Verdict]:
    """Whether the programs that the database needs are here, and sound."""
    engine = subject.service.engine
    if engine.dialect.name == "sqlite":
        version = ".".join(map(str, sqlite.VERSION))
        if sqlite.is_sound():
            yield ok("library", f"SQLite {version} is sound")
        else:
            yield problem("library", f"{sqlite.fault()}. {sqlite.ADVICE}.")
        return
    try:
        demand_client(engine)
        yield ok("library", "pg_dump is there, and not older than the server")
    except BackupError as error:
        yield problem("library", str(error))


def calendar(subject: Subject) -> Iterator[Verdict]:
    """Whether the holidays are known for as long as people may want to book."""
    missing = holidays_missing(subject.service.engine, subject.clock())
    if missing is None:
        yield ok("calendar", "the holidays are known")
    else:
        yield warning(
            "calendar",
            f"the holidays of {missing} are unknown, and nothing can be booked in it: enter them "
            f"in the console (开放时间 > 节假日和调休), then press {missing} 年的节假日已录全; or "
            "update this program once it knows them",
        )


def hours(subject: Subject) -> Iterator[Verdict]:
    """Whether people can book at all: townships without hours offer nothing."""
    open_ones = exists().where(weekly_rules.c.site == sites.c.id)
    with reading(subject.service.engine) as connection:
        numbers = select(func.count(), func.count().filter(open_ones)).select_from(sites)
        all_sites, with_hours = connection.execute(numbers).one()
    if with_hours:
        yield ok("hours", f"{with_hours} of {all_sites} townships have opening hours")
    else:
        yield warning("hours", "no township has opening hours, so nobody can book: enter them in "
                      "the console (开放时间)")  # fmt: skip


def disk(subject: Subject) -> Iterator[Verdict]:
    """Whether there is room for what comes, and for a backup."""
    folder = state_folder(subject.settings)
    try:
        free = shutil.disk_usage(folder).free
        database = subject.service.engine.url.database
        on_disk = subject.service.engine.dialect.name == "sqlite" and database
        size = os.stat(str(database)).st_size if on_disk else 0
    except OSError as error:
        yield problem("disk", f"{error.filename}: {error.strerror}; set XINSHIMIN_STATE")
        return
    needed = max(LEAST_FREE, COPIES * size)
    said = f"{free / 1e9:,.1f} GB free at {folder.resolve()}"
    if free < needed:
        yield problem("disk", f"{said}, {needed / 1e9:,.1f} are needed with a backup: make room")
    else:
        yield ok("disk", said)
