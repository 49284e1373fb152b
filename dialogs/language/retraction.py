"""What takes back a figure or a value told before it: 42个月，不对; 写错了."""

from dialogs.language.lexicon import patterns
from dialogs.language.message import Message


def is_taken_back(message: Message, end: int, fact: str) -> bool:
    """Whether what ends here is taken back behind it, before another fact is told: not 83年生的 in
    83年生的，学历高中，不对，初中."""
    others = (
        message.tokens[one.core[0]].start for one in message.islands if one.fact not in ("", fact)
    )
    stop = next((start for start in others if start >= end), len(message.text))
    return bool(patterns("taken_back").search(message.text, end, stop))
