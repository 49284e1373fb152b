"""`/my-data`: all that is kept, to read and to take along, for its owner alone."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, update

from bot import create_app, people
from bot.booking.lifecycle import STATES
from bot.booking.queries import CAME
from bot.database import reading, writing
from bot.models.appointment import CANCELLED
from bot.models.notice import DELIVERED, DROPPED, FAILED, REFUSED, WAITING
from bot.outbox.wording import load_notices
from bot.pages.my_data_view import _file
from bot.people import Holder, everything_about, forget
from bot.sealing.column import sealing
from bot.service import Service
from bot.turns import take_turn
from bot.worksheets import RESULTS
from dialogs.utterance import Followed, Said
from scoring import FACTS
from tests.bot.pages.wechat import SignIn, sign_in, state_of
from tests.bot.setting_up import NOW, settings_for
from tests.bot.talks import rewrite_talks
from tests.bot.test_people import ME, OTHER, TABLES, fill
from tests.bot.web import FACTS as SAID
from tests.bot.web import Browser, Watch, signed_in, talked

PATHS = ("/my-data", "/my-data.json")


@pytest.fixture
def filled(app: Flask, service: Service) -> Browser:
    """A browser of a person with a row in every table."""
    with writing(service.engine) as connection:
        fill(connection, ME, 1)
        fill(connection, OTHER, 2)
        state = json.dumps({"facts": SAID | {"donor_registration": True}, "consented": True})
        rewrite_talks(connection, state)
    return signed_in(app, ME)


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def words(browser: Browser) -> str:
    """The page without the copy of the file at its end."""
    return text(browser.get("/my-data")).partition("<pre")[0]


def leaves(value: Any) -> list[Any]:
    """Every value at the ends of what is kept."""
    if isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        return [leaf for one in inside for leaf in leaves(one)]
    return [value]


def test_the_page_says_in_words_what_is_kept_and_when_it_goes(filled: Browser) -> None:
    page = words(filled)
    for told in (
        "最高学历</dt><dd>大专",
        "社保</dt><dd>42 个月",
        f"{FACTS['donor_registration'].label}</dt><dd>是",  # told of by the way
        "现在</dt><dd>已预约",
        "办什么</dt><dd>核对积分",
        "什么通知</dt><dd>取消通知",
        "结果</dt><dd>等着发",
        "项目</dt><dd>年龄",
        "核定的分</dt><dd>19.1",
        "到哪天</dt><dd>2026年11月25日",
        "做了什么</dt><dd>取消预约",
        "180 天没有用过就自动删",
        "预约过后 90 天",
        "2 小时内自动删",
        "12 小时后作废",
    ):
        assert told in page, told


def test_every_kind_has_words_and_no_name_of_the_program_is_left(filled: Browser) -> None:
    for name in ("booking", "_at<", "<dt>state", "purpose", "notice_consents", "oubei", "T10:"):
        assert name not in words(filled), name


def test_every_stored_word_has_words_for_its_owner() -> None:
    kinds = _file()["kinds"]
    states = {*STATES, CAME, CANCELLED}
    ends = {WAITING, DELIVERED, REFUSED, FAILED, DROPPED}
    assert kinds["booking.appointments"]["values"]["state"].keys() == states
    assert kinds["notices"]["values"]["state"].keys() == ends
    assert kinds["notices"]["values"]["kind"].keys() == load_notices().notices.keys()
    assert kinds["review.worksheets"]["values"]["result"].keys() == set(RESULTS)


def test_the_file_is_what_the_service_knows_in_readable_letters(
    filled: Browser, service: Service
) -> None:
    answer = filled.get("/my-data.json")
    with reading(service.engine) as connection:
        everything = everything_about(connection, ME)
    assert json.loads(answer.data) == {
        "openid": ME,
        "exported_at": "2026-11-23T10:00:00+08:00",
        "kept": everything,
    }
    assert "瓯北街道".encode() in answer.data
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_carries_the_whole_file_too(filled: Browser) -> None:
    """Some phones cannot store a file from within WeChat."""
    page = filled.get("/my-data").get_data(as_text=True)
    shown = page.partition('tabindex="0">')[2].partition("</pre>")[0].replace("&#34;", '"')
    assert json.loads(shown) == json.loads(filled.get("/my-data.json").data)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_anybody_else_and_nothing_kept_elsewhere(filled: Browser, path: str) -> None:
    answer = filled.get(path)
    assert OTHER not in text(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_asked_who_they_are_and_comes_back(
    browser: Browser, service: Service, wechat: SignIn, path: str
) -> None:
    talked(service, OTHER)
    assert OTHER not in text(sign_in(browser, wechat, path, ME))


@pytest.mark.parametrize("path", PATHS)
def test_a_browser_of_somebody_forgotten_sees_nothing(
    filled: Browser, service: Service, path: str
) -> None:
    with writing(service.engine) as connection:
        forget(connection, ME)
    answer = filled.get(path)
    assert state_of(answer)
    assert ME not in answer.get_data(as_text=True)


def test_a_post_does_nothing(filled: Browser) -> None:
    for path in PATHS:
        assert filled.post(path).status_code == 405


def test_what_has_no_words_yet_is_shown_under_its_own_name(
    filled: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange = {"shoes": [{"size": 43, "worn": True, "since": "2026-11-23"}], "hats": [{"n": 1}]}
    plain = {"mood": {"today": {"morning": "fine"}}, "luck": 7, "songs": ["one", [{"b": 2}, "c"]]}
    for name, kept in (("wardrobe", strange), *plain.items()):
        holder = Holder(name, lambda *_: None, lambda *_, kept=kept: kept)  # type: ignore[misc]
        monkeypatch.setitem(people._holders, name, holder)
    page = words(filled)
    for told in ("wardrobe.shoes", "size</dt><dd>43", "worn</dt><dd>是", "wardrobe.hats", "mood"):
        assert told in page
    assert "since</dt><dd>2026年11月23日" in page
    assert "morning</dt><dd>fine" in page
    assert "luck</dt><dd>7" in page
    assert "songs</dt><dd>one" in page
    assert "{&#39;b&#39;: 2}、c" in page


def test_every_value_kept_is_in_the_words_or_in_the_file_below(filled: Browser) -> None:
    file = json.loads(filled.get("/my-data.json").data)["kept"]
    del file["conversation"]  # told as answers
    page = words(filled)
    for leaf in leaves(file):
        if isinstance(leaf, str) and ME in leaf:
            assert leaf in page


EVIL = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "said",
    [{"unheard_of": EVIL}, {"special_statuses": [EVIL]}, {"education": EVIL}, EVIL],
    ids=["unknown", "in a set", "as a choice", "instead of all"],
)
def test_markup_in_an_answer_stays_text(app: Flask, service: Service, said: Any) -> None:
    """Also in what a later version of the program no longer understands."""
    talked(service, ME)
    state = json.dumps({"facts": said, "consented": True})
    with writing(service.engine) as connection:
        rewrite_talks(connection, state)
        receipt = {"key": "k", "person": ME, "reply": EVIL, "answered_at": NOW}
        table = TABLES["deliveries"]
        connection.execute(insert(table).values(sealing(table, receipt)))
    page = words(signed_in(app, ME))
    assert EVIL not in page
    assert page.count("&lt;script&gt;") == 2


def test_the_links_of_a_reply_are_told_without_their_addresses(
    app: Flask, service: Service
) -> None:
    for number, utterance in enumerate((Followed(), Said("1"))):
        take_turn(service, ME, str(number), utterance, NOW)
    page = words(signed_in(app, ME))
    assert "▸ 1 同意，开始测积分" in page
    assert "weixin:" not in page


def say(service: Service, *texts: str) -> str | None:
    take_turn(service, ME, "0", Followed(), NOW)
    told = [take_turn(service, ME, text, Said(text), NOW) for text in texts]
    return told[-1]


def test_the_chat_leads_to_the_page(service: Service) -> None:
    assert '"https://jf.example.cn/my-data">看全部' in (say(service, "1", "我的数据") or "")


@pytest.mark.parametrize("changes", [{"wechat_open": ""}, {"public_url": ""}])
def test_the_chat_leads_nowhere_where_nobody_can_sign_in(
    tmp_path: Path, sqlite: Path, watch: Watch, changes: dict[str, str]
) -> None:
    shutil.copy(sqlite, tmp_path / "service.db")
    app = create_app(settings_for(tmp_path, **changes), watch)
    told = say(app.extensions["xinshimin"], "1", "我的数据") or ""
    assert "居住证" not in told
    assert "随时能看" in told
    assert "my-data" not in told


def test_the_chat_names_only_appointments_to_come(service: Service) -> None:
    with writing(service.engine) as connection:
        fill(connection, ME, 1)
        connection.execute(update(TABLES["appointments"]).values(state="cancelled"))
        rewrite_talks(connection, "{}")
    told = say(service, "1", "我的数据") or ""
    assert "窗口预约" not in told
    assert "以前的预约：1 个" in told
    for words_of in ("给您留着的位置：瓯北街道", "排队等候：瓯北街道", "核对的结果：1 份"):
        assert words_of in told


def test_the_consents_are_shown_and_the_sensitive_one_is_withdrawn(
    app: Flask, service: Service
) -> None:
    browser = signed_in(app, ME)
    for number, said in enumerate(("你好", "同意", "我是党员，大专", "同意")):
        take_turn(service, ME, str(number), Said(said), NOW)
    page = words(browser)
    for told in ("同意记下回答", "党员、献血那几项单独的同意", "第几版说明</dt><dd>", "中共党员"):
        assert told in page
    assert json.loads(text(browser.get("/my-data.json")))["kept"]["conversation"]["state"][
        "consent"
    ]
    assert browser.post("/my-data/withdraw", []).status_code == 303
    page = words(browser)
    assert "中共党员" not in text(browser.get("/my-data"))
    assert "撤回这几项的同意" not in page
    assert "大专" in page


def test_what_is_held_is_shown_in_words(app: Flask, service: Service) -> None:
    browser = signed_in(app, ME)
    for number, said in enumerate(("你好", "同意", "献过三次血")):
        take_turn(service, ME, str(number), Said(said), NOW)
    assert FACTS["blood_donations"].label in words(browser)
