"""Money in whole yuan: 1万五, 3万2, 两千五, 1.5w, 五百块, ¥500, 十块五."""

import re
from dataclasses import replace

from dialogs.language.lexicon import alternation
from dialogs.language.outcome import Refused, Understood, Value
from dialogs.language.recognisers.amounts import mask_words, nothing_counted, settle, without_tally
from dialogs.language.recognisers.numerals import NUMBER, either, read
from dialogs.language.recognisers.quantity import Quantity

_FOREIGN = alternation("units.time", "units.count", "units.other")
_YUAN = alternation("units.yuan")
_MONEY = re.compile(
    rf"(?P<sign>[¥$]|rmb|人民币)?(?P<n>{NUMBER})"
    rf"(?:(?P<yuan>{_YUAN})(?P<cents>(?:{NUMBER}[角毛分]?)*)|(?P<small>[角毛]|分钱)|(?P<foreign>{_FOREIGN}))?"
)
_PLAINLY_YUAN = 100
"""From here on a bare decimal is yuan and fen; below (1.5) it may as well be 万."""
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?: \d{3})+(?![\d ])")
_EACH_TIME = re.compile(rf"(?:头|第)?[一二三][次回趟](?={NUMBER})")
_HOW_OFTEN = re.compile(rf"{NUMBER}[次回趟]")
"""捐过两趟，一趟五百一趟两百: the sums are what counts."""
_MORE_THAN = re.compile(
    r"(?P<n>\d{1,4}|[一二两三四五六七八九十百]{0,3}(?:十|百))[来多余几](?P<unit>[万千])(?!分)"
)
"""十几万, 二十来万, 20多万: more than so many 万, and never 20 yuan."""


def read_yuan(text: str) -> Understood[Value] | Refused:
    """Complete yuan from a cleaned text; what is below one yuan is cut off."""
    if len(_EACH_TIME.findall(text)) > 1:
        text = _HOW_OFTEN.sub(",", _EACH_TIME.sub("又", text))
    plain = _MORE_THAN.sub(r"\g<n>\g<unit>多", text)
    if plain != text:
        told = read_yuan(plain)
        return replace(told, said=text) if isinstance(told, Refused) else told
    text = without_tally(_GROUPED.sub(lambda found: found[0].replace(" ", ""), text))
    found = [_quantity(match) for match in _MONEY.finditer(mask_words(text))]
    return settle("yuan", text, found) if found else nothing_counted(text)


def _quantity(match: re.Match[str]) -> Quantity:
    value = read(match["n"])
    if match["foreign"] or match["sign"] == "$":
        return Quantity(*match.span(), None, fault="ambiguous_unit")
    if value is None:
        return Quantity(*match.span(), None, fault="vague", either=either(match["n"]))
    if match["small"]:
        return Quantity(*match.span(), value / (100 if match["small"] == "分钱" else 10))
    bare = not match["yuan"] and not match["sign"]
    if bare and value.denominator > 1 and value < _PLAINLY_YUAN:
        return Quantity(*match.span(), value, bare=True, fault="ambiguous_unit")
    return Quantity(*match.span(), value, bare=bare)
