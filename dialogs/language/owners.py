"""Whose each token is: the speaker's, or another person's, by the noun that acts.

A person nobody listed is still a person: a noun in none of the closed classes that stands before
what is done (二狗子交了五年) owns the figure. Payers, places, times and company are no owners.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from dialogs.language.ellipsis import PAID
from dialogs.language.grammar import grammar
from dialogs.language.in_whose_name import in_whose_name
from dialogs.language.lexicon import words
from dialogs.language.mention import SELF
from dialogs.language.payers import is_superior
from dialogs.language.people import tells_me
from dialogs.language.recognisers.numerals import read
from dialogs.language.tokens import Token

GROWN_UP = 18
"""Years from which more is told of a child than a school or an age."""
_MONTH = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?")
"""我娃九月份要上小学: when, and no length."""
_BETWEEN = frozenset(
    {"adverb", "time", "place", "payer", "preposition", "tail", "noise", "no", "plan"}
    | {"conjunction", "company", "reporter", "common"}
)
"""Between a subject and what it does."""
_ACTS = frozenset({"fact", "value", "noun", "amount", "verb", "no"})
_DESCRIBES = frozenset({"unknown", "common", "payer", "place", "tail", "verb"})
_AT_WORK = frozenset({"上班", "工作", "打工", "教书", "做工", "开店", "当"})
_FIGURED = frozenset({"交", "缴", "买", "存", "办", "捐", "献", "付", "缴纳", "报"})
_OPENS = frozenset(
    {"pause", "tail", "conjunction", "time", "self", "us", "reporter", "fact", "adverb", "payer"}
    | {"near", "common"}
)
"""Before a noun that acts: where a sentence may begin."""


def owners(tokens: Sequence[Token]) -> list[str]:
    """The owner of each token: SELF, or the word for another person."""
    talk = _Talk(tokens)
    return _of_whom(tokens, [talk.owner_of(at) for at in range(len(tokens))])


@dataclass
class _Talk:
    """Of whom is spoken: `owner` until another is named, `passing` for one predicate. `aside` names
    the owner of what follows up to `until`, whatever is said of the speaker there; `outside` the
    passing one, while something is said of them in brackets; `listed` the one whose list follows,
    over the ends of sentences."""

    tokens: Sequence[Token]
    owner: str = SELF
    passing: str = ""
    aside: str = ""
    until: int = 0
    outside: str = ""
    listed: str = SELF

    def owner_of(self, at: int) -> str:
        """The owner of the next token."""
        token = self.tokens[at]
        if at and tells_me(self.tokens, at - 1):
            return self.passing or self.owner  # 老王跟我讲
        self._ends(at)
        self._begins(at)
        now = self.passing or self.owner
        when = token.unit in (None, "moment", "year") or _MONTH.fullmatch(token.text)
        if token.kind == "value" or not when:
            self.passing = ""
        return now

    def _ends(self, at: int) -> None:
        """What the token ends of that which was said before."""
        token = self.tokens[at]
        if token.ends_sentence:
            self.owner, self.aside = self.listed, ""
        if token.text in _ASIDE:
            self.aside, self.until = _named_aside(self.tokens, at)
            self.owner = self.aside or self.owner
        if token.text.strip() == "(":
            self.outside = self.passing
        if token.kind in ("pause", "self", "us", "person"):
            self.passing = ""
        if token.kind == "pause" and ")" in token.text:
            self.passing, self.outside = self.outside, ""

    def _begins(self, at: int) -> None:
        """Of whom is spoken from the token on."""
        token = self.tokens[at]
        if self._is_the_speaker(at):
            self.owner = self.listed = SELF
        elif token.kind == "person" and _is_at_school(self.tokens, at):
            self.passing = token.text
        elif token.kind == "person" and _is_counted_for(self.tokens, at):
            self.owner = self.listed = token.text
        elif token.kind == "person" and (subject := _subject(self.tokens, at)) is not None:
            self.listed = subject if _heads_a_list(self.tokens, at) else SELF
            child = (
                subject.endswith(grammar().children)
                and not (self.aside or self.listed or self._works(at) or _is_grown(self.tokens, at))
                and not _is_an_adult_s(self.tokens, at)
                and not _contrasted(self.tokens, at)
            )
            self.owner, self.passing = (SELF, subject) if child else (subject, "")
        elif token.kind == "payer" and _is_the_payer_themself(self.tokens, at):
            self.owner = token.text
        elif token.kind == "unknown" and _is_named_with_a_list(self.tokens, at):
            self.owner = self.listed = token.text
        elif token.kind == "unknown" and not self.aside and _acts_unlisted(self.tokens, at):
            lasts = _is_described(self.tokens, at)
            self.owner, self.passing = (token.text, "") if lasts else (self.owner, token.text)

    def _works(self, at: int) -> bool:
        """我女儿在永嘉教书: a child grown up, of whom more may be told."""
        clause = takewhile(lambda one: one.kind != "pause", self.tokens[at + 1 :])
        return any(token.text in _AT_WORK for token in clause)

    def _is_the_speaker(self, at: int) -> bool:
        token = self.tokens[at]
        if token.text == "自己" and at and self.tokens[at - 1].kind == "pause":
            return True
        speaks = token.kind in ("self", "us") and at >= self.until
        if self.listed and _says(self.tokens, at):
            return False
        return speaks and not _compared(self.tokens, at)


_BRINGS = frozenset({"带", "带着", "陪", "送", "接", "照顾", "供", "看"})


def _is_at_school(tokens: Sequence[Token], at: int) -> bool:
    """我52岁带孙子在永嘉上小学: the school is the child's whom one brings."""
    led = (one for one in reversed(tokens[:at]) if one.unit != "count")
    lead = next(led, None)
    brings = lead is not None and lead.text in _BRINGS
    clause = takewhile(lambda one: one.kind not in ("pause", "self"), tokens[at + 1 :])
    first = next((one for one in clause if one.fact or one.kind == "amount"), None)
    school = first is not None and (first.fact, first.kind) == ("education", "value")
    return brings and school and tokens[at].text.endswith(grammar().children)


_COUNTS = ("算", "测", "估", "查积分", "查一下积分")


def _is_counted_for(tokens: Sequence[Token], at: int) -> bool:
    """替我儿子算，三十岁，大专; 要算的是我女儿，三十岁: what follows is told of the one for whom it
    is counted."""
    before, after = words_of(tokens[max(0, at - 4) : at]), words_of(tokens[at + 1 : at + 5])
    manner = after.lstrip("也再都来去")
    for_them = at > 0 and tokens[at - 1].kind == "benefit"
    return (for_them and manner.startswith(_COUNTS)) or before.endswith(("算的是", "算的就是"))


def _contrasted(tokens: Sequence[Token], at: int) -> bool:
    """我没有，我儿子有，办了七八年了: the speaker has none, so what follows is the other one's."""
    aside = ("pause", "tail", "verb")
    said = [one.kind for one in tokens[max(0, at - 5) : at] if one.kind not in aside]
    return said[-2:] == ["self", "no"]


def _compared(tokens: Sequence[Token], at: int) -> bool:
    """比我多五千, 跟我一天办的: the speaker is only what is compared with."""
    if at == 0:
        return False
    return tokens[at - 1].text in ("比", "像", "对", "离") or _as_i_did(tokens, at - 1)


def _as_i_did(tokens: Sequence[Token], at: int) -> bool:
    """跟我一样, 和我同一天, 跟我一起办的; not 老公和我都交了五年."""
    with_me = tokens[at : at + 3]
    if len(with_me) < 3 or with_me[0].kind != "company" or with_me[1].kind != "self":
        return False
    return with_me[2].text.startswith(_ALIKE) or with_me[2].unit in ("time", "count")


_ALIKE = ("一样", "同", "一起", "一块", "一模一样", "一道", "差不多")


def _says(tokens: Sequence[Token], at: int) -> bool:
    """我说了要另外记: what one said tells nothing of oneself."""
    after = tokens[at + 1 : at + 2]
    return bool(after) and after[0].kind == "reporter"


_TELLS = frozenset({"fact", "value", "noun", "amount", "self", "us", "plan"})
_NOT_NOW = re.compile("不|别|再|等|先|明天|以后|回头")


def _heads_a_list(tokens: Sequence[Token], at: int) -> bool:
    """老公的没算？31岁，中专; 老公的情况：31岁。中专: the clause only names whose facts follow; not
    老公的不用算."""
    clause = list(takewhile(lambda one: one.kind != "pause", tokens[at + 1 :]))
    pause = tokens[at + 1 + len(clause) : at + 2 + len(clause)]
    opens = bool(pause) and ":" in pause[0].text
    asks_or_lists = opens or (bool(pause) and "?" in pause[0].text)
    named = tokens[at].text.endswith("的") or any(one.text == "的" for one in clause[:2])
    names = (named or opens) if tokens[at].kind == "person" else (named and asks_or_lists)
    told = any(one.kind in _TELLS for one in clause)
    return names and not told and not _NOT_NOW.search(words_of(clause))


def _is_named_with_a_list(tokens: Sequence[Token], at: int) -> bool:
    """覃小莲|的：31岁, 王麻子|的没算？: at the beginning of a sentence."""
    opens = at == 0 or tokens[at - 1].kind in ("pause", "conjunction")
    named = tokens[at + 1 : at + 2]
    return opens and bool(named) and named[0].text == "的" and _heads_a_list(tokens, at)


def words_of(tokens: Sequence[Token]) -> str:
    return "".join(one.text for one in tokens)


def _is_described(tokens: Sequence[Token], at: int) -> bool:
    """王麻子|31岁中专社保…; 王麻子|的|社保…: more than one thing is told of that one."""
    after = tokens[at + 1 : at + 3]
    if after and (after[0].unit == "age" or _is_an_age(tokens, at + 1)):
        return True
    return len(after) == 2 and after[0].text == "的" and after[1].kind in ("fact", "value", "noun")


def _is_an_age(tokens: Sequence[Token], at: int) -> bool:
    """王麻子31，中专: two digits alone."""
    ends = tokens[at + 1 : at + 2]
    alone = not ends or ends[0].kind == "pause"
    return tokens[at].unit == "bare" and bool(_TWO_DIGITS.fullmatch(tokens[at].text)) and alone


_TWO_DIGITS = re.compile(r"[1-7]\d")


def _is_grown(tokens: Sequence[Token], at: int) -> bool:
    """儿子31岁: no child, of whom more may be told."""
    after = [one for one in tokens[at + 1 : at + 4] if one.unit in ("age", "bare")]
    number = read(after[0].text.rstrip("周岁")) if after else None
    return number is not None and number >= GROWN_UP


_OF_ADULTS = frozenset(
    {"social_insurance_months", "housing_fund_months", "special_statuses", "skill"}
    | {"blood_donations", "income_tax_yuan", "political_role"}
)


def _is_an_adult_s(tokens: Sequence[Token], at: int) -> bool:
    """儿子|社保五年，公积金三年; 儿子|是党员 当过兵: what is told first no child has."""
    clause = takewhile(lambda one: one.kind != "pause", tokens[at + 1 :])
    first = next((one.fact for one in clause if one.fact or one.kind in ("amount", "self")), "")
    return first in _OF_ADULTS


_ASIDE = frozenset({"哪像", "比起", "不像", "陪"})


def _named_aside(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """哪像老王，社保都满十年了; 陪老王去查，显示43个月: what follows is that one's."""
    noun = list(
        takewhile(
            lambda one: one.kind != "pause" and one.text not in ("去", "来", "查"), tokens[at + 1 :]
        )
    )
    if not noun or (len(noun) == 1 and noun[0].kind in ("self", "us")):
        return "", 0
    return "".join(one.text for one in noun), at + 1 + len(noun)


def _of_whom(tokens: Sequence[Token], found: list[str]) -> list[str]:
    """隔壁开五金店的老蒋: what stands before 的 and a person is said of that person."""
    for at in range(len(tokens) - 2):
        if (
            tokens[at + 1].text == "的"
            and tokens[at + 2].kind == "person"
            and tokens[at].kind in ("value", "amount", "fact")
            and tokens[at + 2].text[0] not in "我俺咱"
        ):
            found[at] = tokens[at + 2].text
        if tokens[at].kind in ("value", "amount") and (whose := _is_said_to_be_of(tokens, at + 1)):
            found[at] = whose
        if tokens[at].kind == "amount" and (whose := _told_last(tokens, at, found)):
            found[at] = whose
    for at, whose in in_whose_name(tokens):
        found[at] = whose
    return found


_OWNS = frozenset({"person", "payer", "near"})
_IS_OF = frozenset({"是", "都是", "就是", "也是", "全是"})


def _told_last(tokens: Sequence[Token], at: int, found: Sequence[str]) -> str:
    """社保五年|是我老公的不是我的, 社保五年|，我老公的, 捐款三千|是老板捐的: the owner behind what
    is owned, closed by 的; "" where none is named so."""
    near = takewhile(lambda one: not one.ends_sentence, tokens[at + 1 : at + _FAR_BEHIND])
    rest = list(dropwhile(lambda one: one.kind in ("fact", "noun", "pause", "tail"), near))
    is_of = bool(rest) and rest[0].text in _IS_OF
    behind = rest[is_of:]
    owner = list(takewhile(lambda one: one.text != "的", behind))
    after = behind[len(owner) + 1 :]
    if not owner or len(behind) == len(owner) or owner[0].kind not in _OWNS:
        return ""
    closed = all(one.kind in ("pause", "no", "self") for one in (after[:1] if is_of else after[:2]))
    if not closed or not (is_of or owner[0].kind == "person"):
        return ""
    named = [one for one in owner if one.kind != "noise"]  # 老板名下的
    acts = next((n for n, one in enumerate(owner) if one.kind in _DOES), None)
    if acts is not None:  # 是厂里交的, 社区叫的: who paid or called owns nothing
        return found[tokens.index(owner[acts], at)] if is_of else ""
    arranged = owner[0].kind == "payer" and len(named) > 1  # 是社区组织的
    return "" if arranged else words_of(named)


_DOES = frozenset({"verb", "benefit", "adverb"})
_FAR_BEHIND = 9


def _is_said_to_be_of(tokens: Sequence[Token], at: int) -> str:
    """七十二个月|是我太太的, 技师|证是我老公考的: whose something is; "" where it is not said."""
    at += int(bool(tokens[at : at + 1]) and tokens[at].kind == "noise")
    has_it = [(one.kind, one.text) for one in tokens[at : at + 3]][1:]
    if tokens[at : at + 1] and tokens[at].kind == "person" and has_it[:1] == [("adverb", "有")]:
        return tokens[at].text if not has_it[1:] or has_it[1][0] == "pause" else ""
    if tokens[at + 1 : at + 2] and tokens[at + 1].kind == "person" and _did_it(tokens, at + 1):
        return tokens[at + 1].text
    predicate = tokens[at : at + 3]
    if len(predicate) < 3 or predicate[0].text not in ("是", "都是"):
        return ""
    ends = tokens[at + 3 : at + 4]
    closed = predicate[2].text == "的" and (not ends or ends[0].kind in ("pause", "self"))
    return predicate[1].text if closed and predicate[1].kind == "person" else ""


def _is_the_payer_themself(tokens: Sequence[Token], at: int) -> bool:
    """我们老板是县政协委员: what he is, not what he pays; 给厂里发过牌子: the firm's."""
    if _receives(tokens, at):
        return True
    human = tokens[at].text in ("会计", "财务", "人事")
    if not (human or is_superior(tokens[at : at + 1])):
        return False
    if _has_its_own(tokens, at, human):
        return True
    if at and tokens[at - 1].text in ("那个", "这个", "有个"):
        helps = any(token.kind in ("benefit", "self") for token in tokens[at + 1 : at + 3])
        return tells_me(tokens, at + 1) or not helps
    after = next(
        (token for token in tokens[at + 1 :] if token.text not in ("也", "还", "都")), None
    )
    return after is not None and after.text in ("是", "献", "捐", "当", "读", "自己", "也是")


def _has_its_own(tokens: Sequence[Token], at: int, human: bool) -> bool:
    """老板|的社保三年, 老板|有三年社保, 会计|社保三年; not 老板的厂给我交."""
    clause = list(takewhile(lambda one: one.kind != "pause", tokens[at + 1 :]))
    before = at - bool(at and len(tokens[at - 1].text) == 1)  # 大|老板
    opens = before == 0 or tokens[before - 1].kind in _OPENS
    if not (opens and clause) or any(one.kind in ("benefit", "self", "us") for one in clause):
        return False
    named = clause[1:2] and clause[1].fact in PAID and clause[0].text == "的"
    return bool(named) or clause[0].text == "有" or (human and clause[0].fact in PAID)


_GIVEN = re.compile("发|颁|授|奖|送|评")
_RECEIVED = re.compile("得过|得了|获|被评|拿过")


def _receives(tokens: Sequence[Token], at: int) -> bool:
    """给厂里发过一个牌子, 厂里得过先进: what is given to the firm is the firm's."""
    rest = list(takewhile(lambda one: one.kind != "pause", tokens[at + 1 :]))
    said = words_of(rest[:4])
    before = next((one for one in reversed(tokens[:at]) if one.kind != "us"), None)
    given = before is not None and before.kind == "benefit" and _GIVEN.match(said)
    return bool(given or _RECEIVED.match(said)) and not any(one.kind == "self" for one in rest)


def _subject(tokens: Sequence[Token], at: int) -> str | None:
    """The owner from a person named here on; None where the person is no subject."""
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if _is_company(tokens, at):
        return None  # 和老婆一起, 跟几个老乡合租
    if _did_it(tokens, at):
        return tokens[at].text
    if before is not None and (
        before.text in ("像", "哪像", "不像", "不如") or _in_company(before, after)
    ):
        return tokens[at].text  # 哪像老王，社保都满十年了; 陪老王去查
    if before is not None and (
        before.kind == "preposition" or before.text == "住在" or _is_an_object(tokens, at)
    ):
        return None
    if before is not None and before.unit == "count" and before.text.endswith(("个", "位", "名")):
        return None  # 换了三个房东
    if (
        before is not None
        and before.kind == "benefit"
        and (after is None or after.text not in _FIGURED)
    ):
        return None  # 给他们烧饭
    if after is not None and after.kind == "pause" and any(mark in after.text for mark in ":("):
        return tokens[at].text
    if after is None or after.kind == "pause":
        alone = before is None or before.kind in ("pause", "value", "noun", "common", "unknown")
        return tokens[at].text if not alone or _begins_a_list(tokens, at) else None
    return None if _is_only_named(tokens, at, after) else tokens[at].text


def _is_company(tokens: Sequence[Token], at: int) -> bool:
    lead = (one for one in reversed(tokens[:at]) if one.unit != "count" and one.text not in _SOME)
    return (led := next(lead, None)) is not None and led.kind == "company"


_SOME = frozenset({"几个", "好几个", "几", "个"})


def _did_it(tokens: Sequence[Token], at: int) -> bool:
    """那是|我弟弟|献的: who did it; not 我是老板喊来的, and not who paid (社保是老公交的)."""
    said = words_of(tokens[at + 1 : at + 4])
    described = at > 1 and tokens[at - 2].kind in ("self", "us")
    return at > 0 and tokens[at - 1].text == "是" and not described and bool(_DEED.match(said))


_DEED = re.compile("[献捐考评得拿][了过到上]?的")


def _begins_a_list(tokens: Sequence[Token], at: int) -> bool:
    """老公，31岁，中专: what follows is told of that one; 小学老师，大专 is the speaker."""
    item = tokens[at + 2 : at + 3]
    told = bool(item) and item[0].kind in ("amount", "value", "fact", "noun")
    person = tokens[at].text
    called = person.endswith(_TRADES) or person in (*words("filler"), *_CALLED)
    return told and (person in grammar().kin or not called)


_TRADES = ("师", "员", "工", "长", "头", "主任", "经理", "领导", "徒弟", "租客", "房东", "人")
_CALLED = frozenset({"朋友", "老乡", "老师"})


def _describes(token: Token) -> bool:
    return token.kind in _DESCRIBES and token.text not in grammar().object_of


def _is_an_object(tokens: Sequence[Token], at: int) -> bool:
    """做月嫂; 我是民办幼儿园老师: what one is, also over the words that describe it."""
    lead = dropwhile(_describes, reversed(tokens[:at]))
    verb, subject = next(lead, None), next(lead, None)
    born = at > 1 and tokens[at - 1].text == "生" and tokens[at - 2].unit in ("moment", "year")
    directly = at > 0 and tokens[at - 1].text in grammar().object_of and not born
    is_mine = subject is not None and subject.kind in ("self", "us")
    return directly or (verb is not None and verb.text in ("是", "做", "当") and is_mine)


def _is_only_named(tokens: Sequence[Token], at: int, after: Token) -> bool:
    """老婆说我…, 老婆和我, 老公帮我交的: the speaker's; not 老王跟我讲在永嘉租了七年."""
    if after.text.startswith(("一枚", "一名", "1枚", "1名")):
        return True  # 小学老师一枚
    if after.kind == "reporter":
        return at + 2 >= len(tokens) or tokens[at + 2].kind in ("self", "us", "pause")
    if after.kind == "company":
        return not (tells_me(tokens, at + 1) or _as_i_did(tokens, at + 1))
    if after.kind == "benefit":
        return _for_me(tokens, at + 1)
    return after.kind == "verb" and after.text in ("和", "跟")


def _in_company(before: Token, after: Token | None) -> bool:
    """陪老王去查, 帮老王看: what is found out is that one's."""
    return (
        before.text in ("陪", "帮", "替", "带")
        and after is not None
        and after.text in ("去", "查", "看", "问", "算", "办", "来", "查到", "看看")
    )


def _for_me(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].kind in ("self", "us")


def _is_a_trade(token: Token, after: Token) -> bool:
    """西式烹调师|高级工, 浙工大|本科, 教师|宿舍: what it is of, and whom the lodgings are for."""
    lodgings = after.fact == "rented_years" and after.text.endswith(("宿舍", "公寓"))
    trade = len(token.text) > 2 and token.text[-1] in "师员工匠"
    school = len(token.text) > 2 and token.text[-1] in "大院校学"
    kinds = {"skill": trade, "education": school}
    return lodgings or kinds.get(after.fact, False)


def _after_an_aside(tokens: Sequence[Token], at: int) -> int:
    """The place after the brackets that open here: 胖墩（跟我搭伙的）|考了."""
    if at < len(tokens) and tokens[at].text.strip() == "(":
        closing = (one for one in range(at, len(tokens)) if ")" in tokens[one].text)
        return next(closing, at) + 1
    return at


_A_FEW_YEARS = re.compile("[一两二三四五1-5]岁")
"""实际上大|一岁."""


def _gives(tokens: Sequence[Token], at: int) -> bool:
    """安监局发|的操作证; 自己注册了个小|公司; 厂里后来规范|了: what gives, describes or is
    done, and acts for nobody."""
    text, after = tokens[at].text, tokens[at + 1 : at + 2]
    if not after:
        return False
    issued = len(text) > 2 and text.endswith("发") and after[0].text == "的"
    described = len(text) == 1 and after[0].kind == "payer"
    differs = text in "大小" and bool(_A_FEW_YEARS.fullmatch(after[0].text))
    return issued or described or differs or (len(text) == 2 and after[0].text in ("了", "过"))


def _is_a_numeral(token: Token) -> bool:
    return not token.text.strip("零一二两三四五六七八九十百千万0123456789")


def _is_the_speaker_s_name(tokens: Sequence[Token], at: int) -> bool:
    """我姓罗."""
    return at > 0 and tokens[at - 1].kind == "self" and tokens[at].text.startswith("姓")


def _says_when(tokens: Sequence[Token], at: int) -> bool:
    """水灾|的时候, 环卫队|那年2019年: an event, and nobody who acts."""
    year = tokens[at + 1 : at + 2]
    of_a_year = tokens[at].text.startswith("那") and bool(year) and year[0].unit in _YEARS
    in_a_year = tokens[at].unit in _YEARS and tokens[at].text.endswith("年")
    return (tokens[at].kind == "time" and (tokens[at].text.startswith("的") or of_a_year)) or (
        in_a_year and bool(year) and year[0].text.startswith(("吧", "那"))
    )


_YEARS = ("year", "moment", "since")


def _acts_unlisted(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun of no closed class stands where the one who acts stands."""
    before = tokens[at - 1] if at else None
    if _gives(tokens, at) or _is_a_numeral(tokens[at]) or _is_the_speaker_s_name(tokens, at):
        return False
    if before is not None and (
        before.kind in ("preposition", "company", "amount", "place")
        or before.text in grammar().object_of
        or before.text in grammar().weak
    ):
        return False  # 租的|公寓
    if before is not None and before.kind not in _OPENS:
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and (after.kind == "noun" or _is_a_trade(tokens[at], after)):
        return False  # 科技奖
    if after is not None and _says_when(tokens, at + 1):
        return False
    if tells_me(tokens, at + 1):
        return True
    for token in tokens[_after_an_aside(tokens, at + 1) :]:
        if token.kind in _ACTS:
            return True
        if token.kind not in _BETWEEN:
            return False
    return False
