"""How many points the person wants, or asks about."""

from __future__ import annotations

import re
from functools import cache

from dialogs.intents.wording import matched, wording
from dialogs.match_choice import bare
from dialogs.utterance import Said


def until(said: Said) -> int | None:
    """The points the person asks to reach by waiting.

    >>> until(Said("要等几年才能到90分"))
    90
    """
    found = matched(said, "until")
    return int(found) if found else None


def target(said: Said) -> int | None:
    """The points the person wants to reach, where the whole message asks just that.

    >>> target(Said("怎么才能到100分？")), target(Said("100分"))
    (100, None)
    """
    found = matched(said, "target")
    return int(found) if found else None


def aimed_at(text: str, *, dated: bool) -> int | None:
    """The points that a sentence aims at among other words; where no day is said, it must speak of
    a goal, or of what is missing.

    >>> [aimed_at(one, dated=False) for one in ("我就定个目标90分还差多少怎么补", "离80还差几分")]
    [90, 80]
    >>> aimed_at("别人都说要80分才行", dated=False), aimed_at("我现在有90分", dated=True)
    (None, None)
    """
    aiming = wording()["aiming"]
    text = _without_other_numbers(text)
    if not re.search(aiming["figure"], text) or drops_goal(text):
        return None  # each frame has one
    if re.search(aiming["never"], text) and not re.search(aiming["both"], text):
        return None  # 到80分要多久; not 想到80分怎么搞，要多久
    frames = aiming["open"]
    if dated or re.search(aiming["words"], text):
        frames = (*frames, *aiming["dated"])
    found = {points for frame in frames for points in _framed(frame).findall(text)}
    return int(found.pop()) if len(found) == 1 else None


_ANY_NUMBER = r"(?<![\d.])\d{1,4}(?![\d.])"


def _without_other_numbers(text: str) -> str:
    """A text without the numbers that are an age, or that it says are no goal."""
    for frame in wording()["aiming"]["none"]:
        text = _numbered(frame, _ANY_NUMBER).sub("", text)
    return text


def drops_goal(text: str, points: int | None = None) -> bool:
    """Whether a text takes a goal back: by the name of it, or by what it says of its points.

    >>> [drops_goal(text) for text in ("目标不要了", "我没定目标", "目标80分", "不要80分")]
    [True, True, False, False]
    >>> [drops_goal(text, 23) for text in ("23是我岁数，不是分", "我没说要23分", "23分还差多少")]
    [True, True, False]
    """
    whole, aiming = bare(text), wording()["aiming"]
    if any(re.search(one, whole) for one in aiming["dropped"]):
        return True
    number = rf"(?<![\d.]){points}(?![\d.])"
    frames = aiming["none"] if points is not None else ()
    return any(_numbered(one, number).search(whole) for one in frames)


def doubts_goal(text: str) -> bool:
    """Whether a text asks what the goal is that was noted.

    >>> doubts_goal("啥目标？？"), doubts_goal("目标80分")
    (True, False)
    """
    return re.search(wording()["aiming"]["doubted"], bare(text)) is not None


@cache
def _numbered(frame: str, number: str) -> re.Pattern[str]:
    """A frame with a number in its place."""
    return re.compile(frame.replace("{number}", number))


@cache
def _framed(frame: str) -> re.Pattern[str]:
    """A frame with the figure in its place."""
    return re.compile(frame.replace("{points}", str(wording()["aiming"]["figure"])))


def asks_points(text: str) -> bool:
    """Whether what is left of a message beside a day asks how many points there will be.

    >>> asks_points("能到多少分")
    True
    """
    return any(re.fullmatch(pattern, text) for pattern in wording()["points_asked"])


def asks_total(text: str) -> bool:
    """Whether a part of a message asks how many points one has in all.

    >>> asks_total("请问我这种情况能有多少分"), asks_total("租房有多少分")
    (True, False)
    >>> asks_total("我在瓯北扫马路，我想问一下我那个积分有多少分")
    True
    """
    whole = bare(text)
    asked = _ASKED_AT_LENGTH.split(whole)[-1]
    return any(
        re.fullmatch(one, said) for one in wording()["total_asked"] for said in (whole, asked)
    )


_ASKED_AT_LENGTH = re.compile("[想来]问(?:一?下|问)?|问(?:一?下|问)")
