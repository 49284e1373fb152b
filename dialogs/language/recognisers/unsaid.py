"""What one says of another's fact in a word: 她社保六年，我没有."""

import re
from collections.abc import Container, Iterator
from itertools import takewhile

from dialogs.language.islands import Island
from dialogs.language.mention import FactValue, Mention
from dialogs.language.message import Message, words
from dialogs.language.recognisers.named_nouns import noun_value
from dialogs.language.vocabulary import nouns
from scoring import FACTS

UNSAID = "left unsaid"
_OF_IT = frozenset({"一", "什么", "啥", "任何", "证", "证书"})
"""我哥有高级工证，我什么证都没有."""
_HAS = re.compile(
    "(?:自己)?一?(?:什么|啥|任何)?(?:证书?)?(?:也|还|都|就|一直|一样|从来|从)*+(?:没[有得]?(?:[交办买考评认定当]{1,2}过?)?|不是|有|是|办了|交了)"
)
_IN_A_WORD = frozenset({"adverb", "no", "verb", "tail"})
_THEN = frozenset({"pause", "self", "person", "us", "conjunction"})
_COMPARED_WITH = frozenset({"他", "她", "你", "别人", "人家"})
"""我没他多: less than the other has."""
_LONGEST = 5
"""Tokens of such a remark."""


def read_unsaid(message: Message) -> Iterator[Mention]:
    """Each person who says 没有 or 也有 of the fact that was told of another just before."""
    for at, token in enumerate(message.tokens):
        if token.kind not in ("self", "person") or (
            at and message.tokens[at - 1].text.endswith("是")
        ):
            continue  # 社保五年|是我老公的不是我的: whose it is
        before = [one for one in message.islands if one.last <= at and not one.loose]
        if not before or not _is_set_against(message, before[-1], at):
            continue
        value = _value(message, at, before[-1])
        if value is not None:
            owner = message.owners[at]
            fact = before[-1].fact
            yield Mention(fact, token.start, token.end, value, owner=owner, rule=UNSAID)


def _is_set_against(message: Message, island: Island, at: int) -> bool:
    """他社保六年，我没有; 公积金他有，我没有: of another one's fact, or of one that another has."""
    if message.owner(island) != message.owners[at]:
        return True
    between = message.tokens[island.core[0] + 1 : at]
    return any(one.kind == "person" for one in between) and not island.amounts


def _value(message: Message, at: int, island: Island) -> FactValue | None:
    """What is said in a word of an island's fact; None where that is not plain."""
    following = message.tokens[at + 1 : at + 1 + _LONGEST]
    said = list(takewhile(lambda one: one.kind in _IN_A_WORD or one.text in _OF_IT, following))
    then = message.tokens[at + 1 + len(said) : at + 2 + len(said)]
    if then and (then[0].kind not in _THEN or then[0].text in _COMPARED_WITH):
        return None
    if not _HAS.fullmatch(words(one for one in said if one.kind != "tail")):
        return None
    denied, kind = any(one.kind == "no" for one in said), FACTS[island.fact].type
    if island.noun:
        noun = nouns()[island.noun]
        value = noun.lacking if denied else noun.there
        return None if value == "" or kind == "set" else noun_value(island.fact, value)
    of_all = denied and (
        "不是" not in words(said) or words(said).startswith(("什么", "啥"))
    )  # 他是高级工，我不是: another grade, perhaps
    if of_all and any(one.id == "none" for one in FACTS[island.fact].choices):
        return "none"  # 我爱人是F类人才，我没评过
    if kind == "yesno":
        return False if denied else None  # 他在老家买了房，我没买
    amount = kind not in ("date", "choice", "set") and not island.value
    return 0 if denied and amount else None


def of_another_fact(message: Message, facts: Container[str]) -> Iterator[int]:
    """The places of such remarks that are of none of these facts: 个体户是我老公的，我自己没有."""
    for at, token in enumerate(message.tokens):
        if token.kind != "self":
            continue
        before = [one for one in message.islands if one.last <= at and not one.loose]
        if not before or before[-1].fact in facts:
            continue
        if message.owner(before[-1]) == message.owners[at]:
            continue
        said = list(takewhile(lambda one: one.kind != "pause", message.tokens[at + 1 :]))
        if _HAS.fullmatch(words(one for one in said if one.kind not in ("tail", "noise"))):
            yield from range(at, at + 1 + len(said))
