"""Whether what a piece of a message states is denied: 不是党员; 党员不是，退伍军人也不是."""

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from dialogs.language.islands import ANY, OTHERS, Island, of_the_next
from dialogs.language.message import Message, words
from dialogs.language.tokens import Token
from scoring import FACTS

_AFTER_A_DENIAL = frozenset(
    {"pause", "tail", "self", "us", "person", "conjunction", "fact", "value", "noun", "time"}
)
"""What may follow 党员不是 without being denied itself: 党员不是，退伍军人也不是."""
_LED_BY = frozenset({"verb", "benefit", "self", "adverb", "company", "person", "us", "payer"})
"""公司没|给我办|劳动合同: between a denial and what is denied."""
_AT_SCHOOL = frozenset({"念", "读", "毕", "完", "上"})
"""没念完|合同签了: denies the school."""
_DONE = frozenset({"verb", "common", "unknown", "tail", "noise"})
_LEADS = 4
_SAID_BETWEEN = frozenset({"tail", "adverb", "noise", "common"})
JOINS = frozenset({"、", "和", "跟", "或", "或者", "还有", "/"})


def _last_of_a_list(tokens: Sequence[Token], at: int) -> int:
    """党员退役军人都不是: what is denied of the last value is denied of all of them."""
    while tokens[at + 1 : at + 2]:
        step = 2 if tokens[at + 1].text in JOINS or _is_unlisted(tokens[at + 1]) else 1
        following = tokens[at + step : at + step + 1]
        if not following or following[0].kind != "value" or following[0].fact != tokens[at].fact:
            break
        at += step
    return at


def _is_unlisted(token: Token) -> bool:
    """党员|军人|民主党派: a member of a list that the vocabulary does not know."""
    return token.kind == "unknown" and len(token.text) < _LEADS


_ALL_DENIED = re.compile(
    "(?:[这那]些)?(?:一[样个项]|统统|通通)?(?:都|全|全都)[没不无].*|一[样个项]都?[没不].*"
)
_NAMES = frozenset({"value", "fact", "noun"})
_DEED = re.compile("[了过签是有当]")
_NEVER_LISTED = frozenset({"education", "permit", "skill", "owned_home"})
"""大专 党员献血都没有: what everybody has one of."""
_SO_ON = frozenset({"那些", "这些", "什么的", "之类", "之类的", "啥的"})


def _is_of_a_list_denied(tokens: Sequence[Token], at: int) -> bool:
    """党员、献血、捐款都没有: one of several names that are denied by what stands behind them."""
    if not _is_bare_name(tokens[at]):
        return False
    before = list(takewhile(_lists, reversed(tokens[:at])))
    opens = tokens[at - len(before) - 1 : at - len(before)]
    if opens and opens[0].kind in ("self", "adverb") and not before:
        return False  # 我是|党员
    after = list(takewhile(_lists, tokens[at + 1 :]))
    denial = tokens[at + 1 + len(after) : at + 2 + len(after)]
    several = any(map(_is_bare_name, (*before, *after)))
    return several and bool(denial) and _ALL_DENIED.fullmatch(denial[0].text) is not None


def _lists(token: Token) -> bool:
    return _is_bare_name(token) or token.text.strip() in JOINS | _SO_ON | {""}


def _is_bare_name(token: Token) -> bool:
    named = token.kind in _NAMES and token.fact not in _NEVER_LISTED
    return named and not _DEED.search(token.text)


_HAS_ITS_VERB = re.compile("(?:合同|登记)[^没不未无]*[签有办][了的过]?|[就只光仅].*")
"""税没交过|合同倒是签了: what stands before it denies something else."""


_HAS_ITS_SUBJECT = re.compile("住的?[是在]")


def _is_denied_before(message: Message, island: Island) -> bool:
    """不是党员; 没有大陆的技师证."""
    tokens, core = message.tokens, island.core[0]
    if core and tokens[core - 1].text == "考上" and tokens[core].text.endswith("毕业"):
        return False  # 高中没考上|初中毕业的
    if _HAS_ITS_VERB.fullmatch(tokens[core].text):
        return False
    before = words(tokens[max(0, core - 2) : core])
    if before.endswith(("也没有", "都没有")) and tokens[core].text.endswith("毕业"):
        return False  # 技能证书也没有|小学毕业
    if (
        _HAS_ITS_SUBJECT.match(tokens[core].text)
        and tokens[core - 1 : core]
        and not _is_denial(tokens[core - 1])
    ):
        return False  # 户口没迁|住的是安置房
    told = max((one.last for one in message.islands if one.last <= core), default=0)
    if told and tokens[told - 1].text == "不是":
        told -= 1  # 住的|不是|自己买的商品房
    if denial_before(tokens, core, told):
        return True
    if any(_is_denial(token) for token in tokens[island.first : core][-2:]):
        return True
    described = core > 1 and tokens[core - 1].text == "的"
    return described and tokens[max(0, core - 3)].kind == "no"


def _is_denial(token: Token) -> bool:
    return token.kind == "no" or token.text in _NOT_COUNTED


_NOT_COUNTED = frozenset({"不算", "算不上", "谈不上", "称不上", "够不上"})
"""不算党员 denies it; behind a figure the same word only judges it."""


def denial_before(tokens: Sequence[Token], at: int, first: int = 0) -> Token | None:
    """The denial that leads to what stands here: 还没办|居住证, 公司没给我签|劳动合同."""
    lead = tokens[max(first, at - _LEADS) : at]
    led = len(list(takewhile(_leads, reversed(lead))))
    denial = lead[-led - 1] if led < len(lead) else None
    if denial and denial.text != "不" and any(one.text in _IS for one in lead[-led:-1]):
        return None  # 编制没考上，|是|合同制
    return denial if denial and denial.kind == "no" else None


_IS = frozenset({"是", "就是", "只是"})


def _leads(token: Token) -> bool:
    led = token.kind in _LED_BY or token.text in _OWN
    return (led and token.text not in _AT_SCHOOL) or token.text in ANY


_OWN = frozenset({"自己", "自家"})
"""不是|自己|买的商品房."""


_FAILED = re.compile(
    "(?:[的了证书]|去?[报考]了?名?){0,4}[, ]?(?:但|可|结果)?还?没(?:[考评]?(?:过|上|到|出来|下来)"
    "|[考评](?=$|[,。; 的呢]))"
    "|(?![^。;]{0,16}?(?:[初中高一二三四五]级|职称|技师|[有本张]))[^。;没]{0,16}?"
    "(?:没[考评拿通]?(?:过|上|到|出来|下来)|挂了|不及格)(?=$|[,。; 了的呢啊])"
)
_TELLS_MORE = frozenset({"fact", "value", "noun", "person", "self"})


_NOT_ATTENDED = re.compile(
    "[,， ]?(?:考[上起取]|录取)了?[,， ]?(?:但是?|可是?|就)?没(?:有|能|去)?去?[读念上]"
)


def _is_failed(message: Message, island: Island) -> bool:
    """考中级工，没考过; 高级工去年考了，实操没过; 大专考上了没去读: told right behind it."""
    if island.fact == "education":
        return bool(_NOT_ATTENDED.match(message.text, message.tokens[island.core[0]].end))
    if island.fact != "skill":
        return False
    behind = takewhile(
        lambda one: one.kind not in _TELLS_MORE and not one.ends_sentence,
        message.tokens[island.core[0] + 1 :],
    )
    return bool(_FAILED.match(words(behind)))


def is_denied(message: Message, island: Island) -> bool:
    """Whether the value an island states is denied: 不是党员; 党员不是, but not 初中没毕业."""
    at, tokens = island.core[0], message.tokens
    if _is_affirmed(tokens, at):
        return False
    if _is_of_a_list_denied(tokens, at):
        return True
    at = _last_of_a_list(tokens, at)
    if _is_denied_before(message, island) or _is_failed(message, island):
        return True
    behind = next((one for one in range(at + 1, len(tokens)) if not _goes_along(tokens[one])), None)
    if behind is not None and tokens[behind].kind == "self":
        return _says_no_of(tokens, behind, island)
    if behind is None or not _is_denial(tokens[behind]) or _is_of_the_next(tokens, at, behind):
        return False
    if tokens[behind].text in _NOT_COUNTED:  # 党员不算; 大专不算高
        return all(one.kind in _ENDS_A_DENIAL for one in tokens[behind + 1 : behind + 2])
    if FACTS[island.fact].type == "set" and _is_likewise(tokens, at, behind):
        return True  # 不是党员，民主党派更不是
    if [one.text for one in tokens[behind + 1 : behind + 2]] in _PARTICLES:
        return True  # 劳动合同就是没得嘛|老板口头说的
    directly = not any(one.kind == "noise" for one in tokens[at + 1 : behind])  # 买了户口没迁
    done = _DONE if directly else {"verb"}
    rest = tokens[behind + 1 : behind + 5]
    follows = dropwhile(lambda one: one.kind in done and one.text not in OTHERS, rest)
    after = list(tokens[behind + 1 : behind + 2] if island.fact == "education" else follows)
    if not after or after[0].kind in _AFTER_A_DENIAL or after[0].text in OTHERS | _LIKEWISE:
        return True
    return bool(_AFFIRMS.match(after[0].text))  # 党员没得|就社保三年


_PARTICLES = [["嘛"], ["啊"], ["呀"], ["哦"], ["哈"], ["啦"], ["噻"], ["咯"]]
_PAPERS = frozenset({"证", "证书", "的", "我", "倒", "倒是", "是"})


def _is_affirmed(tokens: Sequence[Token], at: int) -> bool:
    """一级证没有|二级技师证有的: what stands before it is denied."""
    behind = [*dropwhile(lambda one: one.text in _PAPERS, tokens[at + 1 : at + 5])]
    there = bool(behind) and behind[0].text in ("有", "有的", "有了")
    return there and all(one.kind in ("pause", "tail") for one in behind[1:2])


_ANOTHER_WAY = re.compile("(?:自[己家])?[买租盖造建]")
_LIKEWISE = frozenset({"也", "更", "都"})
_AFFIRMS = re.compile("[只就光仅有]")


def _is_of_the_next(tokens: Sequence[Token], at: int, denial: int) -> bool:
    """只有居住登记|没办居住证; not 没当过兵，民主党派更不是|代表, which denies likewise."""
    if _AFFIRMS.match(tokens[at].text):
        led = dropwhile(lambda one: one.kind in ("verb", "benefit"), tokens[denial + 1 :])
        following = next(led, None)
        return following is not None and bool(following.fact or following.text == "证")
    several = FACTS[tokens[at].fact].type == "set"
    if tokens[denial].text == "不是" and _ANOTHER_WAY.match(words(tokens[denial + 1 :])):
        return True  # 安置房，我们住里面|不是自己买的
    if not several and tokens[denial].text == "不是" and denial + 1 < len(tokens):
        return tokens[denial + 1].fact == tokens[at].fact  # 大专|不是本科
    return not (several and _is_likewise(tokens, at, denial)) and of_the_next(tokens, denial)


def _is_likewise(tokens: Sequence[Token], at: int, denial: int) -> bool:
    return any(token.text in _LIKEWISE for token in tokens[at + 1 : denial])


def _goes_along(token: Token) -> bool:
    said = token.kind in _SAID_BETWEEN or token.text in _STRESSES
    return said and token.text not in OTHERS and not _is_denial(token)


_STRESSES = frozenset({"就是", "可", "可真", "并"})
"""劳动合同|就是|没得, 法人我|可|不是."""
_ENDS_A_DENIAL = frozenset({"pause", "tail", "self"})


def _says_no_of(tokens: Sequence[Token], speaker: int, island: Island) -> bool:
    """党员|我不是: the speaker denies what stands right before, and nothing else is denied."""
    said = list(takewhile(_only_denies, tokens[speaker + 1 :]))
    if not said or not any(map(_is_denial, said)):
        return False
    denial = speaker + 1 + next(at for at, one in enumerate(said) if _is_denial(one))
    after = tokens[speaker + 1 + len(said) : speaker + 2 + len(said)]
    left = island.fact == "education" and bool(_LEFT_SCHOOL.match(words(tokens[denial + 1 :])))
    return not (left or of_the_next(tokens, denial)) and (
        not after or after[0].kind in _AFTER_A_DENIAL
    )


_HAS = frozenset(
    {"有", "是", "当", "当过", "做过", "考", "考过", "评", "评上", "办", "拿到", "得过", "过"}
    | {"入", "入过", "加入", "参加", "参加过", "签", "签过"}
)


def _only_denies(token: Token) -> bool:
    said = token.text in _HAS or token.text in _OF_ALL | _STRESSES
    return said or token.kind in ("no", "adverb", "tail") or _is_denial(token)


_OF_ALL = frozenset({"一样", "一个", "一项", "一种", "哪样", "哪个", "哪一样", "哪一个"})
"""党员退伍军人|我一样都不是."""


_LEFT_SCHOOL = re.compile("[有能]?(?:毕业|读完|念完|上完)")
"""初中我没毕业: the school was left, not denied."""
