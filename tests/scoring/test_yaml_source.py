"""YAML as people write it, and as people attack it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from scoring import RulesetError
from scoring.rulefile.yaml_source import parse_yaml, place_of


def nested(levels: int) -> str:
    return "\n".join(" " * level + "a:" for level in range(levels))


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("a: 0.25", Decimal("0.25")),  # exactly: no binary fraction
        ("a: 042", 42),  # not octal
        ("a: 1_000", 1000),
        ("a: 1:30", "1:30"),  # not minutes
        ("a: -3", -3),
        ("a: 2027-01-01", date(2027, 1, 1)),
        ("a: yes", True),
        ("a: null", None),
        ("a:", None),
        ("a: [1, b]", [1, "b"]),
    ],
)
def test_scalars_are_read_as_people_mean_them(text: str, content: Any) -> None:
    assert parse_yaml(text, "mine.yaml") == {"a": content}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3", "mine.yaml:3: a: the key is written twice, first on line 1"),
        ("a: 2027-13-01", "mine.yaml:1: a: there is no day 2027-13-01. Fix: write a day of"),
        ("a: {b: [1, 2027-02-29]}", "mine.yaml:1: b: there is no day 2027-02-29"),
        ("a:\n  b: .nan", "mine.yaml:2: b: '.nan' cannot be read"),
        ('a: "b\nc: d\n', "a quoted scalar that begins on line 1. Fix: check indentation"),
        ("a: &x [1]\nb: *x", "mine.yaml:1: YAML: this is repeated by an alias (`*`)"),
        ("a: &x [*x]", "mine.yaml:1: YAML: this is repeated by an alias (`*`)"),
        ("a: [", "mine.yaml:2: YAML: "),
        ("a: \x00", "mine.yaml"),
        ("a: " + "9" * 5000, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, said: str) -> None:
    with pytest.raises(RulesetError) as caught:
        parse_yaml(text, "mine.yaml")
    assert said in str(caught.value)


def test_a_tag_that_would_run_a_program_is_only_a_list() -> None:
    assert parse_yaml("a: !!python/object/apply:os.system [id]", "mine.yaml") == {"a": ["id"]}


@pytest.mark.parametrize("text", ["[" * 99_999, "- " * 99_999, "[\n" * 9_999, nested(999)])
def test_what_is_nested_too_deeply_is_refused(text: str) -> None:
    with pytest.raises(RulesetError, match="nested too deeply"):
        parse_yaml(text, "mine.yaml")


def test_a_bomb_of_aliases_does_not_go_off() -> None:
    rows = ["a0: &a0 [x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)
    ]
    with pytest.raises(RulesetError, match="repeated by an alias"):
        parse_yaml("\n".join(rows), "mine.yaml")


def test_places_are_lines_of_the_file() -> None:
    content = parse_yaml("a:\n  - b: 1\n    c: {d: 2}\n", "mine.yaml")
    assert place_of(content, ("a", 0, "b")) == ("mine.yaml", 2)
    assert place_of(content, ("a", 0, "tag", "c", "d")) == ("mine.yaml", 3)
    assert place_of(content, ("a", 7)) == ("mine.yaml", 1)
