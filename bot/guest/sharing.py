"""Whose a message is, in an account that answers in other ways too.

Ours is what a button, a code or a word of ours brings, and all that this person writes from then
on, until they leave or fall silent. A message stays with whom it came to first: what we answered
is ours, what was written before the visit is not, however late it is delivered again.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from bot.database import is_away, looking
from bot.guest.data import guest
from bot.service import Service
from bot.settings import OURS as WE_GREET
from bot.turns import receipt_for
from bot.visits import LOOK, Standing, Visit
from bot.wechat.chain import Call
from bot.wechat.message import OURS, QR_PREFIX, Message, written
from dialogs.phrases import say

TAP = re.compile(r"[a-z_]+(\.[\w:-]+)+")  # of an answer in a reply of ours, see `dialogs.reply`
KEYED = frozenset({"click", "scan"})


class Owner(StrEnum):
    """Who hears a message, and whose reply the person sees."""

    OURS = "ours"
    THEIRS = "theirs"
    OURS_AND_TOLD = "ours, and they are told"


class Sharing:
    """Decides for one service; `answers`: whether the account's keywords have one for a message."""

    def __init__(self, service: Service, answers: Callable[[Message], bool] | None) -> None:
        self.service, self.answers = service, answers
        self.guest = guest()
        self.silence = timedelta(minutes=self.guest.silence_minutes)

    def judged(self, call: Call) -> tuple[Owner, Call]:
        """Whose it is, and the call with what it does to the visit of its person."""
        message = call.message
        if message.kind == "event" and not self.enters(message):
            return self._owner_of_event(message), call
        standing = self._standing(call)
        enters = self.enters(message) or (self.answers is not None and not self.answers(message))
        if not (standing.answered or standing.inside or enters):
            return Owner.THEIRS, call
        visit = Visit(
            person=message.person,
            written=written(message, call.now),
            now=call.now,
            until=call.now + self.silence,
            enters=enters,
            greeting="" if standing.visiting else say("guest/entered", leave=self.guest.leave[0]),
        )
        told = message.event in self.guest.both
        return Owner.OURS_AND_TOLD if told else Owner.OURS, replace(call, visit=visit)

    def enters(self, message: Message) -> bool:
        """Whether a message brings its person to us."""
        if message.event == "subscribe":
            ours = message.key.removeprefix(QR_PREFIX).startswith(OURS)
            return ours or self.service.settings.welcome == WE_GREET
        if message.kind == "event":
            return message.event in KEYED and message.key.startswith(OURS)
        tapped = TAP.fullmatch(message.text("bizmsgmenuid"))
        return bool(tapped) or said(message) in self.guest.words

    def leaves(self, message: Message) -> bool:
        """Whether a message of a visit ends it."""
        return said(message) in self.guest.leave

    def _owner_of_event(self, message: Message) -> Owner:
        if message.event == "subscribe":
            return Owner.THEIRS
        if message.event in self.guest.both:
            return Owner.OURS_AND_TOLD
        root = self.service.settings.page_root
        opened = message.event == "view" and root and message.key.startswith(f"{root}/")
        return Owner.OURS if opened else Owner.THEIRS

    def _standing(self, call: Call) -> Standing:
        """While the database is away only what enters is ours: others need theirs meanwhile."""
        service, message = self.service, call.message
        moment = service.store.moment
        key = receipt_for(service, message.person, message.identity).key
        at = moment(call.now), moment(written(message, call.now))
        try:
            with looking(service.engine) as cursor:
                cursor.execute(service.store.marked(LOOK), (*at, key, message.person))
                [(answered, goes_on, since)] = cursor.fetchall()
        except Exception as error:
            if not is_away(service.engine, error):
                raise
            return Standing(False, False, False)
        return Standing(bool(answered), bool(goes_on and since), bool(goes_on))


def said(message: Message) -> str:
    """What was typed, without what does not matter; "" for anything else.

    >>> said(Message("o", "gh", "text", "", "1", {"Content": " 退出。"}))
    '退出'
    """
    return message.text("Content").strip(' \t\r\n。.！!~～“”"') if message.kind == "text" else ""
