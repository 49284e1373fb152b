"""Consent with time and version of its text; a new text asks again, and nothing said meanwhile is
lost."""

from datetime import timedelta

import pytest

from dialogs.consent_texts import general, texts
from dialogs.conversation import Conversation, Given
from dialogs.transcript import Talker
from tests.dialogs.talks import NOW, agreed, talker

ASKED = "要您再点一次同意"


def of_an_earlier_text(*lines: str) -> Talker:
    person = agreed(*lines)
    earlier = Given(version=general().version - 1, at=NOW)
    person.conversation = person.conversation.but(consent=earlier)
    return person


def test_each_text_says_what_its_version_added() -> None:
    assert set(texts()) == {"general", "sensitive"}
    assert all(len(one.news) > 4 for one in texts().values())


def test_the_consent_knows_its_time_and_version() -> None:
    person = talker("[关注]", "同意")
    assert person.conversation.consent == Given(version=general().version, at=person.now)


@pytest.mark.parametrize(
    ("stored", "version"), [({"consented": True}, 0), ({"consented": False}, None), ({}, None)]
)
def test_talks_of_earlier_versions(stored: dict[str, object], version: int | None) -> None:
    consent = Conversation.model_validate(stored).consent
    assert (consent and consent.version) == version


@pytest.mark.parametrize("said", ["大专", "▸ 大专", "1990年5月，大专"])
def test_an_answer_is_held_and_counts_with_the_yes(said: str) -> None:
    person = of_an_earlier_text("1", "1990年5月")
    reply = person.line(said).text
    assert ASKED in reply
    assert general().news in reply
    assert "education" not in person.conversation.facts
    assert "大专，8 分" in person.line("同意").text
    assert person.conversation.facts["education"] == "junior_college"
    assert person.conversation.consent == Given(version=general().version, at=person.now)
    assert ASKED not in person.line("没有").text


def test_several_messages_and_a_button_of_the_menu() -> None:
    person = of_an_earlier_text("1", "1990年5月")
    for line in ("大专", "没有", "[菜单 result]"):
        assert ASKED in person.line(line).text
    assert "估算 28 分" in person.line("同意").text


def test_a_booking_waits_for_it() -> None:
    person = of_an_earlier_text("1")
    assert ASKED in person.line("预约瓯北下周二上午").text
    assert "瓯北" in person.line("同意").text


@pytest.mark.parametrize("said", ["我的数据", "帮助", "人工", "删除我的数据", "撤回"])
def test_what_keeps_nothing_needs_no_new_consent(said: str) -> None:
    assert not of_an_earlier_text("1").line(said).text.startswith("接着来之前")


def test_questions_are_answered() -> None:
    person = of_an_earlier_text("1")
    reply = person.line("大专有几分").text
    assert "大专" in reply
    assert ASKED in reply


def test_a_no_leads_to_the_deletion_and_keeps_nothing_new() -> None:
    person = of_an_earlier_text("1")
    person.line("大专")
    assert "删除以后" in person.line("不同意").text
    assert ASKED in person.line("不删").text
    person.line("不同意")
    assert "已经全部删除" in person.line("删除").text
    assert person.conversation.facts == {}


def test_after_ten_minutes_what_was_held_is_gone_and_that_is_said() -> None:
    person = of_an_earlier_text("1")
    person.line("大专")
    person.now += timedelta(minutes=10)
    assert "请再说一遍" in person.line("同意").text
    assert "education" not in person.conversation.facts
