"""Every regular expression the project compiles, as JSON lines on standard output.

Runs as a program of its own: what a module compiles while it is imported is seen only by anyone who
watches `re` from the beginning.
"""

import ast
import doctest
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import _lru_cache_wrapper, cache
from inspect import signature
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
ROOMS = ("scoring", "dialogs", "bot")
UNHEARD = "约住住住z，3月5号z"
"""Nothing understands it, so every reader is asked."""

compile_pattern = re._compile  # type: ignore[attr-defined]
seen: dict[tuple[str | bytes, int], set[tuple[str, int, str]]] = {}


def watched(pattern: Any, flags: int) -> re.Pattern[Any]:
    """`re`'s own way to a compiled pattern, with a note of whose it is."""
    caller = sys._getframe(2)
    path = Path(caller.f_code.co_filename)
    if isinstance(pattern, str | bytes) and any(path.is_relative_to(ROOT / one) for one in ROOMS):
        use = sys._getframe(1).f_code.co_name
        uses = seen.setdefault((pattern, int(flags)), set())
        uses.add((str(path.relative_to(ROOT)), caller.f_lineno, use))
    return compile_pattern(pattern, flags)


def modules() -> Iterator[Any]:
    for room in ROOMS:
        package = importlib.import_module(room)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if ".migrations" not in found.name and not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def warm(module: Any) -> None:
    """Call what compiles its pattern with the first use: cached functions without parameters, and
    the lexicon with each name that the module gives it. What is compiled inside other functions
    is warmed by talking, and by the examples in their docstrings."""
    for thing in list(vars(module).values()):
        if isinstance(thing, _lru_cache_wrapper) and not signature(thing).parameters:
            thing()
    lexicon = {"patterns", "any_of"} & vars(module).keys()
    for call in calls(Path(module.__file__)) if lexicon else ():
        name = getattr(call.func, "id", None)
        if name in lexicon and all(isinstance(a, ast.Constant) for a in call.args):
            getattr(module, name)(*(a.value for a in call.args if isinstance(a, ast.Constant)))


@cache
def written() -> Iterator[tuple[str, str]]:
    """File and text of what repeats something in the YAML of the rooms. A pattern there is mostly
    compiled only where those before it did not match."""
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.yaml")):
        for token in yaml.scan(path.read_text(encoding="utf-8")):
            if isinstance(token, yaml.ScalarToken) and REPEATS.search(token.value):
                yield str(path.relative_to(ROOT)), token.value


def calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


@cache
def sites() -> list[tuple[str, int, int]]:
    """Where the code calls `re`: file, first and last line."""
    return [
        (str(path.relative_to(ROOT)), call.lineno, call.end_lineno or 0)
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"^import re$", path.read_text(encoding="utf-8"), re.MULTILINE)
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in USES
        and getattr(call.func.value, "id", None) == "re"
    ]


def is_seen(path: str, first: int, last: int) -> bool:
    places = chain.from_iterable(seen.values())
    return any(path == other and first <= line <= last for other, line, _ in places)


REPEATS = re.compile(r"\(\?|[\])\\w.][*+{]")
USES = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}


def talk() -> None:
    """Say to every question what nothing understands."""
    from dialogs.questions import questions
    from tests.dialogs.talks import at, talker

    for question in questions():
        at(question).line(UNHEARD)
    talker(UNHEARD)


def main() -> None:
    re._compile = watched  # type: ignore[attr-defined]
    for module in modules():
        warm(module)
    talk()
    for path in {path for path, *lines in sites() if not is_seen(path, *lines)}:
        doctest.testmod(importlib.import_module(path.removesuffix(".py").replace("/", ".")))
    for path, text in written():
        with suppress(re.error):
            compile_pattern(text, 0)
            seen.setdefault((text, 0), {(path, 0, "fullmatch")})
    for (pattern, flags), where in seen.items():
        text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
        print(json.dumps([text, flags, isinstance(pattern, bytes), sorted(where)]))


if __name__ == "__main__":
    main()
