"""For whom else of the household the person counts, and what that one is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import islice

from dialogs.intents.wording import wording
from dialogs.language.people import is_person
from dialogs.language.regional import in_standard_words
from dialogs.match_choice import bare
from dialogs.utterance import Said


@cache
def _household() -> Mapping[str, int]:
    """The words for people of the household, with the line in which each stands."""
    lines = enumerate(wording()["household"])
    return {name: number for number, line in lines for name in line}


ANYBODY = 0
"""The line of words that name nobody in particular."""


_THIRD = ("他", "她")


def _nobody() -> str:
    """The word for the other one who is not named."""
    return next(iter(_household()))


def same_person(one: str, other: str) -> bool:
    """Whether two words may name the same person of a household.

    >>> same_person("老婆", "爱人"), same_person("老婆", "另一位"), same_person("老婆", "哥")
    (True, True, False)
    """
    if {one, other} & {*_THIRD}:
        return True
    lines = {_household().get(one, one), _household().get(other, other)}
    return len(lines) == 1 or ANYBODY in lines


def plain_name(name: str) -> str:
    """A word for a person of the household as it is kept.

    >>> plain_name("我老婆"), plain_name("俺家那口子"), plain_name("隔壁老王")
    ('老婆', '那口子', '隔壁老王')
    """
    bare_name = _MINE.sub("", name)
    return bare_name if bare_name in _household() else name


def yours(name: str) -> str:
    """A word for the other one as it is said to the person: 您老婆.

    >>> yours("老婆"), yours("另一位"), yours("隔壁老王"), yours("我表姑婆")
    ('您老婆', '另一位', '隔壁老王', '您表姑婆')
    """
    if name in _household() and not names_nobody(name):
        return f"您{name}"
    return _MINE.sub("您", name)  # 我表姑婆


_MINE = re.compile("^(?:我|俺|咱)(?:们)?(?:家里?)?的?(?=[一-龥])")


def names_of(whose: str) -> list[str]:
    """Every word for the other one who is called so, pronouns too; the longest first."""
    line = _household().get(whose, whose)
    names = {whose, *_THIRD, *(one for one, of in _household().items() if of == line)}
    return sorted(names, key=len, reverse=True)


def in_first_person(text: str, whose: str) -> str:
    """What is told of the other one on their turn, as that one would tell it.

    >>> in_first_person("他有的，15年办的居住证他40岁", "老公")
    '我有的，15年办的居住证我40岁'
    >>> in_first_person("我老公高中", "老公")
    '我高中'
    >>> in_first_person("我妈跟我住 房子是我买的", "妈"), in_first_person("渠弗是党员", "新妇")
    ('我跟别人住 房子是别人买的', '我不是党员')
    """
    text = in_standard_words(text)
    words = "|".join(map(re.escape, names_of(whose)))
    other = re.compile(f"(?:我|俺|咱)?(?:们)?(?:家里?)?的?(?:{words})(?:自己)?(?!们|人|说)")
    if other.search(text):
        text = _THE_SPEAKER.sub(NOBODY, text)
    return other.sub("我", text)


_LEFT_OUT = re.compile(
    "[我俺](?:自己|自家)?(?:就|的|也|都)*不(?:用|要|必|需要)(?:算|测)|(?:就|只)算(?:[他她]|.{1,4}的)"
)


def leaves_oneself_out(said: Said) -> bool:
    """Whether only the other one is to be counted: 就算渠, 我自家勿用算.

    >>> leaves_oneself_out(Said("好个 就算渠 我自家勿用算")), leaves_oneself_out(Said("好的"))
    (True, False)
    """
    return said.tap is None and _LEFT_OUT.search(in_standard_words(said.text)) is not None


NOBODY = "别人"
"""How who writes is called on the other one's turn: nobody to count for."""
_THE_SPEAKER = re.compile(
    "(?:我|俺)(?:自己)?(?=(?:[前去今]年)?(?:买|交|缴|租|考)|的?名[字下义]|的房|住|家里)"
    "|(?<=[跟和与同住])(?:我|俺)(?=住|一起|一块|租|这|[,，。 ]|$)"
)
"""我妈跟我住 房子是我买的: who writes owns what is so told, where the other one is named."""


_OF_THE_SPEAKER = re.compile(
    "(?:我|俺|咱)(?:自己|们)?(?=(?:的)?(?:名字|名下|身份证|名义)|买的|出钱|的房)|(?<=跟)[我俺](?=住)"
)
RELATIVE = "亲戚"
"""Who the speaker is to the other one: of the household, and not that one."""


def as_a_relative(text: str) -> str:
    """What is the speaker's own on the other one's turn, as that one would tell it.

    >>> as_a_relative("房子是我买的，写我的名字"), as_a_relative("我妈跟我住")
    ('房子是亲戚买的，写亲戚的名字', '我妈跟亲戚住')
    """
    return _OF_THE_SPEAKER.sub(RELATIVE, text)


def done_for_another(text: str) -> bool:
    """Whether something is to be done for another one of the household, who is named, or that one
    books, too.

    >>> done_for_another("帮我妈约一个行吗"), done_for_another("我老公也要约一个")
    (True, True)
    >>> done_for_another("帮我约一个"), done_for_another("我老公社保三年")
    (False, False)
    """
    return bool(_done_for().search(text))


@cache
def _done_for() -> re.Pattern[str]:
    who = "|".join(sorted((*_household(), *_THIRD), key=len, reverse=True))
    too = "(?:也|都|还|能|可以|想|要|行|不|跟我|和我|一起|一块|一同)*"
    books = "(?:预约|约|(?<=一[起块同])[去来])"
    return re.compile(rf"[帮给替代为][我俺咱]?们?(?:家里?)?的?(?:{who})|(?:{who}){too}{books}")


def names_nobody(name: str) -> bool:
    """Whether a word for the other one says nothing of who it is."""
    return _household().get(name) == ANYBODY


_GOES_ON = r"[，,。\s]*(?=(?:他|她).{3})"


@cache
def _household_wishes(ending: str = "") -> tuple[re.Pattern[str], ...]:
    who = "|".join(sorted((*_household(), *_THIRD), key=len, reverse=True))
    wishes = (one.replace("{who}", who) for one in wording()["household_wish"])
    return tuple(re.compile(rf"\A(?:{one}){ending}") for one in wishes)


def household_wish(said: Said) -> str | None:
    """For whom else of the household the person wants to count, where the whole message asks it.

    >>> [household_wish(Said(text)) for text in ("帮我老婆也算一下", "也帮他算", "老婆社保五年")]
    ['老婆', '另一位', None]
    """
    if said.tap is not None:
        return None
    text = in_standard_words(bare(said.text))
    found = (one.fullmatch(text) for one in _household_wishes())
    who = next((str(match[1]) for match in found if match), None) or _unlisted(text)
    return _nobody() if who in _THIRD else who


_UNLISTED = re.compile(
    "(?:你好|您好|同意|我|想|要|来|先|请|麻烦|你|也|再|还|能不能|可以|不是算?我|是)*"
    "[帮给替代](?:我|俺|咱|阿拉)?(?:们|家里?|的)*(?P<who>(?:(?![算测估查看快])[一-龥]){1,6}?)(?:那边|的)?"
    "(?:也|再|都|来|单独)*(?:算|测|估|查|看)(?:算|测|看|估)?(?:一?下)?(?:积?分)?[的了吧嘛呗吗呢呀啊哈]*"
)


def _unlisted(text: str) -> str | None:
    """帮我表姑婆测: a person that no list has, by what is to be done for that one."""
    found = _UNLISTED.fullmatch(text)
    return found["who"] if found and is_person(found["who"]) else None


_PAUSE = re.compile(r"[，,。.；;：:！!？?、\s]+")
_FEW = 4
"""Pauses before which the wish may stand: 你好，不算我的，算我儿子的，他三十岁."""
_POLITE = re.compile(
    "(?:可以|行|好|能)?[吗嘛么不吧]*|(?:谢谢|麻烦)[你您了啦]*|多谢|辛苦了|急"
    "|[他她](?:本人)?[也都是]?(?:同意|愿意|知道|答应)[的了过]?"
)
_OF_ME = re.compile("[我俺咱]|本人")
_I_DO_NOT = re.compile(
    "(?:[我俺咱]|本人|阿拉)(?:自己|本人|的|这边)*(?:先|就|都|也|暂时)*(?:不|没|别)[^，,。\\s]*"
)


def household_told(said: Said) -> tuple[str, str] | None:
    """For whom the person wants to count too, and what is told of that one in the same message.

    >>> household_told(Said("你给我老婆也算一下嘛她四十八初中毕业社保四年了"))
    ('老婆', '她四十八初中毕业社保四年了')
    >>> household_told(Said("替我儿子算，三十岁，大专")), household_told(Said("替我儿子算，谢谢"))
    (('儿子', '三十岁，大专'), ('儿子', ''))
    >>> household_told(Said("帮我老婆算一下，我社保五年"))
    """
    if said.tap is not None:
        return None
    for pause in islice(_PAUSE.finditer(said.text), _FEW):
        if whose := household_wish(Said(said.text[: pause.start()])):
            return _told_of(whose, said.text[pause.end() :])
    for one in _household_wishes(_GOES_ON):
        if found := one.match(said.text):
            who = str(found[1])
            return (_nobody() if who in _THIRD else who), said.text[found.end() :]
    return None


def _told_of(whose: str, rest: str) -> tuple[str, str] | None:
    """What stands behind the wish, without what only says that one does not count oneself."""
    rest = in_standard_words(rest)
    left = _I_DO_NOT.sub("", rest, count=1) if _OF_ME.match(rest) else rest
    if left != rest:  # 我自己不测 我66了: nothing of oneself is to be kept
        clauses = [one for one in _PAUSE.split(left) if one]
        left = "，".join(one for one in clauses if not _OF_ME.match(one) or _names(one, whose))
    told = left.strip("，,。 ")
    if _POLITE.fullmatch(bare(told)):
        return whose, ""
    return None if _OF_ME.match(told) and not _names(told, whose) else (whose, told)


def _names(text: str, whose: str) -> bool:
    """我儿子三十岁: whether what begins with the speaker is said of the other one."""
    return in_first_person(text, whose) != text


def wished_for(said: Said) -> tuple[str, str]:
    """For whom the person wants to count too, and what is told of that one; "" where nobody is
    named."""
    whole = household_wish(said)
    return (whole, "") if whole else household_told(said) or ("", "")


def household_named(said: Said) -> str:
    """Whose of the household it is, where a message says only that; "" where it does not.

    >>> [household_named(Said(text)) for text in ("对呀，老公的嘛", "是我表姑婆个", "老公也是")]
    ['老公', '表姑婆', '']
    """
    text = in_standard_words(bare(said.text))
    found = _only_whose().fullmatch(text) if said.tap is None else None
    if found is None and said.tap is None:
        found = _OF_SOMEBODY.fullmatch(text)
        return found[1] if found and is_person(found[1]) else ""
    return str(found[1]) if found else ""


def whose_it_is(said: Said) -> str:
    """Whose it is, to the question whether it is one's own: by name in one of the clauses, or only
    that it is not; "" where neither is said.

    >>> [whose_it_is(Said(text)) for text in ("是新妇个", "媳妇 儿子老婆 别人个", "都不用")]
    ['新妇', '媳妇', '']
    """
    clauses = [Said(one) for one in _PAUSE.split(said.text) if one]
    named = next(filter(None, map(household_named, clauses)), "")
    if named and not _ANOTHER_S.search(named):
        return named
    person = next((bare(one.text) for one in clauses if bare(one.text) in _household()), "")
    another = bool(named) or bool(_ANOTHER_S.search(in_standard_words(bare(said.text))))
    return person or (_nobody() if another else "")


_ANOTHER_S = re.compile("别人|人家|不是我")
_OF_SOMEBODY = re.compile(
    "(?:对|不|是|嗯|那|这|就|都|说|我|俺|[啊呀])*+([一-龥]{1,6}?)的[呀啊嘛哦呢吧]*"
)


@cache
def _only_whose() -> re.Pattern[str]:
    who = "|".join(sorted(_household(), key=len, reverse=True))
    yes = "(?:对|不|是|嗯|那|这|就|都|说|我|的|[啊呀])*+"
    return re.compile(rf"\A{yes}(?:家|们)?({who})的(?:[呀啊嘛哦呢吧]|不是我的)*")
