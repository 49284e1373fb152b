"""另一位: the answers of another person of the household, beside one's own.

Nothing of theirs is kept unasked, and never as one's own. The turn goes to and fro; both results
stand side by side.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.agenda import learn, pending, proceed, settled_by, told_by
from dialogs.conversation import Conversation, Facts, Profile
from dialogs.flow import Flow, Step, Talk
from dialogs.flows.questionnaire.hearing import listen
from dialogs.intents.household import (
    leaves_oneself_out,
    names_nobody,
    plain_name,
    same_person,
    whose_it_is,
)
from dialogs.phrases import ask, say
from dialogs.questions import questions
from dialogs.readback import heard, named
from dialogs.reply import Reply
from dialogs.states import OtherState
from dialogs.utterance import Said
from dialogs.young import young_among

_KEYS = {"keep": ("yes", "no", "mine"), "whose": ("mine", "yes", "no")}
ANYBODY = "另一位"
"""How the other one is called who was not named."""


class Other(Flow):
    """Asks before something of the other one is kept, changed or deleted."""

    name = "profile"
    remembers = OtherState
    passing = True

    def ask(self, talk: Talk) -> Reply:
        known = talk.conversation.other
        state = talk.state_as(OtherState)
        return ask(
            f"profile/{state.asks}",
            self.name,
            _KEYS.get(state.asks, ("yes", "no")),
            whose=state.whose,
            known=known.whose if known else "",
            told=_said_back(talk, state),
        )

    def answer(self, talk: Talk, said: Said) -> Step | None:
        picked = self.confirmed(talk, said)
        below, state = talk.after(talk.conversation.leave()), talk.state_as(OtherState)
        if picked == "no":
            return Step(below.conversation, note=say("profile/left", whose=state.whose))
        if picked == "mine":
            return _own(below, state.facts)
        if state.asks == "whose" and picked is None and (whose := whose_it_is(said)):
            return _keep(below, whose, state.facts, state.born_in)
        if picked != "yes":
            return None
        match state.asks:
            case "keep" | "change" | "whose":
                told = _told_along(below, said, state.whose)
                step = _keep(below, state.whose, {**state.facts, **told}, state.born_in)
                return _on_their_turn(talk, step) if leaves_oneself_out(said) else step
            case "replace":
                return _turn(talk, Profile(whose=state.whose))
        own = talk.conversation.own.but(aside=None)
        kept = proceed(talk.after(own)) if talk.conversation.whose else own.leave()
        return Step(kept, note=say("profile/forgotten"))

    def command(self, talk: Talk, word: str) -> Step | None:
        state = talk.state_as(OtherState)
        if word == "self" and "mine" in _KEYS.get(state.asks, ()):
            return _own(talk.after(talk.conversation.leave()), state.facts)
        return super().command(talk, word)


def _on_their_turn(talk: Talk, kept: Step) -> Step:
    """好，就算她，我不用算: what was told is kept, and on with that one's questions."""
    turn = begin(talk.after(kept.conversation))
    return replace(turn, note=f"{kept.note}\n{turn.note}".strip())


def _told_along(talk: Talk, said: Said, whose: str) -> Facts:
    """要的呀 我儿子36了 社保交了8年: what is told of that one beside the yes."""
    heard = listen(talk, None, Said("") if said.tap else said)
    unsaid = heard.facts if heard.people and not _OF_ONESELF.search(said.text) else {}
    return unsaid | {
        fact: value
        for who, facts in heard.others.items()
        if same_person(plain_name(who), whose)
        for fact, value in facts.items()
    }


_OF_ONESELF = re.compile("(?:^|[，,。；;！! ])(?:我|俺|本人|自己)")
"""Where no clause is of the speaker, what is told beside the yes is of that one: 好 他愿意的
住我厂里宿舍."""


def _own(talk: Talk, facts: Facts) -> Step:
    """What was taken for another person's is one's own."""
    ids = settled_by({**talk.conversation.facts, **facts}, frozenset(facts))
    after = talk.after(learn(talk.conversation, facts, ids))
    return Step(proceed(after), note=heard(after, told_by(facts), talk))


def offer(
    talk: Talk, whose: str, facts: Facts, *, sure: bool = True, born_in: int | None = None
) -> Step | None:
    """The step after another person's figures were told: an offer to keep them aside; said back at
    once where that is agreed already. None before the consent, or where nothing is to be kept.

    Where it is not `sure` that the word names a person, it is asked whose they are.
    """
    conversation, whose = talk.conversation, plain_name(whose)
    if not conversation.consented or not facts:
        return None
    if young_among(facts, talk.today):
        return Step(conversation, note=say("guardian/other", whose=whose))
    known, told = conversation.other, {"whose": whose, "facts": facts, "born_in": born_in}
    if not sure:
        return _asking(talk, OtherState(asks="whose", **told))
    if known is None and conversation.offered_other:
        return Step(conversation, note=say("profile/not_counted", whose=whose))
    if known is None:
        offering = talk.after(conversation.but(offered_other=True))
        return _asking(offering, OtherState(asks="keep", **told))
    if not same_person(known.whose, whose):
        return Step(conversation, note=say("profile/another", whose=whose, known=known.whose))
    changed = {f: v for f, v in facts.items() if f in known.facts and known.facts[f] != v}
    if changed:
        return _asking(talk, OtherState(asks="change", **told))
    return _keep(talk, whose, facts, born_in)


def begin(talk: Talk, whose: str = "") -> Step:
    """The step of 帮我老婆也算一下: on with the other one's questions."""
    known = talk.conversation.other
    if known is not None and whose and not same_person(known.whose, whose):
        return _asking(talk, OtherState(asks="replace", whose=whose))
    if talk.conversation.whose:
        return Step(proceed(talk))
    return _turn(talk, talk.conversation.aside or Profile(whose=whose or ANYBODY), whose)


def back(talk: Talk) -> Step:
    """The step of 换回我自己."""
    if not talk.conversation.whose:
        return Step(talk.conversation, note=say("profile/own_already"))
    own = talk.after(talk.conversation.own)
    return Step(proceed(own), note=say("profile/back", whose=talk.conversation.whose))


def forget(talk: Talk) -> Step:
    """The step of 删除另一位."""
    known = talk.conversation.other
    if known is None:
        return Step(talk.conversation, note=say("profile/nobody"))
    return _asking(talk, OtherState(asks="forget", whose=known.whose))


def _asking(talk: Talk, state: OtherState) -> Step:
    return Step(talk.conversation.enter(Other.name, state))


def _turn(talk: Talk, profile: Profile, whose: str = "") -> Step:
    """On with the questions of the other one, from where they stand."""
    there = talk.conversation.own.but(aside=_named(profile, whose)).turned()
    after = talk.after(there)
    note = say("profile/begun", whose=there.whose, begun=bool(profile.facts), left=pending(after))
    return Step(proceed(after), note=note)


def _named(profile: Profile, whose: str) -> Profile:
    """The profile under a name that says who it is, where there is one."""
    better = whose and names_nobody(profile.whose) and not names_nobody(whose)
    return profile.model_copy(update={"whose": whose}) if better else profile


def _keep(talk: Talk, whose: str, facts: Facts, born_in: int | None = None) -> Step:
    """What was told of the other one is theirs; one's own talk goes on. On their turn it is the
    answer."""
    theirs = _learnt(talk, whose, facts)
    theirs = theirs.but(born_in=born_in or theirs.born_in)
    told, turn = heard(talk.after(theirs), told_by(facts)), bool(talk.conversation.whose)
    note = say("profile/kept", whose=theirs.whose, told=told, turn=turn)
    if talk.conversation.whose:
        return Step(proceed(talk.after(theirs)), note=note)
    return Step(theirs.turned(), note=note)


def _learnt(talk: Talk, whose: str, facts: Facts) -> Conversation:
    """The conversation on the other one's turn, with these facts."""
    conversation = talk.conversation
    if not conversation.whose:
        aside = _named(conversation.aside or Profile(whose=whose or ANYBODY), whose)
        conversation = conversation.but(aside=aside).turned()
    known = {**conversation.facts, **facts}
    return learn(conversation, facts, settled_by(known, frozenset(facts)))


def _said_back(talk: Talk, state: OtherState) -> str:
    theirs = talk.after(_learnt(talk, state.whose, state.facts))
    return "，".join(named(questions()[id], theirs) for id in told_by(state.facts))
