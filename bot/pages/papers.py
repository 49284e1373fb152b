"""`/sheet/papers`: papers ticked on the sheet are kept in the talk, as the chat would keep them."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot import talks
from bot.database import writing
from bot.pages.blueprint import blueprint
from bot.pages.oauth import person, personal
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
    """What one has, and what one misses."""
    with writing(the_service().engine) as connection:
        talks.changed(connection, person() or "", _ticked)
    return redirect(url_for("pages.own_sheet", _anchor="papers"), 303)


def _ticked(conversation: Conversation) -> Conversation:
    """The talk with one's own ticks, whoever's turn it is."""
    service, own = the_service(), conversation.own
    if not own.consented:
        return conversation
    listing = papers(Talk(own, service.clock(), service.rules()))
    chosen = {paper.name: request.form.get(FIELD + paper.name, "") for paper in listing}
    said = {name: _STATES[state] for name, state in chosen.items() if state in _STATES}
    kept = own.but(papers=ticked(own.papers, said, listing))
    return kept.turned() if conversation.whose else kept
