"""What a noun says beside a yes or a no: 居住证有, 没办居住证; and that renting owns no home."""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, takewhile

from dialogs.language.denied import JOINS, denial_before
from dialogs.language.islands import Island, of_the_next
from dialogs.language.lexicon import patterns
from dialogs.language.mention import SELF, FactValue, Mention
from dialogs.language.message import Message, words
from dialogs.language.outcome import Refused
from dialogs.language.places import is_of_elsewhere
from dialogs.language.questioned import is_asked
from dialogs.language.recognisers.lease import is_lease
from dialogs.language.recognisers.named_values import CONTRACT, is_in_another_s_name, works_without
from dialogs.language.scope import is_planned, stands_elsewhere
from dialogs.language.text_scope import ABROAD, done_beyond_county
from dialogs.language.tokens import Token
from dialogs.language.validity import RUN_OUT
from dialogs.language.vocabulary import affirming, in_the_county, nouns
from scoring import FACTS

AFFIRMED, DENIED = "a noun affirmed", "a noun denied"
RENTS = "rents"
"""The rule by which renting says that one owns no home here."""
_NOT_FETCHED = re.compile("没有?(?:去|来得及|空|时间)?[拿领取]")
_NOT_GIVEN = re.compile("没有?[给]?[我们]{0,2}发过?什?么?$")
_SAYS_NOTHING = re.compile(
    "[算记数统查问说提]|[吧的]{0,2}[,， ]?(?:我|也|都)?(?:不太?|记不|不大|不敢|[说拿]不)"
    "(?:清楚?|确定|知道|晓得|肯定|记得|准|了解)"
)
"""那个奖没算, 表彰好像没有吧不太清楚."""
_PAST = re.compile("买(?:房子?)?之?前|往前|先前|早先|以前|之前|原来|曾经|早年|过去|租过")
_RENTED = re.compile("住|房子?是|是.{0,6}宿舍|租的|租了|租在|租着|在租|现在|目前|合租|[是都]租")
"""租房的事 speaks of renting, and says not that one rents."""
_ENDS = frozenset({"pause", "plan", "noun", "value", "fact", "self", "person"})
_ENDS_IN_A_YES = ("有", "有的", "有个", "有一个", "也是", "办的", "领的", "拿的", "换的")
"""有; 去年办的, which is read as a time."""
_SOFTENS = frozenset({"啊", "嘛", "呢", "呀", "么", "吧"})
_FAR = 6
"""Tokens after a noun within which a yes or a no may stand; before it, two less."""


def read_noun(message: Message, island: Island) -> Iterator[Mention]:
    """The facts a noun tells of, each with the value that its yes or no gives."""
    if _is_set_aside(message, island):
        return
    noun, token = nouns()[island.noun], message.tokens[island.core[0]]
    owner = message.owner(island)
    if noun.there == _PERMIT and _has_run_out(message, island):
        gone = Refused("expired", said=token.text)
        yield Mention("permit", token.start, token.end, refused=gone, owner=owner, rule="run out")
        return
    said = _verdict(message, island)
    if said is None or (noun.there == "business_owner" and is_in_another_s_name(message)):
        return  # 店是我们家的，执照写老公
    denied = said.kind == "no"
    leads = said.start < token.start and said.text.endswith("不是")
    if denied and noun.facts == ("skill",) and _NOT_GIVEN.search(message.text, 0, token.start):
        return  # 做志愿者没发证书
    if leads and noun.facts == ("owned_home",):
        return  # 我说的是执照 不是房子: what one does not speak of
    value = noun.lacking if denied else noun.there
    if denied and noun.there == CONTRACT and works_without(message):
        none = frozenset[str]()
        yield Mention("employment", token.start, token.end, none, owner=owner, rule="no contract")
    elif value != "" and not denied and _is_not_in_hand(message, island):
        doubt = Refused("vague", (value,) if isinstance(value, str) else (), said=message.text)
        where = (noun.facts[0], token.start, token.end)
        yield Mention(*where, refused=doubt, owner=owner, rule="not in hand")
    elif value != "":
        rule = DENIED if denied else AFFIRMED
        for fact in noun.facts:
            told = noun_value(fact, value)
            yield Mention(fact, token.start, token.end, told, owner=owner, rule=rule)


_PERMIT = "residence_permit"


def _has_run_out(message: Message, island: Island) -> bool:
    """居住证去年到期了没去续: said of it before anything else is told."""
    of_it = list(takewhile(_is_of_it, message.tokens[island.core[0] + 1 :]))[: 2 * _FAR]
    return bool(of_it) and bool(RUN_OUT.search(message.text, of_it[0].start, of_it[-1].end))


def _is_of_it(token: Token) -> bool:
    return token.kind not in (_ENDS - {"pause"})


def _is_set_aside(message: Message, island: Island) -> bool:
    """Whether a noun tells nothing: planned, asked about, a lease, or of elsewhere."""
    flat = patterns("not_one").search(message.text, message.tokens[island.core[0]].end)
    if is_planned(message, island) or (is_asked(message, island) and not flat):
        return True
    if message.tokens[island.core[0]].text == "合同" and is_lease(message, island):
        return True
    where = words((*message.reach(island), *takewhile(_goes_on, message.following(island))))
    local = in_the_county(nouns()[island.noun].facts[0])
    away = local and (
        done_beyond_county(where)
        or stands_elsewhere(message, island)
        or is_of_elsewhere(message.tokens[island.core[0] :], nouns()[island.noun].facts[0])
    )
    return away or bool(ABROAD.search(where))


def _verdict(message: Message, island: Island) -> Token | None:
    """The yes or no about a noun; None where nothing says it, or of another person."""
    said = next(_polarities(message, island), None)
    if said is None and nouns()[island.noun].there and _is_listed(message, island):
        return message.tokens[island.core[0]]
    if said and said.kind == "no" and _SAYS_NOTHING.match(message.text, said.end):
        return None
    if said and said.text.endswith("是") and _is_another_s(message, said):
        return None  # 执照是他的名字
    return said


def _is_not_in_hand(message: Message, island: Island) -> bool:
    """居住证办了没拿, 还在派出所没去领."""
    after = island.core[0] + 1
    of_it = takewhile(_goes_on, message.tokens[after : after + _FAR + 2])
    return bool(_NOT_FETCHED.search(words(of_it)))


def _is_another_s(message: Message, said: Token) -> bool:
    return any(token.kind == "person" and token.start == said.end for token in message.tokens)


def _goes_on(token: Token) -> bool:
    return token.kind not in ("pause", "noun", "fact", "value")


def _polarities(message: Message, island: Island) -> Iterator[Token]:
    """The words of yes and no about a noun, those after it first."""
    at = island.core[0]
    window = message.tokens[at + 1 : at + 1 + _FAR]
    spoken = [one for one in window if one.kind != "pause" or one.text.strip()]
    spoken = _behind_a_list(_behind_a_comma(spoken))
    spoken = list(dropwhile(lambda one: one.text in _SOFTENS, spoken))  # 专利啊|我一项都没有
    if spoken and spoken[0].kind == "self" and message.owner(island) == SELF:
        spoken = spoken[1:]  # 职称我都没有
    after = takewhile(lambda one: one.kind not in _ENDS, spoken)
    described = at > 1 and message.tokens[at - 1].text == "的"  # 没有大陆的职称
    first = at - _FAR if described else max(island.first, at - _FAR + 2)
    before = _behind_payments(message.tokens[max(first, 0) : at])
    if not before and at and message.tokens[at - 1].kind in ("conjunction", "near"):
        before = message.tokens[at - 1 : at]  # 还有合同, 就有个居住证
    if (
        at
        and message.tokens[at - 1].unit == "count"
        and message.tokens[at - 1].end == message.tokens[at].start
        and not any(one.kind == "no" for one in spoken[:4])  # 表彰有一次|乡音没做过
    ):
        yield message.tokens[at - 1]  # 一张居住证
    if not before and words(message.tokens[max(at - 2, 0) : at]) in affirming():
        before = message.tokens[at - 2 : at - 1]  # 办了|居住登记
        yield before[0]
    yes = bool(spoken) and spoken[0].text.endswith(_ENDS_IN_A_YES)
    answered = yes or words(spoken[:2]) in affirming()  # 没交过|居住证是有的, 没交过|居住证办了
    denial = None if answered else denial_before(message.tokens, at, at - len(before))
    if denial:
        yield denial
    for token in (*after, *reversed(before)):
        if token.text == "不是" and (
            _says_with_whom(message, token) or _denies_a_figure(message, token)
        ):
            continue
        if token.kind == "no" and _denies_another(message, token):
            continue  # 厂里评了先进 没献过血
        if token.kind == "no" or token.text in affirming() or token.text.endswith(_ENDS_IN_A_YES):
            yield token


def _behind_payments(tokens: Sequence[Token]) -> Sequence[Token]:
    """没给交|居住证去年办好了: nobody pays a paper in: what was not paid is another thing."""
    paid = max((at for at, one in enumerate(tokens) if one.text in _PAID_IN), default=-1)
    return tokens[paid + 1 :]


_PAID_IN = frozenset({"交", "缴", "缴纳"})


def _denies_another(message: Message, denial: Token) -> bool:
    """自己房子|不租; 评了先进| |没献过血."""
    if message.text.startswith("租", denial.end):
        return True
    place = message.tokens.index(denial)
    paused = place > 0 and message.tokens[place - 1].kind == "pause"
    return paused and of_the_next(message.tokens, place)


def _behind_a_comma(spoken: list[Token]) -> list[Token]:
    """居住证，有；…: a yes or a no alone between two pauses."""
    paused = len(spoken) > 1 and spoken[0].kind == "pause" and _is_a_verdict(spoken[1])
    alone = all(token.kind == "pause" for token in spoken[2:3])
    return spoken[1:] if paused and alone else spoken


def _is_a_verdict(token: Token) -> bool:
    return token.kind == "no" or token.text in affirming()


def _says_with_whom(message: Message, denial: Token) -> bool:
    """合同不是跟公司签的，是跟劳务签的: with whom is denied, and not the contract."""
    whom = next((one for one in message.tokens if one.start == denial.end), None)
    return whom is not None and whom.kind in ("company", "preposition", "payer")


def _denies_a_figure(message: Message, denial: Token) -> bool:
    """居住证不是三月，是五月办的: when it was is put right, and the permit is there."""
    figure = next((one for one in message.tokens if one.start == denial.end), None)
    return figure is not None and figure.kind == "amount"


def _behind_a_list(spoken: list[Token]) -> list[Token]:
    """合同|社保都没有, 专利|和科技奖都没有: what is said of all the names of a list."""
    names = len(list(takewhile(_lists, spoken)))
    of_all = spoken[names : names + 1]
    return spoken[names:] if names and of_all and of_all[0].text.startswith("都") else spoken


def _lists(token: Token) -> bool:
    return token.kind in ("fact", "noun", "value") or token.text in JOINS


def _stands_alone(message: Message, island: Island) -> bool:
    """初中。租房。社保九年: one entry of a list."""
    around = (*message.tokens[: island.first][-1:], *message.tokens[island.last :][:1])
    return len(message.islands) > 1 and all(token.kind == "pause" for token in around)


def _is_all_of_a_clause(message: Message, island: Island) -> bool:
    """我在瓯北租房，社保三年: what the speaker does, and nothing else in the clause."""
    tokens, at = message.tokens, island.core[0]
    before = list(takewhile(lambda one: one.kind != "pause", reversed(tokens[:at])))
    behind = list(takewhile(lambda one: one.kind != "pause", tokens[at + 1 :]))
    does = any(one.kind in ("self", "us") for one in before)
    around = all(one.kind in _AROUND for one in before) and all(
        one.kind == "tail" for one in behind
    )
    return does and around


_AROUND = frozenset({"self", "us", "adverb", "preposition", "place", "time"})


def _is_listed(message: Message, island: Island) -> bool:
    """社保五年，大专，居住证: named alone in a list of what one has."""
    if not _stands_alone(message, island):
        return False
    told = any(one.amounts or one.value for one in message.islands if one is not island)
    return told and not any(token.kind in ("ask", "no", "plan") for token in message.tokens)


def noun_value(fact: str, value: str | int | bool) -> FactValue:
    """A value of the table of nouns as the fact takes it."""
    match FACTS[fact].type:
        case "yesno":
            return value is True or value == "true"
        case "set":
            return frozenset({str(value)})
        case _:
            return value


def read_renting(message: Message, island: Island) -> Iterator[Mention]:
    """A person who rents lives in no home of their own."""
    reach = words(message.reach(island))
    behind = message.following(island, 1)
    describes = bool(behind) and behind[0].kind in ("person", "unknown", "common", "noise", "payer")
    lodges = message.tokens[island.core[0]].text.endswith("宿舍") and not describes
    alone = _stands_alone(message, island) or _is_all_of_a_clause(message, island)
    says = _RENTED.search(reach) or alone
    if not (island.amounts or lodges or says):
        return
    denied = any(token.kind == "no" for token in message.inside(island))
    if denied or _PAST.search(reach) or done_beyond_county(reach):
        return
    if is_planned(message, island) or is_asked(message, island):
        return
    token = message.tokens[island.core[0]]
    owner = message.owner(island)
    yield Mention("owned_home", token.start, token.end, False, owner=owner, rule=RENTS)
