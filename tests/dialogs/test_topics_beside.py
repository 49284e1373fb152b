"""Under an answer stand topics near to what was asked, and none that only share common words."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed, at, talker


@pytest.mark.parametrize(
    ("asked", "said", "stray"),
    [
        ("county", "税呢？我刚说的税你没记啊", "器官、造血干细胞捐献登记加分"),
        ("result", "好的谢谢我回头再打电话问问吧", "不会打字、不识字怎么用"),
        ("consent", "我说的这些会给谁看，问我这些干嘛", "条文改了哪几条"),
    ],
)
def test_no_stray_topic(asked: str, said: str, stray: str) -> None:
    where = {"result": lambda: agreed(*COMPLETE), "consent": lambda: talker("[关注]")}
    person = where[asked]() if asked in where else at(asked)
    assert stray not in [choice.label for choice in person.line(said).choices]


def test_a_near_one_stays() -> None:
    person = agreed(*COMPLETE)
    reply = person.line("那我住老公的房子到底算房子的分还是不算")
    assert "积分算谁的，夫妻能不能一起用" in [choice.label for choice in reply.choices]
