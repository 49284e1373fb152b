"""Where does one want to come?"""

from __future__ import annotations

from dataclasses import replace

from dialogs.booking.choices.choosing import Choosing, beside_nothing
from dialogs.booking.choices.paging import next_page, page_of
from dialogs.booking.moves import again, go, here, look, to
from dialogs.booking.request import wished
from dialogs.booking.states import SitesState, TownshipState
from dialogs.booking.townships import township, townships
from dialogs.flow import Step, Talk
from dialogs.labels import Key
from dialogs.phrases import ask, say
from dialogs.reply import Reply
from dialogs.utterance import Said

KINDS = {"streets": "街道", "towns": "镇", "villages": "乡"}


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
        shown, more = page_of(state.sites, state.page)
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
            return Step(again(talk, page=next_page(state.sites, state.page)))
        return go(talk, replace(state.wish, townships=(township(picked),)))

    def named(self, talk: Talk, said: Said, picked: str | None) -> Step | None:
        wish = beside_nothing(wished(said.text, talk.today, asked_where=True), said, talk)
        if wish and not wish.townships and (wish.day or wish.week):
            return look(talk, wish)
        return go(talk, wish.over(here(talk).wish)) if wish else super().named(talk, said, picked)

    def back(self, talk: Talk) -> Step | None:
        return Step(to(talk, "book", here(talk).then(TownshipState)))
