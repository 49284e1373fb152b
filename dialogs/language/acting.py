"""Whether a person does or is something from a place on."""

from collections.abc import Sequence

from dialogs.language.grammar import grammar
from dialogs.language.tokens import Token

STATES = frozenset({"fact", "value", "noun"})


def acts(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at this place begins what a person does or is."""
    if at >= len(tokens):
        return False
    token = tokens[at]
    does = token.unit == "age" or token.text in grammar().predicate
    return does or token.kind in STATES or tells_me(tokens, at)


def tells_me(tokens: Sequence[Token], at: int) -> bool:
    """跟我讲, and not of me: the one who talks talks of themself."""
    if at >= len(tokens) or tokens[at].kind != "company":
        return False
    said = tokens[at + 1 : at + 4]
    return (
        len(said) == 3
        and said[0].kind in ("self", "us")
        and said[1].kind == "reporter"
        and said[2].kind not in ("self", "us", "pause")
    )
