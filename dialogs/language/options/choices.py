"""Answers to a question with options: by number, by word, several at once."""

from collections.abc import Sequence
from functools import cache

from dialogs.language.lexicon import any_of, patterns, words
from dialogs.language.options.option_numbers import number_named, numbers_named
from dialogs.language.options.option_table import OptionWords, option_words, tidy
from dialogs.language.options.option_words import named
from dialogs.language.outcome import Option, Refused, Understood
from dialogs.language.precheck import unmarked
from dialogs.language.recognisers.numerals import read
from dialogs.language.text import clean

_SOUNDS_FROM = 3
"""Shortest word that is taken by its sound where several may be ticked."""


def choose(text: str, options: Sequence[Option]) -> Understood[str] | Refused:
    """The id of the one option the text names, by its number (from 1), label or alias.

    A closing question mark is no question where the rest is exactly an option (大专？).

    >>> offered = (Option("no", "没有"), Option("three", "三级，高级工"))
    >>> choose("我选第二个", offered), choose("高級工證", offered)
    (Understood(value='three'), Understood(value='three'))
    """
    table = option_words(tuple(options))
    cleaned = clean(text, keep_spaces=True)
    plain = unmarked(cleaned)
    if plain is not None and (tidy(plain) in table.table or number_named(plain, len(options))):
        cleaned = plain
    if id := _exact(cleaned, table):
        return Understood(id)
    number = number_named(cleaned, len(options))
    if number is not None:
        return _numbered(number, options)
    found = named(cleaned, table)
    if isinstance(found, Refused):
        return found
    found = found or table.close(tidy(cleaned)) or table.sounding(tidy(cleaned))
    if len(found) == 1:
        return Understood(found.pop())
    return Refused("ambiguous", table.in_order(found)) if found else Refused("not_understood")


def choose_many(text: str, options: Sequence[Option]) -> Understood[frozenset[str]] | Refused:
    """The ids of all options the text names; the empty set for 都没有.

    An option that itself says none (都没有) excludes the others.

    >>> offered = tuple(Option(str(n), word) for n, word in enumerate(("党员", "公积金", "专利")))
    >>> sorted(choose_many("1 3", offered).value)
    ['0', '2']
    >>> sorted(choose_many("公积金和专利", offered).value)
    ['1', '2']
    """
    table = option_words(tuple(options))
    cleaned = clean(text, keep_spaces=True)
    none = frozenset(option.id for option in options if tidy(option.label) in _set("choice.none"))
    found = _many(cleaned, options, table, none)
    if isinstance(found, Refused):
        return found
    if len(found) > 1 and found & none:
        return Refused("contradictory", said=cleaned)
    return Understood(found)


def _many(
    text: str, options: Sequence[Option], table: OptionWords, none: frozenset[str]
) -> frozenset[str] | Refused:
    """The ids named; those of `none` together with others where the text says so."""
    if id := _exact(text, table):
        return frozenset({id})
    bare = any_of("interjection").sub("", tidy(text))
    if bare in _set("choice.none"):
        return frozenset()
    real = [option.id for option in options if option.id not in none]
    if total := _all(bare, real):
        return frozenset(real) if total == len(real) else Refused("vague", said=text)
    numbers = _numbers(text, options, none)
    if isinstance(numbers, Refused):
        return numbers
    if numbers:
        return frozenset(options[number - 1].id for number in numbers)
    found = named(text, table)
    if isinstance(found, Refused):
        return found
    if not found and len(tidy(text)) >= _SOUNDS_FROM:
        found = table.sounding(tidy(text))
    return frozenset(found) if found else Refused("not_understood")


def _all(bare: str, real: Sequence[str]) -> int:
    """How many of the options 都有, 两个都有 speaks of; -1 where that is no answer (各一个, or 都有
    where nothing can be ticked); 0 where the text says no such thing."""
    if bare in _set("choice.all"):
        return len(real) or -1
    if patterns("choice.each").search(bare):
        return -1
    tally = patterns("choice.tally").search(bare)
    if tally is None:
        return 0
    count = read(tally["n"]) if tally["all"] else None  # 两个 alone: which?
    return int(count) if count is not None else -1


def _numbers(text: str, options: Sequence[Option], none: frozenset[str]) -> list[int] | Refused:
    """The numbers listed. A bare 12 may also mean 1 and 2, unless it is the number of “none”."""
    numbers = numbers_named(text, len(options))
    if isinstance(numbers, Refused) or len(numbers) != 1 or options[numbers[0] - 1].id in none:
        return numbers
    whole = text.strip()
    apart = sorted({int(digit) for digit in whole}) if whole.isdecimal() else []
    if len(apart) < 2 or "0" in whole or whole != "".join(map(str, apart)):
        return numbers
    either = tuple(options[number - 1].id for number in (*numbers, *apart))
    return Refused("ambiguous", either, said=whole)


def _exact(text: str, table: OptionWords) -> str | None:
    """The option of which the whole message is a word, courtesies aside."""
    whole = tidy(text)
    if patterns("of_mine").search(whole):
        return table.exact(whole)
    return table.exact(whole) or table.exact(any_of("polite").sub("", whole))


def _numbered(number: int, options: Sequence[Option]) -> Understood[str] | Refused:
    if 1 <= number <= len(options):
        return Understood(options[number - 1].id)
    return Refused("out_of_bounds")


@cache
def _set(group: str) -> frozenset[str]:
    return frozenset(words(group))
