"""What is denied: lines of a list, things, one value of several, and what is denied twice."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest

from dialogs.conversation import Facts
from dialogs.interpret import hear
from dialogs.interpret.heard import Heard
from dialogs.language.vocabulary import keyword_facts, nouns
from dialogs.questions import Question, facts_behind, nothing, questions
from dialogs.reading import Taken
from dialogs.states import QuestionState
from dialogs.transcript import Talker
from dialogs.utterance import Said
from tests.dialogs.talks import agreed, at

# The lines of a list: what is denied is not ticked, and what stands beside it is not lost.

TODAY = date(2026, 11, 23)
DONE = "交签做开捐献过办得读当"
"""A word with one of these tells what was done: 没有 after it denies something else."""
DENIALS = ("没有", "没得", "没交过", "不是", "没办")
FRAMES = ("{line}{denial}{gap}{beside}", "{beside}{gap}{line}{denial}{gap}别的都没有")
BESIDE = {
    "county": {"honours": "县级表彰有一次", "employment": "合同签了的"},
    "welfare": {"volunteer": "志愿者做过", "blood": "献血两次"},
}


def words_of_lines(question: Question) -> Iterator[tuple[str, str]]:
    """Each line with each word that names it."""
    named = keyword_facts()
    for key, line in question.ticks.items():
        facts = facts_behind(line)
        words = {*question.words(key), *(one for one, fact in named.items() if fact in facts)}
        yield from ((key, one) for one in sorted(words) if not set(DONE).intersection(one))


def tells(heard: Heard, question: Question, key: str) -> bool:
    """Whether a line is ticked, or something of it is told or asked back."""
    ticked = heard.answer.ticked if isinstance(heard.answer, Taken) else None
    facts = facts_behind(question.ticks[key])
    there = [one for one in facts if heard.facts.get(one, nothing(one)) != nothing(one)]
    return key in (ticked or ()) or bool(there) or not heard.confirm.keys().isdisjoint(facts)


@pytest.mark.parametrize("id", BESIDE)
def test_no_line_that_is_denied_is_ticked(id: str) -> None:
    question, wrong, lost, said = questions()[id], [], [], 0
    for place, (key, word) in enumerate(words_of_lines(question)):
        beside = next(one for one in BESIDE[id] if one != key)
        for turn, (denial, frame) in enumerate(product(DENIALS, FRAMES), place):
            gap = (" ", "，", "")[turn % 3]  # each word with all of them
            text = frame.format(line=word, denial=denial, gap=gap, beside=BESIDE[id][beside])
            heard = hear(question, Said(text), TODAY)
            wrong += [text] if tells(heard, question, key) else []
            lost += [] if tells(heard, question, beside) else [text]
            said += 1
    assert said > 80
    assert wrong == []
    assert len(lost) < said * 0.06, lost[:10]


def test_what_the_speaker_denies_of_a_line() -> None:
    text = "党员我没入 公积金厂里没给交 税交了一点 合同有的"
    heard = hear(questions()["county"], Said(text), TODAY)
    assert heard.facts == {"housing_fund_months": 0, "employment": ["labour_contract"]}


def test_a_list_as_it_was_said() -> None:
    text = (
        "公积金没有 合同签了的 跟站点公司 税一年交个三百来块 "
        "部队得过优秀士兵 公司24年给过优秀骑手 别的都没有"
    )
    heard = hear(questions()["county"], Said(text), TODAY)
    assert isinstance(heard.answer, Taken)
    assert {*(heard.answer.ticked or ())} == {"honours", "employment", "taxes"}
    assert heard.facts == {"housing_fund_months": 0, "employment": ["labour_contract"]}


# Lines of a list that are denied one by one, and lines of which all is told already.

NO_TAX: Facts = {"business_tax_yuan": 0, "income_tax_yuan": 0}


def on_the_other_one_s_turn() -> Talker:
    person = agreed("1", "1994年5月", "帮我老公也算一下")
    facts = {**person.conversation.facts, "housing_fund_months": 24}
    person.conversation = person.conversation.but(facts=facts).go(
        "questionnaire", QuestionState(at="county")
    )
    return person


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("合同有…税没交。志愿没有，捐款没有", {**NO_TAX, "volunteer_services": 0}),
        ("合同有,税没交过", NO_TAX),
        ("合同有，公积金没有，专利我没有", {"housing_fund_months": 0, "patents_invention": 0}),
        ("有合同，表彰没得过", {"honours_county": 0, "honours_nation": 0}),
    ],
)
def test_each_line_that_is_denied_is_none(text: str, denied: Facts) -> None:
    person = at("county")
    person.line(text)
    assert {
        "employment": ["labour_contract"],
        **denied,
    }.items() <= person.conversation.facts.items()
    assert "science_awards_city" not in person.conversation.facts


def test_an_open_list_offers_no_line_again_of_which_all_is_told() -> None:
    person = on_the_other_one_s_turn()
    shown = person.line("合同有…税没交。志愿没有，捐款没有")
    offered = " ".join(one.label for one in shown.choices)
    assert not [line for line in ("公积金", "合同", "交过税") if line in offered]
    assert "您" not in shown.text


# 没有 with a noun denies that thing, and nothing else that was asked for.

AMOUNTS = [one for one in questions().values() if one.fields or (one.kind or "date") != "date"]


def names() -> dict[str, set[str]]:
    """Every word that names a fact, with the facts it names."""
    found = {word: {fact} for word, fact in keyword_facts().items()}
    for word, noun in nouns().items():
        found.setdefault(word, set()).update(noun.facts)
    return found


@pytest.mark.parametrize("part", range(len(AMOUNTS)))
def test_what_is_denied_is_no_answer_to_another_question(part: int) -> None:
    """A part of the words at a time, at every question: a message is analysed only once."""
    words = {**names(), **dict.fromkeys(("证", "时间", "房子"), frozenset[str]())}
    assert len(words) > 200
    for word in sorted(words)[part :: len(AMOUNTS)]:
        for question in AMOUNTS:
            heard = hear(question, Said(f"没有{word}"), TODAY)
            own = words[word] & {*question.domain}
            assert own or not {*heard.facts} & {*question.facts}, (word, question.id)


@pytest.mark.parametrize("question", AMOUNTS, ids=lambda one: one.id)
@pytest.mark.parametrize("text", ["没有", "没有记录", "没得", "都没有过"])
def test_a_denial_of_nothing_in_particular_is_the_answer(question, text: str) -> None:
    heard = hear(question, Said(text), TODAY)
    assert {heard.facts.get(fact) for fact in question.facts} == {0}


# What is denied twice is there: 不是没有居住证, 又不是没交过社保.

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
TWICE = [
    *("我不是没有{thing}", "我又不是没有{thing}", "也不是没{did}{thing}", "并不是没{did}过{thing}"),
    *("我不是没有{did}过{thing}", "{thing}我不是没有", "{thing}又不是没{did}过", "不是没有"),
    *("不可能没有{thing}", "我没说没有{thing}", "不是没{did}，{thing}是有的", "从来没有不{did}"),
]


@pytest.mark.parametrize("id", THINGS)
def test_what_is_denied_twice_is_never_recorded_as_missing(id: str) -> None:
    thing, did = THINGS[id]
    question = questions()[id]
    for frame, beside in product(TWICE, ("", "，你记一下", " 早就有了")):
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
def test_what_is_denied_twice_is_there(text: str, permit: str | None) -> None:
    assert hear(questions()["permit"], Said(text), TODAY).facts.get("permit") == permit


def test_what_is_told_beside_it_is_asked_back() -> None:
    text = "我不是没有居住证，是有的，2024年3月办的，之前2023年8月先办的居住登记。"
    heard = hear(questions()["permit"], Said(text), TODAY)
    assert heard.confirm["residence_months"].choices == (39,)  # 2023-08 to 2026-11


# One value of several is taken back: nothing more is denied than was said.

OWNER = "我开店的"
DENIED = "我没有开厂 我扫地的"


def employed(person: Talker) -> object:
    return person.conversation.facts.get("employment", "unknown")


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ((OWNER, DENIED, "对"), "unknown"),  # of a contract nothing was said
        ((OWNER, f"错了错了 {DENIED}"), "unknown"),
        ((OWNER, DENIED, "不改"), ["business_owner"]),
        ((f"{OWNER}，厂里也签了合同", DENIED, "对"), ["labour_contract"]),
        ((f"{OWNER}，厂里也签了合同", "我没有开厂，合同也没有签", "对"), []),
    ],
)
def test_what_is_left_of_several_values(lines: tuple[str, ...], left: object) -> None:
    assert employed(agreed(*lines)) == left


def test_what_was_taken_back_is_asked_again() -> None:
    person = at("special_status")
    for line in ("党员", "我不是党员"):
        person.line(line)
    assert "“中共党员”去掉了" in person.line("对").text
    assert "special_status" not in person.conversation.answered


def test_of_several_values_one_denied_leaves_the_others_open() -> None:
    person = at("employment")
    reply = person.line(DENIED)
    assert "别的有吗" in reply.text
    assert employed(person) == "unknown"
    person.line("有合同")
    assert employed(person) == ["labour_contract"]
