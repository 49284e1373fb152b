"""What a text is about: oneself or another person, this thing or another, here or elsewhere."""

import re
from functools import cache, lru_cache

from dialogs.language.lexicon import alternation, any_of, patterns
from dialogs.language.text import clean
from dialogs.language.vocabulary import in_the_county
from dialogs.region import region

ABROAD = re.compile("台湾|香港|澳门|国外|外国")
"""A paper of these places is none of those that count here."""
_IN_THE_ARMY = re.compile("在部队[^,。]{0,6}[献捐]|当兵[^,。]{0,6}[献捐]")
_FROM_THERE = "人|户|籍|过?来|搬"


def speaks_of_others(rest: str) -> bool:
    """Whether it is another person's, or about something else altogether."""
    return is_others(rest) or is_unrelated(rest)


def is_others(rest: str) -> bool:
    """Whether it is another person's: 老公交了五年."""
    return bool(any_of("others").search(_own(rest)) or patterns("of_mine").search(rest))


def is_unrelated(rest: str) -> bool:
    """Whether it is about something else altogether: 工资8000."""
    return bool(any_of("unrelated").search(_own(rest)))


@lru_cache(8)
def _own(rest: str) -> str:
    rest = any_of("filler").sub("", patterns("for_me").sub("", rest))
    return rest.replace("其他", "").replace("租房租", "租房")  # no 他, no 房租


def done_elsewhere(rest: str) -> bool:
    """Whether it was done outside the province: 在上海交了#, 江苏#; not where one comes from."""
    if not any_of("outside").search(rest):
        return False
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
        |在{outside}(?:的?(?:时候|那会儿?|期间)|那[些几]年|[打上][工班]的?时)  # 在广东的时候
        |\#[^,。;]{{0,3}},?[都全是就]*在{outside}                        # 三年，都在江苏
        """,
        re.VERBOSE,
    )


def done_beyond_county(text: str) -> bool:
    """Whether it was done in the province, but not in the county: 杭州两次. The city's name beside
    the county's says nothing (温州永嘉); neither does where one comes from."""
    city = region().city in text and not any_of("in_county").search(text)
    if _IN_THE_ARMY.search(text):
        return True
    return bool(_beyond_county().search(text)) or (city and not _from_the_city().search(text))


@cache
def _from_the_city() -> re.Pattern[str]:
    return re.compile(rf"{region().city}(?:{_FROM_THERE})")


@cache
def _beyond_county() -> re.Pattern[str]:
    return re.compile(rf"{alternation('beyond_county')}(?!{_FROM_THERE})")


def only_elsewhere(fact: str, text: str) -> bool:
    """Whether a message says only where it was done, and that is where it does not count.

    >>> [only_elsewhere("blood_donations", one) for one in ("在温州市区献的", "2次")]
    [True, False]
    """
    said = clean(text)
    away = any_of("outside").search(said) or beyond_county(fact, said)
    left = any_of("outside", "inside", "filler", "topic").sub("", _WHERE.sub("", said))
    return bool(away) and not left.strip(" ,。!")


_WHERE = re.compile("市区|那边|那里|那儿|全|老家|可惜|但|不过")


def beyond_county(fact: str, text: str) -> bool:
    """Whether a message tells of deeds that count only in the county, done outside it."""
    return in_the_county(fact) and done_beyond_county(clean(text, keep_spaces=True))
