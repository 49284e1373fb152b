"""What a flow is: something that can ask, and can answer. The engine does the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache

from dialogs import faq
from dialogs.asked_along import Along
from dialogs.conversation import Conversation, FlowState, S
from dialogs.conversation import Facts as Known
from dialogs.intents.agreement import agrees, declines
from dialogs.match_choice import chosen
from dialogs.phrases import say
from dialogs.questions import stood_for
from dialogs.reply import Choice, Link, Reply
from dialogs.requests import Request
from dialogs.utterance import Said, Sent, Utterance
from scoring import (
    Determination,
    Estimate,
    Facts,
    Ruleset,
    determination,
    estimate,
    open_facts,
    read_facts,
)
from scoring.analysis.determination import Keyed
from scoring.engine.told import filler

Find = Callable[[str], faq.Found]
"""Finds the topic of a question; the service's own also knows what the staff added."""


class Reckoning:
    """What the rules say of some facts; each thing is computed when first asked for, then kept."""

    def __init__(self, known: Known, rules: Ruleset, on: date) -> None:
        self.known = known
        self.rules = rules
        self.on = on
        self.views: dict[tuple[object, ...], list[str]] = {}
        """Longer texts made of it in this turn, by what they show."""

    @cached_property
    def facts(self) -> Facts:
        """The facts, validated."""
        return read_facts(self.known, self.rules.catalogue)

    @cached_property
    def estimate(self) -> Estimate:
        """Points, low and high, with the reasons."""
        return estimate(self.rules, self.facts, on=self.on)

    @cached_property
    def open_facts(self) -> frozenset[str]:
        """Unanswered facts that can still change the result."""
        found = open_facts(self.rules, self.facts, self.on, estimated=self.estimate)
        return frozenset(found) - stood_for(self.facts)


class Talk:
    """What a flow may look at in one turn. All talks of a turn share their reckonings, so that the
    estimate of the same facts is computed once."""

    def __init__(
        self,
        conversation: Conversation,
        now: datetime,
        rules: Ruleset,
        find: Find = faq.find,
        signing: Keyed | None = None,
    ) -> None:
        self.conversation = conversation
        self.now = now
        self.today = now.date()
        """The day in the county."""
        self.rules = rules
        self.find = find
        self.signing = signing
        self._reckonings: list[Reckoning] = []

    def state_as(self, kind: type[S]) -> S:
        """What the asked flow remembers, checked."""
        return self.conversation.top.state_as(kind)

    @cached_property
    def _reckoning(self) -> Reckoning:
        known = self.conversation.facts
        for reckoning in self._reckonings:
            if reckoning.known == known:
                return reckoning
        self._reckonings.append(Reckoning(known, self.rules, self.today))
        return self._reckonings[-1]

    @property
    def facts(self) -> Facts:
        """The facts known so far, validated."""
        return self._reckoning.facts

    @property
    def views(self) -> dict[tuple[object, ...], list[str]]:
        """Texts already made of the facts known so far."""
        return self._reckoning.views

    @property
    def estimate(self) -> Estimate:
        """The estimate of the facts known so far."""
        return self._reckoning.estimate

    @property
    def determination(self) -> Determination:
        """The id of that estimate, by which it can be confirmed later."""
        return determination(self.rules, self.facts, on=self.today, key=self.signing)

    def told(self, text: str) -> str:
        """A text of the questions with the figures in force in their places."""
        return filler(self.rules.figures(self.today))(text)

    @property
    def open_facts(self) -> frozenset[str]:
        """Unanswered facts that can still change the result."""
        return self._reckoning.open_facts

    @property
    def counted(self) -> frozenset[str]:
        """The facts that the rules in force give points for."""
        return _counted(self.rules, self.today)

    @property
    def told_what_counts(self) -> bool:
        """Whether anything that gives points was answered: before that there is no number."""
        return not self.counted.isdisjoint(self.conversation.facts)

    def after(self, conversation: Conversation) -> Talk:
        """The same moment, another conversation."""
        other = Talk(conversation, self.now, self.rules, self.find, self.signing)
        other._reckonings = self._reckonings
        return other


@lru_cache(maxsize=8)
def _counted(rules: Ruleset, on: date) -> frozenset[str]:
    return rules.at(on).counted


@dataclass(frozen=True, slots=True)
class Step:
    """What an answer leads to: the next conversation, whose top flow is asked then.

    `note` is said first, with its `links`. `reply` is said instead of asking. `request` is handed
    to the service, whose outcome comes to the top flow's `fulfilled`. `rest` is what is left of the
    message, heard in the new place; so is `again`, held from earlier messages, one after the other;
    a `question` asked along with an answer is answered there, after the note. `topic`: what the
    note tells; `offered`: topics to choose from under the reply; `menu`: whether they are all the
    reply is; `message`: what tells the message from others. `unmatched` and `hearer`: see `Turn`.
    """

    conversation: Conversation
    note: str = ""
    links: tuple[Link, ...] = ()
    reply: Reply | None = None
    request: Request[object] | None = None
    again: tuple[Said, ...] = ()
    rest: Said | None = None
    question: Along | None = None
    misses: int = 0
    unmatched: str | None = None
    hearer: str = ""
    topic: str = ""
    offered: tuple[str, ...] = ()
    menu: bool = False
    message: str = ""


class Flow:
    """Base of all flows: subclasses set `name` and write `ask` and `answer`.

    `remembers`: the model of its state, read with `talk.state_as`.
    `guarded`: no guess (question topics, several answers at once) may interrupt; with `sure`, a
    question that is understood beyond doubt is answered all the same.
    `personal`: what is said here is about the person, so only questions are kept for the staff.
    `passing`: what it does not understand goes to the flow below, as if it had not been there.
    """

    name: str
    remembers: type[FlowState] = FlowState
    guarded = False
    sure = False
    personal = False
    passing = False

    def ask(self, talk: Talk) -> Reply:
        """The question in the present state; asked afresh after every detour."""
        raise NotImplementedError

    def again(self, talk: Talk) -> Reply:
        """The same after a detour; shorter, where the question is long."""
        return self.ask(talk)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        """Where this leads, or None when it was not understood."""
        raise NotImplementedError

    def retry(self, talk: Talk, said: Said) -> Reply:
        """After a miss; `talk.conversation.misses` counts them in a row."""
        del said
        misses = talk.conversation.misses
        tactic = misses if misses < 3 else 3 + (misses - 3) % 2
        asked = self.again(talk)
        if tactic == 3:  # not the same question a third time, only its choices
            asked = replace(asked, text="")
        return asked.after(say(f"retry/{tactic}"))

    def command(self, talk: Talk, word: str) -> Step | None:
        """What a reserved word does here; None leaves it to its general meaning."""
        del talk, word
        return None

    def spoken(self, talk: Talk, utterance: Utterance) -> Conversation:
        """The conversation as the next message finds it: without what is said only once."""
        del utterance
        return talk.conversation

    def about(self, talk: Talk) -> str:
        """What one was at, in a word, for the offer to go on; "" where nothing is to go on with."""
        del talk
        return ""

    def receive(self, talk: Talk, sent: Sent) -> Step | None:
        """A photo, a location and so on; None leaves it to the engine."""
        del talk, sent
        return None

    def fulfilled(self, talk: Talk, request: Request[object], value: object) -> Step:
        """The service's outcome of a request this flow made."""
        raise NotImplementedError(f"{self.name} asked for nothing")

    def confirmed(self, talk: Talk, said: Said) -> str | None:
        """The key of a choice between yes and no (and others) that a message picks, also in more
        words than those of the choices."""
        if declines(said):
            return "no"  # 不用，算我的就好
        return self.picked(talk, said) or ("yes" if agrees(said) else None)

    def choices(self, talk: Talk) -> Sequence[Choice]:
        """What can be tapped under the question; a flow may know it without the question's text."""
        return self.ask(talk).choices

    def picked(self, talk: Talk, said: Said, choices: Sequence[Choice] | None = None) -> str | None:
        """The key of the choice that was tapped, numbered or named; None if none was."""
        return chosen(said, self.choices(talk) if choices is None else choices)
