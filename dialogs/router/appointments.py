"""What is wanted of the window."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.booking.entry import enter as enter_booking
from dialogs.booking.flow import BookingFlow
from dialogs.booking.for_whom import for_whom
from dialogs.booking.intent import Intent, intent_of, put_off
from dialogs.booking.request import Wish
from dialogs.flow import Step, Talk
from dialogs.flows import is_closed, top
from dialogs.intents.deferral import deferred
from dialogs.intents.remarks import asks
from dialogs.intents.words import word
from dialogs.interpret import hear
from dialogs.language.precheck import asks_outright
from dialogs.phrases import say
from dialogs.utterance import Said

_ANEW = ("book", "book_sites")


def postponed(talk: Talk, said: Said) -> Step | None:
    """先不约, wherever it is said: no booking; and what is said after it."""
    rest = None if said.tap else _put_off(talk, said)
    if rest is None or is_closed(talk):
        return None
    asked = top(talk)
    if isinstance(asked, BookingFlow) and not asked.passing:
        step = asked.stopped(talk)
    else:
        step = Step(talk.conversation, note=say("booking/stopped", moving=False, held=False))
    return replace(step, rest=Said(rest) if rest else None)


def _put_off(talk: Talk, said: Said) -> str | None:
    """What is said beside 先不约, or 以后再说 in the middle of booking; None without these."""
    rest = put_off(said.text)
    later = deferred(said.text) if rest is None else None
    if later is None:
        return rest
    asked = top(talk)
    booking = isinstance(asked, BookingFlow) and not asked.passing
    return (
        heeded(talk, later.rest) if later.word == "book" or (booking and not later.word) else None
    )


def heeded(talk: Talk, rest: str) -> str:
    """What stands beside something put off, where it wants, asks or tells anything; else ""."""
    said = Said(rest)
    asked = asks(rest) or asks_outright(rest) or talk.find(rest).decision == "answer"
    wants = asked or word(said) or intent_of(rest, talk.today)
    return rest if wants or hear(None, said, talk.today).facts else ""


def put_aside(talk: Talk, said: Said) -> Step | None:
    """先不看明细, 下次再测: nothing is started."""
    later = deferred(said.text) if said.tap is None else None
    if later is None:
        return None
    rest = heeded(talk, later.rest)
    note = say("command/put_aside", word=later.word)
    return Step(talk.conversation, note=note, rest=Said(rest) if rest else None)


def booked(talk: Talk, said: Said) -> Step | None:
    """预约瓯北下周二上午, 改一下预约, 哪个地方能约: straight there, with place and time. An answer
    on screen that names neither is heard first, and so is all that answers in the middle of
    booking."""
    asked = top(talk)
    if said.tap or is_closed(talk) or (isinstance(asked, BookingFlow) and not asked.passing):
        return None
    intent = intent_of(said.text, talk.today)
    if intent is None or (intent.wish == Wish() and asked.picked(talk, said)):
        return None
    return _confirmed_first(talk, said) or _entered(talk, said, intent)


def _confirmed_first(talk: Talk, said: Said) -> Step | None:
    """对，然后给我约明天下午, where a yes is waited for: the yes counts, and the rest is heard
    where it leads."""
    asked, (head, *rest) = top(talk), _PAUSE.split(said.text.strip(), maxsplit=1)
    step = asked.answer(talk, Said(head)) if asked.sure and rest else None
    return replace(step, rest=Said(rest[0])) if step and rest[0] else None


_PAUSE = re.compile(r"[，,。；;！!\s]+")


def for_another(talk: Talk, said: Said) -> Step | None:
    """给我老婆约行吗, on the way to an appointment: how that one books, and one's own goes on."""
    asked = top(talk)
    on_the_way = isinstance(asked, BookingFlow) and not asked.passing
    note = for_whom(said.text) if on_the_way and not said.tap else ""
    if not note:
        return None
    step = asked.answer(talk, said) or Step(talk.conversation)
    told = step.question is not None and bool(for_whom(step.question.part))
    question = None if told else step.question
    return replace(step, note=f"{note}\n{step.note}".strip(), question=question)


def wanted(talk: Talk, said: Said) -> Step | None:
    """The same in the middle of booking, where the word need not be said again. A person on the way
    already, who names nothing new, goes on."""
    if said.tap or not isinstance(top(talk), BookingFlow):
        return None
    intent = intent_of(said.text, talk.today, within=True)
    if intent is None:
        return None
    if intent == Intent("book", Wish()):
        return None
    return _entered(talk, said, intent)


def _entered(talk: Talk, said: Said, intent: Intent) -> Step:
    note, wants = for_whom(said.text), intent.wanted
    if note and wants == "appointment":  # 我是帮老婆约的
        wants = "book"
    step = enter_booking(talk, wants, intent.wish)
    return replace(step, note=note) if wants in _ANEW else step
