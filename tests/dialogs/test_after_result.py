"""Questions that people ask once they see their points: answered by their own result."""

import re
from pathlib import Path
from typing import Any

import pytest

from dialogs.data import parse
from dialogs.transcript import Talker
from tests.dialogs.talks import COMPLETE, agreed

ASKED: dict[str, Any] = parse(Path(__file__).with_name("after_result.yaml").read_text("utf-8"))
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


PEOPLE = (
    COMPLETE,
    ("1", "1968年10月", "小学", "没有", "48个月", "57个月", "都不是，没租过", "都没有", "都没有"),
    ("1", "1991年6月", "本科", "中级职称", "60个月", "75个月", "租房", "3年", "都没有", "都没有"),
    ("1", "1975年3月", "初中", "四级", "10年", "10年", "租房", "5年", "都没有", "都没有"),
)
"""Their points and ranges differ."""
OF_BOTH = (
    *("{0}和{1}分别是什么意思", "{0}到{1}哪个是我的", "怎么有{0}又有{1}", "到底{0}还是{1}"),
    *("{0}～{1}看哪个", "一个{0}一个{1}，啥意思", "为啥又是{0}又是{1}", "{1}是怎么来的"),
)
OF_THE_TOTAL = ("怎么才{0}分", "{0}分是怎么算的", "才{0}分啊，为什么")
REACHED = ("我不是已经超过{0}分了吗", "现在就已经够{0}了？那还等什么", "我都过{0}分了还要干嘛")


@pytest.mark.parametrize("answers", PEOPLE, ids=lambda one: one[1])
def test_figures_of_one_s_own_result_are_no_topic_and_no_goal(answers: tuple[str, ...]) -> None:
    """14 questions of each person's own figures."""
    person = agreed(*answers)
    while person.conversation.top.flow != "result":
        person.line("没有了")
    shown, estimate = person.conversation, person.line("结果").text
    low, high = re.findall(r"可能 ([\d.]+)～([\d.]+) 分", estimate)[0]
    less = int(float(low)) - 3
    for frames, expected in ((OF_BOTH, high), (OF_THE_TOTAL, "是这样来的"), (REACHED, "分，够")):
        for frame in frames:
            person.conversation = shown
            text = frame.format(less if frames is REACHED else low, high)
            said = person.line(text).text
            assert expected in said, text
            assert person.conversation.goal is None, text
            assert not person.conversation.recent.told, text


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
