"""What the two forms that settle many appointments at once share: 日终登记 and 补录纸上登记."""

from typing import Any

from flask import request
from sqlalchemy import Row

from bot.booking.day_end import OUTCOMES
from bot.staff.flashes import say

AT_ONCE = 100  # rows of one form


def listed(rows: list[Row[Any]]) -> dict[str, object]:
    """The rows of one form, how many come after them, and what can be noted of each."""
    return {"rows": rows[:AT_ONCE], "more": len(rows[AT_ONCE:]), "outcomes": OUTCOMES}


def is_as_shown(row: Row[Any]) -> bool:
    """Whether a row of the form that was sent stands as it did: no colleague noted anything."""
    return bool(request.form.get(f"was-{row.id}") == row.state)


def say_settled(done: int) -> None:
    """Say how many were settled, and of how many chosen ones a colleague was faster."""
    chosen = sum(one in OUTCOMES for name, one in request.form.items() if name.startswith("to-"))
    say("day_settled", count=done, skipped=chosen - done)
