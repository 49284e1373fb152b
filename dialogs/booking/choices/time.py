"""At which time?"""

from __future__ import annotations

import re
from datetime import datetime

from dialogs.booking.choices.choosing import Choosing
from dialogs.booking.choices.paging import Offered, first_page, next_page, page_of
from dialogs.booking.intent import BESIDE, beside
from dialogs.booking.moves import again
from dialogs.booking.protocol import HoldPlace, ShowDays
from dialogs.booking.states import TimesState
from dialogs.booking.when import MARK, clock, find_time, half_of_day, read_when, suits
from dialogs.flow import Step, Talk
from dialogs.labels import Key
from dialogs.phrases import ask, say
from dialogs.reply import Reply
from dialogs.utterance import Said

TimeOnOffer = tuple[datetime, datetime, int]
NOON = 12
_FREE = re.compile(f"{MARK}(?:还|的)*有(?:没有?|吗|不|么)")
"""下午两点半有没有: a time is asked for, whatever is said before it."""


class Time(Choosing):
    """At which of the times?"""

    name = "book_time"
    remembers = TimesState

    def ask(self, talk: Talk) -> Reply:
        state = talk.state_as(TimesState)
        shown, more = _shown(state)
        keys = [
            Key(
                f"{start:%H%M}",
                "time",
                {"start": start, "end": end, "free": free, "first": number == 0},
            )
            for number, (start, end, free) in enumerate(shown)
        ]
        keys += [Key("more")] if more else []
        return ask(
            "booking/time",
            self.name,
            [*keys, Key("other", "other_day"), "stop"],
            title=state.site.title,
            day=state.day,
            moving=state.moving,
        )

    def chosen(self, talk: Talk, picked: str) -> Step | None:
        state = talk.state_as(TimesState)
        match picked:
            case "more":
                return Step(again(talk, page=_next_page(state), half="", at=""))
            case "other":
                return self.back(talk)
        start = next(start for start, _, _ in state.times if start.time() == clock(picked))
        return Step(talk.conversation, request=HoldPlace(state.site.id, start))

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        state = talk.state_as(TimesState)
        when = read_when(said.text, talk.today)
        asked = len(beside(when.rest)) <= BESIDE or _FREE.search(when.rest)
        if not (when.day or when.week) and asked:
            if half := half_of_day(said.text):
                fits = any(suits(when.at, start) for start, _, _ in state.times)
                note = "" if fits else say("booking/news/not_then")
                return Step(again(talk, half=half, at=when.at), note=note)
            start = find_time(said.text, [start for start, _, _ in state.times])
            if start or (when.first and not picked):
                start = start or _shown(state)[0][0][0]
                return Step(talk.conversation, request=HoldPlace(state.site.id, start))
            if when.at and not picked:
                return self.otherwise(talk, Said(when.at), state.day)
        return self.chosen(talk, picked) if picked else self.otherwise(talk, said, state.day)

    def quiet(self, talk: Talk) -> Step | None:
        return Step(talk.conversation, note=say("booking/quiet"))

    def back(self, talk: Talk) -> Step | None:
        return Step(talk.conversation, request=ShowDays(talk.state_as(TimesState).site.id))


def _shown(state: TimesState) -> Offered[TimeOnOffer]:
    return _half(state) or page_of(state.times, state.page)


def _next_page(state: TimesState) -> int:
    """What was not on screen: behind the times of one half of the day come all, then the rest."""
    first, _ = page_of(state.times, 0)
    if state.half and list(_shown(state)[0]) != list(first):
        return 0
    return next_page(state.times, state.page)


def _half(state: TimesState) -> Offered[TimeOnOffer] | None:
    """The times of the half of the day that was asked for, if there are some; from the hour on, or
    up to it, that was said with it."""
    half = [one for one in state.times if state.half == ("am" if one[0].hour < NOON else "pm")]
    shown = [one for one in half if suits(state.at, one[0])] or half
    return first_page(shown, len(state.times)) if shown else None
