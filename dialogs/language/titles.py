"""A person by name or by title: 小刘, 张姐, 李师傅, 项目经理, 店长."""

from collections.abc import Sequence

from dialogs.language.acting import STATES, acts
from dialogs.language.grammar import grammar
from dialogs.language.payers import is_superior, pays
from dialogs.language.tokens import Token

_NUMERALS = frozenset("一二三四五六七八九大")
_OF_A_TITLE = frozenset({"unknown", "common", "noise", "verb", "payer", "adverb", "amount"})


def titled(tokens: Sequence[Token], at: int) -> int | None:
    """项目|经理, 副|厂长, 行|长: a title with what it is of, before what that one does."""
    before = tokens[at - 1] if at else None
    first = tokens[at]
    if first.kind not in _OF_A_TITLE or first.text in grammar().predicate:
        return None
    is_object = before is not None and before.text in grammar().object_of  # 当过|副班长
    for end in range(at + 2, min(at + 4, len(tokens) + 1)):
        if tokens[end - 1].kind not in (*_OF_A_TITLE, "person"):
            return None
        if is_superior(tokens[at:end]):
            if pays(tokens, at, end):
                return end
            if is_object or tokens[end - 1].kind == "payer":
                return None  # 给私人|老板做的
            return end if acts(tokens, end) or _is_the_one_who(tokens[end : end + 2]) else None
    return None


def _is_the_one_who(after: Sequence[Token]) -> bool:
    """厨师长|的公积金, 老总|给, 上司|自己."""
    if not after:
        return False
    has = after[0].text == "的" and after[-1].kind in STATES
    return has or after[0].kind == "benefit" or after[0].text.startswith("自己")


def named(tokens: Sequence[Token], at: int) -> int | None:
    """小刘, 老王, 张姐, 李师傅, 车间主任: a name as it is made."""
    first, surnames, titles = tokens[at], grammar().surname, grammar().title
    superiors = grammar().superior
    following = tokens[at + 1] if at + 1 < len(tokens) else first._replace(kind="", text="")
    if first.text in _NUMERALS and following.kind == "person":
        return at + 2  # 二房东
    if first.text == "老" and following.text in _NUMERALS:
        return at + 2  # 老四
    if following.kind in ("unknown", "tail", "common") and first.text in ("小", "老", "阿"):
        return at + 2 if first.text == "阿" or following.text[0] in surnames else None
    if first.kind == "payer" and (following.text in titles or first.text in superiors):
        return at + 2 if following.kind == "person" or following.text in titles else None
    if first.kind == "unknown" and len(first.text) == 2 and first.text[0] in "小老阿":
        return at + 1 if first.text[1] in surnames else None
    counted = first.kind == "tail" and not (at and tokens[at - 1].kind == "amount")  # 张|姐
    if first.kind != "unknown" and not counted:
        return None
    if len(first.text) > 3 or first.text[0] not in surnames:
        return None
    if following.text in titles:
        return at + 2
    titled = len(first.text) > 1 and any(first.text.endswith(title) for title in titles)
    return at + 1 if titled else None
