"""What one has and has not, told in one breath: 有居住证没社保, 社保没有合同有.

Each name has one word that affirms or denies it, before it or behind it. Where that is plain from
their order, a comma goes between two names with their words; otherwise the text stays as it is.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile
from typing import NamedTuple

from dialogs.language.tokens import Token

_NAMES = frozenset({"fact", "noun", "value"})
_LEADS = frozenset({"adverb", "self"})
_BESIDE = _LEADS | {"verb", "benefit", "tail"}
"""What may stand among the names and their words: 没交社保, 合同也没有."""
_PAID = frozenset({"交", "缴", "献", "捐"})
"""Of no paper: what was denied of such a deed is something named before."""
_THERE = frozenset({"有", "有的", "都有", "也有"})
_INSIDE = re.compile("(?P<before>没[有得]?|[有无冇])?(?P<name>.+?)(?P<behind>没[有得]?|[有无冇])?")
"""A word of the vocabulary that has its own: 没房子, 合同有."""


class _Part(NamedTuple):
    """A name, or a word that affirms or denies it, and where it begins, or what leads to it."""

    is_name: bool
    start: int


def paused(text: str, tokens: Sequence[Token]) -> str:
    """The text with a comma between what belongs together."""
    pairs = (place for stretch in _stretches(tokens) for place in _cuts(stretch))
    for place in sorted({*pairs, *_denied_behind_figures(tokens)}, reverse=True):
        text = f"{text[:place]},{text[place:]}"
    return text


def _stretches(tokens: Sequence[Token]) -> Iterator[list[_Part]]:
    parts: list[_Part] = []
    leads: list[int] = []
    last = ""
    for token in tokens:
        if token.kind in _NAMES or token.kind == "no" or token.text in _THERE:
            first, *more = _parts(token)
            if token.kind == "noun" and last in _PAID and parts and not parts[-1].is_name:
                parts.pop()  # 三年没交|居住证有
            if more and last == "没" and token.text.startswith("有"):
                first, *more = more  # 一直没|有社保
            parts += [first._replace(start=min([*leads, first.start])), *more]
            leads = []
        elif token.kind in _BESIDE:
            leads = [*leads, token.start] if token.kind in _LEADS else []
        elif parts or leads:
            yield parts
            parts, leads = [], []
        last = token.text
    yield parts


def _parts(token: Token) -> list[_Part]:
    found = _INSIDE.fullmatch(token.text) if token.kind in _NAMES else None
    if found is None:
        return [_Part(token.kind in _NAMES, token.start)]
    parts = (part for part in ("before", "name", "behind") if found[part])
    return [_Part(part == "name", token.start + found.start(part)) for part in parts]


_PAIRS = ([True, False], [False, True])


def _cuts(parts: Sequence[_Part]) -> list[int]:
    """Where each pair but the first begins; nowhere, unless all are pairs."""
    pairs = [parts[at : at + 2] for at in range(0, len(parts), 2)]
    are_pairs = all([one.is_name for one in pair] in _PAIRS for pair in pairs)
    return [pair[0].start for pair in pairs[1:]] if are_pairs else []


_ENDS = frozenset({"pause", "self", "us", "tail", "conjunction", "person"})


def _denied_behind_figures(tokens: Sequence[Token]) -> Iterator[int]:
    """去了九次|献血没献过: where the name begins that is denied and repeated; the figure before it
    is of something else. Not 两次献血没献过血小板."""
    for at, token in enumerate(tokens[1:], start=1):
        if token.kind != "fact" or tokens[at - 1].kind != "amount":
            continue
        rest = list(dropwhile(lambda one: one.kind == "adverb", tokens[at + 1 : at + 6]))
        denied = [one.kind for one in rest[:2]] == ["no", "fact"] and rest[1].fact == token.fact
        if denied and (not rest[2:] or rest[2].kind in _ENDS):
            yield token.start
