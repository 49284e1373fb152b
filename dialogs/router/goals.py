"""Points that one wants to have."""

from __future__ import annotations

from dialogs.commands import view
from dialogs.flow import Step, Talk
from dialogs.flows import is_closed, top
from dialogs.flows.goal import aim
from dialogs.goals import goal
from dialogs.intents.points import until
from dialogs.result_views import WAITING
from dialogs.states import ViewState
from dialogs.utterance import Said


def targeted(talk: Talk, said: Said) -> Step | None:
    """要到 100 分: what it would take; 几年才到 100 分: when, by waiting alone."""
    if not talk.conversation.consented or top(talk).guarded:
        return None
    if (points := until(said)) is not None and talk.conversation.facts:
        return Step(view(talk, ViewState(view=WAITING, target=points)))
    wanted = goal(said, talk.today)
    return aim(talk, wanted) if wanted else None


def planned(talk: Talk, said: Said) -> Step | None:
    """明年九月之前到80分: a goal with a day is no answer, whatever is asked."""
    wanted = goal(said, talk.today) if talk.conversation.consented and not is_closed(talk) else None
    return aim(talk, wanted) if wanted and wanted.by else None
