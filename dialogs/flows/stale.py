"""A tap in an old bubble: offer to change that answer, never apply it to another question."""

from __future__ import annotations

from dialogs.flow import Flow, Step, Talk
from dialogs.flows.change import reopen
from dialogs.flows.questionnaire.record import take
from dialogs.phrases import ask
from dialogs.questions import Question, questions
from dialogs.readback import value
from dialogs.reading import Taken, read
from dialogs.reply import Reply
from dialogs.sensitive import askable
from dialogs.states import StaleState
from dialogs.utterance import Said


def same_answer(talk: Talk, question: Question, said: Said) -> bool:
    """Whether the tap says what is known already."""
    taken = read(question, said, talk.today)
    known = talk.conversation.facts
    if not isinstance(taken, Taken) or not taken.facts:
        return False
    return all(known.get(fact) == value for fact, value in taken.facts.items())


class Stale(Flow):
    """Offers to change the answer of the old bubble."""

    name = "stale"
    remembers = StaleState
    passing = True

    def ask(self, talk: Talk) -> Reply:
        question = questions()[talk.state_as(StaleState).question]
        keys, old = ("change", "keep"), value(question, talk)
        return ask("stale/ask", self.name, keys, title=question.title, old=old)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        match self.picked(talk, said):
            case "change":
                state = talk.state_as(StaleState)
                question = askable(talk, state.question)
                opened = reopen(talk, question)
                below = talk.after(opened.conversation)
                taken = read(question, Said("", tap=state.tap), talk.today)
                if isinstance(taken, Taken) and not taken.more:
                    return take(below, question, taken)
                return opened
            case "keep":
                return Step(talk.conversation.leave())
        return None
