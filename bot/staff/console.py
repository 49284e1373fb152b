"""The console's views, gathered under its blueprint."""

from bot.staff import layout
from bot.staff.auth import accounts, own_password, second_step, sign_in
from bot.staff.blueprint import blueprint
from bot.staff.counter import (
    appointment,
    calls,
    day,
    day_end,
    find,
    home,
    paper,
    print_day,
    queue_rules,
    review,
    seat,
    steps,
    walk_ins,
)
from bot.staff.office import changes, files, unmatched, waiting_rules
from bot.staff.reports import notices, trail, views
from bot.staff.schedule import affected, hours, today, waiting_list, week

__all__ = [
    "accounts",
    "affected",
    "appointment",
    "blueprint",
    "calls",
    "changes",
    "day",
    "day_end",
    "files",
    "find",
    "home",
    "hours",
    "layout",
    "notices",
    "own_password",
    "paper",
    "print_day",
    "queue_rules",
    "review",
    "seat",
    "second_step",
    "sign_in",
    "steps",
    "today",
    "trail",
    "unmatched",
    "views",
    "waiting_list",
    "waiting_rules",
    "walk_ins",
    "week",
]
