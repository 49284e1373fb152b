"""Until when a paper is in force: 有，28年到期; 居住证到2028年; 快到期了还没换."""

import re
from datetime import date

_MONTH = "(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月份?"
_COMING = (
    "[明后]年|下个?月|下半年|年底|月底|快要?|马上就?要?|即将|就快|"
    "(?:还有|还差|再过|过)[^,。;]{1,5}[年月天]"
)
_NOT_RENEWED = (
    "了?[,，]?(?:但是?|可|就是)?(?:还|也|一直)*没有?(?:去|来得及|时间|空)*"
    "(?:换|续|补|年审|签注)[^,。;]{0,2}"
)
_UNTIL = re.compile(
    rf"(?P<of>证)?(?P<until>有效期|到|至|管到|能用到){{0,2}}"
    rf"(?:(?<!\d)(?P<y>20\d\d|[2-4]\d)(?P<year>年)?|(?P<coming>{_COMING}))(?:{_MONTH})?"
    rf"(?P<ends>[底初才再就要]{{0,2}}(?:到期|过期)(?:{_NOT_RENEWED})?)?"
)


RUN_OUT = re.compile(
    "(?<![没未不])(?<!没有)(?:过期|到期|过了期|失效)(?![^。;]{0,10}(?:(?<![没未])续[好过]|(?<![没未去])续[了上]|换[了好过]|新))"
)
"""证过期了, 去年到期没去续: said of a paper that is no longer in force."""
_NOT_MINE = re.compile(
    "((?:过期|到期|失效)了?[^。;]{0,4}我的?(?:倒是|就|可|都)?(?:还没有?|没))(?=$|[,，。;了呢])"
)
"""他的到期了，我的还没: mine has not run out."""


def in_force(text: str, today: date) -> str:
    """The text with the word that a paper is in force, in place of a time to come when it ends.

    >>> in_force("有,28年到期", date(2026, 11, 28)), in_force("24年到期", date(2026, 11, 28))
    ('有,有效', '24年到期')
    >>> in_force("证快到期了还没换,社保5年", date(2026, 11, 28))
    '证有效,社保5年'
    >>> in_force("他的到期了,我的还没", date(2026, 11, 28))
    '他的到期了,我的还没过期'
    """
    text = _NOT_MINE.sub("\\1过期", text)
    return _UNTIL.sub(lambda found: _read(found, today), text)


def _read(found: re.Match[str], today: date) -> str:
    of_a_paper = found["of"] and found["until"]
    ends = found["ends"] and (found["year"] or found["coming"])
    if not (found["coming"] or _full(found["y"]) > today.year) or not (of_a_paper or ends):
        return found[0]
    return f"{found['of'] or ''}{'有' if of_a_paper else ''}有效"


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)
