"""What the console names has words: actions in the trail, what is said after a click."""

import ast
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

import bot.cli
import bot.office_files
import bot.staff
from bot.booking.day_end import OUTCOMES
from bot.booking.lifecycle import STATES, TRANSITIONS
from bot.models.notice import DELIVERED, DROPPED, FAILED, REFUSED, WAITING
from bot.outbox.events import BLOCKED
from bot.outbox.wording import load_notices
from bot.staff.auth.members import ROLES
from bot.staff.reports.notices import explained
from bot.web.stored_words import words
from bot.wechat.client import (
    FIELD_ERROR,
    IP_NOT_LISTED,
    NO_RIGHT,
    NO_SUCH_PERSON,
    QUOTA_ERRORS,
    REFUSED_ERRORS,
    TOKEN_ERRORS,
    WINDOW_ERRORS,
)
from bot.worksheets import RESULTS


def modules(*rooms: ModuleType) -> list[Path]:
    return [file for room in rooms for file in Path(str(room.__file__)).parent.rglob("*.py")]


MODULES = modules(bot.staff, bot.office_files)
SAID = files("templates") / "staff" / "said"


def calls(name: str, among: Iterable[Path] = MODULES) -> Iterator[list[ast.expr]]:
    """The arguments of every call of a function of this name."""
    for module in among:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
                yield node.args


def texts(node: ast.expr) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def test_every_action_of_the_trail_has_a_label() -> None:
    written = {
        text
        for arguments in calls("record", [*MODULES, *modules(bot.cli)])
        if len(arguments) > 3
        for text in texts(arguments[3])
    }
    written |= {text for arguments in calls("_note") for text in texts(arguments[1])}
    written |= {text for arguments in calls("Wanted") for text in texts(arguments[1])}
    written |= {one.name for one in TRANSITIONS}
    written |= {"book_by_phone", "walk_in", "open_member", "close_member", "change_role"}
    written |= {
        "reset_password",
        "reset_second_factor",
        "issue_codes",
        "remove_alias",
        "dismiss_question",
    }
    assert written - {""} == set(words()["actions"])


def test_everything_said_after_a_click_has_its_sentence() -> None:
    said = {text for arguments in calls("say") for text in texts(arguments[0])} - {"", "hours_"}
    said |= {f"hours_{text}" for arguments in calls("FaultyError") for text in texts(arguments[0])}
    said |= {text for arguments in calls("_faulty") for text in texts(arguments[0])} - {"hours_"}
    refused = [
        *calls("RefusedError"),
        *calls("_refused"),
        *(one[1:] for one in calls("_not_decided")),
    ]
    said |= {text for arguments in refused for text in texts(arguments[0])} - {"office_"}
    said |= {"untaught", "dismissed"}
    said |= {"checked_in", "already_in", "no_such_code", "code_of_other_day"}
    said |= {"too_many_wrong_codes"}
    said |= {"name_and_phone", "site_degrees"}
    assert said == {path.name.removesuffix(".txt") for path in SAID.iterdir()}


def test_every_error_of_the_platform_that_is_told_apart_is_explained() -> None:
    codes = {FIELD_ERROR, IP_NOT_LISTED, NO_SUCH_PERSON}
    codes |= TOKEN_ERRORS | QUOTA_ERRORS | REFUSED_ERRORS | WINDOW_ERRORS | {NO_RIGHT}
    assert set(words()["platform"]) == {*map(str, codes), BLOCKED, "-1", "other"}
    assert explained("43101 user refuse to accept the msg") == "对方不接收通知（43101）"
    assert explained(BLOCKED) == "对方屏蔽了公众号"


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("roles", ROLES),
        ("results", RESULTS),
        ("states", {*STATES, "came", "cancelled"}),
        ("outcomes", OUTCOMES),
        ("notices", {WAITING, DELIVERED, REFUSED, FAILED, DROPPED}),
        ("kinds", load_notices().notices),
        ("sources", {"chat", "page", "staff"}),
        ("weekdays", range(1, 8)),
    ],
)
def test_every_stored_word_has_a_label(kind: str, ids: set[str]) -> None:
    assert set(words()[kind]) == set(ids)
