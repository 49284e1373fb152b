"""The choices on the way to a place: township, day, time, purpose, confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from dialogs.booking.outcomes import (
    BookingFlow,
    go,
    moment,
    moving,
    ran_out,
    stopped,
    title,
    to,
    wish_of,
)
from dialogs.booking.protocol import ConfirmPlace, FindNearest, HoldPlace, ShowDays, ShowTimes
from dialogs.booking.purposes import PURPOSES
from dialogs.booking.request import Wish, wished
from dialogs.booking.townships import township, townships
from dialogs.booking.when import clock, day_and_time, find_day, find_time, half_of_day
from dialogs.conversation import Conversation
from dialogs.flow import Step, Talk
from dialogs.phrases import reply, say
from dialogs.reply import Reply
from dialogs.utterance import Said, Sent

T = TypeVar("T")
ON_ONE_PAGE = 8
"""Choices shown at once, at most."""
NOON = 12
KINDS = {"streets": "街道", "towns": "镇", "villages": "乡"}


class Choosing(BookingFlow):
    """Base of the choices on the way: one can stop, and say otherwise, at each of them."""

    def command(self, talk: Talk, word: str) -> Step | None:
        if word == "cancel_booking" and not moving(talk):
            return stopped(talk)  # nothing is booked yet
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
    """State: `among`, the townships that what was said can mean; `day`, `at` and `week`, when one
    wants to come, as far as that was said."""

    name = "book"

    def ask(self, talk: Talk) -> Reply:
        among = talk.state.get("among")
        meant = [township(str(id)) for id in among] if isinstance(among, list) else []
        return reply(
            "booking/township",
            self.name,
            among=meant,
            day=wish_of(talk).day,
            moving=moving(talk),
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        picked = self.picked(talk, said)
        match picked:
            case "stop":
                return stopped(talk)
            case "other":
                return go(talk, replace(wish_of(talk), townships=()))
            case "streets" | "towns" | "villages":
                listed = tuple(one for one in townships() if one.kind == KINDS[picked])
                wish: Wish | None = Wish(listed)
            case str():
                wish = Wish((township(picked),))
            case _:
                wish = None if said.tap else wished(said.text, talk.today, asked_where=True)
        return go(talk, wish.over(wish_of(talk))) if wish else None

    def command(self, talk: Talk, word: str) -> Step | None:
        if word == "unknown":
            return Step(talk.conversation, note=say("booking/where_one_lives"))
        return super().command(talk, word)

    def retry(self, talk: Talk, said: Said) -> Reply:
        if talk.conversation.misses > 1:
            return super().retry(talk, said)
        return self.ask(talk).after(say("booking/not_found"))


class Day(Choosing):
    """State: `site`; `days` on offer as [day, free]; `page` from 0, or the `week` to show first."""

    name = "book_day"

    def ask(self, talk: Talk) -> Reply:
        shown, more = _page(talk, _free_days(talk))
        return reply(
            "booking/day",
            self.name,
            title=title(talk),
            days=shown,
            more=more,
            moving=moving(talk),
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        days = [day for day, _ in _free_days(talk)]
        day_said, at = ("", "") if said.tap else day_and_time(said.text)
        named = find_day(day_said, days, talk.today)
        picked = named.isoformat() if named else self.picked(talk, said)
        site = str(talk.state["site"])
        match picked:
            case None:
                return otherwise(talk, said)
            case "more":
                return Step(_next_page(talk))
            case "other":
                return Step(to(talk, "book"))
            case "stop":
                return stopped(talk)
        conversation = talk.conversation.stay(**{**talk.state, "at": at if named else ""})
        return Step(conversation, request=ShowTimes(site, date.fromisoformat(picked)))

    def back(self, talk: Talk) -> Step | None:
        return Step(to(talk, "book"))


class Time(Choosing):
    """State: `site`, `day`; `times` on offer as [start, end, free]; `page` from 0; `half`, the half
    of the day to show first."""

    name = "book_time"

    def ask(self, talk: Talk) -> Reply:
        times = _free_times(talk)
        shown, more = _half(talk, times) or _page(talk, times)
        day = date.fromisoformat(str(talk.state["day"]))
        return reply(
            "booking/time",
            self.name,
            title=title(talk),
            day=day,
            times=shown,
            more=more,
            moving=moving(talk),
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        starts = [start for start, _, _ in _free_times(talk)]
        half = "" if said.tap else half_of_day(said.text)
        if half:
            return Step(talk.conversation.stay(**{**talk.state, "half": half}))
        named = None if said.tap else find_time(said.text, starts)
        picked = f"{named:%H%M}" if named else self.picked(talk, said)
        match picked:
            case None:
                return otherwise(talk, said, date.fromisoformat(str(talk.state["day"])))
            case "more":
                return Step(_next_page(talk))
            case "other":
                return self.back(talk)
            case "stop":
                return stopped(talk)
        start = next(start for start in starts if start.time() == clock(picked))
        return Step(talk.conversation, request=HoldPlace(str(talk.state["site"]), start))

    def back(self, talk: Talk) -> Step | None:
        return Step(talk.conversation, request=ShowDays(str(talk.state["site"])))


class Purpose(Choosing):
    """State: `site`, `starts_at`, `until` of the hold."""

    name = "book_purpose"

    def ask(self, talk: Talk) -> Reply:
        return reply(
            "booking/purpose",
            self.name,
            title=title(talk),
            starts_at=moment(talk.state["starts_at"]),
            until=moment(talk.state["until"]),
            today=talk.today,
            purposes=PURPOSES,
            moving=moving(talk),
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case None:
                return otherwise(talk, said, moment(talk.state["starts_at"]).date())
            case "other":
                return self.back(talk)
            case "stop":
                return stopped(talk)
            case purpose:
                return ran_out(talk) or Step(
                    to(talk, "book_confirm", **{**talk.state, "purpose": purpose})
                )

    def back(self, talk: Talk) -> Step | None:
        return _times_again(talk)


class Confirm(Choosing):
    """State: that of Purpose, and `purpose`. The keys of the choices name the moment, so that a tap
    in the bubble of another booking confirms nothing here."""

    name = "book_confirm"
    guarded = True
    sure = True

    def ask(self, talk: Talk) -> Reply:
        starts_at = moment(talk.state["starts_at"])
        return reply(
            "booking/confirm",
            self.name,
            title=title(talk),
            starts_at=starts_at,
            until=moment(talk.state["until"]),
            today=talk.today,
            purpose=PURPOSES[str(talk.state["purpose"])],
            moving=moving(talk),
            stamp=f"{starts_at:%m%d%H%M}",
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        picked = (self.picked(talk, said) or "").partition("-")[0]
        match picked:
            case "remind" | "quiet":
                wish = ConfirmPlace(
                    str(talk.state["site"]),
                    moment(talk.state["starts_at"]),
                    str(talk.state["purpose"]),
                    reminders=picked == "remind",
                    moving=moving(talk),
                )
                return Step(talk.conversation, request=wish)
            case "other":
                return _times_again(talk)
            case "stop":
                return stopped(talk)
        return otherwise(talk, said, moment(talk.state["starts_at"]).date())

    def back(self, talk: Talk) -> Step | None:
        kept = {name: talk.state[name] for name in ("site", "starts_at", "until")}
        return Step(to(talk, "book_purpose", **kept))


def otherwise(talk: Talk, said: Said, same: date | None = None) -> Step | None:
    """Another township, day or time was named instead of an answer; a time alone is one of the
    `same` day."""
    wish = None if said.tap else wished(said.text, talk.today)
    if wish is None or len(wish.townships) > 1:
        return None
    day = wish.day or (same if wish.at else None)
    if not (wish.townships or wish.week or day):
        return None
    where = wish.townships or (township(str(talk.state["site"])),)
    return go(talk, replace(wish, townships=where, day=day))


def _times_again(talk: Talk) -> Step:
    starts_at = moment(talk.state["starts_at"])
    request = ShowTimes(str(talk.state["site"]), starts_at.date())
    return Step(talk.conversation, request=request)


def _free_days(talk: Talk) -> list[tuple[date, int]]:
    days = talk.state["days"]
    rows = days if isinstance(days, list) else []
    offers = [(row[0], row[1]) for row in rows if isinstance(row, list)]
    return [(date.fromisoformat(str(day)), int(str(free))) for day, free in offers if free]


def _free_times(talk: Talk) -> list[tuple[datetime, datetime, int]]:
    times = talk.state["times"]
    rows = times if isinstance(times, list) else []
    offers = [(row[0], row[1], row[2]) for row in rows if isinstance(row, list)]
    return [(moment(start), moment(end), int(str(free))) for start, end, free in offers if free]


def _page(talk: Talk, offers: list[T]) -> tuple[list[T], bool]:
    """The offers on the present page, and whether there are more. Pages are of one length: not
    eight and then a last one of two."""
    size = _page_size(offers)
    first = _page_number(talk) * size
    return offers[first : first + size], size < len(offers)


def _page_size(offers: Sequence[object]) -> int:
    pages = max(1, -(-len(offers) // ON_ONE_PAGE))
    return -(-len(offers) // pages)


def _half(
    talk: Talk, times: list[tuple[datetime, datetime, int]]
) -> tuple[list[tuple[datetime, datetime, int]], bool] | None:
    """The times of the half of the day that was asked for, if there are some."""
    half = talk.state.get("half")
    shown = [one for one in times if half == ("am" if one[0].hour < NOON else "pm")]
    return (shown[:ON_ONE_PAGE], len(shown) < len(times)) if shown else None


def _next_page(talk: Talk) -> Conversation:
    """After the last page comes the first, after a half of the day the whole."""
    offers = _free_times(talk) if "times" in talk.state else _free_days(talk)
    after = (_page_number(talk) + 1) * _page_size(offers) < len(offers)
    page = _page_number(talk) + 1 if after and not talk.state.get("half") else 0
    return talk.conversation.stay(**{**talk.state, "page": page, "half": ""})


def _page_number(talk: Talk) -> int:
    page, week = talk.state.get("page"), talk.state.get("week")
    if isinstance(page, int):
        return page
    days = _free_days(talk) if week else []
    before = sum(day < date.fromisoformat(str(week)) for day, _ in days)
    return before // _page_size(days) if before < len(days) else 0
