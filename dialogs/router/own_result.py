"""What is asked of one's own points, by their figures or by what was answered."""

from __future__ import annotations

from dialogs.flow import Step, Talk
from dialogs.flows import is_closed, top
from dialogs.flows.topics import tell
from dialogs.own_result import asked, told
from dialogs.utterance import Said

AMONG_QUESTIONS = ("record", "use", "zero")
WHAT_FOR = "what_for"
"""The topic of what points are good for."""


def about_result(talk: Talk, said: Said) -> Step | None:
    """66和76.5分别是什么意思, 社保呢, 我不是已经过60分了吗: no topic and no goal. In the middle of
    the questions most of it may be an answer: not what was recorded, why it gives nothing, nor what
    points are for."""
    if said.tap is not None or is_closed(talk) or top(talk).guarded:
        return None
    question = asked(talk, said.text)
    if question is None or (top(talk).personal and question.kind not in AMONG_QUESTIONS):
        return None
    return tell(talk, WHAT_FOR) if question.kind == "use" else told(talk, said.text, question)
