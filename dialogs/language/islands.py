"""The islands of a message: each name of a fact with its figures, each value, each loose figure.

People who dictate use no punctuation, so what belongs together is found by nearness and by what
each fact needs (months, times, yuan), not by clauses. What is not understood between two islands is
no reason to drop them.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from dialogs.language.lexicon import any_of, patterns
from dialogs.language.tokens import Token
from dialogs.language.vocabulary import excluded, nouns
from scoring import FACTS

_UNITS = {
    "months": frozenset({"time", "since", "bare", "moment"}),
    "years": frozenset({"time", "since", "bare", "moment"}),
    "count": frozenset({"count", "bare"}),
    "yuan": frozenset({"yuan", "bare"}),
    "date": frozenset({"moment", "year"}),
}
"""The figures that a fact of each kind can take."""
WEAK = frozenset(
    {
        "住",
        "住在",
        "住了",
        "住满",
        "来了",
        "来的",
        "待了",
        "呆了",
        "租的",
        "租过",
        "租了",
        "献过",
        "献了",
        "捐了",
        "捐过",
    }
)
"""Verbs that name a fact only where no noun beside them does: 租房住了三年."""
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
        if _is_since_coming(tokens, at):
            loose.append(Island("residence_months", [at], amounts=[at]))
            continue
        owner = _owner(tokens, at, names, islands)
        if owner is None:
            fact = (
                _paid(tokens, at, names)
                or _elliptical(tokens, at, names)
                or _continued(tokens, at, names)
                or _of_coming(token)
                or _spent_here(tokens, at)
            )
            loose.append(Island(fact or _only_sum(tokens, at, names), [at], amounts=[at]))
        else:
            islands[owner].core.append(at)
            islands[owner].amounts.append(at)
    _share(tokens, names, islands)
    found = sorted([*islands.values(), *loose], key=lambda one: min(one.core))
    _bound(tokens, found)
    return found


_SAME = frozenset(
    {
        "去",
        "参加",
        "做",
        "交",
        "缴",
        "买",
        "有",
        "才",
        "也",
        "就",
        "只",
        "只有",
        "了",
        "过",
        "是",
        "存",
    }
)


def _elliptical(tokens: Sequence[Token], at: int, names: Sequence[int]) -> str:
    """The fact that another one's figure left to be understood: 他社保五年，我(交了)三年."""
    place = bisect_left(names, at)
    left = names[place - 1] if place else None
    if (
        left is None
        or tokens[left].text in WEAK
        or tokens[at].unit not in ("time", "count", "yuan")
        or not _takes(tokens[left].fact, tokens[at])
    ):
        return ""
    start = max(
        (place for place in range(left, at) if tokens[place].kind in ("self", "us", "person")),
        default=None,
    )
    if start is None or any(token.kind in ("value", "noun") for token in tokens[start:at]):
        return ""
    between = tokens[start + 1 : at]
    return (
        tokens[left].fact
        if not any(token.text == "来" for token in between)  # 登记也没办，我刚来三个月
        and all(
            token.text in _SAME or token.kind in ("adverb", "tail", "payer", "noise")
            for token in between
        )
        else ""
    )


_GOES_ON = frozenset({"adverb", "tail", "payer", "place", "time", "pause"})
_PARTS = frozenset({"time", "count", "yuan"})


def _continued(tokens: Sequence[Token], at: int, names: Sequence[int]) -> str:
    """The fact of which a clause without a name tells a second figure: 红十字会五百，慈善总会一千;
    社保在市区交了4年，永嘉的只有11个月."""
    place = bisect_left(names, at)
    left = names[place - 1] if place else None
    if left is None or tokens[left].text.startswith(("住", "来", "到")):
        return ""
    before = [one for one in range(left + 1, at) if tokens[one].kind == "amount"]
    if not before or tokens[before[-1]].unit != tokens[at].unit:
        return ""
    between = tokens[before[-1] + 1 : at]
    alone = all(token.kind in _GOES_ON or token.text.endswith("的") for token in between)
    source = any(token.kind in ("payer", "place") or token.text.endswith("的") for token in between)
    takes = tokens[at].unit in _PARTS or FACTS[tokens[left].fact].type == "yuan"
    paused = any(token.kind == "pause" for token in between)
    fits = takes and _takes(tokens[left].fact, tokens[at])
    return tokens[left].fact if paused and alone and source and fits else ""


_LIVES = frozenset({"来", "到", "在", "来到", "刚来", "搬到", "住", "住在"})
_NOT_LIVING = frozenset(
    {"pause", "self", "us", "person", "fact", "value", "noun", "no", "plan", "amount"}
)


def _spent_here(tokens: Sequence[Token], at: int) -> str:
    """在永嘉搞了三年, 来桥头做纽扣十年整: a stretch spent in a place of the county, whatever was
    done there."""
    if tokens[at].unit != "time":
        return ""
    clause = list(takewhile(lambda one: one.kind not in _NOT_LIVING, reversed(tokens[:at])))[::-1]
    text = "".join(token.text for token in clause)
    places = [one for one, token in enumerate(clause) if token.kind == "place"]
    if not places or excluded("residence_months", text) or any_of("outside").search(text):
        return ""
    led = clause[places[-1] - 1 : places[-1]] if places[-1] else ()
    inside = any_of("in_county").fullmatch(clause[places[-1]].text)
    return "residence_months" if inside and led and led[0].text in _LIVES else ""


_JUST = frozenset({"刚", "才", "就", "都", "也", "刚刚", "才刚"})


def _is_since_coming(tokens: Sequence[Token], at: int) -> bool:
    """刚|来|半年; 在|永嘉|二十二年: how long it is since one came, whatever is named around it."""
    led = tokens[max(at - 3, 0) : at]
    if tokens[at].unit != "time" or not led:
        return False
    if led[-1].text == "来":
        before = led[-2:-1]
        return not before or before[0].kind == "pause" or before[0].text in _JUST
    here = led[-1].kind == "place" and bool(any_of("in_county").fullmatch(led[-1].text))
    return here and len(led) > 1 and led[-2].text == "在"


_PAYS = frozenset({"交", "缴", "缴纳", "交纳", "缴费", "续", "补交", "补缴", "接着交"})
_PAID = frozenset({"social_insurance_months", "housing_fund_months"})


def _paid(tokens: Sequence[Token], at: int, names: Sequence[int]) -> str:
    """社保算不算？我在广东交了6年: the only thing named that one pays for by the month."""
    if tokens[at].unit not in ("time", "since"):
        return ""
    lead = list(takewhile(lambda one: one.kind == "tail", reversed(tokens[:at])))
    verb = tokens[at - len(lead) - 1 : at - len(lead)]
    within = tokens[at].unit == "since" and "交" in tokens[at].text
    paid = within or (verb and verb[0].text in _PAYS)
    follows = tokens[at + 1 : at + 2]
    if not paid and not (follows and follows[0].text in _PAYS):
        return ""
    left = bisect_left(names, at)
    if left and FACTS[tokens[names[left - 1]].fact].type == "yuan":
        return ""  # 个税去年一年交了1200
    named = {tokens[one].fact for one in names[:left] if tokens[one].fact in _PAID}
    return named.pop() if len(named) == 1 else ""


def _only_sum(tokens: Sequence[Token], at: int, names: Sequence[int]) -> str:
    """捐款捐过，厂里组织的，1000块: the only thing named that is counted in yuan."""
    named = {tokens[one].fact for one in names if FACTS[tokens[one].fact].type == "yuan"}
    return named.pop() if tokens[at].unit == "yuan" and len(named) == 1 else ""


def _noun(name: Token) -> str:
    """居住登记 names how long, and says beside a yes or a no whether."""
    return name.text if name.text in nouns() else ""


_AND = frozenset({"和", "跟", "与", "、", "同", "还有", "以及", "加"})


def _share(tokens: Sequence[Token], names: Sequence[int], islands: dict[int, Island]) -> None:
    """公积金和社保都是五年; 社保公积金八年; 社保五年，公积金也是: said of both."""
    for one, other in pairwise(names):
        if tokens[one].fact == tokens[other].fact:
            continue
        first, second = islands[one], islands[other]
        if _joined(tokens, one, other) and second.amounts and not first.amounts:
            first, second = second, first
        elif not (_joined(tokens, one, other) or _likewise(tokens, other)):
            continue
        if first.amounts and not second.amounts and _takes(second.fact, tokens[first.amounts[0]]):
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


def _of_coming(token: Token) -> str:
    """2014年来的, 15年登记的: since when one has been here."""
    lunar = any(month in token.text for month in ("正月", "腊月", "冬月"))
    comes = "来" in token.text or "登记" in token.text
    return "residence_months" if token.unit == "since" and comes and not lunar else ""


def _names(tokens: Sequence[Token]) -> list[int]:
    """The places of names; a verb that only repeats a noun beside it names nothing."""
    every = [at for at, token in enumerate(tokens) if token.kind == "fact"]
    kept: list[int] = []
    for place, at in enumerate(every):
        weak = tokens[at].text in WEAK
        beside = [
            other
            for other in (every[place - 1 : place] + every[place + 1 : place + 2])
            if (
                _is_repeated_by(tokens[at], tokens[other]) and _no_figure_between(tokens, at, other)
            )
            or _lodges(tokens, other, at)
            or _lodged(tokens, at, other)
        ]
        if not (weak and beside) and not _only_where(tokens, at):
            kept.append(at)
    return kept


_LODGINGS = frozenset({"rented_years", "residence_months"})


def _is_repeated_by(weak: Token, other: Token) -> bool:
    """租房|住了三年: a verb that only repeats the noun; 租房在乌牛|来了六年 tells two things."""
    lodges = weak.text[0] in "住租" and other.fact in _LODGINGS
    return other.text not in WEAK and (lodges or other.fact == weak.fact)


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


def _is_of_something_else(tokens: Sequence[Token], at: int) -> bool:
    """押金2000, 工资一个月八千: a figure of what no fact is about."""
    for token in reversed(tokens[max(0, at - 3) : at]):
        if token.kind == "unrelated" or (token.fact == "employment" and "合同" in token.text):
            return True
        if token.kind not in ("adverb", "tail", "verb"):
            return False
    return False


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


def figures_of(fact: str) -> frozenset[str]:
    """The units of the figures that a fact can take."""
    return _UNITS.get(FACTS[fact].type, frozenset())


def of_something_else(tokens: Sequence[Token]) -> Iterator[int]:
    """The places of figures that no fact is about, with what they are of: 房租2000, 押金两千."""
    for at, token in enumerate(tokens):
        counted = tokens[at + 1 : at + 2] if token.unit == "count" else ()
        of_people = bool(counted) and counted[0].kind in ("person", "payer")  # 换了5个房东
        if token.kind == "unrelated" or (
            token.kind == "amount"
            and (of_people or _is_a_rate(token) or _is_of_something_else(tokens, at))
        ):
            yield at


def _is_a_rate(token: Token) -> bool:
    return token.unit == "other" and token.text.startswith(
        ("一个月", "每", "房租", "租金", "月租", "工资")
    )


def _takes(fact: str, token: Token) -> bool:
    if token.unit == "bare" and fact == "residence_months":
        return False  # 来的，六十一了
    if token.unit == "year" and token.text.isdecimal() and FACTS[fact].type == "yuan":
        return True  # 捐款2000
    return token.unit in figures_of(fact)


def _owner(
    tokens: Sequence[Token], at: int, names: Sequence[int], islands: dict[int, Island]
) -> int | None:
    """The name to which the figure at this place belongs."""
    place = bisect_left(names, at)
    left = names[place - 1] if place else None
    right = names[place] if place < len(names) else None
    if left is not None and not (
        _takes(tokens[left].fact, tokens[at]) and _reaches(tokens, left, at, islands)
    ):
        left = None
    if right is not None and not (
        _takes(tokens[right].fact, tokens[at]) and _touches(tokens, at, right)
    ):
        right = None
    if right is not None and (left is None or islands[left].amounts):
        return right
    return left


def _predicated(tokens: Sequence[Token], name: int) -> bool:
    """Whether a name has a figure or a denial of its own right behind it."""
    for at in range(name + 1, min(name + 4, len(tokens))):
        token = tokens[at]
        if token.kind == "amount":
            return _takes(tokens[name].fact, token) and not _figures_lead(tokens, name, at)
        if token.kind == "no":
            return not of_the_next(tokens, at)
        if token.kind != "tail" and token.text not in _SAME:
            return False
    return False


def _figures_lead(tokens: Sequence[Token], name: int, after: int) -> bool:
    """两个外观专利|一个实用新型: each figure stands before its name."""
    before, following = tokens[name - 1 : name] if name else (), tokens[after + 1 : after + 2]
    led = bool(before) and before[0].kind == "amount" and _takes(tokens[name].fact, before[0])
    return led and bool(following) and following[0].kind == "fact"


def of_the_next(tokens: Sequence[Token], denial: int) -> bool:
    """没社保|没公积金: a denial that stands before the next name belongs to it."""
    directly = tokens[denial + 1 : denial + 2]
    if tokens[denial].text in ("没", "无") and directly and directly[0].kind in ("fact", "noun"):
        return not _is_repeated(tokens, denial + 1, denial)  # 租房住|没社保; not 捐款没捐过
    after = next(
        (token for token in tokens[denial + 1 :] if token.kind not in ("verb", "benefit")), None
    )
    before = denial - 1
    while before >= 0 and tokens[before].kind in ("adverb", "tail", "payer"):
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
    return tokens[at].text in WEAK and name is not None and name.fact == tokens[at].fact


def _is_denied_before(tokens: Sequence[Token], name: int) -> bool:
    """没(交)社保: whether a denial leads straight to a name."""
    before = name - 1
    if before > 0 and tokens[before].kind == "verb":
        before -= 1
    return before >= 0 and tokens[before].kind == "no"


def _touches(tokens: Sequence[Token], at: int, right: int) -> bool:
    """Whether a noun follows a figure closely enough: 五年的社保; it has no figure of its own."""
    if (
        tokens[right].text in WEAK
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
    between = tokens[left + 1 : at]
    if any(token.kind in ("value", "noun", "self", "us", "person") for token in between):
        return False
    born = tokens[at + 1 : at + 2]
    if tokens[left].fact != "birth_date" and born and born[0].text in ("生", "出生", "生的"):
        return False
    last = max(islands[left].core)
    after = tokens[last + 1 : at]
    has_one = bool(islands[left].amounts)
    pauses = [one for one in after if one.kind == "pause" and (has_one or one.text.strip())]
    if not pauses:
        return not any(token.kind == "unknown" and len(token.text) > 6 for token in after)
    text = "".join(token.text for token in after)
    if not islands[left].amounts:
        return len(pauses) == 1 and not any(token.kind == "no" for token in after)
    where = all(
        token.kind in ("pause", "place", "adverb", "noise", "preposition", "tail")
        or token.text in _SAME
        for token in after
    )
    goes_on = (
        where and any(token.kind == "place" or token.text in ("这边", "这里") for token in after)
    ) or any(
        word in text
        for word in ("又", "再", "后来", "然后", "还有", "加", "接着", "一共", "总共", "合计")
    )
    return goes_on or bool(patterns("taken_back").search(text))


def _bound(tokens: Sequence[Token], islands: Sequence[Island]) -> None:
    """Each island takes what leads to its core, and what trails after it."""
    taken = 0
    for place, island in enumerate(islands):
        start, end = min(island.core), max(island.core)
        first = start
        while first > taken and tokens[first - 1].kind in _CONTEXT:
            first -= 1
        limit = min(islands[place + 1].core) if place + 1 < len(islands) else len(tokens)
        last = end + 1
        while last < limit and _trails(tokens, last, island):
            last += 1
        island.first, island.last = first, _ends(tokens, last, island)
        taken = island.last


def _trails(tokens: Sequence[Token], at: int, island: Island) -> bool:
    if island.amounts or island.value:
        return tokens[at].kind == "tail"
    if tokens[at].kind == "fact":
        return _is_repeated(tokens, at, at - 1)
    return tokens[at].kind in ("tail", "no", "verb", "adverb", "noise", "benefit", "time", "payer")


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
