"""What is asked beside what is told is answered; a question by itself tells nothing."""

from collections.abc import Callable
from itertools import product

import pytest

from dialogs import faq
from dialogs.asked_along import Along
from dialogs.engine import converse
from dialogs.interpret import hear
from dialogs.language.vocabulary import nouns, stated_values
from dialogs.questions import questions
from dialogs.turn import Turn
from dialogs.utterance import Said
from tests.dialogs.talks import COMPLETE, NOW, RULES, agreed, at, talker

# What is asked beside what is told is answered, wherever one stands in the talk.

PLACES = {
    "welcome": lambda: talker("[关注]"),
    "education": lambda: at("education"),
    "social_insurance": lambda: at("social_insurance"),
    "result": lambda: agreed(*COMPLETE),
}


def say(place: str, text: str) -> Turn:
    return converse(PLACES[place]().conversation, Said(text), NOW, RULES)


def text_of(turn: Turn) -> str:
    assert turn.reply is not None
    return turn.reply.text


def told(turn: Turn, topic: str) -> bool:
    answer = faq.answer(topic, RULES, NOW.date()).text
    return answer.splitlines()[0] in text_of(turn)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("我43岁社保6年居住证有的，夫妻能不能加一起算", "family_members"),
        ("外省的社保算不算 我在广东交了6年 来永嘉以后交了1年零8个月", "social_insurance_elsewhere"),
        ("俺没交过社保，小学文化，今年58了，居住证倒是有，搞这个分对俺有啥用", "what_for"),
        ("房东说租房合同不签，我社保三年，房东不肯签合同租房还有分吗", "rent_without_contract"),
    ],
)
def test_told_and_asked(place: str, text: str, topic: str) -> None:
    assert told(say(place, text), topic)


@pytest.mark.parametrize("place", PLACES)
def test_how_many_points_there_are_is_no_topic(place: str) -> None:
    turn = say(place, "大专学历，社保是2021年3月开始交的没断过。请问我能有多少分")
    topics = [id for id in faq.topics() if told(turn, id)]
    assert topics == []


def test_on_the_way_it_is_told_how_many_there_are_so_far() -> None:
    assert "目前" in text_of(say("education", "大专，租房租了3年。请问我能有多少分"))


@pytest.mark.parametrize(
    ("place", "text", "topic"),
    [
        ("education", "申请交上去几天能出结果", "processing_time"),
        ("social_insurance", "积分入学几月份报名", "school_deadline"),
        ("social_insurance", "以前办的那个暂住证还有用没", "old_temporary_permit"),
    ],
)
def test_a_question_is_no_unclear_answer(place: str, text: str, topic: str) -> None:
    turn = say(place, text)
    assert told(turn, topic)
    assert turn.conversation.misses == 0


def test_an_unclear_answer_keeps_its_question() -> None:
    turn = say("social_insurance", "社保交了三年多吧，社保断过的怎么算")
    assert told(turn, "social_insurance_gap")
    assert any("个月" in choice.label for choice in (turn.reply.choices if turn.reply else ()))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("social_insurance", "三年，具体哪个月开始的想不起来了"),
        ("education", "大专，那时候哪有什么钱读本科"),
    ],
)
def test_what_asks_nothing_is_not_answered(place: str, text: str) -> None:
    turn = say(place, text)
    assert not [id for id in faq.topics() if told(turn, id)]
    assert "换个说法再问" not in text_of(turn)


def test_in_the_middle_of_booking_too() -> None:
    turn = converse(
        agreed(*COMPLETE, "预约").conversation, Said("我今年51岁年龄分还有几分"), NOW, RULES
    )
    assert told(turn, "age_points")


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        ("夫妻能加吗", "我三年，夫妻能加吗", "夫妻能加吗?"),
        ("那种算不算", "听过厂里的法律课，那种算不算", "听过厂里的法律课,那种算不算?"),
        ("这个有分吗", "开店的，有执照，这个有分吗", "有执照,这个有分吗?"),
    ],
)
def test_as_much_before_it_as_says_what_it_is_about(part: str, whole: str, text: str) -> None:
    assert Along(part, whole).text == text


def test_what_points_at_nothing_is_of_what_was_asked() -> None:
    assert Along("算吗", "算吗", "学法用法").text == "学法用法,算吗?"


def test_whether_it_counts_is_of_what_is_asked() -> None:
    turn = converse(at("law_study").conversation, Said("开会算吗 每个月都开安全会的"), NOW, RULES)
    assert told(turn, "law_study_points")


def finds(*found: tuple[str, faq.Found]) -> Callable[[str], faq.Found]:
    return dict(found).__getitem__


def test_the_whole_message_where_it_leaves_no_doubt_else_the_part_else_both() -> None:
    along = Along("租房呢", "我党员，租房呢")
    sure = faq.Found("answer", ("rent_points",), asks=True)
    likely = faq.Found("likely", ("special_status_points", "dormitory"), asks=True)
    guess = faq.Found("likely", ("rent_points", "dormitory"), asks=True)
    assert along.found(finds(("我党员，租房呢?", sure))) is sure
    assert along.found(finds(("我党员，租房呢?", likely), ("租房呢?", sure))) is sure
    both = along.found(finds(("我党员，租房呢?", likely), ("租房呢?", guess)))
    assert both.topics == ("special_status_points", "rent_points", "dormitory")


# A message that asks two things: one is answered, the other stands under it; none is dropped.

TALKS = {
    "opening": (),
    "before agreeing": ("[关注]",),
    "at a question": ("[关注]", "同意", "1", "1994年5月"),
    "at the result": ("[关注]", "同意", *COMPLETE),
}


@pytest.mark.parametrize("place", TALKS)
@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("大专社保三年多少分，夫妻能不能加一起", "每满 1 个月", "family_members"),
        ("大专几分，租房几分", "大专（含高职）", "rent_points"),
    ],
)
def test_one_is_answered_and_the_other_offered(
    place: str, text: str, first: str, second: str
) -> None:
    person = talker(*TALKS[place])
    reply = person.line(text)
    assert first in reply.text
    title = faq.topics()[second].title
    assert title in [one.label for one in reply.choices]
    told = faq.answer(second, person.rules, person.now.date()).text
    assert told[:20] in person.line(f"▸ {title}").text


def test_ones_own_points_asked_beside_something_are_said() -> None:
    shown = agreed("1", "1994年5月").line("我有多少分，夫妻能不能加一起").text
    assert "每个人各算各的" in shown
    assert "目前 20 分" in shown


@pytest.mark.parametrize("text", ["我想问一下，租房没合同，算不算", "你好，请问，社保断了怎么办"])
def test_one_question_with_pauses_is_one(text: str) -> None:
    assert agreed("1").line(text).text.count("您还问的") == 0


# A question for what something is tells nothing, and changes no answer.

FRAMES = [
    *("{}是什么", "“{}”是什么？", "{}是什么意思", "{}是啥", "“学法用法”和“{}”是什么？"),
    *("{}、红色驿站分别是什么", "{}到底是什么东西", "请问{}指的是什么", "“{}”和公积金都是什么"),
]


@pytest.mark.parametrize("part", range(4))
def test_asking_what_it_is_tells_nothing(part: int) -> None:
    """A part of the words at a time, at several questions: a message is analysed only once."""
    words = [*stated_values(), *nouns()]
    assert len(words) > 200
    waiting = [None, *(questions()[id] for id in ("county", "welfare", "skill"))]
    for place, word in [*enumerate(words)][part::4]:
        for frame in FRAMES[place % 3 :: 3]:  # each word in three frames
            text = frame.format(word)
            for question in waiting:
                assert not hear(question, Said(text), NOW.date()).facts, text


def test_asking_what_it_is_changes_no_answer_after_the_result() -> None:
    finished = agreed(*COMPLETE).conversation
    names = ("红色驿站", "乡音调解", "党员", "劳动合同", "居住证", "人才认定")
    for name, frame in product(names, FRAMES):
        turn = converse(finished, Said(frame.format(name)), NOW, RULES)
        assert turn.conversation.facts == finished.facts, frame.format(name)
        assert turn.conversation.top.flow not in ("overwrite", "change"), frame.format(name)


def test_what_is_told_before_such_a_question_is_taken() -> None:
    for gap in ("，", " "):
        heard = hear(questions()["county"], Said(f"我是党员{gap}红色驿站是什么"), NOW.date())
        assert "red_station_service" not in heard.facts
        assert heard.answer is not None
