"""A person by what they do: 村口理发的, 同车间的湖南人, 卖早点的两口子."""

import re
from collections.abc import Sequence

from dialogs.language.acting import acts
from dialogs.language.tokens import Token
from dialogs.language.vocabulary import gig_words

LONGEST_THAT_ONE = 6


def run_of(tokens: Sequence[Token], at: int, kinds: frozenset[str], most: int) -> int:
    """Where a run of tokens of these kinds ends, before what a person does."""
    end = at
    while end < min(len(tokens), at + most) and tokens[end].kind in kinds:
        if acts(tokens, end):
            break
        end += 1
    return end


_OF_A_TRADE = frozenset({"unknown", "common", "verb", "noise", "amount", "company", "payer"})
_LEADS_ON = frozenset({"adverb", "time", "preposition", "place", "amount"})
_DEED = re.compile("[交缴买捐考读住租说有]|献(?!血)")
_TRADE = re.compile("(?:[村门路街巷]口)?(?:[开卖修收送教扫剃]|理发)[^到了过]{0,4}的$")
_OF_A_PERSON = frozenset(
    {"social_insurance_months", "housing_fund_months", "education", "blood_donations"}
    | {"owned_home"}
)
"""Of which a trade is no kind, as it is of a licence or of taxes."""


def by_trade(tokens: Sequence[Token], at: int) -> int | None:
    """村口理发的|也交了五年, 同车间的湖南人: who does what the phrase says, and is not the speaker;
    not 函授的|大专, which says of what kind it is."""
    if at and tokens[at - 1].kind not in ("pause", "conjunction", "reporter"):
        return None
    end = run_of(tokens, at, _OF_A_TRADE, LONGEST_THAT_ONE)
    said = [token.text for token in tokens[at : end + 1]]
    if end == at or said[-1] not in ("的", "租的") or {*gig_words()} & {*said}:
        return None
    named = _with_the_origin(tokens, end + 1)
    if named > end + 1 or (_TRADE.match("".join(said)) and _is_of_a_person(tokens, named)):
        return named
    does = next((one for one in tokens[named:] if one.kind not in _LEADS_ON), None)
    has = [one.text for one in tokens[named : named + 1]] == ["有"]
    return named if has or (does is not None and _DEED.match(does.text)) else None


def _is_of_a_person(tokens: Sequence[Token], at: int) -> bool:
    """社保五年, 的学历是大专, 是大专."""
    lead = ("的", "是", "也是", "学历")
    told = next((one for one in tokens[at:] if one.text not in lead), None)
    return told is not None and told.fact in _OF_A_PERSON


def _with_the_origin(tokens: Sequence[Token], end: int) -> int:
    """同车间的|湖南人, 卖早点的|两口子."""
    if tokens[end : end + 1] and tokens[end].text in ("两口子", "小两口", "夫妻俩"):
        return end + 1
    origin = [one.text for one in tokens[end + 1 : end + 2]] == ["人"]
    return end + 2 if origin and tokens[end].kind == "place" else end
