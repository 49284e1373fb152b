"""Three topics to choose from, where a question was not clear enough for one answer."""

from __future__ import annotations

from dialogs import faq
from dialogs.conversation import Conversation
from dialogs.flow import Flow, Step, Talk
from dialogs.intents import word
from dialogs.phrases import reply, say
from dialogs.reply import Choice, Reply, shifted
from dialogs.utterance import Said, Utterance

_BACK = frozenset({"back", "resume"})
"""Words that here lead back to what was asked before."""


class Topics(Flow):
    """State: `topics`, best first; `said`, kept only until the choice, for 都不是.

    It stands for one message only: what chooses none of it is heard by the flow below."""

    name = "topics"
    passing = True

    def spoken(self, talk: Talk, utterance: Utterance) -> Conversation:
        said = utterance if isinstance(utterance, Said) else None
        meant = said and (self.picked(talk, said) or word(said) in _BACK)
        return talk.conversation if meant else talk.conversation.leave()

    def ask(self, talk: Talk) -> Reply:
        ids = _ids(talk)
        asked = reply("topics/ask", self.name)
        found = [
            Choice(number, faq.topics()[id].title, f"{self.name}.{id}")
            for number, id in enumerate(ids, 1)
        ]
        return Reply(asked.text, (*found, *shifted(asked.choices, len(found))))

    def answer(self, talk: Talk, said: Said) -> Step | None:
        key = self.picked(talk, said)
        if key is None:
            return None
        below = talk.conversation.leave()
        if key == "none":
            text = str(talk.state.get("said", ""))
            return Step(below, note=say("topics/none"), unmatched=text or None)
        going_on = below.top.flow == "questionnaire"
        told = faq.answer(key, talk.rules, talk.today, going_on)
        return Step(below, note=told.text, links=told.links)


def _ids(talk: Talk) -> list[str]:
    ids = talk.state.get("topics")
    return [str(id) for id in ids if str(id) in faq.topics()] if isinstance(ids, list) else []
