"""Yes or no: 有, 是的, 办了; 没有, 还没办. Half a yes is neither."""

import re
from functools import cache

from dialogs.language.lexicon import alternation, any_of, words
from dialogs.language.outcome import Refused, Understood, Value
from dialogs.language.precheck import guard
from dialogs.language.text import clean

_REPEATED = re.compile(r"(.{1,2})\1+")
_PUNCTUATION = re.compile(r"[\s,。;:!、.~()\"'…-]+")


def read_yesno(text: str) -> Understood[Value] | Refused:
    """True or False from a cleaned text. Only a whole message decides, never a word within one."""
    if refused := guard(text):
        return refused
    if any_of("yes_vague", "vague").search(text):
        return Refused("vague", said=text)
    parts = [part for part in _PUNCTUATION.split(text) if part]
    said = {verdict for part in parts if (verdict := _verdict(part)) is not None}
    if any(_verdict(part) is None and not _polite(part) for part in parts) or not said:
        return Refused("not_understood", said=text)
    return Refused("contradictory", said=text) if len(said) > 1 else Understood(said.pop())


def agrees(text: str) -> bool:
    """Whether a message agrees to what was said: 是, 对的, 嗯; not 租的, which tells something.

    >>> agrees("嗯，是的"), agrees("租的")
    (True, False)
    """
    parts = [any_of("polite").sub("", part) or part for part in _PUNCTUATION.split(clean(text))]
    said = [part for part in parts if part]
    return bool(said) and all(_REPEATED.sub(r"\1", part) in _set("affirmative") for part in said)


def _verdict(part: str) -> bool | None:
    """What one clause says, None when it says neither."""
    part = _REPEATED.sub(r"\1", part)
    for plain in (part, any_of("interjection").sub("", part), any_of("polite").sub("", part)):
        if plain in _set("affirmative") or _did().fullmatch(plain):
            return True
        if plain in _set("negative") or _did_not().fullmatch(plain):
            return False
    return None


def _polite(part: str) -> bool:
    return not any_of("polite").sub("", part)


@cache
def _set(group: str) -> frozenset[str]:
    return frozenset(words(group))


@cache
def _did() -> re.Pattern[str]:
    before, verbs, after, things = (
        alternation(f"yes_{part}") for part in ("before", "verbs", "after", "things")
    )
    return re.compile(rf"{before}{verbs}{after}*+{things}?了?|{verbs}{after}++{things}?了?")


@cache
def _did_not() -> re.Pattern[str]:
    before, verbs, after, things = (
        alternation(group) for group in ("no_before", "yes_verbs", "no_after", "yes_things")
    )
    return re.compile(rf"{before}(?:{verbs}|有)?{after}*+{things}?")
