"""The answer in a story: before it, or in one of its clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby, takewhile

from dialogs.intents.remarks import qualifies
from dialogs.interpret.asked import PAUSE, Answer, Asked, own_mentions
from dialogs.interpret.denials import BUT, is_denial
from dialogs.language import Refused
from dialogs.language.lexicon import any_of, patterns
from dialogs.language.mention import SELF
from dialogs.language.message import Message, words
from dialogs.language.options.option_table import option_words, tidy
from dialogs.language.precheck import asks
from dialogs.language.questioned import asks_about, asks_what_it_is
from dialogs.language.tokens import Token
from dialogs.reading import Taken

_YES_OR_NO = re.compile("都[有是]的?|[有是对没不无行好]{1,2}[的了啊]?")


def tells_plan(message: Message) -> bool:
    """Whether the speaker tells of a plan; 孩子明年能上学吗 is none."""
    for pause, clause in groupby(message.tokens, lambda one: one.kind == "pause"):
        kinds = set() if pause else {token.kind for token in clause}
        if "plan" in kinds and not kinds & {"person", "ask"}:
            return True
    return False


def likely_values(answer: Taken) -> tuple[str, ...]:
    return tuple(value for value in answer.facts.values() if isinstance(value, str))


_LEFT_OPEN = re.compile("[,。; ]*(?:不过|但是?|可是?|只是)[,。; ]*$")


def one_clause(asked: Asked) -> Answer:
    """One clause that answers, among others that only chat: 租的，瓯北一个单间."""
    own = _LEFT_OPEN.sub("", asked.own_text)  # 没办。不过，我社保三年: of another fact
    clauses = [clause for clause in PAUSE.split(own) if clause]
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
            if place < doubts and not (is_denial(answer) and not BUT.search(own)):
                return Refused("vague", said=clause)
    if not all(map(is_denial, answers)) and not asked.question.kind and tells_plan(told):
        return None
    if asked.question.several and answers:
        ticked = (key for one in answers for key in one.ticked or ())
        return Taken(ticked=tuple(dict.fromkeys(ticked)))
    if answers and asked.question.ticks and not any(one.ticked for one in answers):
        there = {one.fact for one in own_mentions(asked.told) if one.value}
        if there & {*asked.question.domain}:
            return None  # 我没啥，就一个老党员
    same = all(one == answers[0] for one in answers)
    return answers[0] if answers and same else None


_AFTER_THE_HEAD = frozenset(
    {"plan", "time", "conjunction", "person", "reporter", "amount", "unknown", "preposition"}
    | {"payer", "common"}
)


_BOTH = re.compile("[两三][样种个]都(?:是|有)")


def answer_first(asked: Asked) -> Answer:
    """The answer first, then a story, without a pause: 没得证就是自己学的手艺干了三十年了."""
    message = asked.told.message
    if asked.question.several and _BOTH.search(message.text):
        return None  # 当兵五年退伍回来的党也入了两种都是
    named = [one for one in message.islands if not one.loose]
    if any(asks_what_it_is(message, one) or asks_about(message, one) for one in named):
        return None
    whole = list(takewhile(lambda token: token.kind not in _AFTER_THE_HEAD, message.tokens))
    to_the_subject = list(takewhile(lambda token: token.kind != "self", whole))
    for head in (to_the_subject, whole):
        rest = message.tokens[len(head) :]
        if asked.question.kind or not head or not rest or any(message.owners[: len(head)]):
            continue
        if any(map(asked.is_another_paper, head)):
            continue  # 叉车证有|一本, where the permit is asked for
        if head[-1].kind == "no" and rest[0].kind in ("amount", "reporter"):
            continue  # 我没有六十，我四十九; 我没说交税
        if asked.question.fields and any(one.kind == "amount" for one in rest):
            continue  # 不是，306万是公司的，8.2万是我个税
        if head[-1].text == "没" and rest[0].kind in ("common", "unknown"):
            continue  # 没公布啊
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
    if not is_denial(answer) and (doubt or tells_plan(message)):
        return Refused("vague", likely_values(answer), said=message.text)
    named = any(token.fact in asked.question.domain for token in rest if token.fact)
    if is_denial(answer) and named and BUT.search(words(rest)):
        return Refused("contradictory", said=message.text)  # 没有，不过个税交了三年
    return answer


def option_in_sentence(asked: Asked) -> Answer:
    """那么先按三级记，但请标注为外省证书: the one choice that a sentence names, to be confirmed."""
    question = asked.question
    if question.kind or question.ticks or question.several or not question.choices:
        return None
    table, named = option_words(question.options), set[str]()
    for clause in PAUSE.split(asked.own_text):
        if _DENIES.search(clause) or asks(clause):
            continue
        found, _ = table.scan(_OF_A_TRADE.sub("", tidy(clause)))
        named.update(*(word.ids for word in found if len(word.text) > 1))
    text = asked.told.message.text
    if len(named) != 1 or tells_plan(asked.told.message) or _NOT_YET.search(text):
        return None
    return Refused("ambiguous", tuple(named), said=asked.told.message.text)


_OF_A_TRADE = re.compile(
    "[一二三四五1-5]级(?:教师|护师|药师|医师|建造|会计|经济|律师|演员|运动|裁判|工程)"
)
"""一级建造师: a grade of another kind."""
_NOT_YET = re.compile(
    "在读|肄业|结业|正在|准备|打算|[过到]期|失效|作废|丢|遗失|挂失|补办|申请|在办|办理|如果|要是|快[要到]|差"
)
_DENIES = re.compile("[没不无非]|孩子|儿子|女儿|以前想|[读念上]过?的是")
