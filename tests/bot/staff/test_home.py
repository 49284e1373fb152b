"""How the county sees all windows at once."""

import re

from tests.bot.staff.office import DAY, Office, open_and_book, text


def row(page: str, title: str) -> list[str]:
    """The figures of a site's row."""
    start = page.index(f">{title}</")
    return re.findall(r"<td[^>]*>(.*?)</td>", page[start:].partition("</tr>")[0])


def test_each_window_says_who_waits_how_long_and_which_are_closed(
    office: Office, booked: list[int]
) -> None:
    open_and_book(office.service.engine, "huangtian")
    clerk = office.browser("clerk")
    clerk.get(DAY)
    for number in booked[:3]:
        clerk.post(f"{DAY}/appointments/{number}/step", {"state": "arrived"})
        office.watch.wait(minutes=7)
    for state in ("serving", "served"):
        clerk.post(f"{DAY}/appointments/{booked[0]}/step", {"state": state})
    page = text(office.browser("desk").get("/staff/"))
    assert "2026年11月23日 周一" in page
    assert row(page, "瓯北街道") == ["4", "2", "14 分钟", "1"]
    assert row(page, "黄田街道") == ["4", "0", "", "0"]
    assert row(page, "全县") == ["8", "2", "14 分钟", "1"]
    assert row(page, "桥头镇") == ["今天不开"]


def test_a_closed_day_says_so_and_offers_no_booking(office: Office, booked: list[int]) -> None:
    clerk = office.browser("clerk")
    closed, open_ = (text(clerk.get(f"{DAY}?day=2026-11-{day}")) for day in (25, 24))
    assert "这一天不开" in closed
    assert "替人预约" not in closed
    assert "这一天还没有人预约" in open_
    assert "替人预约" in open_
