"""Which of two names a denial between them is of: 没社保|没公积金, 社保没有交过|居住证办了."""

from collections.abc import Sequence

from dialogs.language.grammar import grammar
from dialogs.language.tokens import Token

_DOES = ("当", "入", "签", "买", "办", "开")
_NAMES = frozenset({"fact", "noun", "value"})
ANY = frozenset({"什么", "啥"})
"""初中文化|没什么证书: what follows is denied."""


def of_the_next(tokens: Sequence[Token], denial: int) -> bool:
    """没社保|没公积金: a denial that stands before the next name belongs to it."""
    directly = tokens[denial + 1 : denial + 2]
    if _is_between(tokens, denial) or (directly and is_repeated(tokens, denial + 1, denial)):
        return False  # 献血到现在都没|献过
    if directly and directly[0].kind == "value" and directly[0].text.startswith(_DOES):
        return True  # 党员没|当过兵
    if tokens[denial].text == "不是" and directly and directly[0].kind == "verb":
        return True  # 是租的|不是买的
    if tokens[denial].text in ("没", "无") and directly and directly[0].kind in ("fact", "noun"):
        return not is_repeated(tokens, denial + 1, denial)  # 租房住|没社保; not 捐款没捐过
    if any(one.text in ANY for one in directly):
        return any(one.kind in _NAMES for one in tokens[denial + 2 : denial + 3])
    after = next(
        (token for token in tokens[denial + 1 :] if token.kind not in ("verb", "benefit")), None
    )
    before = denial - 1
    while before >= 0 and (tokens[before].kind in _SAID_OF_IT or tokens[before].text in _OF_IT):
        before -= 1
    if (
        before >= 0
        and tokens[before].kind in _NAMES
        and not _is_denied_before(tokens, before)
        and not _is_contrasted(tokens, before, denial)
    ):
        return False  # 社保没有交过|居住证办了
    return after is not None and after.kind in _NAMES


_SAID_OF_IT = frozenset({"adverb", "tail", "payer", "noise", "place", "preposition", "time"})
_OF_IT = frozenset({"一", "的话"})


def _is_contrasted(tokens: Sequence[Token], before: int, denial: int) -> bool:
    """只交社保|不交公积金: what is done of the one is denied of the other."""
    deed = tokens[denial + 1 : denial + 2]
    named = tokens[denial + 2 : denial + 3]
    done = before > 0 and bool(deed) and tokens[before - 1].text == deed[0].text
    return done and bool(named) and named[0].kind in _NAMES


def _is_between(tokens: Sequence[Token], denial: int) -> bool:
    """党员没|公积金三年: what has a figure is there."""
    before, named, figure = tokens[denial - 1 : denial], *_two_after(tokens, denial)
    led = bool(denial) and before[0].kind in _NAMES
    return led and named == "fact" and figure == "amount"


def _two_after(tokens: Sequence[Token], at: int) -> tuple[str, str]:
    one, other = ([*(token.kind for token in tokens[at + 1 : at + 3]), "", ""])[:2]
    return one, other


def is_repeated(tokens: Sequence[Token], at: int, end: int) -> bool:
    """捐款没|捐过: whether a verb here only repeats the name that stands before this end."""
    names = (token for token in reversed(tokens[max(0, end - 3) : end]) if token.kind == "fact")
    name = next(names, None)
    return tokens[at].text in grammar().weak and name is not None and name.fact == tokens[at].fact


def _is_denied_before(tokens: Sequence[Token], name: int) -> bool:
    """没(交)社保: whether a denial leads straight to a name."""
    before = name - 1
    if before > 0 and tokens[before].kind == "verb":
        before -= 1
    return before >= 0 and tokens[before].kind == "no"


_PAPERS = frozenset({"证", "证件", "证书", "本子", "卡"})
_SAYS_WHOSE = frozenset({"adverb", "self", "person", "us", "tail"})
_OPENS = frozenset({"pause", "conjunction", "self", "person", "us", "adverb"})


def is_of_what_stands_before(tokens: Sequence[Token], denial: int) -> bool:
    """证她也没得|社保四年: the denial of a thing named first is not of what follows; of 有证没社保
    and 没证没社保 it is."""
    before = denial - 1
    while before >= 0 and tokens[before].kind in _SAYS_WHOSE:
        before -= 1
    thing = before >= 0 and (tokens[before].text in _PAPERS or tokens[before].kind == "noun")
    opens = before <= 0 or tokens[before - 1].kind in _OPENS
    affirmed = before > 0 and tokens[before - 1].text.endswith("有")
    return thing and opens and not affirmed
