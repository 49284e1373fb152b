"""A mobile number, as people write it."""

from __future__ import annotations

import re
from unicodedata import normalize

_BETWEEN = re.compile(r"(?<=\d)[\s\-–—_.·]+(?=\d)")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86|0086)?(1[3-9]\d{9})(?!\d)")
_SOME_DIGITS = re.compile(r"\d{5,}")


def mobile_in(text: str) -> str | None:
    """The one mobile number in `text`; None where there is none, or several.

    >>> mobile_in("我的号码１３８ 1234-5678"), mobile_in("+86 138 1234 5678")
    ('13812345678', '13812345678')
    >>> mobile_in("66958106"), mobile_in("13812345678 或 13912345678"), mobile_in("138123456789")
    (None, None, None)
    """
    found = set(_MOBILE.findall(_joined(text)))
    return found.pop() if len(found) == 1 else None


def seems_number(text: str) -> bool:
    """Whether a number was meant, right or wrong.

    >>> seems_number("1381234567"), seems_number("66 95 81"), seems_number("9点半")
    (True, True, False)
    """
    return bool(_SOME_DIGITS.search(_joined(text)))


def _joined(text: str) -> str:
    return _BETWEEN.sub("", normalize("NFKC", text))
