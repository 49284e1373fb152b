"""What happens to the messages of a shared account, beside `bot.wechat.handlers`."""

from bot.database import briefly, looking
from bot.guest.autoreply import Autoreply
from bot.guest.data import guest
from bot.guest.sharing import Sharing
from bot.service import Service
from bot.turns import receipt_for
from bot.visits import LEAVE
from bot.wechat.chain import Answer, Call, Handler, Next, chain
from bot.wechat.handlers import chain_for, kindly, unheard
from dialogs.phrases import say


def chains_for(service: Service, sharing: Sharing, replies: Autoreply | None) -> tuple[Next, Next]:
    """What is done with our messages, and what with theirs: the answer to one of theirs is what the
    person sees where the other side has none."""
    ours = chain(kindly, leaving(sharing), _as_handler(chain_for(service)))
    theirs = chain(kindly, spent, replying(replies) if replies else excusing)
    return ours, theirs


def leaving(sharing: Sharing) -> Handler:
    """The word that ends a visit. It does so once: who came in again is not sent out by a repeated
    delivery."""

    def leave(call: Call, following: Next) -> Answer:
        if call.visit is None or not sharing.leaves(call.message):
            return following(call)
        service, message = call.service, call.message
        receipt = receipt_for(service, message.person, message.identity, call.address)
        with looking(service.engine) as cursor:
            stored = service.store.look(cursor, receipt, call.now)
        if stored.answered or call.visit.greeting:
            return following(call)
        reply = say("guest/left", word=guest().words[0])
        with briefly(service.engine) as cursor:
            if service.store.claim(cursor, receipt, reply, call.now):
                cursor.execute(service.store.marked(LEAVE), (message.person,))
        return reply

    return leave


def spent(call: Call, following: Next) -> Answer:
    """Use up the address, where it is good for one message."""
    unheard(call, following)
    return following(call)


def excusing(call: Call, _following: Next) -> Answer:
    """What is said where the other side does not answer: one sentence to who wrote or tapped, and
    nothing to an event that nobody waits for."""
    waits = call.message.kind != "event" or call.message.event == "click"
    return say("guest/away", word=guest().words[0]) if waits else None


def replying(replies: Autoreply) -> Handler:
    """The keywords' answers."""
    return lambda call, _following: replies.to(call.message)


def _as_handler(whole: Next) -> Handler:
    return lambda call, _following: whole(call)
