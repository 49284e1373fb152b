"""Which figures of one fact count: those since the registration, and those of here."""

import re
from collections.abc import Sequence
from itertools import dropwhile

from dialogs.language.islands import Island
from dialogs.language.lexicon import any_of
from dialogs.language.message import Message, words
from dialogs.language.scope import is_elsewhere
from dialogs.language.since_registered import stays_unregistered


def those_that_count(message: Message, fact: str, islands: Sequence[Island]) -> list[Island]:
    """The islands of one fact without the time before the registration, and without what was done
    elsewhere where another one is of here."""
    return _of_here(message, fact, _since_registration(message, islands))


def _since_registration(message: Message, islands: Sequence[Island]) -> list[Island]:
    """Those that tell how long one is registered, where others tell how long one has lived here."""
    left = [*dropwhile(lambda one: _is_before_registration(message, one), islands)]
    if not left or left[0].fact != "residence_months" or _MORE.search(message.text):
        return left
    names = {
        one.first: words(message.tokens[at] for at in one.core)
        for one in left
        if _is_length(message, one)
    }
    registered = [one for one in left if "登记" in names.get(one.first, "")]
    return registered if registered and len(registered) < len(names) else left


def _of_here(message: Message, fact: str, islands: list[Island]) -> list[Island]:
    """在成都交了五年，带不过来；到永嘉这边是2023年4月开始: without what was done elsewhere, where
    the last of them says that it is of here."""
    if not islands or not islands[-1].amounts:
        return islands
    *before, last = islands
    if not any_of("inside").search(words(message.clause(last))):
        return islands
    here = (one for one in before if not (one.amounts and is_elsewhere(message, fact, [one])))
    return [*here, last]


def _is_length(message: Message, island: Island) -> bool:
    return bool(island.amounts) and message.tokens[island.amounts[0]].unit in ("time", "since")


_MORE = re.compile("[又再另还]")


def _is_before_registration(message: Message, island: Island) -> bool:
    """住了两年才登记: of the time before nothing counts."""
    if island.fact != "residence_months":
        return False
    figures = (message.tokens[at] for at in island.amounts)
    return any(stays_unregistered(message.text, one.start, one.end) for one in figures)
