"""The account's own replies: as they are served, checked, and taken over from WeChat."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.wechat import command
from bot.guest.autoreply import autoreply
from bot.guest.taken_over import taken_over
from bot.settings import SettingsError
from dialogs.data import parse
from tests.bot.guest.api import wechat_api
from tests.bot.guest.test_sharing import Account
from tests.bot.setting_up import environment_of, migrated, settings_for
from tests.bot.wechat.platform import MODES

FILE = """
follow: 欢迎来到某某街道。
keywords:
- {name: 时间, exact: [上班时间], contains: [几点上班], reply: 周一到周五 9:00 开门。}
- {name: 上班, contains: [上班], reply: 请问您要办什么？}
- {name: 长按, exact: ["1"], reply: "办事请按 <a href='https://old.example.cn'>这里</a>"}
"""
AS_WECHAT_GIVES_IT = {  # the example of WeChat's documentation, shortened
    "is_add_friend_reply_open": 1,
    "is_autoreply_open": 1,
    "add_friend_autoreply_info": {"type": "text", "content": "Thanks for your attention!"},
    "message_default_autoreply_info": {"type": "text", "content": "Hello, this is autoreply!"},
    "keyword_autoreply_info": {
        "list": [
            {
                "rule_name": "autoreply-news",
                "reply_mode": "reply_all",
                "keyword_list_info": [
                    {"type": "text", "match_mode": "contain", "content": "news测试"},
                    {"type": "text", "match_mode": "equal", "content": "news"},
                ],
                "reply_list_info": [
                    {
                        "type": "news",
                        "news_info": {
                            "list": [{"title": "it's news", "content_url": "http://mp/s?a=1"}]
                        },
                    },
                    {"type": "text", "content": "hi"},
                ],
            },
            {
                "rule_name": "autoreply-voice",
                "reply_mode": "random_one",
                "keyword_list_info": [
                    {"type": "text", "match_mode": "contain", "content": "voice测试"}
                ],
                "reply_list_info": [{"type": "voice", "content": "NESsxgHEvAcg3egJTtYj4uG1"}],
            },
            {
                "rule_name": "one of two",
                "reply_mode": "random_one",
                "keyword_list_info": [{"type": "text", "match_mode": "equal", "content": "早"}],
                "reply_list_info": [
                    {"type": "text", "content": "早上好"},
                    {"type": "text", "content": "您早"},
                ],
            },
        ]
    },
}


@pytest.fixture
def account(tmp_path: Path) -> Account:
    return made(tmp_path, FILE)


def made(folder: Path, text: str, **changes: Any) -> Account:
    file = folder / "autoreply.yaml"
    file.write_text(text, encoding="utf-8")
    return Account(folder, {"forward": "", "autoreply": file, "welcome": "theirs"} | changes)


@pytest.mark.parametrize("mode", MODES)
def test_words_get_the_replies_they_had(account: Account, mode: str) -> None:
    platform = account.platform
    for said, replied in {
        "上班时间": "周一到周五 9:00 开门。",
        "你们几点上班": "周一到周五 9:00 开门。",
        " 上班 ": "请问您要办什么？",
        "1": "办事请按 <a href='https://old.example.cn'>这里</a>",
    }.items():
        response = account.deliver(account.message(said), mode)
        assert platform.opened(response, mode)["Content"] == replied
        assert "X-Pass-On" not in response.headers
    greeting = account.deliver(account.event("subscribe"), mode)
    assert platform.opened(greeting, mode)["Content"] == "欢迎来到某某街道。"


def test_what_has_no_reply_is_ours_and_in_a_visit_everything_is(account: Account) -> None:
    assert "【第 1 题" not in account.reply(account.message("1"))
    assert "您好" in account.reply(account.message("落户要多少分"))
    assert "【第 1 题" in account.reply(account.message("1"))
    assert "已经离开" in account.reply(account.message("退出"))
    assert "办事请按" in account.reply(account.message("1"))


def test_with_a_reply_to_anything_only_our_words_lead_in(tmp_path: Path) -> None:
    account = made(tmp_path, f"default: 收到。\n{FILE}")
    assert account.reply(account.message("落户要多少分")) == "收到。"
    assert "您好" in account.reply(account.message("积分助手"))


def test_the_setting_says_who_greets(tmp_path: Path) -> None:
    account = made(tmp_path, FILE, welcome="ours")
    assert "您好" in account.reply(account.event("subscribe"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("keywords: [{reply: a}]", "keywords.0: Value error, give words under exact or contains"),
        ("keywords: [{exact: [a]}]", "keywords.0.reply: Field required"),
        ("keywords: [{exact: [a], reply: ' '}]", "keywords.0.reply: Value should have at least 1"),
        ("keyword: []", "keyword: Extra inputs are not permitted"),
        ("default: [", "line 2"),
        (f"follow: {'很' * 601}", "follow: Value error, longer than 1800 bytes"),
        (None, "No such file"),
    ],
)
def test_a_faulty_file_is_named_with_the_place(tmp_path: Path, text: str | None, told: str) -> None:
    file = tmp_path / "autoreply.yaml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"autoreply\.yaml: ") as error:
        autoreply(file)
    assert told in str(error.value)
    checked = CliRunner().invoke(command, ["autoreply", str(file)])
    assert checked.exit_code == 1
    assert told in checked.output


def test_what_wechat_gives_is_taken_over_and_what_is_no_text_is_named() -> None:
    found, left = taken_over(AS_WECHAT_GIVES_IT)
    assert found == {
        "follow": "Thanks for your attention!",
        "default": "Hello, this is autoreply!",
        "keywords": [
            {
                "name": "autoreply-news",
                "exact": ["news"],
                "contains": ["news测试"],
                "reply": '<a href="http://mp/s?a=1">it\'s news</a>\nhi',
            },
            {"name": "one of two", "exact": ["早"], "reply": "早上好"},
        ],
    }
    assert [line.partition(":")[0] for line in left] == ["autoreply-voice", "one of two"]


def test_what_is_switched_off_is_not_taken_over() -> None:
    off = AS_WECHAT_GIVES_IT | {"is_add_friend_reply_open": 0, "is_autoreply_open": 0}
    assert taken_over(off) == ({}, [])
    assert taken_over({}) == ({}, [])


def test_fetching_writes_a_file_that_is_read_and_never_over_one(tmp_path: Path) -> None:
    file = tmp_path / "autoreply.yaml"
    with wechat_api({"get_current_autoreply_info": AS_WECHAT_GIVES_IT}) as api:
        settings = settings_for(tmp_path, wechat_api=api.address)
        migrated(settings)
        ask = ["autoreply", str(file), "--fetch"]
        done = CliRunner().invoke(command, ask, env=environment_of(settings))
        assert "Not taken over: autoreply-voice: a reply is no text (voice)" in done.output
        assert "2 rules with 3 words" in done.output
        assert parse(file.read_text("utf-8"))["keywords"][1]["reply"] == "早上好"
        again = CliRunner().invoke(command, ask, env=environment_of(settings))
        assert again.exit_code == 1
        assert "is there already" in again.output
        assert len(api.got) == 1
