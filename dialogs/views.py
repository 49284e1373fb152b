"""What the longer views say, as blocks that are packed into pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dialogs.flow import Talk
from dialogs.words import say

PAGE = 1200
"""Bytes of text on one page, so that its choices and their markup fit too."""
LINES = 10
"""Lines on one page."""


def pages(blocks: Sequence[str]) -> list[str]:
    """Blocks packed into pages; a block is never torn apart. At least one page."""
    packed: list[str] = []
    for block in filter(None, blocks):
        longer = f"{packed[-1]}\n{block}" if packed else block
        if packed and len(longer.encode()) <= PAGE and longer.count("\n") < LINES:
            packed[-1] = longer
        else:
            packed.append(block)
    return packed or [say("view/empty")]


def details(talk: Talk) -> list[str]:
    """Every line that gave points or is unsettled, with its arithmetic."""
    return [
        say("view/category", category=category)
        for part in talk.estimate.parts
        for category in part.categories
        if category.high or category.points
    ]


def papers(talk: Talk) -> list[str]:
    """The papers to bring, from the lines that gave points."""
    head = say("view/papers_head")
    return [head, *(say("view/paper", evidence=evidence) for evidence in talk.estimate.evidence)]


VIEWS: Mapping[str, Callable[[Talk], list[str]]] = {"details": details, "papers": papers}
