"""A new county's folder loads at once, and says what is still to do in it."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from dialogs.region import Region, folder
from dialogs.region.check import check
from dialogs.region.load import FILE
from scoring import estimate, load_ruleset
from scoring.engine.loading import check_path

NEW = ("--title", "东县", "--city", "温州")


def kit(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["county", *arguments])


def speaking_for(county: Path, *arguments: str, said: str) -> str:
    """What a process of this county's prints."""
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        env={**os.environ, "XINSHIMIN_COUNTY": str(county)},
        input=said,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("counties") / "dongxian"
    assert kit("new", str(made), *NEW).exit_code == 0
    return made


def edited(county: Path, to: Path, file: str, before: str, after: str) -> Path:
    for path in county.rglob("*.*"):
        (to / path.relative_to(county)).parent.mkdir(parents=True, exist_ok=True)
        (to / path.relative_to(county)).write_text(path.read_text("utf-8"), encoding="utf-8")
    text = (to / file).read_text("utf-8")
    assert before in text
    (to / file).write_text(text.replace(before, after), encoding="utf-8")
    return to


def test_a_new_county_talks_at_once(new: Path) -> None:
    said = speaking_for(new, "chat", "--script", "-", said="你好\n")
    assert "东县新市民积分助手" in said
    assert "永嘉" not in said
    told = speaking_for(new, "estimate", "-", "--json", said="education: bachelor\n")
    assert json.loads(told)["points"] == 10


def test_its_menu_leads_to_pages_that_are_there(new: Path) -> None:
    assert "/rules" in (said := speaking_for(new, "wechat", "menu", said=""))
    assert "/changes" not in said  # it has no earlier rules


def test_what_people_call_it_is_its_title_without_the_suffix(tmp_path: Path) -> None:
    made = tmp_path / "baixi"
    assert kit("new", str(made), "--title", "白溪县", "--city", "温州").exit_code == 0
    text = (made / FILE).read_text("utf-8")
    assert "name: 白溪\ntitle: 白溪县\n" in text
    assert "in_county: [白溪, 白溪县, 这边" in text


def test_it_says_what_is_to_fill_in(new: Path) -> None:
    found = kit("check", str(new))
    assert found.exit_code == 1
    lines = found.stdout.splitlines()
    assert lines[0] == "county.yaml: 还没有乡镇，不能预约窗口"
    assert "county.yaml:5: 待填：公众号的名字" in lines
    assert "county.yaml:16: 待填：examples" in lines
    assert lines[-1] == f"共 {len(lines) - 1} 处。"
    english = kit("check", str(new), "--lang", "en").stdout
    assert english.startswith("county.yaml: there are no townships")


ON = date(2026, 11, 30)
TOWNSHIP = "  - {id: heping, name: 和平, kind: 街道}"
QUOTED = "这里还写着永嘉；真要引用，请在行末写上 # 引用"
RULES_FILE = "rules/dongxian.yaml"
SUFFIXED = "{id: heping, name: 和平镇, kind: 镇}"
OTHER_ID = (
    "# parts:",
    """parts:
  - id: county
    label: 个性指标
    status: stated
    source: {document: own, place: 附件2}
    stated: {categories: 1, rows: 1}
    cap: {value: 5, unit: points}
    categories:
      - id: welfare
        label: 公益
        cap: {value: 5, unit: points}
        items:
          - id: volunteering
            label: 志愿服务
            rule: per_count
            facts: [volunteer_services]
            rate: {value: 1, unit: points_per_time}
            evidence: volunteering
#""",
)
FAULTS = [
    (FILE, "name: 东县", "name: 东县\nnmae: 东县", "county.yaml:3: nmae：没有"),
    (FILE, "title: 东县", "title: 西县", "rules: 规则里写的是东县，county.yaml 里写的是西县"),
    (FILE, "ruleset: dongxian", "ruleset: dongxan", "rules: rules 文件夹里没有 dongxan 这套"),
    (FILE, "account: 东县", "account: 永嘉县", f"county.yaml:5: {QUOTED}"),
    (FILE, 'phone: ""', "phone: abc", "county.yaml: telephone：“abc”不像电话号码。"),
    (FILE, "published: 0", "published: 2036", "county.yaml: telephone.published：2036 年还没有到"),
    (FILE, "townships: []", f"townships: [{SUFFIXED}]", "county.yaml: townships：和平镇 后面不用"),
    (FILE, "account: 东县", "account: 瓯北", "county.yaml:5: 这里还写着瓯北"),
    (
        "admissions.yaml",
        "# admissions:\n#  ",
        "admissions:\n  ",
        "admissions.yaml: 积分入学，2026 年：",
    ),
    (RULES_FILE, *OTHER_ID, "rules: 小项 volunteering：问答按 id 找这一行"),
    (RULES_FILE, "only, text: 这里", "only, text: 永嘉这里", f"{RULES_FILE}:16: {QUOTED}"),
]


@pytest.mark.parametrize(("file", "before", "after", "told"), FAULTS)
def test_a_slip_is_told(
    new: Path, tmp_path: Path, file: str, before: str, after: str, told: str
) -> None:
    county = edited(new, tmp_path, file, before, after)
    assert any(str(one).startswith(told) for one in check(county, today=ON))


def test_a_quotation_of_another_county_may_be_marked(new: Path, tmp_path: Path) -> None:
    quoted = "only, text: 永嘉这里"
    county = edited(new, tmp_path, "rules/dongxian.yaml", "only, text: 这里", quoted)
    file = county / "rules/dongxian.yaml"
    line = next(one for one in file.read_text("utf-8").splitlines() if "永嘉" in one)
    file.write_text(file.read_text("utf-8").replace(line, f"{line} # 引用"), encoding="utf-8")
    assert not [one for one in check(county) if "永嘉" in one.text]


def test_the_packaged_county_has_nothing_to_do() -> None:
    assert check(folder()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("new", "东县", *NEW), "用小写拼音"),
        (("new", ".", *NEW), "用小写拼音"),
        (("check", "nowhere"), "不是一个县的文件夹"),
    ],
)
def test_what_cannot_be_is_refused(arguments: tuple[str, ...], told: str) -> None:
    found = kit(*arguments)
    assert found.exit_code == 1
    assert told in found.output


def test_nothing_is_overwritten(new: Path) -> None:
    assert "已经有了" in kit("new", str(new), *NEW).output


def test_every_key_of_a_county_stands_in_the_new_file(new: Path) -> None:
    written = (new / FILE).read_text("utf-8")
    wanted = {key for key, field in Region.model_fields.items() if field.is_required()}
    assert not [key for key in wanted if f"\n{key}:" not in f"\n{written}"]


def test_what_the_office_fills_in_leaves_nothing_to_do(new: Path, tmp_path: Path) -> None:
    """The steps of the guide: townships and telephone, then the county's own part."""
    county = edited(new, tmp_path, FILE, "townships: []", f"townships:\n{TOWNSHIP}")
    for file in (FILE, RULES_FILE):
        text = (county / file).read_text("utf-8").replace("examples: []", "examples: [和平]")
        before, _, own = text.partition("remarks:")
        if own:  # the example of its own part, uncommented, stands instead of the remark
            part = own[own.index("# parts:") :].replace("\n# ", "\n").removeprefix("# ")
            text = before + part
        (county / file).write_text(re.sub(r" *# 待填[^\n]*", "", text), encoding="utf-8")
    assert check(county) == []
    rules = load_ruleset("dongxian", county / "rules")
    found = estimate(rules, {"housing_fund_months": 20}, on=rules.defaults.from_ or ON)
    assert found.category("housing_fund").points == 5  # 20 × 0.25


COMMAND = (sys.executable, "-m", "bot.cli")


def amending(folder: Path, id: str) -> Path:
    """An office's folder that corrects a figure of a ruleset."""
    folder.mkdir()
    text = f"amends: {id}\ntitle: 更正\n"
    (folder / "corrected.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("by_option", "in_use"), [(True, True), (False, False)])
def test_amendments_of_its_own_rules_are_checked_with_them(
    new: Path, tmp_path: Path, by_option: bool, in_use: bool
) -> None:
    own = amending(tmp_path / "own", "dongxian")
    told = {} if by_option else {"XINSHIMIN_COUNTY": str(new)}
    told |= {"XINSHIMIN_RULES": str(own)} if in_use else {}
    option = ("--county", str(new)) if by_option else ()
    for paths in ([str(own)], [str(own / "corrected.yaml")]):
        run = subprocess.run(
            [*COMMAND, *option, "rules", "check", *paths],
            env={**os.environ, **told},
            capture_output=True,
            text=True,
        )
        assert (run.returncode, run.stderr) == (0, "")


def test_amendments_of_another_ruleset_are_refused(new: Path, tmp_path: Path) -> None:
    own = amending(tmp_path / "own", "xixian")
    faults = check_path(own, county=new / "rules")
    assert [fault.what for fault in faults] == ["there is no ruleset `xixian`"]


@pytest.mark.parametrize("command", [("rules", "check"), ("dialogs", "check")])
def test_what_its_rules_never_ask_is_no_fault(new: Path, command: tuple[str, ...]) -> None:
    speaking_for(new, *command, said="")  # ends with 0


ABSENT = ("我是党员", "献血有几分", "租房算不算分", "同分怎么办", "减分", "细则哪天施行")


def test_what_nobody_has_filled_in_is_said_so_and_nothing_else(new: Path) -> None:
    said = speaking_for(new, "chat", "--script", "-", said="\n".join(("1", "1", *ABSENT)) + "\n")
    assert said.count("县里自己的加分还没有填进来") == 2
    assert "县里自己的减分还没有填进来" in said
    assert "现在用的是《东县新市民量化积分管理实施细则》" in said
    assert not re.search(
        "无偿献血证|备案|打县新居民服务中心。|起草说明|租房的分为什么少了|有哪几章", said
    )
    assert "特殊身份：这里的规则没有这一项，不加分，所以没有记下来。" in said


def test_the_processes_a_command_starts_speak_for_its_county(new: Path) -> None:
    code = (
        "import os, sys; from bot.cli import main;"
        f"main(['--county', {str(new)!r}, 'rules', 'list'], standalone_mode=False);"
        "os.execv(sys.executable, [sys.executable, '-c',"
        "'from bot.cli import main; from dialogs.region import region;'"
        '\'main(["rules", "list"], standalone_mode=False); print(region().name)\'])'
    )
    around = {name: text for name, text in os.environ.items() if name != "XINSHIMIN_COUNTY"}
    run = subprocess.run([sys.executable, "-c", code], env=around, capture_output=True, text=True)
    assert run.stdout.splitlines()[-1:] == ["东县"], run.stderr


PUBLISHED = """admissions:
- {purpose: 入学, year: 2009, from: 2026-01-01, source: 甲, place: 乙, last: 六}
windows:
- {purpose: 入学, year: 2026, from: 2026-01-01, source: 甲, opens: 2026-05-01, closes: 2026-03-01}
rankings：
"""
ENGLISH = re.compile("[a-z]{3,} [a-z]{2,}")


def test_faults_of_its_files_are_told_like_those_of_rules(new: Path, tmp_path: Path) -> None:
    """In Chinese, with line, key and what would be right."""
    county = edited(new, tmp_path, FILE, "townships: []", "townships: [{name: 和平, kind: 路}]")
    published = county / "admissions.yaml"
    published.write_text(PUBLISHED.replace("rankings：\n", ""), encoding="utf-8")
    told = [str(one) for one in check(county) if "改法" in one.text]
    assert told == [
        "admissions.yaml:2: admissions[1].year：数太小了：2009。改法：写 2015 或更大的数",
        "admissions.yaml:2: admissions[1].last：这不是数：'六'。改法：写一个数，如 0.25",
        "admissions.yaml:4: windows[1]：closes（2026-03-01）在 opens（2026-05-01）前面。"
        "改法：看看是哪一个写错了",
        "county.yaml:12: townships[1].id：少了“id”。改法：在这里写上 id:",
        "county.yaml:12: townships[1].kind：这里不认识 '路'。"
        "改法：写其中一个：'街道', '镇' 或 '乡'",
    ]
    published.write_text(PUBLISHED, encoding="utf-8")
    assert "admissions.yaml:5: YAML：这里用了全角的“：”" in str(check(county)[0])
    assert not [one for one in told if ENGLISH.search(one)]


def test_the_packaged_county_is_copied_to_be_changed(tmp_path: Path) -> None:
    """Its rulesets stay in the package; the copy has nothing to do, and counts as the county."""
    copied = tmp_path / "own"
    assert "XINSHIMIN_COUNTY=" in kit("copy", str(copied)).output
    assert [path.name for path in (copied / "rules").iterdir()] == [".keep"]
    assert kit("check", str(copied)).exit_code == 0
    told = speaking_for(copied, "estimate", "-", "--json", said="housing_fund_months: 20\n")
    assert json.loads(told)["points"] == 5  # 20 × 0.25
    assert "已经有了" in kit("copy", str(copied)).output
