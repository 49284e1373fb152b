from typing import Any

from sqlalchemy import insert, select

from bot.booking import window
from bot.booking.tables import appointments
from bot.database import reading, writing
from tests.bot.setting_up import NOW
from tests.bot.staff.office import TODAY, Office

DAY = "/staff/sites/oubei"
PERSON = {"day": str(TODAY), "purpose": "review", "name": "陈七", "phone": "13912345678"}


def kept(office: Office, number: int) -> Any:
    with reading(office.service.engine) as connection:
        return window.by_id(connection, number)


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


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


def test_booking_by_telephone_is_noted_with_the_name_apart(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    with reading(office.service.engine) as connection:
        slot = window.slots_of_day(connection, "oubei", TODAY)[-1].id
    fields = {
        "slot": slot,
        "day": TODAY,
        "purpose": "review",
        "name": "陈七",
        "phone": "139-1234 5678",
    }
    answer = browser.post(f"{DAY}/book", fields)
    number = int(answer.headers["Location"].rpartition("/")[2])
    assert kept(office, number).phone == "13912345678"
    (entry,) = office.trail("book_by_phone")
    assert "陈七" in entry.personal
    assert "陈七" not in entry.detail


def test_somebody_at_the_window_is_checked_in_at_once(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    with reading(office.service.engine) as connection:
        slot = window.slots_of_day(connection, "oubei", TODAY)[-1].id
    fields = {
        "slot": slot,
        "day": TODAY,
        "purpose": "review",
        "name": "陈七",
        "phone": "1391234",
        "here": "1",
    }
    answer = browser.post(f"{DAY}/book", fields)
    assert kept(office, int(answer.headers["Location"].rpartition("/")[2])).state == "arrived"


def test_a_slot_of_another_site_or_a_missing_name_books_nothing(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("desk")
    browser.get(DAY)
    with reading(office.service.engine) as connection:
        slot = window.slots_of_day(connection, "oubei", TODAY)[-1].id
    good = PERSON | {"slot": slot}
    for fields in (good | {"name": ""}, good | {"phone": "x"}, good | {"purpose": "x"}):
        browser.post(f"{DAY}/book", fields)
    browser.post("/staff/sites/dongcheng/book", good)
    with reading(office.service.engine) as connection:
        assert len(connection.execute(select(appointments.c.id)).all()) == len(booked)


def test_moving_and_calling_off(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    with reading(office.service.engine) as connection:
        slot = window.slots_of_day(connection, "oubei", TODAY)[-1].id
    own = f"{DAY}/appointments/{booked[2]}"
    browser.post(f"{own}/move", {"slot": slot})
    assert kept(office, booked[2]).slot == slot
    browser.post(f"{own}/call-off", {"reason": ""})
    assert kept(office, booked[2]).state == "booked"
    browser.post(f"{own}/call-off", {"reason": "停电"})
    assert kept(office, booked[2]).state == "cancelled"
    assert (len(office.trail("move")), len(office.trail("cancel"))) == (1, 1)


def test_a_name_cannot_bring_markup_into_the_page(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    with reading(office.service.engine) as connection:
        slot = window.slots_of_day(connection, "oubei", TODAY)[-1].id
    name = "<script>x</script>"
    fields = PERSON | {"slot": slot, "name": name}
    path = browser.post(f"{DAY}/book", fields).headers["Location"]
    assert name not in text(browser.post(f"{path}/contact"))


def slots_of_today(office: Office) -> list[Any]:
    with reading(office.service.engine) as connection:
        return window.slots_of_day(connection, "oubei", TODAY)


def test_nobody_is_late_before_the_time(office: Office, booked: list[int]) -> None:
    office.watch.wait(hours=-2)  # eight o'clock
    browser = office.browser("clerk")
    assert "没来</button>" not in text(browser.get(DAY))
    browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": "missed"})
    assert kept(office, booked[0]).state == "booked"


def test_finishing_by_mistake_is_taken_back(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    person = f"a{booked[0]}"
    after = {"arrived": person, "serving": person, "served": "here"}
    for state in ("arrived", "serving", "served", "serving"):
        answer = browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": state})
        assert answer.headers["Location"].endswith(f"&hour=8#{after[state]}")
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


def test_who_stands_at_the_window_needs_no_telephone(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    fields = PERSON | {"slot": slots_of_today(office)[-1].id, "phone": ""}
    for more, count in (({}, 0), ({"here": "1", "phone": "x"}, 0), ({"here": "1"}, 1)):
        browser.post(f"{DAY}/book", fields | more)
        assert len(office.trail("walk_in")) == count


def test_a_walk_in_after_the_last_slot_is_still_entered(office: Office, booked: list[int]) -> None:
    office.watch.wait(hours=4)
    browser = office.browser("clerk")
    assert "直接签到" in text(browser.get(DAY))
    fields = PERSON | {"slot": slots_of_today(office)[-1].id}
    for more, count in (({}, 0), ({"here": "1"}, 1)):
        browser.post(f"{DAY}/book", fields | more)
        assert len(office.trail("walk_in")) == count


def test_a_button_tapped_twice_does_its_work_once_and_complains_of_nothing(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    fields = PERSON | {"slot": slots_of_today(office)[-1].id, "here": "1"}
    made = {browser.post(f"{DAY}/book", fields).headers["Location"] for _ in range(2)}
    assert (len(made), len(office.trail("walk_in"))) == (1, 1)
    office.watch.wait(minutes=2)  # somebody else of that name
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


def test_what_was_typed_for_a_booking_is_kept_when_something_is_missing(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    slot = slots_of_today(office)[-1].id
    answer = browser.post(f"{DAY}/book", PERSON | {"slot": slot, "phone": "139 12x", "here": "1"})
    page = text(answer)
    assert answer.status_code == 400
    assert 'value="陈七"' in page
    assert 'value="139 12x"' in page
    assert f'value="{slot}" selected' in page
    assert "请把姓名和电话写完整" in page
    assert text(browser.post(f"{DAY}/book", PERSON | {"slot": "999"})).count("刚刚满了") == 1


def test_somebody_is_found_by_a_part_and_nothing_of_it_stands_in_an_address(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    code = kept(office, booked[1]).code
    for who, ids in (
        ("三丰", [0]),
        (code, [1]),
        ("5672", [2]),
        ("13812345", [0, 1, 2, 3]),
        ("x", []),
    ):
        page = text(browser.post(f"{DAY}/find", {"who": who}))
        assert [f'id="a{number}"' in page for number in booked] == [n in ids for n in range(4)]
        assert "张三丰" not in page
    assert browser.post("/staff/sites/dongcheng/find", {"who": "三丰"}).status_code == 403


def test_a_code_of_another_day_leads_to_its_appointment(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    office.watch.wait(days=-1)
    browser = office.browser("clerk")
    answer = browser.post(f"{DAY}/check-in", {"code": kept(office, booked[0]).code})
    assert answer.headers["Location"] == f"{DAY}/appointments/{booked[0]}"
    assert "不是今天的" in text(browser.get(answer.headers["Location"]))
    assert kept(office, booked[0]).state == "booked"


def crowded(office: Office, people: int) -> None:
    """So many more on the slots of today, booked in the chat."""
    slots = [slot.id for slot in slots_of_today(office)]
    row = {"state": "booked", "purpose": "review", "source": "chat", "created_at": NOW}
    rows = [
        row | {"slot": slots[i % len(slots)], "code": f"9{i:05}", "person": f"p{i}"}
        for i in range(people)
    ]
    with writing(office.service.engine) as connection:
        connection.execute(insert(appointments), [one | {"reminders": False} for one in rows])


def test_a_full_day_is_shown_by_the_hour_and_begins_with_who_is_here(
    office: Office, booked: list[int]
) -> None:
    crowded(office, 300)
    browser = office.browser("clerk")
    browser.get(DAY)
    browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": "arrived"})
    page = text(browser.get(DAY))
    assert page.index(f'id="a{booked[0]}"') < page.index("10 点的预约")
    assert f'id="a{booked[1]}"' not in page
    assert '9 点</a> <span class="small">102 人，102 人没到' in page
    assert page.count("<tr id=") == 102
    assert f'id="a{booked[1]}"' in text(browser.get(f"{DAY}?hour=9"))
    assert "11 点的预约" in text(browser.get(f"{DAY}?hour=23"))
    tomorrow = text(browser.get(f"{DAY}?day=2026-11-24&hour=9"))
    assert "这一天还没有人预约" in tomorrow
