import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from bot import create_app
from bot.booking import transitions
from bot.booking.tables import appointments, notices
from bot.database import reading, writing
from bot.models import ConversationRow
from bot.outbox.wording import load_notices
from bot.people import everything_about, forget
from bot.worksheets import latest_result, read
from scoring import load_ruleset
from tests.bot.setting_up import settings_for
from tests.bot.staff.office import Office, hired, kept, open_and_book, text
from tests.bot.talks import know_a_missing_key, rewrite_talks
from tests.bot.web import Browser, Watch, signed_in, talked
from tests.scoring.amendments import guide_example

ME = "oMe-0001-openid"
CLAIMED = (  # by their first facts
    "birth_date",
    "education",
    "skill",
    "social_insurance_months",
    "residence_months",
    "rented_years",
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
        assert transitions.step(connection, number, "arrived", office.watch())


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
    assert "本人自己说：有 身份证。还缺 学信网《学历电子注册备案表》。以您看到的为准。" in page
    assert '学信网《学历电子注册备案表》<span class="small soft">（本人说缺）' in page


def test_a_draft_is_kept_and_nobody_is_told(office: Office, booked: list[int]) -> None:
    browser, address = opened(office, booked)
    browser.post(address, {"result-birth_date": "verified", "papers-birth_date": "身份证"})
    line = sheet_of(office, booked[0]).lines["age"]
    assert (line.result, line.verified, line.papers) == ("verified", 20, "身份证")
    assert sheet_of(office, booked[0]).sent_at is None
    with reading(office.service.engine) as connection:
        assert connection.execute(select(notices.c.id)).all() == []


def test_it_cannot_be_sent_while_something_is_open_or_without_a_reason(
    office: Office, booked: list[int]
) -> None:
    browser, address = opened(office, booked)
    half = {"result-birth_date": "verified"}
    unreasoned = decided(**{"result-birth_date": "refused"})
    for version, fields in enumerate((half, unreasoned)):
        browser.post(address, fields | {"send": "1", "version": str(version)})
        assert "还不能定" in browser.get(address).get_data(as_text=True)
        assert sheet_of(office, booked[0]).sent_at is None


def test_the_result_is_sent_once_and_then_stands(office: Office, booked: list[int]) -> None:
    browser, address = opened(office, booked)
    changed = {  # the rate can be read in two ways, so the window may set the points between them
        "result-social_insurance_months": "changed",
        "verified-social_insurance": "21",
        "reason-social_insurance_months": "按每月 0.5 分核定",
        "send": "1",
    }
    answer = browser.post(address, decided(**changed))
    assert answer.headers["Location"] == "/staff/sites/oubei"
    page = browser.get("/staff/sites/oubei").get_data(as_text=True)
    assert "办完了，正在发公众号消息给本人" in page
    assert len(office.trail("finish")) == 1
    trail = office.browser("boss").get("/staff/trail?action=send_review").get_data(as_text=True)
    code = kept(office, booked[0]).code
    assert f'<a href="{address.removesuffix("/review")}">预约 {code}</a>' in trail
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
    browser.post(address, decided(send="1") | {"papers-birth_date": "身份证"})
    assert "身份证" in browser.get(address).get_data(as_text=True)
    for _tapped_twice in range(2):
        browser.post(f"{address}/reopen")
        assert "改好请再发一次" in browser.get(address).get_data(as_text=True)
        with reading(office.service.engine) as connection:
            taken_back = latest_result(connection, ME)
        assert taken_back
        assert (taken_back.sent_at, taken_back.taken_back_at) == (None, office.watch())
    right = {"fact-education": "high_school", "reason-education": "看错了证书"}
    version = sheet_of(office, booked[0]).version
    browser.post(address, decided(send="1", version=str(version)) | right)
    with reading(office.service.engine) as connection:
        sheet = latest_result(connection, ME)
        told = connection.execute(select(notices.c.id).where(notices.c.kind == "reviewed"))
        assert len(told.all()) == 2
    assert sheet
    assert (sheet.total, sheet.lines["junior_college"].reason) == (66 - 8 + 5, "看错了证书")
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
    browser.post(address, {"result-birth_date": "verified", "claimed-birth_date": "99"})
    assert sheet_of(office, booked[0]).lines["age"].claimed == 20


@pytest.mark.parametrize("typed", ["NaN", "1e9", "八分", "-5", "99999", "2年5月还是3年"])
def test_what_is_no_answer_is_refused_and_stands_there_again(
    office: Office, booked: list[int], typed: str
) -> None:
    browser, address = opened(office, booked)
    why = {"reason-residence_months": "看过登记记录"}
    answer = browser.post(address, why | {"fact-residence_months": typed})
    assert answer.status_code == 400
    page = text(answer)
    assert f'value="{typed}" aria-invalid="true"' in page
    assert f'<a href="#item-residence_months">居住时间</a>：您填的是“{typed}”，看不明白' in page
    assert "看过登记记录" in page
    assert office.trail("save_review") == []


def test_the_engine_gives_the_points_of_what_was_found(office: Office, booked: list[int]) -> None:
    """100 months of residence instead of 50, 0.25 points each; a bachelor instead of a college."""
    browser, address = opened(office, booked)
    found = {"fact-residence_months": "8年4个月", "fact-education": "bachelor"}
    browser.post(address, found)
    lines = sheet_of(office, booked[0]).lines
    assert lines["residence"].facts == {"residence_months": 100}
    assert (lines["residence"].claimed, lines["residence"].verified) == (12.5, 25)
    assert (lines["residence"].result, lines["residence"].lacks) == ("changed", "reason")
    degrees = {
        id: (lines[id].claimed, lines[id].verified) for id in lines if lines[id].claimed != 1
    }
    assert degrees["junior_college"] == (8, 0)
    assert degrees["bachelor_or_above"] == (0, 10)
    page = text(browser.get(address))
    assert "本人说 <b>50 个月</b>，估算 12.5 分" in page
    assert '<output data-points="residence_months">25</output>' in page
    assert page.count("要写原因<") == 2


def test_the_sheet_counts_while_it_is_filled_in_and_keeps_nothing(
    office: Office, booked: list[int]
) -> None:
    browser, address = opened(office, booked)
    filled = decided(**{"fact-residence_months": "100"})
    told = browser.post(f"{address}/count", filled).get_json()
    assert told["total"] == "78.5"  # 66 − 12.5 + 25
    assert told["points"]["residence_months"] == "25"
    assert office.trail("save_review") == []


def test_all_of_it_is_true_with_one_button(office: Office, booked: list[int]) -> None:
    browser, address = opened(office, booked)
    assert "全部属实，发给本人" in text(browser.get(address))
    browser.post(address, {"send": "all", "version": "0"})
    sheet = sheet_of(office, booked[0])
    assert (sheet.sent_at, sheet.total) == (office.watch(), 66)
    slip = text(browser.get(f"{address}/slip"))
    assert "合计 <b>66 分</b>" in slip
    assert "大专" in slip


def test_papers_are_ticked_from_the_list_and_others_written(
    office: Office, booked: list[int]
) -> None:
    browser, address = opened(office, booked)
    seen = {"paper-education": "学信网《学历电子注册备案表》", "papers-education": "毕业证原件"}
    browser.post(address, seen)
    line = sheet_of(office, booked[0]).lines["junior_college"]
    assert line.papers == "学信网《学历电子注册备案表》、毕业证原件"
    page = text(browser.get(address))
    assert 'value="学信网《学历电子注册备案表》" checked' in page
    assert 'value="毕业证原件"' in page


def test_what_is_still_missing_is_named(office: Office, booked: list[int]) -> None:
    browser, address = opened(office, booked)
    browser.post(address, {"result-residence_months": "verified", "result-rented_years": "refused"})
    page = browser.get(address).get_data(as_text=True)
    assert page.count("要写原因<") == 1
    assert '<a href="#item-rented_years">租住合法住房、单位宿舍</a>' in page
    assert 'href="#item-residence_months"' not in page


def test_without_an_estimate_the_clerk_fills_in_what_there_is(
    office: Office, booked: list[int]
) -> None:
    address = f"/staff/sites/oubei/appointments/{booked[1]}/review"
    browser = office.browser("clerk")
    arrive(office, booked[1])
    page = browser.get(address).get_data(as_text=True)
    assert "没有本人的估算" in page
    assert "定下来，办完" in page
    browser.post(address, {"fact-birth_date": "1994-11-23", "send": "1"})
    assert sheet_of(office, booked[1]).total == 20
    assert "请当面告诉本人" in browser.get(address).get_data(as_text=True)
    with reading(office.service.engine) as connection:
        assert connection.execute(select(notices.c.id)).all() == []  # nobody to send it to


def test_every_row_of_the_rules_can_be_reviewed(office: Office, booked: list[int]) -> None:
    page = office.browser("clerk").get(prepared(office, booked)).get_data(as_text=True)
    for item in load_ruleset("yongjia-2022").items():
        for fact in item.fact_ids():
            assert f'name="fact-{fact}"' in page, item.id


def test_the_citizen_sees_the_result_among_the_own_data_and_can_have_it_forgotten(
    office: Office, booked: list[int]
) -> None:
    browser, address = opened(office, booked)
    browser.post(address, decided(send="1", **{"papers-birth_date": "身份证 330324"}))
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
    fields = {"fact-birth_date": "1994-11-23", "send": "1"}
    assert browser.post(address, fields).status_code == 302
    assert sheet_of(office, number).total == 20
    assert "减分" not in browser.get(address).get_data(as_text=True)
    assert browser.get("/staff/rules").status_code == 200
    assert browser.get("/staff/reports").status_code == 200


def test_what_was_found_decides_whatever_is_ticked(office: Office, booked: list[int]) -> None:
    """Only a refusal takes no facts: it gives nothing, and keeps what it was."""
    browser, address = opened(office, booked)
    steps = {
        ("changed", "100"): ("changed", 25, "reason"),
        ("verified", "100"): ("changed", 25, "reason"),
        ("refused", "100"): ("refused", 0, "reason"),
        ("open", "100"): ("changed", 25, "reason"),
        ("verified", "50"): ("verified", 12.5, ""),
        ("refused", ""): ("refused", 0, "reason"),
        ("changed", ""): ("changed", None, "facts"),
        ("open", "50"): ("open", None, "result"),
    }
    for version, ((result, typed), expected) in enumerate(steps.items()):
        fields = {"result-residence_months": result, "fact-residence_months": typed}
        browser.post(address, fields | {"version": str(version), "send": "1"})
        line = sheet_of(office, booked[0]).lines["residence"]
        assert (line.result, line.verified, line.lacks) == expected


def test_a_walk_ins_answers_count_as_they_are(office: Office, booked: list[int]) -> None:
    """Nothing was claimed, so nothing differs."""
    address = f"/staff/sites/oubei/appointments/{booked[1]}/review"
    browser = office.browser("clerk")
    arrive(office, booked[1])
    browser.get(address)
    fields = {"fact-birth_date": "1994年11月23日", "send": "1"}
    browser.post(address, fields | {"result-residence_months": "refused"})
    assert sheet_of(office, booked[1]).sent_at is None
    browser.post(address, fields | {"version": "1", "result-residence_months": "open"})
    sheet = sheet_of(office, booked[1])
    assert (sheet.sent_at, sheet.total) == (office.watch(), 20)


def test_true_without_a_claim_and_without_an_answer_is_not_decided(
    office: Office, booked: list[int]
) -> None:
    address = f"/staff/sites/oubei/appointments/{booked[1]}/review"
    browser = office.browser("clerk")
    arrive(office, booked[1])
    browser.get(address)
    browser.post(address, {"result-birth_date": "verified", "send": "1"})
    assert sheet_of(office, booked[1]).lines["age"].lacks == "facts"


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
    found = {"fact-example_offence": "2", "fact-example_false_papers": "yes"}
    found |= {"fact-birth_date": "1994-11-23"}
    browser.post(address, found)
    lines = sheet_of(office, number).lines
    assert [(lines[id].claimed, lines[id].verified) for id in ("deduction_1", "deduction_4")] == [
        *((0, -4), (0, -30))
    ]
    why = {f"reason-{id.removeprefix('fact-')}": "查到" for id in found}
    browser.post(address, why | {"version": "1", "send": "1"})
    assert sheet_of(office, number).total == 20 - 4 - 30
    shown = browser.get(address).get_data(as_text=True)
    assert "合计 -14 分" in shown
    assert "示例减分情形二" in shown


def test_nothing_is_reviewed_before_somebody_came(office: Office, booked: list[int]) -> None:
    own = f"/staff/sites/oubei/appointments/{booked[1]}"
    browser = office.browser("clerk")
    assert browser.get(f"{own}/review").headers["Location"] == own
    fields = {"fact-birth_date": "1994-11-23", "send": "1"}
    assert "人还没有签到" in text(browser.get(own))
    answer = browser.post(f"{own}/review", fields)
    assert answer.status_code == 409
    assert "所以这次没有存" in text(answer)
    assert 'value="1994-11-23"' in text(answer)
    assert office.trail("save_review") == []


def test_a_colleagues_draft_is_not_overwritten_unseen(office: Office, booked: list[int]) -> None:
    address = prepared(office, booked)
    first, second = office.browser("clerk"), office.browser("desk")
    for browser in (first, second):
        assert 'name="version" value="0"' in browser.get(address).get_data(as_text=True)
    first.post(address, {"papers-birth_date": "身份证", "version": "0"})
    answer = second.post(address, {"papers-birth_date": "户口簿", "version": "0"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "同事（clerk）也存了一份" in page
    assert "户口簿" in page
    assert sheet_of(office, booked[0]).lines["age"].papers == "身份证"
    assert 'name="version" value="1"' in page
    assert "换我来办，存我填的" in page
    second.post(address, {"papers-birth_date": "户口簿", "version": "1", "holder": "clerk"})
    assert sheet_of(office, booked[0]).lines["age"].papers == "户口簿"


def test_points_are_set_only_where_the_rules_leave_them_open(
    office: Office, booked: list[int]
) -> None:
    """Within the readings, or up to the cap of what is not published; with a reason."""
    browser, address = opened(office, booked)
    page = text(browser.get(address))
    fields = re.findall(r'name="verified-(\w+)"', page)
    assert "social_insurance" in fields
    assert "age" not in fields
    browser.post(address, {"fact-blood_donations": "2", "version": "0"})
    assert 'name="verified-blood_donations"' in text(browser.get(address))
    for item, fact, points, said in (
        (
            "social_insurance",
            "social_insurance_months",
            "300",
            "规则里是 10.5～21 分，您填的是 300",
        ),
        ("social_insurance", "social_insurance_months", "8", "规则里是 10.5～21 分，您填的是 8"),
        ("blood_donations", "blood_donations", "10.01", "规则里是 0～10 分，您填的是 10.01"),
    ):
        typed = {f"result-{fact}": "changed", f"verified-{item}": points, "version": "1"}
        answer = browser.post(address, decided(**typed) | {f"reason-{fact}": "写错"})
        assert answer.status_code == 400
        assert said in text(answer)
    assert len(office.trail("save_review")) == 1
    set_by_clerk = {"result-blood_donations": "verified", "verified-blood_donations": "4"}
    browser.post(address, set_by_clerk | {"version": "1"})
    line = sheet_of(office, booked[0]).lines["blood_donations"]
    assert (line.verified, line.lacks) == (4, "reason")


def test_the_total_of_a_result_keeps_to_the_caps_and_stands(
    office: Office, booked: list[int]
) -> None:
    """Of an own home and a let one the higher counts; what was sent is not computed anew."""
    address = f"/staff/sites/oubei/appointments/{booked[1]}/review"
    browser = office.browser("clerk")
    arrive(office, booked[1])
    browser.get(address)
    found = {"fact-education": "bachelor", "fact-owned_home": "yes", "fact-rented_years": "5"}
    browser.post(address, found | {"send": "1"})
    assert sheet_of(office, booked[1]).total == 10 + 15
    assert "合计 25 分（各项相加 30 分，超过最高分的不计）" in text(browser.get(address))
    (entry,) = office.trail("send_review")
    assert '"points": "25"' in entry.personal
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
