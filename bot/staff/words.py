"""How the console words what it shows of an appointment and its person."""

from typing import Any

from sqlalchemy import Row

from bot.booking.queries import standing
from bot.web.stored_words import words


def state_of(row: Row[Any]) -> str:
    """How an appointment stands, as a clerk reads it."""
    return words()["states"][standing(row)]


def masked_name(name: str | None) -> str:
    """A name as lists show it.

    >>> masked_name("张三丰"), masked_name("李四"), masked_name(None)
    ('张**', '李*', '')
    """
    return name[0] + "*" * (len(name) - 1) if name else ""


def masked_phone(phone: str | None) -> str:
    """A telephone number as lists show it; short ones keep their last two digits only.

    >>> masked_phone("13812345678"), masked_phone("665812"), masked_phone("")
    ('138****5678', '****12', '')
    """
    if not phone:
        return ""
    if len(phone) < 11:
        return "*" * (len(phone) - 2) + phone[-2:]
    return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]
