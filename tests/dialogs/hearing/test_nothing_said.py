"""没有 in any wording: a denial × what it is said of × what stands around it, at each question."""

from datetime import date
from itertools import cycle, islice, product

import pytest

from dialogs.interpret import Heard, hear
from dialogs.language.message import read_message
from dialogs.language.nothing_said import nothing_said
from dialogs.questions import Question, questions
from dialogs.reading import Taken
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
DENIALS = [
    *("没有", "没得", "莫得", "冇", "冇得", "呒没", "木有", "没", "无", "没得哦", "没有过"),
    *("没搞过", "没有的", "都没弄过"),
]
OF_THESE = [
    *("都", "全都", "啥都", "啥子都", "什么都", "哪样都", "样样都", "一样都", "一个都", "一项都"),
    *("统统", "这些都", "这些我都", "上面的都", "以上都", "你说的都", "你讲的这些都", "我啥都"),
]
OF_THE_REST = [
    *("其他的都", "其他啥都", "别的都", "别的啥也", "其余都", "其余的", "剩下的都", "旁个"),
    *("旁的都", "另外的都", "后面的都", "除了这个别的都", "除此之外都", "余下的"),
]
BEFORE = ["", "我说了", "听不懂", "这么多我搞不清楚我就是个砌砖的", "唉"]
BEFORE += ["问那么多干嘛，", "我这种人"]
BEHIND = [
    *("", "了", "啊", "，我字认不到几个", " 不要问了", " 给结果", "，聋了？", "，我就是个打工的"),
    *("，农村人哪有这些", "，听不懂你问的", "，下一个", "，直接算吧", "我字认不到几个", "，谢谢"),
]
ASKED = [
    *("skill", "social_insurance", "county", "welfare", "special_status", "volunteer", "taxes"),
    *("employment", "talent"),
]


def is_none(question: Question, heard: Heard) -> bool:
    answer = heard.answer
    if not isinstance(answer, Taken) or answer.more or answer.ticked:
        return False
    if question.ticks or question.several:
        return answer.ticked == ()
    return {answer.facts.get(fact) for fact in question.facts} <= {0, "none"}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize(
    ("scopes", "rest"), [(OF_THESE, False), (OF_THE_REST, True)], ids=("these", "rest")
)
def test_none_in_any_wording(asked: str, scopes: list[str], rest: bool) -> None:
    """Each scope with each denial, and around them in turn what tells nothing."""
    question, before, behind = questions()[asked], cycle(BEFORE), cycle(BEHIND)
    said = [
        f"{next(before)}{scope}{denial}{next(behind)}" for scope, denial in product(scopes, DENIALS)
    ]
    turn = ASKED.index(asked)
    heard = [(text, hear(question, Said(text), TODAY)) for text in islice(said, turn % 3, None, 3)]
    assert [text for text, one in heard if not is_none(question, one)] == []
    assert [text for text, one in heard if one.rest_denied != rest] == []


OTHERWISE = [
    *("没有办法", "都没办法", "没有说", "没得说", "没得问题", "都没问题", "没有用", "都没有用"),
    *("不是没有", "不是都没有", "我又不是都没有", "没有啊我有的", "没说都没有", "没关系"),
    *("以前都没有", "在老家都没有", "第一家厂都没有", "我老婆都没有", "没有，都是自己交的"),
    *("都没有，不过在考", "都没有的话怎么办", "要是都没有能积分吗", "是不是都没有也行"),
    *("好像都没有", "都没有，就献过一次血", "党员献血都没有", "社保一样都没有", "都没有一个月"),
    *("什么时候都没有空", "有没有都没关系", "都没有区别", "县里一个，别的没有"),
]


@pytest.mark.parametrize("text", OTHERWISE)
def test_what_says_something_else(text: str) -> None:
    assert nothing_said(read_message(text, TODAY)) is None


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("没得哪样证哦砌砖要哪样证我们都是跟到师傅学的十几岁就学起走", {"skill": "none"}),
        ("我不是讲居住证我讲砌砖的证没得一样都没得", {"skill": "none"}),
        ("都没得都没得我字认不到几个哪里有证哦", {"skill": "none"}),
        (
            "不对不对居住证我有的去年九月办的我是没得手艺证",
            {"skill": "none", "permit": "residence_permit"},
        ),
    ],
)
def test_a_certificate_denied_at_the_skills(text: str, facts: dict[str, str]) -> None:
    assert hear(questions()["skill"], Said(text), TODAY).facts == facts
