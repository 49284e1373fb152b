"""`/sheet`: a person's own sheet, from the answers given in the chat.

The token in a link from the chat says whose sheet it is, and lapses; WeChat says who looks. Both
must be the same person, so a forwarded link shows nothing.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot.database import reading
from bot.pages.blueprint import blueprint
from bot.pages.oauth import person, personal
from bot.pages.result import shown
from bot.sealing.keyring import DamagedError
from bot.service import the_service
from bot.store import profiles_told, ticks_told
from bot.web import tokens
from bot.worksheets import Sheet, latest_result
from dialogs.conversation import Ticks
from dialogs.side_by_side import Beside
from scoring import (
    FACTS,
    Comparison,
    Facts,
    Ruleset,
    compare,
    estimate,
    read_facts,
)
from scoring.rulefile.model import Written

PURPOSE = "sheet"

log = logging.getLogger(__name__)


@blueprint.get("/sheet")
@personal
def own_sheet() -> ResponseReturnValue:
    """The sheet of whoever looks."""
    return _sheet(person() or "", the_service().clock())


@blueprint.get("/sheet/<token>")
@personal
def sheet(token: str) -> ResponseReturnValue:
    """The sheet a link from the chat leads to, if it is one's own."""
    service = the_service()
    now = service.clock()
    owner = tokens.read(service.settings.secret_key, PURPOSE, token, int(now.timestamp()))
    if owner is None:
        return render_template("pages/no_sheet.html", why="lapsed"), 404
    if owner != person():
        return render_template("pages/no_sheet.html", why="other"), 403
    return _sheet(owner, now)


def _sheet(owner: str, now: datetime) -> ResponseReturnValue:
    with reading(the_service().engine) as connection:
        review = latest_result(connection, owner)
        told, why = _told(connection, owner)
        ticks = ticks_told(connection, owner) if told else Ticks()
    facts, others = _known(told.pop("", {})), {whose: _known(one) for whose, one in told.items()}
    nothing = not facts and not any(others.values())
    if nothing and review is None:
        return render_template("pages/no_sheet.html", why=why), 404
    if nothing and review and review.sent_at is None:
        return render_template("pages/no_sheet.html", why="taken_back", review=review)
    rules: Ruleset = the_service().rules()
    own = estimate(rules, facts, on=now.date())
    return render_template(
        "pages/sheet.html",
        **shown(rules, facts, now.date(), ticks),
        comparison=_comparison(rules, facts, now),
        others=[
            Beside(whose, own, estimate(rules, one, on=now.date()), rules.catalogue)
            for whose, one in others.items()
            if one
        ],
        review=review,
        labels=_labels(rules.told(now.date()), review),
    )


def facts_of(connection: Connection, owner: str) -> Facts:
    """What the person said in the chat, as far as the rules still know of it."""
    return _known(_told(connection, owner)[0].get("", {}))


def _told(connection: Connection, owner: str) -> tuple[dict[str, dict[str, Any]], str]:
    """The facts by whose they are, and why there are none, if there are none."""
    try:
        return profiles_told(connection, owner), "empty"
    except DamagedError as error:
        log.error("a page goes without a talk, which is lost: %s", error)
        return {}, "lost"


def _known(told: Mapping[str, Any]) -> Facts:
    return read_facts({fact: value for fact, value in told.items() if fact in FACTS})


def _comparison(rules: Ruleset, facts: Facts, now: datetime) -> Comparison | None:
    """Under the ruleset before this one, None where there is none."""
    earlier = the_service().earlier_rules()
    return earlier and compare(earlier, rules, facts, on=now.date())


def _labels(rules: Written, review: Sheet | None) -> dict[str, str]:
    """The items of the worksheet in the order of the annex."""
    if review is None or review.sent_at is None:
        return {}
    known = {item.id: item.label for item in rules.items() if item.id in review.lines}
    return known | {id: id for id in review.lines if id not in known}
