"""Options named by word, clause by clause: 本科，不是大专; 个税交过，公积金没有."""

import re
from dataclasses import dataclass, field
from functools import cache

from dialogs.language.lexicon import alternation, any_of, patterns, words
from dialogs.language.options.option_numbers import number_named
from dialogs.language.options.option_table import OptionWords, Word, tidy
from dialogs.language.outcome import Refused
from dialogs.language.precheck import guard
from dialogs.language.recognisers.numerals import NUMBER, START, read
from dialogs.language.text_scope import done_elsewhere, speaks_of_others

_LEADING_NUMBER = re.compile(r"^\d{1,2}(?=\D)")
"""3大专: the number printed before the word was copied along."""
_CLAUSES = re.compile(r"[,。;!、\s]+|(?=现在|如今|目前|我?只有|但是?|不过|可是)")
_NOW = re.compile("(?:现在|如今|目前)(?!也|还)")
"""当过兵，现在也是党员: what was, stays so."""
_OF_ALL = re.compile(r"[都全均皆]")
_TELLS_THE_PAST = re.compile(r"过|退|转业")


@dataclass(slots=True)
class _Heard:
    """Options by how they were named: outright, by a word that itself denies (没证), or denied;
    `none` when all of it was denied (都没有); `numbered` when a number was among the names."""

    picked: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)
    none: bool = False
    numbered: bool = False
    denied: set[str] = field(default_factory=set)


def named(text: str, table: OptionWords) -> set[str] | Refused:
    """The options a cleaned text names, where nothing else of meaning is said; else empty.

    A clause may deny other options (本科，不是大专). A denial alone leaves the rest open: vague,
    with the options that remain.
    """
    text = any_of("in_force").sub("有效", text)
    if refused := _doubt(text):
        return refused
    heard = _Heard()
    clauses, tally = _tallied(_as_of_now([clause for clause in _CLAUSES.split(text) if clause]))
    for clause in clauses:
        fits = _hear(clause, table, heard)
        if isinstance(fits, Refused):
            return fits
        if not fits:
            return set()
    if heard.picked & heard.denied or (heard.picked and heard.none):
        return Refused("contradictory", said=text)
    if tally and len(heard.picked) != tally:
        return Refused("vague", table.in_order(heard.picked), said=text)
    if heard.denied and not heard.picked and not heard.lacking:
        rest = {option.id for option in table.options} - heard.denied
        return Refused("vague", table.in_order(rest), said=text)
    return heard.picked or heard.lacking


def _tallied(clauses: list[str]) -> tuple[list[str], int]:
    """党员 退伍的 两个都是: the clauses without the one that counts the others, and its count; 0
    where none does."""
    tallies = {clause: found for clause in clauses if (found := _tally(clause))}
    others = [clause for clause in clauses if clause not in tallies]
    count = read(next(iter(tallies.values()))) if tallies and others else None
    return (others, int(count)) if count else (clauses, 0)


def _tally(clause: str) -> str:
    found = patterns("choice.tally").search(tidy(clause))
    return found["n"] if found and found["all"] else ""


def _as_of_now(clauses: list[str]) -> list[str]:
    """The clauses without what they say of the past, where they go on to say how it is now:
    租过，现在买了."""
    now = next((place for place, clause in enumerate(clauses) if _NOW.match(clause)), 0)
    past = any_of("choice.past")
    over = all(past.search(clause) or "过" in clause for clause in clauses[:now])
    return clauses[now:] if over else clauses


def _hear(clause: str, table: OptionWords, heard: _Heard) -> bool | Refused:
    """Whether the clause is understood, its options then noted."""
    alone = number_named(clause, len(table.options))
    if alone and alone <= len(table.options):
        heard.picked.add(table.options[alone - 1].id)
        heard.numbered = True
        return True
    if patterns("choice.others_none").match(clause):
        return True
    if (now := _NOW.match(clause)) and (id := table.exact(tidy(clause[now.end() :]))):
        heard.picked.add(id)
        return True
    if tidy(clause) in words("choice.none"):
        heard.none |= heard.numbered or bool(_OF_ALL.search(clause))
        heard.lacking.update(table.none_of(tidy(clause)))
        return True
    plain = tidy(_LEADING_NUMBER.sub("", clause))
    found, rest = table.scan(plain)
    if any_of("choice.past").search(clause) and not _past(found):
        return Refused("vague", said=clause)
    telling = [word for word in found if not _denying(word.text)]
    if _denying(rest) or (telling and len(telling) < len(found)):
        heard.denied.update(*(word.ids for word in telling))
        return True if telling else Refused("not_understood", said=clause)
    if not _meaningless(rest):
        return False
    if found and not telling and any_of("choice.around").sub("", rest) != rest:
        return True  # 没有房子: none of something that is no option
    if shared := next((word.ids for word in found if len(word.ids) > 1), None):
        return Refused("ambiguous", table.in_order(shared), said=clause)
    (heard.picked if telling else heard.lacking).update(*(word.ids for word in found))
    return True


def _past(found: list[Word]) -> bool:
    """Whether the words speak of the past by themselves: 当过兵, 退伍."""
    return bool(found) and all(_TELLS_THE_PAST.search(word.text) for word in found)


def _denying(text: str) -> bool:
    return bool(patterns("negation").search(any_of("harmless").sub("", text)))


def _doubt(text: str) -> Refused | None:
    """Why a text names no option: it asks, doubts, or speaks of someone else."""
    if refused := guard(tidy(text)):
        return refused
    if any_of("choice.veto").search(text):
        return Refused("vague", said=text)
    foreign = speaks_of_others(text) or done_elsewhere(text)
    return Refused("not_understood", said=text) if foreign else None


def _meaningless(rest: str) -> bool:
    """Nothing but filler and company is left, and how long or how often (租房3年)."""
    rest = _amount().sub(" ", any_of("choice.past").sub("", rest))
    return not any_of("filler", "choice.around", "choice.joiners").sub("", tidy(rest))


@cache
def _amount() -> re.Pattern[str]:
    units = alternation("units.time", "units.count", "units.yuan")
    return re.compile(rf"{START}{NUMBER}个?半?{units}半?")
