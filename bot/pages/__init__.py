"""Pages for everybody: what this is, the rules, the questionnaire, one's own sheet, privacy."""

from bot.pages import (
    about,
    activity,
    appointments,
    changes,
    check,
    consent,
    estimate,
    keepsake,
    letters,
    my_data,
    oauth,
    papers,
    rules,
    sheet,
    sign_out,
    steps,
    web_result,
)
from bot.pages.blueprint import blueprint

__all__ = [
    "about",
    "activity",
    "appointments",
    "blueprint",
    "changes",
    "check",
    "consent",
    "estimate",
    "keepsake",
    "letters",
    "my_data",
    "oauth",
    "papers",
    "rules",
    "sheet",
    "sign_out",
    "steps",
    "web_result",
]
