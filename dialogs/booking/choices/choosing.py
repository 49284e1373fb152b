"""The base of the choices on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dialogs.asked_along import Along
from dialogs.booking.flow import BookingFlow
from dialogs.booking.intent import BESIDE, about_hours, beside, fits, intent_of
from dialogs.booking.moves import go, here, look, to
from dialogs.booking.protocol import FindNearest, ShowDays
from dialogs.booking.request import Wish, wish_in, wished
from dialogs.booking.states import SiteState, TownshipState
from dialogs.booking.townships import named_townships
from dialogs.booking.when import in_week_of, read_when
from dialogs.flow import Step, Talk
from dialogs.interpret import hear
from dialogs.language.asking import before_the_question
from dialogs.phrases import say
from dialogs.region import Township as Site
from dialogs.utterance import Said, Sent


class Choosing(BookingFlow):
    """Base of the choices on the way: one can stop, and say otherwise, at each of them."""

    def answer(self, talk: Talk, said: Said) -> Step | None:
        picked = self.picked(talk, said)
        if picked == "stop" or (said.tap is None and not picked and fits(said.text, "stop")):
            return self.stopped(talk)
        if said.tap is not None:
            return self.chosen(talk, picked) if picked else None
        if not picked and about_hours(said.text):
            return None  # 中午休息吗: a topic answers, and the same is asked again
        step = self.wanted(talk, said) or self.named(talk, said, picked)
        return step or self.beside_a_question(talk, said)

    def beside_a_question(self, talk: Talk, said: Said) -> Step | None:
        """要提醒，到时候要带什么: the answer counts, and the question is answered."""
        question = hear(None, said, talk.today).question
        head = before_the_question(said.text, question)
        step = self.answer(talk, Said(head)) if head else None
        return replace(step, question=Along(question, said.text)) if step else None

    def chosen(self, talk: Talk, picked: str) -> Step | None:
        """What a tap leads to."""
        raise NotImplementedError

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        """What a message leads to, that may have `picked` a choice by its number or its word: but
        换个地方，上塘 says which."""
        if picked == "other" and (step := self.otherwise(talk, said)):
            return step
        return self.chosen(talk, picked) if picked else self.otherwise(talk, said)

    def wanted(self, talk: Talk, said: Said) -> Step | None:
        """Another thing is wanted of the desk than what was asked."""
        when = read_when(said.text, talk.today)
        if fits(said.text, "quiet") and not (when.day or when.week):
            return self.quiet(talk)
        if fits(said.text, "changeable") and not self.picked(talk, said):
            return Step(talk.conversation, note=say("booking/changeable"))
        intent = intent_of(said.text, talk.today, within=True)
        match intent and intent.wanted:
            case "book_sites":
                return look(talk, intent.wish.over(here(talk).wish)) if intent else None
            case "cancel_booking" if not here(talk).moving:
                return self.stopped(talk)  # nothing is booked yet
            case "move_booking" if intent and intent.wish == Wish() and not here(talk).moving:
                return self.changed(talk, said)
        return None

    def changed(self, talk: Talk, said: Said) -> Step | None:
        """改天, 换个地方, where nothing is booked yet: another choice than the last one."""
        if self.picked(talk, said):
            return None
        where = self._where(talk)
        if where and fits(said.text, "day"):
            return Step(talk.conversation, request=ShowDays(where[0].id))
        if fits(said.text, "place"):
            return Step(to(talk, "book", here(talk).then(TownshipState)))
        return self.command(talk, "move_booking")

    def quiet(self, talk: Talk) -> Step | None:
        """Asked when, or where, there are few people."""
        return look(talk, here(talk).wish)

    def command(self, talk: Talk, word: str) -> Step | None:
        if word == "cancel_booking" and not here(talk).moving:
            return self.stopped(talk)
        if word == "move_booking":
            return Step(talk.conversation)
        return super().command(talk, word)

    def receive(self, talk: Talk, sent: Sent) -> Step | None:
        """A location: the nearest window."""
        if sent.kind != "location":
            return None
        if sent.latitude is None or sent.longitude is None:
            return Step(talk.conversation, note=say("booking/not_near"))
        return Step(talk.conversation, request=FindNearest(sent.latitude, sent.longitude))

    def otherwise(self, talk: Talk, said: Said, same: date | None = None) -> Step | None:
        """Another township, day or time was named instead of an answer; a time alone is one of the
        `same` day, a weekday alone one of its week."""
        wish = beside_nothing(wished(said.text, talk.today, asked_where=True), said, talk)
        several = wish is not None and len(wish.townships) > 1  # 上塘 is three, 岩 only a part
        if wish is None or (several and not named_townships(said.text)[0]):
            return None
        day = wish.day or (same if wish.at and not wish.week else None)
        if wish.day and wish.loose and same:
            day = in_week_of(wish.day, same, talk.today)
        if not (wish.townships or wish.week or day):
            return None
        where = wish.townships or self._where(talk)
        return go(talk, replace(wish, townships=where, day=day))

    def _where(self, talk: Talk) -> tuple[Site, ...]:
        """The place that was chosen already."""
        state = talk.state_as(self.remembers)
        return (state.site,) if isinstance(state, SiteState) else ()


def beside_nothing(wish: Wish | None, said: Said, talk: Talk) -> Wish | None:
    """A wish, unless the message says much beside it: 25号以后社保断了怎么办 is no wish."""
    _, rest = wish_in(said.text, talk.today)
    booked = intent_of(said.text, talk.today)
    return wish if booked or len(beside(rest)) <= BESIDE else None
