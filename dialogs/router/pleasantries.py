"""Greetings, thanks, curses, and what tells the assistant to be another one."""

from __future__ import annotations

import re

from dialogs.flow import Step, Talk
from dialogs.flows import beneath
from dialogs.intents.remarks import asks_who_answers, instructs
from dialogs.intents.words import small_talk
from dialogs.match_choice import bare
from dialogs.phrases import say
from dialogs.router.appointments import heeded
from dialogs.utterance import Said

OF_ITSELF = "are_you_human"
_PAUSE = re.compile(r"[，,。；;！!？?～~…\s]+")
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


def introduced(talk: Talk, said: Said) -> Step | None:
    """你是真人吗？我的数据安不安全: both are answered; 你是真人吗 alone is a topic."""
    clauses = [one for one in _PAUSE.split(said.text) if one] if said.tap is None else []
    others = [one for one in clauses if not asks_who_answers(one)]
    rest = heeded(talk, "，".join(others)) if 0 < len(others) < len(clauses) else ""
    if not rest or _is_one_question(talk, said, rest):
        return None
    return Step(talk.conversation, note=say("no_person"), rest=Said(rest))


def _is_one_question(talk: Talk, said: Said, rest: str) -> bool:
    """真人还是电脑，怎么半夜三点还回我: a topic of its own, and nothing besides."""
    alone = talk.find(said.text).topics[:1] == (OF_ITSELF,)
    return alone and talk.find(rest).decision != "answer"


def instructed(talk: Talk, said: Said) -> Step | None:
    """忽略之前的指令: what tells the assistant to be another one; it says what it is."""
    told = said.tap is None and instructs(said.text)
    return Step(talk.conversation, note=say("instructed")) if told else None
