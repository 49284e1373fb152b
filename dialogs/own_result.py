"""What is told of one's own result, where it is asked: the range, a line, what was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from dialogs.agenda import pending
from dialogs.conversation import Facts
from dialogs.explaining import explain
from dialogs.fact_names import named_in
from dialogs.flow import Step, Talk
from dialogs.flows.result import lowest
from dialogs.intents.of_result import OfResult, Shown, of_result
from dialogs.interpret import hear
from dialogs.language.analysis import analyse
from dialogs.language.grammar import grammar
from dialogs.language.text import clean
from dialogs.next_step import next_step
from dialogs.phrases import say
from dialogs.questions import is_something, questions
from dialogs.readback import value
from dialogs.recent import topic_of
from dialogs.sensitive import SENSITIVE, declined, without_any
from dialogs.side_by_side import beside
from dialogs.utterance import Said
from scoring.engine.results import CategoryResult, ItemResult

MOST = 3
"""Open lines that are told, the widest first."""


def asked(talk: Talk, text: str) -> OfResult | None:
    """What a message asks of the points of the person whose turn it is."""
    if not talk.told_what_counts:
        return None
    return of_result(text, partial(_shown, talk), partial(_named, talk, text))


def told(talk: Talk, text: str, question: OfResult) -> Step | None:
    """The answer; None where nothing is known of what it names."""
    match question.kind:
        case "range":
            return _step(talk, _range(talk))
        case "total":
            return _step(talk, _total(talk))
        case "reached":
            return _step(talk, _reached(talk, question.figure or Decimal(0)))
        case "record":
            return _record(talk, text)
        case "zero":
            return _zero(talk, text)
        case "line" | "source":
            return _line(talk, text, question)
    return None


def _step(talk: Talk, note: str, topic: str = "") -> Step:
    return Step(talk.conversation, note=note, topic=topic)


def _shown(talk: Talk) -> Shown:
    found = talk.estimate
    rows = {row.id: {row.points, row.high} for row in _rows(talk) if row.points}
    more = (without_any(talk).estimate.high,) if declined(talk.conversation) else ()
    return Shown(found.points, lowest(talk), found.high, more, rows)


def _rows(talk: Talk) -> Iterator[ItemResult]:
    for category in talk.estimate.categories():
        yield from category.items


def _named(talk: Talk, text: str) -> dict[str, str]:
    """The words of a message that name what was answered, each with its fact."""
    tokens = analyse(text, talk.today).message.tokens
    rows = {row.label: row.facts[0] for row in _rows(talk) if row.facts and row.label in text}
    return rows | {one.text: one.fact for one in tokens if one.fact} | named_in(clean(text))


def _range(talk: Talk) -> str:
    """Why there is one, line by line: the readings, what is not published, what was not told."""
    skipped = declined(talk.conversation) and not talk.open_facts.isdisjoint(SENSITIVE)
    lines = [one for one in talk.estimate.categories() if one.low != one.high]
    if skipped:  # told together below
        lines = [one for one in lines if {kind for kind, *_ in one.unsettled} != {"unanswered"}]
    lines.sort(key=lambda one: one.low - one.high)
    return say(
        "result/range",
        estimate=talk.estimate,
        low=lowest(talk),
        lines=[(one, _open_rows(one)) for one in lines[:MOST]],
        more=len(lines) - MOST,
        beside=beside(talk),
        whose=talk.conversation.whose,
        skipped=skipped,
        without=without_any(talk).estimate.high,
    )


def _open_rows(line: CategoryResult) -> list[ItemResult]:
    return [row for row in line.items if len({one.points for one in row.explanation.readings}) > 1]


def _total(talk: Talk) -> str:
    have = [one for one in talk.estimate.categories() if one.points]
    return say(
        "result/reasons", estimate=talk.estimate, have=have, short=[], left=len(pending(talk))
    )


def _reached(talk: Talk, points: Decimal) -> str:
    return say(
        "result/reached",
        estimate=talk.estimate,
        low=lowest(talk),
        points=points,
        whose=talk.conversation.whose,
        next=next_step(talk),
    )


def _record(talk: Talk, text: str) -> Step | None:
    """What was taken for the one thing that a message names."""
    facts = set(_named(talk, text).values())
    named = [one for one in questions().values() if facts & {*one.facts} and not one.ticks]
    if len(named) != 1:
        return None
    told = {"question": named[0], "value": value(named[0], talk), "open": say("told/open")}
    return _step(talk, say("result/record", **told), topic_of(named[0].id, talk.rules) or "")


def _line(talk: Talk, text: str, asked: OfResult) -> Step | None:
    """How a line comes to its points; None where nothing was answered, or another answer is told
    along with the question."""
    if _tells_another(talk, text):
        return None
    weak = grammar().weak  # 20分怎么来的 names no stay
    facts = {fact for name, fact in _named(talk, text).items() if name not in weak}
    rows = [row for row in _rows(talk) if row.id == asked.line or facts & {*row.facts}]
    rows = [row for row in rows if row.points or _something(talk.conversation.facts, row)]
    named = [row for row in rows if facts & {*row.facts}]  # 个税为什么是20分: not the age's 20
    rows = named or [row for row in rows if row.id == asked.line]
    topics = {_topic(talk, row) for row in rows}
    if len(topics) != 1:
        return None
    row = next((one for one in rows if one.points), rows[0])
    name = "result/source" if asked.kind == "source" else "result/line"
    return _step(talk, say(name, row=row, told=_explained(talk, row)), topics.pop())


def _zero(talk: Talk, text: str) -> Step | None:
    """Why what was told gives nothing: 为什么在读是0分. None where nothing was told of it."""
    facts, known = set(_named(talk, text).values()), talk.conversation.facts
    rows = [row for row in _rows(talk) if not row.points and facts & {*row.facts} & {*known}]
    if len(facts) > 1:  # of several, those that one has
        rows = [row for row in rows if _something(known, row)]
    if _tells_another(talk, text) or not rows:
        return None
    if any(row.points and facts & {*row.facts} for row in _rows(talk)):
        return None
    row = max(rows, key=lambda one: one.high)
    told = _explained(talk, row)
    return _step(talk, say("result/line", row=row, told=told), _topic(talk, row))


def _explained(talk: Talk, row: ItemResult) -> str:
    categories = (one for part in talk.estimate.parts for one in part.categories)
    own = next(one.label for one in categories if row in one.items)
    return explain(row, talk.rules.catalogue, own)


def _topic(talk: Talk, row: ItemResult) -> str:
    asking = (one for one in questions().values() if {*row.facts} & {*one.domain} and not one.ticks)
    question = next(asking, None)
    return (question and topic_of(question.id, talk.rules)) or ""


def _something(facts: Facts, row: ItemResult) -> bool:
    return any(is_something(one, facts) for one in row.facts)


def _tells_another(talk: Talk, text: str) -> bool:
    told, known = hear(None, Said(text), talk.today).facts, talk.conversation.facts
    return any(known.get(fact) != value for fact, value in told.items())
