"""A fact named with its figures, or denied: 社保交了五年; 公积金单位不给交."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import takewhile
from typing import cast

from dialogs.language.grammar import classes, grammar
from dialogs.language.islands import Island, is_a_rate
from dialogs.language.islands.island import CONTEXT
from dialogs.language.lexicon import alternation, any_of, patterns
from dialogs.language.mention import SELF, FactValue
from dialogs.language.message import Message, words
from dialogs.language.outcome import Kind, Refused, Understood, Value, Why
from dialogs.language.payers import pays
from dialogs.language.questioned import is_asked
from dialogs.language.recognisers.amounts import RESULT, denies, is_vague
from dialogs.language.recognisers.parse import parse
from dialogs.language.recognisers.part_elsewhere import figure_at, part_elsewhere
from dialogs.language.recognisers.what_counts import those_that_count
from dialogs.language.retraction import is_taken_back
from dialogs.language.scope import is_elsewhere, is_planned, is_shared
from dialogs.language.stretches import counted
from dialogs.language.tokens import Token
from dialogs.language.vocabulary import excluded, keyword_facts
from scoring import FACTS

_OTHER = frozenset({"fact", "value", "noun", "person", "self", "us"})
_PAUSE = re.compile("[,。;:! ]+")
_NUMERAL = re.compile(r"[\d零一二两三四五六七八九十百千万半]")
_FAR = 8
"""Tokens after a figure within which it may be denied."""
_NOTHING_SAID = frozenset({"empty", "not_understood", "unknown"})
_NO_LONGER = re.compile("不算|不多|不少|[没不][^有过]{0,3}[了啦]$|断|停|够|满|齐|全|完")
_BY_WAY_OF = frozenset({"payer", "common"})
NOT_UNDERSTOOD = "named, not understood"
"""The rule by which a figure is offered although something unknown stands beside it."""
_SUMS = frozenset({"count", "yuan"})
_DATED = ("honours", "science", "patents")
"""去年拿了一个县级先进: when it was, and no part of what was done."""
_EACH_ONE_S = re.compile("[次回]是[我他她]")
_LATECOMER = re.compile("[晚早先后][来到]的(?:只|才|就)")
_NOT_ACHIEVED = re.compile("有一?[次回][^,。;]{0,3}没[^,。;]{0,2}成")
"""五次，有一次没献成."""
_NOT_REACHED = re.compile("(?:还|都|也)(?:不到|不满|没到|没满|未满)(?=$|[,，。; 吧的呢啊])")
"""一年|还不到."""
_RENTED_BEFORE = re.compile(
    "(?:之前|以前|原来|先前|另外)[^,。]{0,3}(?:租[^,。]{0,4}[\\d一二两三四五六七八九十]"
    "|[\\d一二两三四五六七八九十]+年?[^,。租]{0,5}宿舍|[^,。租]{0,5}宿舍[^,。]{0,3}[\\d一二两三四五六七八九十])"
)
_PENDING = re.compile(
    "等批|在[实初复终]?审|[没未](?:有)?(?:给)?(?:批|下来|下证|授权|公告|授予|发证)|申请中|受理|在申请|公示期?|还在[申审走]|等(?:结果|通知|消息)"
)
_PAUSES_OR_TELLS = frozenset({"pause", "fact", "value", "amount", "person", "self"})
_UNREGISTERED = re.compile("[头前][一二两三几][年个][^,。]{0,4}没[^,。]{0,4}登记")
_PROMISED = re.compile(
    "(?:老板|厂里?|公司|单位|人事|财务|会计|中介|工头|组长|领导)[^,。;]{0,3}(?:说|讲|答应)[^,。;]{0,6}[给帮]"
)
_NOT_MINE = re.compile(
    "[ ,，]?(?:但|可|就)?我(?:自己)?(?:可|却|倒|就)?没(?:有|交|份)?(?=$|[,。; ])"
)
"""公司的公积金交了六年，我没有."""
Outcome = tuple[FactValue | Refused, str] | None
"""A value, or the reason why there is none, and the rule that read it."""


def read_amounts(message: Message, fact: str, islands: Sequence[Island]) -> Outcome:
    """What the islands of one fact say of it; None where they only name it."""
    if rule := _denied_as_a_whole(message, fact, islands):
        return 0, rule
    islands = [
        one for one in islands if not is_planned(message, one) and not is_asked(message, one)
    ]
    islands = _without_payers_denials(message, _without_denied(message, islands))
    islands = those_that_count(message, fact, islands)
    several = sum(len(one.amounts) for one in islands) > 1
    told = _joined(message, islands, several)
    piece = counted(fact, told)
    names = "".join(_from_its_name(message, one) for one in islands)
    if not islands or excluded(fact, names) or _denies_what_is(fact, told):
        return None
    outcome = _figure(message, fact, islands, piece)
    if isinstance(outcome, Refused) and outcome.choices == (0,) and outcome.why != "ambiguous_unit":
        return 0, "less than one"  # 租房不满一年
    if away := _away(message, fact, islands, outcome, piece == told):
        none = away.choices == (0,) and "没" in away.said  # 老家献过3次，永嘉这边没献过
        return 0 if none else away, "done elsewhere, or a part of it"
    if isinstance(outcome, Refused):
        named = bool(outcome.choices) or any(island.amounts for island in islands)
        if named and outcome.choices and outcome.why in _NOTHING_SAID:
            return replace(outcome, why="vague"), NOT_UNDERSTOOD
        if named and outcome.why not in _NOTHING_SAID:
            put_right = outcome.why == "contradictory" and not outcome.choices
            offered = _corrected(message, fact, islands) if put_right else outcome.choices
            return replace(outcome, choices=offered), "named, not certain"
        vague = _is_told_vaguely(message, islands[-1])
        return (Refused("vague", said=piece), "named, told vaguely") if vague else None
    doubt = _doubt(message, fact, islands, outcome.value, piece == told)
    if doubt is None:
        return outcome.value, "named with its figure" if outcome.value else "denied"
    why, rule = doubt
    offered = () if why == "elsewhere" else _whole(outcome.value)
    if why == "contradictory":
        offered = _corrected(message, fact, islands) or offered
    return Refused(why, offered, said=piece), rule


_OF_WHAT_IS = {
    "birth_date": re.compile(".*[没不].*"),
    "rented_years": re.compile("[也都]?不是租的|[^租]*没有?[^租]{0,6}宿舍"),
    "residence_months": re.compile("(?!.*(?:登|居住)).*[没不].*"),
}


def _denies_what_is(fact: str, told: str) -> bool:
    """还没住进去; 不是租的: of the home one speaks of, and of no time; 生日还没过: of no birth."""
    denies = fact in _OF_WHAT_IS and not _NUMERAL.search(told)
    return denies and _OF_WHAT_IS[fact].fullmatch(told) is not None


def _without_denied(message: Message, islands: list[Island]) -> list[Island]:
    """社保不是五年，五年是老公的，我是40个月: without a figure that is denied, beside another."""
    left = [one for one in islands if not one.amounts or not _is_denied(message, one.amounts[0])]
    return left if any(one.amounts for one in left) else islands


def _is_denied(message: Message, figure: int) -> bool:
    before = message.tokens[figure - 1 : figure] if figure else ()
    return bool(before) and before[0].text == "不是"


def _without_payers_denials(message: Message, islands: list[Island]) -> list[Island]:
    """厂里没给交社保，自己交的两年; 那时候没社保，后来两年: what a payer does not pay, or not then,
    is no denial beside what one paid."""
    figures = [one for one in islands if one.amounts]
    kept = [one for one in islands if one.amounts or not _is_a_payers_denial(message, one)]
    return kept if figures and figures[0].first > islands[0].first else islands


def _is_a_payers_denial(message: Message, island: Island) -> bool:
    kinds = {token.kind for token in message.inside(island)}
    then = any(token.text in _THEN for token in message.clause(island))
    followed = "自己" in words(message.following(island, _NEXT))
    return "no" in kinds and ("payer" in kinds or then or followed)


_NEXT = 3
_THEN = frozenset(
    {"那时候", "那时", "当时", "那会儿", "那会", "以前", "之前", "原来", "早先", "刚来", "前些年"}
    | {"早些年", "头几年", "头两年", "前几年", "前两年", "开始", "一开始", "起初", "那几年"}
)


def _from_its_name(message: Message, island: Island) -> str:
    """初中毕业|证|来这边四年: without what only leads to the name."""
    return words(message.tokens[min(island.core) : island.last])


def _is_not_one(message: Message, island: Island) -> bool:
    """公积金说了三年，一个月都没交: what follows denies all of it."""
    other = _OTHER - {"self"} if message.owner(island) == SELF else _OTHER
    after = max(island.core) + 1
    of_it = takewhile(lambda one: one.kind not in other, message.tokens[after : after + _FAR])
    begins = message.tokens[after - 1].end
    end = max((one.end for one in of_it), default=begins)
    found = patterns("not_one_of_it").search(message.text, begins, end)
    return found is not None and not any_of("partial").search(message.text, begins, found.start())


def _corrected(message: Message, fact: str, islands: Sequence[Island]) -> tuple[Value | str, ...]:
    """社保5年，哦不对，是72个月: what is said after it was taken back, too."""
    said = message.text[message.tokens[islands[-1].first].start :]
    outcome = parse(_kind(fact), said, message.today)
    return outcome.choices if isinstance(outcome, Refused) else ()


def _away(
    message: Message,
    fact: str,
    islands: Sequence[Island],
    outcome: Understood[Value] | Refused,
    counts_all: bool,
) -> Refused | None:
    """What was done elsewhere, told after the figure."""
    if not islands[0].amounts or FACTS[fact].type == "date":
        return None
    if isinstance(outcome, Refused) and outcome.why != "contradictory":
        return None
    total = figure_at(message, fact, islands[0].amounts[0])
    if not total:
        return None
    return part_elsewhere(message, fact, islands[0], total, apart=not counts_all)


def _doubt(
    message: Message, fact: str, islands: Sequence[Island], value: Value, counts_all: bool
) -> tuple[Why, str] | None:
    """What makes a figure uncertain, and the rule that found it."""
    last = islands[-1]
    end = message.tokens[last.last - 1].end
    wrong = is_taken_back(message, end, fact) or _is_not_mine(message, last, end)
    if wrong or _NOT_ACHIEVED.search(message.text, end):
        return "contradictory", "taken back later"
    if not value:
        return None
    if _PROMISED.search(words(message.reach(islands[0]))):
        return "vague", "what an employer says"
    if any(map(message.is_cut_short, islands)) or _NOT_REACHED.match(message.text, end):
        return "vague", "more is said of the figure"
    away = counts_all and not isinstance(value, date) and is_elsewhere(message, fact, islands)
    if away or (fact == "charity_yuan" and _given_there().match(message.text, end)):
        return "elsewhere", "done where it does not count"
    if rule := _lodging_doubt(message, fact, islands):
        return "vague", rule
    deeds = FACTS[fact].type in _SUMS and not fact.startswith(_DATED)
    if deeds and any_of("partial").search(words(message.clause(islands[0]))):
        return "vague", "of a part of the time"
    if FACTS[fact].type == "count" and _EACH_ONE_S.search(message.text):
        return "vague", "what each of two people gave"
    behind = takewhile(lambda one: one.kind not in _PAUSES_OR_TELLS, message.following(last))
    if _PENDING.search(words(message.rest(last))) or _PENDING.match(words(behind)):
        return "vague", "not granted yet"
    return ("vague", "of several people together") if is_shared(message, islands) else None


@cache
def _given_there() -> re.Pattern[str]:
    """捐过一千块|捐给我们老家村里."""
    there = f"{alternation('outside')}|(?<=[们俺咱我])的?村"
    return re.compile(f"的?[,，]?[也都就]?是?捐?给了?(?:[我俺咱]们?)?的?(?:{there})")


def _is_not_mine(message: Message, island: Island, end: int) -> bool:
    return message.owner(island) == SELF and bool(_NOT_MINE.match(message.text, end))


def _lodging_doubt(message: Message, fact: str, islands: Sequence[Island]) -> str:
    """The rule by which a stretch of renting or residence is not certain; "" where it is."""
    if fact == "rented_years":
        end = message.tokens[islands[0].last - 1].end
        before = _RENTED_BEFORE.search(message.text, end)
        return "rented before, too" if before else ""
    if fact != "residence_months":
        return ""
    island = islands[-1]
    if _UNREGISTERED.search(message.text):
        return "a part was not registered"
    if _LATECOMER.search(words(message.inside(island))):
        return "who came later may speak of what the other told"
    return "spent where is not plain" if _is_spent_elsewhere(message, island) else ""


def _is_spent_elsewhere(message: Message, island: Island) -> bool:
    """在海军待了五年: a stretch in no place of the province."""
    at = min(island.core)
    clause = list(takewhile(lambda one: one.kind != "pause", reversed(message.tokens[:at])))
    led = list(takewhile(lambda one: one.text != "在", clause))
    weak = message.tokens[at].text in grammar().weak
    return (
        weak
        and 0 < len(led) < len(clause)
        and all(one.kind in ("unknown", "common") and one.text[0] not in "这此本" for one in led)
    )


def _is_told_vaguely(message: Message, island: Island) -> bool:
    """社保交了好多年; 社保断了: something is told of it, without a figure."""
    rest = words(message.rest(island))
    return is_vague(rest) or bool(patterns("pause").search(rest))


def _denied_as_a_whole(message: Message, fact: str, islands: Sequence[Island]) -> str:
    """The rule by which none of it is there; "" where none says so."""
    if _is_not_one(message, islands[-1]):
        return "not one of it"
    listed = all(one.denied for one in islands) and FACTS[fact].type != "date"
    return "denied with the last of a list" if listed else ""


def _joined(message: Message, islands: Sequence[Island], several: bool) -> str:
    """The pieces as one text, with the word that takes back what stands before it, or says what
    it comes to."""
    pieces: list[str] = []
    end = 0
    for island in islands:
        start = message.tokens[island.first].start
        if pieces and patterns("taken_back").search(message.text, end, start):
            pieces.append("不对")
        if pieces and RESULT.search(message.text, end, message.tokens[min(island.core)].start):
            pieces.append("所以")
        pieces.append(_without_asides(message, island, payers=several))
        end = message.tokens[island.last - 1].end
    return ",".join(pieces)


def _without_asides(message: Message, island: Island, *, payers: bool) -> str:
    """结婚以后社保五年, 公积金每个月交400，交了26个月: when, through whom, and what was paid each
    time tells nothing else; but `payers` tell several stretches apart."""
    first = min(island.amounts, default=island.last)
    begins = _begins(message, island) if payers else island.first
    paid = FACTS[island.fact].type not in _SUMS

    def tells_apart(token: Token) -> bool:
        return payers and token.kind == "payer" and not _NUMERAL.search(token.text)

    def only_names(at: int, token: Token) -> bool:
        return token.kind == "fact" and (at > first or token.text not in keyword_facts())

    return words(
        token
        for at, token in enumerate(message.tokens[begins : island.last], start=begins)
        if not (token.kind == "time" and "后" in token.text)
        and not (paid and is_a_rate(token))
        and (tells_apart(token) or at >= first or not _pays_for_it(message, at))
        and not only_names(at, token)
    )


def _begins(message: Message, island: Island) -> int:
    """到永嘉交了|两年: where what leads to a figure without a name begins."""
    if len(island.core) > len(island.amounts):
        return island.first
    lead = message.clause(island)[: -len(message.inside(island))]
    told = takewhile(lambda one: one.kind in _LEADS or _is_where(one), reversed(lead))
    return island.first - sum(1 for _ in told)


_LEADS = CONTEXT | {"tail"}


def _is_where(token: Token) -> bool:
    """到永嘉: the name of a stay that only says where."""
    return token.kind == "fact" and bool(any_of("in_county").search(token.text))


def _pays_for_it(message: Message, at: int) -> bool:
    return _is_by_way_of(message.tokens[at]) or pays(message.tokens, at, at + 1)


def _is_by_way_of(token: Token) -> bool:
    """Whether a word only says through whom. One character may cast a doubt (快三年); what 老板
    gave is his."""
    through = token.kind in _BY_WAY_OF or token.text == "通过"
    if token.kind == "payer" and classes().get(token.text) != "payer":
        return True  # 老公|给交了三年
    return through and len(token.text) > 1 and not any_of("others", "vague").search(token.text)


def _figure(
    message: Message, fact: str, islands: Sequence[Island], piece: str
) -> Understood[Value] | Refused:
    outcome = parse(_kind(fact), piece, message.today)
    if not any(one.amounts for one in islands) and any(_is_lodged(message, one) for one in islands):
        return Refused("not_understood", said=piece)  # 住宿舍没租也没买
    if isinstance(outcome, Refused) and _is_nothing(message, islands):
        return Understood(0)
    if isinstance(outcome, Refused) and outcome.why == "not_understood":
        telling = ",".join(filter(_tells, _PAUSE.split(piece)))
        return parse(_kind(fact), telling, message.today) if telling else outcome
    return outcome


def _tells(clause: str) -> bool:
    """公积金就是拿来还贷款的，交了五年: whether a clause bears on the figure."""
    figure = _NUMERAL.search(clause) or denies(clause) or patterns("pause").search(clause)
    return bool(figure) or is_vague(clause)


def _kind(fact: str) -> Kind:
    return cast("Kind", FACTS[fact].type)  # a test holds that it is one


def _whole(value: Value) -> tuple[Value, ...]:
    return () if isinstance(value, bool) else (value,)


def _is_lodged(message: Message, island: Island) -> bool:
    """宿舍不要钱, 住宿舍没租房: lodgings that are there, whatever is denied after them."""
    at = min(island.core)
    led = message.tokens[max(at - 2, island.first) : at]
    return message.tokens[at].text.endswith("宿舍") and not any(one.kind == "no" for one in led)


def _is_nothing(message: Message, islands: Sequence[Island]) -> bool:
    """Denied, without any figure."""
    if any(island.amounts or _is_lodged(message, island) for island in islands):
        return False
    tokens = [token for island in islands for token in message.inside(island)]
    return any(token.kind == "no" for token in tokens) and not _NO_LONGER.search(words(tokens))
