"""What of a full day is shown, and who is found in it."""

from sqlalchemy import insert, update

from bot.booking import counter
from bot.booking.tables import appointments
from bot.database import reading, writing
from tests.bot.setting_up import NOW
from tests.bot.staff.office import DAY, TODAY, Office, kept, slots_of_today, text


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
    assert page.count("<tr id=") == 51
    assert f'id="a{booked[1]}"' in text(browser.get(f"{DAY}?hour=9"))
    assert "11 点的预约" in text(browser.get(f"{DAY}?hour=23"))
    tomorrow = text(browser.get(f"{DAY}?day=2026-11-24&hour=9"))
    assert "这一天还没有人预约" in tomorrow


def shown(page: str, ids: list[int]) -> list[int]:
    return [id for id in ids if f'<tr id="a{id}"' in page]


def test_an_hour_of_hundreds_is_a_page_at_a_time_and_a_step_stays_on_its_page(
    office: Office, booked: list[int]
) -> None:
    crowded(office, 900)
    with reading(office.service.engine) as connection:
        rows = counter.day_view(connection, "oubei", TODAY)
    ids = [row.id for row in rows if row.starts_at.hour == 10]
    browser = office.browser("clerk")
    first = text(browser.get(f"{DAY}?hour=10"))
    assert shown(first, ids) == ids[:50]
    assert f"10 点的预约，第 1～50 个，共 {len(ids)} 个" in first
    assert "前面的" not in first
    assert f"at={ids[50]}#hour" in first
    last = text(browser.get(f"{DAY}?hour=10&at={ids[-1]}"))
    assert shown(last, ids) == ids[300:]
    assert "后面的" not in last
    assert f"at={ids[250]}#hour" in last
    for state in ("arrived", "booked"):
        answer = browser.post(f"{DAY}/appointments/{ids[120]}/step", {"state": state})
        assert ids[121] in shown(text(browser.get(answer.headers["Location"])), ids)
    found = text(browser.post(f"{DAY}/find", {"who": "9"}))
    assert found.count("<tr id=") == 50
    assert "请写得全一点" in found


def test_an_hour_begins_with_who_has_not_come(office: Office, booked: list[int]) -> None:
    crowded(office, 900)
    with reading(office.service.engine) as connection:
        rows = counter.day_view(connection, "oubei", TODAY)
    ids = [row.id for row in rows if row.starts_at.hour == 10]
    with writing(office.service.engine) as connection:
        gone = update(appointments).where(appointments.c.id.in_(ids[:60]))
        connection.execute(gone.values(state="missed"))
    page = text(office.browser("clerk").get(f"{DAY}?hour=10"))
    assert shown(page, ids) == ids[50:100]
