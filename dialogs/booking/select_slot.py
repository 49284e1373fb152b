"""The choices on the way to a place: township, day, time, purpose, confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from dialogs.asked_along import Along
from dialogs.booking.intent import BESIDE, beside, fits, intent_of
from dialogs.booking.outcomes import BookingFlow, again, go, here, look, ran_out, stopped, to
from dialogs.booking.protocol import ConfirmPlace, FindNearest, HoldPlace, ShowDays, ShowTimes
from dialogs.booking.purposes import PURPOSES, purpose_in
from dialogs.booking.request import Wish, wish_in, wished
from dialogs.booking.states import (
    ConfirmState,
    DaysState,
    HeldState,
    SitesState,
    TimesState,
    TownshipState,
)
from dialogs.booking.townships import named_townships, township, townships
from dialogs.booking.when import clock, find_day, find_time, half_of_day, read_when
from dialogs.flow import Step, Talk
from dialogs.interpret import hear
from dialogs.labels import Key
from dialogs.phrases import ask, say
from dialogs.region import Township as Site
from dialogs.reply import Reply
from dialogs.utterance import Said, Sent

T = TypeVar("T")
TimeOnOffer = tuple[datetime, datetime, int]
ON_ONE_PAGE = 8
"""Choices shown at once, at most."""
NOON = 12
KINDS = {"streets": "街道", "towns": "镇", "villages": "乡"}


class Choosing(BookingFlow):
    """Base of the choices on the way: one can stop, and say otherwise, at each of them."""

    def answer(self, talk: Talk, said: Said) -> Step | None:
        picked = self.picked(talk, said)
        if picked == "stop":
            return stopped(talk)
        if said.tap is not None:
            return self.chosen(talk, picked) if picked else None
        step = self.wanted(talk, said) or self.named(talk, said, picked)
        return step or self.beside_a_question(talk, said)

    def beside_a_question(self, talk: Talk, said: Said) -> Step | None:
        """要提醒，到时候要带什么: the answer counts, and the question is answered."""
        question = hear(None, said, talk.today).question
        head = said.text.replace(question, "").strip() if question else ""
        step = self.answer(talk, Said(head)) if head not in ("", said.text) else None
        return replace(step, question=Along(question, said.text)) if step else None

    def chosen(self, talk: Talk, picked: str) -> Step | None:
        """What a tap leads to."""
        raise NotImplementedError

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        """What a message leads to, that may have `picked` a choice by its number or its word: but
        换个地方，上塘 says which."""
        if picked == "other" and (step := otherwise(talk, said)):
            return step
        return self.chosen(talk, picked) if picked else otherwise(talk, said)

    def wanted(self, talk: Talk, said: Said) -> Step | None:
        """Another thing is wanted of the desk than what was asked."""
        when = read_when(said.text, talk.today)
        if fits(said.text, "quiet") and not (when.day or when.week):
            return self.quiet(talk)
        intent = intent_of(said.text, talk.today, within=True)
        match intent and intent.wanted:
            case "book_sites":
                return look(talk, intent.wish.over(here(talk).wish)) if intent else None
            case "cancel_booking" if not here(talk).moving:
                return stopped(talk)  # nothing is booked yet
            case "move_booking" if intent and intent.wish == Wish() and not here(talk).moving:
                return self.changed(talk, said)
        return None

    def changed(self, talk: Talk, said: Said) -> Step | None:
        """改天, 换个地方, where nothing is booked yet: another choice than the last one."""
        if self.picked(talk, said):
            return None
        if fits(said.text, "place"):
            return Step(to(talk, "book", here(talk).then(TownshipState)))
        return self.command(talk, "move_booking")

    def quiet(self, talk: Talk) -> Step | None:
        """Asked when, or where, there are few people."""
        return look(talk, here(talk).wish)

    def command(self, talk: Talk, word: str) -> Step | None:
        if word == "cancel_booking" and not here(talk).moving:
            return stopped(talk)
        if word == "move_booking":
            return _times_again(talk) if "starts_at" in talk.state else Step(talk.conversation)
        return super().command(talk, word)

    def receive(self, talk: Talk, sent: Sent) -> Step | None:
        """A location: the nearest window."""
        if sent.kind != "location":
            return None
        if sent.latitude is None or sent.longitude is None:
            return Step(talk.conversation, note=say("booking/not_near"))
        return Step(talk.conversation, request=FindNearest(sent.latitude, sent.longitude))


class Township(Choosing):
    """Where does one want to come?"""

    name = "book"
    remembers = TownshipState

    def ask(self, talk: Talk) -> Reply:
        state = talk.state_as(TownshipState)
        if state.among:
            meant = [Key(one.id, "township", {"one": one}) for one in state.among]
            return ask("booking/which_township", self.name, [*meant, Key("other", "none_of_them")])
        keys = (*KINDS, "stop")
        told = {"day": state.day, "moving": state.moving, "nowhere": state.nowhere}
        return ask("booking/township", self.name, keys, **told)

    def chosen(self, talk: Talk, picked: str) -> Step | None:
        earlier = talk.state_as(TownshipState).wish
        if picked == "other":
            return go(talk, replace(earlier, townships=()))
        listed = tuple(one for one in townships() if one.kind == KINDS.get(picked))
        return go(talk, replace(earlier, townships=listed or (township(picked),)))

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        """A name comes before the words of the choices: 瓯北街道 does not ask for the streets."""
        wish = wished(said.text, talk.today, asked_where=True)
        if wish and (wish.townships or not picked):
            return go(talk, wish.over(here(talk).wish))
        return self.chosen(talk, picked) if picked else None

    def command(self, talk: Talk, word: str) -> Step | None:
        if word == "unknown":
            return Step(talk.conversation, note=say("booking/where_one_lives"))
        return super().command(talk, word)

    def retry(self, talk: Talk, said: Said) -> Reply:
        if talk.conversation.misses > 1:
            return super().retry(talk, said)
        return self.ask(talk).after(say("booking/not_found"))


class Sites(Choosing):
    """The places that have something free."""

    name = "book_sites"
    remembers = SitesState

    def ask(self, talk: Talk) -> Reply:
        state = talk.state_as(SitesState)
        shown, more = _page(state.sites, state.page)
        label = "free_then" if state.day else "free_from"
        keys = [
            Key(site.id, label, {"one": site, "first": day, "free": free})
            for site, day, free in shown
        ]
        keys += [Key("more")] if more else []
        return ask("booking/sites", self.name, [*keys, "stop"], day=state.day, moving=state.moving)

    def chosen(self, talk: Talk, picked: str) -> Step | None:
        state = talk.state_as(SitesState)
        if picked == "more":
            return Step(again(talk, page=_next_page(state.sites, state.page)))
        return go(talk, replace(state.wish, townships=(township(picked),)))

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        wish = _beside_nothing(wished(said.text, talk.today, asked_where=True), said, talk)
        if wish and not wish.townships and (wish.day or wish.week):
            return look(talk, wish)
        return go(talk, wish.over(here(talk).wish)) if wish else super().named(talk, said, picked)

    def back(self, talk: Talk) -> Step | None:
        return Step(to(talk, "book", here(talk).then(TownshipState)))


class Day(Choosing):
    """On which of the days?"""

    name = "book_day"
    remembers = DaysState

    def ask(self, talk: Talk) -> Reply:
        state = talk.state_as(DaysState)
        shown, more = _page(state.days, _page_of_days(state))
        keys = [
            Key(day.isoformat(), "day", {"one": day, "free": free, "first": number == 0})
            for number, (day, free) in enumerate(shown)
        ]
        keys += [Key("more")] if more else []
        return ask(
            "booking/day",
            self.name,
            [*keys, Key("other", "other_place"), "stop"],
            title=state.site.title,
            moving=state.moving,
        )

    def chosen(self, talk: Talk, picked: str) -> Step | None:
        state = talk.state_as(DaysState)
        match picked:
            case "more":
                return Step(again(talk, page=_next_page(state.days, _page_of_days(state))))
            case "other":
                return Step(to(talk, "book", state.then(TownshipState)))
        return self._on(talk, date.fromisoformat(picked), state.at)

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        state = talk.state_as(DaysState)
        when = read_when(said.text, talk.today)
        day = find_day(said.text, [day for day, _ in state.days], talk.today)
        if day and not wish_in(said.text, talk.today)[0].townships:
            return self._on(talk, day, when.at)
        if not picked and when.first and not when.day and not when.week:
            return self._on(talk, state.days[0][0], when.at)
        return super().named(talk, said, picked)

    def back(self, talk: Talk) -> Step | None:
        return Step(to(talk, "book", here(talk).then(TownshipState)))

    def quiet(self, talk: Talk) -> Step | None:
        return Step(talk.conversation, note=say("booking/quiet"))

    def _on(self, talk: Talk, day: date, at: str) -> Step:
        site = talk.state_as(DaysState).site.id
        return Step(again(talk, at=at, first=False), request=ShowTimes(site, day))


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
                page = 0 if state.half else _next_page(state.times, state.page)
                return Step(again(talk, page=page, half=""))
            case "other":
                return self.back(talk)
        start = next(start for start, _, _ in state.times if start.time() == clock(picked))
        return Step(talk.conversation, request=HoldPlace(state.site.id, start))

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        state = talk.state_as(TimesState)
        when = read_when(said.text, talk.today)
        if not (when.day or when.week) and len(beside(when.rest)) <= BESIDE:
            if half := half_of_day(said.text):
                return Step(again(talk, half=half))
            start = find_time(said.text, [start for start, _, _ in state.times])
            if start or (when.first and not picked):
                start = start or _shown(state)[0][0][0]
                return Step(talk.conversation, request=HoldPlace(state.site.id, start))
        return self.chosen(talk, picked) if picked else otherwise(talk, said, state.day)

    def quiet(self, talk: Talk) -> Step | None:
        return Step(talk.conversation, note=say("booking/quiet"))

    def back(self, talk: Talk) -> Step | None:
        return Step(talk.conversation, request=ShowDays(talk.state_as(TimesState).site.id))


class Purpose(Choosing):
    """What for? The place is kept meanwhile."""

    name = "book_purpose"
    remembers = HeldState

    def ask(self, talk: Talk) -> Reply:
        state = talk.state_as(HeldState)
        keys = [Key(one.id, "purpose", {"one": one}) for one in PURPOSES.values()]
        return ask(
            "booking/purpose",
            self.name,
            [*keys, Key("other", "other_time"), "stop"],
            title=state.site.title,
            starts_at=state.starts_at,
            until=state.until,
            today=talk.today,
            moving=state.moving,
        )

    def chosen(self, talk: Talk, picked: str) -> Step | None:
        if picked == "other":
            return self.back(talk)
        state = talk.state_as(HeldState)
        confirm = state.then(
            ConfirmState,
            site=state.site,
            starts_at=state.starts_at,
            until=state.until,
            purpose=picked,
        )
        return ran_out(talk) or Step(to(talk, "book_confirm", confirm))

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        same = talk.state_as(HeldState).starts_at.date()
        picked = picked or purpose_in(said.text)
        return self.chosen(talk, picked) if picked else otherwise(talk, said, same)

    def quiet(self, talk: Talk) -> Step | None:
        return Step(talk.conversation, note=say("booking/no_queue"))

    def back(self, talk: Talk) -> Step | None:
        return _times_again(talk)


class Confirm(Choosing):
    """The keys of the choices name the moment, so that a tap in the bubble of another booking
    confirms nothing here."""

    name = "book_confirm"
    remembers = ConfirmState
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        state = talk.state_as(ConfirmState)
        stamp = f"{state.starts_at:%m%d%H%M}"
        yes = [Key(f"{answer}-{stamp}", answer) for answer in ("remind", "quiet")]
        return ask(
            "booking/confirm",
            self.name,
            [*yes, Key("other", "other_time"), "stop"],
            title=state.site.title,
            starts_at=state.starts_at,
            until=state.until,
            today=talk.today,
            purpose=PURPOSES[state.purpose],
            moving=state.moving,
        )

    def chosen(self, talk: Talk, picked: str) -> Step | None:
        if picked == "other":
            return _times_again(talk)
        state = talk.state_as(ConfirmState)
        wish = ConfirmPlace(
            state.site.id,
            state.starts_at,
            state.purpose,
            reminders=picked.startswith("remind"),
            moving=state.moving,
        )
        return Step(talk.conversation, request=wish)

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        same = talk.state_as(ConfirmState).starts_at.date()
        return self.chosen(talk, picked) if picked else otherwise(talk, said, same)

    def quiet(self, talk: Talk) -> Step | None:
        return Step(talk.conversation, note=say("booking/no_queue"))

    def back(self, talk: Talk) -> Step | None:
        state = talk.state_as(ConfirmState)
        if state.meant:  # was not asked
            return _times_again(talk)
        kept = state.then(HeldState, site=state.site, starts_at=state.starts_at, until=state.until)
        return Step(to(talk, "book_purpose", kept))


def otherwise(talk: Talk, said: Said, same: date | None = None) -> Step | None:
    """Another township, day or time was named instead of an answer; a time alone is one of the
    `same` day."""
    wish = _beside_nothing(wished(said.text, talk.today, asked_where=True), said, talk)
    several = wish is not None and len(wish.townships) > 1  # 上塘 is three of them, 岩 only a part
    if wish is None or (several and not named_townships(said.text)[0]):
        return None
    day = wish.day or (same if wish.at and not wish.week else None)
    if not (wish.townships or wish.week or day):
        return None
    where = wish.townships or _where(talk)
    return go(talk, replace(wish, townships=where, day=day))


def _beside_nothing(wish: Wish | None, said: Said, talk: Talk) -> Wish | None:
    """A wish, unless the message says much beside it: 25号以后社保断了怎么办 is no wish."""
    _, rest = wish_in(said.text, talk.today)
    booked = intent_of(said.text, talk.today)
    return wish if booked or len(beside(rest)) <= BESIDE else None


def _where(talk: Talk) -> tuple[Site, ...]:
    site = talk.state.get("site")
    return (township(site),) if isinstance(site, str) else ()


def _times_again(talk: Talk) -> Step:
    state = talk.state_as(HeldState)
    request = ShowTimes(state.site.id, state.starts_at.date())
    return Step(talk.conversation, request=request)


def _page(offers: Sequence[T], page: int) -> tuple[Sequence[T], bool]:
    """The offers of a page, and whether there are more. Pages are of one length: not eight and then
    a last one of two."""
    size = _page_size(offers)
    return offers[page * size : (page + 1) * size], size < len(offers)


def _page_size(offers: Sequence[object]) -> int:
    pages = max(1, -(-len(offers) // ON_ONE_PAGE))
    return -(-len(offers) // pages)


def _next_page(offers: Sequence[object], page: int) -> int:
    """After the last page comes the first."""
    return page + 1 if (page + 1) * _page_size(offers) < len(offers) else 0


def _page_of_days(state: DaysState) -> int:
    """The page asked for, or that of the week."""
    if state.page is not None or state.week is None:
        return state.page or 0
    before = sum(day < state.week for day, _ in state.days)
    return before // _page_size(state.days) if before < len(state.days) else 0


def _shown(state: TimesState) -> tuple[Sequence[TimeOnOffer], bool]:
    return _half(state) or _page(state.times, state.page)


def _half(state: TimesState) -> tuple[Sequence[TimeOnOffer], bool] | None:
    """The times of the half of the day that was asked for, if there are some."""
    shown = [one for one in state.times if state.half == ("am" if one[0].hour < NOON else "pm")]
    return (shown[:ON_ONE_PAGE], len(shown) < len(state.times)) if shown else None
