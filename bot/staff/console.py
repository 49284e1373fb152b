"""The console's views, gathered under its blueprint."""

from bot.staff import (
    accounts,
    appointment,
    day,
    home,
    hours,
    layout,
    notices,
    orphans,
    reports,
    review,
    sign_in,
    steps,
    trail,
    unmatched,
    waiting_rules,
    walk_ins,
)
from bot.staff.blueprint import blueprint

__all__ = [
    "accounts",
    "appointment",
    "blueprint",
    "day",
    "home",
    "hours",
    "layout",
    "notices",
    "orphans",
    "reports",
    "review",
    "sign_in",
    "steps",
    "trail",
    "unmatched",
    "waiting_rules",
    "walk_ins",
]
