"""A goal: so many points, by a day. What waiting gives by then, what is missing, what can be done.

And plans: what something that is only meant to be done would bring.
"""

from __future__ import annotations

from dialogs.agenda import proceed
from dialogs.conversation import Facts, Goal
from dialogs.enough import enough
from dialogs.flow import Flow, Step, Talk
from dialogs.flows.result import lowest
from dialogs.goals import bare_goal
from dialogs.phrases import ask, say
from dialogs.reply import Reply
from dialogs.result_views import PLAN, REACH
from dialogs.states import ViewState
from dialogs.utterance import Said
from scoring import estimate, read_facts


class AskGoal(Flow):
    """差多少, where nobody said to what: how many points, and by when."""

    name = "goal"
    passing = True

    def ask(self, talk: Talk) -> Reply:
        known, low = bool(talk.conversation.facts), lowest(talk)
        found = enough(low, talk.estimate.high, talk.today) if known else ()
        own = {"known": known, "estimate": talk.estimate, "low": low}
        whose = talk.conversation.whose
        return ask("plan/ask", self.name, ("back",), enough=found, whose=whose, **own)

    def answer(self, talk: Talk, said: Said) -> Step | None:
        if self.picked(talk, said) == "back":
            return Step(talk.conversation.leave())
        wanted = bare_goal(said, talk.today)
        return aim(talk.after(talk.conversation.leave()), wanted) if wanted else None


def aim(talk: Talk, goal: Goal) -> Step:
    """The step of 明年九月之前到80分: how to get there. One who has told nothing yet answers
    first; the result comes back to it."""
    conversation = talk.conversation
    goal = _dated(talk, goal)
    if goal.points is not None:
        conversation = conversation.but(goal=goal)
    after = talk.after(conversation)
    if not conversation.facts:
        below = conversation if conversation.top.flow == "questionnaire" else proceed(after)
        return Step(below, note=say("plan/noted", goal=goal))
    view = ViewState(view=PLAN if goal.by else REACH, target=goal.points, by=goal.by)
    return Step(conversation.enter("view", view))


def _dated(talk: Talk, goal: Goal) -> Goal:
    """The same points again, without a day: still by the day that was said before."""
    before = talk.conversation.goal
    if goal.by or before is None or before.points != goal.points or not before.by:
        return goal
    return before if before.by > talk.today else goal


def gap(talk: Talk) -> Step:
    """The step of 差多少."""
    goal = talk.conversation.goal
    if goal is None or (goal.by is not None and goal.by <= talk.today):
        return Step(talk.conversation.but(goal=None).enter(AskGoal.name))
    return aim(talk, goal)


def supposed(talk: Talk, facts: Facts) -> Step:
    """The step after something was told that is only planned, or supposed (打算考个三级, 要是本科):
    what it would bring. Nothing of it is kept."""
    known = read_facts({**talk.conversation.facts, **facts}, talk.rules.catalogue)
    then = estimate(talk.rules, known, on=talk.today)
    return Step(talk.conversation, note=say("plan/supposed", now=talk.estimate, then=then))
