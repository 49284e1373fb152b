"""Topics to choose from, where what was told may be about one of several; a last resort."""

from __future__ import annotations

import re

from dialogs import faq
from dialogs.agenda import stage
from dialogs.conversation import Conversation
from dialogs.flow import Flow, Step, Talk
from dialogs.intents.agreement import none_of_these
from dialogs.intents.remarks import asks
from dialogs.intents.words import word
from dialogs.match_choice import named
from dialogs.phrases import ask, say
from dialogs.reply import Choice, Reply, shifted
from dialogs.states import TopicsState
from dialogs.utterance import Said, Utterance

_BACK = frozenset({"back", "resume"})
"""Words that here lead back to what was asked before."""
_PARTS = re.compile(r"[，,。.？?！!；;、\s]+|还有|另外")
MOST = 4
"""Questions of one message that are looked for."""
_SEVERAL = re.compile(r"(?:[1-3]|[和跟、，, ]|都|要|想|问|也|我|看|知道|了解)+")


def tell(talk: Talk, id: str, offered: tuple[str, ...] = (), beside: str | None = None) -> Step:
    """The answer to a topic, with others to choose from, as far as anything is known of them here;
    the place is kept."""
    told = faq.answer(id, talk.rules, talk.today, stage(talk), beside)
    offered = tuple(one for one in offered if faq.is_answered(one, talk.rules, talk.today))
    return Step(talk.conversation, note=told.text, links=told.links, topic=id, offered=offered)


def parts(text: str) -> list[str]:
    """The pieces of a message that ask something."""
    return [part for part in _PARTS.split(text) if asks(part)][:MOST]


def also_asked(talk: Talk, text: str, told: str = "") -> tuple[str, ...]:
    """The topics of the questions in a message that asks more than one thing, each beyond doubt;
    without the one that is `told`."""
    asked = parts(text)
    found = [talk.find(part) for part in asked] if len(asked) > 1 else []
    sure = dict.fromkeys(one.topics[0] for one in found if one.decision == "answer")
    return tuple(id for id in sure if id != told)


class Topics(Flow):
    """Stands for one message only: what chooses none of it is heard by the flow below."""

    name = "topics"
    remembers = TopicsState
    passing = True

    def spoken(self, talk: Talk, utterance: Utterance) -> Conversation:
        said = utterance if isinstance(utterance, Said) else None
        none = said and self._none(talk, said)
        meant = said and (none or self._meant(talk, said) or word(said) in _BACK)
        return talk.conversation if meant else talk.conversation.leave()

    def ask(self, talk: Talk) -> Reply:
        asked = ask("topics/ask", self.name, ("none",))
        found = self._found(talk)
        return Reply(asked.text, (*found, *shifted(asked.choices, len(found))))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        meant = self._meant(talk, said)
        below = talk.after(talk.conversation.leave())
        if meant:
            first, *others = dict.fromkeys((*meant, *_ids(talk)))
            return tell(below, first, tuple(others))
        if not self._none(talk, said):
            return None
        text = talk.state_as(TopicsState).said
        return Step(below.conversation, note=say("topics/none"), unmatched=text or None, menu=True)

    def _found(self, talk: Talk) -> tuple[Choice, ...]:
        return tuple(
            Choice(number, faq.topics()[id].title, f"{self.name}.{id}")
            for number, id in enumerate(_ids(talk), 1)
        )

    def _none(self, talk: Talk, said: Said) -> bool:
        """Whether a message is 都不是, by its tap, its number or in words; 没有 alone is not."""
        last = str(len(_ids(talk)) + 1)
        return none_of_these(said) is not None or (said.tap is None and said.text.strip() == last)

    def _meant(self, talk: Talk, said: Said) -> tuple[str, ...]:
        """The topics that a message chooses, in its order: one by tap, number or title, or several
        by their numbers (1和2都要问)."""
        choice = named(said, self._found(talk))
        if choice or said.tap is not None:
            return (choice.key,) if choice else ()
        ids = _ids(talk)
        numbers = filter(str.isdecimal, said.text) if _SEVERAL.fullmatch(said.text) else ()
        return tuple(ids[int(number) - 1] for number in numbers if int(number) <= len(ids))


def _ids(talk: Talk) -> list[str]:
    return [id for id in talk.state_as(TopicsState).topics if id in faq.topics()]
