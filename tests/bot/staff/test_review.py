import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from bot import create_app
from bot.booking import counter
from bot.booking.tables import appointments, notices
from bot.database import reading, writing
from bot.models import ConversationRow
from bot.outbox.wording import load_notices
from bot.people import everything_about, forget
from bot.worksheets import latest_result, read
from scoring import load_ruleset
from tests.bot.setting_up import settings_for
from tests.bot.staff.office import Office, hired, open_and_book, text
from tests.bot.talks import know_a_missing_key, rewrite_talks
from tests.bot.web import Browser, Watch, signed_in, talked
from tests.scoring.amendments import guide_example

ME = "oMe-0001-openid"
CLAIMED = (
    "age",
    "junior_college",
    "skill_3",
    "social_insurance",
    "residence",
    "let_home",
    "volunteer_services",
)


def prepared(office: Office, booked: list[int]) -> str:
    """The citizen, known from the chat, stands at the window; the address of the worksheet."""
    talked(office.service, ME)
    with writing(office.service.engine) as connection:
        mine = update(appointments).where(appointments.c.id == booked[0])
        connection.execute(mine.values(person=ME, name=None, phone=None, state="serving"))
    return f"/staff/sites/oubei/appointments/{booked[0]}/review"


def opened(office: Office, booked: list[int]) -> tuple[Browser, str]:
    """A clerk's browser with the citizen's worksheet, and its address."""
    browser, address = office.browser("clerk"), prepared(office, booked)
    browser.get(address)
    return browser, address


def arrive(office: Office, number: int) -> None:
    with writing(office.service.engine) as connection:
        assert counter.step(connection, number, "arrived", office.watch())


def decided(**changes: str) -> dict[str, str]:
    return {f"result-{item}": "verified" for item in CLAIMED} | changes


def sheet_of(office: Office, number: int) -> Any:
    with reading(office.service.engine) as connection:
        return read(connection, number, None)


def test_the_worksheet_begins_with_the_citizens_own_estimate(
    office: Office, booked: list[int]
) -> None:
    page = office.browser("clerk").get(prepared(office, booked)).get_data(as_text=True)
    assert "本人估算 66 分" in page
    assert "10.5 分" in page
    assert "学历电子注册备案表" in page


def test_the_window_reads_which_papers_the_citizen_said_to_have(
    office: Office, booked: list[int]
) -> None:
    address = prepared(office, booked)
    ticks = {"have": ["身份证"], "missing": ["学信网《学历电子注册备案表》"]}
    with writing(office.service.engine) as connection:
        told = {"consented": True, "facts": {"education": "bachelor"}, "papers": ticks}
        rewrite_talks(connection, json.dumps(told))
    page = office.browser("clerk").get(address).get_data(as_text=True)
    assert (
        "本人自己说：有 身份证。还缺 学信网《学历电子注册备案表》。没说有没有 浙江省居住证。"
        in page
    )


def test_a_draft_is_kept_and_nobody_is_told(office: Office, booked: list[int]) -> None:
    browser, address = opened(office, booked)
    browser.post(address, {"result-age": "verified", "papers-age": "身份证"})
    line = sheet_of(office, booked[0]).lines["age"]
    assert (line.result, line.verified, line.papers) == ("verified", 20, "身份证")
    assert sheet_of(office, booked[0]).sent_at is None
    with reading(office.service.engine) as connection:
        assert connection.execute(select(notices.c.id)).all() == []


def test_it_cannot_be_sent_while_something_is_open_or_without_a_reason(
    office: Office, booked: list[int]
) -> None:
    browser, address = opened(office, booked)
    half, unreasoned = {"result-age": "verified"}, decided(**{"result-age": "refused"})
    for version, fields in enumerate((half, unreasoned)):
        browser.post(address, fields | {"send": "1", "version": str(version)})
        assert "还不能定" in browser.get(address).get_data(as_text=True)
        assert sheet_of(office, booked[0]).sent_at is None


def test_the_result_is_sent_once_and_then_stands(office: Office, booked: list[int]) -> None:
    browser, address = opened(office, booked)
    changed = {
        "result-social_insurance": "changed",
        "verified-social_insurance": "21",
        "reason-social_insurance": "按每月 0.5 分核定",
        "send": "1",
    }
    answer = browser.post(address, decided(**changed))
    assert answer.headers["Location"] == "/staff/sites/oubei"
    page = browser.get("/staff/sites/oubei").get_data(as_text=True)
    assert "办完了，系统会把结果发给本人" in page
    assert len(office.trail("finish")) == 1
    trail = office.browser("boss").get("/staff/trail?action=send_review").get_data(as_text=True)
    assert f'<a href="{address.removesuffix("/review")}">预约 {booked[0]}</a>' in trail
    assert sheet_of(office, booked[0]).total == 66 - 10.5 + 21
    with reading(office.service.engine) as connection:
        (notice,) = connection.execute(select(notices)).all()
    assert (notice.person, notice.kind) == (ME, "reviewed")
    assert load_notices().page("reviewed") == "/sheet"
    browser.get("/staff/password")
    assert browser.post(address, decided(send="1")).status_code == 409
    assert (len(office.trail("save_review")), len(office.trail("send_review"))) == (1, 1)
    assert "结果错了，更正" in browser.get(address).get_data(as_text=True)


def test_a_result_that_went_out_wrong_is_put_right(office: Office, booked: list[int]) -> None:
    browser, address = opened(office, booked)
    browser.post(address, decided(send="1") | {"papers-age": "身份证"})
    assert "身份证" in browser.get(address).get_data(as_text=True)
    for _tapped_twice in range(2):
        browser.post(f"{address}/reopen")
        assert "改好请再发一次" in browser.get(address).get_data(as_text=True)
        with reading(office.service.engine) as connection:
            taken_back = latest_result(connection, ME)
        assert taken_back
        assert (taken_back.sent_at, taken_back.taken_back_at) == (None, office.watch())
    right = {"result-age": "changed", "verified-age": "19", "reason-age": "看错了生日"}
    version = sheet_of(office, booked[0]).version
    browser.post(address, decided(send="1", version=str(version)) | right)
    with reading(office.service.engine) as connection:
        sheet = latest_result(connection, ME)
        told = connection.execute(select(notices.c.id).where(notices.c.kind == "reviewed"))
        assert len(told.all()) == 2
    assert sheet
    assert (sheet.total, sheet.lines["age"].reason) == (65, "看错了生日")
    assert len(office.trail("reopen_review")) == 1


def test_its_owner_learns_that_a_result_was_taken_back_and_then_the_new_one(
    office: Office, booked: list[int], citizen: Browser
) -> None:
    """By a sheet that has nothing else to show, too: the talk may have been forgotten."""
    browser, address = opened(office, booked)
    browser.post(address, decided(send="1"))
    assert "合计 <b>66 分</b>" in text(citizen.get("/sheet"))
    office.watch.wait(minutes=5)
    browser.post(f"{address}/reopen")
    assert "收回去更正了" in text(citizen.get("/sheet"))
    with writing(office.service.engine) as connection:
        connection.execute(delete(ConversationRow))
    answer = citizen.get("/sheet")
    assert answer.status_code == 200
    assert "<h1>结果收回去更正了</h1>" in text(answer)
    browser.post(address, decided(send="1", version="1"))
    page = text(citizen.get("/sheet"))
    assert "这是更正过的结果" in page
    assert "合计 <b>66 分</b>" in page


def test_claims_are_never_taken_from_the_form(office: Office, booked: list[int]) -> None:
    browser, address = opened(office, booked)
    browser.post(address, {"result-age": "verified", "claimed-age": "99"})
    assert sheet_of(office, booked[0]).lines["age"].claimed == 20


def test_nonsense_points_are_refused(office: Office, booked: list[int]) -> None:
    browser, address = opened(office, booked)
    for points in ("NaN", "1e9", "八分", "Infinity", "-5"):
        typed = {"reason-age": "看过户口簿"}
        answer = browser.post(address, typed | {"result-age": "changed", "verified-age": points})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 400
        assert f'value="{points[:7]}" aria-invalid="true"' in page
        assert '改好再存一次：<a href="#item-age">年龄</a>。' in page
        assert "看过户口簿" in page
    assert office.trail("save_review") == []


def test_points_that_differ_are_a_change_and_need_a_reason(
    office: Office, booked: list[int]
) -> None:
    browser, address = opened(office, booked)
    said = {"result-age": "verified", "verified-age": "15", "verified-residence": "12.5"}
    browser.post(address, said | {"result-let_home": "changed"})
    lines = sheet_of(office, booked[0]).lines
    assert [lines[id].result for id in ("age", "residence", "let_home")] == [
        *("changed", "verified", "changed")
    ]
    assert [lines[id].is_complete for id in ("age", "residence", "let_home")] == [
        *(False, True, False)
    ]
    page = browser.get(address).get_data(as_text=True)
    assert (page.count("要写原因<"), page.count("要填核定分<")) == (1, 1)
    assert '<a href="#item-let_home">租住合法住房、单位宿舍</a>' in page
    assert 'href="#item-residence"' not in page


def test_without_an_estimate_the_clerk_fills_in_what_there_is(
    office: Office, booked: list[int]
) -> None:
    address = f"/staff/sites/oubei/appointments/{booked[1]}/review"
    browser = office.browser("clerk")
    arrive(office, booked[1])
    page = browser.get(address).get_data(as_text=True)
    assert "没有本人的估算" in page
    assert "定下来，办完" in page
    fields = {"result-age": "changed", "verified-age": "20", "reason-age": "有身份证", "send": "1"}
    browser.post(address, fields)
    assert sheet_of(office, booked[1]).total == 20
    assert "请当面告诉本人" in browser.get(address).get_data(as_text=True)
    with reading(office.service.engine) as connection:
        assert connection.execute(select(notices.c.id)).all() == []  # nobody to send it to


def test_every_row_of_the_rules_can_be_reviewed(office: Office, booked: list[int]) -> None:
    page = office.browser("clerk").get(prepared(office, booked)).get_data(as_text=True)
    for item in load_ruleset("yongjia-2022").items():
        assert (f'name="result-{item.id}"' in page) == bool(item.fact_ids())


def test_the_citizen_sees_the_result_among_the_own_data_and_can_have_it_forgotten(
    office: Office, booked: list[int]
) -> None:
    browser, address = opened(office, booked)
    browser.post(address, decided(send="1", **{"papers-age": "身份证 330324"}))
    with writing(office.service.engine) as connection:
        assert "review" in everything_about(connection, ME)
        forget(connection, ME)
        assert everything_about(connection, ME) == {}
        assert latest_result(connection, ME) is None
    assert sheet_of(office, booked[0]).lines["age"].papers == ""


@pytest.fixture
def citizen(office: Office) -> Browser:
    """The citizen's own browser, signed in to the pages."""
    return signed_in(office.app, ME)


@pytest.fixture
def amended(tmp_path: Path, sqlite: Path, watch: Watch) -> tuple[Office, list[int]]:
    """An office with rules of its own: deductions among them. Everybody stands at the window."""
    own = tmp_path / "rules"
    own.mkdir()
    (own / "own.yaml").write_text(guide_example("amendment"), encoding="utf-8")
    shutil.copy(sqlite, tmp_path / "amended.db")
    database = f"sqlite:///{tmp_path / 'amended.db'}"
    app = create_app(settings_for(tmp_path, rules=own, database_url=database), watch)
    service = app.extensions["xinshimin"]
    office = Office(app, service, watch, hired(service.engine))
    numbers = open_and_book(service.engine)
    for number in numbers:
        arrive(office, number)
    watch.now = watch.now.replace(year=2027, month=1, day=4)
    return office, numbers


def test_rows_that_the_office_replaced_are_reviewed_once(
    amended: tuple[Office, list[int]],
) -> None:
    office, (number, *_) = amended
    address = f"/staff/sites/oubei/appointments/{number}/review"
    browser = office.browser("desk")
    assert browser.get(address).status_code == 200
    fields = {"result-age": "changed", "verified-age": "20", "reason-age": "x", "send": "1"}
    assert browser.post(address, fields).status_code == 302
    assert sheet_of(office, number).total == 20
    assert "减分" not in browser.get(address).get_data(as_text=True)
    assert browser.get("/staff/rules").status_code == 200
    assert browser.get("/staff/reports").status_code == 200


def test_a_decision_never_overwrites_points_that_stand_beside_it(
    office: Office, booked: list[int]
) -> None:
    """What contradicts itself is kept as it was typed, and does not go out."""
    browser, address = opened(office, booked)
    steps = {
        ("changed", "15"): ("changed", 15, "reason"),
        ("verified", "15"): ("changed", 15, "reason"),
        ("refused", "15"): ("refused", 15, "zero"),
        ("open", "15"): ("changed", 15, "reason"),
        ("verified", ""): ("verified", 20, ""),
        ("refused", ""): ("refused", 0, "reason"),
        ("open", ""): ("open", None, "result"),
    }
    for version, ((result, typed), expected) in enumerate(steps.items()):
        fields = {"result-age": result, "verified-age": typed, "version": str(version)}
        browser.post(address, fields | {"send": "1"})
        line = sheet_of(office, booked[0]).lines["age"]
        assert (line.result, line.verified, line.lacks) == expected
        shown = 'name="verified-age" inputmode="decimal" size="5" maxlength="7" autocomplete="off"'
        assert f'{shown} value="{typed}"' in text(browser.get(address))


def test_a_walk_ins_points_count_as_ticked(office: Office, booked: list[int]) -> None:
    """Nothing was claimed, so nothing differs; ticked again the points are there."""
    address = f"/staff/sites/oubei/appointments/{booked[1]}/review"
    browser = office.browser("clerk")
    arrive(office, booked[1])
    browser.get(address)
    fields = {"result-age": "verified", "verified-age": "20", "send": "1"}
    browser.post(address, fields | {"result-residence": "refused"})
    assert sheet_of(office, booked[1]).sent_at is None
    browser.post(address, fields | {"version": "1"})
    sheet = sheet_of(office, booked[1])
    assert (sheet.sent_at, sheet.total) == (office.watch(), 20)


def test_true_without_a_claim_and_without_points_is_not_decided(
    office: Office, booked: list[int]
) -> None:
    address = f"/staff/sites/oubei/appointments/{booked[1]}/review"
    browser = office.browser("clerk")
    arrive(office, booked[1])
    browser.get(address)
    browser.post(address, {"result-age": "verified", "send": "1"})
    assert sheet_of(office, booked[1]).lines["age"].lacks == "points"


def test_deductions_that_the_office_filled_in_are_reviewed_too(
    amended: tuple[Office, list[int]],
) -> None:
    office, (number, *_) = amended
    address = f"/staff/sites/oubei/appointments/{number}/review"
    browser = office.browser("desk")
    page = browser.get(address).get_data(as_text=True)
    assert "<h2>减分</h2>" in page
    assert "示例减分情形一" in page
    assert "每次扣 2 分，最多扣 10 分" in page
    points = {"verified-deduction_1": "4", "verified-deduction_4": "-30", "verified-age": "20"}
    browser.post(address, points)
    lines = sheet_of(office, number).lines
    assert [(lines[id].claimed, lines[id].verified) for id in ("deduction_1", "deduction_4")] == [
        *((0, -4), (0, -30))
    ]
    why = {
        f"{name}-{id}": text
        for id in lines
        for name, text in (("reason", "x"), ("result", "changed"))
    }
    browser.post(address, points | why | {"version": "1", "send": "1"})
    assert sheet_of(office, number).total == 20 - 4 - 30
    shown = browser.get(address).get_data(as_text=True)
    assert "合计 -14 分" in shown
    assert "示例减分情形二" in shown


def test_nothing_is_reviewed_before_somebody_came(office: Office, booked: list[int]) -> None:
    own = f"/staff/sites/oubei/appointments/{booked[1]}"
    browser = office.browser("clerk")
    assert browser.get(f"{own}/review").headers["Location"] == own
    fields = {"result-age": "changed", "verified-age": "20", "reason-age": "x", "send": "1"}
    assert "人还没有签到" in text(browser.get(own))
    answer = browser.post(f"{own}/review", fields)
    assert answer.status_code == 409
    assert "所以这次没有存" in text(answer)
    assert 'value="20"' in text(answer)
    assert office.trail("save_review") == []


def test_a_colleagues_draft_is_not_overwritten_unseen(office: Office, booked: list[int]) -> None:
    address = prepared(office, booked)
    first, second = office.browser("clerk"), office.browser("desk")
    for browser in (first, second):
        assert 'name="version" value="0"' in browser.get(address).get_data(as_text=True)
    first.post(address, {"papers-age": "身份证", "version": "0"})
    answer = second.post(address, {"papers-age": "户口簿", "version": "0"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "同事（clerk）也存了一份" in page
    assert "户口簿" in page
    assert sheet_of(office, booked[0]).lines["age"].papers == "身份证"
    assert 'name="version" value="1"' in page
    assert "换我来办，存我填的" in page
    second.post(address, {"papers-age": "户口簿", "version": "1", "holder": "clerk"})
    assert sheet_of(office, booked[0]).lines["age"].papers == "户口簿"


def test_points_beyond_the_rules_are_neither_kept_nor_sent(
    office: Office, booked: list[int]
) -> None:
    browser, address = opened(office, booked)
    for send in ("0", "1"):
        for item, points, said in (
            ("social_insurance", "300", "规则里是 0～30 分，您填的是 300 分"),
            ("age", "-5", "规则里是 0～20 分，您填的是 -5 分"),
            ("blood_donations", "10.01", "规则里是 0～10 分，您填的是 10.01 分"),
            ("deduction_1", "400", ""),  # nobody knows yet what it is: it is on no sheet
        ):
            typed = {f"result-{item}": "changed", f"verified-{item}": points}
            answer = browser.post(address, decided(send=send) | typed | {f"reason-{item}": "写错"})
            assert answer.status_code == 400
            assert said in text(answer)
    assert office.trail("save_review") == office.trail("send_review") == []


def test_a_deduction_takes_off_no_more_than_it_may(
    amended: tuple[Office, list[int]],
) -> None:
    office, (number, *_) = amended
    address = f"/staff/sites/oubei/appointments/{number}/review"
    browser = office.browser("desk")
    assert "最多扣 10 分" in text(browser.get(address))
    for points in ("400", "-400"):
        typed = {"verified-deduction_1": points, "reason-deduction_1": "查到", "send": "1"}
        answer = browser.post(address, typed)
        assert answer.status_code == 400
        assert "规则里是 最多扣 10 分，您填的是 400 分" in text(answer)
    assert office.trail("save_review") == []


def test_the_total_of_a_result_keeps_to_the_caps_and_stands(
    office: Office, booked: list[int]
) -> None:
    """Of several degrees the highest counts; what was sent is not computed anew."""
    address = f"/staff/sites/oubei/appointments/{booked[1]}/review"
    browser = office.browser("clerk")
    arrive(office, booked[1])
    browser.get(address)
    points = {"junior_college": "8", "bachelor_or_above": "10", "owned_home": "15", "let_home": "5"}
    browser.post(address, {f"verified-{id}": one for id, one in points.items()} | {"send": "1"})
    assert sheet_of(office, booked[1]).total == 10 + 15
    assert "合计 25 分（各项相加 38 分，超过最高分的不计）" in text(browser.get(address))
    (entry,) = office.trail("send_review")
    assert '"points": "25.00"' in entry.personal
    assert "25" not in entry.detail


@pytest.mark.parametrize("damaged", ["lines", "total"])
def test_a_worksheet_that_does_not_open_says_so_and_can_be_done_anew(
    office: Office, booked: list[int], damaged: str
) -> None:
    browser, address = opened(office, booked)
    browser.post(address, decided(send="1"))
    with writing(office.service.engine) as connection:
        connection.exec_driver_sql(f"UPDATE reviews SET {damaged} = substr({damaged}, 1, 40)")
        sheet = latest_result(connection, ME)
    assert sheet is not None
    assert sheet.unread
    page = text(browser.get(address))
    assert "以前存的内容读不出来了" in page
    assert "合计" not in page.partition("各项结果")[0]
    browser.post(f"{address}/reopen")
    draft = sheet_of(office, booked[0])
    again = browser.post(address, decided(send="1", version=str(draft.version)))
    assert again.status_code == 302
    assert "读不出" not in text(browser.get(address))
    assert not sheet_of(office, booked[0]).unread


def test_a_talk_that_does_not_open_leaves_the_worksheet_without_claims(
    office: Office, booked: list[int]
) -> None:
    browser, address = opened(office, booked)
    with writing(office.service.engine) as connection:
        connection.exec_driver_sql("UPDATE conversations SET talk = substr(talk, 1, 60)")
    assert "没有本人的估算，请当面问" in text(browser.get(address))


def test_a_worksheet_of_a_missing_key_is_not_written_over(
    office: Office, booked: list[int]
) -> None:
    browser, address = opened(office, booked)
    browser.post(address, decided())
    other = "UPDATE reviews SET lines = 's1.00000000' || substr(lines, 12)"
    with writing(office.service.engine) as connection:
        know_a_missing_key(connection)
        connection.exec_driver_sql(other)
        before = connection.exec_driver_sql("SELECT lines FROM reviews").scalar_one()
    assert "以前存的内容读不出来了" in text(browser.get(address))
    assert browser.post(address, decided(version="1")).status_code == 503
    with reading(office.service.engine) as connection:
        assert connection.exec_driver_sql("SELECT lines FROM reviews").scalar_one() == before
