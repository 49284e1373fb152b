"""What the rules about owners share."""

from collections.abc import Sequence

from dialogs.language.tokens import Token

OPENS = frozenset(
    {"pause", "tail", "conjunction", "time", "self", "us", "reporter", "fact", "adverb", "payer"}
    | {"near", "common"}
)
"""Before a noun that acts: where a sentence may begin."""


def as_i_did(tokens: Sequence[Token], at: int) -> bool:
    """跟我一样, 和我同一天, 跟我一起办的; not 老公和我都交了五年."""
    with_me = tokens[at : at + 3]
    if len(with_me) < 3 or with_me[0].kind != "company" or with_me[1].kind != "self":
        return False
    return with_me[2].text.startswith(_ALIKE) or with_me[2].unit in ("time", "count")


_ALIKE = ("一样", "同", "一起", "一块", "一模一样", "一道", "差不多")


def words_of(tokens: Sequence[Token]) -> str:
    return "".join(one.text for one in tokens)
