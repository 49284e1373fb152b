"""Answers as people write them, read into values. Pure: the day is an argument.

Only what is certain is understood; everything else is refused with a stable reason, so that the
conversation can ask back. See `dialogs/README.md` for how to add a word or a form.
"""

from dialogs.language.choices import choose, choose_many
from dialogs.language.extract import Several, beyond_county, several
from dialogs.language.fact_keywords import in_the_county
from dialogs.language.outcome import Kind, Option, Refused, Understood, Value, Why
from dialogs.language.parse import parse
from dialogs.language.precheck import id_number
from dialogs.language.scope import mine
from dialogs.language.text import too_long
from dialogs.language.yesno import agrees

__all__ = [
    "Kind",
    "Option",
    "Refused",
    "Several",
    "Understood",
    "Value",
    "Why",
    "agrees",
    "beyond_county",
    "choose",
    "choose_many",
    "id_number",
    "in_the_county",
    "mine",
    "parse",
    "several",
    "too_long",
]
