"""The rules that wait for the office, and the files with which it settles them."""

import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from bot import create_app
from scoring.engine.loading import check_path
from tests.bot.setting_up import settings_for
from tests.bot.staff.office import Office, hired
from tests.bot.web import Watch

FILE = re.compile(r'<pre class="copy"[^>]*>(.*?)</pre>', re.S)
FILLED = {
    "从哪天起": "2026-11-23",
    "哪天核对的": "2026-11-23",
    "文件名称": "县新居民服务中心的答复",
    "第几条": "第一条",
    "最多几分": "5",
    "最多扣几分": "10",
    "每次几分": "1",
    "每次扣几分": "2",
    "上面哪一个": "county.cap",
    "改成几分": "205",
    "几分": "1",
    "这一项的名称": "某项活动",
}


def completed(file: str, **values: str) -> str:
    """The file as the office would complete it; inferred figures stay as they are."""
    for blank, value in (FILLED | values).items():
        file = file.replace(blank, value)
    return file


@pytest.mark.parametrize("ruleset", ["yongjia-2022", "yongjia-original"])
def test_for_each_rule_that_waits_there_is_a_file_that_settles_it(
    tmp_path: Path, sqlite: Path, watch: Watch, ruleset: str
) -> None:
    own = tmp_path / "rules"
    own.mkdir()
    shutil.copy(sqlite, tmp_path / "other.db")
    settings = settings_for(
        tmp_path, rules=own, ruleset=ruleset, database_url=f"sqlite:///{tmp_path / 'other.db'}"
    )
    app = create_app(settings, watch)
    service = app.extensions["xinshimin"]
    browser = Office(app, service, watch, hired(service.engine)).browser("desk")
    page = browser.get("/staff/rules").get_data(as_text=True)
    figures = service.rules().figures(watch().date())
    files = [unescape(file) for file in FILE.findall(page)]
    assert len(files) > 20
    paths = [own / f"{number}.yaml" for number in range(len(files))]
    both = list(zip(paths, files, strict=True))
    for path, file in both:
        path.write_text(file, encoding="utf-8")
    refused = {Path(fault.file).name for fault in check_path(own)}
    assert refused == {path.name for path in paths}, "what is not filled in is refused"
    for path, file in both:
        figure = figures.get(next(iter(re.findall("figure: (.*)", file)), ""))
        kept = {"sum 或 highest": str(figure.value), "几分": str(figure.value)} if figure else {}
        path.write_text(completed(file, **kept), encoding="utf-8")
        assert not check_path(path), path
    conflicts: set[str] = set()
    for path, file in both:  # all together, but one reading of each conflict
        (conflict,) = re.findall("conflict: (.*)", file) or ("",)
        if conflict in conflicts:
            path.unlink()
        conflicts |= {conflict} - {""}
    assert not check_path(own)
    left = browser.get("/staff/rules").get_data(as_text=True)
    assert FILE.findall(left) == []


def test_a_reading_that_moves_the_total_says_what_else_must_change(office: Office) -> None:
    page = unescape(office.browser("desk").get("/staff/rules").get_data(as_text=True))
    moving = [file for file in FILE.findall(page) if "上面哪一个" in file]
    assert [re.findall("reading: (.*)", file) for file in moving] == [["twenty"], ["each"]]
    for file in moving:
        assert "各类最高分加起来是 205 分，而总分是 200 分" in file
        assert "# public_welfare.cap（社会公益，现在 45 分）" in file


def test_or_that_the_caps_may_come_to_more(office: Office, tmp_path: Path) -> None:
    page = unescape(office.browser("desk").get("/staff/rules").get_data(as_text=True))
    for number, file in enumerate(f for f in FILE.findall(page) if "上面哪一个" in f):
        settled, other = file.split("correct:\n")
        restated = "\n".join(re.findall("^# (restate:|  - {part.*)$", other, re.MULTILINE))
        path = tmp_path / f"more-{number}.yaml"
        path.write_text(completed(f"{settled}{restated}\n"), encoding="utf-8")
        assert not check_path(path)
