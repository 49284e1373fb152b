"""Who uses a page was seen: what they told the chat is not too old to keep."""

import logging

from flask import Response
from sqlalchemy.exc import DatabaseError

from bot.pages.blueprint import blueprint
from bot.pages.oauth import person
from bot.retention import see
from bot.service import the_service
from bot.web.guard import AWAY

log = logging.getLogger(__name__)


@blueprint.after_request
def note_seen(response: Response) -> Response:
    """Remember that this person is still there; nothing for people we do not know. Where that
    fails, the answer stands: what it tells may be done already."""
    try:
        who = person()
        if who is not None:
            see(the_service().engine, who, the_service().clock())
    except (*AWAY, DatabaseError) as error:
        log.warning("a visit was not noted: %s", str(error).partition("\n")[0])
    return response
