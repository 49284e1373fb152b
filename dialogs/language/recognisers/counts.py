"""How many times: 两次, 3回, 仨, 没有."""

import re

from dialogs.language.lexicon import alternation
from dialogs.language.outcome import Refused, Understood, Value
from dialogs.language.recognisers.amounts import mask_words, nothing_counted, settle, without_tally
from dialogs.language.recognisers.numerals import NUMBER, START, either, read
from dialogs.language.recognisers.quantity import Quantity

_FOREIGN = alternation("units.time", "units.yuan", "units.other")
_VOLUME = re.compile(rf",?(?:(?:每次|每回|一次|一共|共)?{START}{NUMBER}(?:毫升|ml|cc))(?=$|[,。])")
"""The volume of blood given, beside the number of times."""
_GIVEN = re.compile(r"(?<=献)(?:了|过|的)*(?:[二两三四]百|[234]00)(?!次|回|[一二三四五六七八九\d])")
"""献的四百: that volume, without its unit."""
_HOURS = re.compile(rf",?[^,。;\d]{{0,10}}(?:大概|差不多|一共)?{START}{NUMBER}个?多?(?:小时|钟头)")
_TIMES = re.compile("[次回]")
"""12次，大概40个小时: beside a number of times, hours say nothing more."""
_COUNT = re.compile(
    rf"(?P<n>{NUMBER})(?:(?P<half>个?半)|(?P<foreign>{_FOREIGN})|(?P<unit>{alternation('units.count')})(?P<half2>半)?)?"
)


def read_count(text: str) -> Understood[Value] | Refused:
    """A whole number of times from a cleaned text."""
    text = _GIVEN.sub("", _VOLUME.sub(",", without_tally(text)))
    text = _HOURS.sub("", text) if _TIMES.search(text) else text
    found = [_quantity(match) for match in _COUNT.finditer(mask_words(text))]
    return settle("count", text, found) if found else nothing_counted(text)


def _quantity(match: re.Match[str]) -> Quantity:
    value = read(match["n"])
    if match["foreign"]:
        return Quantity(*match.span(), None, fault="ambiguous_unit")
    if value is None:
        return Quantity(*match.span(), None, fault="vague", either=either(match["n"]))
    if match["half"] or match["half2"] or value.denominator > 1:
        return Quantity(*match.span(), None, fault="ambiguous_unit")
    return Quantity(*match.span(), value, bare=not match["unit"])
