"""Our buttons in a menu that has others."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.wechat import command
from bot.guest.menu import Buttons, MenuError, guest_menu, merged
from bot.wechat.message import OURS, Message, utterance_of
from dialogs.utterance import Chosen
from tests.bot.guest.api import Api, wechat_api
from tests.bot.setting_up import environment_of, migrated, settings_for

ROOT = "https://jf.example.cn"
OK = {"errcode": 0, "errmsg": "ok"}
NO_MENU = {"errcode": 46003, "errmsg": "menu no exist"}


def leaf(name: str, **more: Any) -> dict[str, Any]:
    return {"type": "click", "name": name, "key": name} | more


def column(name: str, *names: str) -> dict[str, Any]:
    return {"name": name, "sub_button": [leaf(one) for one in names]}


def ours_of(buttons: Buttons) -> Buttons:
    """Whatever was added."""
    single = [one for top in buttons for one in top.get("sub_button", [top])]
    return [
        one
        for one in single
        if one.get("key", "").startswith(OURS) or one.get("url", "").startswith(ROOT)
    ]


FULL = column("满", *"12345")
WHOLE = len(guest_menu().column.buttons)
PLACES = {  # the menu that is there, how many of ours come, and in which column
    "none": ([], WHOLE, 0),
    "two columns": ([FULL, leaf("官网")], WHOLE, 2),
    "the last column with room": ([column("甲", "1"), FULL, column("乙", "1", "2")], 1, 2),
    "the only column with room": ([column("甲", *"1234"), FULL, leaf("官网")], 1, 0),
}


@pytest.mark.parametrize(("there", "number", "place"), PLACES.values(), ids=PLACES)
def test_ours_is_added_and_nothing_of_theirs_is_changed(
    there: Buttons, number: int, place: int
) -> None:
    after = merged(there, ROOT)
    assert len(ours_of(after)) == number
    assert ours_of([after[place]]) == ours_of(after)
    assert len(after) <= 3
    assert all(len(one.get("sub_button", [])) <= 5 for one in after)
    mine = ours_of(after)
    left = [
        one | {"sub_button": [sub for sub in one["sub_button"] if sub not in mine]}
        if "sub_button" in one
        else one
        for one in after
    ]
    assert [one for one in left if one.get("sub_button") != []] == there
    assert merged(after, ROOT) == after


def test_what_we_had_is_renewed_in_its_place() -> None:
    old = leaf("旧名", key=f"{OURS}result")
    page = {"type": "view", "name": "规则", "url": f"{ROOT}/rules"}
    mixed = {"name": "甲", "sub_button": [leaf("1"), old, leaf("2"), page]}
    after = merged([mixed, FULL], ROOT)
    assert [one["name"] for one in after[0]["sub_button"]] == ["1", guest_menu().button.name, "2"]
    assert after[1] == FULL
    whole = merged([{"name": "积分", "sub_button": [old, page]}, FULL, FULL], ROOT)
    assert len(ours_of(whole)) == WHOLE


def test_where_no_place_is_free_it_says_what_could_go() -> None:
    with pytest.raises(MenuError, match="No place is free") as error:
        merged([FULL, FULL, leaf("官网")], ROOT)
    assert str(error.value).endswith("1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 官网")


def test_our_keys_are_understood_and_those_of_others_are_not_like_them() -> None:
    for button in ours_of(merged([], ROOT)):
        if key := button.get("key"):
            message = Message("o1", "gh", "event", "click", "1", {"EventKey": key})
            assert utterance_of(message) == Chosen(key.removeprefix(OURS))
            assert key.startswith(OURS)


def run(tmp_path: Path, answers: dict[str, Any], *options: str) -> tuple[Result, Api]:
    with wechat_api({"menu/create": OK} | answers) as api:
        settings = settings_for(tmp_path, wechat_api=api.address, public_url=ROOT)
        migrated(settings)
        environment = environment_of(settings)
        return CliRunner().invoke(command, ["menu", "--merge", *options], env=environment), api


def test_a_dry_run_shows_the_difference_and_sends_nothing(tmp_path: Path) -> None:
    there = {"menu": {"button": [leaf("官网"), FULL]}, "conditionalmenu": [{}, {}]}
    done, api = run(tmp_path, {"menu/get": there})
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0] == "  官网 (click 官网)"
    assert sum(line.startswith("+ ") for line in lines) == 1 + WHOLE
    assert not [line for line in lines if line.startswith("- ")]
    assert "2 conditional menus" in done.output
    assert "Nothing was changed. --publish sends it." in done.output
    assert [path for path, _ in api.got] == ["menu/get"]


def test_publishing_sends_the_whole_menu_and_a_second_time_nothing(tmp_path: Path) -> None:
    there = [leaf("官网", sub_button=[]), FULL]  # as WeChat gives it
    done, api = run(tmp_path, {"menu/get": {"menu": {"button": there}}}, "--publish")
    assert "Published." in done.output
    (_, (path, sent)) = api.got
    assert (path, sent["button"][:2]) == ("menu/create", [leaf("官网"), FULL])
    again, api = run(tmp_path, {"menu/get": {"menu": sent}}, "--publish")
    assert "Ours is in the menu already." in again.output
    assert len(api.got) == 1


def test_a_menu_made_by_hand_is_taken_over(tmp_path: Path) -> None:
    by_hand = {
        "is_menu_open": 1,
        "selfmenu_info": {
            "button": [
                {"name": "甲", "sub_button": {"list": [leaf("1")]}},
                {"type": "view", "name": "官网", "url": "https://old.example.cn"},
            ]
        },
    }
    answers = {"menu/get": NO_MENU, "get_current_selfmenu_info": by_hand}
    done, api = run(tmp_path, answers, "--publish")
    assert done.exit_code == 0
    sent = api.got[-1][1]["button"]
    assert sent[:2] == [column("甲", "1"), by_hand["selfmenu_info"]["button"][1]]  # type: ignore[index]


def test_a_button_that_no_program_can_make_is_named(tmp_path: Path) -> None:
    shown = {"button": [{"type": "text", "name": "关于", "value": "您好"}]}
    by_hand = {"is_menu_open": 1, "selfmenu_info": shown}
    done, api = run(tmp_path, {"menu/get": NO_MENU, "get_current_selfmenu_info": by_hand})
    assert done.exit_code == 1
    assert "The button 关于 (text) was made by hand at WeChat" in done.output
    assert len(api.got) == 2


def test_a_refusal_of_wechat_is_said(tmp_path: Path) -> None:
    done, _ = run(tmp_path, {"menu/get": {"errcode": 48001, "errmsg": "api unauthorized"}})
    assert done.exit_code == 1
    assert "WeChat refused: 48001" in done.output


def test_in_a_shared_account_the_menu_is_never_replaced(tmp_path: Path) -> None:
    with wechat_api({"menu/create": OK}) as api:
        settings = settings_for(tmp_path, wechat_api=api.address, public_url=ROOT)
        forward = {"XINSHIMIN_FORWARD": "https://old.example.cn/"}
        environment = environment_of(settings) | forward
        done = CliRunner().invoke(command, ["menu", "--publish"], env=environment)
        assert done.exit_code == 1
        assert "which this would remove: add --merge" in done.output
        assert not api.got
