"""For whom one books: each with a WeChat of their own."""

from __future__ import annotations

from dialogs.intents.household import done_for_another
from dialogs.phrases import say


def for_whom(text: str) -> str:
    """What is said first where a message books for another; "" where it does not."""
    return say("booking/for_another") if done_for_another(text) else ""
