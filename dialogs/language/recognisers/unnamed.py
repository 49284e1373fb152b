"""What a figure says without a name: an age, or a day that can only be a birth."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from dialogs.language.islands import Island
from dialogs.language.lexicon import any_of
from dialogs.language.mention import Mention
from dialogs.language.message import Message, words
from dialogs.language.outcome import Refused
from dialogs.language.questioned import is_asked
from dialogs.language.recognisers.dates import read_date
from dialogs.language.recognisers.money import read_yuan
from dialogs.language.recognisers.numerals import NUMBER, read
from dialogs.language.retraction import is_taken_back
from dialogs.language.scope import is_planned
from dialogs.language.tokens import Token

BIRTH, AGE = "birth_date", "age_years"
ONLY_A_BIRTH = "a day that can only be a birth"
ONLY_AN_AGE = "a number that can only be an age"
SOME_TAX = "a tax of one kind or the other"
GROWN_UP = 18
"""Years: no stretch of insurance or residence is told by a day so far back."""
OLDEST, YOUNGEST, OLDEST_AT_WORK = 120, 16, 75
_ABOUT_ONESELF = frozenset({"女", "男", "我", "俺", "到现在", "现在", "今年", "都", "也"})
_NUMBER = re.compile(NUMBER)
_LEAVES = ("退", "入", "来", "进", "开", "办", "领")
_AT_THAT_AGE = frozenset({"到", "来", "就", "开始", "出来", "进厂", "那年", "时", "的时候", "来到"})
_ABOUT = ("多", "来岁", "几", "出头", "左右", "上下")
_EVENT = re.compile(
    "(?:就|才)?[进结生当入退开嫁娶][的了](?!$|[,，。; ])"
    "|[就才]?从[^,，。; \\d]{2,8}(?:出来|出门|过来|跑|来)"
)
_DECIMAL = re.compile(r"\d\d\.\d\d?")
_SHORT_YEAR = re.compile(r"(?:\d\d|[零一二三四五六七八九]{2})年")
"""92年, which alone may as well be a length."""
_NOMINAL = "虚"
_AGE_NAMES = frozenset({"今年", "刚满", "岁数", "年纪", "年龄", "周岁", "实岁", "年岁"})
_BY_NOW = frozenset({"现在", "如今"})
_AGE_LEADS = (
    _AGE_NAMES | _BY_NOW | {"刚", "才", "都", "快", "已经", "自己", "满", "是", "有", "也", "呢"}
)
_OBJECT_OF = frozenset({"preposition", "benefit", "reporter", "company"})
_NAMED_BEHIND = re.compile("[就才]?是[我俺]?的?(?:年龄|年纪|岁数)")
_GOES_ON = frozenset({"unknown", "amount", "ask"})
"""After a number that is no age."""


def read_unnamed(message: Message, island: Island) -> Mention | None:
    """The fact that a loose figure tells by itself, if there is one."""
    at = island.core[0]
    unit = message.tokens[at].unit
    if unit == "age" or (unit == "bare" and _is_age(message, at)):
        return _age(message, island, "an age")
    if unit == "bare" and _stands_alone(message, at):
        return _age(message, island, ONLY_AN_AGE)
    if unit == "moment" and not is_taken_back(message, message.tokens[at].end, BIRTH):
        return _birth(message, island)
    token = message.tokens[at]
    money = unit == "yuan" or token.text.endswith("万")
    if money and _OF_TAX.search(message.text, 0, token.start):
        return _tax(message, island)
    if (unit == "year" or _SHORT_YEAR.fullmatch(message.tokens[at].text)) and _is_a_birth(
        message, at
    ):
        return _half_a_birth(message, island)
    return None


_OF_TAX = re.compile(
    "(?<![含免个报退完租])税(?![后前务法收])[^,。; ]{0,6}[,。; ]?[^,。;捐租 ]{0,5}[交缴][了过]?$"
)


def _tax(message: Message, island: Island) -> Mention | None:
    """问你税 去年交了1万2千块: of a business, or of oneself, is not said."""
    token, yuan = message.tokens[island.core[0]], read_yuan(message.piece(island))
    if isinstance(yuan, Refused) or message.owner(island):
        return None
    doubt = Refused("vague", (yuan.value,), said=token.text)
    return Mention("business_tax_yuan", token.start, token.end, refused=doubt, rule=SOME_TAX)


def _half_a_birth(message: Message, island: Island) -> Mention | None:
    token, owner = message.tokens[island.core[0]], message.owner(island)
    half = read_date(token.text, message.today)
    if not isinstance(half, Refused):
        return None
    return Mention(BIRTH, token.start, token.end, refused=half, owner=owner, rule="half a birth")


def _is_a_birth(message: Message, at: int) -> bool:
    """92年的: a year alone between pauses, in which only a birth can have been."""
    before, after = message.tokens[max(0, at - 1) : at], message.tokens[at + 1 : at + 4]
    opens = not before or before[0].kind in ("pause", "self", "person")
    said = words(takewhile(lambda one: one.kind != "pause", after))
    closes = said in ("的", "生", "生的", "出生", "出生的")
    return opens and closes and len(message.islands) > 1 and _is_long_ago(message, at)


def _is_long_ago(message: Message, at: int) -> bool:
    half = read_date(message.tokens[at].text, message.today)
    year = half.year if isinstance(half, Refused) else None
    return year is not None and message.today.year - year >= GROWN_UP


def _is_age(message: Message, at: int) -> bool:
    """我32。 我今年刚二十二; 31是我年龄: a number that can only be one's years."""
    if _NAMED_BEHIND.match(message.text, message.tokens[at].end):
        return True
    after = message.tokens[at + 1 : at + 2]
    if after and (after[0].kind in _GOES_ON or after[0].text.startswith(("后", "的", "都"))):
        return False  # 90后; 我老公90的; 他85都没上
    before = list(reversed(message.tokens[:at]))
    lead = list(takewhile(_leads_to_an_age, before))
    if any(token.text == "快" for token in lead):
        return False
    follows = bool(after) and after[0].text == "了"
    if follows and len(lead) > 1 and any(token.text in _BY_NOW for token in lead):
        return True
    if any(token.text in _AGE_NAMES for token in (*lead, *_labelled(before[len(lead) :]))):
        return True
    subject = before[len(lead) : len(lead) + 2]
    if not subject or subject[0].kind not in ("self", "us", "person"):
        return False
    return subject[0].kind != "self" or not subject[1:] or subject[1].kind not in _OBJECT_OF


def _leads_to_an_age(token: Token) -> bool:
    """我八月才满的|四十八."""
    month = token.unit == "time" and token.text.endswith(("月", "月份"))
    return month or token.text in _AGE_LEADS or token.kind == "tail"


def _stands_alone(message: Message, at: int) -> bool:
    """33，高中; 女 50; 退休教师 67了: two digits alone between pauses, among other things told."""
    number = read(message.tokens[at].text)
    if number is None or not GROWN_UP <= number <= OLDEST_AT_WORK or len(message.islands) < 2:
        return False
    after = message.tokens[at + 1 : at + 2]
    lead = list(takewhile(lambda one: one.kind != "pause", reversed(message.tokens[:at])))
    alone = all(one.text in _ABOUT_ONESELF for one in lead)
    return alone and (not after or after[0].kind == "pause" or after[0].text == "了")


def _labelled(before: Sequence[Token]) -> Sequence[Token]:
    """岁数：29, 年纪没报错，36: the name of an age before a pause."""
    paused = before[1:4] if before and before[0].kind == "pause" else before[:1]
    return [token for token in paused if token.text in _AGE_NAMES]


def _age(message: Message, island: Island, rule: str) -> Mention | None:
    token = message.tokens[island.core[0]]
    number = _NUMBER.search(token.text)
    age = read(number[0]) if number else None
    if age is None or age.denominator != 1 or _NOMINAL in token.text:
        return None
    if any(about in token.text for about in _ABOUT):
        return None  # 四十多岁
    after = message.tokens[island.core[0] + 1 : island.core[0] + 2]
    if after and after[0].text.startswith((*_AT_THAT_AGE, *_ABOUT)):
        return None  # 十六岁到温州
    if _EVENT.match(message.text, token.end):
        return None  # 十八岁进的厂, 十八岁从湖北出来
    if is_taken_back(message, token.end, AGE):
        return None  # 41岁，哦不对，42了
    if not YOUNGEST <= age <= OLDEST or is_planned(message, island) or is_asked(message, island):
        return None
    owner = message.owner(island)
    return Mention(AGE, token.start, token.end, int(age), owner=owner, rule=rule)


def _is_of_an_event(after: Token) -> bool:
    """05年12月退的伍, 19年8月|入伍: a day of what was done then."""
    enlisted = after.fact == "special_statuses"
    return enlisted or after.kind == "verb" or after.text.startswith(_LEAVES)


def _birth(message: Message, island: Island) -> Mention | None:
    at = island.core[0]
    token, owner = message.tokens[at], message.owner(island)
    after = message.tokens[at + 1 : at + 3]
    apart = bool(after) and after[0].kind == "pause" and after[-1].kind != "ask"
    listed = at == 0 and len(message.islands) > 2 and apart
    told = listed or words(after).startswith(("生", "出生", "的"))
    if _DECIMAL.fullmatch(token.text) and not told:
        return None  # 80.5分; but 94.12 大专 社保5年
    if any_of("lunar").search(message.text, token.start, token.end + 6):
        return None
    named = words(after).startswith(("生", "出生"))
    if after and not named and _is_of_an_event(after[0]):
        return None  # 05年12月退的伍
    born = read_date(token.text, message.today)
    if isinstance(born, Refused):
        half = Mention(
            BIRTH, token.start, token.end, refused=born, owner=owner, rule="half a birth"
        )
        return half if named else None
    day = born.value
    if isinstance(day, date) and (named or message.today.year - day.year >= GROWN_UP):
        return Mention(BIRTH, token.start, token.end, day, owner=owner, rule=ONLY_A_BIRTH)
    return None
