"""Which slots of a day a clerk can still put a person into."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row


def has_room(slot: Row[Any], now: datetime) -> bool:
    """Whether a person can still be put into the slot."""
    return bool(slot.open and slot.taken < slot.capacity and slot.ends_at > now)


def free(slots: list[Row[Any]], now: datetime) -> list[Row[Any]]:
    """The slots of a day to book a person into. After the day's last one has ended, those of today
    with a place left, for anyone who stands at the window all the same."""
    if any(slot.open and slot.ends_at > now for slot in slots):
        return [slot for slot in slots if has_room(slot, now)]
    today = now.date()
    return [s for s in slots if s.day == today and s.open and s.taken < s.capacity]
