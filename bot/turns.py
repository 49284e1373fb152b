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
from sqlalchemy.engine.interfaces import DBAPICursor

from bot.database import briefly, looking, writing
from bot.fulfil import Desk, fulfil
from bot.outbox import consent
from bot.pages import tokens
from bot.service import Service
from bot.store import Receipt, Store, Stored
from dialogs import faq
from dialogs.conversation import Conversation
from dialogs.engine import converse
from dialogs.rendering import wechat
from dialogs.reply import Reply
from dialogs.turn import Turn
from dialogs.utterance import Followed, Outcome, Utterance

ATTEMPTS = 60  # of one message against others of the same person; one of them wins each time
REQUESTS = 4  # a conversation makes one or two in a turn
LONGEST_UNMATCHED = 60  # characters
PERSONAL = ("/appointments", "/my-data", "/sheet")  # pages that show nothing to people unknown
# Telephone, ID card, account: five digits or more, in figures of any script or Chinese numerals,
# however they are set apart ("138 1234-5678", "(0577) 5766.5812").
DIGIT = r"[\d〇○零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]"
NUMBERS = re.compile(rf"{DIGIT}(?:(?:(?!○)[\W_]){{0,3}}{DIGIT}){{4,}}[Xx]?")

log = logging.getLogger(__name__)


class ContestedError(Exception):
    """One person's messages came so fast that this one never got its turn."""


class _OvertakenError(Exception):
    """The talk moved on while the reply was computed; nothing was written."""


def take_turn(
    service: Service,
    person: str,
    identity: str,
    utterance: Utterance,
    now: datetime,
    address: str | None = None,
) -> str | None:
    """The reply to a message of `person` (openid), rendered for WeChat; None says nothing.

    `identity` names the message among all messages; the same identity always gets the same reply.
    `address` is by which it came, where that is good for one message only.

    Raises:
        ContestedError, SpentAddressError: see there.
    """
    receipt = receipt_for(service, person, identity, address)
    for _ in range(ATTEMPTS):
        with looking(service.engine) as cursor:
            stored = service.store.look(cursor, receipt)
        if stored.answered:
            if stored.by_new_address:
                with briefly(service.engine) as cursor:
                    service.store.accept(cursor, receipt, now)
            return stored.reply
        find = service.aliases.finder(now).find
        turn = converse(_conversation(stored.state), utterance, now, service.rules(), find)
        keep = _keep if turn.request is None else _fulfil
        try:
            return keep(service, receipt, stored, turn, now)
        except _OvertakenError:
            continue
    raise ContestedError


def _keep(
    service: Service, receipt: Receipt, stored: Stored, turn: Turn, now: datetime
) -> str | None:
    """Write the turn down, and give its reply."""
    reply = _rendered(service, receipt.person, turn.reply, now)
    with briefly(service.engine) as cursor:
        _write(service.store, cursor, receipt, stored, turn, reply, now)
    return reply


def _fulfil(
    service: Service, receipt: Receipt, stored: Stored, turn: Turn, now: datetime
) -> str | None:
    """Do what the conversation asks and finish the turn with it, all in one transaction."""
    with writing(service.engine) as connection:
        cursor = connection.connection.cursor()
        _write(service.store, cursor, receipt, stored, turn, None, now)
        desk = Desk(connection, receipt.person, now, service.settings)
        find = service.aliases.finder(now).find
        for _ in range(REQUESTS):
            if turn.request is None:
                break
            outcome = Outcome(turn.request, fulfil(desk, turn.request))
            turn = converse(turn.conversation, outcome, now, service.rules(), find)
        reply = _rendered(service, receipt.person, _where_asked(desk, turn.reply), now)
        service.store.answer(cursor, receipt, reply)
        # After a request to delete everything no row is left to move on, and nothing is kept.
        state = turn.conversation.model_dump_json()
        service.store.advance(cursor, receipt.person, stored.version + 1, state, now)
    return reply


def _write(
    store: Store,
    cursor: DBAPICursor,
    receipt: Receipt,
    stored: Stored,
    turn: Turn,
    reply: str | None,
    now: datetime,
) -> None:
    """Raises _OvertakenError where another delivery, or another message, was first."""
    state = turn.conversation.model_dump_json()
    if not (
        store.claim(cursor, receipt, reply, now)
        and store.advance(cursor, receipt.person, stored.version, state, now)
    ):
        raise _OvertakenError
    if turn.unmatched:
        store.missed(cursor, anonymous(turn.unmatched), now)


def warm_up(service: Service) -> None:
    """Load rules, templates and topics before the first message, which has five seconds."""
    converse(Conversation(), Followed(), service.clock(), service.rules())
    service.earlier_rules()
    faq.find("warm up")


def receipt_for(
    service: Service, person: str, identity: str, address: str | None = None
) -> Receipt:
    """What is kept to know a message again, even after its person was forgotten: without the
    secret key the key leads to nobody."""

    def keyed(text: str) -> str:
        secret = service.settings.secret_key.encode()
        return hmac.digest(secret, text.encode(), "sha256").hex()[:32]

    return Receipt(keyed(f"{person} {identity}"), person, address and keyed(address))


def anonymous(text: str) -> str:
    """A text that nobody understood, without numbers that could name a person."""
    return NUMBERS.sub("#", " ".join(text.split()))[:LONGEST_UNMATCHED]


def _conversation(state: str | None) -> Conversation:
    if state is None:
        return Conversation()
    try:
        return Conversation.model_validate_json(state)
    except ValidationError as error:
        places = [problem["loc"] for problem in error.errors()]  # its text would quote the person
        log.error("a stored conversation is unreadable at %s; it starts anew", places)
        return Conversation()


def _rendered(service: Service, person: str, reply: Reply | None, now: datetime) -> str | None:
    if reply is None:
        return None
    if not service.settings.signs_in:
        shown = tuple(link for link in reply.links if not link.page.startswith(PERSONAL))
        reply = replace(reply, links=shown)
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


def _where_asked(desk: Desk, reply: Reply | None) -> Reply | None:
    """Without the link to WeChat's dialogue about notices, where there is nothing to ask."""
    linked = reply is not None and any(link.page == consent.PAGE for link in reply.links)
    if reply is None or not linked or consent.is_open(desk.connection, desk.person, desk.settings):
        return reply
    return replace(reply, links=tuple(link for link in reply.links if link.page != consent.PAGE))
