"""`/sheet/papers`, `/result/…/papers`: papers ticked on the page are kept where the answers are."""

from flask import make_response, redirect, request
from flask.typing import ResponseReturnValue

from bot import talks
from bot.database import writing
from bot.pages.blueprint import blueprint
from bot.pages.oauth import person, personal
from bot.pages.own_answers import Own
from bot.pages.sealed_answers import keep_key, sealed
from bot.pages.web_result import opening
from bot.service import the_service
from dialogs.conversation import Conversation
from dialogs.flow import Talk
from dialogs.papers import State, papers, ticked

FIELD = "paper "
"""Before a paper's name: the list may be another one by the time the form comes."""
_STATES: dict[str, State] = {"have": "have", "missing": "missing"}


@blueprint.post("/sheet/papers")
@personal
def keep_papers() -> ResponseReturnValue:
    """What one has, and what one misses, in the talk as the chat would keep it."""
    with writing(the_service().engine) as connection:
        talks.changed(connection, person() or "", _ticked_in_talk)
    return redirect("/sheet#papers", 303)


@blueprint.post("/result/<answers>/papers")
@opening
def seal_papers(own: Own) -> ResponseReturnValue:
    """The same in the address."""
    address = f"/result/{sealed(_ticked(own.conversation))}#papers"
    return keep_key(make_response(redirect(address, 303)))


def _ticked_in_talk(conversation: Conversation) -> Conversation:
    """The talk with one's own ticks, no matter whose turn it is."""
    own = conversation.own
    if not own.consented:
        return conversation
    kept = _ticked(own)
    return kept.turned() if conversation.whose else kept


def _ticked(own: Conversation) -> Conversation:
    service = the_service()
    listing = papers(Talk(own, service.clock(), service.rules()))
    chosen = {paper.name: request.form.get(FIELD + paper.name, "") for paper in listing}
    said = {name: _STATES[state] for name, state in chosen.items() if state in _STATES}
    return own.but(papers=ticked(own.papers, said, listing))
