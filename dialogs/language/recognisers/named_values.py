"""A fact whose value is stated by a word: 大专, 党员, 签了合同."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile

from dialogs.language.denied import is_denied
from dialogs.language.grammar import grammar
from dialogs.language.islands import Island
from dialogs.language.lexicon import any_of, patterns
from dialogs.language.mention import FactValue
from dialogs.language.message import Message, words
from dialogs.language.outcome import Refused, Why
from dialogs.language.questioned import is_asked
from dialogs.language.recognisers.lease import is_lease
from dialogs.language.recognisers.named_amounts import Outcome
from dialogs.language.retraction import is_taken_back
from dialogs.language.scope import is_planned, stands_elsewhere
from dialogs.language.text_scope import ABROAD, done_beyond_county
from dialogs.language.tokens import Token
from dialogs.language.vocabulary import denied_along, gig_words, in_the_county, more_exact
from scoring import FACTS

LETS = re.compile("(?<![板东])租给(?!(?:过|了)?[我俺咱])[^,。;]{0,6}|出?租出去?|出租[了着给]")
"""租给别人了, 租出去了; not 房东租给我: one owns the home, and lives elsewhere."""
LEFT = ("let", "built", "neither")
"""What one may live in here, all the same."""
_QUIT = re.compile(
    "(?<!编)(?<!编制)没考[上取到起](?!大学|大专|专科|本科|高中|中专|研究)|没.{0,3}(?:毕业|读完|念完|上完|读了|念了|读下去|拿到)"
    "|退了(?!伍|休|役)|[读念上][了到]?一半|辍学|在考|还在考|没考完|没拿证|肄业|退学|在读|还在读|不读了|没读|没念"
)
_LEFT_BEFORE = {
    "below_high_school": "below_high_school",
    "high_school": "below_high_school",
    "junior_college": "high_school",
    "bachelor": "high_school",
    "master": "bachelor",
    "doctor": "master",
}
"""What remains of a school that was left without its certificate; above the compulsory ones it is
the likely one, to be confirmed."""
CONTRACT = "labour_contract"
_SCHOOLS = frozenset({"小学", "初中", "高中", "中专", "技校", "职高"})
_OF_CHILDREN = frozenset({"小学", "初中", "高中"})
_EMPLOYERS = ("老板", "厂里", "公司", "单位", "店里", "工地", "工地上", "东家", "厂")
_LOWEST = "below_high_school"
_BY_NOW = re.compile(
    "(?:以前|原来|之前|去年|前年)[^。;没不无]{1,14}?[,。; ]?(?:现在|今年|如今|目前|后来)"
    "(?![^,。;]{0,4}[没不无])"
)
_EITHER = re.compile("还是|或|要么|忘|以前|之前|原来|曾经|上一?届|当过")
"""县人大代表还是镇人大代表; of several roles of today the highest counts."""
_CARD = "operator_card"
"""Beside a certificate with a level, it adds nothing."""
_GRADE_BEHIND = re.compile("[,。; ](?:我?[是考]的?)?([初中高五四三])级的?[啊呢嘛吧]?(?=$|[,。; ])")
_LEVELS = {
    **{"初": "level_5", "中": "level_4", "高": "level_3"},
    **{"五": "level_5", "四": "level_4", "三": "level_3"},
}
_NEXT = frozenset({"self", "person", "value", "noun", "fact"})
_BOUGHT_IN = re.compile("[了的]?[ ,，]?(?:但是?|不过|可是?)?(?:(?:买|是|就)?在|(?<=在))")
_NOT_YET_HOME = re.compile(
    "没装修|[明后]年[^,。;]{0,4}搬进?|买房(?:还|就)?[差缺]|没交房|才交房|期房|没搬进|没入住|没住进"
)
_IN_THE_NAME_OF = re.compile(
    "(?:房产证|房本|执照|证上?|登记)(?:上)?(?:写|是|挂|在)[^,。;]{1,8}"
    "(?:名|的?(?=$|[ ,。;])|[ ,。;]不是我)"
)
_UNLICENSED = re.compile("(?:没|无)[^,。;]{0,4}(?:执照|证照|证件|注册)|执照[^,。;]{0,5}没|无证")
_IN_SERVICE = re.compile("(?:在职|非全日制)(?:的|读)?$")
_FINISHED = re.compile("毕业|学历|学位|文凭|拿到|读完")
"""在职硕士: one attends it, or has finished it."""
_FAR = 12
"""Tokens after a school within which it may be said that it was left."""


@dataclass(slots=True)
class _Stated:
    """The values stated, denied, and named in doubt."""

    said: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    doubted: set[str] = field(default_factory=set)
    let: bool = False
    """Whether the own home is let to others: one lives elsewhere, and does not say where."""


def read_values(message: Message, fact: str, islands: Sequence[Island]) -> Outcome:
    """What the islands of one fact state; None where they state nothing for certain."""
    stated = _Stated()
    for island in _not_taken_back(message, islands):
        if not is_planned(message, island) and not is_asked(message, island):
            _note(message, fact, island, stated)
    if both := stated.said & stated.denied:
        return Refused("contradictory", tuple(sorted(both))), "stated and denied"
    grade = _GRADE_BEHIND.search(message.text) if stated.said == {_CARD} else None
    if grade:
        stated.said = {_LEVELS[grade[1]]}  # 焊工证，墙上挂着呢，高级的
    if stated.said:
        decided = _decided(message, fact, stated.said)
        return decided, "stated in two ways" if isinstance(decided, Refused) else "stated"
    if stated.let:
        return Refused("ambiguous", LEFT), "let to others"
    if stated.denied and FACTS[fact].type == "yesno":
        return False, "denied"
    if stated.denied == {CONTRACT} and works_without(message):
        return frozenset(), "no contract"
    if len(stated.denied) > 1 and len(denied_along(stated.denied)) == len(FACTS[fact].choices):
        return frozenset(), "all denied"
    doubted = tuple(sorted(stated.doubted))
    one_tap = fact == "education" and len(doubted) == 1
    why: Why = "ambiguous" if one_tap else "vague"
    return (Refused(why, doubted), "stated, in doubt") if doubted else None


def _decided(message: Message, fact: str, named: set[str]) -> FactValue | Refused:
    """The fact's value from the values named; a set takes them all."""
    if FACTS[fact].type == "set":
        return frozenset(named - {first for first, more in more_exact().items() if more in named})
    named = named - {_CARD} or named
    ranked = fact == "education" or any(
        all(kind in one for one in named) for kind in ("level_", "_title")
    )
    ranked |= fact == "political_role" and not _EITHER.search(message.text)
    if len(named) > 1 and ranked:
        ids = [choice.id for choice in FACTS[fact].choices]  # from the lowest
        return max(named, key=ids.index)
    if len(named) > 1:
        return Refused("contradictory", tuple(sorted(named)))
    value = next(iter(named))
    return value == "true" if FACTS[fact].type == "yesno" else value


def _not_taken_back(message: Message, islands: Sequence[Island]) -> Iterator[Island]:
    """中级工，说错了，是高级工: those after the last word that takes back, if there are any."""
    ends = [found.end() for found in patterns("taken_back").finditer(message.text)]
    now = FACTS[islands[0].fact].type == "choice" and _BY_NOW.search(message.text)
    ends += [now.end()] if now else []  # 以前是F类，今年升到E类了
    starts = [message.tokens[island.core[0]].start for island in islands]
    later = (
        [island for island, start in zip(islands, starts, strict=True) if start >= ends[-1]]
        if ends
        else []
    )
    yield from later or islands


def _note(message: Message, fact: str, island: Island, stated: _Stated) -> None:
    if in_the_county(fact) and _is_elsewhere(message, island):
        return
    if _is_another_s(message, island) or _is_leased(message, island):
        return
    if is_denied(message, island):
        stated.denied.add(island.value)
    elif fact == "education":
        _note_school(message, island, stated)
    elif island.value == "business_owner" and is_in_another_s_name(message):
        return  # 执照是老公的名字
    elif fact == "employment" and _is_over(message, island):
        stated.doubted.add(island.value)
    elif fact == "permit" and _is_a_time(message, island):
        return
    elif island.value == "true" and fact == "owned_home" and LETS.search(message.text):
        stated.let = True
    elif _in_doubt(message, fact, island) or _is_wrong(message, island):
        stated.doubted.add(island.value)
    else:
        stated.said.add(island.value)


def _is_leased(message: Message, island: Island) -> bool:
    """房子租的，|合同签了|两年了."""
    plain = "劳动" not in message.tokens[island.core[0]].text
    return island.value == CONTRACT and plain and is_lease(message, island)


def _is_another_s(message: Message, island: Island) -> bool:
    """退伍军人那是我弟: whose it is, said behind it."""
    after = message.tokens[island.core[-1] + 1 :]
    said = list(dropwhile(lambda one: one.text in _POINTS, after))[:3]
    is_one = [one.text in _IS for one in said[:1]] == [True] and said[1:2]
    return (
        bool(is_one) and said[1].kind == "person" and all(one.kind == "pause" for one in said[2:])
    )


_POINTS, _IS = frozenset({"那", "这", "那个", "的"}), frozenset({"是", "就是"})
_FORMERLY = frozenset({"以前", "从前", "原来", "早先", "过去", "早年", "前些年", "先", "起先"})


def _is_over(message: Message, island: Island) -> bool:
    """以前签过合同，现在不干了; 先在义乌摆摊: what once was."""
    return any(one.text in _FORMERLY for one in message.clause(island))


_SINCE_THEN = frozenset({"以后", "之后", "后", "的时候", "起"})


def _is_a_time(message: Message, island: Island) -> bool:
    """居住登记办好|以后: since when something else is so."""
    return any(one.text in _SINCE_THEN for one in message.following(island, 1))


def _is_elsewhere(message: Message, island: Island) -> bool:
    """老家有房; 房子是买了，买在老家."""
    if stands_elsewhere(message, island) and island.value != "false":
        return True
    goes_on = _BOUGHT_IN.match(message.text, message.tokens[island.core[0]].end)
    return bool(goes_on and any_of("outside").search(words(message.following(island))))


def _is_wrong(message: Message, island: Island) -> bool:
    return is_taken_back(message, message.tokens[island.core[0]].end, island.fact)


def _note_school(message: Message, island: Island, stated: _Stated) -> None:
    """A school is one's education where it was finished, and is not that of others: 小学老师."""
    if message.owner(island).endswith(grammar().children):
        return  # 孩子要上小学: of nobody's education
    if _is_the_name_of_a_school(message, island):
        return
    after = message.tokens[island.core[0] + 1 : island.core[0] + 5]
    describes = after and after[0].kind in ("unknown", "payer")
    is_bare = message.tokens[island.core[0]].text in _OF_CHILDREN  # 中专|幼师 names what one learnt
    if (describes and is_bare) or "老师" in words(after[:2]):
        return  # 小学老师, 高中食堂; not 小学没读完，家里穷
    told = _told_of_it(message.tokens[island.core[0] + 1 :][:_FAR])
    if not _QUIT.search(words(_without_next(list(told)))):
        doubted = _in_doubt(message, "education", island)
        (stated.doubted if doubted else stated.said).add(island.value)
    else:
        left = _LEFT_BEFORE[island.value]
        (stated.said if left == _LOWEST else stated.doubted).add(left)


def _told_of_it(following: Sequence[Token]) -> Iterator[Token]:
    """What is told of a school: up to the next fact, or to a plan behind a pause (本科，在读研); of
    one that was finished, only to the pause (高中毕业，报了大专没毕业)."""
    paused = False
    finished = bool(following) and following[0].text.startswith("毕业")
    for token in following:
        if finished and token.kind == "pause":
            return
        if token.kind in _NEXT or (paused and token.kind == "plan"):
            return
        paused = paused or token.kind == "pause"
        yield token


def _without_next(told: Sequence[Token]) -> Sequence[Token]:
    """中专，学的会计，没读|大专: a denial that leads to the next school is of that one."""
    led = [one.kind for one in told[-3:]] == ["pause", "no", "verb"]
    return told[:-3] if led else told


def _is_the_name_of_a_school(message: Message, island: Island) -> bool:
    """报城北小学: a place before it, and nothing that says one finished there."""
    at = island.core[0]
    before, after = message.tokens[max(0, at - 1) : at], message.tokens[at + 1 : at + 2]
    named = bool(before) and before[0].kind in ("place", "unknown")
    return (
        named
        and message.tokens[at].text in _SCHOOLS
        and not (after and after[0].text.startswith(("毕业", "学历", "文化")))
    )


def _in_doubt(message: Message, fact: str, island: Island) -> bool:
    core = set(island.core)
    inside = [message.tokens[at] for at in range(island.first, island.last) if at not in core]
    beside = (token for token in (*inside, *message.rest(island)[:2]) if token.kind != "noise")
    if fact != "studying" and any_of("choice.veto").search(words(beside)):
        return True
    around = words(message.clause(island)) + words(message.rest(island))
    owns = fact == "owned_home" and island.value == "true"
    if owns and (_NOT_YET_HOME.search(message.text) or is_in_another_s_name(message)):
        return True
    if island.value == "business_owner" and _UNLICENSED.search(message.text):
        return True
    if fact == "education" and _IN_SERVICE.search(words(message.tokens[: island.core[0]])):
        finished = _FINISHED.match(message.text, message.tokens[island.core[0]].end)
        if not finished and not _FINISHED.search(message.tokens[island.core[0]].text):
            return True
    if fact == "skill" and ABROAD.search(words(message.clause(island))):
        return True
    there = in_the_county(fact) and island.value != "none"
    return there and done_beyond_county(around)


def is_in_another_s_name(message: Message) -> bool:
    """房产证写的婆婆名字, and not 写我和老公的名字."""
    found = _IN_THE_NAME_OF.search(message.text)
    if found is None:
        return False
    between = [one for one in message.tokens if found.start() <= one.start < found.end()]
    kinds = {one.kind for one in between}
    return "person" in kinds and not kinds & {"self", "us"}


def works_without(message: Message) -> bool:
    """没合同，打零工; 没合同，也没做生意: neither a contract nor a business of one's own."""
    owned = [one for one in message.islands if one.value == "business_owner"]
    another_s = is_in_another_s_name(message)  # 执照是老公名字的，我是帮忙的
    denied = bool(owned) and all(another_s or is_denied(message, one) for one in owned)
    employed = any(one.kind == "payer" and one.text.endswith(_EMPLOYERS) for one in message.tokens)
    gig = any(word in message.text for word in gig_words())
    return denied or (not owned and (employed or gig))
