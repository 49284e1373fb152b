"""A whole day on paper, printed beforehand."""

import re

from bot.booking import counter
from bot.database import writing
from bot.staff.counter.entries import entries
from tests.bot.setting_up import NOW
from tests.bot.staff.office import DAY, Office, kept, slots_of_today, text


def test_everybody_of_the_day_is_on_the_paper_by_window_and_time(
    office: Office, booked: list[int]
) -> None:
    """Four by telephone, and sixty more at 11:00: nothing is left to another page."""
    last = slots_of_today(office)[-1]
    with writing(office.service.engine) as connection:
        connection.execute(counter.slots.update().values(capacity=99))
        for number in range(60):
            name, phone = f"客{number}", f"1390000{number:04}"
            counter.book_for(connection, last.id, "review", NOW, name=name, phone=phone)
    clerk = office.browser("clerk")
    assert f"{DAY}/print?day=2026-11-23" in text(clerk.get(DAY))
    page = text(clerk.get(f"{DAY}/print?day=2026-11-23"))
    codes = re.findall(r"<tr><td>(\d+)</td>", page)
    assert len(codes) == 64
    assert codes[:4] == [kept(office, number).code for number in booked]
    assert "没有人预约" in text(clerk.get(f"{DAY}/print?day=2026-11-29"))


def test_no_more_of_a_person_than_tells_them_apart(office: Office, booked: list[int]) -> None:
    page = text(office.browser("clerk").get(f"{DAY}/print"))
    assert "张** 尾号 5670" in page
    assert "三丰" not in page
    assert "1381234" not in page
    assert "138****" not in page


def test_the_next_day_has_what_is_ticked_and_no_state(office: Office, booked: list[int]) -> None:
    tomorrow = slots_of_today(office)[0]
    with writing(office.service.engine) as connection:
        [first, *_] = counter.slots_of_day(connection, "oubei", NOW.replace(day=24).date())
        counter.book_for(connection, first.id, "review", NOW, name="钱八", phone="13900000000")
    page = text(office.browser("clerk").get(f"{DAY}/print?day=2026-11-24"))
    assert "钱*" in page
    assert page.count("没预约就来的") == 1
    assert "几点来" in page
    assert '<span class="box"></span> 没来' in page
    assert ">状态<" not in page
    assert tomorrow.day != first.day


def test_an_empty_worksheet_has_every_item_and_nobody(office: Office, booked: list[int]) -> None:
    clerk = office.browser("clerk")
    assert f"{DAY}/print/worksheet" in text(clerk.get(f"{DAY}/print"))
    page = text(clerk.get(f"{DAY}/print/worksheet"))
    found = entries(office.service.rules(), NOW.date())
    assert len(found) > 20
    for one in found.values():
        assert f"<td>{one.label}</td>" in page
        for fact in one.facts:
            for _, choice in fact.choices or ():
                assert choice in page
    assert "张" not in page.partition("<main")[2].partition("销毁")[0].replace("这张纸", "")


def test_another_townships_day_is_not_printed(office: Office) -> None:
    for page in ("print", "print/worksheet", "paper"):
        assert office.browser("clerk").get(f"/staff/sites/huangtian/{page}").status_code == 403
        assert office.browser("desk").get(f"/staff/sites/nowhere/{page}").status_code == 404
