"""The ordered table of named rules that read the answer to what was asked."""

from __future__ import annotations

import re
from collections.abc import Callable

from dialogs.conversation import Facts
from dialogs.interpret.asked import PAUSE, Answer, Asked, certain_values, own_mentions
from dialogs.interpret.beside_a_question import beside_a_question
from dialogs.interpret.denials import (
    amount_denied,
    denied_at_the_end,
    denies_another_thing,
    is_denial,
    lines_in,
    list_closed,
    list_denied,
    nothing_at_all,
    one_denied,
)
from dialogs.interpret.figure_first import figure_first
from dialogs.interpret.figures import (
    FIGURE_FIRST,
    figure_in_story,
    half_known,
    is_doubted_from_afar,
    own_figures,
)
from dialogs.interpret.homes import home_elsewhere, home_of_another, no_home, owner_of_home
from dialogs.interpret.offers import as_offered
from dialogs.interpret.one_line import one_line_denied
from dialogs.interpret.permit_elsewhere import permit_elsewhere
from dialogs.interpret.stories import (
    answer_first,
    likely_values,
    one_clause,
    option_in_sentence,
    tells_plan,
)
from dialogs.interpret.unpaid import nothing_paid
from dialogs.language import Refused
from dialogs.language.analysis import analyse
from dialogs.language.islands import Island
from dialogs.language.lexicon import any_of
from dialogs.language.message import Message
from dialogs.language.nothing_said import nothing_said
from dialogs.language.options.option_table import option_words, tidy
from dialogs.language.recognisers.named_amounts import NOT_UNDERSTOOD
from dialogs.language.scope import is_demanded, is_planned
from dialogs.language.since_registered import (
    IN_DOUBT,
    never_registered,
    since_registered,
    stays_unregistered,
)
from dialogs.language.text_scope import ABROAD
from dialogs.language.units import figures_of
from dialogs.language.validity import RUN_OUT
from dialogs.questions import Question, nothing
from dialogs.reading import Taken, facts_of

OFFERED = "as it was offered"
_ALL = re.compile("(?:[两三]?[样种个项]|全)都(?:有|是)")


def read_answer(asked: Asked) -> tuple[Answer, str]:
    """The first rule that reads a certain answer; otherwise the first refusal, and its rule."""
    refused: tuple[Answer, str] = (None, "")
    if asked.question.in_any_case and nothing_said(asked.told.message) == "rest":
        return refused
    for rule, reads in RULES:
        answer = reads(asked)
        if answer is None:
            continue
        if isinstance(answer, Refused) and is_doubted_from_afar(asked, answer):
            continue
        if isinstance(answer, Taken) and _denies(asked, answer):
            continue
        if isinstance(answer, Taken) or _leaves_no_part(answer, reads):
            return answer, rule
        if asked.question.kind and is_final(answer):
            named = _named(asked) if answer.why == "month_missing" else None
            # 社保2019年7月交到现在，中间2022年在杭州
            return (named, NAMED) if isinstance(named, Taken) else (answer, rule)
        if refused[0] is None or _offers_more(asked, answer, refused[0]):
            refused = answer, rule
    return refused


def _offers_more(asked: Asked, answer: Answer, before: Answer) -> bool:
    """Whether a later refusal has a choice to offer, where the first had none."""
    if asked.question.kind or not (isinstance(answer, Refused) and isinstance(before, Refused)):
        return False
    if before.why in ("future", "expired"):
        return False
    return bool(answer.choices) and not before.choices


def _denies(asked: Asked, answer: Taken) -> bool:
    """Whether the answer is nothing only because something else was denied, or although one is
    there that may count: 没得证，有个叉车证算不算."""
    question = asked.question
    another = is_denial(answer) and bool(answer.facts) and denies_another_thing(asked)
    if another or question.kind or question.fields:
        return another
    own = (one.refused for one in own_mentions(asked.told) if one.fact in question.facts)
    there = any(one and one.why == "vague" and one.choices for one in own)
    none = not question.ticks and answer.facts == {question.fact: "none"}
    return none and there and not ABROAD.search(asked.told.message.text)


def _leaves_no_part(refusal: Refused, reads: Callable[[Asked], Answer]) -> bool:
    """房子买了在装修，现在还租着; 买了一套，租出去了: no part of it is then read alone."""
    both = refusal.why == "contradictory" and len(refusal.choices) > 1
    return reads in (home_elsewhere, permit_elsewhere) or (reads is _named and both)


def is_final(refusal: Refused) -> bool:
    """Whether what was refused was understood: no part of it is then read for certain."""
    return bool(refusal.choices or refusal.year) or refusal.why not in ("vague", "ambiguous_unit")


def _demanded(asked: Asked) -> Answer:
    """是不是得租满三年: all that is told of it is what everybody is to have."""
    message, facts = asked.told.message, ("", *asked.question.facts)
    of_it = [one for one in message.islands if one.fact in facts or one.amounts]
    demanded = bool(of_it) and all(is_demanded(message, one) for one in of_it)
    return Refused("future", said=message.text) if demanded else None


_IN_FORCE = re.compile("没过期|没到期|有效")


def _run_out(asked: Asked) -> Answer:
    """证是有的，去年到期了没去续: it may be registered or not, and neither is offered as there."""
    text = asked.said_of_oneself
    if any(one.value == "registration_only" for one in own_mentions(asked.told)):
        return None  # 过期了，登记肯定登记过
    expired = RUN_OUT.search(text) if asked.question.id == "permit" else None
    if expired is None or _IN_FORCE.search(text, expired.end()):
        return None  # 绍兴办的过期了，永嘉的没过期
    return Refused("expired", said=expired[0])


_NONE_HERE = re.compile(
    "的?[^,。; ]{0,3}(?:什么|啥|[两哪]样)[都也]?没|的?(?:这|那)?边?[都]没[办有弄]"
    "|的?(?:这|那)?边?(?:居住)?证[都也]?没有?[、,，]?(?:居住)?登记[都也]?没"
    "|的没[有得]?(?=$|[,。; ])"
)


def _none_here(asked: Asked) -> Answer:
    """鹿城的有，永嘉的什么都没办: none of the county's, whatever there is of another one's."""
    text = asked.said_of_oneself
    here = (one.end() for one in any_of("in_county").finditer(text))
    none = asked.question.id == "permit" and any(_NONE_HERE.match(text, end) for end in here)
    return Taken({"permit": "none"}) if none else None


def _among_others(asked: Asked) -> Answer:
    """The asked fact, named with a certain value, among other facts that are named."""
    own = [one for one in own_mentions(asked.told) if one.fact != "owned_home"]
    among = len({one.fact for one in own}) > 1 and not asked.question.ticks
    named = _named(asked) if among else None
    return named if isinstance(named, Taken) else None


def _whole(asked: Asked) -> Answer:
    """All that is one's own and names no other fact: 有，在有效期内; 三年半."""
    message = asked.told.message
    reaches = (token for one in message.loose for token in message.reach(one))
    if any(token.kind == "plan" for token in reaches):
        return _told_beside_a_plan(asked) or Refused("future", said=message.text)
    answer = asked.read(asked.own_text)
    if isinstance(answer, Refused) and answer.why == "unknown":
        return half_known(asked) or answer
    if isinstance(answer, Refused) and answer.why in _UNSURE and _is_only_planned(asked):
        nothing_yet = ("none",) if "none" in asked.question.choices else ()
        return Refused("future", nothing_yet, said=message.text)
    if asked.question.kind or not isinstance(answer, Taken) or not answer.facts:
        return answer
    return (
        Refused("vague", likely_values(answer), said=message.text)
        if tells_plan(message)
        else answer
    )


def _told_beside_a_plan(asked: Asked) -> Refused | None:
    """54个月，要是连补的那半年就60个月: the one figure that is there already, to be confirmed."""
    if not asked.question.kind:
        return None
    plans = {one.text for one in asked.told.message.tokens if one.kind == "plan"} | {"就"}
    clauses = (one for one in PAUSE.split(asked.own_text) if not any(map(one.count, plans)))
    told = [one for one in map(asked.read, filter(None, clauses)) if isinstance(one, Taken)]
    values = {one for answer in told for one in answer.facts.values() if isinstance(one, int)}
    said = asked.told.message.text
    return Refused("future", tuple(values), said=said) if len(values) == 1 else None


_UNSURE = frozenset({"ambiguous", "vague"})


def _is_only_planned(asked: Asked) -> bool:
    """正在报名初级工: of what is asked, nothing is named that is there."""
    message = asked.told.message
    named = [one for one in message.islands if one.value and one.fact in asked.question.facts]
    return bool(named) and all(is_planned(message, one) for one in named)


def _lines_named(asked: Asked) -> Answer:
    """表彰有一次，税每年交，党员不是: the lines of a list, whatever is told of each; others may
    follow."""
    named = lines_in(asked, asked.said_of_oneself)
    return Taken(ticked=named, more=True) if len(named) > 1 else None


def _named(asked: Asked) -> Answer:
    """The asked fact, named with its value anywhere in the message."""
    own = [one for one in asked.told.mentions if one.own and one.fact in asked.question.facts]
    values = certain_values(own).get(asked.question.facts[0]) if asked.question.several else None
    all_named = isinstance(values, list) and len(values) > 1
    if asked.question.several and not all_named and _ALL.search(asked.told.message.text):
        return None  # 两样都有: the clause says more than what is named
    if facts := certain_values(own):
        if asked.question.ticks:
            return Taken(facts, _lines_of(asked.question, facts), more=True)
        if _leaves_open(asked, facts):
            return Taken(facts, more=True)
        facts = {**{field: nothing(field) for field in asked.question.fields}, **facts}
        chosen = _opens_as_offered(asked)  # 都不是，房子不是我的: the choice says more
        more_told = facts.items() <= chosen.items()
        return Taken(chosen if more_told else facts, more=asked.question.several)
    refused = (one.refused for one in own if one.rule != NOT_UNDERSTOOD)
    return next(filter(None, refused), None)


def _lines_of(question: Question, facts: Facts) -> tuple[str, ...]:
    """规上企业的法人就是我: the lines of a list that are a fact; the others stay open."""
    return tuple(key for key, line in question.ticks.items() if line.sets and facts.get(line.sets))


def _leaves_open(asked: Asked, facts: Facts) -> bool:
    """店里交了五万，个税没有: whether more is told of the fields than what is known of them."""
    question, message = asked.question, asked.told.message
    if not question.fields:
        return False
    figures = figures_of(question.facts[0])
    left = {word for one in question.fields if one not in facts for word in question.words(one)}
    left |= {message.piece(one) for one in message.loose if _unit(message, one) in figures}
    told = (one for one in PAUSE.split(asked.own_text) if not _NOT_THERE.search(one))
    return not any(facts.values()) or any(word in clause for clause in told for word in left)


def _unit(message: Message, island: Island) -> str | None:
    return message.tokens[island.core[0]].unit


_NOT_THERE = re.compile("[没无不]|在审|申请")


def _opens_as_offered(asked: Asked) -> Facts:
    """What the first clause of several says, where it is a choice in its own words."""
    first, *rest = [one for one in PAUSE.split(asked.told.message.text) if one] or [""]
    options = asked.question.options
    single = bool(rest and options) and not (asked.question.ticks or asked.question.several)
    key = option_words(options).exact(tidy(first)) if single else None
    return facts_of(asked.question, key) if key else {}


def _as_offered(asked: Asked) -> Answer:
    message = asked.told.message
    return as_offered(asked.question, message.text, message.today, asked.year)


_LINES = re.compile(
    r"(?:^|[,。; ]|选[了过的]{0,2})\s?(?P<lines>\d{1,2}(?:[\s,、.和跟]{1,3}\d{1,2}){1,15})"
    r"\s?(?=[,。;])(?![,。;]\s?\d)"
)


def _lines_numbered(asked: Asked) -> Answer:
    """9、5、6。专利是发明专利: several lines by number, whatever is told of one of them behind."""
    found = _LINES.search(asked.told.message.text) if asked.question.ticks else None
    answer = asked.read(found["lines"]) if found else None
    return Taken(ticked=answer.ticked, more=True) if isinstance(answer, Taken) else None


_HELD = re.compile(
    "持有|在手|手[里上][攥拿有]|[领拿换续签办](?:了|的|过|好|下来|到(?=$|[了,。]))|^下来了|到手"
)
_TELLS_ELSE = frozenset({"no", "ask", "plan", "fact", "value", "noun", "person", "conjunction"})


def _name_left_unsaid(asked: Asked) -> Answer:
    """在手里, 跟劳务公司签的: said of the paper that is asked for, without its name."""
    message, noun = asked.told.message, asked.question.paper
    kinds = {token.kind for token in message.tokens}
    if not noun or not _HELD.search(message.text) or kinds & _TELLS_ELSE:
        return None
    told = analyse(noun + message.text.removeprefix(noun[-1]), message.today)
    own = [one for one in own_mentions(told) if one.fact in asked.question.facts]
    facts = certain_values(own)
    return Taken(facts, more=asked.question.several) if facts else None


def _never_registered(asked: Asked) -> Answer:
    """没登记 来了5个月: however long one is here; of a guest's registration nothing is certain."""
    message = asked.told.message
    if asked.question.id != "residence" or any(message.owners):
        return None
    if IN_DOUBT.search(message.text):
        told = asked.read(",".join(own_figures(asked)))
        figures = told.facts.values() if isinstance(told, Taken) else ()
        months = tuple(one for one in figures if isinstance(one, int))
        return Refused("guest", months, said=message.text) if months else None
    guest = (one.refused for one in own_mentions(asked.told) if one.refused)
    if doubt := next((one for one in guest if one.why == "guest"), None):
        return doubt
    return Taken({"residence_months": 0}) if never_registered(message.text) else None


def _since_the_registration(asked: Asked) -> Answer:
    """住了两年才登记，登记到现在五年: of the time before nothing counts."""
    message = asked.told.message
    if asked.question.id != "residence" or any(message.owners):
        return None
    text = since_registered(message.text)
    if text != message.text:
        return asked.read(text)
    figures = [one for one in message.tokens if one.kind == "amount"]
    only = figures and all(stays_unregistered(text, one.start, one.end) for one in figures)
    return Refused("arrival", said=text) if only else None


NAMED = "the asked fact, named"
RULES: tuple[tuple[str, Callable[[Asked], Answer]], ...] = (
    (OFFERED, _as_offered),
    ("the answer beside a question", beside_a_question),
    ("nothing at all", nothing_at_all),
    ("several lines by number, then a story", _lines_numbered),
    ("the asked lines, and nothing else", list_closed),
    ("one line, denied", one_line_denied),
    ("what is demanded", _demanded),
    ("no longer in force", _run_out),
    ("none of here", _none_here),
    ("a permit elsewhere", permit_elsewhere),
    ("a home elsewhere", home_elsewhere),
    ("another one's home", home_of_another),
    ("a home of one's own", owner_of_home),
    ("no home at all", no_home),
    ("never registered", _never_registered),
    ("since the registration", _since_the_registration),
    ("the asked fact among others", _among_others),
    ("denied, then a story", amount_denied),
    ("nothing was paid", nothing_paid),
    (FIGURE_FIRST, figure_first),
    ("the whole message", _whole),
    ("nothing of it", list_denied),
    ("the lines that are named", _lines_named),
    ("a figure in a story", figure_in_story),
    (NAMED, _named),
    ("one clause answers", one_clause),
    ("the answer first", answer_first),
    ("the one choice in a sentence", option_in_sentence),
    ("one of several, denied", one_denied),
    ("denied at the end", denied_at_the_end),
    ("its name left unsaid", _name_left_unsaid),
)
