"""The choices on the way to a place: township, day, time, purpose, confirmation."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from pydantic import JsonValue

from dialogs.booking.desk import ConfirmPlace, FindNearest, HoldPlace, ShowDays, ShowTimes
from dialogs.booking.purposes import PURPOSES
from dialogs.booking.steps import BookingFlow, moment, title, to
from dialogs.booking.townships import find_townships, township, townships
from dialogs.booking.when import clock, day_and_time, find_day, find_time, half_of_day, spoken
from dialogs.conversation import Conversation
from dialogs.flow import Step, Talk
from dialogs.reply import Reply
from dialogs.utterance import Said, Sent
from dialogs.words import reply, say

T = TypeVar("T")
ON_ONE_PAGE = 8
"""Choices shown at once."""
NOON = 12
MANY = 7
"""More townships than this are listed as words, not as choices."""


class Township(BookingFlow):
    """State: `among`, the townships that what was said can mean."""

    name = "book"

    def ask(self, talk: Talk) -> Reply:
        among = talk.state.get("among")
        meant = [township(str(id)) for id in among] if isinstance(among, list) else []
        return reply("booking/township", self.name, among=meant, moving=_moving(talk))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        picked = self.picked(talk, said)
        if picked == "list":
            return Step(talk.conversation, note=say("booking/townships", townships=townships()))
        if picked == "stop":
            return Step(talk.conversation.leave())
        found = [picked] if picked else [one.id for one in find_townships(said.text)]
        if not found or (said.tap and not picked):
            return None
        if len(found) == 1:
            return Step(talk.conversation.stay(**_carried(talk)), request=ShowDays(found[0]))
        if len(found) > MANY:
            return None
        among: list[JsonValue] = [*found]
        return Step(talk.conversation.stay(**_carried(talk), among=among))

    def receive(self, talk: Talk, sent: Sent) -> Step | None:
        if sent.kind != "location":
            return None
        if sent.latitude is None or sent.longitude is None:
            return Step(talk.conversation, note=say("booking/not_near"))
        return Step(talk.conversation, request=FindNearest(sent.latitude, sent.longitude))


class Day(BookingFlow):
    """State: `site`; `days` on offer as [day, free]; `page` from 0."""

    name = "book_day"

    def ask(self, talk: Talk) -> Reply:
        free = _free_days(talk)
        shown, more = _page(talk, free)
        return reply(
            "booking/day", self.name, title=title(talk), days=shown, more=more, today=talk.today
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        days = [day for day, _ in _free_days(talk)]
        day_said, at = ("", "") if said.tap else day_and_time(said.text)
        named = find_day(day_said, days, talk.today)
        picked = named.isoformat() if named else self.picked(talk, said)
        site = str(talk.state["site"])
        match picked:
            case None:
                return elsewhere(talk, said) or elsewhen(talk, said)
            case "more":
                return Step(_next_page(talk))
            case "other":
                return Step(to(talk, "book"))
        conversation = talk.conversation.stay(**{**talk.state, "at": at if named else ""})
        return Step(conversation, request=ShowTimes(site, date.fromisoformat(picked)))

    def back(self, talk: Talk) -> Step | None:
        return Step(to(talk, "book"))


class Time(BookingFlow):
    """State: `site`, `day`; `times` on offer as [start, end, free]; `page` from 0; `half`, the half
    of the day to show first."""

    name = "book_time"

    def ask(self, talk: Talk) -> Reply:
        times = _free_times(talk)
        shown, more = _half(talk, times) or _page(talk, times)
        day = date.fromisoformat(str(talk.state["day"]))
        return reply("booking/time", self.name, title=title(talk), day=day, times=shown, more=more)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        starts = [start for start, _, _ in _free_times(talk)]
        half = "" if said.tap else half_of_day(said.text)
        if half:
            return Step(talk.conversation.stay(**{**talk.state, "half": half}))
        named = None if said.tap else find_time(said.text, starts)
        picked = f"{named:%H%M}" if named else self.picked(talk, said)
        match picked:
            case None:
                return elsewhen(talk, said, date.fromisoformat(str(talk.state["day"])))
            case "more":
                return Step(_next_page(talk))
            case "other":
                return self.back(talk)
        start = next(start for start in starts if start.time() == clock(picked))
        return Step(talk.conversation, request=HoldPlace(str(talk.state["site"]), start))

    def back(self, talk: Talk) -> Step | None:
        return Step(talk.conversation, request=ShowDays(str(talk.state["site"])))


class Purpose(BookingFlow):
    """State: `site`, `starts_at`, `until` of the hold."""

    name = "book_purpose"

    def ask(self, talk: Talk) -> Reply:
        return reply(
            "booking/purpose",
            self.name,
            title=title(talk),
            starts_at=moment(talk.state["starts_at"]),
            until=moment(talk.state["until"]),
            purposes=PURPOSES,
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case None:
                return elsewhen(talk, said, moment(talk.state["starts_at"]).date())
            case "other":
                return self.back(talk)
            case purpose:
                return Step(to(talk, "book_confirm", **{**talk.state, "purpose": purpose}))

    def back(self, talk: Talk) -> Step | None:
        return _times_again(talk)


class Confirm(BookingFlow):
    """State: that of Purpose, and `purpose`. The keys of the choices name the moment, so that a tap
    in the bubble of another booking confirms nothing here."""

    name = "book_confirm"
    guarded = True

    def ask(self, talk: Talk) -> Reply:
        starts_at = moment(talk.state["starts_at"])
        return reply(
            "booking/confirm",
            self.name,
            title=title(talk),
            starts_at=starts_at,
            until=moment(talk.state["until"]),
            purpose=PURPOSES[str(talk.state["purpose"])],
            moving=_moving(talk),
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
                    moving=_moving(talk),
                )
                return Step(talk.conversation, request=wish)
            case "other":
                return _times_again(talk)
            case "stop":
                return Step(
                    talk.conversation.leave(), note=say("booking/stopped", moving=_moving(talk))
                )
        return elsewhen(talk, said, moment(talk.state["starts_at"]).date())

    def back(self, talk: Talk) -> Step | None:
        kept = {name: talk.state[name] for name in ("site", "starts_at", "until")}
        return Step(to(talk, "book_purpose", **kept))


def elsewhere(talk: Talk, said: Said) -> Step | None:
    """Another township was named instead of an answer."""
    found = () if said.tap else find_townships(said.text)
    return Step(talk.conversation, request=ShowDays(found[0].id)) if len(found) == 1 else None


def elsewhen(talk: Talk, said: Said, same: date | None = None) -> Step | None:
    """Another day was named instead of an answer, or another time of the `same` day."""
    named = None if said.tap else spoken(said.text, talk.today, same)
    if named is None:
        return None
    day, at = named
    asked = talk.conversation.stay(**{**talk.state, "at": at})
    return Step(asked, request=ShowTimes(str(talk.state["site"]), day))


def _times_again(talk: Talk) -> Step:
    starts_at = moment(talk.state["starts_at"])
    request = ShowTimes(str(talk.state["site"]), starts_at.date())
    return Step(talk.conversation, request=request)


def _moving(talk: Talk) -> bool:
    return bool(talk.state.get("moving"))


def _carried(talk: Talk) -> dict[str, JsonValue]:
    return {name: value for name, value in talk.state.items() if name != "among"}


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
    """The offers on the present page, and whether there are more."""
    first = _page_number(talk) * ON_ONE_PAGE
    if first >= len(offers):
        first = 0
    return offers[first : first + ON_ONE_PAGE], len(offers) > ON_ONE_PAGE


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
    pages = -(-len(offers) // ON_ONE_PAGE)
    page = 0 if talk.state.get("half") else (_page_number(talk) + 1) % pages
    return talk.conversation.stay(**{**talk.state, "page": page, "half": ""})


def _page_number(talk: Talk) -> int:
    page = talk.state.get("page", 0)
    return page if isinstance(page, int) else 0
