"""The closed classes of words of `grammar.yaml`: whatever is in none of them may name a person."""

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from dialogs.region import load_local

Class = Literal[
    "self", "us", "near", "person", "payer", "preposition", "company", "benefit", "reporter",
    "conjunction", "adverb", "time", "plan", "tail", "noise", "verb",
]  # fmt: skip


class Grammar(BaseModel):
    """The file `grammar.yaml`; what each list is for stands there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    self: tuple[str, ...]
    us: tuple[str, ...]
    near: tuple[str, ...]
    person: tuple[str, ...]
    surname: str
    title: tuple[str, ...]
    superior: tuple[str, ...]
    headed: str
    payer: tuple[str, ...]
    preposition: tuple[str, ...]
    company: tuple[str, ...]
    benefit: tuple[str, ...]
    reporter: tuple[str, ...]
    conjunction: tuple[str, ...]
    adverb: tuple[str, ...]
    time: tuple[str, ...]
    plan: tuple[str, ...]
    intends: tuple[str, ...]
    acts: tuple[str, ...]
    tail: tuple[str, ...]
    noise: tuple[str, ...]
    verb: tuple[str, ...]
    predicate: frozenset[str]
    kin: tuple[str, ...]
    children: tuple[str, ...]
    object_of: frozenset[str]
    weak: frozenset[str]
    elliptical: frozenset[str]


ORDER: tuple[Class, ...] = (
    "self", "us", "near", "person", "payer", "company", "benefit", "preposition", "plan", "time",
    "conjunction", "adverb", "tail", "noise", "reporter", "verb",
)  # fmt: skip
"""A word in two lists belongs to the first of them."""


@cache
def grammar() -> Grammar:
    """The lists of the package."""
    return Grammar.model_validate(load_local("dialogs.language", "grammar.yaml"))


@cache
def classes() -> dict[str, Class]:
    """Every word of a closed class with its class."""
    listed = {word: name for name in reversed(ORDER) for word in getattr(grammar(), name)}
    return {**dict.fromkeys(intended(), "plan"), **listed}


@cache
def intended() -> frozenset[str]:
    """What is not done yet: 再买, 要考; but 再献了."""
    return frozenset(f"{one}{act}" for one in grammar().intends for act in grammar().acts)
