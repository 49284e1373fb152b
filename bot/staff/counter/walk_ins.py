"""Booking for a person who telephones, or stands at the window without an appointment."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, select

from bot.booking import counter, transitions
from bot.booking.slots import lock
from bot.booking.tables import appointments, slots
from bot.database import writing
from bot.models.appointment import ACTIVE, ARRIVED
from bot.service import the_service
from bot.staff import audit
from bot.staff.auth.access import EVERYBODY, allowed, me
from bot.staff.blueprint import blueprint
from bot.staff.counter.day import day_page
from bot.staff.counter.free_slots import free
from bot.staff.counter.steps import appointment_at
from bot.staff.flashes import about, say
from bot.staff.forms import given_day, row_number, short_text, telephone
from dialogs.booking.purposes import PURPOSES


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whom to book for, and where. `here`: stands at the window already."""

    slot: int
    day: date
    purpose: str
    name: str
    phone: str
    here: bool


@blueprint.post("/sites/<site>/book")
@allowed(*EVERYBODY)
def book(site: str) -> ResponseReturnValue:
    """Book, or say what is missing and keep what was typed."""
    service, form = the_service(), request.form
    chosen = given_day(form.get("day"), service.clock().date())
    visitor = _visitor(chosen)
    if visitor is None:
        return day_page(site, chosen, filled=form, fault="name_and_phone"), 400
    with writing(service.engine) as connection:
        now = service.clock()
        made = _booked_before(connection, site, visitor, now)
        if made is None:
            made = _book(connection, site, visitor, now)
        row = made and appointment_at(connection, site, made)
    if not row:
        return day_page(site, chosen, filled=form, fault="slot_full"), 409
    say("checked_in" if visitor.here else "booked", **about(row))
    return redirect(url_for("staff.appointment", site=site, appointment=made))


def _visitor(day: date) -> Visitor | None:
    """As the form has it; None when something is missing. Anyone who stands there needs no call."""
    form = request.form
    name, phone = short_text(form.get("name"), 20), telephone(form.get("phone"))
    here, typed = form.get("here") == "1", bool(form.get("phone", "").strip())
    slot, purpose = row_number(form.get("slot")), form.get("purpose", "")
    lacks_phone = phone is None and (typed or not here)
    if not name or lacks_phone or slot is None or purpose not in PURPOSES:
        return None
    return Visitor(slot, day, purpose, name, phone or "", here)


def _booked_before(
    connection: Connection, site: str, visitor: Visitor, now: datetime
) -> int | None:
    """The appointment of the same person in the same slot a moment ago: the button was tapped
    twice. Later it is another person of that name."""
    here = (slots.c.id == visitor.slot) & (slots.c.site == site)
    lock(connection, visitor.slot)
    slot = connection.scalar(select(slots.c.id).where(here))
    just_made = select(appointments.c.id, appointments.c.name, appointments.c.phone).where(
        appointments.c.slot == slot,
        appointments.c.state.in_(ACTIVE),
        appointments.c.created_at > now - audit.A_MOMENT,
    )
    who = (visitor.name, visitor.phone or None)
    same = (row.id for row in connection.execute(just_made) if (row.name, row.phone) == who)
    return next(same, None)


def _book(connection: Connection, site: str, visitor: Visitor, now: datetime) -> int | None:
    """The new appointment's number; None when the slot is full, over, or not this site's."""
    open_now = free(counter.slots_of_day(connection, site, visitor.day), now)
    if visitor.slot not in [one.id for one in open_now if visitor.here or one.ends_at > now]:
        return None
    about: dict[str, object] = {"name": visitor.name, "phone": visitor.phone}
    made = counter.book_for(
        connection, visitor.slot, visitor.purpose, now, name=visitor.name, phone=visitor.phone
    )
    if made is None:
        return None
    if visitor.here:
        transitions.step(connection, made, ARRIVED, now)
    action = "walk_in" if visitor.here else "book_by_phone"
    audit.record(connection, now, me().account, action, f"appointment {made}", about, site=site)
    return made
