"""Messages through `/wechat` with the SQLite that pysqlite3 carries, against the system's.

Both services side by side in one run, each with two gunicorn workers and a database of its own.
"""

import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from flask import Flask

from bot import migrations
from bot.database import engine_for
from tests.bench.turns import ROUNDS, SECONDS, measure
from tests.bot.server import serving
from tests.bot.setting_up import environment_of, settings_for

APPS = {"pysqlite3": "bot:create_app()", "the system's": "tests.bench.library:with_the_system_s()"}


def with_the_system_s() -> Flask:
    """For gunicorn: the service on Python's own driver, said to be sound."""
    sys.modules["pysqlite3"] = None  # type: ignore[assignment]
    for name in [name for name in sys.modules if name.partition(".")[0] == "bot"]:
        del sys.modules[name]
    from bot import create_app
    from bot.sqlite import library

    library.VERSION = (3, 53, 0)
    return create_app()


def main(rounds: int = ROUNDS, seconds: float = SECONDS) -> None:
    """Print both and their ratio."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        servers = []
        for number, app in enumerate(APPS.values()):
            place = Path(folder) / str(number)
            settings = settings_for(place)
            engine = engine_for(settings.database_url)
            migrations.upgrade(engine)
            engine.dispose()
            log = place / "server.log"
            servers.append(stack.enter_context(serving(app, environment_of(settings), log)))
        pairs = [
            [measure(server, settings.wechat_token, seconds) for server in servers]
            for _ in range(rounds + 1)
        ][1:]  # the first round warms both up
    for name, column in zip(APPS, zip(*pairs, strict=True), strict=True):
        rate, cost, _ = (statistics.median(numbers) for numbers in zip(*column, strict=True))
        print(f"{name:14}{rate:6.0f} messages/s {cost:6.2f} ms of processor time each")
    rates = statistics.median(ours.rate / theirs.rate for ours, theirs in pairs)
    costs = statistics.median(theirs.cost / ours.cost for ours, theirs in pairs)
    print(f"ratio (median of {len(pairs)} pairs): {rates:.2f}; by processor time {costs:.2f}")


if __name__ == "__main__":
    main()
