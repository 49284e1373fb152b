"""Short talks for the tests: a talker, and one that stands at a given question."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dialogs.consent_texts import sensitive
from dialogs.questions import Question, questions
from dialogs.reply import Choice
from dialogs.states import QuestionState
from dialogs.transcript import Talker
from scoring import FACTS, load_ruleset
from tests.conversations.desk import Desk

RULES = load_ruleset("yongjia-2022")
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))

COMPLETE = (
    *("1", "1994年5月", "大专", "三级", "42个月", "50个月"),
    *("租房", "3年", "都没有", "4", "没有了", "4次"),
)
"""What the acceptance person says after the consent, to the end."""


def talker(*lines: str) -> Talker:
    """A person who has said these lines."""
    person = Talker(RULES, NOW, Desk())
    for line in lines:
        person.line(line)
    return person


def agreed(*lines: str) -> Talker:
    """A person who agreed, to sensitive questions too, then said these lines."""
    person = talker("[关注]", "同意")
    person.conversation = person.conversation.but(sensitive=sensitive().answered(NOW))
    for line in lines:
        person.line(line)
    return person


def at(id: str) -> Talker:
    """A person who is asked this question, with what opens it answered."""
    person = agreed()
    before = questions()[id].after
    conversation = person.conversation.but(answered=(before,) if before else ())
    person.conversation = conversation.go("questionnaire", QuestionState(at=id))
    return person


def tapped(choice: Choice) -> str:
    """The line that taps a choice."""
    return f"▸ {choice.label}"


def answer_of(question: Question) -> str:
    """An answer that every question understands."""
    if question.ticks:
        return "1 2"
    if question.several:
        return "1"
    if question.fields:
        fact, field = next(iter(question.fields.items()))
        return f"{field.label}2{FACTS[fact].unit}"
    samples = {"months": "12个月", "years": "2年", "count": "2次", "yuan": "1000元"}
    return {"date": "1990年5月", **samples}.get(question.kind or "", "1")
