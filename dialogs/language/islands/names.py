"""Where the names of facts stand: a verb that only repeats a noun beside it names nothing."""

from collections.abc import Sequence

from dialogs.language.grammar import grammar
from dialogs.language.tokens import Token
from dialogs.language.vocabulary import excluded

_LODGINGS = frozenset({"rented_years", "residence_months"})
_TO_NOW = frozenset({"到现在", "到今天", "到如今", "到目前"})


def names_of_facts(tokens: Sequence[Token]) -> list[int]:
    """The places of names; a verb that only repeats a noun beside it names nothing."""
    every = [at for at, token in enumerate(tokens) if token.kind == "fact"]
    kept: list[int] = []
    for place, at in enumerate(every):
        weak = tokens[at].text in grammar().weak
        beside = [
            other
            for other in (every[place - 1 : place] + every[place + 1 : place + 2])
            if (
                _is_repeated_by(tokens[at], tokens[other])
                and _no_figure_between(tokens, at, other)
                and not _only_where(tokens, other)
            )
            or _lodged(tokens, at, other)
        ]
        if not (weak and beside) and not _only_where(tokens, at) and not _is_company(tokens, at):
            kept.append(at)
    return kept


def _is_repeated_by(weak: Token, other: Token) -> bool:
    """租房|住了三年: a verb that only repeats the noun; 租房在乌牛|来了六年 tells two things."""
    lodges = weak.text[0] in "住租" and other.fact in _LODGINGS
    return other.text not in grammar().weak and (lodges or other.fact == weak.fact)


def _lodged(tokens: Sequence[Token], at: int, other: int) -> bool:
    """住了|五年|单位宿舍: the figure is of the lodgings right behind it."""
    between = [one.kind for one in tokens[at + 1 : other] if one.kind != "payer"]
    return tokens[other].fact == "rented_years" and between == ["amount"]


def _is_company(tokens: Sequence[Token], at: int) -> bool:
    """跟社保一起交的: what it was done together with."""
    together = "".join(token.text for token in tokens[at + 1 : at + 3])
    led = at > 0 and tokens[at - 1].kind == "company"
    opens = at < 2 or tokens[at - 2].kind != "fact"
    return led and opens and together.startswith(("一起", "一道", "同时", "一块"))


def _only_where(tokens: Sequence[Token], at: int) -> bool:
    """到永嘉交了两年: where it was done, no stretch of residence."""
    fact = tokens[at].fact
    after = tokens[at + 1 : at + 2]
    if fact == "residence_months" and after and after[0].kind == "time":
        return after[0].text not in _TO_NOW  # 来永嘉以后, 来这里那会儿
    for token in tokens[at + 1 : at + 6]:
        if token.kind in ("amount", "pause"):
            return fact == "residence_months" and token.unit == "count"  # 服务|登记了12次
        if token.kind in ("verb", "common") and excluded(fact, token.text):
            return True
    return False


def _no_figure_between(tokens: Sequence[Token], one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return not any(
        token.kind in ("amount", "pause", "self", "person") for token in tokens[low + 1 : high]
    )
