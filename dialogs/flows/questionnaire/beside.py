"""What goes with a step: what was told of another person, and what was asked beside it."""

from __future__ import annotations

from dataclasses import replace

from dialogs.asked_along import Along
from dialogs.flow import Step, Talk
from dialogs.flows.profile import offer
from dialogs.interpret import Heard
from dialogs.utterance import Said


def with_others(talk: Talk, step: Step | None, heard: Heard) -> Step | None:
    """The step, with an offer to keep what was told of another person: 老公社保五年."""
    told = next(((whose, facts) for whose, facts in heard.others.items() if facts), None)
    if told is None or (step is not None and step.reply is not None):
        return step
    after = talk.after(step.conversation) if step else talk
    year = heard.birth_years.get(told[0])
    offered = offer(after, *told, sure=told[0] in heard.people, born_in=year)
    if offered is None or step is None:
        return offered or step
    return replace(offered, note=f"{step.note}\n{offered.note}".strip())


def with_question(
    step: Step | None, heard: Heard, said: Said, title: str = "", near: str | None = None
) -> Step | None:
    """The step, with what was asked beside what was told."""
    if step is None or not heard.question:
        return step
    return replace(step, question=Along(heard.question, said.text, title, near))
