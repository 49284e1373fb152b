"""A change of hours, looked at and carried out."""

from typing import NamedTuple

from flask import render_template, request

from bot.booking import changes
from bot.booking.aftermath import CLOSED, REOPENED
from bot.database import reading, writing
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import me
from bot.staff.flashes import say
from bot.staff.reach import prospect
from bot.staff.schedule.faulty import FaultyError
from bot.staff.schedule.hours_forms import Wanted
from bot.staff.sites import site_titles


class Place(NamedTuple):
    """Where the dry run leads on to, and back to."""

    apply: str
    back: str


def looked_at(change: Wanted, place: Place) -> str:
    """The dry run: nothing changes, and the page says what would.

    Raises:
        FaultyError: what should be changed is not there.
    """
    service = the_service()
    try:
        with writing(service.engine) as connection:
            given = change.taken(connection) | change.figures() | change.typed()
            titles = site_titles(connection)
            effect = changes.preview(connection, change.change, service.clock())
    except changes.GoneError as error:
        raise FaultyError("gone") from error
    except changes.NoSuchWindowError as error:
        raise FaultyError("window") from error
    with reading(service.engine) as connection:  # hundreds of looks: no message waits for them
        hit = prospect(connection, effect.hit, CLOSED)
        again = prospect(connection, effect.restored, REOPENED)
    return render_template(
        "staff/hours_preview.html",
        effect=effect,
        prospects={"hit": hit, "again": again},
        fields=[pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"],
        change=change,
        given={name: value for name, value in given.items() if name != "site"},
        titles=titles,
        place=place,
    )


def carried_out(change: Wanted) -> None:
    """Do it, after the dry run was seen, and note it; a button tapped twice does it once.

    Raises:
        FaultyError: what should be changed is not there.
    """
    service, effect = the_service(), None
    try:
        with writing(service.engine) as connection:
            now = service.clock()
            noted = (me().account, change.action, change.target, change.typed())
            if not audit.just_done(connection, now, *noted, **change.figures()):
                figures = change.figures() | change.taken(connection)
                effect = changes.apply(connection, change.change, now)
                audit.record(connection, now, *noted, **figures, hit=len(effect.hit))
    except changes.GoneError as error:
        raise FaultyError("gone") from error
    except changes.NoSuchWindowError as error:
        raise FaultyError("window") from error
    hit, again = (len(effect.hit), len(effect.restored)) if effect else (0, 0)
    say("hours_changed", hit=hit, again=again)
