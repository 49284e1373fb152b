"""The console in real Chromium, served as in production."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from bot.booking import changes, counter, transitions
from bot.booking.calendar import ExtraDay, Hours
from bot.database import writing
from bot.staff.auth import members, passwords, sessions
from bot.staff.counter.day_view import AT_ONCE
from scoring.counties import county_folder
from tests.bot.server import ONCE, free_port, serving
from tests.bot.setting_up import NOW, engine_at, environment_of, migrated, settings_for
from tests.bot.talks import not_understood
from tests.bot.ticking import APP, Ticking
from tests.browser.looking import DESK, PHONE, faults

pytestmark = pytest.mark.browser

PASSWORD = "the first one, long"
NEW_PASSWORD = "a second one, longer"
PATHS = (
    *("/staff/", "/staff/sites/oubei", "/staff/sites/oubei/appointments/1"),
    *("/staff/sites/oubei/appointments/1/review", "/staff/affected", "/staff/hours"),
    "/staff/waiting-list",
    *("/staff/hours/oubei", "/staff/notices", "/staff/unmatched", "/staff/rules"),
    *("/staff/reports", "/staff/accounts", "/staff/accounts/1", "/staff/accounts/2"),
    *("/staff/trail", "/staff/password", "/staff/sites/oubei?day=2020-01-01"),
    "/staff/sites/oubei/appointments/2/review",
    *("/staff/hours/week", "/staff/sites/oubei/today", "/staff/sites/oubei/print"),
    "/staff/reports/talks",
)


class Office:
    """A running service with an administrator, and a window that is open all of its day."""

    def __init__(self, root: str, database: str, clock: Ticking) -> None:
        self.root = root
        self.engine = engine_at(database)
        self.clock = clock
        moment = clock()
        midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        with writing(self.engine) as connection:
            self.boss = members.add(
                connection, "boss", "陈静", "administrator", None, PASSWORD, moment
            )
            a_known_year = changes.ConfirmYear(moment.year)
            changes.apply(connection, a_known_year, moment)
            hours = Hours(midnight.time(), midnight.replace(hour=23, minute=30).time(), capacity=2)
            changes.apply(
                connection,
                changes.AddExtraDay("oubei", ExtraDay(moment.date(), hours)),
                midnight - timedelta(seconds=1),
            )
            slots = counter.slots_of_day(connection, "oubei", moment.date())
            for slot, name in zip(slots, ("张三丰", "李四", "王小明"), strict=False):
                counter.book_for(
                    connection, slot.id, "review", moment, name=name, phone="13812345678"
                )
            transitions.step(connection, 1, "arrived", moment)
            for number in range(AT_ONCE):  # so that the day is shown by the hour
                slot = slots[number % len(slots)].id
                name, phone = f"客人{number}", f"1390000{number:04}"
                counter.book_for(connection, slot, "review", moment, name=name, phone=phone)
            long = "啊" * 20 + "a" * 80  # no place to break
            not_understood(connection, long, times=3, first_at=moment, last_at=moment)
            clerk = members.add(connection, "clerk", "李芳", "window", "oubei", PASSWORD, moment)
            members.change(connection, clerk, must_change_password=False)

    def session(self) -> str:
        with writing(self.engine) as connection:
            members.change(connection, self.boss, must_change_password=False)
            return sessions.start(connection, self.boss, True, self.clock())

    def end_sessions(self) -> None:
        with writing(self.engine) as connection:
            sessions.end_all(connection, self.boss)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("console")
    port = free_port()
    settings = settings_for(folder, public_url=f"http://127.0.0.1:{port}")
    migrated(settings)
    clock = Ticking.since(NOW)
    county = shutil.copytree(county_folder(), folder / "county")  # whose files may be changed
    environment = environment_of(settings) | clock.environment()
    environment |= {"XINSHIMIN_COUNTY": str(county)}
    with serving(APP, environment, folder / "log", ONCE, port=port) as server:
        yield Office(server.root, settings.database_url, clock)


def test_an_administrator_signs_in_for_the_first_time(chromium: Browser, office: Office) -> None:
    """Without script: first password, telephone, own password."""
    assert not passwords.fault(NEW_PASSWORD, "boss")
    context = chromium.new_context(base_url=office.root, java_script_enabled=False)
    page = context.new_page()
    page.goto("/staff/")
    page.get_by_label("账号").fill("boss")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("img", name="绑定用的二维码")).to_be_visible()
    page.get_by_text("扫不了").click()
    secret = page.locator("details p").inner_text().replace(" ", "")
    page.get_by_label("6 位动态码").fill(pyotp.TOTP(secret).at(office.clock()))
    page.get_by_role("button", name="确认").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("改密码")
    page.get_by_label("现在的密码").fill(PASSWORD)
    page.get_by_label("新密码", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("再输一遍新密码").fill(NEW_PASSWORD)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("今天")
    context.close()


def test_a_clerk_without_a_telephone_signs_in_with_a_printed_code(
    page: Page, chromium: Browser, office: Office
) -> None:
    """An administrator hands the sheet out; the next sign-in of the day asks for the password."""

    def enters(counter: Page) -> None:
        counter.goto("/staff/sign-in")
        counter.get_by_label("账号").fill("clerk")
        counter.get_by_label("密码", exact=True).fill(PASSWORD)
        counter.get_by_role("button", name="登录").click()

    context = chromium.new_context(viewport=PHONE, base_url=office.root, bypass_csp=True)
    counter = context.new_page()
    enters(counter)
    expect(counter.get_by_role("img", name="绑定用的二维码")).to_be_visible()
    assert faults(counter) == []
    page.goto("/staff/accounts/2")
    page.get_by_role("button", name="给一张备用码").click()
    expect(page.locator(".codes li")).to_have_count(20)
    assert faults(page) == []
    code = page.locator(".codes li").first.inner_text()
    enters(counter)
    counter.get_by_label("备用码").fill("wrong")
    counter.get_by_role("button", name="确认").click()
    expect(counter.get_by_role("alert")).to_contain_text("换一个没划掉的")
    assert faults(counter) == []
    counter.get_by_label("备用码").fill(code)
    counter.get_by_role("button", name="确认").click()
    expect(counter.get_by_role("heading", level=1)).to_contain_text("瓯北街道")
    counter.get_by_role("button", name="退出").click()
    enters(counter)
    expect(counter.get_by_role("heading", level=1)).to_contain_text("瓯北街道")
    context.close()


@pytest.fixture
def plain(chromium: Browser, office: Office) -> Iterator[Page]:
    """A phone without script, signed in."""
    context = chromium.new_context(
        viewport=PHONE,
        base_url=office.root,
        java_script_enabled=False,
    )
    cookie = {"name": "staff_session", "value": office.session(), "url": f"{office.root}/"}
    context.add_cookies([cookie])  # type: ignore[list-item]
    yield context.new_page()
    context.close()


def test_a_worksheet_counts_as_it_is_filled_in(page: Page) -> None:
    """Nothing is saved meanwhile: 8 years and 4 months of residence are 25 points."""
    page.goto("/staff/sites/oubei/appointments/1/review")
    with page.expect_response("**/count"):
        page.locator("[name=fact-residence_months]").fill("8年4个月")
    expect(page.locator("[data-total]")).to_have_text("25")
    expect(page.locator("[data-points=residence_months]")).to_have_text("25")
    page.reload()
    expect(page.locator("[data-total]")).to_have_text("0")


def test_a_clerk_serves_by_the_code_with_few_taps(plain: Page) -> None:
    """On a phone without script: the code, the worksheet, the result; and a step taken back."""
    plain.goto("/staff/sites/oubei/appointments/2")
    code = plain.get_by_role("heading", level=1).inner_text().removeprefix("预约 ")
    plain.goto("/staff/sites/oubei")
    expect(plain.get_by_label("签到码", exact=True)).to_be_focused()
    plain.keyboard.type(code)
    plain.get_by_role("button", name="开始办理", exact=True).click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("复核单")
    plain.get_by_role("link", name="瓯北街道").click()
    plain.locator("#a2").get_by_role("button", name="撤回").click()
    expect(plain.locator("#a2:target")).to_be_in_viewport()
    plain.get_by_label("签到码", exact=True).fill(code)
    plain.get_by_role("button", name="开始办理", exact=True).click()
    plain.locator("[name=fact-birth_date]").fill("1994-11-23")
    plain.locator("#item-birth_date summary").click()
    plain.locator("#item-birth_date").get_by_label("不认定").check()
    plain.get_by_role("button", name="办完").click()
    plain.get_by_role("link", name="年龄").click()
    plain.locator("#item-birth_date").get_by_label("还没核").check()
    plain.locator("[name=fact-birth_date]").fill("1994-11-23")
    plain.get_by_role("button", name="办完").click()
    expect(plain.get_by_role("status")).to_contain_text(re.compile(f"{code} 办完了.*请您当面"))
    expect(plain.locator("#here #a2")).to_have_count(0)


def test_the_county_opens_closes_and_finds_whom_it_hits(plain: Page, office: Office) -> None:
    """On a phone without script: hours of several weekdays, a closure, the people it hits."""
    plain.goto("/staff/hours/huangtian")
    for day in ("周二", "周四"):
        plain.get_by_label(day).check()
    plain.locator("#add_weekly button").click()
    expect(plain.locator("main")).to_contain_text("星期 周二、周四")
    plain.get_by_role("button", name="确定改").click()
    expect(plain.locator("td", has_text="周二、周四")).to_be_visible()
    tuesday = NOW.date() + timedelta(days=1)
    with writing(office.engine) as connection:
        slot = counter.slots_of_day(connection, "huangtian", tuesday)[0].id
        person = {"name": "金晚到", "phone": "13700000000"}
        counter.book_for(connection, slot, "review", office.clock(), **person)
    plain.locator("[name=first_day]").fill(tuesday.isoformat())
    plain.locator("[name=reason]").fill("停电")
    plain.locator("#add_closure button").click()
    expect(plain.locator("main")).to_contain_text("金**")
    plain.get_by_role("button", name="确定改").click()
    plain.get_by_role("link", name="看看还要联系谁").click()
    row = plain.locator("tr", has_text="金**")
    expect(row).to_contain_text("请打电话")
    row.get_by_role("button", name="已联系好").click()
    expect(row).to_have_count(0)


@pytest.fixture
def page(chromium: Browser, office: Office) -> Iterator[Page]:
    """An administrator's browser. The policy is off for axe-core's own script only."""
    context = chromium.new_context(
        viewport=DESK,
        base_url=office.root,
        bypass_csp=True,
    )
    cookie = {"name": "staff_session", "value": office.session(), "url": f"{office.root}/"}
    context.add_cookies([cookie])  # type: ignore[list-item]
    yield context.new_page()
    context.close()


def test_every_page_of_the_console_is_sound(page: Page) -> None:
    found = {}
    for path in PATHS:
        answer = page.goto(path)
        assert answer
        assert answer.status == 200, path
        for summary in page.locator("main summary").all():
            summary.click()
        found[path] = faults(page)
    assert not any(found.values()), found


def test_every_state_of_a_form_is_sound(page: Page, office: Office) -> None:
    """What is wrong is said where it was typed, and nothing typed is lost."""
    found = {}
    page.goto("/staff/sites/oubei")
    page.get_by_label("姓名").last.fill("王五")
    page.get_by_label("电话", exact=True).fill("12")
    page.get_by_role("button", name="预约").click()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.get_by_label("姓名").last).to_have_value("王五")
    found["a booking"] = faults(page)
    page.get_by_label("姓名、电话或签到码").fill("小明")
    page.get_by_role("button", name="找人").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    found["a person found"] = faults(page)
    page.goto("/staff/sites/oubei/appointments/1/review")
    page.get_by_text("年龄").first.click()
    page.locator("[name=fact-birth_date]").fill("八分")
    page.get_by_role("button", name="先存着").click()
    expect(page.locator("[name=fact-birth_date]")).to_have_value("八分")
    found["a worksheet"] = faults(page)
    page.goto("/staff/accounts/2")
    page.get_by_label("在哪个窗口").select_option("")
    page.get_by_role("button", name="换好").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found["a role"] = faults(page)
    page.goto("/staff/hours/oubei")
    page.get_by_label("从哪天").last.fill("2026-11-23")
    page.get_by_label("到哪天（只一天不填）").fill("2026-11-22")
    page.get_by_label("原因（会告诉市民）").fill("停电")
    page.locator("#add_closure button").click()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    found["a closure"] = faults(page)
    page.goto("/staff/sites/oubei/appointments/999")
    found["nothing there"] = faults(page)
    assert not any(found.values()), found


def test_what_was_typed_is_sent_again_after_signing_in_anew(page: Page, office: Office) -> None:
    page.goto("/staff/sites/oubei")
    page.get_by_label("姓名、电话或签到码").fill("小明")
    office.end_sessions()
    page.get_by_role("button", name="找人").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请重新登录")
    assert faults(page) == []
    cookie = {"name": "staff_session", "value": office.session(), "url": f"{office.root}/"}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.get_by_role("button", name="再交一次").click()
    expect(page.locator("tbody tr")).to_have_count(1)


LAST = {
    "purpose": "积分入学", "year": "2025", "place": "瓯北公办小学", "last": "六十",
    "from": "2026-11-23", "source": "2025 年积分入学录取公告",
}  # fmt: skip


def test_what_the_county_publishes_takes_two(page: Page, plain: Page, office: Office) -> None:
    """Drafted after a slip at a desk, approved on a phone without script, and told at once."""
    found = {}
    desk, phone = page, plain
    with writing(office.engine) as connection:
        made = members.add(connection, "desk", "李芳", "county", None, PASSWORD, office.clock())
        members.change(connection, made, must_change_password=False)
        token = sessions.start(connection, made, True, office.clock())
    cookie = {"name": "staff_session", "value": token, "url": f"{office.root}/"}
    desk.context.add_cookies([cookie])  # type: ignore[list-item]
    desk.goto("/staff/office")
    found["all"] = faults(desk)
    desk.get_by_role("link", name="加一条往年录取").click()
    for name, value in LAST.items():
        desk.locator(f"#{name}").fill(value)
    desk.get_by_role("button", name="先看影响").click()
    expect(desk.get_by_role("alert")).to_contain_text("最后一名的分：这不是数")
    found["a slip"] = faults(desk)
    desk.locator("#last").fill("62")
    desk.get_by_role("button", name="先看影响").click()
    found["the dry run"] = faults(desk)
    desk.get_by_role("button", name="交给同事批准").click()
    expect(desk.locator("main")).to_contain_text("自己不能批准自己的")
    phone.goto("/staff/office")
    phone.get_by_role("link", name="瓯北公办小学").click()
    phone.get_by_role("button", name="批准").click()
    expect(phone.get_by_role("status")).to_contain_text("已经写进文件")
    desk.goto("/staff/office/text?file=admissions.yaml")
    expect(desk.get_by_label("文字")).to_have_value(re.compile("瓯北公办小学"))
    desk.goto("/staff/office/fill?what=correct&target=charity.cap")
    found["a figure"] = faults(desk)
    desk.goto("/rules")
    expect(desk.locator("main")).to_contain_text("瓯北公办小学")
    assert not any(found.values()), found


def test_a_day_at_the_window(page: Page, office: Office) -> None:
    page.goto("/staff/sites/oubei")
    before = page.get_by_role("button", name="没来").count()
    page.get_by_role("button", name="没来").last.click()
    expect(page.get_by_role("button", name="没来")).to_have_count(before - 1)
    expect(page.locator("tr:target")).to_be_in_viewport()
    page.goto("/staff/hours/oubei")
    page.locator("[name=first_day]").fill(NOW.date().isoformat())
    page.locator("[name=reason]").fill("停电")
    page.locator("form:has([name=reason])").get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("先看影响")
    expect(page.locator("main")).to_contain_text("还没有改")
    assert faults(page) == []
