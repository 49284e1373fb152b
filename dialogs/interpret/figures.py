"""One's own figures at a question for an amount, among all that a message tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, takewhile

from dialogs.interpret.asked import Answer, Asked, is_lodged
from dialogs.language import Refused
from dialogs.language.ellipsis import PAYS
from dialogs.language.islands import Island
from dialogs.language.lexicon import any_of, patterns
from dialogs.language.mention import SELF
from dialogs.language.message import Message, words
from dialogs.language.precheck import asks_outright
from dialogs.language.questioned import is_asked
from dialogs.language.recognisers.amounts import is_interrupted
from dialogs.language.recognisers.part_elsewhere import part_elsewhere
from dialogs.language.recognisers.rates import rate_in
from dialogs.language.recognisers.unnamed import AGE
from dialogs.language.stretches import counted
from dialogs.language.text_scope import done_beyond_county, done_elsewhere
from dialogs.language.tokens import Token
from dialogs.language.units import figures_of, takes
from dialogs.language.vocabulary import in_the_county
from dialogs.reading import Taken

_LATER = re.compile("(?:之后|后来|然后|接着).{0,8}(?:到现在|至今|到今天)")
_DOUBTS = re.compile(
    "#是[我,]|又|再|另外|还有|[说讲]岔|没(?:去成|赶上|轮[上到]|参加成|办成|献成|捐成)"
)
_DOUBTED_BY = ("taken_back", "pause")
_PLAN = re.compile("[^,。;!、\\s#]*(?:明年|后年|准备|打算|以后)[^,。;!、\\s#]*(?![^,。;!、\\s]*#)")
"""明年准备回老家: says nothing of the time until now."""
_EITHER = re.compile("年(?:还是|或|要么)")


FIGURE_FIRST = "the figure first"
_PLAIN = frozenset({"the asked fact, named", "since the registration"})
_FROM_AFAR = frozenset({"contradictory", "vague", "ambiguous_unit", "month_missing"})


def is_doubted_from_afar(asked: Asked, refusal: Refused) -> bool:
    """Whether only clauses that tell no doubt of the figure contradict it: 7次，登记没弄过."""
    if not asked.question.kind or refusal.why not in _FROM_AFAR:
        return False
    pieces = own_figures(asked)
    if not isinstance(asked.read(",".join(pieces)), Taken):
        return False
    if len(pieces) > 1 and any_of("partial").search(asked.own_text):
        return False  # 去年1次，今年1次
    rest = asked.own_text
    for piece in pieces:
        rest = rest.replace(piece, "#")
    rest = _PLAN.sub("", rest)
    doubts = (_hedged(rest), is_interrupted(rest), _DOUBTS.search(rest))
    return not any(doubts) and not any(patterns(one).search(rest) for one in _DOUBTED_BY)


def _hedged(rest: str) -> bool:
    """Whether what stands around the figures ('#') makes them uncertain: a hedge anywhere, a vague
    word only before a figure in its clause, or right after it."""
    rest = any_of("harmless").sub("", rest)
    if any_of("hedges").search(rest) or patterns("vague_beside").search(rest):
        return True
    before = any(any_of("vague").search(one) for one in _BEFORE.findall(rest))
    return before or any(any_of("loose").search(one) for one in _BEHIND.findall(rest))


_BEFORE, _BEHIND = re.compile("[^,。;!、\\s#]+(?=#)"), re.compile("#[^,。;!、\\s#]{1,2}")


def plainly_own(asked: Asked, answer: Answer, rule: str) -> tuple[Answer, str]:
    """The answer, unless a figure in it may be another person's: that is asked back."""
    if rule != FIGURE_FIRST and (away := _away(asked, answer)):
        none = away.choices == (0,)  # 老家献过一次，这边没有
        told = Taken({asked.question.facts[0]: 0}) if none else away
        return told, "done elsewhere, or a part of it"
    if not isinstance(answer, Taken) or rule in _PLAIN:
        return answer, rule
    if asked.question.kind in ("months", "years") and patterns("gap").search(asked.said_of_oneself):
        values = (value for value in answer.facts.values() if isinstance(value, int) and value)
        return Refused("vague", tuple(values), said=asked.told.message.text), "with a gap"
    unclear = asked.told.message.is_unclear(asked.question.facts)
    unclear = unclear or (asked.question.id == "residence" and _is_paid(asked.told.message))
    if not asked.question.kind or not (unclear or _goes_on(asked)):
        return answer, rule
    figures = (value for value in answer.facts.values() if isinstance(value, int))
    return Refused("ambiguous", tuple(figures), said=asked.told.message.text), "whose is not plain"


def _is_paid(message: Message) -> bool:
    """五个月 才交五个月: one pays for insurance, and not for living somewhere."""
    tokens = zip(message.tokens, message.owners, strict=True)
    own = [one if owner == SELF else None for one, owner in tokens]
    figures = {at: one.text for at, one in enumerate(own) if one and one.unit == "time"}
    paid = {text for at, text in figures.items() if _follows_payment(message, at)}
    return bool(paid) and paid == {*figures.values()}


def _follows_payment(message: Message, at: int) -> bool:
    lead = ("adverb", "tail", "self")
    before = (one for one in reversed(message.tokens[:at]) if one.kind not in lead)
    led = next(before, None)
    return led is not None and led.text in PAYS


def _away(asked: Asked, answer: Answer) -> Refused | None:
    """一共3次，有一次在江西献的: what is left of the figure, where it was done."""
    whole = isinstance(answer, Refused) and (
        (answer.why == "elsewhere" and not answer.choices)
        or (answer.why in ("contradictory", "vague") and len(answer.choices) > 1)
    )
    if (
        not asked.question.kind
        or asked.question.kind == "date"
        or not (whole or isinstance(answer, Taken))
    ):
        return None
    message, (fact, *_) = asked.told.message, asked.question.facts
    for one in message.islands:
        figure = bool(one.amounts) and one.fact in ("", fact) and message.owner(one) == SELF
        token = message.tokens[one.amounts[0]] if figure else None
        if token is None or token.unit not in figures_of(fact):
            continue
        read = asked.read(token.text)
        total = read.facts.get(fact) if isinstance(read, Taken) else None
        if not isinstance(total, int) or not total:
            return None
        apart = counted(fact, message.text) != message.text
        away = part_elsewhere(message, fact, one, total, apart=apart)
        return away if away is None or away.choices or isinstance(answer, Taken) else None
    return None


def _goes_on(asked: Asked) -> bool:
    """21年3月到23年2月，之后自己租到现在: more time is told of, without its figure."""
    message = asked.told.message
    beside = [token for token in message.tokens if token.unit is None]
    text = words(beside)
    return bool(_LATER.search(text)) and asked.question.kind in ("months", "years")


def half_known(asked: Asked) -> Answer:
    """2013年下半年登的，几月记不清: what is known of it, to be confirmed."""
    if not asked.question.kind or _EITHER.search(asked.told.message.text):
        return None  # 零八年还是零九年，记不清了
    figures = own_figures(asked, also=frozenset({"year"}))
    told = asked.read(",".join(figures))
    if isinstance(told, Taken):
        values = (value for value in told.facts.values() if isinstance(value, int))
        return Refused("vague", tuple(values), said=asked.told.message.text)
    return told if isinstance(told, Refused) and (told.choices or told.year) else None


def figure_in_story(asked: Asked) -> Answer:
    """The figures in a story: 我在那个厂里干活厂里给交了有六年吧那个时候……"""
    text, kind = asked.told.message.text, asked.question.kind
    if is_interrupted(text) or _asks_of_what_was_said(asked.told.message):
        return None
    if kind and rate_in(kind, text):
        return Refused("vague", said=text)  # 每周一次，去了半年
    joins = ",又" if kind == "count" and "又" in text else ","  # 考过一次，又听了一次
    return asked.read(joins.join(own_figures(asked))) if kind else None


def _asks_of_what_was_said(message: Message) -> bool:
    """之前那两年到底给不给算: an asking clause speaks of a figure again, and tells none."""
    amounts = [at for at, one in enumerate(message.tokens) if one.kind == "amount"]
    again = all(at and message.tokens[at - 1].text in ("那", "这") for at in amounts)
    return again and bool(amounts) and asks_outright(message.text)


def own_figures(asked: Asked, also: frozenset[str] = frozenset()) -> list[str]:
    """One's own figures that may be of the asked fact, those of other units too."""
    if also not in asked.figures:  # several rules ask for them
        asked.figures[also] = list(_own_figures(asked, also))
    return asked.figures[also]


def _own_figures(asked: Asked, also: frozenset[str]) -> Iterator[str]:
    message, fact = asked.told.message, asked.question.facts[0]
    yield from (
        _bound_of(message, one) + message.piece(one)
        for one in message.islands
        if one.fact in ("", *asked.question.facts) or is_lodged(asked, one)
        if not one.value and message.owner(one) == SELF and not is_asked(message, one)
        if not _is_elsewhere(asked, one) and not _is_of_another(asked, one)
        if not _counts_others(message, one)
        if not (one.loose and (asked.is_date_of_another(one) or _is_an_age(asked, one)))
        if not one.amounts or _may_be(fact, message.tokens[one.amounts[0]], also)
    )


def _bound_of(message: Message, island: Island) -> str:
    """不到|一年: less than the figure, which alone would be taken for it."""
    before = message.tokens[island.first - 1].text if island.first else ""
    return before if any_of("below").fullmatch(before) else ""


def _may_be(fact: str, figure: Token, also: frozenset[str]) -> bool:
    """Not 还有一个, where it is asked how often blood was given."""
    counts_others = figure.unit == "count" and not takes(fact, figure)
    return figure.unit in figures_of(fact) | also and not counts_others


def _is_an_age(asked: Asked, island: Island) -> bool:
    """我31 研究生毕业: no length, wherever one is asked for."""
    start = asked.told.message.tokens[island.core[0]].start
    return any(one.fact == AGE and one.start == start for one in asked.told.mentions)


def _counts_others(message: Message, island: Island) -> bool:
    """没参加过，两个|孙子要带; 没有，三个|班倒: people or things, counted after a denial
    in a clause that names nothing of what is asked (两个小活动)."""
    tokens, at = message.tokens, island.core[0]
    clause = list(takewhile(lambda one: one.kind != "pause", tokens[at + 1 :]))
    if tokens[at].unit != "count" or not tokens[at].text.endswith(_HEADS) or not clause:
        return False
    thing = clause[0].kind in _COUNTED or clause[0].text == "老人"
    names = any(one.kind in _NAMES for one in clause)
    owns = clause[0].text[0] in "我俺咱"  # 市级一个|我老婆没有
    before = dropwhile(lambda one: one.kind != "pause", reversed(tokens[:at]))
    return thing and not names and not owns and any(one.kind == "no" for one in before)


_HEADS = ("个", "位", "名", "份", "家")
_COUNTED = frozenset({"person", "payer", "common", "unknown"})
_NAMES = frozenset({"noise", "fact", "noun", "value"})


def _is_of_another(asked: Asked, island: Island) -> bool:
    """没有，不过个税交了三年: the clause names another fact, though it takes no such figure."""
    tokens, at = asked.told.message.tokens, island.core[0]
    if not island.loose:
        return False
    clause = takewhile(lambda one: one.kind != "pause", reversed(tokens[:at]))
    name = next((one.fact for one in clause if one.kind == "fact"), "")
    return bool(name) and tokens[at].unit not in figures_of(name)


def _is_elsewhere(asked: Asked, island: Island) -> bool:
    """上海交了六年，来浙江…; 2年在江西交的: its clause says that it was done elsewhere."""
    message, fact = asked.told.message, asked.question.facts[0]
    behind = takewhile(lambda one: one.kind not in ("pause", "amount"), message.following(island))
    where = list(behind)
    says = where[:1] and where[0].kind in ("preposition", "adverb")
    clause = words((*message.clause(island), *(where if says else ())))
    return done_elsewhere(clause) or (in_the_county(fact) and done_beyond_county(clause))
