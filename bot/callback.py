"""`/wechat`: where the platform delivers messages.

Wrongly signed → 403. Signed but unreadable → `success` and a line in the log, since delivering it
again would not help. Never 5xx: after a few of those the platform holds back everybody's messages.

A WSGI application of its own before Flask's, that reads and answers HTTP by itself: it needs no
session, routing or templates, and no objects for request and response, which all together would be
a fifth of the time of a message.
"""

import logging
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from werkzeug.wsgi import get_input_stream

from bot import metrics
from bot.database import briefly, is_away
from bot.guest.shared import Shared
from bot.passing import HEADER, PassOn
from bot.sealing.keyring import SealError
from bot.service import Service
from bot.store import SpentAddressError
from bot.turns import receipt_for
from bot.wechat import PATH
from bot.wechat.chain import Call
from bot.wechat.crypto import FrameError
from bot.wechat.envelope import (
    LARGEST_BODY,
    ForgedError,
    address_of,
    check_address,
    open_body,
)
from bot.wechat.handlers import chain_for
from bot.wechat.message import message_from
from bot.wechat.xml import UnreadableError, text_reply

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)


class Reaction(NamedTuple):
    """What goes back over HTTP. As plain text the platform reads it, and no browser takes it for a
    page."""

    text: str
    kind: str = "text/plain"
    status: str = "200 OK"
    passed: PassOn | None = None  # to the account's other service


HANDLED = Reaction("success")


class Callback:
    """Answers `/wechat` for one service, and leaves everything else to `otherwise`."""

    def __init__(self, service: Service, otherwise: "WSGIApplication") -> None:
        self.service = service
        self.otherwise = otherwise
        self.chain = chain_for(service)
        self.shared = Shared(service) if service.settings.is_guest else None

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH:
            return self.otherwise(environ, start_response)
        text, kind, status, passed = self.reaction_to(environ)
        body = text.encode()
        headers = [
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Length", str(len(body))),
        ]
        if passed:
            metrics.PASSED.labels(passed.how).inc()
            headers.append((HEADER, str(passed)))
        start_response(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def reaction_to(self, environ: "WSGIEnvironment") -> Reaction:
        """The answer to any request at this address; never an error of ours."""
        try:
            pairs = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)
            query = dict(reversed(pairs))  # of a name given twice the first counts
            if environ["REQUEST_METHOD"] == "POST":
                return self.receive(query, get_input_stream(environ).read(LARGEST_BODY + 1))
            return self.prove(query)
        except (ForgedError, SpentAddressError) as error:
            log.warning("refused: %s", error)
            metrics.FORGED.inc()
            return Reaction("forbidden", status="403 FORBIDDEN")
        except (UnreadableError, FrameError) as error:
            log.warning("unreadable message, %s bytes: %s", environ.get("CONTENT_LENGTH"), error)
            metrics.UNREADABLE.inc()
        except Exception as error:
            if isinstance(error, SealError) or is_away(self.service.engine, error):
                log.error("an address was not noted: %s", str(error).partition("\n")[0])
            else:
                log.exception("a message was not answered")
            metrics.FAILURES.inc()
        return HANDLED

    def prove(self, query: Mapping[str, str]) -> Reaction:
        """The platform asks whether this address is ours: the given text, as it came."""
        check_address(query, self.service.settings, self.service.clock().timestamp())
        echo = query.get("echostr", "")
        self.spend(query, echo.encode())
        return Reaction(echo)

    def receive(self, query: Mapping[str, str], body: bytes) -> Reaction:
        """One delivery of one message."""
        service, now = self.service, self.service.clock()
        try:
            envelope, tree = open_body(query, body, service.settings, now.timestamp())
            message = message_from(tree)
        except (UnreadableError, FrameError):
            self.spend(query, body)
            if self.shared and (passed := self.shared.unread(body)):
                return HANDLED._replace(passed=passed)  # they may be able to read it
            raise
        call = Call(service, message, now, address_of(query, service.settings))
        answer, passed = self.shared.heard(call) if self.shared else (self.chain(call), None)
        if not answer:
            return HANDLED._replace(passed=passed)
        reply = text_reply(message.person, message.account, int(now.timestamp()), answer)
        sealed = envelope.seal(reply, service.settings)
        return Reaction(sealed, kind="application/xml", passed=passed)

    def spend(self, query: Mapping[str, str], content: bytes) -> None:
        """Use up an address that carried no message."""
        service, address = self.service, address_of(query, self.service.settings)
        if address is None:
            return
        receipt = receipt_for(service, "", sha256(content).hexdigest(), address)
        with briefly(service.engine) as cursor:
            service.store.accept(cursor, receipt, service.clock())
