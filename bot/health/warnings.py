"""What does not prevent answering, and yet an operator should know.

Each function is given the service and tells what it finds. A new one is added to `WARNINGS`, or to
`DATABASE_WARNINGS` if it needs the database, which is then there and of our version.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from bot import heartbeats
from bot.health.report import Finding
from bot.service import Service

Warn = Callable[[Service], Iterator[Finding]]


def faulty_files(service: Service) -> Iterator[Finding]:
    """The office's files that cannot be used as they are now, while what they last said goes on."""
    for fault in dict.fromkeys(service.faults.values()):  # one may spoil several rulesets
        yield Finding("files", fault)


def unwise_settings(service: Service) -> Iterator[Finding]:
    """What the log said at the start; plain mode of WeChat above all."""
    for text in service.settings.warnings():
        yield Finding("settings", text)


def overdue_jobs(service: Service) -> Iterator[Finding]:
    """What should happen by itself and does not."""
    late = heartbeats.overdue(heartbeats.read(service.engine), service.clock())
    if late:
        jobs = (
            f"{job} ({f'since {at:%Y-%m-%d %H:%M}' if at else 'never'})" for job, at in late.items()
        )
        what = "all jobs" if len(late) == len(heartbeats.PERIODS) else ", ".join(jobs)
        yield Finding("worker", f"not done for too long: {what}. Does xinshimin worker run?")


def notes_of_jobs(service: Service) -> Iterator[Finding]:
    """What a job of the worker wants to be known."""
    for job, beat in heartbeats.read(service.engine).items():
        if beat.note:
            yield Finding(job, beat.note)


def overdue_backup(service: Service) -> Iterator[Finding]:
    """Where backups are made by a timer: the last one is too old."""
    hours, now = service.settings.backup_hours, service.clock()
    if not (service.settings.backup_key and hours):
        return
    beat = heartbeats.read(service.engine).get(heartbeats.BACKUP)
    last = beat.at if beat else heartbeats.NEVER
    if now - last > timedelta(hours=hours):
        since = f"since {last:%Y-%m-%d %H:%M}" if last > heartbeats.NEVER else "ever"
        what = f"no backup was made {since}, and one is due every {hours} hours"
        todo = "Make one: systemctl start xinshimin-backup, or xinshimin db backup --to FOLDER"
        yield Finding("backup", f"{what}. {todo}.")


WARNINGS: list[Warn] = [faulty_files, unwise_settings]
DATABASE_WARNINGS: list[Warn] = [overdue_jobs, notes_of_jobs, overdue_backup]
