"""What happens to a message, one concern per handler. `chain_for` has the order."""

import logging
from datetime import timedelta
from time import perf_counter

from sqlalchemy.engine.interfaces import DBAPICursor

from bot import metrics
from bot.database import UncertainError, briefly, is_away, writing
from bot.deadline import LateError
from bot.people import forget, pseudonym
from bot.sealing.keyring import SealError
from bot.service import Service
from bot.store import SpentAddressError
from bot.turns import receipt_for, take_turn
from bot.wechat.chain import Answer, Call, Next, chain
from bot.wechat.events import Heard, listener_for
from bot.wechat.later import Later
from bot.wechat.message import LEAVING, utterance_of, written
from dialogs.phrases import say

REPEATED = timedelta(seconds=5), timedelta(seconds=30)  # how old a repeated delivery is

log = logging.getLogger(__name__)


def measured(call: Call, following: Next) -> Answer:
    """Count and time every message; log whom only as a pseudonym, and nothing of what was said."""
    start = perf_counter()
    answer = following(call)
    took = perf_counter() - start
    message = call.message
    metrics.MESSAGES.labels(message.kind if message.kind in metrics.KINDS else "other").inc()
    metrics.SECONDS.observe(took)
    if log.isEnabledFor(logging.DEBUG):
        person = pseudonym(call.service.settings.secret_key, message.person)
        told = {"person": person, "what": message.event or message.kind, "ms": took * 1000}
        log.debug("turn person=%(person)s what=%(what).40r ms=%(ms).1f", told)
    return answer


def kindly(call: Call, following: Next) -> Answer:
    """Whatever goes wrong is ours: log it, and ask the person to send it again. Nothing of the
    message was kept then, so sending it again is safe; where that is not known, they are told."""
    try:
        return following(call)
    except SpentAddressError:
        raise
    except Exception as error:
        person = pseudonym(call.service.settings.secret_key, call.message.person)
        many = isinstance(error, SealError) or is_away(call.service.engine, error)
        if isinstance(error, LateError):  # `bot.in_time` says how many there were
            log.debug("turn late person=%s", person)
        elif many:  # a line is enough
            log.error("turn failed person=%s: %s", person, str(error).partition("\n")[0])
        else:
            log.exception("turn failed person=%s", person)
        metrics.FAILURES.inc()
        unsure = isinstance(error, UncertainError) or may_be_repeated(call)
        told = "service/unsure" if unsure else "service/sorry"
        return None if utterance_of(call.message) is None else say(told)


def may_be_repeated(call: Call) -> bool:
    """Whether the platform may have delivered it before, as it does after five and ten seconds.
    That delivery may have been kept, and its answer lost: only the database knows."""
    age = call.now - written(call.message, call.now)
    return REPEATED[0] <= age <= REPEATED[1]


def farewell(call: Call, following: Next) -> Answer:
    """Who leaves, or withdraws the authorization, is forgotten at once, and once: who follows again
    is not forgotten by a repeated delivery."""
    if call.message.event not in LEAVING:
        return following(call)
    with writing(call.service.engine) as connection:
        if accepted(call, connection.connection.cursor()):
            forget(connection, call.message.person)
    return None


def overheard(call: Call, following: Next) -> Answer:
    """Events that another part of the service wants to hear of; each exactly once."""
    message = call.message
    listener = listener_for(message.event)
    if listener is None:
        return following(call)
    with writing(call.service.engine) as connection:
        if accepted(call, connection.connection.cursor()):
            listener(Heard(connection, message, call.now, call.service.settings))
    return None


def talk(call: Call, following: Next) -> Answer:
    """The conversation."""
    utterance = utterance_of(call.message)
    if utterance is None:
        return following(call)
    message, address = call.message, call.address
    return take_turn(
        call.service, message.person, message.identity, utterance, call.now, address, call.visit
    )


def unheard(call: Call, _following: Next) -> Answer:
    """What means nothing to us still uses up its address."""
    if call.address is not None:
        with briefly(call.service.engine) as cursor:
            accepted(call, cursor)
    return None


def accepted(call: Call, cursor: DBAPICursor) -> bool:
    """Note the message, which gets no reply; False for a repeated delivery."""
    message, service = call.message, call.service
    receipt = receipt_for(service, message.person, message.identity, call.address)
    return service.store.accept(cursor, receipt, call.now)


def chain_for(service: Service) -> Next:
    """The handlers of a service."""
    later = Later(service, chain(farewell, overheard))
    return chain(measured, kindly, later, farewell, overheard, talk, unheard)
