"""`/wechat`: where the platform delivers messages.

Wrongly signed → 403. Signed but unreadable → `success` and a line in the log, since delivering it
again would not help. Never 5xx: after a few of those the platform holds back everybody's messages.
"""

import logging

from flask import Blueprint, Response, request

from bot import metrics
from bot.service import the_service
from bot.wechat.chain import Call
from bot.wechat.crypto import FrameError
from bot.wechat.envelope import LARGEST_BODY, ForgedError, check_address, open_body
from bot.wechat.handlers import CHAIN
from bot.wechat.message import message_from
from bot.wechat.xml import UnreadableError, text_reply

blueprint = Blueprint("wechat", __name__)
log = logging.getLogger(__name__)


@blueprint.get("/wechat")
def prove() -> Response:
    """The platform asks whether this address is ours: the given text, returned as it came."""
    service = the_service()
    try:
        check_address(request.args, service.settings, service.clock().timestamp())
    except ForgedError as error:
        return _refused(error)
    return _plain(request.args.get("echostr", ""))


@blueprint.post("/wechat")
def receive() -> Response:
    """One delivery of one message."""
    service = the_service()
    now = service.clock()
    body = request.stream.read(LARGEST_BODY + 1)
    try:
        envelope, tree = open_body(request.args, body, service.settings, now.timestamp())
        message = message_from(tree)
    except ForgedError as error:
        return _refused(error)
    except (UnreadableError, FrameError) as error:
        log.warning("unreadable message, %d bytes or more: %s", len(body), error)
        metrics.UNREADABLE.inc()
        return _plain("success")
    answer = CHAIN(Call(service, message, now))
    if not answer:
        return _plain("success")
    reply = text_reply(message.person, message.account, int(now.timestamp()), answer)
    return Response(envelope.seal(reply, service.settings), mimetype="application/xml")


def _refused(error: ForgedError) -> Response:
    log.warning("refused: %s", error)
    metrics.FORGED.inc()
    return _plain("forbidden", 403)


def _plain(text: str, status: int = 200) -> Response:
    """As plain text: the platform reads it, and no browser takes it for a page."""
    headers = {"X-Content-Type-Options": "nosniff"}
    return Response(text, status, headers, mimetype="text/plain")
