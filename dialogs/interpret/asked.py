"""A question with the message that was said to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, takewhile

from pydantic import JsonValue

from dialogs.conversation import Facts
from dialogs.language import Refused
from dialogs.language.analysis import Analysis
from dialogs.language.islands import Island, of_something_else
from dialogs.language.mention import SELF, Mention
from dialogs.language.message import Message
from dialogs.language.questioned import asks_about, asks_what_it_is
from dialogs.language.recognisers.named_nouns import RENTS
from dialogs.language.recognisers.unnamed import ONLY_A_BIRTH, ONLY_AN_AGE, SOME_TAX
from dialogs.language.recognisers.unsaid import of_another_fact
from dialogs.language.tokens import Token
from dialogs.language.units import figures_of
from dialogs.questions import Question
from dialogs.reading import Taken, plain, read_text

_PAID = frozenset({"social_insurance", "housing_fund"})
_SUMS = frozenset({"yuan", "count"})
_LIVES = re.compile("住|登记|(?<![后本原起从出过])来")
_LODGINGS = frozenset({"home", "rented"})
"""The questions at which 住了七年 and 合同 are of the lodgings."""
_AS_ASKED = frozenset({"residence_months", "employment", "education"})
_DATES = frozenset({"year", "since"})
_PAPER_MADE = re.compile("[办领]的|登记")
"""去年九月办的: when a paper was made out, and no payment."""
_ACTS = frozenset({"verb", "benefit", "no", "unknown"})


def _payers_who_act(question: Question, message: Message) -> Iterator[int]:
    """老板|手写的合同, 老板没签: who pays does something, and says nothing of what one is."""
    tokens = () if question.kind or question.fields else message.tokens
    for at, (one, after) in enumerate(pairwise(tokens)):
        first = at == 0 or tokens[at - 1].kind == "pause"
        if first and one.kind == "payer" and after.kind in _ACTS:
            yield at


@dataclass(frozen=True)
class Asked:
    """A question and the message that was said to it; `year`: the year said before, of a date that
    waits for its month."""

    question: Question
    told: Analysis
    year: int | None = None
    figures: dict[frozenset[str], list[str]] = field(default_factory=dict, compare=False)
    """One's own figures by the units that are taken too, once they were looked for."""
    answers: dict[str, Taken | Refused | None] = field(default_factory=dict, compare=False)
    """What its texts answer, once they were read: several rules read the same one."""

    def read(self, text: str) -> Taken | Refused | None:
        """What a text of the message answers."""
        if text not in self.answers and text.strip():
            today = self.told.message.today
            self.answers[text] = read_text(self.question, text, today, self.year)
        return self.answers.get(text)

    @cached_property
    def said_of_oneself(self) -> str:
        """The message without what is another's; a comma where it was cut."""
        message = self.told.message
        pieces = zip(message.tokens, message.owners, strict=True)
        return "".join(one.text if owner == SELF else "," for one, owner in pieces)

    @cached_property
    def own_text(self) -> str:
        """What is one's own and of no other fact than the asked ones; a comma where it was cut."""
        message = self.told.message
        named = [
            one
            for one in self.told.mentions
            if one.fact not in self.question.domain and one.rule not in (RENTS, ONLY_AN_AGE)
            if one.fact not in _AS_ASKED or is_credible(self, one)
        ]
        foreign: set[int] = set()
        for island in message.islands:
            start = message.tokens[island.core[0]].start
            told = any(one.start <= start < one.end for one in named)
            if asks_what_it_is(message, island) or (island.value and asks_about(message, island)):
                foreign.update(range(island.first, island.last))
            if told and not is_lodged(self, island):
                last = _with_its_verdict(message, island)
                foreign.update(range(island.first, _asked_of(message, last)))
        for island in message.loose:
            thought = any(one.text.endswith("以为") for one in message.clause(island))
            if thought or self.is_date_of_another(island) or self._is_money(island):
                foreign.update(range(island.first, island.last))
        if self.question.kind not in _SUMS:  # 每月两百交了三年
            foreign.update(self._of_something_else())
        foreign.update(of_another_fact(message, self.question.domain))
        foreign.update(_payers_who_act(self.question, message))
        kept: list[str] = []
        for at, token in enumerate(message.tokens):
            if message.owners[at] == SELF and at not in foreign:
                kept.append(token.text)
            elif kept and kept[-1] != ",":
                kept.append(",")
        return "".join(kept).strip(",")

    def is_another_paper(self, token: Token) -> bool:
        """叉车证, where the permit is asked for."""
        paper = token.kind == "value" and "证" in token.text
        return paper and token.fact not in self.question.domain

    def is_date_of_another(self, date: Island) -> bool:
        """2022年|买的房; 居住证|2020年3月办的: when something else was, without a pause between."""
        message, asked = self.told.message, {"", *self.question.domain}
        if self.question.id in _PAID and _PAPER_MADE.search(message.piece(date)):
            return True
        others = (one for one in message.islands if one.fact not in asked)
        beside = (one.first == date.last or one.last == date.first for one in others)
        return message.tokens[date.core[0]].unit in _DATES and any(beside)

    def _is_money(self, figure: Island) -> bool:
        """税公司一年交120万, where a length is asked for."""
        token = self.told.message.tokens[figure.core[0]]
        money = token.unit == "yuan" or (token.unit == "bare" and token.text.endswith("万"))
        return money and self.question.kind in ("months", "years")

    def _of_something_else(self) -> frozenset[int]:
        """合同就签过一年: figures of what no fact is about, unless they are the only ones (合同签了
        三年)."""
        tokens = self.told.message.tokens
        found = frozenset(of_something_else(tokens))
        if self.question.id not in _LODGINGS:
            return found
        takes = figures_of(self.question.facts[0])
        figures = {at for at, one in enumerate(tokens) if one.unit in takes}
        return frozenset() if figures <= found else found


Answer = Taken | Refused | None
PAUSE = re.compile(r"[,。;!、\s]+|\.{2,}")
"""Between the clauses of a message."""


def _with_its_verdict(message: Message, island: Island) -> int:
    """电工证|有, 中级工|没有: where a yes or a no ends that is of the name right before it."""
    last = island.last
    behind = message.tokens[last : last + 2]
    verdict = (
        bool(behind) and not island.amounts and (behind[0].text in _THERE or behind[0].kind == "no")
    )
    alone = len(behind) < 2 or behind[1].kind in ("pause", "tail", "amount")
    return last + 1 if verdict and alone else last


_THERE = frozenset({"有", "有的", "有了", "也有", "都有"})


def _asked_of(message: Message, last: int) -> int:
    """没合同，算不算上班啊: where the question ends that is asked of what ends here."""
    start = last + (message.tokens[last : last + 1] != () and message.tokens[last].kind == "pause")
    clause = list(takewhile(lambda one: one.kind != "pause", message.tokens[start:]))
    kinds = {token.kind for token in clause}
    return start + len(clause) if "ask" in kinds and not kinds & _TELLING else last


_TELLING = frozenset({"fact", "value", "noun", "amount"})


def is_lodged(asked: Asked, island: Island) -> bool:
    """住了七年, where lodgings are asked for and not named: it belongs to what is asked."""
    word, message = asked.question.shared, asked.told.message
    if not word or any(one.fact in asked.question.facts for one in message.islands):
        return False
    return any(message.tokens[at].text.startswith(word) for at in island.core)


def own_mentions(told: Analysis) -> list[Mention]:
    return [one for one in told.mentions if one.own]


def certain_values(own: Iterable[Mention]) -> Facts:
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


_HAS_SCHOOL = re.compile("毕业|学历|文凭|文化|[读念学上拿]完|拿到|[没不无未]|以前|原来")
_NOT_ATTENDED = frozenset({"below_high_school", "high_school"})
"""大专, where it is asked which school one attends, is that one."""
_OF_WORK = re.compile(
    "劳动|员工|(?:公司|单位|厂里?|工厂|老板|企业|学校|医院|店里)[^,。;没不租房宿住]{0,6}合同"
)
"""公司签了合同: no lease."""


def is_credible(asked: Asked, one: Mention) -> bool:
    """A day alone is no birth where a stretch of time is asked for; at the lodgings, 住了七年 and
    合同 are of them."""
    text = asked.told.message.text
    if one.rule == ONLY_A_BIRTH and asked.question.kind in ("months", "years"):
        return False
    if asked.question.id == "science" and one.fact.startswith("honours"):
        return False  # 这个奖我没得过
    if one.rule == ONLY_AN_AGE and asked.question.kind:
        return False
    if one.rule == SOME_TAX and asked.question.id == "taxes":
        return False
    if one.fact == "education" and asked.question.id == "studying":
        return bool(_HAS_SCHOOL.search(text)) or one.value in _NOT_ATTENDED
    if one.fact == "residence_months" and asked.question.id in _PAID:
        return "加起来" not in text and bool(
            _LIVES.search(text)
        )  # 到永嘉这边2020年到现在: where it was paid
    if asked.question.id not in _LODGINGS:
        return True
    if one.fact == "employment" and one.value == frozenset({"labour_contract"}):
        return bool(_OF_WORK.search(text))
    lodged = any(island.fact == "rented_years" for island in asked.told.message.islands)
    return one.fact != "residence_months" or lodged or "登记" in text
