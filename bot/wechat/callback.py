"""`/wechat`: where the platform delivers messages.

Wrongly signed → 403. Signed but unreadable → `success` and a line in the log, since delivering it
again would not help. Never 5xx: after a few of those the platform holds back everybody's messages.

A WSGI application of its own before Flask's: it needs neither session nor routing nor templates,
which would be an eighth of the time of a message.
"""

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from bot import metrics
from bot.service import Service
from bot.wechat.chain import Call
from bot.wechat.crypto import FrameError
from bot.wechat.envelope import LARGEST_BODY, ForgedError, check_address, open_body
from bot.wechat.handlers import CHAIN
from bot.wechat.message import message_from
from bot.wechat.xml import UnreadableError, text_reply

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/wechat"

log = logging.getLogger(__name__)


class Callback:
    """Answers `/wechat` for one service, and leaves everything else to `otherwise`."""

    def __init__(self, service: Service, otherwise: "WSGIApplication") -> None:
        self.service = service
        self.otherwise = otherwise

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH:
            return self.otherwise(environ, start_response)
        return self.response_to(Request(environ))(environ, start_response)

    def response_to(self, request: Request) -> Response:
        """The answer to any request at this address; never an error of ours."""
        try:
            if request.method == "POST":
                return self.receive(request)
            return self.prove(request)
        except ForgedError as error:
            log.warning("refused: %s", error)
            metrics.FORGED.inc()
            return _plain("forbidden", 403)
        except (UnreadableError, FrameError) as error:
            log.warning("unreadable message, %s bytes: %s", request.content_length, error)
            metrics.UNREADABLE.inc()
        except Exception:
            log.exception("a message was not answered")
            metrics.FAILURES.inc()
        return _plain("success")

    def prove(self, request: Request) -> Response:
        """The platform asks whether this address is ours: the given text, as it came."""
        check_address(request.args, self.service.settings, self.service.clock().timestamp())
        return _plain(request.args.get("echostr", ""))

    def receive(self, request: Request) -> Response:
        """One delivery of one message."""
        service, now = self.service, self.service.clock()
        body = request.stream.read(LARGEST_BODY + 1)
        envelope, tree = open_body(request.args, body, service.settings, now.timestamp())
        message = message_from(tree)
        answer = CHAIN(Call(service, message, now))
        if not answer:
            return _plain("success")
        reply = text_reply(message.person, message.account, int(now.timestamp()), answer)
        return Response(envelope.seal(reply, service.settings), mimetype="application/xml")


def _plain(text: str, status: int = 200) -> Response:
    """As plain text: the platform reads it, and no browser takes it for a page."""
    headers = {"X-Content-Type-Options": "nosniff"}
    return Response(text, status, headers, mimetype="text/plain")
