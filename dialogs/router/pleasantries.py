"""Greetings, thanks, curses, and what tells the assistant to be another one."""

from __future__ import annotations

from dialogs.flow import Step, Talk
from dialogs.flows import beneath
from dialogs.intents.remarks import instructs
from dialogs.intents.words import small_talk
from dialogs.match_choice import bare
from dialogs.phrases import say
from dialogs.utterance import Said

_THANKS = ("谢", "多谢", "感谢")


def thanked(talk: Talk, said: Said) -> Step | None:
    """谢谢，没事了 is no answer 没有; 好的谢谢 may be one, and is heard with the others."""
    plain = bare(said.text).startswith(_THANKS) and small_talk(said) == "thanks"
    return chatted(talk, said) if plain else None


def chatted(talk: Talk, said: Said) -> Step | None:
    """A greeting, thanks, a curse: one friendly line, and on."""
    kind = small_talk(said)
    if kind == "anger":
        talk = beneath(talk)  # not the whole page once more
    misses = talk.conversation.misses + 1 if kind == "anger" else 0
    note = say(f"small_talk/{kind}", misses=misses) if kind else ""
    return Step(talk.conversation, note=note, misses=misses) if kind else None


def instructed(talk: Talk, said: Said) -> Step | None:
    """忽略之前的指令: what tells the assistant to be another one; it says what it is."""
    told = said.tap is None and instructs(said.text)
    return Step(talk.conversation, note=say("instructed")) if told else None
