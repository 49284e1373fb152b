"""What is known already as a form would have sent it: the way back from facts to fields."""

from collections.abc import Iterator
from datetime import date

from pydantic import JsonValue
from werkzeug.datastructures import MultiDict

from bot.pages.questionnaire import CONSENT, SEEN, YES, Form
from dialogs.agenda import pending
from dialogs.flow import Talk
from dialogs.questions import Question, facts_behind, is_something
from dialogs.readback import partly_known
from dialogs.reading import DONE
from dialogs.sensitive import APART, askable, list_apart, on_offer, permitted
from scoring import FACTS


def form_of(question: Question, talk: Talk) -> Form:
    """The fields of one question."""
    return MultiDict(_fields(question, talk))


def whole_form(talk: Talk) -> Form:
    """The fields of the questionnaire, with its follow-ups and the consent to what is sensitive."""
    pairs = [
        pair for one in on_offer(talk).values() for pair in _fields(askable(talk, one.id), talk)
    ]
    seen = [(SEEN, one.id) for one in on_offer(talk).values() if one.after]
    if permitted(talk.conversation):
        apart = list_apart(talk.counted)
        ticked = [(APART, key) for key in _ticked(apart, talk)]
        pairs += [(CONSENT, YES), (SEEN, APART), *(ticked or [(APART, DONE)])]
    return MultiDict([*pairs, *seen])


def _fields(question: Question, talk: Talk) -> Iterator[tuple[str, str]]:
    facts = talk.conversation.facts
    if question.id not in talk.conversation.answered and not partly_known(question, facts):
        return
    if question.ticks:
        keys = _ticked(question, talk)
        yield from ((question.id, key) for key in keys or [DONE])
    elif question.fields:
        yield from ((name, _text(name, facts[name])) for name in question.fields if name in facts)
    elif question.several:
        kept = facts.get(question.facts[0])
        keys = [str(key) for key in kept] if isinstance(kept, list) else []
        yield from ((question.id, key) for key in keys or [DONE])
    elif question.kind:
        if question.facts[0] in facts:
            yield question.id, _text(question.facts[0], facts[question.facts[0]])
    elif key := _chosen(question, talk):
        yield question.id, key


def _ticked(question: Question, talk: Talk) -> list[str]:
    """The lines that apply, or whose follow-up is still open."""
    facts = talk.conversation.facts
    open_ones = {one.id for one in pending(talk)}
    return [
        key
        for key, tick in question.ticks.items()
        if tick.opens in open_ones or any(is_something(fact, facts) for fact in facts_behind(tick))
    ]


def _chosen(question: Question, talk: Talk) -> str | None:
    """The choice that was made; of several that fit, the most particular one."""
    facts = talk.conversation.facts
    whole = [key for key, one in question.choices.items() if one.facts and _fits(one.facts, talk)]
    if whole:
        return max(whole, key=lambda key: len(question.choices[key].facts))
    own = facts.get(question.facts[0])
    return str(own) if own in question.choices else None


def _fits(stated: dict[str, JsonValue], talk: Talk) -> bool:
    return stated.items() <= talk.conversation.facts.items()


def _text(fact: str, value: JsonValue) -> str:
    """As a person would write it, such that it is read as the same again."""
    if FACTS[fact].type == "date":
        born = date.fromisoformat(str(value))
        return f"{born.year}年{born.month}月" + (f"{born.day}日" if born.day > 1 else "")
    unit = FACTS[fact].unit
    return f"{value}{unit}" if value else "没有"
