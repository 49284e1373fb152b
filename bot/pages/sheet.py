"""`/sheet`: a person's own sheet, from the answers given in the chat, which can be changed there.

The token in a link from the chat says whose sheet it is; WeChat says who looks. Both must be the
same person, so a forwarded link shows nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from bot import talks
from bot.database import reading, writing
from bot.pages.blueprint import blueprint
from bot.pages.oauth import person, personal
from bot.pages.own_answers import Own, change, was_before
from bot.pages.own_talk import LostError, current, read_talk
from bot.pages.result import shown
from bot.pages.what_if import what_if
from bot.service import the_service
from bot.web import tokens
from bot.worksheets import Sheet, latest_result
from dialogs.conversation import Conversation
from dialogs.conversation import Facts as Told
from dialogs.correction import Correction, corrected, resumed
from dialogs.flow import Talk
from dialogs.questions import Question
from dialogs.rule_changes import news_since
from dialogs.side_by_side import Beside
from scoring import FACTS, Comparison, Facts, Ruleset, compare, estimate, read_facts
from scoring.rulefile.model import Written

PURPOSE = "sheet"


@blueprint.get("/sheet")
@personal
def own_sheet() -> ResponseReturnValue:
    """The sheet of anyone who looks."""
    return _sheet(person() or "", the_service().clock())


@blueprint.get("/sheet/<token>")
@personal
def sheet(token: str) -> ResponseReturnValue:
    """The sheet a link from the chat leads to, if it is one's own; also after the link lapsed."""
    service = the_service()
    owner = tokens.whose(service.settings.secret_key, PURPOSE, token)
    if owner is None:
        return render_template("pages/no_sheet.html", why="forged"), 404
    if owner != person():
        return render_template("pages/no_sheet.html", why="other"), 403
    return _sheet(owner, service.clock())


@blueprint.route("/sheet/change/<id>", methods=["GET", "POST"])
@personal
def change_sheet(id: str) -> ResponseReturnValue:
    """One answer, kept as the chat would keep it."""
    own = own_sheet_of(person() or "")
    return change(own, id) if own else _none("empty")


@blueprint.get("/sheet/what-if")
@personal
def suppose_sheet() -> ResponseReturnValue:
    """What it would be if something were otherwise."""
    own = own_sheet_of(person() or "")
    return what_if(own) if own else _none("empty")


@blueprint.get("/sheet/other")
@personal
def other_sheet() -> ResponseReturnValue:
    """The other one of the household: the number, and answers that can be changed as one's own."""
    theirs, own = own_sheet_of(person() or "", other=True), own_sheet_of(person() or "")
    if theirs is None or own is None:
        return _none("empty")
    beside = _beside(own, theirs.conversation.whose, theirs.talk.facts)
    return render_template("pages/other.html", **shown(theirs, was_before()), others=beside)


@blueprint.route("/sheet/other/change/<id>", methods=["GET", "POST"])
@personal
def change_other(id: str) -> ResponseReturnValue:
    """One answer of the other one."""
    theirs = own_sheet_of(person() or "", other=True)
    return change(theirs, id) if theirs else _none("empty")


@blueprint.get("/sheet/other/what-if")
@personal
def suppose_other() -> ResponseReturnValue:
    """What theirs would be if something were otherwise."""
    theirs = own_sheet_of(person() or "", other=True)
    return what_if(theirs) if theirs else _none("empty")


def _none(why: str) -> ResponseReturnValue:
    return render_template("pages/no_sheet.html", why=why), 404


def own_sheet_of(owner: str, other: bool = False) -> Own | None:
    """The answers of the chat, one's own or those of the `other` one; None where there are none, or
    no consent to keep any."""
    with reading(the_service().engine) as connection:
        conversation, _ = _told(connection, owner)
    if conversation is None or not conversation.consented:
        return None
    if other and conversation.other is None:
        return None
    return _own_of(conversation, owner, other)


def _own_of(conversation: Conversation, owner: str, other: bool = False) -> Own:
    def side(conversation: Conversation) -> Conversation:
        theirs = conversation.other or Conversation()
        return theirs if other else conversation.own

    def keep(question: Question, facts: Told) -> tuple[Correction, str]:
        kept: list[Correction] = []

        def correct(conversation: Conversation) -> Conversation:
            talk = Talk(current(conversation, service), service.clock(), service.rules())
            turn = side(talk.conversation)
            correction = corrected(talk.after(turn), question, facts)
            kept.append(correction)
            after = correction.conversation
            turned = turn.whose != talk.conversation.whose
            return after.turned() if turned else resumed(talk.after(after))

        with writing(service.engine) as connection:
            if not talks.changed(connection, owner, correct):
                abort(404)
        return kept[-1], base

    service, base = the_service(), "/sheet/other" if other else "/sheet"
    return Own(side(current(conversation, service)), base, keep)


def _sheet(owner: str, now: datetime) -> ResponseReturnValue:
    with reading(the_service().engine) as connection:
        review = latest_result(connection, owner)
        conversation, why = _told(connection, owner)
    own = _own_of(conversation or Conversation(), owner)
    facts, other = own.talk.facts, own.conversation.other
    theirs = _known(other.facts) if other else Facts()
    if not facts and not theirs and review is None:
        return _none(why)
    if not facts and not theirs and review and review.sent_at is None:
        return render_template("pages/no_sheet.html", why="taken_back", review=review)
    rules: Ruleset = the_service().rules()
    return render_template(
        "pages/sheet.html",
        **shown(own, was_before()),
        comparison=_comparison(rules, facts, now),
        others=_beside(own, other.whose, theirs) if other and theirs else [],
        news=news_since(own.conversation, rules, now),
        review=review,
        labels=_labels(rules.told(now.date()), review),
    )


def _beside(own: Own, whose: str, theirs: Facts) -> list[Beside]:
    talk = own.talk
    found = estimate(talk.rules, theirs, on=talk.today)
    return [Beside(whose, talk.estimate, found, talk.rules.catalogue)]


def facts_of(connection: Connection, owner: str) -> Facts:
    """What the person said in the chat, as far as the rules still know of it."""
    conversation, _ = _told(connection, owner)
    return _known(conversation.own.facts) if conversation else Facts()


def _told(connection: Connection, owner: str) -> tuple[Conversation | None, str]:
    """The talk, and why there is none, if there is none."""
    try:
        return read_talk(connection, owner), "empty"
    except LostError:
        return None, "lost"


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
