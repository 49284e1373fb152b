"""A beginning told before the name of what goes on since: 2020年6月才给我交社保的，一直交到现在."""

import re

_DATE = r"(?:[\d零一二三四五六七八九]{2,4}|[去前今])年[\d一二三四五六七八九十]{1,3}月"
_PAID = "社保|社会保险|养老保险|五险一金|五险|住房公积金|公积金"
_TILL_NOW = "(?:就|都|也)?(?:(?:一直)?[交缴买]?到(?:现在|今天|如今)|一直(?:在[交缴]|[交缴]着))|至今"
_BEGUN = re.compile(
    f"(?P<date>{_DATE})(?:份|初|底)?[^,，。; \\d没不]{{0,10}}?(?:[,，]就?开始)?[交缴买][的了]?"
    f"(?:职工|城镇)?(?P<name>{_PAID})的?[,， ]?(?:{_TILL_NOW})"
)
_REGISTERED = re.compile(
    f"(?P<date>{_DATE})(?:份|初|底)?(?:就|才|开始|去|办的?){{0,2}}(?:居住)?登记[的了]?[,， ]?"
    "(?:就|都|也)?(?:一直)?住?(?:到(?:现在|今天|如今)|至今)"
)
"""社保168个月，2013年4月登记到现在."""
_GOES_ON = re.compile(
    f"(?P<date>{_DATE})(?:份|初|底)?[^,，。; \\d没不]{{0,10}}?[交缴买][的了]?[,， ]"
    "(?:就|都|也)?一直(?:[交缴买]?到(?:现在|今天|如今)|在[交缴]|[交缴]着)"
)
"""社保老板从去年三月份才开始给我交，一直交到现在."""


def named_first(text: str) -> str:
    """The cleaned text with the name before its beginning.

    >>> named_first("厂里是2020年6月才给我交社保的一直交到现在没停过")
    '厂里是社保2020年6月交到现在没停过'
    """
    text = _REGISTERED.sub(r"居住登记\g<date>到现在", text)
    return _GOES_ON.sub(r"\g<date>交到现在", _BEGUN.sub(r"\g<name>\g<date>交到现在", text))
