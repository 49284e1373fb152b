"""Whose each token is: the speaker's, or another person's, by the noun that acts.

A person nobody listed is still a person: a noun in none of the closed classes that stands before
what is done (二狗子交了五年) owns the figure. Payers, places, times and company are no owners.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from dialogs.language.acting import tells_me
from dialogs.language.grammar import grammar
from dialogs.language.mention import SELF
from dialogs.language.owning.behind import of_whom
from dialogs.language.owning.children import is_an_adult_s, is_at_school, is_grown, is_praised
from dialogs.language.owning.lists import (
    heads_a_list,
    is_counted_for,
    is_described,
    is_named_with_a_list,
)
from dialogs.language.owning.payers import is_of_the_firm, is_the_payer_themself
from dialogs.language.owning.subjects import subject_of
from dialogs.language.owning.unlisted import acts_unlisted
from dialogs.language.owning.words import as_i_did
from dialogs.language.tokens import Token

_MONTH = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?")
"""我娃九月份要上小学: when, and no length."""
_NOW = frozenset({"现在", "目前", "如今"})
"""小孩要读一年级了|现在住的是租的房子."""
_AT_WORK = frozenset({"上班", "工作", "打工", "教书", "做工", "开店", "当"})


def owners(tokens: Sequence[Token]) -> list[str]:
    """The owner of each token: SELF, or the word for another person."""
    talk = _Talk(tokens)
    return of_whom(tokens, [talk.owner_of(at) for at in range(len(tokens))])


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
        if token.kind in ("pause", "self", "us", "person") or token.text in _NOW:
            self.passing = ""
        if token.kind == "pause" and ")" in token.text:
            self.passing, self.outside = self.outside, ""

    def _begins(self, at: int) -> None:
        """Of whom is spoken from the token on."""
        token = self.tokens[at]
        if self._is_the_speaker(at):
            self.owner = self.listed = SELF
        elif token.kind == "person" and is_at_school(self.tokens, at):
            self.passing = token.text
        elif token.kind == "person" and _only_came(self.tokens, at):
            return
        elif token.kind == "person" and is_counted_for(self.tokens, at):
            self.owner = self.listed = token.text
        elif token.kind == "person" and (subject := subject_of(self.tokens, at)) is not None:
            self.listed = subject if heads_a_list(self.tokens, at) else SELF
            child = (
                subject.endswith(grammar().children)
                and not (self.aside or self.listed or self._works(at) or is_grown(self.tokens, at))
                and not is_an_adult_s(self.tokens, at)
                and not is_praised(self.tokens, at)
                and not _contrasted(self.tokens, at)
            )
            only_says = subject and _says(self.tokens, at)
            beside = not self.owner and _is_beside(self.tokens, at)
            passes = child or only_says or beside  # 我妈说是86年，|居住证有
            self.owner, self.passing = (SELF, subject) if passes else (subject, "")
        elif _is_at_the_firm(self.tokens, at):
            self.owner = token.text
        elif token.kind == "unknown" and is_named_with_a_list(self.tokens, at):
            self.owner = self.listed = token.text
        elif token.kind == "unknown" and not self.aside and acts_unlisted(self.tokens, at):
            lasts = is_described(self.tokens, at)
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


def _is_at_the_firm(tokens: Sequence[Token], at: int) -> bool:
    """老板的社保三年; 我们厂焊工社保三年."""
    pays = tokens[at].kind == "payer"
    return is_the_payer_themself(tokens, at) if pays else is_of_the_firm(tokens, at)


_TELLS_MORE = frozenset({"fact", "value", "noun", "self"})


def _is_beside(tokens: Sequence[Token], at: int) -> bool:
    """专利我有2项 我们主任五六项 |社保9年: another one's figure of what the speaker just told, and
    nothing of theirs after it."""
    clause = list(takewhile(lambda one: one.kind != "pause", tokens[at + 1 :]))
    figure = any(one.kind == "amount" for one in clause)
    if not figure or any(one.kind in _TELLS_MORE for one in clause):
        return False
    told = takewhile(lambda one: one.kind != "fact", reversed(tokens[:at]))
    return any(one.kind == "amount" for one in told) and any(
        one.kind == "fact" for one in tokens[:at]
    )


def _only_came(tokens: Sequence[Token], at: int) -> bool:
    """后来老婆过来了|就在外面租: since when the speaker does what follows."""
    after = [one for one in tokens[at + 1 : at + 6] if one.text != "了"][:2]
    return [one.text in kind for one, kind in zip(after, (_COMES, _SINCE), strict=False)] == [
        True
    ] * 2


_COMES, _SINCE = frozenset({"过来", "来了", "来", "回来"}), frozenset({"就", "才", "我们", "我"})


def _contrasted(tokens: Sequence[Token], at: int) -> bool:
    """我没有，我儿子有，办了七八年了: the speaker has none, so what follows is the other one's."""
    aside = ("pause", "tail", "verb")
    said = [one.kind for one in tokens[max(0, at - 5) : at] if one.kind not in aside]
    return said[-2:] == ["self", "no"]


def _compared(tokens: Sequence[Token], at: int) -> bool:
    """比我多五千, 跟我一天办的: the speaker is only what is compared with."""
    if at == 0:
        return False
    return tokens[at - 1].text in ("比", "像", "对", "离") or as_i_did(tokens, at - 1)


def _says(tokens: Sequence[Token], at: int) -> bool:
    """我说了要另外记: what one said tells nothing of oneself."""
    after = [*dropwhile(lambda one: one.kind == "adverb", tokens[at + 1 : at + 4])]
    return bool(after) and (after[0].kind == "reporter" or after[0].text == "说是")


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
