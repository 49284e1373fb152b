"""Booking by telephone, and for anyone who stands at the window."""

from sqlalchemy import select

from bot.booking.tables import appointments
from bot.database import reading
from tests.bot.staff.office import DAY, PERSON, TODAY, Office, kept, slots_of_today, text


def test_booking_by_telephone_is_noted_with_the_name_apart(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    slot = slots_of_today(office)[-1].id
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
    slot = slots_of_today(office)[-1].id
    fields = PERSON | {"slot": slot, "phone": "1391234", "here": "1"}
    answer = browser.post(f"{DAY}/book", fields)
    assert kept(office, int(answer.headers["Location"].rpartition("/")[2])).state == "arrived"


def test_whoever_telephones_is_told_a_code_and_whoever_stands_there_a_window(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    fields = PERSON | {"slot": slots_of_today(office)[-1].id}
    for more, said in (({}, "请把签到码 "), ({"name": "陈八", "here": "1"}, "请到 1 号窗口")):
        assert said in text(browser.get(browser.post(f"{DAY}/book", fields | more).location))


def test_a_slot_of_another_site_or_a_missing_name_books_nothing(
    office: Office, booked: list[int]
) -> None:
    browser = office.browser("desk")
    browser.get(DAY)
    slot = slots_of_today(office)[-1].id
    good = PERSON | {"slot": slot}
    for fields in (good | {"name": ""}, good | {"phone": "x"}, good | {"purpose": "x"}):
        browser.post(f"{DAY}/book", fields)
    browser.post("/staff/sites/dongcheng/book", good)
    with reading(office.service.engine) as connection:
        assert len(connection.execute(select(appointments.c.id)).all()) == len(booked)


def test_a_name_cannot_bring_markup_into_the_page(office: Office, booked: list[int]) -> None:
    browser = office.browser("clerk")
    browser.get(DAY)
    slot = slots_of_today(office)[-1].id
    name = "<script>x</script>"
    fields = PERSON | {"slot": slot, "name": name}
    path = browser.post(f"{DAY}/book", fields).headers["Location"]
    assert name not in text(browser.post(f"{path}/contact"))


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
