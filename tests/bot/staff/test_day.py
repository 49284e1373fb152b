import pytest
from sqlalchemy import update

from bot.booking.tables import appointments, slots
from bot.database import writing
from tests.bot.setting_up import NOW
from tests.bot.staff.office import DAY, PERSON, TODAY, Office, kept, slots_of_today, text
from tests.bot.web import talked


def test_names_and_phones_are_masked_in_lists(office: Office, booked: list[int]) -> None:
    page = text(office.browser("clerk").get(DAY))
    assert "张** 138****5670" in page
    assert "张三丰" not in page
    assert "13812345670" not in page


def test_the_full_number_is_shown_on_request_and_the_request_is_noted(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("clerk")
    page = f"{DAY}/appointments/{booked[0]}"
    assert "13812345670" not in text(browser.get(page))
    shown = text(browser.post(f"{page}/contact"))
    assert "张三丰" in shown
    assert "13812345670" in shown
    (entry,) = office.trail("see_contact")
    assert (entry.account, entry.target) == ("clerk", f"appointment {booked[0]}")


def test_check_in_by_code_serve_and_finish(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    code = kept(office, booked[0]).code
    browser.post(f"{DAY}/check-in", {"code": f" {code[:3]} {code[3:]} "})
    assert kept(office, booked[0]).state == "arrived"
    for state in ("serving", "served"):
        office.watch.wait(minutes=5)
        browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": state})
        assert kept(office, booked[0]).state == state
    assert [len(office.trail(a)) for a in ("check_in", "start_serving", "finish")] == [1, 1, 1]


def test_a_wrong_code_and_a_second_check_in_are_said_plainly(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    browser.post(f"{DAY}/check-in", {"code": "000000"})
    assert "没有这个签到码" in text(browser.get(DAY))
    code = kept(office, booked[0]).code
    for _ in range(2):
        browser.post(f"{DAY}/check-in", {"code": code})
    assert "已经签到过了" in text(browser.get(DAY))
    assert len(office.trail("check_in")) == 1


def test_it_is_said_who_was_checked_in_and_what_to_tell_them(
    office: Office, booked: list[int]
) -> None:
    """Two codes differ in one digit: anyone who types the wrong one sees it at once."""
    with writing(office.service.engine) as connection:
        connection.execute(update(slots).where(slots.c.day == TODAY).values(window="<b>3"))
    browser = office.browser("clerk")
    browser.get(DAY)
    for number, time in ((0, "08:30"), (1, "09:00")):
        code = kept(office, booked[number]).code
        browser.post(f"{DAY}/check-in", {"code": code})
        page = text(browser.get(DAY))
        own = f"{DAY}/appointments/{booked[number]}"
        said = f'签到好了：{time} 的 <a href="{own}">{code}</a>，请到 &lt;b&gt;3窗口。'
        assert said in page
        assert "撤回</button>" in text(browser.get(own))


def test_the_clerk_learns_whether_somebody_must_be_called(
    office: Office, booked: list[int]
) -> None:
    with writing(office.service.engine) as connection:
        for number, person in ((0, "oOne"), (1, "oTwo")):
            mine = update(appointments).where(appointments.c.id == booked[number])
            connection.execute(mine.values(person=person, name=None, phone=None))
    talked(office.service, "oOne")  # today, and so the account may write back
    browser = office.browser("clerk")
    browser.get(DAY)
    slot = slots_of_today(office)[-1].id
    reached = "正在发公众号消息给本人。到没到，点开预约看“通知”"
    call = "通知发不到，请您打电话告诉本人"
    for number, told in ((0, reached), (1, call), (2, call)):
        own = f"{DAY}/appointments/{booked[number]}"
        browser.post(f"{own}/move", {"slot": slot})
        assert f"时间改好了，{told}。" in text(browser.get(own))
        browser.post(f"{own}/call-off", {"reason": "停电"})
        assert f"预约取消了，{told}。" in text(browser.get(own))


def test_a_no_show_can_be_taken_back(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    for state in ("missed", "booked", "missed", "arrived", "booked"):
        browser.post(f"{DAY}/appointments/{booked[1]}/step", {"state": state})
        assert kept(office, booked[1]).state == state


def test_a_step_that_a_colleague_already_took_changes_nothing(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": "served"})
    assert kept(office, booked[0]).state == "booked"
    assert "同事刚刚已经处理" in text(browser.get(DAY))
    assert office.trail("finish") == []


def test_moving_and_calling_off(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    slot = slots_of_today(office)[-1].id
    own = f"{DAY}/appointments/{booked[2]}"
    browser.post(f"{own}/move", {"slot": slot})
    assert kept(office, booked[2]).slot == slot
    browser.post(f"{own}/call-off", {"reason": ""})
    assert kept(office, booked[2]).state == "booked"
    browser.post(f"{own}/call-off", {"reason": "停电"})
    assert kept(office, booked[2]).state == "cancelled"
    assert (len(office.trail("move")), len(office.trail("cancel"))) == (1, 1)


def test_nobody_is_late_before_the_time(office: Office, booked: list[int]) -> None:
    office.watch.wait(hours=-2)  # eight o'clock
    browser = office.browser("clerk")
    assert "没来</button>" not in text(browser.get(DAY))
    browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": "missed"})
    assert kept(office, booked[0]).state == "booked"


def test_finishing_by_mistake_is_taken_back(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    day = f"{DAY}?day=2026-11-23&hour=8&at={booked[0]}"
    after = {
        "arrived": f"{day}#a{booked[0]}",
        "serving": f"{DAY}/appointments/{booked[0]}/review",
        "served": f"{day}#here",
    }
    for state in ("arrived", "serving", "served", "serving"):
        answer = browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": state})
        assert answer.headers["Location"] == after[state]
    row = kept(office, booked[0])
    assert (row.state, row.ended_at) == ("serving", None)
    assert len(office.trail("undo")) == 1


def test_whoever_was_called_by_mistake_has_waited_since_they_came(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    for state in ("arrived", "serving", "arrived"):
        browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": state})
        office.watch.wait(minutes=5)
    row = kept(office, booked[0])
    assert (row.state, row.serving_at) == ("arrived", None)
    assert row.arrived_at == NOW
    assert "等了 15 分钟" in text(browser.get(DAY))
    assert len(office.trail("undo")) == 1


def test_a_button_tapped_twice_does_its_work_once_and_complains_of_nothing(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    fields = PERSON | {"slot": slots_of_today(office)[-1].id, "here": "1"}
    made = {browser.post(f"{DAY}/book", fields).headers["Location"] for _ in range(2)}
    assert (len(made), len(office.trail("walk_in"))) == (1, 1)
    office.watch.wait(minutes=2)  # another person of that name
    browser.post(f"{DAY}/book", fields)
    assert len(office.trail("walk_in")) == 2
    for _ in range(2):
        browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": "arrived"})
        browser.post(f"{DAY}/appointments/{booked[1]}/call-off", {"reason": "停电"})
        browser.post(f"{DAY}/appointments/{booked[2]}/move", {"slot": fields["slot"]})
    counts = [len(office.trail(action)) for action in ("check_in", "cancel", "move")]
    assert counts == [1, 1, 1]
    page = text(browser.get(DAY))
    assert 'class="box bad"' not in page


def test_a_code_of_another_day_leads_to_its_appointment(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    office.watch.wait(days=-1)
    browser = office.browser("clerk")
    answer = browser.post(f"{DAY}/check-in", {"code": kept(office, booked[0]).code})
    assert answer.headers["Location"] == f"{DAY}/appointments/{booked[0]}"
    assert "不是今天的" in text(browser.get(answer.headers["Location"]))
    assert kept(office, booked[0]).state == "booked"


@pytest.mark.parametrize("before", ["booked", "arrived", "serving", "missed"])
def test_a_code_begins_the_worksheet_whether_one_waited_or_not(
    office: Office, booked: list[int], before: str
) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    for state in {"serving": ("arrived", "serving")}.get(before, (before,)):
        browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": state})
    fields = {"code": kept(office, booked[0]).code, "state": "serving"}
    answer = browser.post(f"{DAY}/check-in", fields)
    assert answer.headers["Location"] == f"{DAY}/appointments/{booked[0]}/review"
    assert kept(office, booked[0]).state == "serving"
    assert [len(office.trail(action)) for action in ("check_in", "start_serving")] == [1, 1]


def test_a_code_that_cannot_begin_says_why(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    for state in ("arrived", "serving", "served"):
        browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": state})
    for code, said in ((kept(office, booked[0]).code, "已经签到过了"), ("1", "没有这个签到码")):
        browser.post(f"{DAY}/check-in", {"code": code, "state": "serving"})
        assert said in text(browser.get(DAY))
    assert kept(office, booked[0]).state == "served"
