"""A whole day on paper."""

import re

from bot.booking import counter
from bot.database import writing
from tests.bot.setting_up import NOW
from tests.bot.staff.office import DAY, Office, kept, slots_of_today, text


def test_everybody_of_the_day_is_on_the_paper_by_time_and_masked(
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
    assert "张** 138****5670" in page
    assert "张三丰" not in page
    assert "没有人预约" in text(clerk.get(f"{DAY}/print?day=2026-11-29"))


def test_another_townships_day_is_not_printed(office: Office) -> None:
    assert office.browser("clerk").get("/staff/sites/huangtian/print").status_code == 403
    assert office.browser("desk").get("/staff/sites/nowhere/print").status_code == 404
