"""A plain answer with something behind it that changes nothing of it: 三年半 没骗你."""

from pathlib import Path
from typing import Any

import pytest

from dialogs.data import parse
from dialogs.questions import questions
from tests.dialogs.hearing.test_sets import faults

DATA = parse((Path(__file__).parent / "tails.yaml").read_text("utf-8"))
TIMES = {"months", "years"}


def _behind(asked: str) -> list[str]:
    kind = questions()[asked].kind
    more = "time" if kind in TIMES else "times" if kind in ("count", "yuan") else ""
    return [*DATA["behind"]["any"], *DATA["behind"].get(more, ())]


def _rows(asked: str, pause: str) -> list[dict[str, Any]]:
    answers = DATA["answers"][asked].items()
    return [
        {"asked": asked, "text": f"{said}{pause}{tail}", "facts": facts}
        for said, facts in answers
        for tail in _behind(asked)
    ]


@pytest.mark.parametrize("asked", DATA["answers"])
def test_what_changes_nothing_leaves_the_answer_as_it_is(asked: str) -> None:
    lost = [row["text"] for row in _rows(asked, " ") if any(faults(row))]
    assert lost == []


@pytest.mark.parametrize("asked", DATA["answers"])
def test_without_a_pause_nothing_is_heard_that_was_not_said(asked: str) -> None:
    wrong = [row["text"] for row in _rows(asked, "") if faults(row)[1]]
    assert wrong == []
