"""Answers as people write them, read into values. Pure: the day is an argument.

Only what is certain is understood; everything else is refused with a stable reason, so that the
conversation can ask back. See `dialogs/README.md` for how to add a word or a form.
"""

from dialogs.language.options.choices import choose, choose_many
from dialogs.language.outcome import Kind, Option, Refused, Understood, Value, Why
from dialogs.language.precheck import id_number
from dialogs.language.recognisers.parse import parse
from dialogs.language.recognisers.yesno import agrees
from dialogs.language.text import too_long
from dialogs.language.text_scope import beyond_county, only_elsewhere
from dialogs.language.vocabulary import in_the_county

__all__ = [
    "Kind",
    "Option",
    "Refused",
    "Understood",
    "Value",
    "Why",
    "agrees",
    "beyond_county",
    "choose",
    "choose_many",
    "id_number",
    "in_the_county",
    "only_elsewhere",
    "parse",
    "too_long",
]
