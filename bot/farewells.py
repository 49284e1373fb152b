"""The last words to a person of whom nothing is kept any more.

Their receipt stays, so that a repeated delivery gets them again; but it keeps no text, only which
of these it was: they are the same for everybody.
"""

from collections.abc import Mapping
from functools import cache

from dialogs.phrases import say

_MARK = "farewell "


@cache
def _texts() -> Mapping[str, str]:
    return {
        f"{_MARK}declined": say("consent/declined", early=()),
        f"{_MARK}declined, deleted": say("consent/declined", early=True),
        f"{_MARK}deleted": say("my_data/deleted"),
        f"{_MARK}child": say("guardian/left"),
    }


def kept(reply: str | None) -> str | None:
    """What a receipt keeps of a last reply: which farewell it was; None for any other text."""
    return next((mark for mark, text in _texts().items() if text == reply), None)


def said(stored: str | None) -> str | None:
    """A stored reply as it was said.

    >>> said(kept(say("my_data/deleted"))) == say("my_data/deleted")
    True
    """
    return _texts().get(stored, stored) if stored else stored
