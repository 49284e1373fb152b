"""What is denied twice is there: 不是没有居住证, 又不是没交过社保."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import nothing, questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 23)
THINGS = {
    "permit": ("居住证", "办"),
    "skill": ("技能证书", "考"),
    "social_insurance": ("社保", "交"),
    "housing_fund": ("公积金", "交"),
    "blood": ("献血", "参加"),
    "volunteer": ("志愿服务", "做"),
    "charity": ("捐款", "捐"),
    "employment": ("劳动合同", "签"),
    "law_study": ("普法活动", "参加"),
}
FRAMES = [
    *("我不是没有{thing}", "我又不是没有{thing}", "也不是没{did}{thing}", "并不是没{did}过{thing}"),
    *("我不是没有{did}过{thing}", "{thing}我不是没有", "{thing}又不是没{did}过", "不是没有"),
    *("不可能没有{thing}", "我没说没有{thing}", "不是没{did}，{thing}是有的", "从来没有不{did}"),
]


@pytest.mark.parametrize("id", THINGS)
def test_it_is_never_recorded_as_missing(id: str) -> None:
    thing, did = THINGS[id]
    question = questions()[id]
    for frame, beside in product(FRAMES, ("", "，你记一下", " 早就有了")):
        text = frame.format(thing=thing, did=did) + beside
        heard = hear(question, Said(text), TODAY)
        missing = [fact for fact in question.facts if heard.facts.get(fact) == nothing(fact)]
        assert not missing, text


@pytest.mark.parametrize(
    ("text", "permit"),
    [
        ("我不是没有居住证，是有的", "residence_permit"),
        ("不是没有居住证，是只有登记", "registration_only"),
        ("是不是没有居住证就不行", None),  # asks
        ("不是没办，是过期了", None),
        ("这不是没办居住证嘛", "none"),  # as one says that it is so
    ],
)
def test_what_it_is_rather(text: str, permit: str | None) -> None:
    assert hear(questions()["permit"], Said(text), TODAY).facts.get("permit") == permit


def test_what_is_told_beside_it_is_asked_back() -> None:
    text = "我不是没有居住证，是有的，2024年3月办的，之前2023年8月先办的居住登记。"
    heard = hear(questions()["permit"], Said(text), TODAY)
    assert heard.confirm["residence_months"].choices == (39,)  # 2023-08 to 2026-11
