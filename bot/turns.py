"""One message, one turn, one transaction.

The reply is computed before the write lock is taken. Inside the transaction the message is claimed,
its reply stored, and the talk moved on from the version the reply was computed from. If the talk
had moved meanwhile, nothing is kept and the turn is computed again. So each message has one effect,
one person's messages count one after the other, and a second delivery, to any process, gets the
reply of the first. A turn that takes too long, or never comes to an end, is undone and excused.
"""

import hmac
import logging
import re
from dataclasses import replace
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy.engine.interfaces import DBAPICursor

from bot import early, farewells, metrics
from bot.budget import Budget, OverspentError
from bot.database import UncertainError, briefly, looking, writing
from bot.fulfil import Desk, fulfil
from bot.people import pseudonym
from bot.service import Service
from bot.store import Receipt, Stored
from bot.visits import Visit
from bot.web import tokens
from dialogs import faq
from dialogs.booking.entry import is_booking
from dialogs.conversation import Conversation
from dialogs.engine import converse
from dialogs.phrases import say
from dialogs.region.admissions import admissions
from dialogs.rendering import wechat
from dialogs.reply import Reply
from dialogs.turn import Turn
from dialogs.utterance import Followed, Outcome, Said, Utterance

DOUBTS = 2  # of one message: how often its commit may be left unanswered
ATTEMPTS = 60  # of one message against others of the same person; one of them wins each time
REQUESTS = 6  # a conversation makes one or two in a turn, more where all is taken
SECONDS = 0.5  # of the processor for one message; it takes some thousandths
LONGEST_UNMATCHED = 60  # characters
# The consent, what nothing understands, so that every reader is asked, an answer with its source.
WARMING = (Followed(), Said("1"), Said("约住住住z，3月5号z"), Said("大专有几分"))
PERSONAL = ("/appointments", "/my-data", "/sheet")  # pages that show nothing to people unknown
# Telephone, ID card, account: five digits or more, in figures of any script or Chinese numerals,
# however they are set apart ("138 1234-5678", "(0577) 5766.5812").
DIGIT = r"[\d〇○零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]"
NUMBERS = re.compile(rf"{DIGIT}(?:(?:(?!○)[\W_]){{0,3}}{DIGIT}){{4,}}[Xx]?")

log = logging.getLogger(__name__)


class ContestedError(Exception):
    """One person's messages came so fast that this one never got its turn."""


class EndlessError(Exception):
    """The conversation asked for one thing after the other, and never came to a reply."""


class _OvertakenError(Exception):
    """The talk moved on while the reply was computed; nothing was written."""


def take_turn(
    service: Service,
    person: str,
    identity: str,
    utterance: Utterance,
    now: datetime,
    address: str | None = None,
    visit: Visit | None = None,
) -> str | None:
    """The reply to a message of `person` (openid), rendered for WeChat; None says nothing.

    `identity` names the message among all messages; the same identity always gets the same reply.
    `address` is by which it came, where that is good for one message only; `visit`: what it does to
    the person's visit, where the account answers in other ways too.

    Raises:
        ContestedError, SpentAddressError, UncertainError: see there.
    """
    receipt = receipt_for(service, person, identity, address, visit)
    budget = Budget(SECONDS)
    doubts: list[UncertainError] = []
    for _ in range(ATTEMPTS):
        stored = _looked(service, receipt, now, doubts)
        if stored.answered:
            if stored.by_new_address:
                with briefly(service.engine) as cursor:
                    service.store.accept(cursor, receipt, now)
            return farewells.said(stored.reply)
        if len(doubts) == DOUBTS:
            raise doubts[-1].orig or doubts[-1]  # it was looked at: nothing is kept
        try:
            stored, conversation = _opened(stored)
            turn = _converse(service, budget, conversation, utterance, now)
            if turn.request is None:
                return _keep(service, receipt, stored, turn, now)
            return _fulfil(service, budget, receipt, stored, turn, now)
        except _OvertakenError:
            continue
        except UncertainError as doubt:
            doubts.append(doubt)
        except (OverspentError, EndlessError) as error:
            if (excuse := _excuse(service, receipt, error, now)) is not None:
                return excuse
    raise ContestedError


def _looked(
    service: Service, receipt: Receipt, now: datetime, doubts: list[UncertainError]
) -> Stored:
    """What is known of a message. Raises UncertainError: there were doubts, and nobody can say."""
    try:
        with looking(service.engine) as cursor:
            return service.store.look(cursor, receipt, now)
    except Exception as error:
        if doubts:
            raise doubts[-1] from error
        raise


def _converse(
    service: Service,
    budget: Budget,
    conversation: Conversation,
    utterance: Utterance,
    now: datetime,
) -> Turn:
    """The turn, computed within the budget. What it needs of files and the database comes first:
    waiting for them does not count."""
    rules, find = service.rules(), service.aliases.finder(now).find
    with budget.counted():
        turn = converse(conversation, utterance, now, rules, find, service.signing)
    return turn if turn.hearer else replace(turn, hearer=type(utterance).__name__.lower())


def _excuse(service: Service, receipt: Receipt, error: Exception, now: datetime) -> str | None:
    """The reply to a message that could not be answered, kept for its other deliveries: none of
    them shall cost the same again. None where another delivery was answered meanwhile."""
    person = pseudonym(service.settings.secret_key, receipt.person)
    log.error("a turn was undone and excused person=%s: %s", person, type(error).__name__)
    metrics.EXCUSED.inc()
    excuse = say("service/too_much")
    with briefly(service.engine) as cursor:
        claimed = service.store.claim(cursor, receipt, excuse, now)
    return excuse if claimed else None


def _keep(
    service: Service, receipt: Receipt, stored: Stored, turn: Turn, now: datetime
) -> str | None:
    """Write the turn down, and give its reply."""
    reply = _rendered(service, receipt.person, _with_news(stored, turn, receipt), now)
    with briefly(service.engine) as cursor:
        _write(service, cursor, receipt, stored, turn, reply, now)
    metrics.TURNS.labels(turn.hearer, "missed" if turn.conversation.misses else "answered").inc()
    return reply


def _fulfil(
    service: Service, budget: Budget, receipt: Receipt, stored: Stored, turn: Turn, now: datetime
) -> str | None:
    """Do what the conversation asks and finish the turn with it, all in one transaction."""
    hearer, outcomes = turn.hearer, []
    with writing(service.engine) as connection:
        cursor = connection.connection.cursor()
        _write(service, cursor, receipt, stored, turn, None, now)
        desk = Desk(connection, receipt.person, now, service.settings)
        for _ in range(REQUESTS):
            if turn.request is None:
                break
            outcomes.append(Outcome(turn.request, fulfil(desk, turn.request)))
            turn = _converse(service, budget, turn.conversation, outcomes[-1], now)
        if turn.request is not None:
            raise EndlessError
        said = _where_asked(service, desk, _with_news(stored, turn, receipt))
        reply = _rendered(service, receipt.person, said, now)
        # After a request to delete everything no row is left to move on, and nothing is kept.
        state = early.stored(turn.conversation)
        text = reply if turn.conversation.waiting else farewells.kept(reply)
        service.store.finish(cursor, receipt, text, stored.version + 1, state, now)
    metrics.TURNS.labels(hearer, "fulfilled").inc()
    for done in outcomes:
        what = type(done.request).__name__, type(done.value).__name__
        metrics.REQUESTS.labels(*what).inc()
    return reply


def _write(
    service: Service,
    cursor: DBAPICursor,
    receipt: Receipt,
    stored: Stored,
    turn: Turn,
    reply: str | None,
    now: datetime,
) -> None:
    """Raises _OvertakenError where another delivery, or another message, was first."""
    state = early.stored(turn.conversation)
    missed = anonymous(turn.unmatched) if turn.unmatched else ""
    if not service.store.keep(cursor, receipt, reply, stored.version, state, missed, now):
        raise _OvertakenError


def warm_up(service: Service) -> None:
    """Load rules, what the office publishes, templates, topics and words before the first message:
    reading them would use up what it has of the processor's time."""
    rules, conversation = service.rules(), Conversation()
    service.earlier_rules()
    admissions(service.clock().date())
    faq.find("warm up")
    for utterance in WARMING:
        conversation = converse(conversation, utterance, service.clock(), rules).conversation


def receipt_for(
    service: Service,
    person: str,
    identity: str,
    address: str | None = None,
    visit: Visit | None = None,
) -> Receipt:
    """What is kept to know a message again, even after its person was forgotten: without the
    secret key the key leads to nobody."""

    def keyed(text: str) -> str:
        secret = service.settings.secret_key.encode()
        return hmac.digest(secret, text.encode(), "sha256").hex()[:32]

    return Receipt(keyed(f"{person} {identity}"), person, address and keyed(address), visit)


def anonymous(text: str) -> str:
    """A text that nobody understood, without numbers that could name a person."""
    return NUMBERS.sub("#", " ".join(text.split()))[:LONGEST_UNMATCHED]


def _opened(stored: Stored) -> tuple[Stored, Conversation]:
    """The talk as it stands; a new one where what is stored cannot be read."""
    if stored.state is None:
        return stored, Conversation()
    try:
        return stored, Conversation.model_validate_json(stored.state)
    except ValidationError as error:
        places = [problem["loc"] for problem in error.errors()]  # its text would quote the person
        log.error("a stored conversation is unreadable at %s; it starts anew", places)
        return replace(stored, lost=True), Conversation()


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


def _with_news(stored: Stored, turn: Turn, receipt: Receipt) -> Reply | None:
    """The reply, and before it that the talk was lost, or that a place came free: perhaps no notice
    could say so. Booking speaks of it itself. Of a visit that begins: how it ends."""
    reply = turn.reply
    if reply is None or not turn.conversation.waiting:
        return reply  # without a talk everything was just deleted
    if receipt.visit:
        reply = reply.after(receipt.visit.greeting)
    if stored.offered and not is_booking(turn.conversation):
        reply = reply.after(say("booking/offer_kept"))
    return reply.after(say("service/starts_anew")) if stored.lost else reply


def _where_asked(service: Service, desk: Desk, reply: Reply | None) -> Reply | None:
    """Without links to pages on which nothing is to be asked of this person."""
    if reply is None:
        return None
    asking = service.asking
    links = tuple(
        link
        for link in reply.links
        if link.page not in asking or asking[link.page](desk.connection, desk.person, desk.settings)
    )
    return replace(reply, links=links)
