"""What the guide says under *Back to a moment*, done: a mistake is undone on PostgreSQL by its
archive, to the second before it."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from bot import migrations
from bot.cli.db import command
from bot.database import engine_for, reading, writing
from tests.bot.backup.conftest import PROGRAMS, said, say
from tests.bot.databases import start_server
from tests.bot.setting_up import engine_at, environment_of, settings_for

pytestmark = [pytest.mark.soak, pytest.mark.postgres]
SECONDS = 60


class Machine(NamedTuple):
    """A server with an archive of its own, and the account that it runs as."""

    data: Path
    archive: Path
    base: Path
    url: str
    user: str | None

    def run(self, program: str, *arguments: object) -> None:
        subprocess.run(
            [PROGRAMS[max(PROGRAMS)] / program, *map(str, arguments)],
            check=True,
            user=self.user,
            stdout=subprocess.DEVNULL,  # a server that it starts keeps it open
            timeout=SECONDS,
        )

    def own(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        if self.user:
            shutil.chown(folder, self.user)


@pytest.fixture
def machine() -> Iterator[Machine]:
    user = "pgserver" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="xinshimin-archive-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = start_server(folder)
        server.psql("CREATE DATABASE service")
        url = server.get_uri(database="service")
        made = Machine(Path(server.pgdata), folder / "archive", folder / "base", url, user)
        if user:
            pwd.getpwnam(user)
        made.own(made.archive)
        made.own(made.base)
        yield made
        server.cleanup()


def test_a_mistake_is_undone_to_the_second_before(machine: Machine) -> None:
    engine = engine_at(machine.url)
    migrations.upgrade(engine)
    say(engine, "before the copy")
    archive = f"test ! -f {machine.archive}/%f && cp %p {machine.archive}/%f"
    _configure(machine, archive_mode="on", archive_command=archive)
    engine.dispose()
    machine.run("pg_ctl", "-D", machine.data, "-w", "restart")
    socket = machine.data
    machine.run("pg_basebackup", "-h", socket, "-U", "postgres", "-D", machine.base, "-c", "fast")

    say(engine, "after the copy")
    with reading(engine) as connection:
        moment = connection.scalar(text("SELECT clock_timestamp()"))
    time.sleep(1)
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM spent_states"))
    with engine.connect() as connection:
        last = connection.scalar(text("SELECT pg_walfile_name(pg_switch_wal())"))
    _until_archived(machine, str(last))
    assert said(engine) == set()
    engine.dispose()
    machine.run("pg_ctl", "-D", machine.data, "-w", "stop")

    with (machine.base / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"restore_command = 'cp {machine.archive}/%f %p'\n")
        settings.write(f"recovery_target_time = '{moment}'\n")
        settings.write("recovery_target_action = 'promote'\narchive_mode = off\n")
    (machine.base / "recovery.signal").touch()
    (machine.base / ".s.PGSQL.5432.lock").unlink(missing_ok=True)  # the test's socket is among data
    options = f'-h "" -k {machine.base}'
    log = machine.base / "log"
    try:
        machine.run("pg_ctl", "-D", machine.base, "-w", "-l", log, "-o", options, "start")
    except Exception:
        print(log.read_text())
        raise
    try:
        restored = machine.url.replace(str(socket), str(machine.base))
        _until_writable(restored)
        assert said(engine_for(restored)) == {"before the copy", "after the copy"}
        environment = environment_of(settings_for(Path("unused"), database_url=restored))
        run = CliRunner().invoke(command, ["--url", restored, "check"], env=environment)
        assert run.output == "The database is sound.\n"
        say(engine_for(restored), "and goes on")
    finally:
        machine.run("pg_ctl", "-D", machine.base, "-w", "-m", "fast", "stop")


def _configure(machine: Machine, **settings: str) -> None:
    engine = engine_for(machine.url).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name, value in settings.items():
            connection.exec_driver_sql(f"ALTER SYSTEM SET {name} = '{value.replace('%', '%%')}'")
    engine.dispose()


def _until_archived(machine: Machine, name: str) -> None:
    end = time.monotonic() + SECONDS
    while not (machine.archive / name).exists():
        assert time.monotonic() < end
        time.sleep(0.1)


def _until_writable(url: str) -> None:
    engine, end = engine_for(url), time.monotonic() + SECONDS
    while True:
        with reading(engine) as connection:
            if not connection.scalar(text("SELECT pg_is_in_recovery()")):
                break
        assert time.monotonic() < end
        time.sleep(0.1)
    engine.dispose()
