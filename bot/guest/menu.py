"""The menu of a shared account: ours added to what is there, within the platform's 3 × 5.

Nothing of theirs is changed, moved or left out. A menu that has ours already keeps its places.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import ndiff
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from bot.wechat.client import ApiError, Client
from bot.wechat.menu import Button, Column
from bot.wechat.message import OURS
from dialogs import data

COLUMNS, BUTTONS = 3, 5  # of the platform
NO_MENU = 46003
# What `menu/create` takes. A menu made by hand at WeChat may have others (a text, a picture, an
# article), which it would refuse.
CREATABLE = frozenset(
    {
        "click",
        "view",
        "miniprogram",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
        "media_id",
        "view_limited",
        "article_id",
        "article_view_limited",
    }
)
Buttons = list[dict[str, Any]]


class MenuError(Exception):
    """Ours cannot be added; the text says what to do."""


class Current(NamedTuple):
    """The menu as it is, and how many conditional menus (个性化菜单) stand beside it."""

    buttons: Buttons
    conditional: int


class GuestMenu(BaseModel):
    """Ours: as a column of its own, or as one button."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: Column
    button: Button


@cache
def guest_menu() -> GuestMenu:
    """Raises pydantic.ValidationError where it breaks a limit of the platform."""
    return data.load("bot.guest", "menu.yaml", GuestMenu)


def current(client: Client) -> Current:
    """The account's menu, made by a program or by hand.

    Raises:
        MenuError: it has a button that no program can make.
        ApiError, UnreachableError: see `Client`.
    """
    try:
        answer = client.call("menu/get")
        made = answer.get("menu", {}).get("button", [])
        return Current(_plain(made), len(answer.get("conditionalmenu", [])))
    except ApiError as error:
        if error.code != NO_MENU:
            raise
    shown = client.call("get_current_selfmenu_info")
    by_hand = shown.get("selfmenu_info", {}).get("button", []) if shown.get("is_menu_open") else []
    buttons = _plain(by_hand)
    for one in _single(buttons):
        if one.get("type") not in CREATABLE:
            raise MenuError(
                f"The button {one['name']} ({one.get('type')}) was made by hand at WeChat, and a "
                "program cannot make it again: turn it into a link (跳转网页) there, or remove it."
            )
    return Current(buttons, 0)


def merged(buttons: Sequence[Mapping[str, Any]], page_root: str) -> Buttons:
    """These buttons and ours. Raises MenuError where there is no place for ours."""
    ours = _Ours(page_root)
    there = [ours.renewed(column) for column in buttons]
    if there != list(buttons) or any(ours.are_in(column) for column in buttons):
        return there
    if len(there) < COLUMNS:
        return [*there, ours.column]
    for place in reversed(there):
        if 0 < len(place.get("sub_button", [])) < BUTTONS:
            place["sub_button"] = [*place["sub_button"], ours.button]
            return there
    raise MenuError(
        f"No place is free: the menu has {COLUMNS} columns, each with {BUTTONS} buttons or being "
        "one itself. Remove one of these at WeChat, then again: "
        + ", ".join(str(one["name"]) for one in _single(there))
    )


def changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> str:
    """Both menus as one list: what stays, and after + and - what comes and goes."""
    told = ndiff(list(_lines(before)), list(_lines(after)))
    return "\n".join(line for line in told if not line.startswith("?"))


class _Ours:
    """Our buttons, as the platform wants them."""

    def __init__(self, page_root: str) -> None:
        self.pages = f"{page_root}/"
        made = guest_menu()
        buttons = [one.as_json(page_root, OURS) for one in made.column.buttons]
        self.button = made.button.as_json(page_root, OURS)
        self.column = {"name": made.column.name, "sub_button": buttons}

    def is_one(self, button: Mapping[str, Any]) -> bool:
        """By its key or its address: the name may have been changed."""
        return str(button.get("key", "")).startswith(OURS) or str(button.get("url", "")).startswith(
            self.pages
        )

    def are_in(self, column: Mapping[str, Any]) -> bool:
        """Whether one of ours is in this column."""
        return any(map(self.is_one, _single([column])))

    def renewed(self, column: Mapping[str, Any]) -> dict[str, Any]:
        """A column with what we have today in the place of what we had."""
        inside = column.get("sub_button", [])
        if not self.are_in(column):
            return dict(column)
        if not inside or all(map(self.is_one, inside)):
            return self.column
        first = next(place for place, one in enumerate(inside) if self.is_one(one))
        theirs = [one for one in inside if not self.is_one(one)]
        return dict(column) | {"sub_button": [*theirs[:first], self.button, *theirs[first:]]}


def _plain(buttons: Sequence[Mapping[str, Any]]) -> Buttons:
    """As `menu/create` takes them: a menu by hand has its lists in an object."""
    made = []
    for button in buttons:
        inside = button.get("sub_button") or []
        listed = inside.get("list", []) if isinstance(inside, Mapping) else inside
        rest = {key: value for key, value in button.items() if key != "sub_button"}
        made.append(rest | ({"sub_button": _plain(listed)} if listed else {}))
    return made


def _single(buttons: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Those that can be tapped."""
    for button in buttons:
        yield from button.get("sub_button") or [button]


def _lines(buttons: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for button in buttons:
        inside = button.get("sub_button", [])
        yield button["name"] if inside else _line(button)
        yield from (f"  {_line(one)}" for one in inside)


def _line(button: Mapping[str, Any]) -> str:
    does = next((button[key] for key in ("key", "url", "appid", "media_id") if key in button), "")
    return f"{button['name']} ({button.get('type')} {does})"
