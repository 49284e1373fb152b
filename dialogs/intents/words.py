"""Reserved words (上一步, 结果 …): matched as whole messages only, never inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from dialogs.intents.wording import (
    matched,
    meaning,
    politeness,
    spellings,
    standard,
    wording,
)
from dialogs.language.regional import in_standard_words
from dialogs.match_choice import bare
from dialogs.utterance import Said

IN_A_CLAUSE = ("person", "cost", "my_data")
CLAUSES = 4
"""Clauses of a message, from its end, in which a person may be asked for."""
_PAUSE = re.compile("[，,。.；;！!？?、…\\s]+")
ALWAYS = frozenset(
    {
        "help",
        "person",
        "leave",
        "my_data",
        "delete_my_data",
        "withdraw",
        "where",
        "telephone",
        "mistaken",
        "cost",
    }
)
"""Words that need no consent; they keep nothing."""


NONE = "topics.none"
"""The tap of 都不是 under a list of topics."""


TAP = "word."
"""Tap ids of offered words start so; they work from any bubble, however old."""


def word(said: Said) -> str | None:
    """The reserved word a message is, or None.

    >>> [word(Said(text)) for text in ("「結果」", "为什么问", "我想预约，谢谢", "你说结果怎样")]
    ['result', 'why', 'book', None]
    """
    if said.tap is not None:
        return said.tap.removeprefix(TAP) if said.tap.startswith(TAP) else None
    return _spelt(said.text)


@lru_cache(16)  # several of the hearers of a message ask for its word
def _spelt(text: str) -> str | None:
    text = bare(text) or text.strip()
    words = spellings("words")
    if found := words.get(text):
        return found
    return _looked_at(text) or _rearranged(text) or words.get(politeness().sub("", text))


ARRANGED = 16
"""Longest message that may be a word in another order."""


def _looked_at(text: str) -> str | None:
    """明细看一下吧, 结果发我, 看看预约: the word for what is looked at."""
    form = _form("(?:{looking})(.{{2,}})|(.{{2,}}?)(?:{looking})")
    for core in _cores(text):
        found = form.fullmatch(core)
        seen = found and (found[1] or found[2])
        if seen and (word := _no_answer(f"看{seen}", f"查{seen}", seen)):
            return word
    return None


def _rearranged(text: str) -> str | None:
    """预约取消了吧, 时间改一下: the word whose verb stands in front; or one with more around it."""
    form = _form("(?P<named>.{{2,}}?){verb}")
    for core in _cores(text):
        if found := spellings("words").get(core):
            return found
        behind = form.fullmatch(core)
        if behind and (found := _no_answer(behind["verb"] + behind["named"])):
            return found
    return None


def _no_answer(*ways: str) -> str | None:
    """The word that one of these ways says, if it is not one that may be an answer."""
    found = (spellings("words").get(one) for one in ways)
    return next((one for one in found if one and one not in wording()["arranged"]["answers"]), None)


def _cores(text: str) -> Iterator[str]:
    """A short text, with less and less of what stands around it."""
    if len(text) > ARRANGED:
        return
    front: str | None = text
    while front:
        back: str | None = front
        while back:
            yield back
            back = _without(back, _form("(?:{after})$"))
        front = _without(front, _form("^(?:{before})"))


@cache
def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.format_map(wording()["arranged"]))


def _without(text: str, around: re.Pattern[str]) -> str | None:
    found = around.search(text)
    return text[: found.start()] + text[found.end() :] if found else None


def phrase(said: Said) -> str | None:
    """The word that a whole message means without being one.

    >>> [phrase(Said(text)) for text in ("怎么才56分？", "明年多少分", "才4次")]
    ['reasons', 'waiting', None]
    """
    return meaning(said, "phrases")


def begins(text: str) -> bool:
    """Whether a clause says that one wants to begin.

    >>> [begins(one) for one in ("行吧先测测看", "我说开始测", "好吧那你帮我看看吧", "OK测吧")]
    [True, True, True, True]
    >>> [begins(one) for one in ("先不测", "那就算了", "以后再测", "我测过了", "帮我妈算", "看看")]
    [False, False, False, False, False, False]
    """
    return _beginning().fullmatch(bare(in_standard_words(text))) is not None


@cache
def _beginning() -> re.Pattern[str]:
    return re.compile(re.sub(r"\s+", "", wording()["beginning"]))


def own(said: Said) -> str | None:
    """The word for what a whole message asks about oneself, in a dialect too.

    >>> [own(Said(text)) for text in ("够不", "带啥子", "咋个多拿点分", "租房够不够")]
    ['gap', 'papers', 'advice', None]
    """
    return meaning(Said(standard(bare(said.text)), said.tap), "own")


def demand(said: Said) -> str | None:
    """The word for what a whole message demands, in a dialect too.

    >>> [demand(Said(text)) for text in ("请删除我的全部数据。", "献血那几样还是撤了吧", "删除")]
    ['delete_my_data', 'withdraw', None]
    >>> [demand(Said(text)) for text in ("有没得人啊", "要铜钿弗要", "没有人")]
    ['person', 'cost', None]
    """
    return meaning(Said(in_standard_words(said.text), said.tap), "demands")


def demanded(said: Said) -> str | None:
    """A person, or the price, as one clause of a message: 去哪里 上塘 有没得人.

    >>> demanded(Said("太长了 看不完 找个真人")), demanded(Said("删除我的数据 算了"))
    ('person', None)
    """
    clauses = _PAUSE.split(said.text) if said.tap is None else []
    found = (demand(Said(clause)) for clause in clauses[-CLAUSES:])
    return next((one for one in found if one in IN_A_CLAUSE), None)


def shown_elsewhere(said: Said) -> str | None:
    """The word for what a whole message says the official site or the window shows.

    >>> [shown_elsewhere(Said(text)) for text in ("系统显示我的社保是0", "我的社保是42个月")]
    ['official', None]
    """
    return meaning(said, "shown_elsewhere")


def amendment(said: Said) -> str | None:
    """What the person wants to change, where the whole message says just that.

    >>> amendment(Said("我想改一下学历")), amendment(Said("改天再来"))
    ('学历', '天再来')
    """
    return matched(said, "amendment")


def line_word(text: str) -> str:
    """The word for an answer, without what says nothing of which one.

    >>> line_word("我的房子"), line_word("税那一项")
    ('房', '税')
    """
    before = ""
    while text != before:
        before, text = text, re.sub(wording()["around_a_line"], "", text)
    return text


def asks_which(said: Said) -> bool:
    """Whether a message asks what a change that waits for a yes would change.

    >>> [asks_which(Said(text)) for text in ("改什么？把啥改成新的", "改成哪个", "改")]
    [True, True, False]
    """
    return said.tap is None and re.search(wording()["which_change"], bare(said.text)) is not None


def asks_which_private(said: Said) -> bool:
    """Whether a message asks what the consent to sensitive facts is asked for.

    >>> texts = ("什么私密的？你先说清楚哪几项", "还是没说是哪几项", "具体问啥", "同意", "要几天")
    >>> [asks_which_private(Said(text)) for text in texts]
    [True, True, True, False, False]
    """
    return said.tap is None and re.search(wording()["which_private"], bare(said.text)) is not None


def referring(said: Said) -> str | None:
    """What a message asks about something that it does not name.

    >>> [referring(Said(text)) for text in ("那个要带什么", "60小时算几次", "为什么有两种说法？")]
    ['papers', 'times', 'readings']
    """
    return meaning(said, "referring")


def asks_readings(said: Said) -> bool:
    """Whether one of the clauses asks why there are two ways to read a rule.

    >>> asks_readings(Said("我问的是15分和30分，为什么有两种写法")), asks_readings(Said("三年"))
    (True, False)
    """
    clauses = _PAUSE.split(said.text) if said.tap is None else []
    return any(meaning(Said(one), "referring") == "readings" for one in clauses)


def naming(text: str, title: str) -> str:
    """A text that begins with 那个, with what a topic's title is about in its place.

    >>> naming("那个几分", "志愿服务怎么算分"), naming("社保几分", "志愿服务怎么算分")
    ('志愿服务几分', '社保几分')
    """
    found = re.fullmatch(wording()["pronoun"], text.strip())
    return re.sub(wording()["about"], "", title) + found[1] if found else text


MOOD = 16
"""Longest message that is taken as a mood: a longer one also says something."""


def small_talk(said: Said) -> str | None:
    """The kind of pleasantry a message is, or of mood, or None.

    >>> small_talk(Said("好的，谢谢你啊")), small_talk(Said("烦死了，问那么多"))
    ('thanks', 'anger')
    """
    text = bare(said.text)
    if said.tap is not None:
        return None
    if any(re.fullmatch(pattern, text) for pattern in wording()["thanks"]):
        return "thanks"
    moods = wording()["moods"].items() if len(text) <= MOOD else ()
    felt = (mood for mood, pattern in moods if re.search(pattern, text))
    return spellings("small_talk").get(text) or next(felt, None) or _several(said.text)


_KINDS = ("thanks", "greeting", "fine")
"""The kinds that may stand beside each other, the one that is answered first."""


def _several(text: str) -> str | None:
    """咋整啊 在嘛, 行叭 3q: clauses each of which says nothing else; None for other messages."""
    clauses = [bare(one) for one in _PAUSE.split(text) if bare(one)]
    kinds, beside = spellings("small_talk"), wording()["beside_small_talk"]
    found = {
        kinds.get(one) or ("" if re.fullmatch(beside, one) else small_talk(Said(one)) or "?")
        for one in (clauses if len(clauses) > 1 else ())
    }
    known = found <= {*_KINDS, ""}
    return next((one for one in _KINDS if one in found), None) if known else None
