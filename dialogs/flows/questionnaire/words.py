"""What the reserved words do at a question: 跳过, 不知道, 上一步, 为什么, 还有几题."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.agenda import follow_ups, give_up, pending, previous, proceed
from dialogs.flow import Step, Talk
from dialogs.flows.questionnaire.asked import asked, at, carried
from dialogs.phrases import say
from dialogs.readback import category_of


def skip(talk: Talk) -> Step:
    """The question is left open, with its say; where it is asked again, the answer stays."""
    question = asked(talk)
    if question.id in talk.conversation.answered:
        along = carried(talk).but(before=None)
        return Step(proceed(talk, along), note=say("questionnaire/kept", title=question.title))
    return _leave_open(talk, "questionnaire/skipped")


def _unknown(talk: Talk) -> Step:
    """Not known, also where it was answered before: a doubt takes the answer back."""
    return _leave_open(talk, "questionnaire/unknown")


def _leave_open(talk: Talk, said: str) -> Step:
    question = asked(talk)
    after = talk.after(give_up(talk.conversation, question))
    note = say(said, title=question.title, counts=not question.always)
    return Step(proceed(after, carried(talk)), note=note)


def _back(talk: Talk) -> Step:
    before = previous(talk.conversation, asked(talk).id)
    if before is None:
        return Step(talk.conversation, note=say("questionnaire/first"))
    return Step(at(talk.conversation, before.id, carried(talk)))


def _why(talk: Talk) -> Step:
    question = asked(talk)
    category = category_of(question, talk)
    note = say("questionnaire/why", why=talk.told(question.why), category=category)
    return Step(talk.conversation, note=note)


def _what(talk: Talk) -> Step:
    """啥子证哦: what is asked for, and how it may be answered."""
    question = asked(talk)
    what = say(
        "questionnaire/what",
        why=talk.told(question.why),
        how=talk.told(question.retry[0]),
        none=bool(question.none) and "没有" not in question.retry[0],
    )
    return Step(talk.conversation, note=what)


def _progress(talk: Talk) -> Step:
    left = pending(talk)
    done = len(talk.conversation.answered) + len(talk.conversation.passed)
    more = follow_ups(talk, left) > 0
    note = say(
        "questionnaire/progress", done=done, left=len(left), more=more, estimate=talk.estimate
    )
    return Step(talk.conversation, note=note)


QUESTION_WORDS: Mapping[str, Callable[[Talk], Step]] = {
    "skip": skip,
    "unknown": _unknown,
    "back": _back,
    "why": _why,
    "what": _what,
    "progress": _progress,
}
