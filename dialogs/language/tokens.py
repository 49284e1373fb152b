"""A message as tokens: figures, names of facts, values, closed-class words, and what is left."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

from dialogs.language.common_words import are_common, begins_common
from dialogs.language.grammar import classes, intended
from dialogs.language.lexicon import patterns, words
from dialogs.language.recognisers.amounts import denies
from dialogs.language.recognisers.figures import Amount, Unit, find_amounts
from dialogs.language.rewriting import Places
from dialogs.language.vocabulary import (
    facts_beside,
    gig_words,
    heard_when_short,
    keyword_facts,
    name_patterns,
    nouns,
    says_it_is_there,
    stated_values,
    value_patterns,
)
from dialogs.sounds import spelling

_PAUSE = re.compile(r"[\s,。;:!?、~…()\[\]\"'“”‘’「」《》<>|+*/\\_-]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PINYIN = re.compile(r"[a-z]{2,}")
_IS_TO_COME = re.compile("[^月]*[明后]年[^月]*")
_A_LITTLE = re.compile("[多少早晚久长短大高][一1]?点")
"""四年多|一点: no time of the day."""
_END = frozenset("。;!?\n")
_STATES = frozenset({"fact", "value"})
_NAMES = _STATES | {"noun"}
_WISHED = frozenset({"verb", "preposition"})
_DONE = ("了", "过")
_WHOLE = frozenset({"amount", "person", "us", "self"})
_GIVES_WAY = frozenset({"noun", "near", "adverb"})
SOUNDS_FROM = 3
"""Shortest word of a fact that is heard by its sound."""


class Token(NamedTuple):
    """A piece text[start:end] of a normalised message.

    `kind`: a class of the grammar, or fact, value, amount, no (a denial), ask, pause,
    common (words of the language that name no person), unknown.
    `fact` is set for a fact's name and, with `value`, for a word that states one; `unit` for an
    amount.
    """

    start: int
    end: int
    kind: str
    text: str
    fact: str = ""
    value: str = ""
    unit: Unit | None = None

    @property
    def ends_sentence(self) -> bool:
        """Whether it is a pause after which another subject may be left unsaid."""
        return self.kind == "pause" and not _END.isdisjoint(self.text)


@cache
def _lexicon() -> Mapping[str, tuple[str, str, str]]:
    """Every known word: kind, fact, value."""
    known: dict[str, tuple[str, str, str]] = {
        word: (kind, "", "") for word, kind in classes().items()
    }
    for group in ("interjection", "units.time", "units.count"):
        for word in words(group):
            known.setdefault(word, ("tail", "", ""))
    for group in ("outside", "inside"):
        known.update(dict.fromkeys(words(group), ("place", "", "")))
    for group in ("filler", "topic", "vague", "partial", "interrupted", "birth", "harmless"):
        for word in words(group):
            known.setdefault(word, ("noise", "", ""))
    for word in gig_words():
        known.setdefault(word, ("noise", "", ""))
    known.update(dict.fromkeys(words("unrelated"), ("unrelated", "", "")))
    known.update(dict.fromkeys(words("unknown"), ("unsure", "", "")))
    known.update(dict.fromkeys(words("question"), ("ask", "", "")))
    known.update(dict.fromkeys(words("none", "no_before", "choice.none"), ("no", "", "")))
    known.update(
        dict.fromkeys(
            ("❌", "✗", "✘", "不", "不是", "别", "未", "没", "无", "并非"), ("no", "", "")
        )
    )
    known.update(dict.fromkeys(words("harmless"), ("tail", "", "")))
    known.update({word: ("noun", noun.facts[0], "") for word, noun in nouns().items()})
    known.update({word: ("fact", fact, "") for word, fact in keyword_facts().items()})
    known.update({word: ("value", fact, value) for word, (fact, value) in stated_values().items()})
    return known


@cache
def _longest() -> Mapping[str, tuple[int, ...]]:
    """The lengths of the words that may begin with two characters, the longest first."""
    lengths: dict[str, set[int]] = {}
    for word in _lexicon():
        lengths.setdefault(word[:2], {1}).add(len(word))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _lengths(text: str, at: int) -> tuple[int, ...]:
    """The lengths of the words that may begin at a place, the longest first."""
    return _longest().get(text[at : at + 2], (1,))


@cache
def _by_pinyin() -> Mapping[str, str]:
    return {
        spelling(word): word
        for word, (kind, _, _) in _lexicon().items()
        if kind in ("fact", "value", "noun")
        and (len(word) >= SOUNDS_FROM or word in heard_when_short())
    }


def tokenise(text: str, today: date) -> list[Token]:
    """The tokens of a normalised text, without gaps; linear in its length.

    >>> [(one.kind, one.text) for one in tokenise("我社保交了五年", date(2026, 11, 28))]
    [('self', '我'), ('fact', '社保'), ('verb', '交'), ('tail', '了'), ('amount', '五年')]
    """
    return list(_heard(_pieces(text, today)))


def _pieces(text: str, today: date) -> Iterator[Token]:
    beside = {
        word: fact
        for shown, facts in facts_beside()
        if shown.search(text)
        for word, fact in facts.items()
    }
    amounts = {
        one.start: _before_a_name(text, one)
        for one in find_amounts(text, today)
        if not _IS_TO_COME.fullmatch(text, one.start, one.end)
        and not _A_LITTLE.match(text, max(0, one.start - 1), one.end)
    }
    phrased = _phrased(text)
    amounts = {start: _before_a_phrase(one, phrased) for start, one in amounts.items()}
    rhetorical = [match.span() for match in patterns("asks_nothing").finditer(text)]

    def begins(place: int, end: int) -> bool:
        """Whether a figure or a phrase begins here and is not over before: 都|没读到高中."""
        amount, phrase = amounts.get(place), phrased.get(place)
        return bool((amount and amount.end >= end) or (phrase and phrase.end > end))

    at = 0
    while at < len(text):
        token = _longer(phrased.get(at), _word(text, at, amounts)) or _other(text, at)
        if not token.fact and token.text in beside:
            token = token._replace(kind="fact", fact=beside[token.text])
        if token.kind == "ask" and any(start <= token.start < end for start, end in rhetorical):
            token = token._replace(kind="noise")  # 啥证都没有
        if token.kind not in _WHOLE and not token.fact and token.end > at + 1:
            inside = (place for place in range(at + 1, token.end) if begins(place, token.end))
            token = _cut(token, next(inside, token.end))
        yield token
        at = token.end


def _cut(token: Token, end: int) -> Token:
    """不|是老板: a word does not swallow a figure; what is left of it, as what it is by itself."""
    if end == token.end:
        return token
    text = token.text[: end - token.start]
    return token._replace(end=end, text=text, kind="no" if text in _denials() else "noise")


@cache
def _denials() -> frozenset[str]:
    return frozenset(word for word, (kind, _, _) in _lexicon().items() if kind == "no")


@cache
def _phrases() -> Sequence[tuple[re.Pattern[str], str, str, str]]:
    """The patterns of names and values."""
    named = ((pattern, "fact", fact, "") for pattern, fact in name_patterns())
    stated = ((pattern, "value", fact, value) for pattern, fact, value in value_patterns())
    return [*named, *stated]


@cache
def _places() -> Places:
    return Places(pattern for pattern, *_ in _phrases())


def _phrased(text: str) -> dict[int, Token]:
    """What is named or stated by a pattern, by where it begins; the longer one wins."""
    found: dict[int, Token] = {}
    for place in _places().of(text):
        pattern, kind, fact, value = _phrases()[place]
        for match in pattern.finditer(text):
            if says_it_is_there(fact, value) and denies(match[0]):
                continue  # 开不了店
            if _ends_in_landlord(text, match.end()):
                continue
            if value and _intends().search(text, max(0, match.start() - 1), match.end()):
                continue  # 房子会买的, 再|签合同
            token = Token(match.start(), match.end(), kind, match[0], fact, value)
            if match.start() not in found or found[match.start()].end < token.end:
                found[match.start()] = token
    return found


@cache
def _intends() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(intended())}|会[去买考签])(?![了过])")


def _longer(phrase: Token | None, word: Token | None) -> Token | None:
    """退役军人 is more than 退役; of equals, the pattern says more than the word."""
    if phrase and word and word.fact and word.end > phrase.end:
        return word
    return phrase or word


def _before_a_name(text: str, amount: Amount) -> Amount:
    """2021年3月起在永嘉交|社保至今: a stretch ends before the name that stands within it."""
    if amount.unit == "count" and _states_beyond(text, amount.end - 1, amount.end):
        return replace(amount, end=amount.end - 1, unit="bare")  # 28|本科
    if amount.unit != "since":
        return amount
    for at in range(amount.start + 1, amount.end):
        for length in _lengths(text, at):
            known = _lexicon().get(text[at : at + length])
            if (
                known
                and known[0] == "fact"
                and length > 1
                and known[1] not in ("residence_months", "birth_date")
            ):
                return replace(amount, end=at)
    return amount


def _states_beyond(text: str, at: int, end: int) -> bool:
    """Whether a word that states a value begins here and goes on after the end."""
    lengths = (length for length in _lengths(text, at) if at + length > end)
    known = (_lexicon().get(text[at : at + length], ("",)) for length in lengths)
    return any(kind == "value" for kind, *_ in known)


def _before_a_phrase(amount: Amount, phrased: Mapping[int, Token]) -> Amount:
    """2022年|买的房: a figure ends before what is stated right behind it, and longer."""
    for at in range(amount.start + 1, amount.end):
        stated = phrased.get(at)
        if stated and stated.end > amount.end and stated.fact != "permit":  # 6月就办了登记
            return replace(amount, end=at)
    return amount


def _word(text: str, at: int, amounts: Mapping[int, Amount]) -> Token | None:
    amount, lexicon = amounts.get(at), _lexicon()
    for length in _lengths(text, at):
        word = text[at : at + length]
        known = lexicon.get(word)
        if known is None or len(word) < length or _is_part(text, at, word):
            continue
        if length == 2 and known[0] in _GIVES_WAY and _states_at(text, at + 1):
            continue  # 成人大专: no 人大; 有个体户
        if known[1] == "studying" and _states_at(text, at + length):
            continue  # 大专|在读本科
        if word == "我想" and _begins(text, at + length, _WISHED):
            continue  # 我|想|去考; 我想|大专吧 is a guess
        if word in intended() and _is_no_intention(text, at, word):
            continue
        if known[0] == "person" and _is_no_person(text, at, length):
            continue
        if amount is None or known[1] or known[0] == "us":
            return Token(at, at + length, known[0], word, known[1], known[2])
    if amount is not None and not _part_of_a_name(text, at, amount):
        end: int = amount.end
        return Token(at, end, "amount", text[at:end], unit=amount.unit)
    return None


def _is_no_person(text: str, at: int, length: int) -> bool:
    """奶|茶店 is no grandmother; 那个|人才卡: the last character begins the name of a fact; but
    那个人|大专毕业."""
    if length == 1:
        return begins_common(text, at)
    return _begins(text, at + length - 1, _NAMES) and not _states_at(text, at + length)


def _is_part(text: str, at: int, word: str) -> bool:
    """房|东; 6|0|0块: a part of a landlord, or of a number."""
    end = at + len(word)
    beside = text[max(0, at - 1) : at] + text[end : end + 1]
    number = word.isdecimal() and any(one.isdecimal() for one in beside)
    return number or _ends_in_landlord(text, end)


def _is_no_intention(text: str, at: int, word: str) -> bool:
    """又再献|了一次; 后来2年多|租房."""
    again = word[0] == "再" and text.startswith(_DONE, at + len(word))
    more = word[0] == "多" and at > 0 and text[at - 1] in "年月次"
    return again or more


def _ends_in_landlord(text: str, end: int) -> bool:
    """没有房|东: the landlord is no home."""
    return text.startswith("房东", end - 1)


def _states_at(text: str, at: int) -> bool:
    """Whether a word that names or states a fact begins here."""
    return _begins(text, at, _STATES)


def _begins(text: str, at: int, kinds: frozenset[str]) -> bool:
    """Whether a word of one of these kinds begins here."""
    lengths = _lengths(text, at)
    known = (_lexicon().get(text[at : at + length], ("",)) for length in lengths)
    return any(kind in kinds for kind, *_ in known)


def _part_of_a_name(text: str, at: int, amount: Amount) -> bool:
    """二狗子, 三姐: one numeral before a character that begins no known word."""
    end: int = amount.end
    if amount.unit != "bare" or end - at > 1 or text[at].isdecimal() or end >= len(text):
        return False
    follows = [text[end : end + length] for length in _lengths(text, end)]
    known = [_lexicon()[word][0] for word in follows if word in _lexicon()]
    return bool(_CHINESE.match(text, end)) and (not known or "person" in known)


def _other(text: str, at: int) -> Token:
    if pause := _PAUSE.match(text, at):
        return Token(at, pause.end(), "pause", pause[0])
    if latin := _PINYIN.match(text, at):
        return Token(at, latin.end(), "unknown", latin[0])
    return Token(at, at + 1, "unknown", text[at])


def _heard(pieces: Iterator[Token]) -> Iterator[Token]:
    """Unknown characters as one token; a fact's name in pinyin is that name."""
    run: list[Token] = []
    for token in pieces:
        if token.kind == "unknown":
            run.append(token)
            continue
        yield from _by_ear(run)
        run = []
        yield token
    yield from _by_ear(run)


def _by_ear(run: list[Token]) -> Iterator[Token]:
    if not run:
        return
    text = "".join(token.text for token in run)
    whole = Token(run[0].start, run[-1].end, "unknown", text)
    if text == "wo":
        yield whole._replace(kind="self")
        return
    word = _by_pinyin().get(text)
    if word is None:
        yield whole._replace(kind="common") if are_common(text) else whole
        return
    kind, fact, value = _lexicon()[word]
    yield whole._replace(kind=kind, text=word, fact=fact, value=value)
