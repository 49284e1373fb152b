"""`xinshimin estimate` and `xinshimin rules`, as an official or a program calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from scoring import FACTS
from scoring.counties import packaged_rulesets
from scoring.rulefile.evidence_table import common_evidence
from tests.scoring.amendments import guide_example

MALFORMED = Path(__file__).parent / "malformed"
PERSON = """
permit: residence_permit
education: junior_college   # 大专
social_insurance_months: 42
"""


def run(*arguments: str, text: str | None = None, rules: Path | None = None) -> Result:
    environment = {"XINSHIMIN_RULES": str(rules) if rules else ""}
    return CliRunner().invoke(main, list(arguments), input=text, env=environment)


@pytest.fixture
def person(tmp_path: Path) -> str:
    path = tmp_path / "person.yaml"
    path.write_text(PERSON, encoding="utf-8")
    return str(path)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "2027.yaml").write_text(guide_example("amendment"), encoding="utf-8")
    (folder / "xiaoxian.yaml").write_text(guide_example("county"), encoding="utf-8")
    return folder


def test_an_estimate_as_json(person: str) -> None:
    found = json.loads(run("estimate", person, "--on", "2026-11-23", "--json").stdout)
    assert (found["ruleset"], found["on"], found["eligible"]) == (
        "yongjia-2022",
        "2026-11-23",
        True,
    )
    assert (found["points"], found["low"], found["high"]) == (18.5, 18.5, 289)


def test_an_age_instead_of_a_date_of_birth() -> None:
    def age(facts: str) -> tuple[float, float]:
        command = ("estimate", "-", "--on", "2026-11-23", "--json")
        found = json.loads(run(*command, text=facts).stdout)["parts"][0]["categories"][0]
        return found["low"], found["high"]

    assert age("age_years: 54") == (6, 6)
    assert age("age_years: 54\nage_told_on: 2026-09-01") == (5, 6)
    told = run("estimate", "-", "--on", "2026-11-23", text="age_years: 121")
    assert (told.exit_code, "0 到 120" in told.stderr) == (2, True)


def test_an_estimate_in_words(person: str) -> None:
    said = run("estimate", person, "--on", "2026-11-23").stdout
    assert said.startswith("估算 18.5 分（可能 18.5～289）\n")
    assert "大专（含高职） 8 分" in said
    assert "每月计多少分：公开的文件写法不一" in said
    assert "学信网《学历电子注册备案表》" in said
    assert "以县里核定为准" in said


def test_facts_come_from_standard_input_too_also_as_json() -> None:
    written = json.dumps({"education": "doctor", "birth_date": "1990-05-01"})
    found = json.loads(run("estimate", "-", "--on", "2026-11-23", "--json", text=written).stdout)
    assert found["points"] == 30
    assert json.loads(run("estimate", "-", "--json", text="").stdout)["high"] == 300


def test_another_ruleset_and_another_day(person: str) -> None:
    found = run("estimate", person, "--ruleset", "yongjia-original", "--on", "2026-11-23", "--json")
    assert json.loads(found.stdout)["points"] == 20.5  # 10 + 42 × 0.25
    early = json.loads(run("estimate", person, "--on", "2020-01-01", "--json").stdout)
    assert (early["points"], early["notices"][0]["id"]) == (0, "before_first_value")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "education: phd",
            "-：education：'phd' 不在可选的里面。改法：写其中一个：below_high",
        ),
        ("rented_year: 3", "-：rented_year：没有这一项，是不是 rented_years？"),
        ("rented_years: 3\nrented_years: 4", "-:2：rented_years：这个键写了两次"),
        ("- education", "-：一行写一项，如 education: bachelor"),
        ("education: [", "-:2：YAML："),
        ("birth_date: 2027-01-01", "-：birth_date：2027-01-01 晚于测算的日子"),
    ],
)
def test_bad_facts_are_named_and_end_with_2(text: str, said: str) -> None:
    found = run("estimate", "-", "--on", "2026-11-23", text=text)
    assert found.exit_code == 2
    assert said in found.stderr
    assert found.stdout == ""


def test_a_bad_file_or_ruleset_or_day_ends_with_2(tmp_path: Path, person: str) -> None:
    (tmp_path / "gbk.yaml").write_bytes("education: 大专".encode("gbk"))
    for arguments, said in (
        (["estimate", str(tmp_path / "none.yaml")], "none.yaml：没有这个文件"),
        (["estimate", str(tmp_path / "gbk.yaml")], "文件不是 UTF-8"),
        (["estimate", person, "--ruleset", "yongjia"], "没有“yongjia”这套规则"),
        (["estimate", person, "--on", "tomorrow"], "'tomorrow' does not match"),
        (["rules", "show", "yongjia"], "没有“yongjia”这套规则"),
    ):
        found = run(*arguments)
        assert found.exit_code == 2
        assert said in found.stderr


def test_the_office_s_rules_count(person: str, office: Path) -> None:
    found = run("estimate", person, "--on", "2027-01-01", "--json", rules=office)
    assert json.loads(found.stdout)["points"] == 29  # 8 + 42 × 0.5
    listed = run("rules", "list", rules=office).stdout
    ids = [line.split("\t")[0] for line in listed.splitlines()]
    assert ids == [*packaged_rulesets(), "xiaoxian-2027"]
    assert (
        "example_offence"
        in run(
            "estimate", "-", "--json", "--on", "2027-01-01", text="example_offence: 2", rules=office
        ).stdout
    )


def test_rules_check_says_that_all_is_well(office: Path) -> None:
    for found in (run("rules", "check"), run("rules", "check", rules=office)):
        assert (found.exit_code, found.stderr) == (0, "")
        assert "没有发现问题" in found.stdout
    assert run("rules", "check", str(office)).exit_code == 0


def test_rules_check_names_every_fault_and_ends_with_1(office: Path) -> None:
    bad = MALFORMED / "no_unit.yaml"
    found = run("rules", "check", str(bad), "--lang", "en")
    assert found.exit_code == 1
    assert found.stderr == (
        "no_unit.yaml:28: education.college.points: it has no unit. Fix: add `unit: points`\n"
    )
    (office / "bad.yaml").write_text(bad.read_text(encoding="utf-8"), encoding="utf-8")
    (office / "worse.yaml").write_text("amends: [", encoding="utf-8")
    found = run("rules", "check", "--lang", "en", rules=office)
    assert found.exit_code == 1
    assert "bad.yaml:28: " in found.stderr
    assert "worse.yaml:2: YAML: " in found.stderr


def test_rules_show_tells_value_status_source_and_days() -> None:
    said = run("rules", "show", "yongjia-2022", "--on", "2026-11-23").stdout
    assert "住所情况 [housing]，最高 15 分〔" in said
    assert "无偿献血 [blood_donations，unpublished]" in said
    assert "最多可能 10 分 [blood_donations.high]（2022-07-04 起，待窗口确认；note：" in said
    assert "核对 2026-11-23" in said
    assert "没有公布，以县里核定为准" in said


def test_rules_diff_tells_what_changed_and_why() -> None:
    said = run("rules", "diff", "yongjia-original", "yongjia-2022", "--on", "2026-11-23").stdout
    assert "新增：年龄 / 年龄" in said
    assert "调整：住所情况 / 租住合法住房、单位宿舍" in said
    assert "原因：往年审核中大部分租赁合同无法提供和验证" in said
    assert "特殊身份" not in said  # unchanged


def test_rules_list_and_show_name_the_files(office: Path) -> None:
    listed = run("rules", "list", rules=office).stdout.splitlines()
    assert {line.split("\t")[2] for line in listed} >= {
        "yongjia-2022.yaml + zhejiang-common.yaml + 2027.yaml",
        "yongjia-original.yaml",
        "xiaoxian.yaml",
    }
    said = run("rules", "show", "yongjia-2022", "--on", "2027-01-01", rules=office).stdout
    files = "文件：yongjia-2022.yaml + zhejiang-common.yaml\n修改：2027.yaml"
    assert f"{files}《2027 年计分口径（示例）》" in said
    assert "计 0.5 分/满 1 个月 [social_insurance.rate]（2027-01-01 起；reply：第一条；" in said
    assert "示例减分大类 [deductions_1]" in said
    before = run("rules", "show", "yongjia-2022", "--on", "2026-12-31", rules=office).stdout
    assert "修改：" not in before


COMPARED = [
    ("--on", "2026-12-31", "--on", "2027-01-01"),
    ("--without-amendments", "--on", "2027-01-01"),
]


@pytest.mark.parametrize("how", COMPARED)
def test_rules_diff_of_one_ruleset_tells_what_is_another_figure(
    office: Path, how: tuple[str, ...]
) -> None:
    said = run("rules", "diff", "yongjia-2022", *how, rules=office).stdout
    assert [line for line in said.splitlines() if line.endswith("]")] == [
        "缴纳社会保险 / 缴纳社会保险 [social_insurance.social_insurance.rate]",
        "永嘉县个性指标 [county.cap]",
        "社会公益 [public_welfare.cap]",
        "社会公益 / 在本县慈善捐赠（累计） [public_welfare.charity.cap]",
        "示例减分大类 / 示例减分情形一 [deductions_1.deduction_1.rate]",
        "示例减分大类 / 示例减分情形一 [deductions_1.deduction_1.most]",
        "减分指标第二类（名称未公布） / 示例减分情形二 [deductions_2.deduction_4.rate]",
        "[deductions_1]",
        "示例减分大类 [deductions_1.deduction_1]",
        "减分指标第二类（名称未公布） [deductions_2.deduction_4]",
    ]
    assert "原来：最高 5 分（2022-07-04 起；关于" in said
    assert (
        "现在：最高 6 分（2027-01-01 起；县新居民服务中心关于计分口径的答复（示例）：第四条" in said
    )


def test_rules_diff_says_what_is_taken_off_and_what_is_still_to_come(office: Path) -> None:
    diff = ("rules", "diff", "yongjia-2022", "--without-amendments", "--on")
    assert "现在：扣 2 分/次" in run(*diff, "2027-01-01", rules=office).stdout
    early = run(*diff, "2026-12-31", rules=office).stdout
    assert "没有不同。" in early
    assert "还有修改在这一天以后才开始：加上 --on 2027-01-01 再看。" in early
    assert "以后才开始" not in run(*diff, "2027-01-01", rules=office).stdout


BROKEN = "amends: yongjia-2022\ncorrect:\n  - {figure: charity.capp, value: 6}\n"
READ_RULES = ["ask 社保", "chat --script -", "dialogs check", "rules list", "demo", "wechat menu"]


@pytest.mark.parametrize("command", READ_RULES)
def test_faulty_rules_are_said_in_chinese_by_every_command(
    office: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (office / "broken.yaml").write_text(BROKEN, "utf-8")
    monkeypatch.chdir(office)
    said = run(*command.split(), rules=office)
    assert (said.exit_code, "broken.yaml:3：" in said.stderr) == (2, True)


def test_rules_diff_needs_something_to_compare_with() -> None:
    for more in ((), ("--on", "2026-12-31"), ("yongjia-original", "--without-amendments")):
        assert run("rules", "diff", "yongjia-2022", *more).exit_code == 2


def test_the_ruleset_of_the_service_is_that_of_the_commands(
    person: str, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINSHIMIN_RULESET", "xiaoxian-2027")
    assert run("estimate", person, "--on", "2027-01-04", rules=office).stdout.startswith(
        "估算 8 分"
    )
    assert run("ask", "社保有几分", "--on", "2027-01-04", rules=office).stdout.startswith(
        "试行办法里"
    )


def test_nothing_differs_from_itself() -> None:
    assert run("rules", "diff", "yongjia-2022", "yongjia-2022").stdout.endswith("没有不同。\n")


def test_rules_keys_lists_what_a_file_may_name() -> None:
    lines = run("rules", "keys").stdout.splitlines()
    assert len(lines) == len(FACTS) + len(common_evidence())
    assert run("rules", "keys", "志愿").stdout.splitlines() == [
        "fact: volunteer_services　在本县参加志愿服务"
        "（count；rule: deduction、per_count、unpublished）",
        "evidence: volunteering　志愿服务平台记录（团县委）",
    ]
