"""A payer of whom it is told: 老板的社保三年, 给厂里发过牌子."""

import re
from collections.abc import Sequence
from itertools import takewhile

from dialogs.language.acting import tells_me
from dialogs.language.ellipsis import PAID
from dialogs.language.owning.words import OPENS, words_of
from dialogs.language.payers import is_superior
from dialogs.language.tokens import Token


def is_the_payer_themself(tokens: Sequence[Token], at: int) -> bool:
    """我们老板是县政协委员: what he is, not what he pays; 给厂里发过牌子: the firm's."""
    if _receives(tokens, at):
        return True
    human = tokens[at].text in ("会计", "财务", "人事")
    if not (human or is_superior(tokens[at : at + 1])):
        return False
    if _has_its_own(tokens, at, human):
        return True
    if at and tokens[at - 1].text in ("那个", "这个", "有个"):
        helps = any(token.kind in ("benefit", "self") for token in tokens[at + 1 : at + 3])
        return tells_me(tokens, at + 1) or not helps
    after = next(
        (token for token in tokens[at + 1 :] if token.text not in ("也", "还", "都")), None
    )
    if after is not None and after.kind == "value" and after.fact in _OF_A_PERSON:
        return True  # 我们老板党员
    return after is not None and (
        after.text in ("是", "当", "读", "自己", "也是") or after.text.startswith(("献", "捐"))
    )


_OF_A_PERSON = frozenset(
    {"special_statuses", "education", "studying", "political_role", "talent_class"}
)


def _has_its_own(tokens: Sequence[Token], at: int, human: bool) -> bool:
    """老板|的社保三年, 老板|有三年社保, 会计|社保三年; not 老板的厂给我交."""
    clause = list(takewhile(lambda one: one.kind != "pause", tokens[at + 1 :]))
    before = at - bool(at and len(tokens[at - 1].text) == 1)  # 大|老板
    opens = before == 0 or tokens[before - 1].kind in OPENS
    if not (opens and clause) or any(one.kind in ("benefit", "self", "us") for one in clause):
        return False
    named = clause[1:2] and clause[1].fact in PAID and clause[0].text == "的"
    return bool(named) or clause[0].text == "有" or (human and clause[0].fact in PAID)


_GIVEN = re.compile("发|颁|授|奖|送|评")
_RECEIVED = re.compile("得过|得了|获|被评|拿过")


def _receives(tokens: Sequence[Token], at: int) -> bool:
    """给厂里发过一个牌子, 厂里得过先进: what is given to the firm is the firm's."""
    rest = list(takewhile(lambda one: one.kind != "pause", tokens[at + 1 :]))
    said = words_of(rest[:4])
    before = next((one for one in reversed(tokens[:at]) if one.kind != "us"), None)
    given = before is not None and before.kind == "benefit" and _GIVEN.match(said)
    return bool(given or _RECEIVED.match(said)) and not any(one.kind == "self" for one in rest)


_HANDS = re.compile("(?:(?<![打做上开务招民特])工|[员师]|师傅|[班组车间队]长)$")


def is_of_the_firm(tokens: Sequence[Token], at: int) -> bool:
    """我们厂焊工|社保交了三年: one who works there, too; not 我们厂打工的, nor 我是我们厂焊工."""
    if tokens[at].kind not in ("common", "verb") or not _HANDS.search(tokens[at].text):
        return False
    lead = [one for one in tokens[:at] if one.text != "的"]
    opens = len(lead) == 2 or (len(lead) > 2 and lead[-3].kind == "pause")
    firm = opens and [one.kind for one in lead[-2:]] == ["us", "payer"]
    told = tokens[at + 1 : at + 2]
    return firm and bool(told) and (told[0].fact in PAID or told[0].kind in ("verb", "amount"))
