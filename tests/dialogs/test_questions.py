"""Every question renders, every choice is understood by tap, number and word, every retry works."""

from itertools import pairwise

import pytest

from dialogs.questions import Question, nothing, questions
from dialogs.reading import DONE
from dialogs.rendering import LIMIT, wechat
from dialogs.reply import Choice
from dialogs.utterance import Said
from tests.dialogs.talks import answer_of, at, tapped

ALL = list(questions().values())
CHOICES = [(one, key) for one in ALL for key in one.choices if not one.several]
TICKS = [(one, key) for one in ALL for key in (*one.ticks, *(one.choices if one.several else ()))]


@pytest.mark.parametrize("question", ALL, ids=lambda one: one.id)
def test_renders(question: Question) -> None:
    person = at(question.id)
    reply = person.line("帮助")
    assert question.ask in reply.text
    assert len(wechat(reply, "https://jifen.example.cn").encode()) <= LIMIT


@pytest.mark.parametrize("question", ALL, ids=lambda one: one.id)
def test_says_why(question: Question) -> None:
    reply = at(question.id).line("为什么")
    assert reply.text.startswith(question.why.partition("{")[0])
    assert ("这一类最多" in reply.text) == (question.id not in ("permit", "county"))


@pytest.mark.parametrize("question", ALL, ids=lambda one: one.id)
def test_an_answer_moves_on_and_is_said_back(question: Question) -> None:
    person = at(question.id)
    reply = person.line(answer_of(question))
    assert reply.text.startswith("记下：")
    assert question.id in person.conversation.answered
    assert person.conversation.top.state.get("at") != question.id


@pytest.mark.parametrize("question", ALL, ids=lambda one: one.id)
def test_misses_change_tactic(question: Question) -> None:
    person = at(question.id)
    said = [person.line("咕噜咕噜").text for _ in range(6)]
    assert question.retry[0] in said[0]
    assert question.retry[1] in said[1]
    assert "57665812" in said[2]
    assert all(one != two for one, two in pairwise(said))
    assert person.conversation.top.state["at"] == question.id


@pytest.mark.parametrize("question", ALL, ids=lambda one: one.id)
def test_skipped_and_unknown_leave_the_facts_open(question: Question) -> None:
    for word in ("跳过", "不知道"):
        person = at(question.id)
        person.line(word)
        assert question.id in person.conversation.passed
        assert not set(question.facts) & person.conversation.facts.keys()


def offered(question: Question, key: str) -> tuple[Choice, str]:
    person = at(question.id)
    choices = person.line("帮助").choices
    return next(one for one in choices if one.key == key), question.id


def taken(question: Question, line: str) -> dict[str, object]:
    person = at(question.id)
    person.line("帮助")
    person.line(line)
    if not question.choices and "ticked" in person.conversation.top.state:
        person.line("没有了")
    return dict(person.conversation.facts)


@pytest.mark.parametrize(("question", "key"), CHOICES)
def test_choice_by_tap_number_and_word(question: Question, key: str) -> None:
    choice, _ = offered(question, key)
    answer = question.choices[key]
    expected = answer.facts or {question.facts[0]: key if answer.value is None else answer.value}
    ways = [tapped(choice), choice.label, *question.words(key)]
    ways += [str(choice.number), f"第{choice.number}个"] if choice.number else []
    for way in ways:
        assert taken(question, way) == expected, way


@pytest.mark.parametrize(("question", "key"), TICKS)
def test_tick_by_number_and_word(question: Question, key: str) -> None:
    choice, _ = offered(question, key)
    number = str(choice.number) if choice.number < 10 else f"第{choice.number}个"
    for way in (number, choice.label, *choice.aliases):
        facts = taken(question, way)
        if question.several:
            assert facts == {question.facts[0]: [key]}, way
        else:
            tick = question.ticks[key]
            own = (tick.sets,) if tick.sets else questions()[tick.opens or ""].facts
            for fact in question.domain:
                assert (facts.get(fact) == nothing(fact)) == (fact not in own), (way, fact)


@pytest.mark.parametrize("question", [one for one in ALL if one.ticks or one.several])
def test_none_of_them(question: Question) -> None:
    none, _ = offered(question, DONE)
    for way in (tapped(none), str(none.number), none.label, *none.aliases):
        facts = taken(question, way)
        assert facts == {fact: nothing(fact) for fact in question.domain}, way


@pytest.mark.parametrize("question", [one for one in ALL if one.ticks or one.several])
def test_one_tap_after_the_other(question: Question) -> None:
    person = at(question.id)
    first, second, *_ = person.line("帮助").choices
    person.line(tapped(first))
    reply = person.line(tapped(second))
    assert f"记下：{first.label}；{second.label}" in reply.text
    assert question.id not in person.conversation.answered
    person.line(tapped(reply.choices[-1]))
    assert question.id in person.conversation.answered


def test_a_tap_of_another_revision_is_not_taken() -> None:
    person = at("education")
    reply = person.hear(Said("本科", tap="education.0.bachelor"))
    assert "education" not in person.conversation.facts
    assert "您的最高学历是？" in reply.text


def test_numbers_of_several_fields() -> None:
    assert taken(questions()["honours"], "县级一个，市级两个")["honours_city"] == 2
    assert taken(questions()["honours"], "两个市级")["honours_city"] == 2
    assert taken(questions()["honours"], "1个县级2个市级")["honours_county"] == 1
    assert taken(questions()["taxes"], "个税五千")["income_tax_yuan"] == 5000
    assert taken(questions()["patents"], "发明专利3项")["patents_invention"] == 3
    assert set(taken(questions()["patents"], "都没有").values()) == {0}
    assert taken(questions()["honours"], "市级好几个") == {}
    assert taken(questions()["honours"], "县级一个，县级两个") == {}
