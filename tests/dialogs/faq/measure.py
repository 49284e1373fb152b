"""The totals of a question set: `python -m tests.dialogs.faq.measure [--errors]`.

Errors are listed for the tuning half only: whoever reads those of the others tunes on them.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from dialogs.faq import Found, find

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Totals:
    """Shares between 0 and 1: four of the questions, two of the off-topic texts."""

    first: float
    first_three: float
    direct: float
    wrong_direct: float
    off_topic_direct: float
    off_topic_silent: float
    wrong: tuple[str, ...]


def read(half: str) -> tuple[list[tuple[str, str]], list[str]]:
    """(text, topic) pairs, and the texts that no topic answers."""
    data = yaml.safe_load((HERE / f"{half}.yaml").read_text("utf-8"))
    questions = [(text, topic) for topic, texts in data["questions"].items() for text in texts]
    return questions, [*data["elsewhere"], *data["none"]]


def read_texts(half: str, section: str) -> list[str]:
    """The texts of one section without topics."""
    texts: list[str] = yaml.safe_load((HERE / f"{half}.yaml").read_text("utf-8"))[section]
    return texts


def measured(half: str, how: Callable[[str], Found] = find) -> Totals:
    """Run every text of one half through `how`."""
    questions, off_topic = read(half)
    asked = [(text, topic, how(text)) for text, topic in questions]
    off = [(text, how(text)) for text in off_topic]
    missed = [row for row in asked if row[2].topics[:1] != (row[1],)]
    direct_off = [row for row in off if row[1].decision == "answer"]
    return Totals(
        first=1 - len(missed) / len(asked),
        first_three=sum(topic in found.topics for _, topic, found in asked) / len(asked),
        direct=sum(found.decision == "answer" for *_, found in asked) / len(asked),
        wrong_direct=sum(row[2].decision in ("answer", "elsewhere") for row in missed) / len(asked),
        off_topic_direct=len(direct_off) / len(off),
        off_topic_silent=sum(found.decision in ("elsewhere", "none") for _, found in off)
        / len(off),
        wrong=tuple(
            [f"{found.decision} {topic} {text} {found.topics}" for text, topic, found in missed]
            + [f"{found.decision} OFF {text} {found.topics}" for text, found in direct_off]
        ),
    )


def main() -> None:
    for half in ("tuning", "heldout", "fresh"):
        totals = measured(half)
        print(half, *(f"{name} {getattr(totals, name):.3f}" for name in Totals.__slots__[:-1]))
        if half == "tuning" and "--errors" in sys.argv:
            print(*totals.wrong, sep="\n")


if __name__ == "__main__":
    main()
