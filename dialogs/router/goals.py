"""Points that one wants to have."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.commands import view
from dialogs.conversation import Goal
from dialogs.flow import Step, Talk
from dialogs.flows import beneath, is_closed, top
from dialogs.flows.goal import aim, gap
from dialogs.goals import bare_goal, goal
from dialogs.intents.points import doubts_goal, drops_goal, until
from dialogs.interpret import hear
from dialogs.phrases import say
from dialogs.result_views import WAITING
from dialogs.router.answers import answered
from dialogs.router.overheard import overheard
from dialogs.states import ViewState
from dialogs.utterance import Said


def waiting(talk: Talk, said: Said) -> Step | None:
    """几年才到 100 分: when, by waiting alone."""
    if not talk.conversation.facts or top(talk).guarded:
        return None
    points = until(said)
    return Step(view(talk, ViewState(view=WAITING, target=points))) if points is not None else None


def planned(talk: Talk, said: Said) -> Step | None:
    """明年九月之前到80分, 离80还差几分: a goal is no answer, whatever is asked. While a yes is
    waited for, only one with a day is sure enough."""
    if step := _dropped(talk, said):
        return step
    wanted = _wanted(talk, said) if talk.conversation.consented and not is_closed(talk) else None
    if wanted is None or (wanted.by is None and top(talk).guarded):
        return None
    if wanted.by is None and wanted.points == talk.estimate.points:  # 28分够不够, of one's own 28
        return gap(talk.after(talk.conversation.but(goal=None)))
    return _beside(talk, said, wanted) or aim(talk, wanted)


def _dropped(talk: Talk, said: Said) -> Step | None:
    """目标不要了, 23是我岁数: the goal goes, and what else is told is heard; 啥目标 is told
    what it is."""
    noted = talk.conversation.goal
    points = noted.points if noted else None
    if said.tap or not talk.conversation.consented or is_closed(talk):
        return None
    if not drops_goal(said.text, points):
        asked = noted is not None and doubts_goal(said.text) and not goal(said, talk.today)
        return Step(talk.conversation, note=say("plan/which", goal=noted)) if asked else None
    after = beneath(talk).conversation.but(goal=None)
    told = [one for one in _PAUSE.split(said.text) if not drops_goal(one, points)]
    rest = Said("，".join(one for one in told if not doubts_goal(one)))
    facts, known = hear(None, rest, talk.today).facts, talk.conversation.facts
    news = any(known.get(fact) != value for fact, value in facts.items())
    return Step(after, note=say("plan/dropped", goal=noted), rest=rest if news else None)


_PAUSE = re.compile(r"[，,。；;！!？?\s]+")


def _wanted(talk: Talk, said: Said) -> Goal | None:
    """The goal that a message says; 80分 is one where the points are on screen."""
    bare = top(talk).name == "result" and "分" in said.text
    return goal(said, talk.today) or (bare_goal(said, talk.today) if bare else None)


def _beside(talk: Talk, said: Said, wanted: Goal) -> Step | None:
    """我52岁，大专，离80还差几分: what is told is taken, and the goal is kept."""
    told = hear(None, said, talk.today)
    if wanted.points is None or not (told.facts or told.confirm):
        return None
    there = talk.after(talk.conversation.but(goal=wanted))
    step = answered(there, said) or overheard(there, said)
    if step is None or step.misses:
        return None
    note = say("plan/kept", goal=wanted)
    return replace(step, note=f"{step.note}\n{note}".strip(), question=None)
