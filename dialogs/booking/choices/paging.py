"""Offers, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
Offered = tuple[Sequence[T], bool]
"""The offers that are shown, and whether there are more."""
ON_ONE_PAGE = 8
"""Choices shown at once, at most."""


def page_of(offers: Sequence[T], page: int) -> Offered[T]:
    """The offers of a page, and whether there are more. Pages are of one length: not eight and then
    a last one of two."""
    size = _page_size(offers)
    return offers[page * size : (page + 1) * size], size < len(offers)


def first_page(offers: Sequence[T], of: int) -> Offered[T]:
    """The first of some of the offers, of so many in all."""
    return offers[:ON_ONE_PAGE], len(offers) < of


def next_page(offers: Sequence[object], page: int) -> int:
    """After the last page comes the first."""
    return page + 1 if (page + 1) * _page_size(offers) < len(offers) else 0


def page_with(offers: Sequence[object], before: int) -> int:
    """The page of the offer that stands behind so many others; the first, where there is none."""
    return before // _page_size(offers) if before < len(offers) else 0


def _page_size(offers: Sequence[object]) -> int:
    pages = max(1, -(-len(offers) // ON_ONE_PAGE))
    return -(-len(offers) // pages)
