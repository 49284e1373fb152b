"""A rule is passed over only where it could change nothing."""

import re
from pathlib import Path

import pytest
import yaml

from dialogs.language import plainly, regional, schooling, text, tokens
from dialogs.language.rewriting import Rules, needed

HEARING = Path(__file__).parents[1] / "hearing"
TEXTS = sorted(
    {
        row["text"]
        for name in HEARING.glob("*_messages.yaml")
        for row in yaml.load(name.read_text("utf-8"), yaml.CSafeLoader)
    }
)
RULES = {
    "regional": regional._forms(),
    "in full": text._IN_FULL,
    "asides": text._ASIDES,
    "put": plainly._PUT,
    "told": plainly._TOLD,
    "schooling": schooling._RULES,
}


def _one_by_one(rules: Rules, said: str) -> str:
    for pattern, becomes in rules._rules:
        said = pattern.sub(becomes, said)
    return said


@pytest.mark.parametrize("name", RULES)
def test_the_characters_looked_for_change_nothing(name: str) -> None:
    assert len(TEXTS) > 1000
    for said in TEXTS:
        assert RULES[name].rewrite(said) == _one_by_one(RULES[name], said), said


def test_a_phrase_is_found_wherever_its_pattern_matches() -> None:
    for place, (pattern, *_) in enumerate(tokens._phrases()):
        found = [said for said in TEXTS if pattern.search(said)]
        assert needed(pattern), pattern.pattern
        assert all(place in tokens._places().of(said) for said in found), pattern.pattern


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("没交", "没"), ("(?:没|未)交?", "没未"), ("社保?", "社"), ("没*", None), ("[^没]", None),
        ("(?=没)", "没"), ("(?!没)交", "交"), ("(?<=没)交?", "没"), ("没|", None),
        ("[一-九]", None), ("(?>没)", "没"), ("没{2}", "没"), (".", None),
    ],
)  # fmt: skip
def test_what_a_pattern_needs(pattern: str, needs: str | None) -> None:
    assert needed(re.compile(pattern)) == (None if needs is None else frozenset(needs))
