"""Rules that rewrite a text, each tried only where a character stands that it cannot do without."""

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

Replacement = str | Callable[[re.Match[str]], str]
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})


def needed(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Characters of which each match, or what it asserts, has one; None where there are none.

    >>> sorted(needed(re.compile("没(?:交|买)?|未.")) or ())
    ['未', '没']
    >>> needed(re.compile("[^没]*")) is None
    True
    """
    parser: Any = import_module("re._parser")  # the standard library's own
    return _of_all(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


def _of_all(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The fewest that one of the items of a sequence needs."""
    found = [one for op, value in items if (one := _of_one(str(op), value)) is not None]
    return min(found, key=len, default=None)


def _of_one(op: str, value: Any) -> frozenset[str] | None:
    match op:
        case "LITERAL":
            return frozenset({chr(value)})
        case "IN":
            literal = all(str(kind) == "LITERAL" for kind, _ in value)
            return frozenset(chr(code) for _, code in value) if literal else None
        case "BRANCH":
            ways = [_of_all(one) for one in value[1]]
            told = [one for one in ways if one is not None]
            return frozenset().union(*told) if len(told) == len(ways) else None
        case "SUBPATTERN":
            return _of_all(value[3])
        case "ATOMIC_GROUP":
            return _of_all(value)
        case "ASSERT":
            return _of_all(value[1])
        case _ if op in _REPEATS and value[0] > 0:
            return _of_all(value[2])
    return None


class Places:
    """Where in a list of patterns those stand that may match a text."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self._always: set[int] = set()
        self._with: dict[str, set[int]] = {}
        for place, pattern in enumerate(patterns):
            needs = needed(pattern)
            self._always |= {place} if needs is None else set()
            for character in needs or ():
                self._with.setdefault(character, set()).add(place)
        self._anyway = sorted(self._always)

    def of(self, text: str) -> list[int]:
        """The places of all patterns of which the text has a needed character, in their order.

        >>> Places([re.compile("没"), re.compile("[^没]"), re.compile("有|未")]).of("未满")
        [1, 2]
        """
        found = [self._with[character] for character in self._with.keys() & text]
        return sorted(self._always.union(*found)) if found else self._anyway


class Rules:
    """Patterns with what each match becomes, applied in their order."""

    def __init__(self, rules: Iterable[tuple[re.Pattern[str], Replacement]]) -> None:
        self._rules = tuple(rules)
        self._places = Places(pattern for pattern, _ in self._rules)

    def rewrite(self, text: str, first: int = 0) -> str:
        """The text after all rules, or after those from one on.

        >>> Rules([(re.compile("冇"), "没有"), (re.compile("没有有"), "没有")]).rewrite("冇有")
        '没有'
        """
        for place in self._places.of(text):
            if place >= first:
                pattern, becomes = self._rules[place]
                rewritten = pattern.sub(becomes, text)
                if rewritten != text:  # other patterns may match now
                    return self.rewrite(rewritten, place + 1)
        return text
