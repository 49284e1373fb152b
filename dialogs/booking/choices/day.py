"""On which day?"""

from __future__ import annotations

from datetime import date

from dialogs.booking.choices.choosing import Choosing
from dialogs.booking.choices.paging import next_page, page_of, page_with
from dialogs.booking.moves import again, here, to
from dialogs.booking.protocol import ShowTimes
from dialogs.booking.request import wish_in
from dialogs.booking.states import DaysState, TownshipState
from dialogs.booking.when import find_day, read_when
from dialogs.flow import Step, Talk
from dialogs.labels import Key
from dialogs.phrases import ask, say
from dialogs.reply import Reply
from dialogs.utterance import Said


class Day(Choosing):
    """On which of the days?"""

    name = "book_day"
    remembers = DaysState

    def ask(self, talk: Talk) -> Reply:
        state = talk.state_as(DaysState)
        shown, more = page_of(state.days, _page_of_days(state))
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
                return Step(again(talk, page=next_page(state.days, _page_of_days(state))))
            case "other":
                return Step(to(talk, "book", state.then(TownshipState)))
        return self._on(talk, date.fromisoformat(picked), state.at)

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        state = talk.state_as(DaysState)
        when = read_when(said.text, talk.today)
        day = find_day(said.text, [day for day, _ in state.days], talk.today)
        if day and not wish_in(said.text, talk.today)[0].townships:
            return self._on(talk, day, when.at or state.at)
        if not picked and when.first and not when.day and not when.week:
            return self._on(talk, state.days[0][0], when.at or state.at)
        return super().named(talk, said, picked)

    def back(self, talk: Talk) -> Step | None:
        return Step(to(talk, "book", here(talk).then(TownshipState)))

    def quiet(self, talk: Talk) -> Step | None:
        return Step(talk.conversation, note=say("booking/quiet"))

    def _on(self, talk: Talk, day: date, at: str) -> Step:
        site = talk.state_as(DaysState).site.id
        return Step(again(talk, at=at, first=False), request=ShowTimes(site, day))


def _page_of_days(state: DaysState) -> int:
    """The page asked for, or that of the week."""
    if state.page is not None or state.week is None:
        return state.page or 0
    before = sum(day < state.week for day, _ in state.days)
    return page_with(state.days, before)
