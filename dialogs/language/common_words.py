"""General Chinese words that name no person, from `common_words.txt`."""

from functools import cache
from importlib.resources import files

LONGEST = 3
"""Characters of the longest word."""


def are_common(run: str) -> bool:
    """Whether a run of characters is made of common words only, at least one of them longer than
    one character where the run is.

    >>> are_common("汽修"), are_common("二狗子"), are_common("在县医院护理")
    (True, False, True)
    """
    return _fewest_single(run) < len(run) or (len(run) == 1 and run in common_words())


def begins_common(text: str, at: int) -> bool:
    """Whether a common word of two or three characters begins at this place.

    >>> begins_common("开奶茶店", 1), begins_common("奶有社保", 0)
    (True, False)
    """
    return any(text[at : at + length] in common_words() for length in range(2, LONGEST + 1))


def _fewest_single(run: str) -> int:
    """The fewest characters that stand alone in any division of the run into words; its length
    where there is no such division."""
    none = len(run) + 1
    fewest = [0, *[none] * len(run)]
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - LONGEST), end):
            if run[start:end] in common_words():
                fewest[end] = min(fewest[end], fewest[start] + (end - start == 1))
    return min(fewest[-1], len(run))


@cache
def common_words() -> frozenset[str]:
    """All words of the list, those of one character too."""
    text = (files("dialogs.language") / "common_words.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    singles, longer = lines[0].removeprefix("="), (line.split() for line in lines[1:])
    return frozenset([*singles, *(first + rest for first, *rests in longer for rest in rests)])
