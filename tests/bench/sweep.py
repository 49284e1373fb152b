"""How long messages take beside the sweep of a large database.

`python -m tests.bench sweep`: two gunicorn workers answer twenty messages a second, first alone,
then beside `xinshimin worker`, for which 200,000 replies and 20,000 of 220,000 talks are due. In
pairs, each on a fresh database of SQLite. `BENCH_SECONDS` is how long the second part lasts if the
sweep is not done before.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, func, insert, select
from sqlmodel import col

from bot.clock import now
from bot.database import reading, writing
from bot.models import ConversationRow, Delivery
from bot.sealing.column import of_row
from tests.bench.backup import Traffic
from tests.bot.server import serving
from tests.bot.setting_up import environment_of, migrated, settings_for

ROUNDS = 3
SECONDS = 15  # of messages alone
LONGEST = float(os.environ.get("BENCH_SECONDS", "90"))  # beside the sweep
REPLIES, DUE, KEPT = 200_000, 20_000, 200_000
STATE = "x" * 600
AT_ONCE = 10_000
LONG_AGO = timedelta(days=200)


def fill(engine: Engine) -> None:
    """Talks of people, and replies, of which most are due."""
    moment = now()

    def talk(number: int) -> dict[str, object]:
        at = moment - (LONG_AGO if number < DUE else timedelta())
        who = f"o{number * 7_368_787 % 10**9:027}"  # in no order, as openids are
        row = {"person": who, "version": 1, "talk": of_row(who, STATE)}
        return row | {"created_at": at, "seen_at": at}

    def reply(number: int) -> dict[str, object]:
        key = f"{number * 7_368_787 % 10**9:032}"
        at = moment - timedelta(hours=2, seconds=number % 3600)
        row = {"key": key, "person": f"p{number:027}", "answered_at": at}
        return row | {"reply": of_row(key, STATE[:200])}

    _insert(engine, ConversationRow, talk, DUE + KEPT)
    _insert(engine, Delivery, reply, REPLIES)


def _insert(engine: Engine, kind: type, row: Callable[[int], object], many: int) -> None:
    for first in range(0, many, AT_ONCE):
        with writing(engine) as connection:
            rows = [row(number) for number in range(first, first + AT_ONCE)]
            connection.execute(insert(kind), rows)


def left(engine: Engine) -> int:
    """How many rows are still due."""
    before = now() - timedelta(minutes=45)
    with reading(engine) as connection:
        replies = select(func.count()).where(col(Delivery.answered_at) < before)
        talks = select(func.count()).where(col(ConversationRow.seen_at) < before - LONG_AGO / 2)
        return (connection.scalar(replies) or 0) + (connection.scalar(talks) or 0)


def measure(folder: Path) -> None:
    """One pair."""
    settings = settings_for(folder)
    environment = environment_of(settings)
    engine = migrated(settings)
    fill(engine)
    command = [str(Path(sys.executable).with_name("xinshimin")), "worker"]
    with serving("bot:create_app()", environment, folder / "log") as server:
        with Traffic(server, settings.wechat_token):
            time.sleep(3)  # warm
        with Traffic(server, settings.wechat_token) as traffic:
            time.sleep(SECONDS)
        print(f"alone: {traffic}", flush=True)
        with (
            Traffic(server, settings.wechat_token) as traffic,
            (folder / "worker").open("w") as log,
        ):
            begun = time.monotonic()
            worker = subprocess.Popen(command, env=os.environ | environment, stderr=log)
            while left(engine) and time.monotonic() - begun < LONGEST:
                time.sleep(1)
            took = time.monotonic() - begun
            told = time.monotonic()
            worker.terminate()
            worker.wait()
            ended = time.monotonic() - told
        print(
            f"beside the sweep: {traffic}; {left(engine)} due after {took:.0f} s, "
            f"ended {ended:.1f} s after SIGTERM",
            flush=True,
        )
    engine.dispose()


def main(rounds: int = ROUNDS) -> None:
    """Print the pairs."""
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder))
