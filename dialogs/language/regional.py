"""Regional forms, each brought to the standard word once: 冇, 莫得 → 没有; 系 → 是; 阔以 → 可以."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from dialogs.language.rewriting import Rules
from dialogs.region import load_local

_CHARACTERS = str.maketrans("咗嘅喺哋佢", "了的在们他")


@lru_cache(16)  # several of the readers and hearers of a message put it so
def in_standard_words(text: str) -> str:
    """The text without regional forms.

    >>> in_standard_words("佢哋都冇居住证"), in_standard_words("啥子社保哦莫得")
    ('他们都没有居住证', '什么社保哦没有')
    >>> in_standard_words("有关系统的联系"), in_standard_words("三年整")
    ('有关系统的联系', '三年整')
    """
    text = text.translate(_CHARACTERS)
    return _forms().rewrite(text)


@cache
def _groups() -> Mapping[str, Any]:
    groups: Mapping[str, Any] = load_local("dialogs.language", "regional.yaml")
    return groups


@cache
def _forms() -> Rules:
    groups = _groups().values()
    return Rules((re.compile(form), word) for group in groups for form, word in group.items())
