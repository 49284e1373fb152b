"""Whose a message is in a shared account, and what becomes of the visit of its person."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from bot.database import reading
from bot.guest import data
from bot.guest.data import guest
from bot.passing import HEADER
from bot.people import everything_about
from bot.retention import sweep
from bot.settings import SettingsError
from bot.turns import take_turn
from bot.visits import Visit
from bot.wechat.message import LEAVING, REPORTS
from dialogs.utterance import Said
from tests.bot.setting_up import NOW, service_for, settings_for
from tests.bot.wechat.platform import ACCOUNT, MODES, Platform, xml

OTHER = "https://old.example.cn/wechat.php?id=7"
ROOT = "https://jf.example.cn"


@dataclass
class Account:
    """A shared account, at a time that goes on."""

    folder: Path
    changes: dict[str, Any] = field(default_factory=dict)
    now: datetime = NOW

    def __post_init__(self) -> None:
        settings = settings_for(self.folder, **{"forward": OTHER} | self.changes)
        app = service_for(settings, clock=lambda: self.now)
        self.service = app.extensions["xinshimin"]
        self.platform = Platform(app.test_client(), settings, 0)

    def later(self, **passed: float) -> "Account":
        self.now += timedelta(**passed)
        return self

    def message(self, said: str, person: str = "o1", **more: object) -> str:
        self.platform.now = int(self.now.timestamp())
        return self.platform.text(person, said, **more)

    def event(self, name: str, key: str = "", person: str = "o1", **more: object) -> str:
        about = {"ToUserName": ACCOUNT, "FromUserName": person}
        about |= {"CreateTime": int(self.now.timestamp())}  # type: ignore[dict-item]
        return xml(**about, MsgType="event", Event=name, EventKey=key, **more)

    def deliver(self, body: str, mode: str = "plain") -> TestResponse:
        self.platform.now = int(self.now.timestamp())
        return self.platform.post(body, mode)

    def way(self, body: str, mode: str = "plain") -> str:
        """ours, ask or tell."""
        return self.deliver(body, mode).headers.get(HEADER, "ours").partition(" ")[0]

    def says(self, said: str) -> str:
        return self.way(self.message(said))

    def reply(self, body: str) -> str:
        return self.platform.opened(self.deliver(body)).get("Content", "")


@pytest.fixture
def account(tmp_path: Path) -> Account:
    return Account(tmp_path)


WAYS = [  # of a person who never talked to us
    (("CLICK", "xinshimin.start"), "ours"),
    (("CLICK", "start"), "ask"),
    (("CLICK", "their_menu"), "ask"),
    (("SCAN", "xinshimin.window7"), "ours"),
    (("SCAN", "window7"), "ask"),
    (("subscribe", "qrscene_xinshimin.window7"), "tell"),
    (("subscribe", "qrscene_7"), "tell"),
    (("subscribe", ""), "tell"),
    (("VIEW", f"{ROOT}/rules"), "ours"),
    (("VIEW", f"{ROOT}.cn/rules"), "ask"),
    (("scancode_waitmsg", "6"), "ask"),
    (("pic_weixin", "6"), "ask"),
    (("LOCATION", ""), "ask"),
    (("kf_create_session", ""), "ask"),
    (("MASSSENDJOBFINISH", ""), "ask"),
    (("never_heard_of", ""), "ask"),
    (("unsubscribe", ""), "tell"),
    (("TEMPLATESENDJOBFINISH", ""), "tell"),
    (("user_authorization_revoke", ""), "tell"),
    (("subscribe_msg_sent_event", ""), "tell"),
]


@pytest.mark.parametrize("mode", MODES)
def test_an_event_goes_where_its_button_code_or_name_leads(account: Account, mode: str) -> None:
    ways = {event: account.way(account.event(*event), mode) for event, _ in WAYS}
    assert ways == dict(WAYS)


@pytest.mark.parametrize("said", ["积分助手", " 测积分。", "新市民积分"])
def test_a_word_leads_in_and_the_first_reply_says_the_way_out(account: Account, said: str) -> None:
    assert account.says("上班时间") == account.says("1") == "ask"
    first = account.reply(account.message(said))
    assert "发“退出”" in first
    assert "您好" in first
    second = account.reply(account.message("1"))
    assert "【第 1 题" in second
    assert "退出”" not in second


@pytest.mark.parametrize("kind", ["image", "voice", "location", "file"])
def test_whatever_is_sent_in_a_visit_is_ours_and_theirs_outside(
    account: Account, kind: str
) -> None:
    assert account.way(account.message("", MsgType=kind)) == "ask"
    account.says("积分助手")
    assert account.way(account.message("", MsgType=kind)) == "ours"


@pytest.mark.parametrize("tap", ["consent.agree", "education.1.bachelor", "home.word:result"])
def test_an_answer_tapped_in_an_old_reply_leads_in(account: Account, tap: str) -> None:
    assert account.way(account.message("同意", bizmsgmenuid=tap)) == "ours"
    assert account.later(hours=9).way(account.message("满意", bizmsgmenuid="101")) == "ask"


def test_a_word_of_leaving_ends_a_visit_once(account: Account) -> None:
    assert account.says("退出") == "ask"
    account.says("积分助手")
    leaving = account.message("退出")
    assert "已经离开" in account.reply(leaving)
    assert account.says("1") == "ask"
    account.later(seconds=2).says("积分助手")
    assert "已经离开" in account.reply(leaving)  # delivered again
    assert account.says("1") == "ours"


def test_silence_ends_a_visit_and_each_message_moves_its_end(account: Account) -> None:
    minutes = guest().silence_minutes
    account.says("积分助手")
    assert account.later(minutes=minutes - 1).says("1") == "ours"
    assert account.later(minutes=minutes - 1).says("1990年5月") == "ours"
    assert account.later(minutes=minutes).says("大专") == "ask"
    assert account.says("积分助手") == "ours"
    assert "发“退出”" in account.reply(account.later(hours=2).message("积分助手"))


def test_a_visit_outlives_a_restart_and_is_of_one_person(account: Account, tmp_path: Path) -> None:
    account.says("积分助手")
    again = Account(tmp_path)
    assert again.says("1") == "ours"
    assert again.way(again.message("1", person="o2")) == "ask"


def test_who_deletes_everything_or_leaves_the_account_is_outside(account: Account) -> None:
    for said in ("积分助手", "1", "删除我的数据"):
        account.says(said)
    assert "已" in account.reply(account.message("删除"))
    assert account.says("在吗") == "ask"
    account.says("积分助手")
    account.way(account.event("unsubscribe"))
    assert account.says("在吗") == "ask"


def test_a_late_delivery_stays_with_whom_the_first_one_came_to(account: Account) -> None:
    """Theirs before a visit, ours before it ended."""
    theirs = account.message("上班时间")
    assert account.way(theirs) == "ask"
    account.later(seconds=1).says("积分助手")
    ours = account.message("1")
    reply = account.reply(ours)
    assert account.way(theirs) == "ask"
    account.says("退出")
    assert account.reply(ours) == reply


def test_every_delivery_of_a_message_is_passed_on_under_one_name(account: Account) -> None:
    def key(body: str, mode: str) -> str:
        return account.deliver(body, mode).headers[HEADER]

    first, second = account.message("a"), account.message("a")
    assert key(first, "safe") == key(first, "safe") == key(first, "compat") != key(second, "safe")
    events = [account.event("kf_close_session", KfAccount=name) for name in ("a", "b")]
    assert len({key(event, "safe") for event in events * 2}) == 2


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("body", "said"),
    [
        (Account.message, "没有接上"),
        (lambda account, _: account.event("CLICK", "their_menu"), "没有接上"),
        (lambda account, _: account.event("LOCATION"), ""),
        (lambda account, _: account.event("SCAN", "7"), ""),
    ],
)
def test_where_they_do_not_answer_one_kind_sentence_is_there_for_who_waits(
    account: Account, mode: str, body: Any, said: str
) -> None:
    response = account.deliver(body(account, "在吗"), mode)
    assert response.headers[HEADER].startswith("ask ")
    content = account.platform.opened(response, mode).get("Content", "")
    assert said in content
    assert bool(said) == bool(content)


def test_the_other_side_greets_where_the_setting_says_so(tmp_path: Path) -> None:
    account = Account(tmp_path, {"welcome": "theirs"})
    assert account.way(account.event("subscribe", "qrscene_7")) == "ask"
    assert account.says("1") == "ask"
    assert account.way(account.event("subscribe", "qrscene_xinshimin.window7", "o2")) == "tell"
    assert account.way(account.message("1", person="o2")) == "ours"


def test_while_the_database_is_away_only_what_leads_in_is_ours(
    account: Account, tmp_path: Path
) -> None:
    account.says("积分助手")
    (tmp_path / "service.db").rename(tmp_path / "elsewhere.db")
    assert account.way(account.message("在吗"), "safe") == "ask"
    entering = account.deliver(account.message("测积分"), "safe")
    assert HEADER not in entering.headers
    assert "请再发一次" in account.platform.opened(entering, "safe")["Content"]


def test_what_is_signed_and_unreadable_goes_to_who_may_read_it(account: Account) -> None:
    assert account.way("<xml>", "plain") == "ask"
    assert account.deliver("<xml>", "plain").data == b"success"


def test_what_is_forged_goes_nowhere(account: Account) -> None:
    response = account.platform.post(account.message("在吗"), signature="0" * 40)
    assert response.status_code == 403
    assert HEADER not in response.headers


def test_without_another_service_nothing_is_passed_on(tmp_path: Path) -> None:
    account = Account(tmp_path, {"forward": ""})
    assert account.says("在吗") == "ours"
    with reading(account.service.engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM visits")) == 0


def test_a_visit_is_shown_to_its_person_and_swept_when_it_is_over(account: Account) -> None:
    account.says("积分助手")
    with reading(account.service.engine) as connection:
        assert set(everything_about(connection, "o1")["visit"]) == {"since", "until"}  # type: ignore[call-overload]
    settings = account.service.settings
    assert sweep(account.service.engine, settings, account.now)["visits"] == 0
    account.later(minutes=guest().silence_minutes)
    assert sweep(account.service.engine, settings, account.now)["visits"] == 1


def test_a_turn_that_ends_after_its_person_left_begins_no_visit(account: Account) -> None:
    account.says("积分助手")
    service, now = account.service, account.now
    visit = Visit("o1", now, now, now + timedelta(minutes=9), enters=False, greeting="")
    account.says("退出")
    assert take_turn(service, "o1", "slow", Said("1"), now, visit=visit)
    assert account.says("1990年5月") == "ask"


def test_on_each_database_a_visit_begins_goes_on_and_ends(tmp_path: Path, url: str) -> None:
    account = Account(tmp_path, {"database_url": url})
    said = ["在吗", "积分助手", "1", "退出", "1", "测积分", "1"]
    ways = [account.later(seconds=1).says(one) for one in said]
    assert ways == ["ask", "ours", "ours", "ours", "ask", "ours", "ours"]
    account.service.engine.dispose()


def test_both_sides_hear_who_leaves_and_what_became_of_notices() -> None:
    assert guest().both.keys() >= LEAVING | REPORTS | {"subscribe"}
    assert all(guest().both.values())


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("words: []", "words: Tuple should have at least 1 item"),
        ("word: [积分]", "word: Extra inputs are not permitted"),
        ("silence_minutes: 0", "silence_minutes: Input should be greater than"),
        ("words: [", "line 2, column 1"),
        ("- 积分", "write `key: value`"),
    ],
)
def test_a_faulty_file_of_the_county_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, told: str
) -> None:
    (tmp_path / "guest.yaml").write_text(written, encoding="utf-8")
    monkeypatch.setattr(data, "folder", lambda: tmp_path)
    guest.cache_clear()
    try:
        with pytest.raises(SettingsError, match=r"guest\.yaml") as error:
            guest()
    finally:
        guest.cache_clear()
    assert told in str(error.value)


def test_a_county_has_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = guest()
    (tmp_path / "guest.yaml").write_text("words: [居住证积分]", encoding="utf-8")
    monkeypatch.setattr(data, "folder", lambda: tmp_path)
    guest.cache_clear()
    own = guest()
    guest.cache_clear()
    assert own.words == ("居住证积分",)
    assert own.leave == usual.leave
