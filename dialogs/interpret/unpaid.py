"""Nothing was paid, at the question of what is paid by the month: 厂里不交的, 老板从来不给我买."""

import re
from itertools import chain, groupby

from dialogs.interpret.asked import PAUSE, Answer, Asked
from dialogs.language.message import words
from dialogs.language.payers import is_superior
from dialogs.language.recognisers.amounts import is_other_scheme
from dialogs.language.tokens import Token
from dialogs.reading import Taken

_PAID = frozenset({"social_insurance", "housing_fund"})
_AROUND = frozenset(
    {"payer", "self", "us", "adverb", "tail", "benefit", "noise", "pause", "conjunction", "place"}
    | {"preposition"}
)
_DEEDS = re.compile("[不没未]?(?:会|肯|管|给|有|得)*(?:[交缴买办存有管给]|缴纳|购买)?[过的]?")
_DECLINED = re.compile("先?不用了?")
"""Of an offer, not of what is asked."""
_ENDED = re.compile(
    "[交缴买]了|不[^,。]{0,4}了$|没[交缴]?[满够全齐完]|前|原|上一?家|[那第头][一二个]?[家个]|老[厂单东]"
)
"""It was paid before, or this one alone did not."""


def nothing_paid(asked: Asked) -> Answer:
    """0 where all that is said is that no employer, or nobody, pays; not 老板不交了, and not what
    another person does not pay."""
    message = asked.told.message
    if asked.question.id not in _PAID or any(one.fact for one in message.tokens):
        return None
    clauses = groupby(message.tokens, lambda one: one.kind == "pause")
    told = [tokens for pause, some in clauses if not pause if _is_asked_for(tokens := [*some])]
    tokens, text = [*chain(*told)], ",".join(map(words, told))
    if (
        _DECLINED.fullmatch(text)
        or _ENDED.search(text)
        or not any(one.kind == "no" for one in tokens)
    ):
        return None
    if "自己" in message.text or not all(map(_denies, PAUSE.split(text))):
        return None  # 没有，都是自己交的
    fits = all(map(_is_of_it, tokens))
    return Taken({asked.question.facts[0]: 0}) if fits else None


def _is_asked_for(clause: list[Token]) -> bool:
    """工地上不给交的，老家交的农保: the other scheme counts nothing here."""
    return not is_other_scheme(words(clause))


def _denies(clause: str) -> bool:
    """Whether a clause speaks of no payment but one that is denied."""
    return not _PAYMENT.search(clause) or bool(_DENIAL.search(clause))


_PAYMENT, _DENIAL = re.compile("[交缴买]"), re.compile("[不没未无]")


def _is_of_it(token: Token) -> bool:
    return token.kind in _AROUND or bool(_DEEDS.fullmatch(token.text)) or is_superior([token])
