"""One turn: hear what was said, step, and ask what is to be asked next."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import replace
from datetime import datetime

from dialogs import faq, rule_changes
from dialogs.commands import command
from dialogs.consent_texts import outdated
from dialogs.conversation import Conversation
from dialogs.early import fresh
from dialogs.flow import Find, Step, Talk
from dialogs.flows import top
from dialogs.flows.consent import welcome
from dialogs.flows.renewal import renewed
from dialogs.language import too_long
from dialogs.migration import migrated
from dialogs.papers import asked_only
from dialogs.phrases import say
from dialogs.questions import revision
from dialogs.recent import remembered
from dialogs.reply import Reply
from dialogs.router import HEARD_AGAIN, first_of, heard
from dialogs.router.questions import told_along
from dialogs.said_before import once
from dialogs.turn import Turn
from dialogs.utterance import Chosen, Followed, Outcome, Said, Sent, Utterance
from dialogs.withheld import FLOW, due
from scoring import Ruleset
from scoring.analysis.determination import Keyed

_UNREADABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def converse(
    conversation: Conversation,
    utterance: Utterance,
    now: datetime,
    rules: Ruleset,
    find: Find = faq.find,
    signing: Keyed | None = None,
) -> Turn:
    """What the bot does about one utterance. Pure: the same arguments give the same turn.

    `now` is aware, in the county's zone; `find` knows the topics of questions; `signing` makes
    determination ids, which without it say nothing of the facts. When `Turn.reply`
    is None, fulfil `Turn.request` and call again with `Turn.conversation` and the `Outcome`.
    """
    talk = Talk(fresh(conversation, now), now, rules, find, signing)
    if moved := migrated(talk):
        return speak(talk, moved)
    if isinstance(utterance, Said) and too_long(utterance.text):
        return speak(talk, in_parts(talk))
    if conversation.waiting:
        talk = talk.after(top(talk).spoken(talk, utterance))
    step = along(talk, replayed(talk, hear(talk, utterance)))
    return speak(talk, once(talk.conversation.recent, utterance, step))


def replayed(talk: Talk, step: Step) -> Step:
    """A step with what was said before and is heard only now, each in the place where the one
    before led, and then what that one leaves. What counts since the consent, and nobody
    understands, is named."""
    waiting = deque(step.again)
    while waiting:
        said = waiting.popleft()
        there = talk.after(step.conversation)
        heard = first_of(HEARD_AGAIN, there, said)
        if heard is None:
            unheard = "" if talk.conversation.consented else say("unheard", text=said.text)
            step = replace(step, note=f"{step.note}\n{unheard}".strip())
            continue
        waiting.extendleft(reversed(heard.again))
        note = f"{step.note}\n{heard.note}".strip()
        step = replace(heard, note=note, links=(*step.links, *heard.links), question=None)
    return step


def in_parts(talk: Talk) -> Step:
    """Asks to send a message that is too long in parts: nothing of it is heard, and what was asked
    is asked again."""
    if not talk.conversation.waiting:
        return replace(welcome(talk, Followed()), note=say("too_long"))
    return Step(talk.conversation, note=say("too_long"), misses=talk.conversation.misses)


def along(talk: Talk, step: Step) -> Step:
    """A step with the question that came along with an answer: its answer follows the note."""
    if step.question is None:
        return step
    found = told_along(talk.after(step.conversation), step.question)
    note = f"{step.note}\n{found.note}".strip()
    links = (*step.links, *found.links)
    return replace(step, note=note, links=links, topic=found.topic, offered=found.offered)


def hear(talk: Talk, utterance: Utterance) -> Step:
    """The step that an utterance leads to."""
    if not talk.conversation.waiting:
        return welcome(talk, utterance)
    if outdated(talk.conversation) and (step := renewed(talk, utterance)):
        return step
    match utterance:
        case Said(text, tap):
            return heard(talk, Said(_UNREADABLE.sub(" ", text), tap))
        case Sent(kind):
            return top(talk).receive(talk, utterance) or Step(
                talk.conversation, note=say("sent", kind=kind)
            )
        case Chosen(key):
            return command(talk, key)
        case Followed():
            note = say("followed") if talk.conversation.consented else ""
            return Step(talk.conversation, note=note)
        case Outcome(request, value):
            return top(talk).fulfilled(talk, request, value)


def speak(talk: Talk, step: Step) -> Turn:
    """The turn in which a step ends: its note, then what the top flow asks."""
    news = rule_changes.told(talk) if step.conversation.own.facts else ""
    note = "\n".join(filter(None, (talk.conversation.noted, news, step.note)))
    if step.request is None and (waits := due(step.conversation, talk.now)) != step.conversation:
        asks = waits.top.flow == FLOW
        step = replace(step, conversation=waits, reply=None if asks else step.reply)
    conversation = step.conversation.but(
        heard=talk.now,
        amendments=talk.rules.origin.marks,
        misses=step.misses,
        revision=revision(),
        noted=note if step.request else "",
    )
    if step.request is not None:
        return Turn(conversation, None, step.request, hearer=step.hearer)
    conversation = asked_only(talk.after(conversation))
    after = talk.after(conversation)
    reply = step.reply or asked(talk, step, after)
    recent, others = remembered(talk, step, reply)
    reply = Reply(reply.text, (*reply.choices, *others), (*step.links, *reply.links)).after(note)
    return Turn(conversation.but(recent=recent), reply, None, step.unmatched, step.hearer)


def asked(talk: Talk, step: Step, after: Talk) -> Reply:
    """What the top flow asks; where a note brought nothing new, it asks the same again. What waits
    below the consent to sensitive facts was perhaps never asked."""
    waiting, before = after.conversation.waiting, talk.conversation.waiting
    same = before[: len(waiting)] == waiting and not (
        before != waiting and FLOW in (before[-1].flow, waiting[-1].flow)
    )
    return top(after).again(after) if same and step.note else top(after).ask(after)
