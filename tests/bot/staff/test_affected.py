"""Appointments whose window closed: listed with what became of their notice, until settled."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.booking import reservation
from bot.booking.appointments import close_past, confirm
from bot.booking.tables import appointments, closures, holds, notices, slots
from bot.database import reading, writing
from bot.models.notice import DELIVERED, REFUSED
from bot.staff.schedule import affected
from dialogs.booking.protocol import Confirmed, ConfirmPlace, Held
from tests.bot.setting_up import NOW
from tests.bot.staff.office import Office, kept, open_and_book, text
from tests.bot.staff.test_hours import CLOSE

NINE_THIRTY = (NOW + timedelta(days=1)).replace(hour=9, minute=30)
LIST = "/staff/affected"


def test_an_affected_appointment_stays_listed_until_somebody_settled_it(
    office: Office, booked: list[int]
) -> None:
    office.watch.wait(hours=-2)
    office.browser("desk").post("/staff/hours/apply", CLOSE)
    office.watch.wait(days=1)
    with writing(office.service.engine) as connection:
        assert close_past(connection, office.watch()) == 4
    browser = office.browser("clerk")
    for left in (4, 3):
        page = browser.get("/staff/affected").get_data(as_text=True)
        assert page.count("已联系好</button>") == left
        browser.post(f"/staff/sites/oubei/appointments/{booked[0]}/settle")
    assert len(office.trail("settle")) == 1


def in_the_chat(office: Office, *numbers: int) -> None:
    with writing(office.service.engine) as connection:
        for number in numbers:
            mine = update(appointments).where(appointments.c.id == number)
            connection.execute(mine.values(person=f"o{number}", name=None, source="chat"))


def came_of(office: Office, number: int, state: str) -> None:
    """The notice about this appointment ended so."""
    with writing(office.service.engine) as connection:
        mine = update(notices).where(notices.c.appointment == number)
        connection.execute(mine.values(state=state))


def test_the_list_says_what_became_of_each_notice(office: Office, booked: list[int]) -> None:
    office.watch.wait(hours=-2)
    in_the_chat(office, *booked[:3])
    office.browser("desk").post("/staff/hours/apply", CLOSE)
    came_of(office, booked[0], DELIVERED)
    came_of(office, booked[1], REFUSED)
    page = office.browser("clerk").get(LIST).get_data(as_text=True)
    told = [part.partition("</td>")[0] for part in page.split('data-name="通知">')[1:]]
    assert [re.sub("<.*", "", one) for one in told] == [  # to call first, then what is on its way
        "没送到，请打电话",
        "请打电话",
        "等着发",
        "微信通知已送到",
    ]
    assert "<strong>2</strong>要打电话" in page


def test_all_who_were_reached_leave_the_list_at_once_and_nobody_else(
    office: Office, booked: list[int]
) -> None:
    elsewhere = open_and_book(office.service.engine, "huangtian")[0]
    office.watch.wait(hours=-2)
    in_the_chat(office, *booked[:2], elsewhere)
    office.browser("desk").post("/staff/hours/apply", CLOSE | {"site": "", "from": ""})
    for number in (booked[0], elsewhere):
        came_of(office, number, DELIVERED)
    clerk = office.browser("clerk")
    assert "有 1 个，通知已经送到" in clerk.get(LIST).get_data(as_text=True)
    clerk.post(f"{LIST}/settle-told")
    settled = [n for n in (*booked, elsewhere) if kept(office, n).settled_at is not None]
    assert settled == [booked[0]]
    assert [entry.target for entry in office.trail("settle")] == [f"appointment {booked[0]}"]
    assert "都算已联系好" not in clerk.get(LIST).get_data(as_text=True)


def test_a_long_list_begins_with_the_earliest(
    office: Office, booked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(affected, "MOST", 3)
    office.watch.wait(hours=-2)
    office.browser("desk").post("/staff/hours/apply", CLOSE)
    page = office.browser("clerk").get(LIST).get_data(as_text=True)
    assert "共 4 个，先列前 3 个" in page
    assert [kept(office, n).code in page for n in booked] == [True, True, True, False]


def apply(office: Office, **form: str) -> None:
    office.browser("desk").post("/staff/hours/apply", form)


def closed_for_three_in_the_chat(office: Office, booked: list[int]) -> None:
    """Two hours early today is closed; three of the four have WeChat. Tomorrow is open."""
    office.watch.wait(hours=-2)
    in_the_chat(office, *booked[:3])
    office.browser("desk").post("/staff/hours/apply", CLOSE)


def lift(office: Office) -> None:
    with reading(office.service.engine) as connection:
        number = connection.scalar(select(closures.c.id))
    apply(office, kind="remove_closure", id=str(number), **{"from": "oubei"})


def test_a_lifted_closure_lists_whom_it_gives_their_time_back(
    office: Office, booked: list[int]
) -> None:
    closed_for_three_in_the_chat(office, booked)
    clerk = office.browser("clerk")
    clerk.post(f"/staff/sites/oubei/appointments/{booked[0]}/settle")  # called: it is closed
    lift(office)
    came_of(office, booked[0], DELIVERED)
    page = clerk.get(LIST).get_data(as_text=True)
    assert "停办取消了" in page
    assert page.count("已联系好</button>") == 4 + 1  # and all who were reached at once
    # to call is who has no WeChat, in spite of the call before; two notices are on their way
    assert "<strong>1</strong>要打电话" in page
    assert "<strong>2</strong>通知还在路上" in page
    assert "有 4 个预约的停办取消了" in text(office.browser("desk").get("/staff/"))
    for number in booked:
        clerk.post(f"/staff/sites/oubei/appointments/{number}/settle")
    assert "停办取消了" not in text(office.browser("desk").get("/staff/"))
    assert "停办取消了" not in clerk.get(LIST).get_data(as_text=True)
    assert len(office.trail("settle")) == 1 + 4


def test_another_time_is_kept_for_those_chosen_and_they_take_it_themselves(
    office: Office, booked: list[int]
) -> None:
    closed_for_three_in_the_chat(office, booked)
    clerk = office.browser("clerk")
    page = clerk.get(LIST).get_data(as_text=True)
    assert page.count('type="checkbox"') == 3
    chosen = [("appointment", str(number)) for number in booked] + [("to", "")]
    clerk.post(f"{LIST}/offer", chosen)
    page = text(clerk.get(LIST))
    assert "给 3 个人留好了新时间" in page
    assert "1 个人不能这样留" in page  # booked by telephone: a tick that the page does not have
    kept_until = "瓯北街道 11月24日 周二 08:30，留到 11月23日 周一 22:00"  # nobody answers at 6:30
    assert page.count(kept_until) == 3  # of four places one is for walk-ins
    with writing(office.service.engine) as connection:
        held = reservation.current(connection, f"o{booked[0]}", office.watch())
        wish = ConfirmPlace(held.site, held.starts_at, "review", reminders=False, moving=True)
        taken = confirm(connection, f"o{booked[0]}", wish, office.watch(), "chat")
    assert isinstance(taken, Confirmed)
    page = text(clerk.get(LIST))
    assert "共 3 个" in page
    assert page.count(kept_until) == 2
    assert len(office.trail("offer_time")) == 3


def test_an_offer_is_told_once_and_a_second_one_takes_its_place(
    office: Office, booked: list[int]
) -> None:
    closed_for_three_in_the_chat(office, booked)
    clerk = office.browser("clerk")
    for _ in range(2):
        clerk.post(f"{LIST}/offer", {"appointment": str(booked[0]), "to": ""})
    with reading(office.service.engine) as connection:
        of_offer = select(notices.c.state).where(notices.c.kind == "rebook").order_by(notices.c.id)
        assert list(connection.scalars(of_offer)) == ["dropped", "waiting"]
        assert connection.scalar(select(func.count()).select_from(holds)) == 1


def test_nobody_is_offered_what_is_full_or_what_they_are_choosing_themselves(
    office: Office, booked: list[int]
) -> None:
    closed_for_three_in_the_chat(office, booked)
    with writing(office.service.engine) as connection:
        tomorrow = slots.c.day > office.watch().date()
        connection.execute(update(slots).where(tomorrow).values(taken=slots.c.bookable))
        one = update(slots).where(tomorrow, slots.c.starts_at == NINE_THIRTY)
        connection.execute(one.values(taken=slots.c.bookable - 1))
        held = reservation.hold(connection, f"o{booked[0]}", "oubei", NINE_THIRTY, office.watch())
        assert isinstance(held, Held)
        connection.execute(one.values(taken=slots.c.bookable - 1))
    clerk = office.browser("clerk")
    chosen = [("appointment", str(number)) for number in booked[:3]]
    clerk.post(f"{LIST}/offer", chosen)
    page = text(clerk.get(LIST))
    assert "1 个人自己正在选时间" in page
    assert "给 1 个人留好了新时间" in page
    assert "1 个人没留成" in page


@pytest.mark.parametrize("chosen", ["", "x", "0", "99999999999", "1' or 1=1"])
def test_a_strange_choice_offers_nothing(office: Office, booked: list[int], chosen: str) -> None:
    answer = office.browser("clerk").post(f"{LIST}/offer", {"appointment": chosen, "to": "nowhere"})
    assert answer.status_code == 302
    assert office.trail("offer_time") == []


def test_a_clerk_offers_nothing_to_those_of_another_window(
    office: Office, booked: list[int]
) -> None:
    elsewhere = open_and_book(office.service.engine, "huangtian")[0]
    office.watch.wait(hours=-2)
    in_the_chat(office, elsewhere)
    apply(office, **(CLOSE | {"site": "huangtian", "from": "huangtian"}))
    office.browser("clerk").post(f"{LIST}/offer", {"appointment": str(elsewhere)})
    assert office.trail("offer_time") == []
    office.browser("desk").post(f"{LIST}/offer", {"appointment": str(elsewhere), "to": "oubei"})
    assert len(office.trail("offer_time")) == 1


def test_one_button_keeps_a_time_for_everyone_listed(office: Office, booked: list[int]) -> None:
    closed_for_three_in_the_chat(office, booked)
    clerk = office.browser("clerk")
    assert "给列出的 3 个人都留" in text(clerk.get(LIST))
    clerk.post(f"{LIST}/offer", {"all": "1", "to": "huangtian"})
    assert "3 个人没留成" in text(clerk.get(LIST))  # nothing is open there
    clerk.post(f"{LIST}/offer", {"all": "1", "to": ""})
    assert "给 3 个人留好了新时间" in text(clerk.get(LIST))


def test_a_lifted_closure_frees_the_place_that_was_kept_but_none_of_ones_own_choice(
    office: Office, booked: list[int]
) -> None:
    closed_for_three_in_the_chat(office, booked)
    office.browser("clerk").post(f"{LIST}/offer", {"appointment": str(booked[0])})
    with writing(office.service.engine) as connection:
        reservation.hold(connection, f"o{booked[1]}", "oubei", NINE_THIRTY, office.watch())
    lift(office)
    with reading(office.service.engine) as connection:
        assert list(connection.scalars(select(holds.c.person))) == [f"o{booked[1]}"]
        of_offer = select(notices.c.state).where(notices.c.kind == "rebook")
        assert connection.scalar(of_offer) == "dropped"


def test_who_has_no_telephone_and_cannot_be_reached_is_not_among_those_to_call(
    office: Office, booked: list[int]
) -> None:
    closed_for_three_in_the_chat(office, booked)
    came_of(office, booked[0], REFUSED)
    with writing(office.service.engine) as connection:
        mine = update(appointments).where(appointments.c.id == booked[0])
        connection.execute(mine.values(phone=None, phone_index=None, phone_tail_index=None))
    page = text(office.browser("clerk").get(LIST))
    assert "<strong>1</strong>要打电话" in page  # booked by telephone
    assert "<strong>1</strong>发不到，也没有电话" in page
    assert "本人打开“我的预约”才会看到" in page
