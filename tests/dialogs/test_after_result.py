"""Questions that people ask once they see their points: answered by their own result."""

from pathlib import Path
from typing import Any

import yaml

from dialogs.transcript import Talker
from tests.dialogs.talks import COMPLETE, agreed

ASKED: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("after_result.yaml").read_text("utf-8")
)
LINES = {
    "age": ("20 分", "附件没有公开"),
    "social_insurance": ("10.5 分", "42 个月"),
    "residence": ("12.5 分", "50 个月"),
    "volunteer": ("2 分", "4 次"),
    "let_home": ("5 分", "3 年"),
    "education": ("8 分", "大专"),
}
"""What is told of a line: its points, and what was answered."""


def labelled() -> list[tuple[str, str, str]]:
    """Each question with its kind, and what that is about."""
    return [
        (text, kind, str(about))
        for kind, asked in ASKED.items()
        for about, texts in (asked if isinstance(asked, dict) else {"": asked}).items()
        for text in texts
    ]


def is_right(person: Talker, text: str, kind: str, about: str) -> bool:
    """Whether the reply is of the kind that the label says."""
    said = person.line(text).text
    told = {
        "range": ("76.5", "社会保险", "10.5", "21"),
        "row": LINES.get(about, ()),
        "record": (about,),
        "reached": ("66 分", f"{about} 分"),
        "topic": (),
        "person": ("0577",),
        "cost": ("不收钱",),
        "unknown": (),
    }[kind]
    recent = person.conversation.recent
    if kind == "topic":
        return recent.told and recent.topic == about
    if kind == "unknown":
        return not recent.told and ("答不上来" in said or "没有写" in said)
    return all(one in said for one in told)


MISSED = 2
"""Of them, as measured: a worker at the window and dialects, of which topics know a word."""


def test_questions_after_the_result() -> None:
    person = agreed(*COMPLETE)
    shown = person.conversation
    wrong = []
    for text, kind, about in labelled():
        person.conversation = shown
        if not is_right(person, text, kind, about):
            wrong.append(text)
    assert len(wrong) <= MISSED, wrong
