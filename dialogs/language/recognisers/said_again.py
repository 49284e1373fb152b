"""A yes that says the offered value again, also roughly: 对 一百三十几个月, of 137 months."""

import re
from datetime import date

from dialogs.language.lexicon import alternation
from dialogs.language.outcome import Kind, Refused
from dialogs.language.recognisers.numerals import NUMBER, START, read
from dialogs.language.recognisers.parse import parse
from dialogs.language.text import clean

_YES = re.compile("(?:嗯+|对+|是+|没错|就是|差不多)(?:的|啊|呀|了|吧)?[,。;! ]*")
_AND_SOME = re.compile(
    rf"{START}({NUMBER})几(?={alternation('units.time', 'units.count', 'units.yuan')})"
)
_NUMERAL = re.compile(r"[\d一二两三四五六七八九十百千万]")
_THIS_ONE = re.compile("(?:就|就是|是)?(?:这个数|这个|这样|这么多|这些|差不多)(?:了|吧|的|啊)?")


def says_again(kind: Kind, text: str, value: int, today: date) -> bool:
    """Whether a text agrees and names no other value than this one.

    >>> says_again("months", "对 一百三十几个月 就这个数", 137, date(2026, 11, 28))
    True
    >>> says_again("years", "对，不过是五年", 6, date(2026, 11, 28))
    False
    """
    said = clean(text, keep_spaces=True)
    agreed = _YES.match(said)
    if agreed is None:
        return False
    rest = said[agreed.end() :].strip(" ,。;!")
    if not _NUMERAL.search(rest.replace("一样", "")):
        return bool(_THIS_ONE.fullmatch(rest))
    if some := _AND_SOME.search(rest):
        least = read(some[1])
        return least is not None and least <= value < least + 10
    told = parse(kind, rest, today)
    if isinstance(told, Refused):
        return told.why == "vague" and value in told.choices
    return told.value == value
