"""字太小, 我不识字: answered whatever is asked, and the same question comes again."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed

WAITING = ("其实我是本科", "重新开始", "删除我的数据")  # for a yes
STATES = (*WAITING, "结果", "材料", "预约", "修改", "两个人比一比")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("text", ["字太小", "大字版", "我不识字", "我看不清"])
def test_help_with_reading_is_there_in_every_state(state: str, text: str) -> None:
    person = agreed(*COMPLETE)
    asked = person.line(state)
    told = person.line(text)
    assert any(link.page == "/letters/large" for link in told.links)
    if state in WAITING:
        assert told.choices == asked.choices
