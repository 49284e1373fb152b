"""What the layout of every console page shows."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Row

from bot.staff.auth.access import ADMINISTRATOR, DESK, EVERYBODY, signed_in
from bot.staff.blueprint import blueprint
from bot.staff.words import masked_name, masked_phone, state_of
from bot.web.stored_words import words


@dataclass(frozen=True, slots=True)
class Way:
    """An entry of the navigation, for these roles; `pages` are those one reaches through it. Its
    label is in `words.yaml`, under `ways`."""

    endpoint: str
    roles: tuple[str, ...]
    pages: tuple[str, ...] = ()


DAY = (
    *(
        "staff.day",
        "staff.find",
        "staff.find_anywhere",
        "staff.book",
        "staff.appointment",
        "staff.contact",
    ),
    *(
        "staff.review",
        "staff.print_day",
        "staff.today",
        "staff.preview_today",
        "staff.save_review",
        "staff.take_over",
    ),
    *("staff.queue_rules", "staff.day_end"),
)
ACCOUNTS = (
    *("staff.account", "staff.add_account", "staff.reset_password", "staff.change_role"),
    "staff.issue_codes",
)
OFFICE = (
    *("staff.office_entry", "staff.office_text", "staff.office_fill", "staff.office_change"),
    "staff.preview_office",
)
WAYS = (
    Way("staff.home", EVERYBODY, DAY),
    Way("staff.affected", EVERYBODY),
    Way("staff.waiting_list", EVERYBODY),
    Way("staff.hours_home", DESK, ("staff.hours", "staff.preview_hours", "staff.week")),
    Way("staff.notices", DESK),
    Way("staff.unmatched", DESK),
    Way("staff.office", DESK, OFFICE),
    Way("staff.waiting_rules", DESK),
    Way("staff.reports", DESK, ("staff.talk_reports",)),
    Way("staff.accounts", (ADMINISTRATOR,), ACCOUNTS),
    Way("staff.trail", (ADMINISTRATOR,)),
)


class OwnPaths:
    """Addresses of appointments: a page may have hundreds, and building each anew from the rules of
    all addresses takes a quarter of its time."""

    def __init__(self) -> None:
        self._begin: dict[str, str] = {}

    def __call__(self, row: Row[Any], step: str = "") -> str:
        """That of its page, or of a step of it."""
        begin = self._begin.get(row.site)
        if begin is None:
            built = url_for("staff.appointment", site=row.site, appointment=0)
            begin = self._begin[row.site] = built.removesuffix("0")
        return f"{begin}{row.id}/{step}" if step else f"{begin}{row.id}"


@blueprint.context_processor
def layout() -> dict[str, object]:
    """Who is signed in, where that person may go, and the words of the console."""
    here = signed_in()
    member = here.member if here and here.complete else None
    return {
        "me": member,
        "ways": [way for way in WAYS if member and member.role in way.roles],
        "words": words(),
        "own_path": OwnPaths(),
        "state_of": state_of,
        "masked_name": masked_name,
        "masked_phone": masked_phone,
    }
