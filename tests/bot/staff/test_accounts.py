import re
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from bot.booking.tables import appointments
from bot.cli.staff import command
from bot.database import engine_for, reading, writing
from bot.models.staff import AuditEntry
from bot.people import forget
from bot.staff import audit
from bot.staff.auth import members, passwords
from bot.staff.forms import given_day, given_time, short_text, telephone, whole
from bot.staff.privacy import blank
from bot.staff.words import masked_name, masked_phone
from tests.bot.setting_up import NOW
from tests.bot.staff.office import PASSWORD, Office, enrolled
from tests.bot.talks import not_understood
from tests.bot.web import Browser

NEW = {"account": "lifang", "name": "李芳", "role": "window", "site": "oubei"}
FIRST = re.compile(r"初始密码：<b>([a-z0-9-]+)</b>")


def test_an_account_is_made_with_a_password_shown_once(office: Office) -> None:
    boss = office.browser("boss")
    boss.get("/staff/accounts")
    shown = FIRST.search(boss.post("/staff/accounts", NEW).get_data(as_text=True))
    assert shown
    assert shown[1] not in boss.get("/staff/accounts").get_data(as_text=True)
    clerk = Browser(office.app)
    enrolled(office, clerk, "lifang", shown[1])
    assert clerk.get("/staff/").headers["Location"] == "/staff/password"
    assert [entry.target for entry in office.trail("add_member")] == ["lifang"]


def test_of_an_account_sent_twice_the_password_on_the_screen_is_the_right_one(
    office: Office,
) -> None:
    boss = office.browser("boss")
    for _ in range(2):
        answer = boss.post("/staff/accounts", NEW)
    shown = FIRST.search(answer.get_data(as_text=True))
    assert shown
    clerk = Browser(office.app)
    clerk.get("/staff/sign-in")
    signed_in = clerk.post("/staff/sign-in", {"account": "lifang", "password": shown[1]})
    assert signed_in.status_code == 302
    assert len(office.trail("add_member")) == 1
    office.watch.wait(minutes=2)
    assert boss.post("/staff/accounts", NEW).status_code == 409


@pytest.mark.parametrize(
    "changes",
    [
        {"account": "X"},
        {"account": "clerk"},
        {"name": ""},
        {"role": "king"},
        {"site": ""},
        {"site": "nowhere"},
    ],
)
def test_a_faulty_account_is_not_made(office: Office, changes: dict[str, str]) -> None:
    boss = office.browser("boss")
    boss.get("/staff/accounts")
    assert boss.post("/staff/accounts", NEW | changes).status_code in (400, 409)
    assert office.trail("add_member") == []


def test_a_forgotten_password_is_reset_and_the_old_sessions_end(office: Office) -> None:
    clerk, boss = office.browser("clerk"), office.browser("boss")
    answer = boss.post(f"/staff/accounts/{office.ids['clerk']}/password")
    assert FIRST.search(answer.get_data(as_text=True))
    assert clerk.get("/staff/sites/oubei").status_code == 302


def test_an_administrator_cannot_close_the_own_account(office: Office) -> None:
    boss = office.browser("boss")
    own = f"/staff/accounts/{office.ids['boss']}/active"
    assert boss.post(own, {"active": "0"}).status_code == 403
    assert boss.post("/staff/accounts/999/active", {"active": "0"}).status_code == 404


def test_a_colleague_gets_another_role_or_window(office: Office) -> None:
    clerk, boss = office.browser("clerk"), office.browser("boss")
    own = f"/staff/accounts/{office.ids['clerk']}"
    boss.get(own)
    boss.post(f"{own}/role", {"role": "window", "site": "dongcheng"})
    assert clerk.get("/staff/sites/oubei").headers["Location"] == "/staff/sign-in"
    clerk = office.browser("clerk")
    assert clerk.get("/staff/sites/oubei").status_code == 403
    assert clerk.get("/staff/sites/dongcheng").status_code == 200
    boss.post(f"{own}/role", {"role": "county", "site": "dongcheng"})
    page = boss.get(own).get_data(as_text=True)
    assert "全县" in page
    assert "身份换好了" in page
    kept = [entry.detail for entry in office.trail("change_role")]
    assert kept == ['{"role": "window", "site": "dongcheng"}', '{"role": "county", "site": null}']


@pytest.mark.parametrize(
    "fields", [{"role": "king"}, {"role": "window"}, {"role": "window", "site": "x"}]
)
def test_a_faulty_role_is_not_given(office: Office, fields: dict[str, str]) -> None:
    boss = office.browser("boss")
    own = f"/staff/accounts/{office.ids['desk']}"
    boss.get(own)
    assert boss.post(f"{own}/role", fields).status_code == 400
    assert office.trail("change_role") == []


def test_one_made_administrator_enrols_a_telephone_first(office: Office) -> None:
    boss = office.browser("boss")
    boss.get("/staff/accounts")
    boss.post(f"/staff/accounts/{office.ids['desk']}/role", {"role": "administrator"})
    desk = Browser(office.app)
    desk.get("/staff/sign-in")
    answer = desk.post("/staff/sign-in", {"account": "desk", "password": PASSWORD})
    assert answer.headers["Location"] == "/staff/second-step"
    assert desk.get("/staff/accounts").headers["Location"] == "/staff/second-step"


def test_two_administrators_cannot_both_take_it_from_each_other(office: Office) -> None:
    """Each asks before the other has answered; anyone who is second is none any more."""
    with writing(office.service.engine) as connection:
        members.change(connection, office.ids["desk"], role="administrator")
        assert members.is_administrator(connection, office.ids["boss"])
        members.change(connection, office.ids["boss"], role="county")
        assert not members.is_administrator(connection, office.ids["boss"])
        members.change(connection, office.ids["desk"], active=False)
        assert not members.is_administrator(connection, office.ids["desk"])


def test_the_trail_is_shown_to_administrators_with_names_masked(office: Office) -> None:
    with office.service.engine.begin() as connection:
        about: dict[str, object] = {"name": "张三丰", "phone": "13812345678"}
        audit.record(connection, NOW, "clerk", "book_by_phone", "appointment 1", about)
    page = office.browser("boss").get("/staff/trail?account=clerk").get_data(as_text=True)
    assert "替人预约" in page
    assert "姓名 张**，电话 138****5678" in page
    assert "张三丰" not in page


def test_personal_data_leaves_the_trail_in_time_and_the_rest_stays(office: Office) -> None:
    with office.service.engine.begin() as connection:
        for age in (100, 80):
            at = NOW - timedelta(days=age)
            audit.record(connection, at, "clerk", "book_by_phone", str(age), {"name": "张三丰"})
    assert blank(office.service.engine, NOW, keep_days=90) == {"audit": 1}
    kept = {entry.target: entry.personal for entry in office.trail("book_by_phone")}
    assert kept["100"] is None
    assert "张三丰" in (kept["80"] or "")


def written_trail(office: Office) -> str:
    with reading(office.service.engine) as connection:
        return str(connection.execute(select(AuditEntry)).all())


def test_free_words_leave_the_trail_with_the_names(office: Office, booked: list[int]) -> None:
    said = "我叫张三丰怎么办"
    with writing(office.service.engine) as connection:
        not_understood(connection, said, said + "呢")
    desk = office.browser("desk")
    desk.get("/staff/unmatched")
    desk.post("/staff/unmatched/teach", {"text": said, "topic": "permit_needed"})
    desk.post("/staff/unmatched/unteach", {"text": said})
    desk.post("/staff/unmatched/dismiss", {"text": said + "呢"})
    own = f"/staff/sites/oubei/appointments/{booked[0]}"
    desk.get(own)
    desk.post(f"{own}/call-off", {"reason": "张三丰 13812345678 改天来"})
    assert written_trail(office).count("张三丰") == 4
    assert "改天来" in office.browser("boss").get("/staff/trail").get_data(as_text=True)
    blank(office.service.engine, NOW + timedelta(days=91), keep_days=90)
    assert "张三丰" not in written_trail(office)
    assert len(office.trail("cancel")) == 1


def test_a_forgotten_person_is_forgotten_by_the_trail_too(
    office: Office, booked: list[int]
) -> None:
    with writing(office.service.engine) as connection:
        mine = update(appointments).where(appointments.c.id == booked[0])
        connection.execute(mine.values(person="anna"))
        for number in booked[:2]:
            about: dict[str, object] = {"reason": "张三丰要改天"}
            audit.record(connection, NOW, "clerk", "cancel", f"appointment {number}", about)
    with writing(office.service.engine) as connection:
        forget(connection, "anna")
    kept = [entry.personal is None for entry in office.trail("cancel")]
    assert kept == [True, False]


def test_the_first_administrator_comes_from_the_command_line(url: str) -> None:
    made = CliRunner().invoke(command, ["--url", url, "create", "first"])
    assert made.exit_code == 0, made.output
    password = made.output.split()[-1]
    with reading(engine_for(url)) as connection:
        member, stored = members.by_account(connection, "first")
    assert member
    assert member.role == "administrator"
    assert member.must_change_password
    assert passwords.matches(password, stored)
    again = CliRunner().invoke(command, ["--url", url, "create", "first"])
    assert again.exit_code == 1
    assert "already" in again.output


def test_a_typed_password_must_be_good(url: str) -> None:
    for bad, said in (("short", "at least 12"), ("password1234", "easy to guess")):
        weak = CliRunner().invoke(
            command, ["--url", url, "create", "first", "--prompt"], input=f"{bad}\n{bad}\n"
        )
        assert weak.exit_code == 1
        assert said in weak.output
    good = "a long and odd one"
    typed = CliRunner().invoke(
        command, ["--url", url, "create", "first", "--prompt"], input=f"{good}\n{good}\n"
    )
    assert typed.exit_code == 0
    assert good not in typed.output


def test_a_window_clerk_needs_a_site(url: str) -> None:
    made = CliRunner().invoke(command, ["--url", url, "create", "c", "--role", "window"])
    assert made.exit_code == 1
    assert "--site" in made.output
    arguments = ["--url", url, "create", "c", "--role", "window", "--site", "nowhere"]
    made = CliRunner().invoke(command, arguments)
    assert made.exit_code == 1
    assert "no township 'nowhere'" in made.output


def test_generated_passwords_differ_and_can_be_copied_by_hand() -> None:
    made = {passwords.generated() for _ in range(50)}
    assert len(made) == 50
    assert not any(set(one) & set("01lio") for one in made)


def test_masks_and_what_clerks_type() -> None:
    assert [masked_name(one) for one in ("张三丰", "李四", "", None)] == ["张**", "李*", "", ""]
    assert masked_phone("13812345678") == "138****5678"
    assert masked_phone("665812") == "****12"
    assert telephone("(0577) 5766-5812") == "057757665812"
    assert telephone("call me") is None
    assert given_day("2026-13-01", NOW.date()) == NOW.date()
    assert given_time("25:00") is None
    assert whole("7", 1, 7) == 7
    assert whole("8", 1, 7) is None
    assert short_text(" 停\x00电\n了 ", 2) == "停电"


def test_the_only_administrator_gets_in_again_from_the_command_line(office: Office) -> None:
    url = office.service.settings.database_url
    boss = office.browser("boss")
    done = CliRunner().invoke(command, ["--url", url, "reset", "boss"])
    assert done.exit_code == 0, done.output
    assert boss.get("/staff/accounts").status_code == 302
    with reading(office.service.engine) as connection:
        member, stored = members.by_account(connection, "boss")
    assert member
    assert member.totp_secret is None
    assert passwords.matches(done.output.split()[-1], stored)
    assert CliRunner().invoke(command, ["--url", url, "reset", "nobody"]).exit_code == 1
