"""The islands of a message: each name of a fact with its figures, each value, each loose figure.

People who dictate use no punctuation, so what belongs together is found by nearness and by what
each fact needs (months, times, yuan), not by clauses. What is not understood between two islands is
no reason to drop them.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dialogs.language.ellipsis import PAID, is_since_coming, left_unsaid, paid
from dialogs.language.grammar import grammar
from dialogs.language.lexicon import any_of, patterns, words
from dialogs.language.tokens import Token
from dialogs.language.units import takes
from dialogs.language.vocabulary import excluded, nouns
from scoring import FACTS

_CONTEXT = frozenset(
    {"adverb", "verb", "noise", "time", "preposition", "place", "payer", "no", "plan", "company"}
    | {"common", "benefit"}
)


_TELLS_MORE = frozenset({"fact", "value", "noun", "amount", "person", "us", "plan"})


_FAR = 6


_ADJACENT = frozenset({"tail", "verb", "adverb"})


@dataclass(slots=True)
class Island:
    """Tokens[first:last] around a core: `fact` with `amounts`, or a `value`, or loose amounts
    (`fact` empty). `text` is set when its bounds are known."""

    fact: str
    core: list[int]
    value: str = ""
    noun: str = ""
    amounts: list[int] = field(default_factory=list)
    first: int = 0
    last: int = 0

    @property
    def loose(self) -> bool:
        """Whether nothing says which fact it is of."""
        return not self.fact


def find_islands(tokens: Sequence[Token]) -> list[Island]:
    """All islands in the order of the text, with their bounds."""
    names = _names(tokens)
    islands = {at: Island(tokens[at].fact, [at], noun=_noun(tokens[at])) for at in names}
    loose: list[Island] = []
    for at, token in enumerate(tokens):
        if token.kind == "value":
            loose.append(Island(token.fact, [at], value=token.value))
        if token.kind == "noun":
            loose.append(Island(token.fact, [at], noun=token.text))
        if token.kind != "amount" or _is_of_something_else(tokens, at):
            continue
        if is_since_coming(tokens, at):
            loose.append(Island("residence_months", [at], amounts=[at]))
            continue
        owner = _owner(tokens, at, names, islands)
        if owner is None or (tokens[owner].fact not in PAID and paid(tokens, at, names)):
            loose.append(Island(left_unsaid(tokens, at, names), [at], amounts=[at]))
        else:
            islands[owner].core.append(at)
            islands[owner].amounts.append(at)
    _share(tokens, names, islands)
    found = sorted([*islands.values(), *loose], key=lambda one: min(one.core))
    _lodge(tokens, found)
    _bound(tokens, found)
    return found


def _lodge(tokens: Sequence[Token], found: Sequence[Island]) -> None:
    """房子租的，店里楼上|住了5年: how long one has lodged there; not 房子租的，在永嘉住了5年."""
    for rents, lives in pairwise(found):
        between = tokens[rents.core[0] + 1 : lives.core[0]]
        rented = rents.fact == "owned_home" and "租" in tokens[rents.core[0]].text
        weak = lives.fact == "residence_months" and tokens[lives.core[0]].text in _LIVED
        if rented and weak and lives.amounts and len(between) <= _FAR and not _is_here(between):
            lives.fact = "rented_years"


_LIVED = frozenset({"住", "住了", "住满"})


def _is_here(tokens: Sequence[Token]) -> bool:
    text = "".join(one.text for one in tokens)
    return bool(any_of("in_county").search(text)) or any(one in text for one in ("这", "来", "登"))


def _noun(name: Token) -> str:
    """居住登记 names how long, and says beside a yes or a no whether."""
    return name.text if name.text in nouns() else ""


_AND = frozenset({"和", "跟", "与", "、", "同", "还有", "以及", "加"})


def _share(tokens: Sequence[Token], names: Sequence[int], islands: dict[int, Island]) -> None:
    """公积金和社保都是五年; 社保公积金八年; 社保五年，公积金也是: said of both."""
    for one, other in pairwise(names):
        if tokens[one].fact == tokens[other].fact or tokens[one].text in grammar().weak:
            continue
        if FACTS[tokens[one].fact].type != FACTS[tokens[other].fact].type:
            continue  # 住宿舍社保满十个月
        if any(token.kind == "no" for token in tokens[other + 1 : other + 2]):
            continue  # 四年社保公积金没有
        first, second = islands[one], islands[other]
        if _joined(tokens, one, other) and second.amounts and not first.amounts:
            first, second = second, first
        elif not (_joined(tokens, one, other) or _likewise(tokens, other)):
            continue
        if first.amounts and not second.amounts and takes(second.fact, tokens[first.amounts[0]]):
            second.amounts = list(first.amounts)
            second.core = sorted({*second.core, *first.amounts})


def _joined(tokens: Sequence[Token], one: int, other: int) -> bool:
    between = tokens[one + 1 : other]
    return not between or (len(between) == 1 and between[0].text.strip() in _AND)


def _likewise(tokens: Sequence[Token], name: int) -> bool:
    after = "".join(token.text for token in tokens[name + 1 : name + 4])
    return after.startswith(("也是", "也一样", "一样", "同样", "也有这么", "也这么")) and not any(
        token.kind == "amount" for token in tokens[name + 1 : name + 4]
    )


def _names(tokens: Sequence[Token]) -> list[int]:
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
            or _lodges(tokens, other, at)
            or _lodged(tokens, at, other)
        ]
        if not (weak and beside) and not _only_where(tokens, at) and not _is_company(tokens, at):
            kept.append(at)
    return kept


_LODGINGS = frozenset({"rented_years", "residence_months"})


def _is_repeated_by(weak: Token, other: Token) -> bool:
    """租房|住了三年: a verb that only repeats the noun; 租房在乌牛|来了六年 tells two things."""
    lodges = weak.text[0] in "住租" and other.fact in _LODGINGS
    return other.text not in grammar().weak and (lodges or other.fact == weak.fact)


def _lodges(tokens: Sequence[Token], other: int, at: int) -> bool:
    """住厂里宿舍，住满2年了: the same lodgings over a pause."""
    between = tokens[other + 1 : at]
    return (
        tokens[other].fact == "rented_years"
        and tokens[at].text.startswith("住")
        and 0 < len(between) <= 8
        and not any(token.kind in _TELLS_MORE for token in between)
    )


def _lodged(tokens: Sequence[Token], at: int, other: int) -> bool:
    """住了|五年|单位宿舍: the figure is of the lodgings right behind it."""
    between = [one.kind for one in tokens[at + 1 : other] if one.kind != "payer"]
    return tokens[other].fact == "rented_years" and between == ["amount"]


_LED = 5
"""Tokens between a thing and its figure: 合同|就|签|过."""


def _is_company(tokens: Sequence[Token], at: int) -> bool:
    """跟社保一起交的: what it was done together with."""
    together = "".join(token.text for token in tokens[at + 1 : at + 3])
    led = at > 0 and tokens[at - 1].kind == "company"
    opens = at < 2 or tokens[at - 2].kind != "fact"
    return led and opens and together.startswith(("一起", "一道", "同时", "一块"))


def _is_of_something_else(tokens: Sequence[Token], at: int) -> bool:
    """押金2000, 工资一个月八千: a figure of what no fact is about; 2021 2022 2023: years."""
    if _is_one_of_years(tokens, at) or _points(tokens, at):
        return True
    for token in reversed(tokens[max(0, at - _LED) : at]):
        if token.kind == "unrelated" or (token.fact == "employment" and "合同" in token.text):
            return True
        if token.kind not in ("adverb", "tail", "verb") and token.text != "到":
            return False
    return False


def _points(tokens: Sequence[Token], at: int) -> bool:
    """这|三个我先报了: a number of what was spoken of."""
    led = at > 0 and tokens[at - 1].text in ("这", "那", "上面", "前面")
    return led and tokens[at].text.endswith(("个", "样", "项", "种"))


def _is_one_of_years(tokens: Sequence[Token], at: int) -> bool:
    """2021 2022 2023: years side by side are no sums."""
    if tokens[at].unit != "year" or not tokens[at].text.isdecimal():
        return False
    return any(
        token.unit == "year" for token in (*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 3])
    )


def _only_where(tokens: Sequence[Token], at: int) -> bool:
    """到永嘉交了两年: where it was done, no stretch of residence."""
    fact = tokens[at].fact
    after = tokens[at + 1 : at + 2]
    if fact == "residence_months" and after and after[0].kind == "time":
        return True  # 来永嘉以后, 来这里那会儿
    for token in tokens[at + 1 : at + 6]:
        if token.kind in ("amount", "pause"):
            return False
        if token.kind in ("verb", "common") and excluded(fact, token.text):
            return True
    return False


def _no_figure_between(tokens: Sequence[Token], one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return not any(
        token.kind in ("amount", "pause", "self", "person") for token in tokens[low + 1 : high]
    )


def of_something_else(tokens: Sequence[Token]) -> Iterator[int]:
    """The places of figures that no fact is about, with what they are of: 房租2000, 押金两千."""
    for at, token in enumerate(tokens):
        counted = tokens[at + 1 : at + 2] if token.unit == "count" else ()
        of_people = bool(counted) and counted[0].kind in ("person", "payer")  # 换了5个房东
        if token.kind == "unrelated" or (
            token.kind == "amount"
            and (of_people or is_a_rate(token) or _is_of_something_else(tokens, at))
        ):
            yield at


def is_a_rate(token: Token) -> bool:
    """每个月交400: what is paid, never how long."""
    return token.unit == "other" and token.text.startswith(
        ("一个月", "每", "房租", "租金", "月租", "工资")
    )


def _owner(
    tokens: Sequence[Token], at: int, names: Sequence[int], islands: dict[int, Island]
) -> int | None:
    """The name to which the figure at this place belongs."""
    place = bisect_left(names, at)
    left = names[place - 1] if place else None
    right = names[place] if place < len(names) else None
    if left is not None and not (
        takes(tokens[left].fact, tokens[at]) and _reaches(tokens, left, at, islands)
    ):
        left = None
    if right is not None and not (
        takes(tokens[right].fact, tokens[at]) and _touches(tokens, at, right)
    ):
        right = None
    if right is not None and (left is None or islands[left].amounts):
        return right
    return left


def _predicated(tokens: Sequence[Token], name: int) -> bool:
    """Whether a name has a figure or a denial of its own right behind it."""
    for at in range(name + 1, min(name + 8, len(tokens))):
        token = tokens[at]
        if token.kind in ("payer", "benefit") or tokens[at - 1].kind == "benefit":
            continue  # 社保|厂里|给|我|交了九年
        if token.kind == "amount":
            return takes(tokens[name].fact, token) and not _figures_lead(tokens, name, at)
        if token.kind == "no":
            return not of_the_next(tokens, at)
        if token.kind != "tail" and token.text not in grammar().elliptical:
            return False
    return False


def _figures_lead(tokens: Sequence[Token], name: int, after: int) -> bool:
    """两个外观专利|一个实用新型: each figure stands before its name."""
    before, following = tokens[name - 1 : name] if name else (), tokens[after + 1 : after + 2]
    led = bool(before) and before[0].kind == "amount" and takes(tokens[name].fact, before[0])
    return led and bool(following) and following[0].kind == "fact"


_DOES = ("当", "入", "签", "买", "办", "开")


def of_the_next(tokens: Sequence[Token], denial: int) -> bool:
    """没社保|没公积金: a denial that stands before the next name belongs to it."""
    directly = tokens[denial + 1 : denial + 2]
    if directly and directly[0].kind == "value" and directly[0].text.startswith(_DOES):
        return True  # 党员没|当过兵
    if tokens[denial].text in ("没", "无") and directly and directly[0].kind in ("fact", "noun"):
        return not _is_repeated(tokens, denial + 1, denial)  # 租房住|没社保; not 捐款没捐过
    after = next(
        (token for token in tokens[denial + 1 :] if token.kind not in ("verb", "benefit")), None
    )
    before = denial - 1
    while before >= 0 and (
        tokens[before].kind in ("adverb", "tail", "payer") or tokens[before].text == "一"
    ):
        before -= 1
    if (
        before >= 0
        and tokens[before].kind in ("fact", "noun", "value")
        and not _is_denied_before(tokens, before)
    ):
        return False  # 社保没有交过|居住证办了
    return after is not None and after.kind in ("fact", "value", "noun")


def _is_repeated(tokens: Sequence[Token], at: int, end: int) -> bool:
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


def _touches(tokens: Sequence[Token], at: int, right: int) -> bool:
    """Whether a noun follows a figure closely enough: 五年的社保; it has no figure of its own."""
    if (
        tokens[right].text in grammar().weak
        or (tokens[right].fact == "residence_months" and "登记" not in tokens[right].text)
        or _predicated(tokens, right)
    ):
        return False
    between = tokens[at + 1 : right]
    if tokens[at].unit == "since":  # 2021年3月起在永嘉交社保
        led = _CONTEXT | {"self"}
        return len(between) <= _FAR and all(token.kind in led for token in between)
    return len(between) <= 2 and all(token.kind in _ADJACENT for token in between)


def _reaches(tokens: Sequence[Token], left: int, at: int, islands: dict[int, Island]) -> bool:
    """Whether a figure after a name belongs to it, over pauses only where it is still awaited, goes
    on (后来又交半年) or corrects (不对，四年)."""
    if any(_is_another_subject(tokens, one) for one in range(left + 1, at)):
        return False
    born = tokens[at + 1 : at + 2]
    if tokens[left].fact != "birth_date" and born and born[0].text in ("生", "出生", "生的"):
        return False
    last = max(islands[left].core)
    after = list(_without_brackets(tokens[last + 1 : at]))
    if tokens[left].fact == "rented_years" and any(
        map(_is_of_other_than_rent, tokens[left + 1 : at + 1])
    ):
        return False
    if tokens[at].unit == "moment" and any(one.kind == "pause" for one in after):
        return any(":" in one.text for one in after)  # 租的 94年10月
    has_one = bool(islands[left].amounts)
    pauses = [one for one in after if one.kind == "pause" and (has_one or one.text.strip())]
    if not pauses:
        return not any(token.kind == "unknown" and len(token.text) > 6 for token in after)
    text = "".join(token.text for token in after)
    if not islands[left].amounts:
        return len(pauses) == 1 and not any(token.kind == "no" for token in after)
    where = all(
        token.kind in ("pause", "place", "adverb", "noise", "preposition", "tail")
        or token.text in grammar().elliptical
        for token in after
    )
    goes_on = (
        where and any(token.kind == "place" or token.text in ("这边", "这里") for token in after)
    ) or any(
        word in text
        for word in ("又", "再", "后来", "然后", "还有", "加", "接着", "一共", "总共", "合计")
    )
    return goes_on or bool(patterns("taken_back").search(text))


def _is_of_other_than_rent(token: Token) -> bool:
    """租房住，医保交了三年; 租房住，上个月才来的."""
    return token.text == "医保" or (token.unit == "since" and "来" in token.text)


def _is_another_subject(tokens: Sequence[Token], at: int) -> bool:
    """Whether something else is told of from here on; not 社保是会计帮我|查的，一共61个月."""
    helped = tokens[at].kind == "self" and tokens[at - 1].kind == "benefit"
    return tokens[at].kind in ("value", "noun", "self", "us", "person") and not helped


def _without_brackets(tokens: Sequence[Token]) -> Iterator[Token]:
    """租房(有备案)，6年: what stands in brackets goes along."""
    inside = False
    for token in tokens:
        inside = inside or (token.kind == "pause" and "(" in token.text)
        if inside and token.kind == "pause" and ")" in token.text:
            inside = False
        if not inside:
            yield token


def _bound(tokens: Sequence[Token], islands: Sequence[Island]) -> None:
    """Each island takes what leads to its core, and what trails after it."""
    taken = 0
    for place, island in enumerate(islands):
        start, end = min(island.core), max(island.core)
        first = start
        while first > taken and _leads_to(tokens, first - 1):
            first -= 1
        limit = min(islands[place + 1].core) if place + 1 < len(islands) else len(tokens)
        last = end + 1
        while last < limit and _trails(tokens, last, island):
            last += 1
        island.first, island.last = first, _ends(tokens, last, island)
        taken = island.last


def _leads_to(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].kind in _CONTEXT and not (
        tokens[at].kind == "no" and is_of_what_stands_before(tokens, at)
    )


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


OTHERS = frozenset({"别的", "其他", "其它", "其余", "剩下", "剩下的"})
"""What is left of a list: 别的都没有."""


def _trails(tokens: Sequence[Token], at: int, island: Island) -> bool:
    if island.amounts and _doubts(tokens, at):
        return True
    if tokens[at].text in OTHERS:
        return False  # 表彰有一次|别的都没有
    if island.amounts or island.value:
        return tokens[at].kind == "tail"
    if tokens[at].kind == "pause":
        return _is_answered(tokens, at)
    if tokens[at].kind == "fact":
        return _is_repeated(tokens, at, at - 1)
    kinds = ("tail", "no", "verb", "adverb", "noise", "benefit", "time", "payer")
    return tokens[at].kind in kinds or tokens[at].text == "一"  # 社保|一个月没交过


_AROUND = frozenset(
    {"左右", "上下", "前后", "光景", "样子", "往上", "朝上", "向上", "上面", "打底", "起步"}
)
"""五年左右: these stand behind a figure only."""


def _doubts(tokens: Sequence[Token], at: int) -> bool:
    """五年左右; 五年吧大概，: a word that makes the figure before it uncertain, no other."""
    if tokens[at].text in _AROUND:
        return True
    ends = tokens[at + 1 : at + 2]
    closed = not ends or ends[0].kind in ("pause", "tail")
    return closed and tokens[at].text in words("vague")


def _is_answered(tokens: Sequence[Token], pause: int) -> bool:
    """公积金，没有，…: a denial alone between two pauses is of the name before it."""
    denial, after = tokens[pause + 1 : pause + 2], tokens[pause + 2 : pause + 3]
    denies = bool(denial) and denial[0].kind == "no"
    named = tokens[pause - 1].kind == "fact"
    return denies and named and (not after or after[0].kind == "pause")


def _ends(tokens: Sequence[Token], last: int, island: Island) -> int:
    """Where a name without figures ends: with its denial, otherwise with itself."""
    if island.amounts or island.value:
        return last
    core = max(island.core) + 1
    denials = (
        at for at in range(core, last) if tokens[at].kind == "no" and not of_the_next(tokens, at)
    )
    denial = max(denials, default=None)
    start = core if denial is None else denial + 1
    while start < last and tokens[start].kind in (
        ("tail", "verb", "benefit") if denial is not None else ("tail",)
    ):
        start += 1
    return start
