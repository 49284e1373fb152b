"""Figures that no fact is about: 押金2000, 每个月交400, 换了5个房东."""

from collections.abc import Iterator, Sequence

from dialogs.language.tokens import Token

_LED = 5
"""Tokens between a thing and its figure: 合同|就|签|过."""


def of_something_else(tokens: Sequence[Token]) -> Iterator[int]:
    """The places of figures that no fact is about, with what they are of: 房租2000, 押金两千."""
    for at, token in enumerate(tokens):
        counted = tokens[at + 1 : at + 2] if token.unit == "count" else ()
        of_people = bool(counted) and counted[0].kind in ("person", "payer")  # 换了5个房东
        of_people = of_people and counted[0].text[0] not in "我俺咱"  # 市级一个|我老婆没有
        if token.kind == "unrelated" or (
            token.kind == "amount"
            and (of_people or is_a_rate(token) or is_of_something_else(tokens, at))
        ):
            yield at


def is_of_something_else(tokens: Sequence[Token], at: int) -> bool:
    """押金2000, 工资一个月八千: a figure of what no fact is about; 2021 2022 2023: years."""
    if _is_one_of_years(tokens, at) or _points(tokens, at) or _chooses(tokens, at):
        return True
    for token in reversed(tokens[max(0, at - _LED) : at]):
        if token.kind == "unrelated" or (token.fact == "employment" and "合同" in token.text):
            return True
        if token.kind not in ("adverb", "tail", "verb", "no") and token.text != "到":
            return False
    return False


def _points(tokens: Sequence[Token], at: int) -> bool:
    """这|三个我先报了: a number of what was spoken of."""
    led = at > 0 and tokens[at - 1].text in ("这", "那", "上面", "前面")
    return led and tokens[at].text.endswith(("个", "样", "项", "种"))


def _chooses(tokens: Sequence[Token], at: int) -> bool:
    """那就|7, 我选|3: the number of a choice."""
    led = "".join(one.text for one in tokens[max(0, at - 2) : at])
    return tokens[at].unit == "bare" and led.endswith(("那就", "选", "选择"))


def _is_one_of_years(tokens: Sequence[Token], at: int) -> bool:
    """2021 2022 2023: years side by side are no sums."""
    if tokens[at].unit != "year" or not tokens[at].text.isdecimal():
        return False
    return any(
        token.unit == "year" for token in (*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 3])
    )


def is_a_rate(token: Token) -> bool:
    """每个月交400: what is paid, never how long."""
    led = token.text.startswith(("一个月", "每", "房租", "租金", "月租", "工资"))
    return token.unit == "other" and (led or token.text.endswith(("一个月", "每月", "每个月")))
