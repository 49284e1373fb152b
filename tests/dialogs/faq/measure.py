"""The totals of a question set: `python -m tests.dialogs.faq.measure [--errors]`.

Errors are listed for the tuning halves only: anyone who reads those of the others tunes on them.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any
from zlib import crc32

from dialogs.data import parse
from dialogs.faq import Found, find

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Totals:
    """Shares between 0 and 1: of the questions right first, right among three, answered at once and
    right, answered wrongly as if sure, answered wrongly with others beside, asked back, without
    help; of the off-topic texts answered as if sure, and silent or pointed elsewhere."""

    first: float
    first_three: float
    direct: float
    wrong_direct: float
    wrong_likely: float
    menu: float
    no_help: float
    off_topic_direct: float
    off_topic_silent: float
    wrong: tuple[str, ...]


AT_ONCE = ("answer", "likely", "elsewhere")
"""Decisions that answer at once."""

Question = tuple[str, frozenset[str]]
"""A text, and the topics that are right as its first."""

PARTS = {
    "strangers-tuning": ("strangers", 2, (0,)),
    "strangers-last": ("strangers", 2, (1,)),
    "everyday-tuning": ("everyday", 3, (1, 2)),
    "everyday-last": ("everyday", 3, (0,)),
}
"""Parts of a file: the texts whose checksum leaves one of these remainders by that number."""
UNSEEN = {
    f"{kind}-{writer}": (f"unseen_{writer}", kind)
    for writer in "abcdefg"
    for kind in ("ordinary", "oblique", "obtain")
    if kind != "obtain" or writer in "abcd"
}
"""Kinds of questions of seven writers; see the files for their first runs."""
SETS = ("tuning", "heldout", "fresh", "oblique", "townspeople", "roundabout", "lastcome", *PARTS)


def read(half: str) -> tuple[list[Question], list[str]]:
    """The questions, and the texts that no topic answers."""
    if half in PARTS:
        return _part(*PARTS[half])
    if half in UNSEEN:
        file, kind = UNSEEN[half]
        return _labelled(_data(file)[kind], _data(file)["also"]), _data(file)["elsewhere"]
    data = _data(half)
    return _labelled(data["questions"], data.get("also", {})), [*data["elsewhere"], *data["none"]]


def _part(file: str, by: int, left: tuple[int, ...]) -> tuple[list[Question], list[str]]:
    data = _data(file)
    people = data["people"]
    asked = chain(*(_labelled(one["questions"], data["also"]) for one in people))
    off_topic = chain(*(one["elsewhere"] + one["none"] for one in people))
    return (
        [(text, right) for text, right in asked if crc32(text.encode()) % by in left],
        [text for text in off_topic if crc32(text.encode()) % by in left],
    )


def _labelled(questions: dict[str, list[str]], also: dict[str, list[str]]) -> list[Question]:
    return [
        (text, frozenset([topic, *also.get(text, ())]))
        for topic, texts in questions.items()
        for text in texts
    ]


def _data(name: str) -> Any:
    return parse((HERE / f"{name}.yaml").read_text("utf-8"))


def fixed_ids() -> set[str]:
    """The topics that other programs know by their ids."""
    return set((HERE / "topic_ids.txt").read_text("utf-8").split())


def read_texts(half: str, section: str) -> list[str]:
    """The texts of one section without topics."""
    texts: list[str] = _data(half)[section]
    return texts


def measured(half: str, how: Callable[[str], Found] = find) -> Totals:
    """Run every text of one half through `how`."""
    questions, off_topic = read(half)
    asked = [(text, right, how(text)) for text, right in questions]
    off = [(text, how(text)) for text in off_topic]
    missed = [row for row in asked if row[1].isdisjoint(row[2].topics[:1])]
    direct_off = [row for row in off if row[1].decision == "answer"]

    def share(*decisions: str, of: Sequence[tuple[Any, ...]] = asked) -> float:
        return sum(row[-1].decision in decisions for row in of) / len(asked)

    return Totals(
        first=1 - len(missed) / len(asked),
        first_three=sum(not right.isdisjoint(found.topics) for _, right, found in asked)
        / len(asked),
        direct=share(*AT_ONCE) - share(*AT_ONCE, of=missed),
        wrong_direct=share("answer", "elsewhere", of=missed),
        wrong_likely=share("likely", of=missed),
        menu=share("choices"),
        no_help=share("none"),
        off_topic_direct=len(direct_off) / max(len(off), 1),
        off_topic_silent=sum(found.decision in ("elsewhere", "none") for _, found in off)
        / max(len(off), 1),
        wrong=tuple(
            [
                f"{found.decision} {'/'.join(right)} {text} {found.topics}"
                for text, right, found in missed
            ]
            + [f"{found.decision} OFF {text} {found.topics}" for text, found in direct_off]
        ),
    )


def main() -> None:
    for half in SETS:
        totals = measured(half)
        print(half, *(f"{name} {getattr(totals, name):.3f}" for name in Totals.__slots__[:-1]))
        if half.endswith("tuning") and "--errors" in sys.argv:
            print(*totals.wrong, sep="\n")


if __name__ == "__main__":
    main()
