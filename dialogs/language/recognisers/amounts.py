"""From numbers found in a text to one certain amount, or the reason why there is none."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from dialogs.language.lexicon import alternation, any_of, maximum, patterns, words
from dialogs.language.outcome import Kind, Refused, Understood, Value, Why
from dialogs.language.recognisers.quantity import Quantity
from dialogs.language.recognisers.restated import without_restated
from dialogs.language.recognisers.suggestions import (
    TOTAL,
    adds_up,
    is_another_stretch,
    offer,
    stated_total,
    without_parts,
)
from dialogs.language.text_scope import done_elsewhere, speaks_of_others

_CLAUSE_END = re.compile(r"[,。;:!、~….#()]|$")
_PUNCTUATION = re.compile(r"[\s,。;:!、~….()_\"'|]+")
_NO_LONGER = re.compile(r"[没不].{0,4}[了啦]|现在|目前|[在再]|还有")
_BELOW = "(?:还|都|也)?(?:不到|没到|不足|不满|没满|未满)"
_UP_TO = re.compile(f"{_BELOW}$")
_NOT_REACHED = re.compile(f"(?:{_BELOW}|[都也还]没有)(?=[,。就才只]|$)")
_TOTALS = frozenset({"count", "yuan"})
_PAUSES = re.compile("断断续续|零零散散|陆陆续续|(?<!没)(?<!没有)[断停](?:了|过|缴|交)+")
_DIGIT = re.compile(r"[\d一二两三四五六七八九十百千]$")
_NEGATIVE = re.compile(r"(?:^|[^\d#年月日号.\-/~])-#|负#")


def settle(kind: Kind, text: str, found: Sequence[Quantity]) -> Understood[Value] | Refused:
    """The one value on which all quantities of a cleaned text agree.

    Understood only when nothing beside the numbers makes them doubtful (words.yaml: vague,
    negation, others, outside), and nothing unknown follows them. Fractions are cut to complete
    units.
    """
    told = text
    text, found = without_restated(kind, text, found)
    text, found = _what_is_left(*_beside_pauses(*_without_bound(kind, text, found)))
    total = stated_total(kind, text, found)
    found = found if total else without_parts(kind, text, found)
    text = _of_the_total(text, found)
    rest = blank(text, found)
    if foreign := _counts_nothing(kind, rest):
        return Refused(foreign, said=told)
    fault = next((one for one in found if one.fault), None)
    values = {one.value for one in ([total] if total else found)}
    partly = kind in _TOTALS and any_of("partial").search(text) and not total
    why: Why
    if partly or is_vague(rest) or is_vague(text) or is_interrupted(text):
        why = "vague"
    elif fault and fault.fault:
        said = text[fault.start : fault.end]
        return Refused(fault.fault, offer(kind, text, found), said=said)
    elif _NEGATIVE.search(rest):
        return Refused("negative", said=told)
    elif denies(rest) or len(values) > 1 or (adds_up(text, found) and not total):
        why = "contradictory"
    elif speaks_of_others(rest) or not _known_around(rest, found):
        why = "not_understood"
    else:
        return within_bounds(kind, values.pop(), told)
    return Refused(why, offer(kind, text, found), said=told)


_YEAR = {"months": 12, "years": 1}


def _without_bound(
    kind: Kind, text: str, found: Sequence[Quantity]
) -> tuple[str, Sequence[Quantity]]:
    """不到五年，四年十个月; 三年满了，四年还没到: beside its bound, which is masked in place, the
    figure is certain; 老厂不到五年，新厂两年 are two stretches."""
    if len(found) != 2:
        return text, found
    bound, figure = sorted(found, key=lambda one: one.start)
    if _NOT_REACHED.match(text, figure.end) or _UP_TO.search(text, bound.end, figure.start):
        bound, figure = figure, bound
    below = _UP_TO.search(text, 0, bound.start) or _NOT_REACHED.match(text, bound.end)
    if not below or not bound.value or not figure.value or figure.value >= bound.value:
        return text, found
    near = bound.value - figure.value <= _YEAR.get(kind, bound.value)
    between = sorted((bound, figure), key=lambda one: one.start)
    if not near or is_another_stretch(text[between[0].end : between[1].start]):
        return text, found
    start, end = min(below.start(), bound.start), max(below.end(), bound.end)
    return text[:start] + "~" * (end - start) + text[end:], [figure]


_ADDED_UP = re.compile("加起来|加一起|算下来|合计|累计|实际|实打实")


def _beside_pauses(text: str, found: Sequence[Quantity]) -> tuple[str, Sequence[Quantity]]:
    """断过半年，加起来一共五年: beside what was added up, the pauses before it are masked."""
    *pauses, total = sorted(found, key=lambda one: one.start)
    start = pauses[-1].end if pauses else 0
    if not pauses or not _ADDED_UP.search(text, start, total.start):
        return text, found
    if not all(_PAUSED.search(text, max(0, one.start - 5), one.start) for one in pauses):
        return text, found
    begins = max(text.rfind(mark, 0, pauses[0].start - 4) for mark in ",。;") + 1
    return text[:begins] + "~" * (start - begins) + text[start:], [total]


def _what_is_left(text: str, found: Sequence[Quantity]) -> tuple[str, Sequence[Quantity]]:
    """三年，断了三个月，所以是33个月; 四次，一次在杭州，那永嘉就三次: what is left is told, and
    what stands before it is masked."""
    if len(found) < _PAIR:
        return text, found
    whole, *parts, left = sorted(found, key=lambda one: one.start)
    if not parts:
        so = RESULT.search(text, whole.end, left.start)
        less = so and whole.value and left.value and left.value < whole.value
        return ("~" * so.start() + text[so.start() :], [left]) if so and less else (text, found)
    so = _SO.search(text, parts[-1].end, left.start)
    if so is None or not _is_left(left, whole, parts):
        return text, found
    return "~" * so.start() + text[so.start() :], [left]


def _is_left(left: Quantity, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    values = [one.value for one in (left, *parts) if one.value]
    return len(values) == len(parts) + 1 and sum(values, Fraction(0)) == whole.value


_PAIR = 2
RESULT = re.compile("所以|等于|净(?:交|缴|剩)")
"""五年，断过，所以实际是57个月: stands before what is left."""
_SO = re.compile("所以|那么?|剩下?|还[有剩]|实际|净|等于|[就只才]")


_PAUSED = re.compile("[断停歇空][过了掉缴交保]*$")


def _of_the_total(text: str, found: Sequence[Quantity]) -> str:
    """断断续续交的，加起来三年: beside a total, its pauses say nothing; masked, in place."""
    totals = [one for one in found if TOTAL.search(text[max(0, one.start - 6) : one.start])]
    if len(found) != 1 or not totals:
        return text
    return _PAUSES.sub(lambda match: "~" * len(match[0]), text)


def within_bounds(kind: Kind, value: Fraction | None, text: str) -> Understood[Value] | Refused:
    """The complete units of a value, if a person can have that many."""
    if value is None:
        return Refused("vague", said=text)
    whole = value.numerator // value.denominator
    if whole > maximum(kind):
        return Refused("out_of_bounds", said=text)
    return Understood(whole)


def blank(text: str, found: Sequence[Quantity]) -> str:
    """The text with '#' in place of each quantity."""
    parts, last = [], 0
    for one in sorted(found, key=lambda quantity: quantity.start):
        parts += [text[last : one.start], "#"]
        last = one.end
    return "".join([*parts, text[last:]])


def is_vague(rest: str) -> bool:
    """Whether words beside the numbers ('#') make them uncertain."""
    rest = any_of("harmless").sub("", rest)
    return bool(any_of("vague").search(rest) or patterns("vague_beside").search(rest))


def is_interrupted(text: str) -> bool:
    """Whether a pause is spoken of (中间回去过), so that a stretch is no certain total."""
    return bool(any_of("interrupted").search(any_of("harmless").sub("", text)))


def denies(rest: str) -> bool:
    """Whether something is negated, harmless phrases aside."""
    rest = any_of("harmless", "beside_the_answer").sub("", rest)
    return bool(patterns("negation").search(rest))


def _counts_nothing(kind: Kind, rest: str) -> Why | None:
    """Why a number counts nothing here: done outside the province, or insurance of another kind."""
    if done_elsewhere(rest):
        return "elsewhere"
    if kind != "months":
        return None
    return "other_scheme" if is_other_scheme(rest) else None


def is_other_scheme(text: str) -> bool:
    """Whether insurance is named that is not the employees': 农保, 意外险; not 没有农保."""
    text = _without_other().sub("", text)
    unsaid = "医保" in text and not any_of("own_scheme").search(text)
    return unsaid or any_of("other_scheme").search(text) is not None


@cache
def _without_other() -> re.Pattern[str]:
    """没有农保, 没交过农保."""
    return re.compile(rf"没有?[交买]?过?{alternation('other_scheme')}")


def only_filler(rest: str) -> bool:
    """Whether nothing but filler, topic words and punctuation is left."""
    return not _PUNCTUATION.sub("", any_of("filler", "topic").sub("", rest))


def _known_around(rest: str, found: Sequence[Quantity]) -> bool:
    """A bare number must stand among filler; after a number with its unit, the clause must hold
    nothing unknown, because that is where Chinese puts its doubts (三年出头)."""
    if any(one.bare for one in found):
        return only_filler(rest.replace("#", ""))
    tails = rest.split("#")[1:]
    return all(
        only_filler(tail[: end.start()]) for tail in tails if (end := _CLAUSE_END.search(tail))
    )


def mask(text: str, found: Sequence[Quantity]) -> str:
    """The text with what is already read made unreadable, in place, so that positions stay."""
    for one in found:
        text = text[: one.start] + "~" * (one.end - one.start) + text[one.end :]
    return text


def mask_words(text: str) -> str:
    """The text with numerals that count nothing (一直, 五险一金) made unreadable, in place."""
    counts_nothing = any_of("not_numbers", "places_with_numerals")
    return counts_nothing.sub(_masked, text)


_ENDS_A_FIGURE = frozenset({"万一", "一来", "二来"})


def _masked(found: re.Match[str]) -> str:
    """15万|一共: what a figure begins before is a part of it."""
    of_a_figure = found[0] in _ENDS_A_FIGURE and _DIGIT.search(found.string, 0, found.start())
    return found[0] if of_a_figure else "~" * len(found[0])


def without_tally(text: str) -> str:
    """一次都没有, 一分钱没捐 → 没: the number in it counts nothing."""
    return patterns("not_one").sub(lambda found: "~" * (len(found[0]) - 1) + "没", text)


def nothing_counted(text: str) -> Understood[Value] | Refused:
    """0 for a cleaned text without numbers that says "none"; otherwise not understood."""
    if is_vague(text):
        return Refused("vague", said=text)
    text = _since_coming().sub("", text)
    clauses = [clause for clause in _PUNCTUATION.split(text) if clause]
    denying = [clause for clause in clauses if _says_none(clause)]
    beside = [clause for clause in clauses if clause not in denying]
    elsewhere = speaks_of_others(text) or done_elsewhere(text)
    if not denying or elsewhere or not all(map(_says_nothing, beside)):
        return Refused("not_understood", said=text)
    if any(any_of("none_verbs").search(clause) for clause in beside):
        return Refused("contradictory", said=text)  # 没有，都是自己交的
    return Understood(0)


def _says_nothing(clause: str) -> bool:
    return only_filler(clause) and clause not in words("affirmative")


def _says_none(clause: str) -> bool:
    """没有, 从来没交过社保; not 没交了, which was otherwise before."""
    clause = _here().sub("", clause)
    if any_of("interjection").sub("", clause) in words("none"):
        return True
    if _does_not().fullmatch(clause):
        return True
    if _NO_LONGER.search(clause) or any_of("none_unless").search(clause):
        return False
    left = any_of("topic", "none_beside").sub("", any_of("harmless").sub("!", clause))
    return bool(_none().fullmatch(left))


@cache
def _since_coming() -> re.Pattern[str]:
    return re.compile(f"[来到](?:了|{alternation('province', 'in_county')})*(?:以后|之后|后)")


@cache
def _here() -> re.Pattern[str]:
    return re.compile(f"^[我俺]?在(?=这儿|{alternation('in_county')})")


@cache
def _none() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation('none_before')})*+{alternation('none')}++")


@cache
def _does_not() -> re.Pattern[str]:
    """不交, 不参加; 血压高献不了."""
    return re.compile(
        rf"我?(?:单位|公司|厂里|老板)?(?:从来|从|一直|也|都)?不(?:给|帮)?我?"
        rf"{alternation('none_verbs')}(?:{alternation('topic')}|这个|那个)?"
        rf"|[^,。没不过]{{0,5}}{alternation('none_verbs')}不(?:了|成|起){alternation('topic')}?"
    )
