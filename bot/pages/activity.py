"""Who uses a page was seen: what they told the chat is not too old to keep."""

from flask import Response

from bot.pages.blueprint import blueprint
from bot.pages.oauth import person
from bot.retention import see
from bot.service import the_service


@blueprint.after_request
def note_seen(response: Response) -> Response:
    """Remember that this person is still there; nothing for people we do not know."""
    who = person()
    if who is not None:
        see(the_service().engine, who, the_service().clock())
    return response
