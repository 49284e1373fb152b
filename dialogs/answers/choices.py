"""Answers to a question with options: by number, by word, several at once."""

import re
from collections.abc import Sequence
from functools import cache

from dialogs.answers.amounts import denies, speaks_of_others
from dialogs.answers.clean import clean
from dialogs.answers.guard import guard
from dialogs.answers.lexicon import any_of, words
from dialogs.answers.numbering import number_named, numbers_named
from dialogs.answers.optionwords import OptionWords, option_words, tidy
from dialogs.answers.outcome import Option, Refused, Understood

_LEADING_NUMBER = re.compile(r"^\d{1,2}(?=\D)")
"""3大专: the number printed before the word was copied along."""
_CLAUSES = re.compile(r"[,。;!、\s]+")


def choose(text: str, options: Sequence[Option]) -> Understood[str] | Refused:
    """The id of the one option the text names, by its number (from 1), label or alias.

    >>> offered = (Option("no", "没有"), Option("three", "三级，高级工"))
    >>> choose("我选第二个", offered), choose("高級工證", offered)
    (Understood(value='three'), Understood(value='three'))
    """
    table = option_words(tuple(options))
    cleaned = clean(text, keep_spaces=True)
    if id := _exact(cleaned, table):
        return Understood(id)
    number = number_named(cleaned, len(options))
    if number is not None:
        return _numbered(number, options)
    found = _named(cleaned, table, options)
    if isinstance(found, Refused):
        return found
    found = found or table.close(tidy(cleaned))
    if len(found) == 1:
        return Understood(found.pop())
    return Refused("ambiguous", _in_order(found, options)) if found else Refused("not_understood")


def choose_many(text: str, options: Sequence[Option]) -> Understood[frozenset[str]] | Refused:
    """The ids of all options the text names; the empty set for 都没有.

    >>> offered = tuple(Option(str(n), word) for n, word in enumerate(("党员", "公积金", "专利")))
    >>> sorted(choose_many("1 3", offered).value)
    ['0', '2']
    >>> sorted(choose_many("公积金和专利", offered).value)
    ['1', '2']
    """
    table = option_words(tuple(options))
    cleaned = clean(text, keep_spaces=True)
    if id := _exact(cleaned, table):
        return Understood(frozenset({id}))
    bare = any_of("interjection").sub("", tidy(cleaned))
    if bare in _set("choice.none"):
        return Understood(frozenset())
    if bare in _set("choice.all"):
        return Understood(frozenset(option.id for option in options))
    numbers = numbers_named(cleaned, len(options))
    if isinstance(numbers, Refused):
        return numbers
    if numbers:
        return Understood(frozenset(options[number - 1].id for number in numbers))
    found = _named(cleaned, table, options)
    if isinstance(found, Refused):
        return found
    return Understood(frozenset(found)) if found else Refused("not_understood")


def _exact(text: str, table: OptionWords) -> str | None:
    """The option of which the whole message is a word, courtesies aside."""
    whole = tidy(text)
    return table.exact(whole) or table.exact(any_of("polite").sub("", whole))


def _named(text: str, table: OptionWords, options: Sequence[Option]) -> set[str] | Refused:
    """The options named by word, clause by clause, where nothing else of meaning is said.

    A clause may deny other options (本科，不是大专); any other denial refuses.
    """
    if refused := _doubt(text):
        return refused
    picked: set[str] = set()
    denied: set[str] = set()
    for clause in filter(None, _CLAUSES.split(text)):
        if denies(clause):
            found, _ = table.scan(tidy(any_of("harmless").sub("", clause)))
            if not found:
                return Refused("not_understood", said=text)
            denied.update(*found)
        elif (alone := number_named(clause, len(options))) and alone <= len(options):
            picked.add(options[alone - 1].id)
        else:
            found, rest = table.scan(_LEADING_NUMBER.sub("", tidy(clause)))
            if not _meaningless(rest):
                return set()
            if shared := next((ids for ids in found if len(ids) > 1), None):
                return Refused("ambiguous", _in_order(shared, options), said=text)
            picked.update(*found)
    return Refused("contradictory", said=text) if picked & denied else picked


def _numbered(number: int, options: Sequence[Option]) -> Understood[str] | Refused:
    if 1 <= number <= len(options):
        return Understood(options[number - 1].id)
    return Refused("out_of_bounds")


def _doubt(text: str) -> Refused | None:
    """Why a text names no option: it asks, doubts, or speaks of someone else."""
    if refused := guard(tidy(text)):
        return refused
    if any_of("choice.veto").search(text):
        return Refused("vague", said=text)
    return Refused("not_understood", said=text) if speaks_of_others(text) else None


def _meaningless(rest: str) -> bool:
    return not any_of("filler", "choice.around", "choice.joiners").sub("", tidy(rest))


def _in_order(ids: set[str], options: Sequence[Option]) -> tuple[str, ...]:
    return tuple(option.id for option in options if option.id in ids)


@cache
def _set(group: str) -> frozenset[str]:
    return frozenset(words(group))
