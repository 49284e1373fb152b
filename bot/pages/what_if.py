"""如果……会怎样: several things at once, by a day. The address says what is supposed; nothing is
stored."""

import re
from datetime import date, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot.pages.own_answers import Own
from bot.pages.shift import Shift
from dialogs.flow import Talk
from dialogs.questions import titles
from dialogs.supposed import Option, options
from scoring.analysis.suppose import Supposed, suppose

FARTHEST = timedelta(days=3653)
SUGGESTED = 5
_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})(?:\D{1,3}(\d{1,2})\D{0,3}|\D{0,3})")
"""2027-05-01, 2027/5/1, 2027年5月1日, 2027年5月."""


def what_if(own: Own) -> ResponseReturnValue:
    """The page: what one may suppose, and what it would come to."""
    talk = own.talk
    offered = options(talk)
    ids = request.args.getlist("if")
    taken = {one.supposed.fact: one for one in offered if one.supposed.id in ids}
    written = request.args.get("by", "").strip()
    by = day_written(written, talk.today) if written else talk.today
    found = None
    if by and (taken or by > talk.today):
        found = _supposed(talk, list(taken.values()), by)
    return render_template(
        "pages/what_if.html",
        base=own.base,
        whose=own.conversation.whose,
        offered=offered,
        taken=[one.supposed.id for one in taken.values()],
        labels=[one.label for one in taken.values()],
        written=by.isoformat() if by and written else written[:10],
        no_day=by is None,
        today=talk.today,
        last=talk.today + FARTHEST,
        found=found,
        shift=found and Shift(found.now, found.then),
        early=titles(found.early) if found else [],
        going=titles(found.going) if found else [],
        contained=[
            one.label for one in taken.values() if found and one.supposed.fact in found.going
        ],
    )


def suggested(talk: Talk) -> list[Option]:
    """The first of each question that everybody is asked, as far as they go on one line or two."""
    first = {one.supposed.fact: one for one in reversed(options(talk)) if one.near}
    return list(reversed(first.values()))[:SUGGESTED]


def day_written(text: str, today: date) -> date | None:
    """The day of the form, also as people write it where the browser offers no calendar; a month
    is its first day. None where it is none, or not in the next ten years.

    >>> day_written("2027年5月", date(2026, 11, 23)), day_written("2026-05-01", date(2026, 11, 23))
    (datetime.date(2027, 5, 1), None)
    """
    match = _DAY.fullmatch(text[:20])
    if match is None:
        return None
    try:
        found = date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return None
    return found if today <= found <= today + FARTHEST else None


def _supposed(talk: Talk, taken: list[Option], by: date) -> Supposed:
    supposed = tuple(one.supposed for one in taken)
    return suppose(talk.rules, talk.facts, supposed, on=talk.today, by=by)
