"""The end of a day: who came is noted at once, and put right later."""

from sqlalchemy import update

from bot.booking.appointments import close_past
from bot.booking.tables import slots
from bot.database import writing
from tests.bot.staff.forms import forms_of
from tests.bot.staff.office import DAY, Office, kept, text
from tests.bot.staff.test_queue import at_window, here

END = f"{DAY}/day-end"


def test_what_is_likely_is_chosen_and_one_tap_notes_all_of_it(
    office: Office, booked: list[int]
) -> None:
    """One was served, one is being served, one was called in vain, one did not come."""
    browser = at_window(office)
    here(office, browser, *booked[:3])
    for number, states in ((0, ("serving", "served")), (1, ("serving",))):
        for state in states:
            browser.post(f"{DAY}/appointments/{booked[number]}/step", {"state": state})
    browser.post(f"{DAY}/next")
    browser.post(f"{DAY}/appointments/{booked[2]}/step", {"state": "passed"})
    office.watch.wait(minutes=89)  # it was ten, and the last slot ends at half past eleven
    browser = at_window(office)
    assert "没有要登记的" in text(browser.get(END))
    assert "日终登记" not in text(browser.get(DAY))
    office.watch.wait(minutes=1)
    assert "日终登记（3 个）" in text(browser.get(DAY))
    form = next(
        one
        for one in forms_of(browser.get(END))
        if one.has("day", "2026-11-23") and any(name.startswith("to-") for name, _ in one.fields)
    )
    chosen = {name: value for name, value in form.fields if name.startswith("to-")}
    assert chosen == {
        f"to-{booked[1]}": "served",
        f"to-{booked[2]}": "past",
        f"to-{booked[3]}": "missed",
    }
    fields = [pair for pair in form.fields if pair[0] != "csrf_token"]
    browser.post(END, fields)
    assert "登记好了 3 个" in text(browser.get(END))
    assert [kept(office, number).state for number in booked] == [
        "served",
        "served",
        "past",
        "missed",
    ]
    assert len(office.trail("settle_day")) == 3


def test_what_a_colleague_noted_meanwhile_stays(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    browser.post(f"{DAY}/appointments/{booked[0]}/step", {"state": "arrived"})
    fields = {"day": "2026-11-23", f"was-{booked[0]}": "booked", f"to-{booked[0]}": "missed"}
    browser.post(END, fields)
    assert "有 1 个同事刚登记过" in text(browser.get(END))
    assert kept(office, booked[0]).state == "arrived"


def test_who_waits_is_not_noted_as_not_come_while_a_window_is_open(
    office: Office, booked: list[int]
) -> None:
    """The slot ended at eleven, the last one of the day ends at half past."""
    here(office, at_window(office), booked[0])
    office.watch.wait(minutes=80)
    browser, page = at_window(office), f"{DAY}/appointments/{booked[0]}"
    offered = text(browser.get(page))
    assert "来了，没办成</button>" in offered
    assert "没来</button>" not in offered
    browser.post(f"{page}/came", {"to": "missed"})
    assert "人还在排队" in text(browser.get(page))
    assert kept(office, booked[0]).state == "arrived"
    office.watch.wait(minutes=10)
    browser = at_window(office)
    browser.post(f"{page}/came", {"to": "missed"})
    assert kept(office, booked[0]).state == "missed"


def test_it_is_put_right_on_a_later_day(office: Office, booked: list[int]) -> None:
    office.watch.wait(days=1)
    with writing(office.service.engine) as connection:
        close_past(connection, office.watch())
    browser = office.browser("clerk")
    page = f"{DAY}/appointments/{booked[0]}"
    assert "没有登记" in text(browser.get(page))
    for to, shown in (
        ("past", "来了，没登记办完"),
        ("served", "已办完"),
        ("missed", "没来"),
        ("past", "来了，没登记办完"),
    ):
        for _ in range(2):
            browser.post(f"{page}/came", {"to": to})
        told = text(browser.get(page))
        assert f"<dd>{shown}" in told
        assert 'class="box bad"' not in told
    assert len(office.trail("settle_day")) == 4
    assert browser.post(f"{page}/came", {"to": "booked"}).status_code == 400
    places = kept(office, booked[0]).slot
    with writing(office.service.engine) as connection:
        assert (
            connection.scalar(
                slots.select().with_only_columns(slots.c.taken).where(slots.c.id == places)
            )
            == 1
        )


def test_whose_window_was_closed_did_not_stay_away(office: Office, booked: list[int]) -> None:
    with writing(office.service.engine) as connection:
        connection.execute(update(slots).values(open=False))
    office.watch.wait(hours=4)
    browser = office.browser("clerk")
    assert "没有要登记的" in text(browser.get(END))
