"""What a message asks about, protests against or will not tell, instead of telling it."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import dropwhile, takewhile

from dialogs.language.denied import JOINS
from dialogs.language.islands import Island
from dialogs.language.lexicon import patterns
from dialogs.language.message import Message, words
from dialogs.language.precheck import asks_outright
from dialogs.language.recognisers.amounts import denies
from dialogs.language.tokens import Token

_GOES_ON = frozenset({"verb", "adverb", "tail", "noise", "ask"})


def _asks(token: Token) -> bool:
    return token.kind == "ask" and token.text not in _POLITE


_REMOVED = re.compile(
    "[^,。;能可]{0,3}?(?:删|去掉|划掉|拿掉|取消"
    "|(?:别|不要|不用|莫|甭)[再给帮我把去]{0,3}[记算写填录](?![得错混成漏]))"
)
_NEVER_SAID = re.compile(
    "(?:没(?:有)?|从未|未曾)(?:[说讲提]|表示)过?(?:我|俺)?(?:自己)?(?:没有?)?"
    "(?:[是有当做办签]|交过?)?(?:自己)?$"
    "|(?:勿|别|不要|不能|不用|莫|甭)[再给帮我把]{0,3}(?:误|乱|错)?[记算写填录][录入]?[为成作上]?(?:我)?是?$"
    "|不是(?:在|跟你|和你)?[说讲问指谈](?:的?是|的)?(?:我的?)?$"
)
"""我没说我是党员; 请勿记为E类; 我不是讲居住证."""


@cache
def _not_told() -> re.Pattern[str]:
    return re.compile(f"[^,。;]{{0,3}}?(?:{patterns('withheld').pattern})")


def is_withheld(message: Message, island: Island) -> bool:
    """党员这个不说, 我没说我是党员, 我没说公积金: nothing is told of it."""
    at = message.tokens[island.core[0]]
    before = message.text[max(0, at.start - 8) : at.start]
    return bool(_not_told().match(message.text, at.end)) or never_said(before)


def never_said(before: str) -> bool:
    """Whether the words before a name say that it is not spoken of.

    >>> never_said("我不是讲"), never_said("我不是")
    (True, False)
    """
    return bool(_NEVER_SAID.search(before))


_UNSURE = re.compile(
    "(?:不(?:太|大|很|敢|能)?(?:确定|知道|清楚|晓得|肯定)|[拿吃说]不准|没把握|不好说|搞不清)"
    "(?:[我俺]|自己|本人|这个?|那个?|到底|究竟|算)*(?:是否|是不是|算不算|属不属于|够不够|能否|能不能|可不可以|会不会|有没有)[^,。;!?]{0,4}$"
    "|(?:我|自己|本人|,)是否(?:属于|为|是|算)[^,。;!?:]{0,3}$"
)


def _is_unsure(message: Message, island: Island) -> bool:
    """我不确定自己是否属于E类: whether one is that is not known."""
    start = message.tokens[island.core[0]].start
    return bool(_UNSURE.search(message.text[max(0, start - 24) : start]))


_HELD = re.compile("(?<!没)(?<!有没)(?:有|考了|拿了)(?:一?[个张本])?$")
_COUNTS = re.compile(
    "[,， ]?(?:的话)?(?:这个|那个|[也能可以])*"
    "(?:算不算|算不|算吗|算么|能不能算|加不加|有没有分|能算吗)"
)
_ASKS_WORTH = re.compile(
    "(?:证书?|的){0,2}(?:能|可以)?加?(?:多少|几)?分[吗么嘛]?[?？,，。; ]+我?(?:自己)?"
    "(?:[去前今]年|\\d{2,4}年)?(?:考|评|拿)(?:出来|到|下来|上)?的"
)
"""高级工能加几分？我去年考出来的."""
_ONLY_THAT = re.compile("[?？,，。; ]+(?:我?[就只]有?|我有)[这那]?(?:一|1)?[个本张]")
"""电工证算不，就这一个."""


def _is_held(message: Message, island: Island) -> bool:
    """有个叉车证算不算: it is there, and only what it is worth is asked."""
    first, last = message.tokens[island.core[0]], message.tokens[island.core[-1]]
    before = message.text[max(0, first.start - 6) : first.start]
    if _ASKS_WORTH.match(message.text, last.end):
        return True
    asked = _COUNTS.match(message.text, last.end)
    held = _HELD.search(before) or (asked and _ONLY_THAT.match(message.text, asked.end()))
    return bool(asked and held)


def is_removed(message: Message, island: Island) -> bool:
    """党员那个删掉, 我老婆的社保别记: what was recorded shall go, and nothing is told of it."""
    last = island.core[-1] if island.amounts else island.core[0]
    return bool(_REMOVED.match(message.text, message.tokens[last].end))


def _is_put_after_a_pause(message: Message, island: Island) -> bool:
    """退伍军人呢: alone with 呢."""
    first, last = message.tokens[island.core[0]], message.tokens[island.core[-1]]
    alone = not first.start or message.text[first.start - 1] in " ,。;?!"
    return alone and bool(_AND_THAT.match(message.text, last.end))


_AND_THAT = re.compile("呢[?？。! ]*$")
_DONE_OR_NOT = re.compile(
    "[^,。;!? 没不]{0,8}(?<![问查找看翻试])[了过]没(?:有|得)?[啊呀呢]?(?=$|[,。;!? ])"
)


def _whether_done(message: Message, island: Island) -> bool:
    """公积金刚才记了没有: what is done, or not done, is asked; 党员加几分，退伍军人呢."""
    end = message.tokens[island.core[0]].end
    alone = island.value and _is_put_after_a_pause(message, island)
    return bool(alone or _DONE_OR_NOT.match(message.text, end))


_SPOKEN_OF = re.compile(
    "(?:^|[,。;!? ])(?:我|俺)?(?:想|要)?是?问的?就?是$"
    "|(?:怎么|如何|怎样|咋样?)(?:才|样|去)?(?:能够?|可以|会|去|考|评|入|当|成为|有|是|拿){1,3}[上到成]?$"
)
"""我问的是党员, 怎么才能有三级证."""
_IS_STRANGE = re.compile(
    "(?:学历|证书?|文凭)?(?:这个|那个|这些|这|嘛|啊){0,2}(?:我|俺)?(?:也|又|都|真)?"
    "(?:不(?:太|大|很)?(?:懂|明白|了解)|搞不(?:懂|明白|清楚?))"
)
"""党员这个我不懂."""


def _is_only_named(message: Message, island: Island) -> bool:
    first, last = message.tokens[island.core[0]], message.tokens[island.core[-1]]
    before = message.text[max(0, first.start - _ECHO) : first.start]
    named = _SPOKEN_OF.search(before) or never_said(before)
    asked = not island.amounts and _whether_done(message, island)
    return bool(asked or named or _IS_STRANGE.match(message.text, last.end))


def is_asked(message: Message, island: Island) -> bool:
    """Whether an island is what the person asks about, not what they tell: 租房有分吗."""
    if _is_only_named(message, island) or is_removed(message, island):
        return True
    if not island.amounts and (is_withheld(message, island) or _is_unsure(message, island)):
        return True
    if island.value and _is_held(message, island):
        return False
    if not island.amounts and (asks_what_it_is(message, island) or asks_about(message, island)):
        return True
    if island.amounts and (_is_told(message, island) or _is_in_vain(message, island)):
        return False
    inside = message.inside(island)
    named_only = not (island.amounts or island.value)
    whole = island.loose or named_only
    lead = _told_anew(message.clause(island)) if whole else inside
    if island.value and (_is_rhetorical(message, island) or _is_compared(message, island)):
        return True
    if _QUOTED.search(message.text) and _QUOTED.search(words(message.clause(island))):
        return True
    if any(_asks(token) for token in (*lead, *inside)):
        return True
    denied = named_only and any(token.kind == "no" for token in inside)
    stated = bool(island.value) and denies(message.tokens[island.core[0]].text)
    clause = takewhile(
        lambda token: (
            token.kind not in ("pause", "person")
            and token.text != "那"
            and not token.text.startswith(_TURNS)
            and not (denied and token.text.startswith(_ANEW))
            and not (stated and token.text in _THAT)
        ),
        message.following(island),
    )
    if not island.amounts and any(token.kind == "ask" for token in clause):
        return True
    goes_on = takewhile(_goes_on, message.rest(island))
    return any(token.kind == "ask" for token in goes_on)


def _goes_on(token: Token) -> bool:
    return token.kind in _GOES_ON and not token.text.startswith(_TURNS)


_TURNS = ("你看", "您看", "你说", "您说", "帮我", "你帮", "麻烦", "我想")
"""学历我是中专毕业的|你看看能有多少分: what follows is asked of the bot."""


def _told_anew(clause: Sequence[Token]) -> Sequence[Token]:
    """怎么算|我今年四十三岁: where the speaker begins to tell, of a clause without pauses."""
    at = max((at for at, one in enumerate(clause) if one.kind == "self"), default=0)
    return clause[at:]


def asks_about(message: Message, island: Island) -> bool:
    """什么党员哦, 党员加不加分, 又问献血: its piece of the clause asks, and is no statement of the
    speaker's; 我是党员加不加分 tells it, too."""
    tokens, core, first, last = message.tokens, island.core[0], island.core[0], island.core[-1] + 1
    while first > core - _REACH and first and not _parts(tokens, first - 1):
        first -= 1
    lead = message.text[max(0, tokens[core].start - _ECHO) : tokens[core].start]
    if _ASKED_BEFORE.search(lead) or _ASKED_BEHIND.match(message.text, tokens[last - 1].end):
        return True
    speaks = first > 0 and tokens[first - 1].kind == "self"
    inside = [one for one in message.inside(island) if one is not tokens[-1] or one.text != "没"]
    denied = any(one.kind == "no" and one.text != "不" for one in inside)  # 荣誉算分没 asks
    if speaks or denied or lead.endswith(_STATED) or denies(tokens[core].text):
        return False
    while last < min(len(tokens), core + _REACH) and not _parts(tokens, last):
        last += 1
    rest = takewhile(lambda one: one.kind != "pause", tokens[last : last + _REACH])
    unknown = patterns("asking.unknown").search(words(rest))
    return not unknown and asks_outright(words(tokens[first:last]).removesuffix("么"))


_ECHO = 8
_REACH = 12
"""Tokens to either side: of a text without pauses not the whole is read for each name."""
_ASKED_BEFORE = re.compile(
    "(?<!请)问(?:[我俺]|过|了)*(?:是不是|有没有|有|(?<!的)是)?$|[还又]要$|又来$|哪里?来的$|^[怎又]么?又?是$"
)
_ASKED_BEHIND = re.compile("[也都又还]{0,2}(?:要|得|需要)?问|也算[啊呀哦嘛]")
_STATED = ("有", "过")


def _parts(tokens: Sequence[Token], at: int) -> bool:
    """Whether another piece begins or ends with a token; in 问我是不是党员 and 党员关我什么事 the
    speaker only stands for whom it concerns."""
    token = tokens[at]
    if token.kind == "self":
        return not at or tokens[at - 1].kind not in _CONCERNS or token.text != "我"
    if token.text.startswith(_TURNS):
        return True
    return token.kind in _PARTS or (token.kind == "benefit" and _for_the_speaker(tokens, at))


def _for_the_speaker(tokens: Sequence[Token], at: int) -> bool:
    """帮我算一下."""
    return any(one.kind in ("self", "us") for one in tokens[at + 1 : at + 2])


_CONCERNS = frozenset({"verb", "common", "reporter"})
_PARTS = frozenset({"pause", "us", "person", "conjunction", "amount", "fact", "noun"})


_EITHER = re.compile(
    "(?<![一-龥])(?:那|我|应该|该|要|是|得){0,4}(?P<put>[写填选算报按])[^,。;!? ]{1,8}"
    "还是(?P=put)?[^,。;!? ]{1,8}|[从按照][^,。;!? ]{1,6}算?还是[从按照]?[^,。;!? ]{1,6}算"
)
"""写技校还是写大专, 从研究生算还是本科算: which of the two to put down."""


def _is_compared(message: Message, island: Island) -> bool:
    """读到高二没毕业，算不算|高中: what something else may be worth."""
    at = island.core[0]
    start = message.tokens[at].start
    if any(one.start() < start < one.end() for one in _EITHER.finditer(message.text)):
        return True
    lead = dropwhile(lambda one: one.text in _COUNTS_AS, reversed(message.tokens[:at]))
    return (asks := next(lead, None)) is not None and asks.text in _WHETHER


_WHETHER = frozenset({"算不算", "是不是", "能不能", "可不可以", "是否", "能否"})
_COUNTS_AS = frozenset({"算", "是", "算是"})
_THAT = frozenset({"这个", "那个", "这", "这种", "那种"})
"""小学都没读完|这个学历是不是…: what was told is what is asked about."""


def _is_in_vain(message: Message, island: Island) -> bool:
    """社保28个月是不是白交了: asked in despair, and told; 我社保一共才15个月是不是太少了."""
    end = message.tokens[island.core[-1]].end
    own = any(one.kind == "self" or one.text in _SCARCELY for one in message.clause(island))
    return bool(_IN_VAIN.match(message.text, end) or (own and _TOO_LITTLE.match(message.text, end)))


_SCARCELY = frozenset({"才", "只", "只有", "一共", "总共"})
_TOO_LITTLE = re.compile(
    "[了的]?(?:是不是|会不会)[^,。;]{0,3}(?:[少短低]了?$|[少短低][,。;了]|不够|不给分|没有?分)"
)
_IN_VAIN = re.compile("[^,。;]{0,5}白[交缴买办]")
_ANEW = ("我", "俺", "想", "请问", "问", "帮")
"""社保没交过|我就想问问能有多少分: another sentence begins."""
_WHAT_IT_IS = re.compile(
    "(?:[都又到底究竟具体]|分别|各)*(?:(?:是|指|算)(?:的是|的)?(?:一?个)?(?:什么|啥子?|哪[个种些样])"
    "(?!时候|都|也)|(?:什么|啥子?)(?:意思|东西|来的)|怎么回事|咋回事)"
)
_NAMED_TOO = frozenset({"fact", "value", "noun"})
_SAID_OF_A_NAME = frozenset({"pause", "tail", "noise", "unknown", "common"})


def asks_what_it_is(message: Message, island: Island) -> bool:
    """“学法用法”和“红色驿站”是什么: of each of the names."""
    joined = False
    for token in message.tokens[max(island.core) + 1 :]:
        if _WHAT_IT_IS.match(message.text, token.start):
            return True
        if token.kind in _NAMED_TOO:
            if not joined:
                return False  # 我是党员 红色驿站是什么
            joined = False
        elif token.text.strip() in JOINS:
            joined = True
        elif token.kind not in _SAID_OF_A_NAME or (
            token.kind == "pause" and token.text.strip(_QUOTES)
        ):
            return False
    return False


_QUOTES = "\"'“”‘’「」《》() "
_WHO = frozenset({"哪", "谁", "哪个", "哪里", "哪有"})
_RECORDS = frozenset({"写", "记", "说", "填", "写成", "记成"})
"""你怎么写我签了合同: what the person protests against."""
_POLITE = frozenset({"请问", "想问", "问一下", "咨询"})
"""我想问一下我居住证有的: what follows is told all the same."""
_QUOTED = re.compile("[你您]们?[说问讲]的")
"""你说的居住登记是哪个: what was asked, given back."""
_APART = frozenset(" ,。;")
_WORTH = re.compile("[算行]吗|算不算|可以吗|有用吗|认吗|认不认")


def _is_rhetorical(message: Message, island: Island) -> bool:
    """哪个老板跟你签合同; and what is told only to ask its worth: 我有台湾的执照，算吗."""
    lead = message.clause(island)[:-1][-6:]
    if any(token.text in _WHO for token in lead):
        return True
    asks = any(token.kind == "ask" for token in lead)
    if asks and any(token.text in _RECORDS for token in lead):
        return True
    last = _last_alike(message, island)
    after = words(message.following(last, 4))
    if message.tokens[last.last - 1].text.startswith("毕业") and after[:1] in _APART:
        return False  # 高中毕业，算不算得
    return bool(_WORTH.match(after.lstrip(" ,。;")))


def _last_alike(message: Message, island: Island) -> Island:
    """有个叉车证，还有|电工证|算不算: the last of several values of one fact."""
    after = dropwhile(lambda one: one.first <= island.first, message.islands)
    *_, last = (island, *takewhile(lambda one: one.value and one.fact == island.fact, after))
    return last


def _is_told(message: Message, island: Island) -> bool:
    """我只交了3年，是几分: done already by the speaker, whatever is asked of it then."""
    at = island.amounts[0]
    lead = (
        list(
            takewhile(lambda one: one.kind not in ("pause", "amount"), message.tokens[at - 1 :: -1])
        )
        if at
        else []
    )
    done = any(token.text.endswith(("了", "过")) for token in lead[:2])
    return done and not any(token.kind in ("ask", "plan") for token in lead)
