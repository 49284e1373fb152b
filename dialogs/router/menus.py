"""What answers the topics that were offered."""

from __future__ import annotations

from dialogs.flow import Step, Talk
from dialogs.flows import beneath, is_closed, top
from dialogs.flows.topics import Topics, tell
from dialogs.intents.agreement import none_of_these
from dialogs.phrases import say
from dialogs.recent import meant
from dialogs.router.answers import answered
from dialogs.utterance import Said


def chosen_topic(talk: Talk, said: Said) -> Step | None:
    """One of the topics under the last reply, or a tap on a topic in any bubble."""
    id = meant(talk, said)
    if id is None or is_closed(talk):
        return None
    rest = tuple(other for other in talk.conversation.recent.offered if other != id)
    return tell(beneath(talk), id, rest)


def denied(talk: Talk, said: Said) -> Step | None:
    """都不是, to topics that were offered: what follows it is the message. Where they were not all
    of the reply, it may as well answer what waits."""
    rest, recent = none_of_these(said), talk.conversation.recent
    listed = top(talk).name == Topics.name
    if not rest or not (listed or recent.offered):
        return None
    if not listed and (step := answered(talk, said)) and not step.reply:
        return step
    conversation = beneath(talk).conversation
    settled = conversation.but(recent=recent.model_copy(update={"offered": (), "menu": True}))
    return Step(settled, rest=Said(rest))


def refused(talk: Talk, said: Said) -> Step | None:
    """都不是 alone, to the topics under an answer."""
    if none_of_these(said) is None or not talk.conversation.recent.offered:
        return None
    return Step(talk.conversation, note=say("topics/none"), menu=True)
