"""What each page of the console costs in a county of 2,000 appointments a day, with two years of
them: milliseconds from the request to the whole answer, on both databases."""

import gc
import os
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, thread_time
from typing import Any

from flask import Flask

from bot.booking.tables import appointments
from bot.booking.work_figures import recount
from bot.database import engine_for, reading, writing
from bot.sealing.keyring import Keyring, equipped
from bot.staff.auth import members, sessions
from bot.staff.counter import look_ups
from bot.turns import warm_up
from tests.bench import two_years
from tests.bench.databases import on_each
from tests.bot.setting_up import NOW, service_for, settings_for
from tests.bot.web import Browser

TIMES = 20
MOST_MS = 50
DAYS = int(os.environ.get("BENCH_DAYS", two_years.YEARS * 365))
DAY = f"/staff/sites/{two_years.SITE}"


def main() -> None:
    """One table for each database."""
    for kind, url in on_each():
        measured(kind, url)


def measured(kind: str, url: str) -> None:
    settings = settings_for(Path("unused"), database_url=url)
    app = service_for(settings)
    engine = app.extensions["xinshimin"].engine
    patient = equipped(engine_for(url, bounded=False), Keyring.of(settings))
    start = perf_counter()
    count = two_years.fill(patient, NOW, DAYS)
    patient.dispose()
    print(f"{kind}: {count} appointments, filled in {perf_counter() - start:.0f} s")
    start = perf_counter()
    days = recount(engine, NOW)
    print(f"{days} days counted for the reports in {perf_counter() - start:.1f} s")
    warm_up(app.extensions["xinshimin"])  # as a service does before its first answer
    gc.collect()
    gc.freeze()  # what filling has left is no part of a service
    print(f"{'page':44}{'median':>8}{'p95':>8}{'p95 cpu':>8}")
    for name, ask in pages(app).items():
        times = [_once(ask) for _ in range(TIMES + 1)][1:]  # the first one compiles
        took, busy = zip(*times, strict=True)
        slow = quantiles(took, n=20)[18]
        over = " over" if slow > MOST_MS else ""
        print(f"{name:44}{median(took):8.1f}{slow:8.1f}{quantiles(busy, n=20)[18]:8.1f}{over}")
    engine.dispose()


def _once(ask: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds until the answer, and of them those of our own processor time: on a machine that
    others use as well, the second is the better figure of SQLite, which works in our process."""
    start, own = perf_counter(), thread_time()
    answer = ask()
    if answer.status_code != HTTPStatus.OK:
        raise AssertionError(answer)
    return (perf_counter() - start) * 1000, (thread_time() - own) * 1000


def pages(app: Flask) -> dict[str, Callable[[], Any]]:
    """What a clerk, the county and the administrator open."""
    engine = app.extensions["xinshimin"].engine
    with writing(engine) as connection:
        boss = members.add(connection, "boss", "Boss", "administrator", None, "x", NOW)
        members.change(connection, boss, must_change_password=False)
        session = sessions.start(connection, boss, True, NOW)
    with reading(engine) as connection:
        last = connection.execute(
            appointments.select().where(appointments.c.source == "staff").order_by(
                appointments.c.id.desc()
            ).limit(1)
        ).one()  # fmt: skip
    look_ups.PEOPLE = look_ups.Limit(look_ups.PEOPLE.actions, 10**6)
    browser = Browser(app)
    browser.sign_in_with(session)
    tomorrow = NOW.date() + timedelta(days=1)
    found: dict[str, Callable[[], Any]] = {}
    for path in (
        "/staff/", DAY, f"{DAY}?hour=14", f"{DAY}?day={tomorrow}", f"{DAY}/appointments/{last.id}",
        "/staff/affected", "/staff/hours", "/staff/hours/oubei", "/staff/notices",
        "/staff/unmatched", "/staff/reports", "/staff/reports?first=2025-01-01",
        "/staff/reports/talks", "/staff/trail", "/staff/trail?account=clerk1",
        f"/staff/trail?day={NOW.date() - timedelta(days=60)}", "/staff/trail?appointment=77",
        "/staff/hours/week", f"{DAY}/today", f"{DAY}/print",
    ):  # fmt: skip
        found[path] = lambda path=path: browser.get(path)
    for label, who in (
        ("a code", last.code), ("a name", two_years.name_of(last.id)), ("a part of a name", "伟"),
        ("a telephone", two_years.phone_of(last.id)), ("its end", two_years.phone_of(last.id)[-4:]),
        ("nobody", "欧阳不在"),
    ):  # fmt: skip
        form = {"who": who, "day": str(NOW.date())}
        found[f"find by {label}"] = lambda form=form: browser.post(f"{DAY}/find", form)
    return found


if __name__ == "__main__":
    main()
