"""Answers as people write them, read into values. Pure: the day is an argument.

Only what is certain is understood; everything else is refused with a stable reason, so that the
conversation can ask back. See `dialogs/README.md` for how to add a word or a form.
"""

from dialogs.answers.choices import choose, choose_many
from dialogs.answers.outcome import Kind, Option, Refused, Understood, Value, Why
from dialogs.answers.parse import parse
from dialogs.answers.several import Several, several

__all__ = [
    "Kind",
    "Option",
    "Refused",
    "Several",
    "Understood",
    "Value",
    "Why",
    "choose",
    "choose_many",
    "parse",
    "several",
]
