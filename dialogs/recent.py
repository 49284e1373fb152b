"""What was spoken of last: remembered from one message to the next, and what people mean by it
(为什么, 那个要带什么, 60小时算几次, 为什么有两种说法)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from string import ascii_uppercase

from dialogs import faq
from dialogs.agenda import stage
from dialogs.conversation import Conversation, Recent
from dialogs.flow import Step, Talk
from dialogs.intents.words import asks_readings, naming, referring, word
from dialogs.interpret import hear
from dialogs.language.message import read_message
from dialogs.match_choice import bare, named
from dialogs.phrases import say
from dialogs.questions import Question, questions
from dialogs.reading import Taken
from dialogs.reply import Choice, Reply
from dialogs.said_before import explained
from dialogs.states import QuestionState
from dialogs.utterance import Said
from scoring import FACTS, ItemResult, Ruleset

TOPICS = "topics"
"""How the tap of a topic begins; it works from any bubble, however old."""
OTHER_PERMIT = "hmt_permit"
"""The topic about permits of 台湾, 香港 and 澳门."""


def remembered(talk: Talk, step: Step, reply: Reply) -> tuple[Recent, tuple[Choice, ...]]:
    """What the next message may refer to, and the choices of the topics that are offered."""
    question = asked(step.conversation)
    numbers = [choice.number for choice in reply.choices]
    figures = question is not None and bool(question.kind or question.fields)
    listed = bool(numbers) and not any(numbers)  # numbers are those of what stands above
    first = 0 if figures or listed else max([0, *numbers]) + 1
    before = talk.conversation
    recorded = [id for id in step.conversation.answered if id not in before.answered]
    last = topic_of(recorded[-1], talk.rules) if recorded else None
    recent = Recent(
        topic=step.topic or last or step.conversation.recent.topic,
        told=bool(step.topic),
        offered=step.offered,
        first=first,
        menu=step.menu,
        note=explained(step),
        message=step.message,
    )
    return recent, others(recent)


def others(recent: Recent) -> tuple[Choice, ...]:
    """The topics under the last reply, numbered on from its choices; by letters under a question
    whose answer is a number itself."""
    return tuple(
        Choice(
            recent.first + at if recent.first else 0,
            faq.topics()[id].title,
            f"{TOPICS}.{id}",
            letter="" if recent.first else ascii_uppercase[at],
        )
        for at, id in enumerate(recent.offered)
    )


def meant(talk: Talk, said: Said) -> str | None:
    """The topic that a message chooses: by its tap, or one under the last reply by its sign or
    title."""
    if said.tap is not None:
        scope, _, id = said.tap.partition(".")
        return id if scope == TOPICS and id in faq.topics() else None
    if not (offered := others(talk.conversation.recent)):
        return None
    text = bare(said.text)
    signed = next((choice for choice in offered if choice.sign.lower() == text), None)
    choice = signed or (None if text.isdecimal() else named(said, offered))
    return choice.key if choice else None


def asked(conversation: Conversation) -> Question | None:
    """The question that waits for an answer."""
    frames = (frame for frame in reversed(conversation.waiting) if frame.flow == "questionnaire")
    frame = next(frames, None)
    return questions()[frame.state_as(QuestionState).at] if frame else None


@lru_cache
def topic_of(question: str, rules: Ruleset) -> str | None:
    """The topic that speaks of what a question asks about."""
    facts = set(questions()[question].domain)
    items = {item.id for item in rules.items() if not facts.isdisjoint(item.fact_ids())}
    earning = (one for one in faq.topics().values() if one.group in faq.EARNING)
    return next((one.id for one in earning if not items.isdisjoint(one.items)), None)


def speaks_of(talk: Talk, question: Question) -> bool:
    """Whether what was spoken of last is what a question asks for."""
    topic = talk.conversation.recent.topic
    if not topic or topic_of(question.id, talk.rules) == topic:
        return bool(topic)
    items = faq.topics()[topic].items if topic in faq.topics() else ()
    rows = (item for item in talk.rules.items() if item.id in items)
    return any(not {*question.domain}.isdisjoint(item.fact_ids()) for item in rows)


def referred(talk: Talk, said: Said) -> Step | None:
    """What a message asks about the thing spoken of last, without naming it."""
    recent = talk.conversation.recent
    kind = referring(said)
    if kind is None and asks_readings(said) and tells_nothing(talk, said):
        kind = "readings"
    if kind is None and word(said) == "why" and said.tap is None and recent.told:
        kind = "source"
    return REFERENCES[kind](talk, said) if kind else None


def tells_nothing(talk: Talk, said: Said) -> bool:
    """Whether a message answers nothing, whatever is asked."""
    told = hear(asked(talk.conversation), said, talk.today)
    return not (told.facts or told.confirm or told.others or isinstance(told.answer, Taken))


def substituted(talk: Talk, said: Said) -> str:
    """A question with the thing spoken of last in place of 那个.

    >>> naming("那个几分", "志愿服务怎么算分")
    '志愿服务几分'
    """
    topic = _spoken(talk)
    return naming(said.text, faq.topics()[topic].title) if topic else said.text


_COUNTS = re.compile(
    "[算认][^,]{0,4}吗|[算认](?:不[算认]|[吗不没]|进|数)|作不作数|作数|不[算认]|能算|也算|还是"
)


def counted(talk: Talk, text: str, *, plainly: bool = False) -> str | None:
    """The topic of what was asked, where the person asks whether something counts for it and names
    nothing else: 开会算吗, where 学法 is asked for. `plainly`: only where the text names that, or
    nothing at all."""
    question = asked(talk.conversation)
    if question is None or question.ticks or not _COUNTS.search(text):
        return None
    named = {token.fact for token in read_message(text, talk.today).tokens if token.fact}
    if plainly and not named and not faq.says_nothing(text):
        return None
    own = {*question.domain, *(("employment",) if "劳动" not in text and question.shared else ())}
    return topic_of(question.id, talk.rules) if named <= own else None


def _spoken(talk: Talk) -> str | None:
    """The topic spoken of last: told, else in question, else that of the last answer."""
    recent, question = talk.conversation.recent, asked(talk.conversation)
    in_question = topic_of(question.id, talk.rules) if question and not recent.told else None
    return in_question or (recent.topic if recent.topic in faq.topics() else None)


def _rows(talk: Talk, topic: str | None) -> list[ItemResult]:
    items = faq.topics()[topic].items if topic in faq.topics() else ()
    return [row for row in _all_rows(talk) if row.id in items]


def _topic_of(row: ItemResult) -> str:
    earning = (one.id for one in faq.topics().values() if one.group in faq.EARNING)
    return next((id for id in earning if row.id in faq.topics()[id].items), "")


def _all_rows(talk: Talk) -> list[ItemResult]:
    lines = (line for part in talk.estimate.parts for line in part.categories)
    return [row for line in lines for row in line.items]


def _readings(talk: Talk, said: Said) -> Step | None:
    """Why there are two ways to read a rule: of what the message names, of what was spoken of last,
    or of what the result leaves open."""
    disputed = [row for row in _all_rows(talk) if row.explanation.readings]
    titles = [one for one in questions().values() if one.title in said.text]
    facts = {fact for one in titles for fact in one.facts}
    recent = talk.conversation.recent.topic
    about = [row for row in disputed if not facts.isdisjoint(row.facts)]
    about += [row for row in disputed if row in _rows(talk, recent)]
    about += [row for row in disputed if row.explanation.answers and row.low != row.high]
    return _told(talk, "readings", _topic_of(about[0]), rows=about[:1]) if about else None


def _source(talk: Talk, said: Said) -> Step | None:
    """Why it is so: where the rule of what was told last is written."""
    recent = talk.conversation.recent.topic
    rows = _rows(talk, recent)
    return _told(talk, "source", recent, rows=rows[:1]) if rows else None


def _papers(talk: Talk, said: Said) -> Step | None:
    """What to bring for it."""
    recent = talk.conversation.recent.topic or _spoken(talk) or ""
    proofs = faq.proofs(recent, talk.rules) if recent in faq.topics() else ()
    title = faq.topics()[recent].title if proofs else ""
    return _told(talk, "papers", recent, title=title, proofs=proofs) if proofs else None


def _times(talk: Talk, said: Said) -> Step | None:
    """How many hours, or how much, make one time of what is counted in times."""
    question, recent = asked(talk.conversation), talk.conversation.recent.topic
    counted = question is not None and FACTS[question.facts[0]].unit == "次"
    topic = topic_of(question.id, talk.rules) if question and counted else recent
    rows = [row for row in _rows(talk, topic) if FACTS[row.facts[0]].unit == "次"]
    if not rows or topic is None:
        return None
    return _told(talk, "times", topic, row=rows[0], proofs=faq.proofs(topic, talk.rules))


def _obtaining(talk: Talk, said: Said) -> Step | None:
    """Where it is to be had, and what it costs there: another office knows."""
    recent = talk.conversation.recent.topic or _spoken(talk) or ""
    if recent not in faq.topics() or faq.topics()[recent].group not in faq.EARNING:
        return None
    told = faq.answer(faq.OBTAIN, talk.rules, talk.today, stage(talk), recent)
    return Step(talk.conversation, note=told.text, topic=recent)


def _told(talk: Talk, name: str, topic: str, **values: object) -> Step:
    return Step(talk.conversation, note=say(f"recent/{name}", **values), topic=topic)


REFERENCES: Mapping[str, Callable[[Talk, Said], Step | None]] = {
    "readings": _readings,
    "source": _source,
    "papers": _papers,
    "times": _times,
    "obtaining": _obtaining,
}
