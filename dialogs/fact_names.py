"""The words that name what one question asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dialogs.language.vocabulary import keyword_facts
from dialogs.questions import questions
from scoring import FACTS

_PIECE = re.compile("[或、]")
_ENDING = re.compile("(?<=..)(?:年月|年数|时间)$|^最高")


@cache
def fact_names() -> Mapping[str, str]:
    """Every word that names what one question asks for, with that fact; the longest first."""
    names: dict[str, set[str]] = {}
    for question in questions().values():
        if question.ticks or question.told_only:
            continue
        if len(question.facts) == 1:
            for one in _PIECE.split(question.title):
                names.setdefault(one, set()).add(question.facts[0])
                names.setdefault(_ENDING.sub("", one), set()).add(question.facts[0])
            names.setdefault(FACTS[question.facts[0]].label, set()).add(question.facts[0])
        for fact in question.facts:
            words = (word for word, of in keyword_facts().items() if of == fact)
            for word in (*words, *(question.fields and question.words(fact))):
                names.setdefault(word, set()).add(fact)
    plain = {name: next(iter(facts)) for name, facts in names.items() if len(facts) == 1}
    return dict(sorted(plain.items(), key=lambda one: -len(one[0])))


def named_in(text: str) -> dict[str, str]:
    """The words of a text that name what one question asks for, each with its fact."""
    found: dict[str, str] = {}
    for name, fact in fact_names().items():
        if name in text:
            found[name] = fact
            text = text.replace(name, " ")
    return found
