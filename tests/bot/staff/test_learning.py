from datetime import timedelta

from bot.database import writing
from dialogs.conversation import Conversation
from dialogs.engine import converse
from dialogs.utterance import Said
from tests.bot.setting_up import NOW
from tests.bot.staff.office import Office
from tests.bot.talks import not_understood

TEXT = "夜里打呼噜影响吗"


def missed(office: Office, text: str = TEXT) -> None:
    with writing(office.service.engine) as connection:
        not_understood(connection, text, times=3)


def found(office: Office, text: str = TEXT) -> tuple[str, ...]:
    return office.service.aliases.finder(office.watch()).find(text).topics


def test_one_click_teaches_the_bot(office: Office) -> None:
    missed(office)
    assert "permit_needed" not in found(office)
    browser = office.browser("desk")
    assert TEXT in browser.get("/staff/unmatched").get_data(as_text=True)
    browser.post("/staff/unmatched/teach", {"text": TEXT, "topic": "permit_needed"})
    office.watch.wait(seconds=30)
    assert found(office)[0] == "permit_needed"
    page = browser.get("/staff/unmatched").get_data(as_text=True)
    assert page.count(f'name="text" value="{TEXT}"') == 1  # only among what was taught
    assert [entry.account for entry in office.trail("add_alias")] == ["desk"]


def test_a_lesson_sent_twice_is_not_a_colleagues(office: Office) -> None:
    missed(office)
    for account, said in (("desk", "教好了"), ("desk", "教好了"), ("boss", "已经有同事处理")):
        browser = office.browser(account)
        browser.post("/staff/unmatched/teach", {"text": TEXT, "topic": "permit_needed"})
        assert said in browser.get("/staff/unmatched").get_data(as_text=True)
    assert len(office.trail("add_alias")) == 1


def test_what_was_taught_is_heard_in_the_conversation(office: Office) -> None:
    missed(office)
    browser = office.browser("desk")
    browser.get("/staff/unmatched")
    browser.post("/staff/unmatched/teach", {"text": TEXT, "topic": "permit_needed"})
    office.watch.wait(seconds=30)
    rules, find = office.service.rules(), office.service.aliases.finder(office.watch()).find
    start = converse(Conversation(), Said("你好"), NOW, rules, find).conversation
    after = converse(start, Said("1"), NOW + timedelta(seconds=5), rules, find).conversation
    turn = converse(after, Said(TEXT), NOW + timedelta(seconds=9), rules, find)
    assert turn.reply
    assert "居住证" in turn.reply.text
    assert turn.unmatched is None


def test_a_wrong_lesson_can_be_taken_back(office: Office) -> None:
    missed(office)
    browser = office.browser("desk")
    browser.get("/staff/unmatched")
    browser.post("/staff/unmatched/teach", {"text": TEXT, "topic": "permit_needed"})
    browser.post("/staff/unmatched/unteach", {"text": TEXT})
    office.watch.wait(seconds=30)
    assert "permit_needed" not in found(office)


def test_nothing_to_learn_is_dismissed(office: Office) -> None:
    missed(office)
    browser = office.browser("desk")
    browser.get("/staff/unmatched")
    browser.post("/staff/unmatched/dismiss", {"text": TEXT})
    assert TEXT not in browser.get("/staff/unmatched").get_data(as_text=True)
    assert len(office.trail("dismiss_question")) == 1


def test_only_what_people_really_said_can_be_taught_and_only_to_a_topic(office: Office) -> None:
    missed(office)
    browser = office.browser("desk")
    browser.get("/staff/unmatched")
    browser.post("/staff/unmatched/teach", {"text": "made up", "topic": "permit_needed"})
    assert browser.post("/staff/unmatched/teach", {"text": TEXT, "topic": "x"}).status_code == 400
    assert office.trail("add_alias") == []


def test_rules_that_wait_for_the_office_are_listed(office: Office) -> None:
    page = office.browser("desk").get("/staff/rules").get_data(as_text=True)
    for words in ("每月计多少分", "无偿献血", "减分第 1 项", "有几个荣誉时怎么计"):
        assert words in page
