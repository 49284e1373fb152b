"""Numbers as written in Chinese: 42, 四十二, 1万五, 2千3百, 1.5w, 三点五. Exact fractions."""

import re
from fractions import Fraction
from functools import lru_cache

DIGITS = "零一二两三四五六七八九"
_VALUE = dict(zip(DIGITS, (0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_SMALL = {"十": 10, "百": 100, "千": 1000, "k": 1000}
_LARGE = {"万": 10**4, "w": 10**4, "亿": 10**8}

NUMBER = (
    r"(?>(?:(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?|[零一二两三四五六七八九十百千万亿])"
    r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百千万亿]|点(?=[零一二三四五六七八九])|[wk](?![a-z]))*)"
)
"""Matches a whole run of numerals, atomically: no text makes it try again. Whether the run is a
number, `read` decides."""

START = r"(?<![\d零一二两三四五六七八九十百千万亿])(?<![\d零一二两三四五六七八九十百千万亿][wk])"
"""Where a run begins. What does not fit its whole is not sought again from each of its places."""

_TOKEN = re.compile(r"\d+(?:\.\d+)?|.")


@lru_cache(256)  # a message says the same number to each of its readers
def read(raw: str) -> Fraction | None:
    """The value of a run of numerals; None where it states no single number (三四, 二零一九).

    >>> int(read("一万五")), int(read("三万零五百")), int(read("2千3百"))
    (15000, 30500, 2300)
    """
    raw = raw.replace(",", "")
    whole, point, decimals = raw.partition("点")
    if point:
        return _with_decimals(whole, decimals)
    return _Sum().read(_TOKEN.findall(raw))


def _with_decimals(whole: str, decimals: str) -> Fraction | None:
    """三点五, 三点五万."""
    unit = 1
    if decimals and decimals[-1] in _LARGE | _SMALL:
        unit = (_LARGE | _SMALL)[decimals[-1]]
        decimals = decimals[:-1]
    base = read(whole)
    if base is None or not decimals or any(char not in _VALUE for char in decimals):
        return None
    digits = "".join(str(_VALUE[char]) for char in decimals)
    return (base + Fraction(int(digits), 10 ** len(digits))) * unit


def either(raw: str) -> tuple[Fraction, ...]:
    """The two values of a pair of neighbouring digits (三四, 十五六, 一两千), else none (一八).

    >>> [int(value) for value in either("一两千")], either("一八")
    ([1000, 2000], ())
    """
    for place in range(len(raw) - 1):
        pair = raw[place : place + 2]
        if set(pair) <= _VALUE.keys() and (
            _VALUE[pair[1]] - _VALUE[pair[0]] == 1 or pair == "三五"
        ):
            values = read(raw[:place] + raw[place + 1 :]), read(raw[: place + 1] + raw[place + 2 :])
            return tuple(sorted(value for value in values if value is not None))
    return ()


def spoken_digits(raw: str) -> str | None:
    """九零 → "90", 二零一九 → "2019"; None when it is not digits alone."""
    if raw.isascii() and raw.isdigit():
        return raw
    if raw and all(char in _VALUE for char in raw):
        return "".join(str(_VALUE[char]) for char in raw)
    return None


class _Sum:
    """Adds up digits and units from left to right, refusing what no one would write."""

    def __init__(self) -> None:
        self.total = Fraction(0)  # closed sections of 万 and 亿
        self.section = Fraction(0)  # the open section, below 万
        self.digit: Fraction | None = None  # a number still waiting for its unit
        self.written = ""  # how that number was written
        self.unit = 0  # the last unit
        self.zero = False  # 零 was said after the last unit

    def read(self, tokens: list[str]) -> Fraction | None:
        for piece in tokens:
            if piece in _LARGE:
                fits = self._close(_LARGE[piece])
            elif piece in _SMALL:
                fits = self._multiply(_SMALL[piece])
            elif piece == "零" and (self.unit or len(tokens) > 1) and self.digit is None:
                fits = self.zero = True
            else:
                fits = self._take(piece)
            if not fits:
                return None
        return self._end()

    def _take(self, piece: str) -> bool:
        if self.digit is not None:
            return False
        value = _VALUE.get(piece)
        if value is None and not piece[0].isdecimal():
            return False
        self.digit = Fraction(piece) if value is None else Fraction(value)
        self.written = piece
        return True

    def _multiply(self, unit: int) -> bool:
        if self.digit is None and (unit != 10 or self.unit % 10**4):
            return False
        if self.unit % 10**4 and unit >= self.unit:
            return False
        self.section += (Fraction(1) if self.digit is None else self.digit) * unit
        self._after(unit)
        return True

    def _close(self, unit: int) -> bool:
        self.section += self.digit or 0
        if not self.section and not self.total:
            return False
        if self.unit >= 10**4 and unit > self.unit:  # 一万亿
            self.section, self.total = self.section + self.total, Fraction(0)
        elif not self.section:
            return False
        self.total += self.section * unit
        self.section = Fraction(0)
        self._after(unit)
        return True

    def _after(self, unit: int) -> None:
        self.digit, self.unit, self.zero = None, unit, False

    def _end(self) -> Fraction | None:
        rest = self.total + self.section
        if self.digit is None:
            return rest
        if self.unit <= 10 or self.zero or 2 < len(self.written) < len(str(self.unit)):
            return rest + self.digit  # 二十三, 一百零五, 1万2000
        if len(self.written) == 1:  # 一万五, 两千五, 一百二: the next lower unit is left out
            return rest + self.digit * self.unit / 10
        return None
