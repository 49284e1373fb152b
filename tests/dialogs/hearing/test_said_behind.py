"""What stands behind a name and says of what grade, whose or whether it is; a denial at the end."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
CARDS = ("焊工证", "电工证", "叉车证")
GRADES = {"高级": "level_3", "中级": "level_4", "初级": "level_5", "三级": "level_3"}
AT_WORK = ("做鞋面的", "开挖机的", "我扫地的")
NONE = ("没证", "没得证", "哪有证哦", "没考过")


def told(text: str, asked: str = "") -> dict[str, object]:
    return dict(hear(questions()[asked] if asked else None, Said(text), TODAY).facts)


def test_a_grade_behind_a_card_is_of_it() -> None:
    for card, (grade, level), between in product(CARDS, GRADES.items(), ("", "，墙上挂着呢")):
        assert told(f"俺有{card}{between}，{grade}的", "skill") == {"skill": level}, (card, grade)


def test_a_denial_at_the_end_answers() -> None:
    for who, none in product(AT_WORK, NONE):
        assert told(who + none, "skill") == {"skill": "none"}, who + none
    for text in ("那就没有", "没考过那些", "泥水工嘛干了一辈子 没考过那些"):
        assert told(text, "skill") == {"skill": "none"}, text
    assert told("我哥没证", "skill") == {}


def test_what_is_said_of_both_is_said_of_oneself() -> None:
    for both in ("俺跟俺媳妇", "我和老公", "我们俩", "我跟我弟弟", "我俩"):
        assert told(f"{both}都有", "permit") == {"permit": "residence_permit"}, both
        assert told(f"{both}都没有", "permit") == {"permit": "none"}, both


def test_what_is_another_s_or_of_elsewhere_is_not_taken() -> None:
    for who in ("老公", "我老婆", "我弟", "他爸"):
        for text in (f"店是我们家的执照写{who}", f"店是我们家的，执照写的{who}"):
            assert told(text, "employment") == {}, text
    assert "honours_city" not in told("市里给评过一次劳模，老家的不是温州的")
    assert told("市里给评过一次劳模")["honours_city"] == 1


def test_what_is_not_reached_is_denied() -> None:
    for text in ("法人是我，规上还没到", "法人是我，规上还没达到", "法人是我 规上没有"):
        assert told(text, "county")["above_scale_legal_representative"] is False, text
    assert told("法人是我，公司是规上的", "county")["above_scale_legal_representative"] is True


def test_a_class_named_by_its_letter() -> None:
    for frame, letter in product(("认定文件上写的{}", "人才证书上是{}", "认定的是{}类"), "ABCDEFG"):
        assert told(frame.format(letter), "talent") == {"talent_class": letter}, (frame, letter)
    assert told("驾照写的C1", "talent") == {}
