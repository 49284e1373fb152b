import base64
import json
import shutil
from pathlib import Path

import pytest

from bot import create_app
from bot.database import writing
from bot.people import forget
from bot.sealing.keyring import EMPTY, equipped
from bot.service import Service
from bot.store import facts_told, profiles_told
from bot.web import tokens
from tests.bot.pages.wechat import SignIn, sign_in
from tests.bot.setting_up import NOW, settings_for
from tests.bot.talks import rewrite_talks
from tests.bot.web import FACTS, Browser, Watch, talked

ME, OTHER = "oMe-0001-openid", "oOther-002-openid"


def link_of(service: Service, person: str) -> str:
    token = tokens.make(service.settings.secret_key, "sheet", person, int(NOW.timestamp()))
    return f"/sheet/{token}"


def test_the_owner_sees_the_sheet(browser: Browser, service: Service, wechat: SignIn) -> None:
    talked(service, ME)
    answer = sign_in(browser, wechat, link_of(service, ME), ME)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "66 分" in text
    assert "按原来的办法是 51.5 分（可能 51.5 分起，不封顶）" in text
    assert "按现在的办法是 66 分（可能 66～257.5 分）" in text
    assert "志愿服务从 2 分改为 0.5 分。" in text
    assert "在志愿服务平台报名" in text
    assert "<svg" in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'data-fresh="1"' in text


def test_the_sheet_without_a_token_is_that_of_whoever_looks(
    browser: Browser, service: Service, wechat: SignIn
) -> None:
    talked(service, ME)
    assert "66 分" in sign_in(browser, wechat, "/sheet", ME).get_data(as_text=True)


WIFE = {"whose": "老婆", "facts": {"permit": "residence_permit", "education": "bachelor"}}


@pytest.mark.parametrize("their_turn", [False, True])
def test_the_other_one_of_the_household_stands_beside_oneself(
    browser: Browser, service: Service, wechat: SignIn, their_turn: bool
) -> None:
    own = {"consented": True, "facts": FACTS}
    state = {**WIFE, "consented": True, "aside": own} if their_turn else {**own, "aside": WIFE}
    talked(service, ME)
    with writing(service.engine) as connection:
        rewrite_talks(connection, json.dumps(state))
    text = sign_in(browser, wechat, "/sheet", ME).get_data(as_text=True)
    assert '<p class="figure">至少 66 分</p>' in text
    assert "和老婆比" in text
    assert "<b>文化程度</b>：老婆多 2 分" in text
    assert '您：大专（含高职）</span><span class="figure">8' in text
    assert '老婆：没有答</span><span class="figure">？' in text
    assert "公开的说明里没有写" in text
    kept = browser.get("/my-data").get_data(as_text=True).partition("<pre")[0]
    assert "老婆的回答" in kept
    assert "最高学历</dt><dd>大专" in kept
    assert "最高学历</dt><dd>本科" in kept
    with writing(service.engine) as connection:
        assert facts_told(connection, ME) == FACTS
        forget(connection, ME)
        assert profiles_told(connection, ME) == {}


def test_a_forwarded_link_shows_nothing(browser: Browser, service: Service, wechat: SignIn) -> None:
    talked(service, ME)
    talked(service, OTHER)
    answer = sign_in(browser, wechat, link_of(service, ME), OTHER)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 403
    assert "只给本人看" in text
    assert "66 分" not in text


def test_a_link_opened_by_nobody_known_shows_nothing(browser: Browser, service: Service) -> None:
    talked(service, ME)
    answer = browser.get(link_of(service, ME))
    assert answer.status_code == 302
    assert "66 分" not in answer.get_data(as_text=True)


def test_an_old_link_opens_todays_sheet_for_its_owner_and_a_changed_one_never_works(
    browser: Browser, service: Service, wechat: SignIn, watch: Watch
) -> None:
    talked(service, ME)
    link = link_of(service, ME)
    watch.wait(days=40)
    old = sign_in(browser, wechat, link, ME)
    assert old.status_code == 200
    assert f"在 {watch().date()} 的估算" in old.get_data(as_text=True)
    forged = browser.get(link[:-3] + "AAA")
    assert forged.status_code == 404
    assert "这个链接不对" in forged.get_data(as_text=True)


def test_the_address_does_not_name_the_person(service: Service) -> None:
    token = link_of(service, ME).rpartition("/")[2]
    assert ME not in token
    assert ME.encode() not in base64.urlsafe_b64decode(token)


def test_a_token_for_another_page_opens_nothing(
    browser: Browser, service: Service, wechat: SignIn
) -> None:
    talked(service, ME)
    other = tokens.make(service.settings.secret_key, "other", ME, int(NOW.timestamp()))
    assert sign_in(browser, wechat, f"/sheet/{other}", ME).status_code == 404


def test_somebody_without_answers_is_told_how_to_begin(browser: Browser, wechat: SignIn) -> None:
    answer = sign_in(browser, wechat, "/sheet", ME)
    assert answer.status_code == 404
    assert "还没有明细" in answer.get_data(as_text=True)


@pytest.mark.parametrize("changes", [{"wechat_open": ""}, {"wechat_appid": ""}])
def test_an_account_without_sign_in_shows_nobodys_sheet(
    tmp_path: Path, sqlite: Path, watch: Watch, changes: dict[str, str]
) -> None:
    shutil.copy(sqlite, tmp_path / "service.db")
    browser = Browser(create_app(settings_for(tmp_path, **changes), watch))
    answer = browser.get("/sheet")
    assert answer.status_code == 403
    assert "请在公众号里看" in answer.get_data(as_text=True)


def test_a_talk_whose_key_is_missing_is_one_line_and_a_kind_page(
    browser: Browser, service: Service, wechat: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    talked(service, ME)
    sign_in(browser, wechat, "/sheet", ME)
    caplog.clear()
    equipped(service.engine, EMPTY)
    answer = browser.get("/sheet")
    assert answer.status_code == 503
    assert "请过一会儿再试" in answer.get_data(as_text=True)
    [line] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert line.getMessage().startswith("a page failed: conversations.talk: sealed with the key ")
    assert line.exc_info is None
