"""What a message means at a question: an ordered table of named rules.

The language room says what a message says, without knowing what was asked. Here its mentions are
put to what was asked: to take, to confirm, another person's, asks, not heard.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import groupby, takewhile

from pydantic import JsonValue

from dialogs.conversation import Facts
from dialogs.intents import qualifies
from dialogs.language import Refused
from dialogs.language.analysis import Analysis, analyse
from dialogs.language.asking import asking_part
from dialogs.language.islands import Island, figures_of, of_something_else
from dialogs.language.lexicon import any_of, patterns
from dialogs.language.mention import SELF, Mention
from dialogs.language.message import Message, words
from dialogs.language.options.option_table import option_words, tidy
from dialogs.language.precheck import asks, id_number
from dialogs.language.recognisers.amounts import is_interrupted, is_vague
from dialogs.language.recognisers.named_nouns import RENTS
from dialogs.language.recognisers.unnamed import AGE, BIRTH, ONLY_A_BIRTH, ONLY_AN_AGE
from dialogs.language.recognisers.unsaid import of_another_fact
from dialogs.language.scope import is_asked
from dialogs.language.text import clean
from dialogs.language.text_scope import done_beyond_county, done_elsewhere
from dialogs.language.tokens import Token
from dialogs.language.vocabulary import in_the_county
from dialogs.questions import Question, facts_behind, nothing, questions
from dialogs.reading import NO_ANSWER, Taken, bounded, facts_of, plain, read_text, tapped
from dialogs.utterance import Said

TOLD_ON = "age_told_on"
OFFERED = "as it was offered"
_PAID = frozenset({"social_insurance", "housing_fund"})
_LIVES = re.compile("住|登记|来的|来了")
_LODGINGS = frozenset({"home", "rented"})
"""The questions at which 住了七年 and 合同 are of the lodgings."""
_CORRECTS = re.compile("改成|改为|更正|[说写填记选点]错|弄错|不对|应该是|不是.{1,8}[,，]?是")
_JUST_CAME = re.compile("刚刚?来|才来")
_LATER = re.compile("(?:之后|后来|然后|接着).{0,8}(?:到现在|至今|到今天)")
_DOUBTS = re.compile(
    "#是[我,]|又|再|另外|还有|[说讲]岔|没(?:去成|赶上|轮[上到]|参加成|办成|献成|捐成)"
)
_DOUBTED_BY = ("taken_back", "pause")
_EITHER = re.compile("年(?:还是|或|要么)")
_ALL = re.compile("(?:[两三]?[样种个项]|全)都(?:有|是)")
_PAUSE = re.compile(r"[,。;!、\s]+")
_NUMBERS = re.compile(r"[\d\s,、.和第个选一二两三四五六七八九十项]+")
_YES_OR_NO = re.compile("都[有是]的?|[有是对没不无行好]{1,2}[的了啊]?")


@dataclass(frozen=True, slots=True)
class Heard:
    """What is taken of a message.

    `answer`: to the asked question; `facts`: certain, of one's own, the answer's among them;
    `confirm`: named without a certain value, to be asked back; `others`: another person's, by the
    word for that person; `people`: the words that surely name people; `question`: the part that
    asks for something; `unheard`: figures of which nothing was taken; `rules`: fact → the rule
    behind it; `corrects`: whether the person says that something was wrong before. `withheld` and
    `withheld_of`: see `dialogs.sensitive.apart`.
    """

    answer: Taken | Refused | None = None
    facts: Facts = field(default_factory=dict)
    confirm: Mapping[str, Refused] = field(default_factory=dict)
    others: Mapping[str, Facts] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    question: str = ""
    unheard: tuple[str, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    corrects: bool = False
    withheld: Facts = field(default_factory=dict)
    withheld_of: tuple[str, ...] = ()

    @property
    def beside(self) -> bool:
        """Whether facts were told, for certain or not, that the answer does not hold."""
        own = self.answer.facts if isinstance(self.answer, Taken) else {}
        return bool({*self.facts, *self.confirm} - own.keys())


@dataclass(frozen=True)
class Asked:
    """A question and the message that was said to it; `year`: the year said before, of a date that
    waits for its month."""

    question: Question
    told: Analysis
    year: int | None = None

    def read(self, text: str) -> Taken | Refused | None:
        """What a text of the message answers."""
        today = self.told.message.today
        return read_text(self.question, text, today, self.year) if text.strip() else None

    @cached_property
    def own_text(self) -> str:
        """What is one's own and of no other fact than the asked ones; a comma where it was cut."""
        message = self.told.message
        named = [
            one
            for one in self.told.mentions
            if one.fact not in self.question.domain and one.rule not in (RENTS, ONLY_AN_AGE)
            if one.fact != "residence_months" or _is_credible(self, one)
        ]
        foreign: set[int] = set()
        for island in message.islands:
            start = message.tokens[island.core[0]].start
            told = any(one.start <= start < one.end for one in named)
            if told and not _is_lodged(self, island):
                foreign.update(range(island.first, _asked_of(message, island.last)))
        foreign.update(of_something_else(message.tokens))
        foreign.update(of_another_fact(message, self.question.domain))
        kept: list[str] = []
        for at, token in enumerate(message.tokens):
            if message.owners[at] == SELF and at not in foreign:
                kept.append(token.text)
            elif kept and kept[-1] != ",":
                kept.append(",")
        return "".join(kept).strip(",")


Answer = Taken | Refused | None


def hear(question: Question | None, said: Said, today: date, year: int | None = None) -> Heard:
    """What a message says, at the asked question or where nothing was asked. Pure.

    `year`: the year said before, of a date that waits for its month.
    """
    if question is not None and said.tap is not None:
        tap = tapped(question, said.tap)
        return Heard(tap, facts=tap.facts if isinstance(tap, Taken) else {})
    if id_number(said.text):
        return Heard(Refused("id_number"), rules={"": "id number"})
    if question is None:
        told = analyse(said.text, today)
        return _heard(told, _own(told))
    offered = None if question.ticks else as_offered(question, said.text, today, year)
    if offered is not None:  # most messages are such; an analysis could add nothing
        facts = {**_lines(question, offered), **offered.facts}
        return Heard(offered, facts, rules=dict.fromkeys(facts, OFFERED))
    asked = Asked(question, analyse(said.text, today), year)
    answer, rule = _plainly_own(asked, *_answer(asked))
    return _answered(asked, answer, rule)


# --- the answer to what was asked -------------------------------------------------------------


def _answer(asked: Asked) -> tuple[Answer, str]:
    """The first rule that reads a certain answer; otherwise the first refusal, and its rule."""
    refused: tuple[Answer, str] = (None, "")
    for rule, reads in RULES:
        answer = reads(asked)
        if isinstance(answer, Refused) and _is_doubted_from_afar(asked, answer):
            continue
        if isinstance(answer, Taken) or (answer and asked.question.kind and _is_final(answer)):
            return answer, rule
        if answer is not None and refused[0] is None:
            refused = answer, rule
    return refused


def _is_doubted_from_afar(asked: Asked, refusal: Refused) -> bool:
    """Whether only clauses that tell no doubt of the figure contradict it: 7次，登记没弄过."""
    if not asked.question.kind or refusal.why not in ("contradictory", "vague"):
        return False
    pieces = _figures(asked)
    if not isinstance(asked.read(",".join(pieces)), Taken):
        return False
    if len(pieces) > 1 and any_of("partial").search(asked.own_text):
        return False  # 去年1次，今年1次
    rest = asked.own_text
    for piece in pieces:
        rest = rest.replace(piece, "#")
    doubts = (is_vague(rest), is_interrupted(rest), _DOUBTS.search(rest))
    return not any(doubts) and not any(patterns(one).search(rest) for one in _DOUBTED_BY)


def _is_final(refusal: Refused) -> bool:
    """Whether what was refused was understood: no part of it is then read for certain."""
    return bool(refusal.choices or refusal.year) or refusal.why not in ("vague", "ambiguous_unit")


def _plainly_own(asked: Asked, answer: Answer, rule: str) -> tuple[Answer, str]:
    """The answer, unless a figure in it may be another person's: that is asked back."""
    if not isinstance(answer, Taken) or rule == "the asked fact, named":
        return answer, rule
    unclear = asked.told.message.is_unclear(asked.question.facts)
    if not asked.question.kind or not (unclear or _goes_on(asked)):
        return answer, rule
    figures = (value for value in answer.facts.values() if isinstance(value, int))
    return Refused("ambiguous", tuple(figures), said=asked.told.message.text), "whose is not plain"


def _goes_on(asked: Asked) -> bool:
    """21年3月到23年2月，之后自己租到现在: more time is told of, without its figure."""
    message = asked.told.message
    beside = [token for token in message.tokens if token.unit is None]
    text = words(beside)
    return bool(_LATER.search(text)) and asked.question.kind in ("months", "years")


def as_offered(question: Question, text: str, today: date, year: int | None) -> Taken | None:
    """As it was offered: 3; 第二个; 1 3 6; the words of an option and nothing else."""
    text, options = clean(text, keep_spaces=True), question.options
    word = option_words(options).exact(tidy(text)) if options else None
    answer = read_text(question, text, today, year) if word or _NUMBERS.fullmatch(text) else None
    return answer if isinstance(answer, Taken) else None


def _among_others(asked: Asked) -> Answer:
    """The asked fact, named with a certain value, among other facts that are named."""
    own = [one for one in _own(asked.told) if one.fact != "owned_home"]
    among = len({one.fact for one in own}) > 1 and not asked.question.ticks
    named = _named(asked) if among else None
    return named if isinstance(named, Taken) else None


def _whole(asked: Asked) -> Answer:
    """All that is one's own and names no other fact: 有，在有效期内; 三年半."""
    message = asked.told.message
    reaches = (token for one in message.loose for token in message.reach(one))
    if any(token.kind == "plan" for token in reaches):
        return Refused("future", said=message.text)
    answer = asked.read(asked.own_text)
    if isinstance(answer, Refused) and answer.why == "unknown":
        return _half_known(asked) or answer
    if asked.question.kind or not isinstance(answer, Taken) or not answer.facts:
        return answer
    return Refused("vague", _likely(answer), said=message.text) if _plans(message) else answer


def _plans(message: Message) -> bool:
    """Whether the speaker tells of a plan; 孩子明年能上学吗 is none."""
    for pause, clause in groupby(message.tokens, lambda one: one.kind == "pause"):
        kinds = set() if pause else {token.kind for token in clause}
        if "plan" in kinds and not kinds & {"person", "ask"}:
            return True
    return False


def _half_known(asked: Asked) -> Answer:
    """2013年下半年登的，几月记不清: what is known of it, to be confirmed."""
    if not asked.question.kind or _EITHER.search(asked.told.message.text):
        return None  # 零八年还是零九年，记不清了
    figures = _figures(asked, also=frozenset({"year"}))
    told = asked.read(",".join(figures))
    if isinstance(told, Taken):
        values = (value for value in told.facts.values() if isinstance(value, int))
        return Refused("vague", tuple(values), said=asked.told.message.text)
    return told if isinstance(told, Refused) and (told.choices or told.year) else None


def _likely(answer: Taken) -> tuple[str, ...]:
    return tuple(value for value in answer.facts.values() if isinstance(value, str))


def _nothing_else(asked: Asked) -> Answer:
    """The lines of a list, and that it is closed: 志愿者做过，别的统统没."""
    closing = closes(asked.told.message.text)
    if not asked.question.ticks or closing is None:
        return None
    before = asked.read(asked.own_text[:closing])
    read = (before.ticked or ()) if isinstance(before, Taken) else ()
    named = {one.fact for one in _own(asked.told) if one.value or one.refused}
    lines = asked.question.ticks.items()
    told = (key for key, line in lines if named & {*facts_behind(line)})
    return Taken(ticked=tuple(dict.fromkeys((*read, *told))))


_NO_MORE = re.compile("(?<=[,。;! ])(?:没有?了|没得了|就这些了?|就这几样了?)$")
"""有交税，没有了."""


def closes(text: str) -> int | None:
    """Where a text begins to say that there is nothing else; None where it does not end so."""
    found = _NO_MORE.search(text.rstrip(" ,。;!啊吧嘛")) or patterns("choice.others_none").search(
        text.rstrip(" ,。;!了啊吧")
    )
    return None if found is None else found.start()


def _lines_named(asked: Asked) -> Answer:
    """表彰有一次，税每年交，党员不是: the lines of a list, whatever is told of each; others may
    follow. A line that is the whole fact must be stated."""
    lines = asked.question.ticks
    table = option_words(asked.question.options)
    named: set[str] = set()
    for clause in _PAUSE.split(asked.told.message.text) if lines else ():
        if _DENIES.search(clause) or asks(clause):
            continue
        found, _ = table.scan(tidy(clause))
        named.update(*(word.ids for word in found if len(word.ids) == 1 and len(word.text) > 1))
    opened = tuple(key for key in lines if key in named and lines[key].opens)
    return Taken(ticked=opened, more=True) if len(opened) > 1 else None


_DENIES = re.compile("没|不|无|莫|冇|以前|打算|准备|想")
_NOTHING_FIRST = re.compile(
    "(?:[我就说这些上面以]|志愿|捐款|献血|没得嘛|,){0,12}(?:都|啥子?|什么|一样){1,6}没(?:有|得|搞|做|弄)"
)
"""都没有啥子都没有，我怕针: nothing, whatever is said of it."""
_DENIAL = frozenset({"no", "adverb", "verb", "tail", "noise", "self", "us", "pause"})


def _nothing(asked: Asked) -> Answer:
    """A list denied as people do: 都没做过, 啥都没有."""
    message = asked.told.message
    own = zip(message.tokens, message.owners, strict=True)
    kinds = {token.kind for token, owner in own if owner == SELF}
    if not (asked.question.ticks or asked.question.several):
        return None
    if "no" in kinds and kinds <= _DENIAL:
        return Taken(ticked=())
    domain = {one.fact for one in _own(asked.told) if one.value or one.refused}
    if domain & {*asked.question.domain}:
        return None
    return (
        Taken(ticked=())
        if _NOTHING_FIRST.match(message.text) or _first_clause_denies(asked)
        else None
    )


def _first_clause_denies(asked: Asked) -> bool:
    """没签，老板说不用签: whether the first clause only denies, and the rest goes along."""
    tokens = asked.told.message.tokens
    first = list(takewhile(lambda one: one.kind != "pause", tokens))
    rest, kinds = words(tokens[len(first) + 1 :]), {token.kind for token in first}
    denied = {"no", "verb"} <= kinds <= _DENIAL and bool(rest)
    return denied and not _BUT.search(rest) and not isinstance(asked.read(rest), Taken)


def _named(asked: Asked) -> Answer:
    """The asked fact, named with its value anywhere in the message."""
    if asked.question.several and _ALL.search(asked.told.message.text):
        return None  # 两样都有: the clause says more than what is named
    own = [one for one in asked.told.mentions if one.own and one.fact in asked.question.facts]
    if facts := _certain(own):
        facts = {**{field: nothing(field) for field in asked.question.fields}, **facts}
        chosen = _opens_as_offered(asked)  # 都不是，房子不是我的: the choice says more
        more_told = facts.items() <= chosen.items()
        return Taken(chosen if more_told else facts, more=asked.question.several)
    return next((one.refused for one in own if one.refused), None)


def _opens_as_offered(asked: Asked) -> Facts:
    """What the first clause of several says, where it is a choice in its own words."""
    first, *rest = [one for one in _PAUSE.split(asked.told.message.text) if one] or [""]
    options = asked.question.options
    single = bool(rest and options) and not (asked.question.ticks or asked.question.several)
    key = option_words(options).exact(tidy(first)) if single else None
    return facts_of(asked.question, key) if key else {}


def _figure(asked: Asked) -> Answer:
    """The figures in a story: 我在那个厂里干活厂里给交了有六年吧那个时候……"""
    if is_interrupted(asked.told.message.text):
        return None
    return asked.read(",".join(_figures(asked))) if asked.question.kind else None


def _figures(asked: Asked, also: frozenset[str] = frozenset()) -> list[str]:
    """One's own figures that may be of the asked fact, those of other units too."""
    message = asked.told.message
    takes = figures_of(asked.question.facts[0]) | also
    return [
        message.piece(one)
        for one in message.islands
        if one.fact in ("", *asked.question.facts) or _is_lodged(asked, one)
        if not one.value and message.owner(one) == SELF and not is_asked(message, one)
        if not _is_elsewhere(asked, one) and not _is_of_another(asked, one)
        if not one.amounts or message.tokens[one.amounts[0]].unit in takes
    ]


def _is_of_another(asked: Asked, island: Island) -> bool:
    """没有，不过个税交了三年: the clause names another fact, though it takes no such figure."""
    tokens, at = asked.told.message.tokens, island.core[0]
    clause = takewhile(lambda one: one.kind != "pause", reversed(tokens[:at]))
    named = [one.fact for one in clause if one.kind == "fact"]
    takes = any(tokens[at].unit in figures_of(one) for one in named)
    return island.loose and bool(named) and not takes


def _is_elsewhere(asked: Asked, island: Island) -> bool:
    """上海交了六年，来浙江…; 2年在江西交的: its clause says that it was done elsewhere."""
    message, fact = asked.told.message, asked.question.facts[0]
    behind = takewhile(lambda one: one.kind not in ("pause", "amount"), message.following(island))
    where = list(behind)
    says = where[:1] and where[0].kind in ("preposition", "adverb")
    clause = words((*message.clause(island), *(where if says else ())))
    return done_elsewhere(clause) or (in_the_county(fact) and done_beyond_county(clause))


def _clause(asked: Asked) -> Answer:
    """One clause that answers, among others that only chat: 租的，瓯北一个单间."""
    clauses = [clause for clause in _PAUSE.split(asked.own_text) if clause]
    if asked.question.fields or len(clauses) < 2:
        return None
    told = asked.told.message
    if not asked.question.kind and patterns("taken_back").search(told.text):
        return None
    doubts = max((at for at, clause in enumerate(clauses) if qualifies(clause)), default=-1)
    answers: list[Taken] = []
    reads = cache(asked.read)  # the same clause many times costs no more than once
    for place, clause in enumerate(clauses):
        answer = None if place and _YES_OR_NO.fullmatch(clause) else reads(clause)
        if isinstance(answer, Taken):
            answers.append(answer)
            if place < doubts and not (_is_denial(answer) and not _BUT.search(asked.own_text)):
                return Refused("vague", said=clause)
    if not all(map(_is_denial, answers)) and not asked.question.kind and _plans(told):
        return None
    if asked.question.several and answers:
        ticked = (key for one in answers for key in one.ticked or ())
        return Taken(ticked=tuple(dict.fromkeys(ticked)))
    same = all(one == answers[0] for one in answers)
    return answers[0] if answers and same else None


def _denied(asked: Asked) -> Answer:
    """没参加过，天天三班倒哪有空; 天天加班，没有: a denial, and nothing beside it that tells
    otherwise."""
    if not (asked.question.kind or asked.question.fields):
        return None
    first, *after = _denial_first(asked)
    *before, last = [one for one in _BEFORE_A_DENIAL.split(asked.own_text) if one] or [""]
    return _only_denies(asked, first, after) or _only_denies(asked, last, before)


_BEFORE_A_DENIAL = re.compile(r"[,。;:!、~…()]|(?<=.)(?:所以|(?=没[^没]{0,3}$))")


def _only_denies(asked: Asked, clause: str, others: Sequence[str]) -> Answer:
    """The denial in a clause, unless the others give a figure or tell of something done."""
    figures, of_oneself = (
        _figures(asked),
        asked.question.kind and any(map(_describes_oneself, others)),
    )
    counted = [one for one in figures if not (of_oneself and one.endswith("一个"))]
    if not others or counted or _is_done("".join(others)):
        return None
    answer = asked.read(clause)
    denied = isinstance(answer, Taken) and set(answer.facts.values()) == {0}
    return answer if denied else None


def _describes_oneself(clause: str) -> bool:
    """我一个打工的, 老百姓一个: what one says of oneself counts nothing."""
    return bool(_ONE_OF_MANY.fullmatch(clause))


_ONE_OF_MANY = re.compile("[^有]{2,}一个|(?:我|本人)?(?:就是?)?一个[^月]{2,}")


def _is_done(text: str) -> bool:
    """Whether a text tells of something done after all; 不用交 and 没去献 do not."""
    verbs = any_of("none_verbs").finditer(text)
    return any(not _NOT_DONE.search(text[max(0, one.start() - 4) : one.start()]) for one in verbs)


_NOT_DONE = re.compile("[没不哪](?!过).{0,3}$")


def _denial_first(asked: Asked) -> list[str]:
    """The first clause and the others; of dictated speech, what stands before the speaker (没得血|
    我怕)."""
    clauses = [clause for clause in _PAUSE.split(asked.own_text) if clause] or [""]
    tokens = asked.told.message.tokens
    head = list(takewhile(lambda one: one.kind not in ("self", "pause", "ask"), tokens))
    said = next((one for one in head if one.kind not in _WHERE), None)
    begins = said is not None and said.kind == "no"
    return [words(head), words(tokens[len(head) :])] if begins and len(clauses) == 1 else clauses


_WHERE = frozenset({"preposition", "place", "adverb", "tail"})
_BUT = re.compile("但|不过|可是|只是|还是|或者")


def _is_denial(answer: Taken) -> bool:
    """Whether nothing is there; what follows a denial explains it: 证没有，手艺有，就是没去考."""
    return not answer.ticked and all(one in ("none", False, 0) for one in answer.facts.values())


_AFTER_THE_HEAD = frozenset(
    {"plan", "time", "conjunction", "person", "reporter", "amount", "unknown", "preposition"}
    | {"payer", "common"}
)


def _head(asked: Asked) -> Answer:
    """The answer first, then a story, without a pause: 没得证就是自己学的手艺干了三十年了."""
    message = asked.told.message
    whole = list(takewhile(lambda token: token.kind not in _AFTER_THE_HEAD, message.tokens))
    to_the_subject = list(takewhile(lambda token: token.kind != "self", whole))
    for head in (to_the_subject, whole):
        rest = message.tokens[len(head) :]
        if asked.question.kind or not head or not rest or any(message.owners[: len(head)]):
            continue
        answer = asked.read(words(head))
        if isinstance(answer, Taken):
            return _before_a_story(asked, answer, head)
    return None


def _before_a_story(asked: Asked, answer: Taken, head: Sequence[Token]) -> Answer:
    """The answer, unless what the speaker tells after it casts a doubt."""
    message = asked.told.message
    own = [one for one, whose in zip(message.tokens, message.owners, strict=True) if whose == SELF]
    rest = own[len(head) :]
    doubt = qualifies(words(rest)) or any_of("choice.veto").search(words(rest[:2]))
    if not _is_denial(answer) and (doubt or _plans(message)):
        return Refused("vague", _likely(answer), said=message.text)
    named = any(token.fact in asked.question.domain for token in rest if token.fact)
    if _is_denial(answer) and named and _BUT.search(words(rest)):
        return Refused("contradictory", said=message.text)  # 没有，不过个税交了三年
    return answer


_REMARK = frozenset({"adverb", "reporter", "tail", "noise", "self", "conjunction", "pause"})


def _after_a_remark(asked: Asked) -> Answer:
    """都说了没证书: what one says on the way to an answer."""
    tokens = asked.told.message.tokens
    remark = list(takewhile(lambda token: token.kind in _REMARK, tokens))
    said = any(
        token.text != "听说" and token.text.strip("都过了我") in ("说", "讲") for token in remark
    )
    if asked.question.kind or not said or any(asked.told.message.owners):
        return None
    answer = asked.read(words(tokens[len(remark) :]))
    return answer if isinstance(answer, Taken) else None


def _as_offered(asked: Asked) -> Answer:
    message = asked.told.message
    return as_offered(asked.question, message.text, message.today, asked.year)


RULES: tuple[tuple[str, Callable[[Asked], Answer]], ...] = (
    (OFFERED, _as_offered),
    ("the asked lines, and nothing else", _nothing_else),
    ("the asked fact among others", _among_others),
    ("denied, then a story", _denied),
    ("the whole message", _whole),
    ("nothing of it", _nothing),
    ("the lines that are named", _lines_named),
    ("a figure in a story", _figure),
    ("the asked fact, named", _named),
    ("one clause answers", _clause),
    ("the answer first", _head),
    ("after a remark", _after_a_remark),
)


def _asked_of(message: Message, last: int) -> int:
    """没合同，算不算上班啊: where the question ends that is asked of what ends here."""
    start = last + (message.tokens[last : last + 1] != () and message.tokens[last].kind == "pause")
    clause = list(takewhile(lambda one: one.kind != "pause", message.tokens[start:]))
    kinds = {token.kind for token in clause}
    return start + len(clause) if "ask" in kinds and not kinds & _TELLING else last


_TELLING = frozenset({"fact", "value", "noun", "amount"})


def _is_lodged(asked: Asked, island: Island) -> bool:
    """住了七年, where lodgings are asked for and not named: it belongs to what is asked."""
    word, message = asked.question.shared, asked.told.message
    if not word or any(one.fact in asked.question.facts for one in message.islands):
        return False
    return any(message.tokens[at].text.startswith(word) for at in island.core)


# --- all that the message says ----------------------------------------------------------------


def _own(told: Analysis) -> list[Mention]:
    return [one for one in told.mentions if one.own]


def _answered(asked: Asked, answer: Answer, rule: str) -> Heard:
    """The answer with all else that the message says."""
    question = asked.question
    own = [one for one in _own(asked.told) if _is_credible(asked, one)]
    if isinstance(answer, Refused) and _is_final(answer):
        own = [one for one in own if one.fact not in question.facts]
    told = any(one.rule != RENTS for one in own)
    if isinstance(answer, Refused) and answer.why == "vague" and not answer.choices and told:
        answer = None  # what else was told is the answer to nothing that was asked
    taken: Facts = {}
    confirm: dict[str, Refused] = {}
    if isinstance(answer, Taken):
        named = {one.fact for one in own if one.value is not None}
        detail = {fact: told for fact, told in _detail(asked, answer).items() if fact not in named}
        taken = {**_lines(question, answer), **detail, **answer.facts}
    elif answer and answer.why not in NO_ANSWER and len(question.facts) == 1:
        confirm = {question.facts[0]: answer}
    return _heard(asked.told, own, answer, rule, taken, confirm, asked)


def _heard(
    told: Analysis,
    own: list[Mention],
    answer: Answer = None,
    rule: str = "",
    taken: Facts | None = None,
    refused: Mapping[str, Refused] | None = None,
    asked: Asked | None = None,
) -> Heard:
    facts = _certain(own) | (taken or {})
    if facts.get("permit") == "none" and _JUST_CAME.search(told.message.text):
        facts.pop("residence_months", None)  # the time counts from the registration
    if AGE in facts:
        facts[TOLD_ON] = told.message.today.isoformat()
    confirm = {one.fact: one.refused for one in own if one.refused} | dict(refused or {})
    known = {*facts, *([BIRTH] if AGE in facts else [])}
    confirm = {fact: why for fact, why in confirm.items() if fact not in known}
    rules = {one.fact: one.rule for one in own} | dict.fromkeys((*(taken or ()), *confirm), rule)
    if isinstance(beyond := bounded(Taken(facts)), Refused):
        return Heard(beyond, rules={"": "out of bounds"})
    return Heard(
        answer=answer,
        facts=facts,
        confirm=confirm,
        others=_others(told) | (_of_others(asked) if asked else {}),
        people=_people(told.message),
        question=asking_part(told.message),
        unheard=tuple(_unheard(told, answer, asked)),
        rules={fact: why for fact, why in rules.items() if why},
        corrects=bool(_CORRECTS.search(told.message.text)),
    )


def _certain(own: Iterable[Mention]) -> Facts:
    """The certain values; several of a set together, of two of another fact the first."""
    facts: Facts = {}
    for one in own:
        if one.value is None:
            continue
        value, known = plain(one.value), facts.get(one.fact)
        if isinstance(value, list) and isinstance(known, list):
            value = list[JsonValue](sorted({*map(str, known), *map(str, value)}))
        elif known is not None:
            continue
        facts[one.fact] = value
    return facts


_PRONOUNS = frozenset({"他", "她"})
"""我老婆…她社保四年: the person named last."""


def _others(told: Analysis) -> dict[str, Facts]:
    others: dict[str, Facts] = {}
    for one in told.mentions:
        if not one.own:
            named = next(reversed(others), one.owner) if one.owner in _PRONOUNS else one.owner
            facts = others.setdefault(named, {})
            facts |= {} if one.value is None else {one.fact: plain(one.value)}
    return others


def _of_others(asked: Asked) -> dict[str, Facts]:
    """我老公也交了五年, where one's own is asked for: the same, of that one."""
    message, fact = asked.told.message, asked.question.facts[:1]
    found: dict[str, Facts] = {}
    for island in message.islands if asked.question.kind else ():
        owner = message.owner(island)
        if not island.loose or owner not in _people(message):
            continue
        read = asked.read(message.piece(island).replace(owner, ""))
        if isinstance(read, Taken) and read.facts.keys() == {*fact}:
            found[owner] = read.facts
    return found


def _people(message: Message) -> frozenset[str]:
    return frozenset(one.text for one in message.tokens if one.kind == "person")


def _unheard(told: Analysis, answer: Answer, asked: Asked | None) -> Iterator[str]:
    """One's own figures of which nothing says what they are of."""
    if asked is not None and isinstance(answer, Taken) and _has_figures(asked.question, answer):
        return
    message = told.message
    for island in message.loose:
        token = message.tokens[island.core[0]]
        if token.unit in ("time", "count", "yuan") and not token.text.endswith("个"):
            yield message.piece(island)


def _has_figures(question: Question, answer: Taken) -> bool:
    opened = any(choice.opens for choice in question.choices.values())
    return bool(question.kind or question.fields or question.ticks or opened or answer.more)


def _is_credible(asked: Asked, one: Mention) -> bool:
    """A day alone is no birth where a stretch of time is asked for; at the lodgings, 住了七年 and
    合同 are of them."""
    text = asked.told.message.text
    if one.rule == ONLY_A_BIRTH and asked.question.kind in ("months", "years"):
        return False
    if one.rule == ONLY_AN_AGE and asked.question.kind:
        return False
    if one.fact == "residence_months" and asked.question.id in _PAID:
        return bool(_LIVES.search(text))  # 到永嘉这边2020年到现在: where it was paid
    if asked.question.id not in _LODGINGS:
        return True
    if one.fact == "employment" and one.value == frozenset({"labour_contract"}):
        return "劳动" in text or "员工" in text
    lodged = any(island.fact == "rented_years" for island in asked.told.message.islands)
    return one.fact != "residence_months" or lodged or "登记" in text


def _lines(question: Question, answer: Taken) -> Facts:
    """The lines of a list that were named, as facts where a line is the whole fact."""
    if answer.ticked is None:
        return {}
    if question.several:
        listed = bool(answer.ticked) or not answer.more
        return {question.facts[0]: [*sorted(answer.ticked)]} if listed else {}
    ticks = ((key, tick.sets) for key, tick in question.ticks.items())
    return {fact: True for key, fact in ticks if fact and key in answer.ticked}


def _detail(asked: Asked, answer: Taken) -> Facts:
    """A choice with the figure of what it opens: 2，三年; 居住登记三年了."""
    question, message = asked.question, asked.told.message
    if answer.ticked is not None or not answer.facts:
        return {}
    pieces = [
        message.piece(one)
        for one in message.loose
        if message.tokens[one.core[0]].unit in ("time", "since") and not is_asked(message, one)
    ]
    for key, choice in question.choices.items():
        if pieces and choice.opens and facts_of(question, key).items() <= answer.facts.items():
            detail = read_text(questions()[choice.opens], ",".join(pieces), message.today)
            return detail.facts if isinstance(detail, Taken) else {}
    return {}
