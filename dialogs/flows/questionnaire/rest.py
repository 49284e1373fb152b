"""其他啥都没有: what is not asked yet counts as none, after one yes."""

from __future__ import annotations

from dialogs.agenda import learn, pending, proceed
from dialogs.consent_texts import sensitive
from dialogs.effects import effect
from dialogs.flow import Flow, Step, Talk
from dialogs.flows.questionnaire.asked import NAME, asked, carried
from dialogs.flows.questionnaire.hearing import listen
from dialogs.intents.agreement import besides_the_yes
from dialogs.interpret import Heard
from dialogs.language.analysis import analyse
from dialogs.language.nothing_said import nothing_said, rest_denied
from dialogs.phrases import ask, say
from dialogs.questions import Question, questions
from dialogs.reading import none_of
from dialogs.reply import Reply
from dialogs.sensitive import permitted
from dialogs.utterance import Said
from dialogs.withheld import held

FEWEST = 2
"""Questions left: of one, the question itself is as short as this."""


class Rest(Flow):
    """Waits for the yes; any other answer is one to the question below."""

    name = "rest"
    passing = True

    def ask(self, talk: Talk) -> Reply:
        below = talk.after(talk.conversation.leave())
        left = [one.title for one in _left_out(below)]
        others = [one.title for one in pending(below) if one.in_any_case]
        return ask("questionnaire/rest", self.name, ("yes", "no"), left=left, others=others)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        below = talk.after(talk.conversation.leave())
        message = analyse(said.text, talk.today).message
        told = said.tap is None and nothing_said(message)
        besides = self._besides_the_yes(talk, said)
        match "yes" if told or besides else self.confirmed(talk, said):
            case "yes":
                after = proceed(_without(below), carried(below))
                return Step(after, note=say("questionnaire/rest_done"), again=besides)
            case "no":
                return Step(below.conversation)
        return None

    def _besides_the_yes(self, talk: Talk, said: Said) -> tuple[Said, ...]:
        """What else is told beside the yes: 对都没有 房子租的; 我31岁 别的都没有."""
        told = rest_denied(analyse(said.text, talk.today).message) is not None
        denied = said.tap is None and told
        yes = besides_the_yes(said, lambda one: self.confirmed(talk, one) == "yes")
        rest = Said(said.text if denied else yes or "")
        return (rest,) if rest.text and listen(talk, None, rest).facts else ()


def with_rest(talk: Talk, step: Step | None, heard: Heard) -> Step | None:
    """The step, with the question whether all that is left is none, where a message says so. In a
    list, 其他没有 is said of the list."""
    listed = asked(talk).ticks or asked(talk).fields or asked(talk).several
    if not heard.rest_denied or listed or (step and step.reply):
        return step
    step = step or Step(talk.conversation)
    after = talk.after(step.conversation)
    if after.conversation.top.flow != NAME:
        after = talk.after(step.conversation.leave())
    if after.conversation.top.flow != NAME or len(_left_out(after)) < FEWEST:
        return None if step.conversation == talk.conversation and not step.note else step
    return Step(after.conversation.enter(Rest.name), note=step.note, links=step.links)


def _left_out(talk: Talk) -> list[Question]:
    """What the rest is: not what everybody has in some way, nor what was ticked already."""
    return [
        one
        for one in pending(_without_private(talk))
        if not one.in_any_case and not (one.after and questions()[one.after].ticks)
    ]


def _without_private(talk: Talk) -> Talk:
    """The talk in which sensitive questions that nobody agreed to yet are not asked."""
    if permitted(talk.conversation):
        return talk
    no = sensitive().answered(talk.now, yes=False)
    return talk.after(talk.conversation.but(sensitive=no))


def _without(talk: Talk) -> Talk:
    """The talk with none of all that. What is held until the consent still waits for it."""
    left = talk if held(talk.conversation) else _without_private(talk)
    for question in _left_out(talk):
        none = effect(question, none_of(question), left.conversation)
        left = left.after(learn(left.conversation, none.facts, [question.id]))
    return left
