"""What is only spoken of, wanted or nearly reached is recorded of nobody."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
STATED = (
    *("党员", "退伍军人", "预备党员", "电工证", "本科", "县人大代表", "个体户", "当过兵"),
    *("E类人才", "高级工证书", "中级职称", "规上企业法人", "红色驿站", "器官捐献登记"),
)
COUNTED = (
    *("献血两次", "志愿服务三次", "捐款500", "县级表彰一次", "实用新型专利一项", "个税3000"),
    *("税费2万", "市科技进步奖一次", "学法用法两次", "县优秀教师一次"),
)
FRAMES = (
    *("我问的是{}", "{}这个我不懂", "差一点就有{}", "怎么才能有{}", "{}删掉", "不要给我记{}"),
    *("有{}的话加几分", "听说{}加分高", "{}能加分吗", "要是我有{}呢", "老板说我有{}才能加分"),
)
OF_WHAT_IS_STATED = ("{}还没下来", "{}那是我姐", "我们公司老板是{}", "正在申请{}")
NOTHING = (0, "none", False)


def test_what_is_only_named_is_not_recorded() -> None:
    frames = [*product(FRAMES, (*STATED, *COUNTED)), *product(OF_WHAT_IS_STATED, STATED)]
    texts = [frame.format(named) for frame, named in frames]
    recorded = {text: dict(hear(None, Said(text), TODAY).facts) for text in texts}
    told = {
        text: facts
        for text, facts in recorded.items()
        if any(value not in NOTHING for value in facts.values())
    }
    assert told == {}
