"""What a text is about: oneself or somebody else, the asked thing or another, here or elsewhere."""

import re
from functools import cache

from dialogs.language.lexicon import alternation, any_of, patterns
from dialogs.language.numerals import NUMBER
from dialogs.language.text import LONGEST

_PAUSE = "[,，、;；。\\s]"
_FROM_THE_CITY = re.compile("温州(?:人|户|籍|过?来|搬)")


def speaks_of_others(rest: str) -> bool:
    """Whether it is somebody else's, or about something else altogether."""
    return is_others(rest) or is_unrelated(rest)


def is_others(rest: str) -> bool:
    """Whether it is somebody else's: 老公交了五年."""
    return bool(any_of("others").search(_own(rest)))


def is_unrelated(rest: str) -> bool:
    """Whether it is about something else altogether: 工资8000."""
    return bool(any_of("unrelated").search(_own(rest)))


def _own(rest: str) -> str:
    rest = any_of("filler").sub("", patterns("for_me").sub("", rest))
    return rest.replace("其他", "")  # no 他


def mine(text: str) -> str:
    """A message without what it says of others or of other money, beside one's own.

    >>> mine("我老公大专我高中"), mine("我跟老公一起来的"), mine("老公给我交了五年")
    ('我高中', '我来的', '老公给我交了五年')
    >>> mine("献血3次，老婆也有2次"), mine("5年，房租2000")
    ('献血3次', '5年')
    """
    text = _their_part().sub("", _company().sub("", text[:LONGEST]))
    if not any_of("together").search(text):
        text = _their_number().sub("", text)
    return _other_money().sub("", text)


@cache
def _their_part() -> re.Pattern[str]:
    """Up to one's own: 我老公大专|我高中; not where it is for one (老公给|我交)."""
    return re.compile(
        rf"""
        我?(?<!其){alternation("others")}   # not 其他
        [^,，。、\s]{{0,60}}?[^给帮替和跟让叫带陪,，。、\s]
        [,，、\s]*(?=我(?!们))
        """,
        re.VERBOSE,
    )


@cache
def _their_number() -> re.Pattern[str]:
    """A closing clause that tells the same of somebody else, and nothing more: ，我老婆也有2次.
    What else it may say (断了半年) could touch one's own number."""
    return re.compile(
        rf"""
        (?<=[^,，、;；。\s]){_PAUSE}+
        (?:但是?|不过|可是?)?我?的?{alternation("others")}
        [也才都只就有是交住租献捐缴做了过的]{{0,4}}
        {NUMBER}(?:[年月日号次回元块]|个月|{NUMBER})*[的了生]*
        {_PAUSE}*$
        """,
        re.VERBOSE,
    )


@cache
def _other_money() -> re.Pattern[str]:
    """A clause that tells other money than the asked one, and nothing more: ，房租2000一个月. What
    follows a first one may belong to it (房租2000，3年), unless it has its own verb (租了3年)."""
    told = rf"""
        我?的?{alternation("other_money")}[是有要才每一个月年:：]{{0,3}}
        {NUMBER}(?:元|块钱?|一?个?月|每月|左右|多|/)*
        """
    return re.compile(
        rf"{_PAUSE}+{told}(?={_PAUSE}|$) | ^{told}{_PAUSE}+(?=我?[租住献捐])", re.VERBOSE
    )


@cache
def _company() -> re.Pattern[str]:
    """和老公一起."""
    return re.compile(rf"(?:[和跟与同带陪]着?{alternation('others')})+(?:一起|一块儿?|一道)")


def done_elsewhere(rest: str) -> bool:
    """Whether it was done outside the province: 在上海交了#, 江苏#; not where one comes from."""
    return bool(_elsewhere().search(_filler_but_places().sub(r"\1", rest)))


@cache
def _filler_but_places() -> re.Pattern[str]:
    """外地 keeps its 地."""
    return re.compile(rf"({alternation('outside')})|{alternation('filler')}")


@cache
def _elsewhere() -> re.Pattern[str]:
    outside, did = alternation("outside"), "[交住缴买租献捐参办]"
    number = r"[#\d一二两三四五六七八九十半](?!川)"  # 四川
    return re.compile(
        rf"""
        (?<!回){outside}(?!人|户|籍)[^,。来搬]{{0,4}}{did}               # 上海交了
        |{did}[^,。来搬回]{{0,4}}(?<!回){outside}(?!人)                  # 交在上海
        |(?<!回){outside}(?!人|户|籍)[^,。;来搬人籍到]{{0,5}}{number}    # 江苏三年
        |\#[^,。;]{{0,3}},?[都全是就]*在{outside}                        # 三年，都在江苏
        """,
        re.VERBOSE,
    )


def done_beyond_county(text: str) -> bool:
    """Whether it was done in the province, but not in the county: 杭州两次. The city's name beside
    the county's says nothing (温州永嘉); neither does where one comes from."""
    city = "温州" in text and not any_of("in_county").search(text)
    return bool(_beyond_county().search(text)) or (city and not _FROM_THE_CITY.search(text))


@cache
def _beyond_county() -> re.Pattern[str]:
    return re.compile(rf"{alternation('beyond_county')}(?!人|户|籍|过?来|搬)")
