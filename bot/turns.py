"""One message, one turn, one transaction.

The reply is computed before the write lock is taken. Inside the transaction the message is claimed,
its reply stored, and the talk moved on from the version the reply was computed from. If the talk
had moved meanwhile, nothing is kept and the turn is computed again. So each message has one effect,
one person's messages count one after the other, and a second delivery, to any process, gets the
reply of the first.
"""

import hmac
import logging
import re
from dataclasses import replace
from datetime import datetime

from pydantic import ValidationError
from bot import store
from bot.database import reading, writing
from bot.fulfil import Desk, fulfil
from bot.pages import tokens
from bot.service import Service
from dialogs.conversation import Conversation
from dialogs.engine import converse
from dialogs.rendering import wechat
from dialogs.reply import Reply
from dialogs.turn import Turn
from dialogs.utterance import Outcome, Utterance

ATTEMPTS = 8  # of one message against others of the same person
REQUESTS = 4  # a conversation makes one or two in a turn
LONGEST_UNMATCHED = 60  # characters
NUMBERS = re.compile(r"\d{5,}")  # telephone, ID card, account

log = logging.getLogger(__name__)


class ContestedError(Exception):
    """One person's messages came so fast that this one never got its turn."""


class _OvertakenError(Exception):
    """The talk moved on while the reply was computed; nothing was written."""


def take_turn(
    service: Service, person: str, identity: str, utterance: Utterance, now: datetime
) -> str | None:
    """The reply to a message of `person` (openid), rendered for WeChat; None says nothing.

    `identity` names the message among all messages; the same identity always gets the same reply.

    Raises:
        ContestedError: see there.
    """
    receipt = receipt_for(service, person, identity)
    for _ in range(ATTEMPTS):
        with reading(service.engine) as connection:
            stored = store.look(connection, receipt)
        if stored.answered:
            return stored.reply
        turn = converse(_conversation(stored.state), utterance, now, service.rules())
        reply = _rendered(service, person, turn.reply, now)
        try:
            with writing(service.engine) as connection:
                if not store.claim(connection, receipt, reply, now):
                    continue
                state = turn.conversation.model_dump_json()
                if not store.advance(connection, person, stored.version, state, now):
                    raise _OvertakenError
                if turn.unmatched:
                    store.missed(connection, anonymous(turn.unmatched), now)
                if turn.request:
                    desk = Desk(connection, person, now, service.settings)
                    reply = _fulfilled(service, desk, receipt, stored.version + 1, turn)
            return reply
        except _OvertakenError:
            continue
    raise ContestedError


def receipt_for(service: Service, person: str, identity: str) -> store.Receipt:
    """What is kept to know a message again, even after its person was forgotten: without the
    secret key the key leads to nobody."""
    secret = service.settings.secret_key.encode()
    key = hmac.digest(secret, f"{person} {identity}".encode(), "sha256")
    return store.Receipt(key.hex()[:32], person)


def anonymous(text: str) -> str:
    """A text that nobody understood, without numbers that could name a person."""
    return NUMBERS.sub("#", " ".join(text.split()))[:LONGEST_UNMATCHED]


def _conversation(state: str | None) -> Conversation:
    if state is None:
        return Conversation()
    try:
        return Conversation.model_validate_json(state)
    except ValidationError:
        log.exception("a stored conversation is unreadable; it starts anew")
        return Conversation()


def _fulfilled(
    service: Service, desk: Desk, receipt: store.Receipt, version: int, turn: Turn
) -> str | None:
    """Do what the conversation asks, inside the transaction, and finish the turn with it."""
    for _ in range(REQUESTS):
        if turn.request is None:
            break
        outcome = Outcome(turn.request, fulfil(desk, turn.request))
        turn = converse(turn.conversation, outcome, desk.now, service.rules())
    reply = _rendered(service, desk.person, turn.reply, desk.now)
    store.answer(desk.connection, receipt, reply)
    # No row is left to move on when the request was to delete everything: then nothing is kept.
    state = turn.conversation.model_dump_json()
    store.advance(desk.connection, desk.person, version, state, desk.now)
    return reply


def _rendered(service: Service, person: str, reply: Reply | None, now: datetime) -> str | None:
    if reply is None:
        return None
    if any(link.page == "/sheet" for link in reply.links):
        reply = _with_token(service, person, reply, now)
    return wechat(reply, service.settings.page_root)


def _with_token(service: Service, person: str, reply: Reply, now: datetime) -> Reply:
    """The link to one's own sheet, with the token that opens it."""
    token = tokens.make(service.settings.secret_key, "sheet", person, int(now.timestamp()))
    links = (
        replace(link, page=f"/sheet/{token}") if link.page == "/sheet" else link
        for link in reply.links
    )
    return replace(reply, links=tuple(links))
