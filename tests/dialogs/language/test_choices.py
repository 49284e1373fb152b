"""Choosing among options, by number and by word."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dialogs.data import parse
from dialogs.language import Option, Refused, Understood, choose, choose_many

Options = tuple[Option, ...]


def answers(form: str) -> Iterator[tuple[Options, str, Any]]:
    data = parse(Path(__file__).with_name("choices.yaml").read_text("utf-8"))
    for group in data:
        options = tuple(
            Option(id, entry["label"], tuple(entry.get("aliases", ())))
            for id, entry in group["options"].items()
        )
        for text, meaning in group.get(form, {}).items():
            yield options, str(text), meaning


def agrees(outcome: Refused, meaning: str) -> bool:
    return meaning in {"refused", outcome.why}


@pytest.mark.parametrize(("options", "text", "meaning"), list(answers("one")))
def test_one(options: Options, text: str, meaning: str) -> None:
    outcome = choose(text, options)
    right = agrees(outcome, meaning) if isinstance(outcome, Refused) else outcome.value == meaning
    assert right, f"{text!r}: {outcome}, wanted {meaning}"


@pytest.mark.parametrize(("options", "text", "meaning"), list(answers("many")))
def test_many(options: Options, text: str, meaning: str | list[str]) -> None:
    outcome = choose_many(text, options)
    if isinstance(meaning, str):
        assert isinstance(outcome, Refused), f"{text!r}: {outcome}, wanted {meaning}"
        assert agrees(outcome, meaning), f"{text!r}: {outcome}, wanted {meaning}"
    else:
        assert outcome == Understood(frozenset(meaning)), text


def test_every_option_is_reached_by_its_number_and_its_label() -> None:
    for options, _, _ in answers("one"):
        for number, option in enumerate(options, 1):
            assert choose(str(number), options) == Understood(option.id)
            assert choose(option.label, options) == Understood(option.id)


def test_ambiguous_options_are_offered_in_order() -> None:
    options = (Option("a", "大专"), Option("b", "本科"), Option("c", "硕士"))
    outcome = choose("本科，大专", options)
    assert isinstance(outcome, Refused)
    assert outcome.choices == ("a", "b")
