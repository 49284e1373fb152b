"""Backup and restore of a large SQLite database under traffic.

`python -m tests.bench backup` takes 200 MB; `BENCH_MB=3000` before it takes three
gigabytes, and that much thrice on the disk. While two gunicorn workers answer twenty messages a
second, the database is copied as sqlite3's `.backup` does it, a hundred pages a step, for as long
as our backup took and at least twenty seconds; then by `xinshimin db backup`. After that gunicorn
is killed, the backup restored, and the service started again.
"""

import itertools
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

from bot import migrations
from bot.database import engine_for
from bot.sqlite.library import driver
from tests.bench.turns import ask, requests_of
from tests.bot.server import Server, serving
from tests.bot.setting_up import environment_of, settings_for

MEGABYTES = int(os.environ.get("BENCH_MB", "200"))
A_SECOND = 20
SENDERS = 4
STATE = 3000  # bytes of one conversation


class Traffic:
    """Messages at a steady rate; how long each took, and which failed."""

    def __init__(self, server: Server, token: str) -> None:
        self.seconds: list[float] = []
        self.failed = 0
        self._server = server
        self._token = token
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._send, args=(n,)) for n in range(SENDERS)]

    def _send(self, number: int) -> None:
        messages = itertools.chain.from_iterable(
            requests_of(self._token) for _ in itertools.count()
        )
        due = time.monotonic() + number / A_SECOND
        for message in messages:
            if self._stop.wait(max(0.0, due - time.monotonic())):
                return
            due += SENDERS / A_SECOND
            begun = time.monotonic()
            try:
                ask(self._server.port, message)
                self.seconds.append(time.monotonic() - begun)
            except (OSError, RuntimeError):
                self.failed += 1

    def __enter__(self) -> "Traffic":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def __str__(self) -> str:
        times = sorted(self.seconds)
        median, last = statistics.median(times), times[int(len(times) * 0.99)]
        return (
            f"{len(times)} answered, {self.failed} failed; "
            f"median {median * 1000:.0f} ms, 99 % within {last * 1000:.0f} ms"
        )


def fill(database: Path, megabytes: int) -> None:
    """Conversations of people who are not there."""
    with closing(driver.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        number = itertools.count()
        while database.stat().st_size < megabytes * 1_000_000:
            rows = [
                (f"filled{next(number):022}", secrets.token_hex(STATE // 2)) for _ in range(5000)
            ]
            connection.execute("BEGIN")
            connection.executemany(
                "INSERT INTO conversations (person, version, talk, created_at, seen_at) "
                "VALUES (?, 1, ?, '2099-01-01', '2099-01-01')",
                rows,
            )
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def run(*arguments: str, url: str) -> float:
    """Run `xinshimin db`; how many seconds it took."""
    begun = time.monotonic()
    subprocess.run(
        [Path(sys.executable).with_name("xinshimin"), "db", "--url", url, *arguments], check=True
    )
    return time.monotonic() - begun


def in_steps(database: Path, target: Path, limit: float) -> tuple[float, bool]:
    """As `sqlite3 … ".backup"` does it; how long, and whether it came to an end."""
    code = (
        "import sys; from contextlib import closing; from bot.sqlite.library import driver;"
        "source, target = (driver.connect(name) for name in sys.argv[1:]);"
        "source.backup(target, pages=100, sleep=0)"
    )
    begun = time.monotonic()
    try:
        subprocess.run([sys.executable, "-c", code, database, target], check=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return time.monotonic() - begun, False
    return time.monotonic() - begun, True


def size(file: Path) -> str:
    return f"{file.stat().st_size / 1e6:,.0f} MB" if file.exists() else "nothing"


def main() -> None:
    """Print what happened."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = settings_for(folder)
        url = settings.database_url
        database = folder / "service.db"
        engine = engine_for(url)
        migrations.upgrade(engine)
        engine.dispose()
        fill(database, MEGABYTES)
        print(f"database of {size(database)}, {A_SECOND} messages a second", flush=True)
        with serving("bot:create_app()", environment_of(settings), folder / "1.log") as server:
            with Traffic(server, settings.wechat_token) as traffic:
                time.sleep(10)
            print(f"no backup: {traffic}", flush=True)
            with Traffic(server, settings.wechat_token) as traffic:
                took = run("backup", str(folder / "backup"), url=url)
            print(f"xinshimin db backup: {took:.0f} s; {traffic}", flush=True)
            with Traffic(server, settings.wechat_token) as traffic:
                took, ended = in_steps(database, folder / "steps", max(20.0, took))
            how = "done" if ended else "not done"
            print(f".backup: {how} after {took:.0f} s, {size(folder / 'steps')}; {traffic}")
            (folder / "steps").unlink(missing_ok=True)
            with Traffic(server, settings.wechat_token) as traffic:
                time.sleep(2)
                server.kill()
        print(f"killed; log of {size(Path(f'{database}-wal'))}", flush=True)
        print(f"xinshimin db restore: {run('restore', str(folder / 'backup'), url=url):.0f} s")
        for left in folder.glob("service.db.replaced-*"):
            left.unlink()
        with (
            serving("bot:create_app()", environment_of(settings), folder / "2.log") as server,
            Traffic(server, settings.wechat_token) as traffic,
        ):
            time.sleep(3)
        print(f"restored: {traffic}")
        print(f"xinshimin db check: {run('check', url=url):.0f} s")


if __name__ == "__main__":
    main()
