"""What is refused before any reading: silence, an identity number, a question, "don't know"."""

import re

from dialogs.answers.lexicon import any_of
from dialogs.answers.outcome import Refused

_ID_NUMBER = re.compile(r"(?<!\d)\d{6}[\d*x ]{8,11}[\dx*](?![\d])|(?<!\d)\d{15,}")
_ASKS = re.compile(
    r"\?|[吗么](?:$|[啊呀呢,。!])|几分|几.{0,4}[分算]|[有加算得计]分(?!之)|(?<!没)有没有(?!没)"
)
_NOTHING = re.compile(r"^[\s,.。!、;:~…\-_'\"()<>+*#@&^|]*$")


def guard(text: str) -> Refused | None:
    """The reason why a cleaned text is no answer of any kind; None when it may be one."""
    if _NOTHING.match(text):
        return Refused("empty")
    if _ID_NUMBER.search(text):
        return Refused("id_number")
    if _ASKS.search(text) or any_of("question").search(text):
        return Refused("question", said=text)
    if any_of("unknown").search(text):
        return Refused("unknown", said=text)
    return None
