"""The clock, the token, the menu and the templates, at a stand-in of WeChat's API."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.clock import now
from bot.doctor import account as checks
from bot.doctor import examine
from bot.doctor.verdict import Level, Subject, Verdict
from bot.guest.menu import merged
from bot.outbox.wording import load_notices
from bot.settings import Settings
from bot.wechat.menu import menu_json
from tests.bot.doctor.account import Account, account
from tests.bot.setting_up import migrated, settings_for

OURS = menu_json("https://jf.example.cn")["button"]
THEIRS = {"type": "click", "name": "办事", "key": "OTHER"}
FIELDS = list(load_notices().templates["appointment"].fields)


@pytest.fixture(scope="module")
def running() -> Iterator[Account]:
    with account() as one:
        yield one


@pytest.fixture
def wechat(running: Account) -> Account:
    running.answers.clear()
    running.ahead = 0
    running.__post_init__()
    return running


@pytest.fixture
def settings(tmp_path: Path, wechat: Account) -> Settings:
    made = settings_for(tmp_path, wechat_api=wechat.address)
    migrated(made).dispose()
    return made


def found(settings: Settings) -> dict[str, Verdict]:
    return {one.check: one for one in checks.reached(Subject(settings, now))}


@pytest.mark.parametrize(
    ("ahead", "level"),
    [(0, Level.OK), (30, Level.WARNING), (-30, Level.WARNING), (300, Level.PROBLEM)],
)
def test_the_clock(settings: Settings, wechat: Account, ahead: float, level: Level) -> None:
    wechat.ahead = ahead
    [verdict] = checks.clock(Subject(settings, now))
    assert verdict.level is level, verdict


def test_the_clock_of_a_platform_that_is_away(tmp_path: Path) -> None:
    [verdict] = checks.clock(Subject(settings_for(tmp_path), now))
    assert verdict.level is Level.UNKNOWN


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (40013, "correct XINSHIMIN_WECHAT_APPID"),
        (40125, "correct XINSHIMIN_WECHAT_SECRET"),
        (40164, "10.1.2.3"),
        (40164, "IP list"),
        (45009, "45009"),
    ],
)
def test_no_token(settings: Settings, wechat: Account, code: int, said: str) -> None:
    wechat.answers["stable_token"] = {"errcode": code, "errmsg": "invalid ip 10.1.2.3"}
    verdicts = found(settings)
    assert [one.level for one in verdicts.values()] == ["problem", "unknown", "unknown"]
    assert said in verdicts["token"].text
    assert settings.wechat_secret not in verdicts["token"].text


def test_the_platform_is_not_reached(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    migrated(settings).dispose()
    assert "is it reachable here?" in found(settings)["token"].text


@pytest.mark.parametrize(
    ("published", "level", "said"),
    [
        (OURS, Level.OK, "all buttons"),
        ([{"name": "积分", "sub_button": [one for c in OURS for one in c["sub_button"]]}, THEIRS],
         Level.OK, "all buttons"),  # merged into another service's menu
        (OURS[:2], Level.WARNING, "lacks 指标和分值"),
        ([THEIRS], Level.WARNING, "xinshimin wechat menu --publish"),
        (None, Level.WARNING, "lacks 开始测积分"),
    ],
)  # fmt: skip
def test_the_menu(
    settings: Settings, wechat: Account, published: Any, level: Level, said: str
) -> None:
    if published is not None:
        wechat.answers["menu/get"] = {"menu": {"button": published}}
    verdicts = found(settings)
    assert verdicts["token"].level is Level.OK
    assert (verdicts["menu"].level, said in verdicts["menu"].text) == (level, True), verdicts


@pytest.mark.parametrize(
    ("published", "level", "said"),
    [
        (merged([THEIRS], "https://jf.example.cn"), Level.OK, "a button of ours"),
        ([THEIRS], Level.WARNING, "xinshimin wechat menu --merge"),
    ],
)
def test_the_menu_of_an_account_with_another_service(
    settings: Settings, wechat: Account, published: Any, level: Level, said: str
) -> None:
    wechat.answers["menu/get"] = {"menu": {"button": published}}
    verdict = found(replace(settings, forward="https://old.example.cn/"))["menu"]
    assert (verdict.level, said in verdict.text) == (level, True)


def test_a_menu_that_the_account_may_not_read(settings: Settings, wechat: Account) -> None:
    wechat.answers["menu/get"] = {"errcode": 48001, "errmsg": "api unauthorized"}
    assert "接口权限" in found(settings)["menu"].text


@pytest.mark.parametrize("consent", ["long_term", "category"])
@pytest.mark.parametrize(
    ("id", "fields", "level", "said"),
    [
        ("T1", FIELDS, Level.OK, "1 are the account's"),
        ("T1", FIELDS[1:], Level.PROBLEM, f"has no field {FIELDS[0]}"),
        ("T2", FIELDS, Level.PROBLEM, "has no template T1"),
    ],
)
def test_the_templates(
    tmp_path: Path,
    wechat: Account,
    consent: str,
    id: str,
    fields: list[str],
    level: Level,
    said: str,
) -> None:
    file = tmp_path / "notices.yaml"
    file.write_text(f"consent: {consent}\ntemplates: {{appointment: {{id: T1}}}}\n")
    content = " ".join(f"{{{{{field}.DATA}}}}" for field in fields)
    settings = settings_for(tmp_path, wechat_api=wechat.address, notices=file)
    migrated(settings).dispose()
    if consent == "category":
        listed = {"template_list": [{"template_id": id, "content": content}]}
        wechat.answers["get_all_private_template"] = listed
    else:
        wechat.answers["gettemplate"] = {"data": [{"priTmplId": id, "content": content}]}
    verdict = found(settings)["templates"]
    assert (verdict.level, said in verdict.text) == (level, True), verdict


def test_without_templates(settings: Settings) -> None:
    assert found(settings)["templates"].level is Level.WARNING


def test_a_faulty_file_of_notices(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "notices.yaml"
    file.write_text("consent: never\n")
    said = list(examine(Subject(replace(settings, notices=file, public_url=""), now)))
    assert "XINSHIMIN_NOTICES" in next(one.text for one in said if one.level is Level.PROBLEM)
