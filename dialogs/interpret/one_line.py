"""One line of a list, denied by its name: 我没得企业，我是给人家打工的. The others stay open."""

from __future__ import annotations

import re
from functools import lru_cache

from dialogs.interpret.asked import PAUSE, Answer, Asked, own_mentions
from dialogs.interpret.denials import closes, is_there, lines_denied, values_denied
from dialogs.language import Option
from dialogs.language.options.option_table import option_words, tidy
from dialogs.questions import Question, questions
from dialogs.reading import Taken

_OF_ALL = re.compile(
    "[都全]|统统|什么|啥|[样项]|一[个次]|[这那]些|以上|上面|别的|其[他它余]|没有了"
)
_DENIAL = re.compile(
    "(?:[我俺咱那就也还倒]|倒是|从来|这个?|自己)*(?:没[有得]?|莫得|冇|无|不是)"
    "(?:[交缴办签做搞得拿开评参买报入]|参加|申请)?[过的个]?"
)


def one_line_denied(asked: Asked) -> Answer:
    """The list, still open, where all that is denied of it is named: 没搞发明, 税没交过."""
    message, question = asked.told.message, asked.question
    if not question.ticks or closes(message) is not None or _OF_ALL.search(message.text):
        return None
    domain = {*question.domain}
    if domain & {one.fact for one in own_mentions(asked.told) if is_there(one)}:
        return None
    denied = lines_denied(asked).keys() | (values_denied(message).keys() & domain)
    clauses = PAUSE.split(asked.said_of_oneself)
    named = denied or any(_denies_a_line(question, clause) for clause in clauses)
    return Taken(ticked=(), more=True) if named else None


def _denies_a_line(question: Question, clause: str) -> bool:
    denial = _DENIAL.match(clause)
    opened = tuple(tick.opens for tick in question.ticks.values() if tick.opens)
    names = _names(question.options, opened) if denial else None
    return bool(denial and names and names.match(tidy(clause[denial.end() :])))


@lru_cache
def _names(lines: tuple[Option, ...], opened: tuple[str, ...]) -> re.Pattern[str]:
    """What the lines of a list are called, and what the questions that they open ask for.

    >>> bool(_names((Option("taxes", "交过税"),), ("taxes",)).match("个税"))
    True
    """
    words = {word for word in option_words(lines).table if len(word) > 1 or word == "税"}
    behind = (questions()[id] for id in opened)
    words |= {word for one in behind for fact in one.fields for word in one.words(fact)}
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
