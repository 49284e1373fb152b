"""Labelled answers: what people write and what it means."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from dialogs.answers import Kind, Refused, Value, parse

TODAY = date(2026, 11, 23)
HERE = Path(__file__).parent
Label = tuple[Kind, str, Value | str]


def labelled(name: str) -> Iterator[Label]:
    data = yaml.safe_load((HERE / name).read_text("utf-8"))
    for kind, answers in data.items():
        for text, meaning in answers.items():
            yield kind, str(text), meaning


def is_right(outcome: object, meaning: Value | str) -> bool:
    """Whether an outcome is what the label says; a reason must be the same reason."""
    if isinstance(outcome, Refused):
        return meaning == "refused" or meaning == outcome.why
    value = outcome.value  # type: ignore[attr-defined]  # Understood
    return type(value) is type(meaning) and value == meaning


@pytest.mark.parametrize(("kind", "text", "meaning"), list(labelled("answers.yaml")))
def test_is_read_as_labelled(kind: Kind, text: str, meaning: Value | str) -> None:
    outcome = parse(kind, text, TODAY)
    assert is_right(outcome, meaning), f"{kind} {text!r}: {outcome}, wanted {meaning}"
