"""Text fitted to a notice template's fields: after one violation (47003) nothing is sent at all."""

import re
from collections.abc import Callable

_HAN = r"\u3400-\u9fff"
_CLAUSE = re.compile(r"(.*)[，。；、：！？,;]", re.DOTALL)  # up to the last mark
_SPACE = re.compile(r"\s+")
EMPTY, NO_PHRASE = "-", "无"


def _shorten(text: str, length: int) -> str:
    """Cut behind a clause where one is long enough to say something."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    clause = _CLAUSE.match(cut)
    whole = clause and len(clause[1]) >= length // 2
    return (clause[1] if clause and whole else cut) + "…"


def thing(text: str) -> str:
    """At most 20 characters of any kind."""
    return _shorten(text, 20)


def phrase(text: str) -> str:
    """At most 5 Chinese characters.

    >>> phrase("预约成功 (1)"), phrase("ok")
    ('预约成功', '无')
    """
    return re.sub(f"[^{_HAN}]", "", text)[:5] or NO_PHRASE


def character_string(text: str) -> str:
    """At most 32 letters, digits or marks, no Chinese.

    >>> character_string("编号 A-17")
    'A-17'
    """
    return re.sub(r"[^\x21-\x7e]", "", text)[:32]


def name(text: str) -> str:
    """At most 10 characters."""
    return text[:10]


def const(text: str) -> str:
    """Chosen in the account; at most 20 characters."""
    return text[:20]


def unlimited(text: str) -> str:
    """Dates and times have a form, not a length."""
    return text


LIMITS: dict[str, Callable[[str], str]] = {
    "thing": thing,
    "phrase": phrase,
    "character_string": character_string,
    "name": name,
    "const": const,
    "time": unlimited,
    "date": unlimited,
}


def fit(field: str, text: str) -> str:
    """`text` as the field (`thing1`, `time2` …) takes it; never empty.

    >>> fit("thing1", "预" * 21) == "预" * 19 + "…"
    True
    >>> fit("character_string4", "号 27-18"), fit("phrase3", "")
    ('27-18', '无')
    """
    kind = field.rstrip("0123456789")
    return LIMITS[kind](_SPACE.sub(" ", text).strip()) or EMPTY
