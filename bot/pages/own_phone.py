"""`/appointments/phone`: the telephone that is left with one's appointment, or taken back."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from bot.booking.own_phone import keep_phone
from bot.database import writing
from bot.pages.appointments import mine_page, written_phone
from bot.pages.blueprint import blueprint
from bot.pages.oauth import person, personal
from bot.service import the_service
from dialogs.booking.telephone import mobile_in


@blueprint.post("/appointments/phone")
@personal
def leave_phone() -> ResponseReturnValue:
    """Keep it; an empty field forgets it."""
    service, written = the_service(), written_phone()
    number = mobile_in(written)
    if written and number is None:
        flash("phone_wrong")
        return mine_page(typed=written), 400
    with writing(service.engine) as connection:
        done = keep_phone(connection, person() or "", number or "", service.clock())
    flash(("phone_kept" if number else "phone_gone") if done else "phone_too_late")
    return redirect(url_for("pages.my_appointment"))
