import shutil
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest
from flask import Flask

from bot import create_app
from tests.bot.setting_up import settings_for
from tests.bot.web import ROOT, Browser, Watch

PUBLIC = ("/", "/privacy", "/rules", "/rules/education", "/changes")


@pytest.mark.parametrize("path", [*PUBLIC, "/estimate"])
def test_every_page_is_complete_and_needs_nothing_from_elsewhere(
    browser: Browser, path: str
) -> None:
    answer = browser.get(path)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert '<html lang="zh-CN">' in text
    assert "以县里核定为准" in text
    assert "maximum-scale" not in text
    assert "user-scalable" not in text
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in text.replace(f"{ROOT}/static/share.png", "")
    assert " style=" not in text  # the policy would drop it


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_may_be_kept_for_minutes_and_set_no_cookie(
    browser: Browser, path: str
) -> None:
    answer = browser.get(path)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.headers


def test_every_answer_carries_the_security_headers(browser: Browser) -> None:
    for path in ("/", "/nothing-here", "/estimate"):
        headers = browser.get(path).headers
        if path != "/nothing-here":
            assert headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Strict-Transport-Security"]
            assert headers["Referrer-Policy"] == "same-origin"


def test_an_unknown_address_gets_plain_words(browser: Browser) -> None:
    answer = browser.get("/nothing-here")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.get_data(as_text=True)


def test_static_files_are_kept_for_a_year_under_an_address_of_their_content(
    browser: Browser,
) -> None:
    home = browser.get("/").get_data(as_text=True)
    address = home.split('stylesheet" href="')[1].split('"')[0]
    assert "v=" in address
    assert "immutable" in browser.get(address).headers["Cache-Control"]


@pytest.fixture
def named(tmp_path: Path, sqlite: Path, watch: Watch) -> Flask:
    shutil.copy(sqlite, tmp_path / "service.db")
    settings = settings_for(
        tmp_path,
        operator="某县服务中心",
        contact="某路 1 号 201 室",
        keep_days=150,
        blank_days=33,
        wechat_verify="abC1, xyZ2",
    )
    return create_app(settings, watch)


def test_privacy_says_who_how_long_and_how_to_delete(named: Flask) -> None:
    text = Browser(named).get("/privacy").get_data(as_text=True)
    for words in (
        "某县服务中心",
        "某路 1 号 201 室",
        "150 天",
        "33 天",
        "删除我的数据",
        "我的数据",
        "取消关注",
    ):
        assert words in text
    assert '<a href="/my-data">我的数据</a>：查看、下载' in text
    assert "12 小时后作废" in text


PRIVACY = 5, "af69ebf485f5"
"""The version of the general consent's text (`dialogs/consents.yaml`), and the first digits of the
hash of the privacy page. People agreed to a version: a change of what the page says
counts it up there, and says since when and what is new. Words alone, or a cookie that knows nothing
of anyone (the size of letters), are no such change."""


def test_privacy_has_a_version_that_counts_up_with_what_it_says(named: Flask) -> None:
    version, digest = PRIVACY
    template = (files("templates") / "pages" / "privacy.html").read_text(encoding="utf-8")
    assert f"第 {version} 版" in Browser(named).get("/privacy").get_data(as_text=True)
    assert sha256(template.encode()).hexdigest()[: len(digest)] == digest


def test_privacy_tells_of_what_is_said_before_the_consent(named: Flask) -> None:
    text = Browser(named).get("/privacy").get_data(as_text=True)
    assert "先加密留着" in text
    assert "说完 10 分钟就删" in text


def test_privacy_promises_no_page_where_nobody_can_sign_in(
    tmp_path: Path, sqlite: Path, watch: Watch
) -> None:
    shutil.copy(sqlite, tmp_path / "service.db")
    app = create_app(settings_for(tmp_path, wechat_open=""), watch)
    text = Browser(app).get("/privacy").get_data(as_text=True)
    assert "下载" not in text
    assert "在公众号里发“我的数据”" in text


@pytest.mark.parametrize("forward", ["", "https://other.example.cn/callback"])
def test_privacy_says_that_an_account_has_another_service(
    tmp_path: Path, sqlite: Path, watch: Watch, forward: str
) -> None:
    shutil.copy(sqlite, tmp_path / "service.db")
    app = create_app(settings_for(tmp_path, forward=forward), watch)
    text = Browser(app).get("/privacy").get_data(as_text=True)
    assert ("还有别的服务" in text) == bool(forward)


def test_the_proof_for_wechat_repeats_the_name_of_its_file(named: Flask) -> None:
    browser = Browser(named)
    assert browser.get("/MP_verify_xyZ2.txt").get_data(as_text=True) == "xyZ2"
    assert browser.get("/MP_verify_other.txt").status_code == 404


def test_without_the_setting_there_is_no_proof(browser: Browser) -> None:
    assert browser.get("/MP_verify_.txt").status_code == 404


def test_the_background_tells_bases_dates_chapters_and_sources(browser: Browser) -> None:
    page = browser.get("/background").get_data(as_text=True)
    for words in ("居住证暂行条例", "2022年6月27日", "第十九条新增加", "待窗口确认"):
        assert words in page
    assert page.count("出处：") > 20
    assert 'href="/background"' in browser.get("/rules").get_data(as_text=True)


def test_the_foot_names_who_runs_it_and_the_filing(tmp_path: Path, sqlite: Path) -> None:
    shutil.copy(sqlite, tmp_path / "service.db")
    settings = settings_for(tmp_path, operator="永嘉县某某中心", icp="浙ICP备00000000号-1")
    text = Browser(create_app(settings, Watch())).get("/rules").get_data(as_text=True)
    assert "主办：永嘉县某某中心" in text
    assert 'href="https://beian.miit.gov.cn/" rel="noopener">浙ICP备00000000号-1</a>' in text
