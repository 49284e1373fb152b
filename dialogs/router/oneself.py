"""What is one's own, told on the turn of the other one."""

from __future__ import annotations

from dataclasses import replace

from dialogs.commands import command
from dialogs.flow import Step, Talk
from dialogs.flows import is_closed, top
from dialogs.flows.profile import back
from dialogs.flows.questionnaire.asked import NAME, asked, state_of
from dialogs.intents.household import household_wish
from dialogs.intents.oneself import told_of_oneself
from dialogs.interpret import hear
from dialogs.language.text import clean
from dialogs.utterance import Said
from scoring import FACTS


def of_oneself(talk: Talk, said: Said) -> Step | None:
    """我的社保是26个月, 26个月是我的不是老公的, 换回我自己 我27: no fact of the other one. It is
    one's own turn again, and the rest is heard there."""
    theirs, other = talk.conversation.whose, talk.conversation.other
    if said.tap is not None or other is None or is_closed(talk) or household_wish(said):
        return None
    told = told_of_oneself(said.text, other.whose)
    if told is None:
        return None
    if not theirs:  # only the words that say whose it is are left out
        left_out = told and told != clean(said.text, keep_spaces=True)
        return Step(talk.conversation, again=(Said(told),)) if left_out else None
    told = told and _named(talk, told)
    if not told and not (told := _offered(talk)):
        return command(talk, "self")
    return replace(back(talk), again=(Said(told),))


def _named(talk: Talk, told: str) -> str:
    """对的26个月: with the name of what is asked, where it names nothing itself."""
    if top(talk).name != NAME or hear(None, Said(told), talk.today).facts:
        return told
    answers = hear(asked(talk), Said(told), talk.today).facts
    return f"{asked(talk).title}{told}" if answers else told


def _offered(talk: Talk) -> str:
    """The one value on offer, with its name: 是我的, where 26个月 waits for a yes."""
    if top(talk).name != NAME or len(state_of(talk).offered) != 1:
        return ""
    question = asked(talk)
    return f"{question.title}{state_of(talk).offered[0]}{FACTS[question.facts[0]].unit}"
