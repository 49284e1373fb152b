"""An appointment as an iCalendar file."""

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from dialogs.booking.desk import Place

REMIND_BEFORE = timedelta(hours=2)


def event(place: Place, title: str, about: str, now: datetime) -> bytes:
    """The file for the phone's calendar, with an alarm two hours before. The same appointment
    always has the same UID, so a moved one replaces the old entry."""
    entry = Event()
    entry.add("uid", f"{place.code}@xinshimin")
    entry.add("dtstamp", now)
    entry.add("dtstart", place.starts_at)
    entry.add("dtend", place.ends_at)
    entry.add("summary", title)
    entry.add("description", about)
    entry.add("location", f"{place.title} {place.address}".strip())
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -REMIND_BEFORE)
    entry.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//xinshimin-bot//appointments//")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content
