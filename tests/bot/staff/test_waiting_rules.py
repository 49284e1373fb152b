"""The rules that wait for the office, and the files with which it settles them."""

import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from bot import create_app
from scoring.loading import check_path
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
    "几分": "1",
    "这一项的名称": "某项活动",
}


def completed(file: str, **values: str) -> str:
    """The file as the office would complete it; inferred figures stay as they are."""
    for blank, value in (FILLED | values).items():
        file = file.replace(blank, value)
    return re.sub(r"reading: (\w+) 或 .*", r"reading: \1", file)


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
    first = {tuple(re.findall(r"settle:|correct:|rule: \w+", file)): path for path, file in both}
    for path in (*first.values(), own):  # each kind of file alone, and all of them together
        assert not check_path(path), path
    left = browser.get("/staff/rules").get_data(as_text=True)
    assert FILE.findall(left) == []
