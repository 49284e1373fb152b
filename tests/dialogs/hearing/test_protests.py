"""What people said in whole talks that must not be recorded as theirs: asked, denied, protested, or
another person's. First runs recorded each of them."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said


@pytest.mark.parametrize(
    ("asked", "text", "fact"),
    [
        ("county", "都没有我就是个做工的没签合同哦哪个老板跟你签合同哦", "employment"),
        ("", "我没签合同哦你怎么写我签了劳动合同", "employment"),
        ("skill", "我在台湾有机械技师执照，算吗", "skill"),
        ("", "那个技师是台湾的执照，我没有大陆的技师证", "skill"),
        ("", "那个技师是台湾的执照，我没有大陆的技师证", "employment"),
        ("", "我没有大陆的技师证", "skill"),
        ("", "执照是他的名字", "employment"),
        ("", "执照是我老公的", "employment"),
        ("", "明年九月孩子要上一年级", "education"),
        ("", "那我一个做泥水的要怎么交社保嘛自己交可以不", "social_insurance_months"),
        ("employment", "合同啊，老板说年后补签", "employment"),
        ("home", "房子买了还在装修，现在先租着住", "owned_home"),
        ("permit", "我有台湾居民居住证", "permit"),
    ],
)
def test_it_is_not_recorded(asked: str, text: str, fact: str) -> None:
    heard = hear(questions()[asked] if asked else None, Said(text), date(2026, 11, 28))
    assert fact not in heard.facts
    assert not any(fact in facts for facts in heard.others.values())
