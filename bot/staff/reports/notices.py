"""The outbox as the staff see it: what went out, what was refused, what failed."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from bot.booking.tables import notices as table
from bot.database import reading
from bot.models.notice import DELIVERED, DROPPED, FAILED, REFUSED, WAITING
from bot.people import pseudonym
from bot.service import the_service
from bot.staff.auth.access import DESK, allowed
from bot.staff.blueprint import blueprint
from bot.web.stored_words import words

STATES = (WAITING, DELIVERED, REFUSED, FAILED, DROPPED)
MOST = 100


@blueprint.get("/notices")
@allowed(*DESK)
def notices() -> ResponseReturnValue:
    """Counts by state, and the latest of one state. People appear as pseudonyms only."""
    service = the_service()
    state = request.args.get("state", FAILED)
    with reading(service.engine) as connection:
        grouped = select(table.c.state, func.count()).group_by(table.c.state)
        counts = {str(row[0]): int(row[1]) for row in connection.execute(grouped)}
        latest = table.select().where(table.c.state == state)
        rows = connection.execute(latest.order_by(table.c.id.desc()).limit(MOST)).all()
    return render_template(
        "staff/notices.html",
        counts=counts,
        states=STATES,
        state=state,
        rows=[(row, pseudonym(service.settings.secret_key, row.person)) for row in rows],
        explained=explained,
    )


def explained(error: str) -> str:
    """Why a notice did not go out, for a person who knows no error codes; what the platform said
    stands behind it, for a person who does.

    >>> explained("40164 invalid ip"), explained("ReadTimeout"), explained("")
    ('服务器没有加进公众号的 IP 名单，请找管服务器的同事（40164）', '没发成（ReadTimeout）', '')
    """
    if not error or error in words()["reasons"]:
        return words()["reasons"].get(error, "")
    platform, code = words()["platform"], error.partition(" ")[0]
    if error in platform:
        return platform[error]
    return f"{platform[code]}（{code}）" if code in platform else f"{platform['other']}（{error}）"
