"""An age alone, where the date of birth is asked for: 36, 三十六了, 今年二十四."""

from dialogs.interpret.asked import Asked
from dialogs.language.lexicon import any_of
from dialogs.language.mention import Mention
from dialogs.language.recognisers.numerals import read
from dialogs.language.recognisers.unnamed import AGE, OLDEST_AT_WORK, YOUNGEST

_AROUND = frozenset({"self", "adverb", "tail", "noise", "pause", "time"})
_PLAIN = 55
"""Up to here two digits are an age; beyond, they may be the year, unless 了 says how old."""


def age_alone(asked: Asked) -> list[Mention]:
    """The age, where the message is nothing else."""
    message = asked.told.message
    bare = [at for at, one in enumerate(message.tokens) if one.unit == "bare"]
    rest = [one for one in message.tokens if one.unit != "bare"]
    if asked.question.id != "birth" or len(bare) != 1 or any(message.owners):
        return []
    if any(one.kind not in _AROUND for one in rest) or _is_about(message.text):
        return []
    token = message.tokens[bare[0]]
    age, ends = read(token.text), message.tokens[bare[0] + 1 : bare[0] + 2]
    oldest = OLDEST_AT_WORK if ends and ends[0].text.startswith("了") else _PLAIN
    if age is None or age.denominator != 1 or not YOUNGEST <= age <= oldest:
        return []
    return [Mention(AGE, token.start, token.end, int(age), rule="an age alone")]


def _is_about(text: str) -> bool:
    """快五十, 五十出头, 五十几; 虚岁 counts otherwise."""
    return "虚" in text or bool(any_of("vague", "above", "below").search(text))
