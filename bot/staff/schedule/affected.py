"""Appointments whose window closed: kept, told, and listed until somebody settled them."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bot.booking import changes
from bot.database import reading, writing
from bot.models.notice import DELIVERED
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.counter.steps import appointment_at
from bot.staff.flashes import say

MOST = 100  # rows of the page; a closed day may hit two thousand


@blueprint.get("/affected")
@allowed(*EVERYBODY)
def affected() -> ResponseReturnValue:
    """The earliest of them, each with what became of the notice."""
    with reading(the_service().engine) as connection:
        rows, told = _mine(connection), changes.told(connection)
    delivered = sum(told.get(row.id) == DELIVERED for row in rows)
    return render_template(
        "staff/affected.html", rows=rows[:MOST], total=len(rows), told=told, delivered=delivered
    )


@blueprint.post("/affected/settle-told")
@allowed(*EVERYBODY)
def settle_told() -> ResponseReturnValue:
    """All whose notice was delivered at once, so that those remain who must be called."""
    with writing(the_service().engine) as connection:
        told = changes.told(connection)
        settled = [
            _settle(connection, row) for row in _mine(connection) if told.get(row.id) == DELIVERED
        ]
    say("settled" if any(settled) else "none_told", bad=not any(settled))
    return redirect(url_for("staff.affected"))


@blueprint.post("/sites/<site>/appointments/<int(max=2147483647):appointment>/settle")
@allowed(*EVERYBODY)
def settle(site: str, appointment: int) -> ResponseReturnValue:
    """The person was reached; the appointment leaves the list."""
    with writing(the_service().engine) as connection:
        row = appointment_at(connection, site, appointment)
        done = row.settled_at is not None or _settle(connection, row)
    say("settled" if done else "too_late", bad=not done)
    return redirect(url_for("staff.affected"))


def _mine(connection: Connection) -> list[Row[tuple[object, ...]]]:
    return [row for row in changes.unsettled(connection) if me().works_at(row.site)]


def _settle(connection: Connection, row: Row[tuple[object, ...]]) -> bool:
    now = the_service().clock()
    done = changes.settle(connection, row.id, now)
    if done:
        audit.record(
            connection, now, me().account, "settle", f"appointment {row.id}", site=row.site
        )
    return done
