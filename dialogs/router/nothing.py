"""That there is nothing, said where a question waits: its answer before anything else."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.flow import Step, Talk
from dialogs.flows import beneath, top
from dialogs.flows.questionnaire.asked import NAME
from dialogs.language.analysis import analyse
from dialogs.language.nothing_said import nothing_said
from dialogs.language.text import clean
from dialogs.router.answers import answered
from dialogs.utterance import Said

_DENIES = re.compile("[没无不未]")
"""What every denial has in standard words: most answers have none, and need not be read here."""


def nothing_told(talk: Talk, said: Said) -> Step | None:
    """哪样都没得, 其他啥都没有啊 聋了？: no topic has a better claim to it than what is asked."""
    if said.tap is not None or top(beneath(talk)).name != NAME:
        return None
    if _DENIES.search(clean(said.text)) is None:
        return None
    if nothing_said(analyse(said.text, talk.today).message) is None:
        return None
    step = answered(talk, said)
    asks = step and step.question and _asks(step.question.part, talk)
    return step if step is None or asks else replace(step, question=None)


def _asks(part: str, talk: Talk) -> bool:
    """Whether a part has a word of asking: 都没有啊？ 聋了？ only doubts that one is heard."""
    return any(one.kind == "ask" for one in analyse(part, talk.today).message.tokens)
