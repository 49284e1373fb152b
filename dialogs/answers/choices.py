"""Answers to a question with options: by number, by word, several at once."""

from collections.abc import Sequence

from dialogs.answers.outcome import Option, Refused, Understood


def choose(text: str, options: Sequence[Option]) -> Understood[str] | Refused:
    """The id of the one option the text names, by its number (from 1), label or alias."""
    word = text.strip()
    for number, option in enumerate(options, 1):
        if word in {str(number), option.label, *option.aliases}:
            return Understood(option.id)
    return Refused("not_understood")


def choose_many(text: str, options: Sequence[Option]) -> Understood[frozenset[str]] | Refused:
    """The ids of all options the text names; the empty set for 都没有."""
    picked = set()
    for word in text.replace("、", " ").split():
        one = choose(word, options)
        if isinstance(one, Refused):
            return one
        picked.add(one.value)
    return Understood(frozenset(picked)) if picked else Refused("empty")
