"""Who pays for the speaker and owns nothing: any noun at all, by what stands around it."""

from collections.abc import Iterator, Sequence

from dialogs.language.ellipsis import PAID, PAYS
from dialogs.language.grammar import grammar
from dialogs.language.tokens import Token

_NEAR = 4
_PAYS_TOO = PAYS | {"买", "购买", "存", "缴存", "参保", "上", "办", "出", "付", "补"}
"""What one may do with insurance, and with much else: only where nothing else is named."""
_LEADS_ON = frozenset({"adverb", "tail", "time"})
_RECIPIENT = frozenset({"self", "us"})
_HELPS = frozenset({"帮忙", "代", "代为"})


def pays(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether the noun tokens[at:end] pays for the speaker: 社保|老板娘|给交了, 我的社保|老王|交的,
    and a superior behind what is paid (社保|厂长|交了三年); not 社保我哥交了三年."""
    behind = _without_manner(tokens, end)
    gives = behind < len(tokens) and _is_for(tokens[behind])
    deed = _deed(tokens, behind + gives)
    if deed is None or not _is_payment(tokens, at, deed):
        return False
    if gives:
        return True
    if any(one.kind == "self" for one in tokens[end:]):
        return False  # 社保厂长交了三年，我交了两年
    whose = at - bool(at and tokens[at - 1].kind in _RECIPIENT)  # 社保是我|老板|交的
    lead = list(_lead(tokens, whose))
    of_insurance = bool(lead) and lead[0].fact in PAID
    mine = of_insurance and lead[1:] and lead[1].kind in _RECIPIENT
    return bool(mine) or (of_insurance and is_superior(tokens[at:end]))


def is_superior(noun: Sequence[Token]) -> bool:
    """Whether a noun is a title: 店长, 老总, 项目经理, 王总.

    >>> from datetime import date
    >>> from dialogs.language.tokens import tokenise
    >>> [is_superior(tokenise(one, date(2026, 11, 28))) for one in ("店长", "王总", "老王", "班上")]
    [True, True, False, False]
    """
    text = "".join(one.text for one in noun)
    head = len(text) > 1 and text[-1] == "长" and text[-2] in grammar().headed
    return head or text.endswith(grammar().superior)


def _is_for(token: Token) -> bool:
    return token.kind == "benefit" or token.text in _HELPS


def _without_manner(tokens: Sequence[Token], at: int) -> int:
    """The place behind the words for how, when and not: 老板|一直|给我交, 东家|没|给交."""
    while at < len(tokens) and (tokens[at].kind in _LEADS_ON or tokens[at].text in _NOT_DONE):
        at += 1
    return at


_NOT_DONE = frozenset({"没", "没有"})


def _deed(tokens: Sequence[Token], at: int) -> int | None:
    """The place of what is done for the speaker, or for nobody who is named."""
    while at < len(tokens) and tokens[at].kind in (*_RECIPIENT, *_LEADS_ON):
        at += 1
    return at if at < len(tokens) else None


def _is_payment(tokens: Sequence[Token], noun: int, deed: int) -> bool:
    """交, 缴; 买, 存 only where insurance is named beside it, and no home."""
    text = tokens[deed].text
    if text in PAYS:
        return True
    beside = (*tokens[max(0, noun - _NEAR) : noun], *tokens[deed + 1 : deed + 1 + _NEAR])
    named = {one.fact for one in beside if one.kind == "fact"}
    return text in _PAYS_TOO and bool(named) and named <= PAID


def _lead(tokens: Sequence[Token], at: int) -> Iterator[Token]:
    """What stands before the noun, the nearest first, without 是 and 都."""
    before = reversed(tokens[max(0, at - _NEAR) : at])
    return (one for one in before if one.kind not in ("adverb", "tail"))
