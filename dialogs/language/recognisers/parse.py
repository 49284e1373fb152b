"""One entrance for the six kinds of answers."""

import re
from datetime import date
from functools import lru_cache

from dialogs.language.outcome import Kind, Refused, Understood, Value
from dialogs.language.precheck import guard, unmarked
from dialogs.language.recognisers.amounts import denies, is_other_scheme
from dialogs.language.recognisers.counts import read_count
from dialogs.language.recognisers.dates import read_date
from dialogs.language.recognisers.durations import read_duration
from dialogs.language.recognisers.money import read_yuan
from dialogs.language.recognisers.rates import product, rate_in
from dialogs.language.recognisers.yesno import read_yesno
from dialogs.language.text import clean

_UP_TO_NOW = re.compile(
    r"(?<![\d年月日号起])[打交截算]?(?:止|至)?到(?:这个?月|上个?月|本月)(?:为止|底)?[, ]?"
    r"(?:[住交租缴]了)?(?:是|有|正好|刚好|一共|整|满)?(?=[\d一二两三四五六七八九十])"
)
"""到这个月26个月: until when it is counted adds nothing to the figure."""
_UNIT_IN_BRACKETS = re.compile(r"\((个月|月|年|次|元|\d+)\)")
_BRACKETS = str.maketrans({"(": ",", ")": "", "[": ",", "]": "", "=": ""})


@lru_cache(16)  # several rules read the same part of a message
def parse(
    kind: Kind, text: str, today: date, *, year: int | None = None
) -> Understood[Value] | Refused:
    """Read `text` as the answer to a question of this kind. Never raises on any text.

    Amounts are complete units: 三年半 is 42 months or 3 years, 12.5元 is 12 yuan. `year` is the
    year of an earlier refusal `month_missing`: then a bare month completes it.

    >>> parse("months", "三年半", date(2026, 11, 23))
    Understood(value=42)
    >>> parse("count", "三四次", date(2026, 11, 23)).why
    'vague'
    """
    cleaned = _UNIT_IN_BRACKETS.sub(r"\1", clean(text)).translate(_BRACKETS)
    cleaned = cleaned if kind in ("date", "yesno") else _UP_TO_NOW.sub("", cleaned)
    if kind == "yesno":
        return read_yesno(cleaned)
    outcome = _read(kind, cleaned, today, year)
    if isinstance(outcome, Refused) and rate_in(kind, cleaned):
        total = product(kind, cleaned, today)
        return Refused("vague", () if total is None else (total,), said=cleaned)
    if kind == "months" and outcome == Refused("not_understood", said=cleaned):
        other = is_other_scheme(cleaned) and not denies(cleaned)  # 没交过，只有农保
        return Refused("other_scheme", said=cleaned) if other else outcome
    plain = unmarked(cleaned)
    if plain is None or outcome != Refused("question", said=cleaned):
        return outcome
    unsure = _read(kind, plain, today, year)  # 42个月？ is an answer: it will be said back
    return unsure if isinstance(unsure, Understood) else outcome


def _read(kind: Kind, text: str, today: date, year: int | None) -> Understood[Value] | Refused:
    if refused := guard(text):
        return refused
    match kind:
        case "months" | "years":
            return read_duration(kind, text, today, year)
        case "count":
            return read_count(text)
        case "yuan":
            return read_yuan(text)
        case "date":
            return read_date(text, today, year)
        case "yesno":
            return read_yesno(text)
