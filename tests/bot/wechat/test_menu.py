import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from pydantic import ValidationError

from bot.cli.wechat import command
from bot.wechat.client import ApiError, Client, UnreachableError
from bot.wechat.menu import Button, Column, menu, menu_json
from tests.bot.setting_up import environment_of, settings_for
from tests.bot.wechat.platform import Platform


def test_the_menu_keeps_the_platforms_limits() -> None:
    assert 1 <= len(menu()) <= 3
    assert all(1 <= len(column.buttons) <= 5 for column in menu())


@pytest.mark.parametrize("name", ["", "太长的名字太长的名字"])
def test_a_column_beyond_the_limits_is_refused(name: str) -> None:
    buttons = (Button(name="a", key="help"),)
    with pytest.raises(ValidationError):
        Column(name=name or "a", buttons=buttons * (1 if name else 6))


@pytest.mark.parametrize("where", [{}, {"key": "a", "page": "/a"}, {"page": "rules"}])
def test_a_button_does_exactly_one_thing(where: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Button(name="a", **where)  # type: ignore[arg-type]


def test_every_key_is_understood_by_the_conversation(platform: Platform) -> None:
    platform.event("o1", "subscribe")
    platform.say("o1", "1")
    unknown = platform.event("o1", "CLICK", EventKey="no_such_key").splitlines()[0]
    for column in menu():
        for button in column.buttons:
            if button.key:
                assert unknown not in platform.event("o1", "CLICK", EventKey=button.key)


def test_every_page_is_served(app: Flask) -> None:
    for column in menu():
        for button in column.buttons:
            if button.page:
                status = app.test_client().get(button.page).status_code
                assert status in (200, 302), button.page  # personal pages ask WeChat first


def test_the_command_prints_it() -> None:
    run = CliRunner().invoke(command, ["menu", "--public-url", "https://jf.example.cn/"])
    assert json.loads(run.output) == menu_json("https://jf.example.cn")
    assert "https://jf.example.cn/rules" in run.output


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (None, "Published."),
        (ApiError(40164, "invalid ip"), "WeChat refused: 40164 invalid ip"),
        (UnreachableError("timeout"), "WeChat was not reached: timeout"),
    ],
)
def test_the_command_publishes_it(
    trouble: Exception | None, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[str, object]] = []

    def call(_client: Client, endpoint: str, body: object) -> None:
        calls.append((endpoint, body))
        if trouble:
            raise trouble

    monkeypatch.setattr(Client, "call", call)
    run = CliRunner().invoke(
        command, ["menu", "--publish"], env=environment_of(settings_for(tmp_path))
    )
    assert told in run.output
    assert run.exit_code == (1 if trouble else 0)
    assert calls == [("menu/create", menu_json("https://jf.example.cn"))]


def test_publishing_without_pages_says_what_is_missing() -> None:
    run = CliRunner().invoke(command, ["menu", "--publish"])
    assert run.exit_code == 1
    assert "set XINSHIMIN_PUBLIC_URL first" in run.output


def test_under_the_review_stands_only_what_is_done_at_the_window() -> None:
    (review,) = [column for column in menu() if any(one.key == "book" for one in column.buttons)]
    assert {one.key for one in review.buttons} == {"book", "appointment", "papers", "person"}
    pages = [[one.page for one in column.buttons if one.page] for column in menu()]
    assert pages == [["/sheet"], [], ["/rules", "/changes", "/privacy"]]
