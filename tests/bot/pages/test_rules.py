import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot import create_app
from bot.turns import warm_up
from scoring import Ruleset, load_ruleset
from tests.bot.setting_up import settings_for
from tests.bot.web import FORM, Browser, Watch, signed_in, talked
from tests.scoring.amendments import guide_example

RULES: Ruleset = load_ruleset("yongjia-2022")
TODAY = date(2026, 11, 23)


def text_of(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def test_all_parts_and_categories_with_their_caps(browser: Browser) -> None:
    text = text_of(browser, "/rules")
    assert "省级共性指标 最高 100 分" in text
    assert "永嘉县个性指标 最高 200 分" in text
    for category in RULES.categories():
        if not category.id.startswith("deductions"):
            assert category.label in text
    assert "3 类 8 项" in text
    assert "没有公布" in text


@pytest.mark.parametrize("category", [one.id for one in RULES.categories()])
def test_every_category_shows_every_row_with_value_and_papers(
    browser: Browser, category: str
) -> None:
    text = text_of(browser, f"/rules/{category}")
    for item in RULES.category(category).items:
        assert item.label in text
    assert text.count("要带") >= len(RULES.category(category).items)


@pytest.mark.parametrize("category", [one.id for one in RULES.categories() if one.conflicts])
def test_a_conflict_shows_each_reading_with_its_own_source(browser: Browser, category: str) -> None:
    text = text_of(browser, f"/rules/{category}")
    for conflict in RULES.told(TODAY).category(category).conflicts.values():
        assert conflict.label in text
        for reading in conflict.readings.values():
            assert reading.label in text
            assert reading.source is None or reading.source.place in text
    assert "这里先按这个算" in text


@pytest.mark.parametrize(
    ("category", "words"),
    [
        ("social_insurance", "每满 1 个月 0.25 分，最高 30 分（瑞安、北仑和永嘉较早的表写每月 0.5"),
        ("age", "超过 60 岁 0 分 待窗口确认"),  # at 60 it is still 5
        ("special_status", "有几种也只计 5 分 待窗口确认"),
        ("education", "只算最高的一个。 待窗口确认"),
        ("honours", "最高 20 分 待窗口确认"),
        ("social_insurance", "在浙江省内累计。 全省通用表"),
        ("public_welfare", "修订后计分不变，分值没有公布。"),
        ("housing", "租住怎么计：这句话有两种读法"),
        ("special_status", "预备党员算不算：公开的说明里没有写"),
        ("housing", "每满 1 年 2 分，最高 5 分（住满年就计 5 分，只计一次）"),
        ("skill", "（全省共性指标表，2022），“职业技能”"),  # who is in which tier
        ("public_welfare", "分值没有公布，最多 10 分"),
        ("public_welfare", "每满 1000 元 1 分"),
        ("housing", "最高 15 分（公开的说明里没有写，也可能是 20 分）"),
        ("innovation", "每项 15 分"),
        ("investment_tax", "缴纳税费、缴纳个人所得税合起来最高 20 分"),
        ("political_participation", "待窗口确认"),
        ("deductions_1", "分值没有公布"),
    ],
)
def test_how_much_is_said_in_words(browser: Browser, category: str, words: str) -> None:
    assert words.replace(" ", "") in text_of(browser, f"/rules/{category}").replace(" ", "")


def test_an_unknown_category_is_not_found(browser: Browser) -> None:
    assert browser.get("/rules/nothing").status_code == 404


def test_changes_row_by_row_with_the_reasons_of_the_note(browser: Browser) -> None:
    text = text_of(browser, "/changes").replace(" ", "")
    assert "本科及以上：本科20分；硕士25分；博士30分→10分" in text
    assert "租赁合同" in text  # why rent was cut
    assert "行业协会" in text  # why honours name the awarding body
    assert "年龄新加55～60周岁5分" in text


@pytest.mark.parametrize(
    "words",
    [
        "每满1年3分，最高30分→每满1个月0.25分，最高30分",
        "每满1个月0.5分，最高30分→每满1个月0.25分，最高10分",
        "缴纳税费：每满10000元1分，缴纳税费、缴纳个人所得税合起来最高60分"
        "→每满10000元1分，缴纳税费、缴纳个人所得税合起来最高20分",
        "参加学法用法活动：每次2分，最高10分→每次0.5分，最高5分",
        "科技创新这一类原来不设上限，现在最高30分",
        "其他活动这一类原来最高15分，现在最高5分",
        "外观设计专利：分值没有公布→每项5分",  # unknown, not 0
        "：6个等次，5～30分",
        "：2种情形，每种50分",
    ],
)
def test_changes_say_every_unit_and_every_cap(browser: Browser, words: str) -> None:
    assert words in text_of(browser, "/changes").replace(" ", "")


def test_a_reason_stands_only_where_the_note_gives_one(browser: Browser) -> None:
    """It gives two: for the let home and for honours. What else it says is how, not why."""
    parts = re.split(r"<li>", browser.get("/changes").get_data(as_text=True))
    explained = [part for part in parts if "为什么：" in part]
    assert all("租住" in part or "表彰" in part for part in explained)
    assert len(explained) == 2


def test_changes_leave_out_nothing_that_is_known(browser: Browser) -> None:
    text = text_of(browser, "/changes")
    for item in RULES.items():
        if item.rule != "unpublished":
            assert (item.label in text) == (item.rows > 0)


def test_what_the_office_settles_and_fills_in_is_shown_from_its_day_on(
    tmp_path: Path, sqlite: Path, watch: Watch
) -> None:
    """The guide's example: social insurance settled, two deductions filled in, from 2027 on."""
    own = tmp_path / "rules"
    own.mkdir()
    (own / "own.yaml").write_text(guide_example("amendment"), encoding="utf-8")
    watch.now = watch.now.replace(month=12, day=31)
    shutil.copy(sqlite, tmp_path / "service.db")
    browser = Browser(create_app(settings_for(tmp_path, rules=own), watch))
    assert "公开的文件写法不一" in text_of(browser, "/rules/social_insurance")
    watch.now = watch.now.replace(year=2027, month=1, day=2)
    after = text_of(browser, "/rules/social_insurance")
    assert "每满 1 个月 0.5 分" in after
    assert "公开的文件写法不一" not in after
    whole = (
        "县新居民服务中心关于计分口径的答复（示例），“第一条”，2027年1月1日起，2026年11月20日核对过"
    )
    assert whole in after
    assert "每次扣 2 分，最多扣 10 分" in text_of(browser, "/rules/deductions_1")
    assert "没有写上限" not in text_of(browser, "/rules/deductions_1")
    rules = text_of(browser, "/rules")
    assert "示例减分大类 看里面" in rules
    assert "永嘉县个性指标 最高 201 分 县里后来定的：" in rules
    assert "县里后来定的《2027 年计分口径（示例）》（2027年1月1日起）也算进去了" in after
    changed = text_of(browser, "/changes")
    assert "永嘉县个性指标 201 分" in changed
    assert "永嘉县个性指标，县里后来定的：" in changed
    assert f"县里后来定的：{whole}" in changed
    assert "这一类现在最高 46 分 县里后来定的：" in changed
    assert "减分指标第三类（名称未公布） 没有公布" in text_of(browser, "/rules")
    browser.get("/estimate")
    result = browser.estimated(FORM).get_data(as_text=True)
    assert "76.5 分" in result
    assert "县里后来定的也算进去了：《2027 年计分口径（示例）》（2027-01-01 起）。" in result
    assert "可能 76.5" not in result


def test_rules_damaged_while_it_runs_leave_the_comparison_as_it_was(
    tmp_path: Path, sqlite: Path, watch: Watch
) -> None:
    own = tmp_path / "rules"
    own.mkdir()
    shutil.copy(sqlite, tmp_path / "service.db")
    app = create_app(settings_for(tmp_path, rules=own), watch)
    warm_up(app.extensions["xinshimin"])
    (own / "own.yaml").write_text("amends: [", encoding="utf-8")
    browser = Browser(app)
    assert "原来" in text_of(browser, "/changes")
    talked(app.extensions["xinshimin"], "oMe")
    assert "原来的办法" in text_of(signed_in(app, "oMe"), "/sheet")


def test_another_county_s_pages_name_it_and_lead_nowhere_in_vain(
    tmp_path: Path, sqlite: Path, watch: Watch
) -> None:
    """The guide's county has nothing before it, so there is nothing to compare."""
    own = tmp_path / "rules"
    own.mkdir()
    (own / "county.yaml").write_text(guide_example("county"), encoding="utf-8")
    shutil.copy(sqlite, tmp_path / "service.db")
    watch.now = watch.now.replace(year=2027, month=1, day=4)
    settings = settings_for(tmp_path, rules=own, ruleset="xiaoxian-2027")
    browser = Browser(create_app(settings, watch))
    for path in ("/", "/rules", "/rules/residence", "/estimate", "/privacy"):
        page = browser.get(path).get_data(as_text=True)
        assert "小县新市民积分助手" in page, path
        assert "永嘉县新市民" not in page, path
        assert 'href="/changes"' not in page, path
    assert "总分=全部指标−减分" in text_of(browser, "/rules").replace(" ", "")
