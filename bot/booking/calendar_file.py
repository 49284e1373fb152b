"""An appointment as an iCalendar file."""

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from dialogs.booking.protocol import Place

REMIND_BEFORE = timedelta(hours=2)


def event(
    place: Place,
    number: int,
    changes: int,
    title: str,
    about: str,
    now: datetime,
    *,
    cancelled: bool = False,
) -> bytes:
    """The file for the phone's calendar, with an alarm two hours before. The same appointment
    (`number`) always has the same UID, and a moved or `cancelled` one a higher SEQUENCE
    (`changes`), so it replaces the old entry, or takes it away; check-in codes come round again and
    name nothing for good."""
    entry = Event()
    entry.add("uid", f"appointment-{number}@xinshimin")
    entry.add("sequence", changes + cancelled)
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    entry.add("dtstamp", now)
    entry.add("dtstart", place.starts_at)
    entry.add("dtend", place.ends_at)
    entry.add("summary", title)
    entry.add("description", about)
    entry.add("location", f"{place.title} {place.address}".strip())
    if not cancelled:
        entry.add_component(_alarm(title))
    calendar = Calendar()
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add("prodid", "-//xinshimin-bot//appointments//")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    calendar.add_missing_timezones(first_date=place.starts_at.date())
    content: bytes = calendar.to_ical()
    return content


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -REMIND_BEFORE)
    return alarm
