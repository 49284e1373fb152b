"""What nobody understood."""

from __future__ import annotations

from dialogs import faq
from dialogs.flow import Step, Talk
from dialogs.flows import top
from dialogs.intents.remarks import asks, personal
from dialogs.match_choice import bare
from dialogs.phrases import say
from dialogs.utterance import Said

SHORTEST = 5
"""Characters of a question that is told apart from an answer."""
KEPT = 100
"""Characters of what nobody understood that are handed out."""


def missed(talk: Talk, said: Said) -> Step:
    """Nobody understood: say so, each time in another way."""
    conversation = talk.conversation.but(misses=talk.conversation.misses + 1)
    reply = top(talk).retry(talk.after(conversation), said)
    return Step(
        conversation, reply=reply, misses=conversation.misses, unmatched=keepable(talk, said)
    )


def beyond(talk: Talk, said: Said) -> Step:
    """A question without an answer here: say so, and who can tell."""
    note, misses = say("beyond"), talk.conversation.misses + 1
    return Step(talk.conversation, note=note, misses=misses, unmatched=keepable(talk, said))


def plainly_asks(talk: Talk, said: Said, found: faq.Found) -> bool:
    """Whether a text asks something, so that it cannot be an answer that was not understood."""
    first = talk.conversation.misses == 0
    return first and found.asks and asks(said.text) and len(bare(said.text)) >= SHORTEST


def keepable(talk: Talk, said: Said) -> str | None:
    """The text for the staff's list of questions, unless it may tell who is asking."""
    if not talk.conversation.consented or top(talk).guarded or personal(said.text):
        return None
    if top(talk).personal and not asks(said.text):
        return None
    return said.text[:KEPT]
