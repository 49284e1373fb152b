"""YAML that remembers its lines, so that a fault can name the place."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from scoring.errors import Fault, RulesetError

DEEPEST = 200
"""How deeply a file may be nested; rulesets need some twelve levels."""

_HALF = dict(zip("：，｛｝［］“”‘’　－＃．", ":,{}[]\"\"'' -#.", strict=True))
_HALF |= {chr(0xFF10 + digit): str(digit) for digit in range(10)}
_KEY = "[a-z_][a-z_0-9]*"
_MISTYPED = re.compile(
    rf"^\s*(?:- +)?{_KEY}(：)|[{{,，]\s*{_KEY}(：)|(，)\s*{_KEY}\s*[:：]|([｛｝［］])"
)
_BRACKETS = re.compile(r"[\[\]{}]")
_DASHES = re.compile(r"(?:[-?] ){9,}")
_TAB = re.compile(r" {0,200}\t")
_INDENT = re.compile(r"^ {100,}", re.MULTILINE)
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_scalars = yaml.SafeLoader("")  # constructs single scalars; holds no document


class LocatedDict(dict[str, Any]):
    """A mapping with its file, its line and the line of each key. `amended`: it was put there by
    an amendment; `copied`: by one of another row, whose value it is."""

    __slots__ = ("amended", "copied", "file", "line", "lines")

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, int] = {}
        self.amended = False
        self.copied = False


class LocatedList(list[Any]):
    """A sequence with its file and its line."""

    __slots__ = ("file", "line")

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line


def read_yaml(path: Path) -> Any:
    """The content of a YAML file. Decimal fractions are read exactly, as Decimal.

    Raises RulesetError on a file that cannot be read, on bad YAML and on a key written twice.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        fix = "save it as UTF-8"
        raise RulesetError([Fault(path.name, 1, "file", "it is not UTF-8", fix)]) from None
    except OSError as error:
        what, fix = f"it cannot be read ({error.strerror})", "fix its name or its permissions"
        raise RulesetError([Fault(path.name, 1, "file", what, fix)]) from None
    return parse_yaml(text, path.name)


def parse_yaml(text: str, file: str) -> Any:
    """Like `read_yaml`, from text.

    >>> parse_yaml("rate: 0.25", "mine.yaml")
    {'rate': Decimal('0.25')}
    """
    if _depth(text) > DEEPEST:
        what, fix = "it is nested too deeply", "write it with less nesting"
        raise RulesetError([Fault(file, 1, "YAML", what, fix)])
    try:
        node = yaml.compose(text, Loader=_Loader)
        faults: list[Fault] = []
        content = _construct(node, file, faults, set()) if node else None
    except yaml.YAMLError as error:
        raise RulesetError([_not_yaml(error, file, text)]) from error
    if faults:
        raise RulesetError(faults)
    return content


def full_width(text: str) -> tuple[str, str] | None:
    """The first full-width sign of a key or a number, and what to type.

    >>> full_width("value：5"), full_width("value")
    (('：', ':'), None)
    """
    return next(((sign, _HALF[sign]) for sign in text if sign in _HALF), None)


def _structural(line: str) -> tuple[str, str] | None:
    """The same of a line of YAML, whose texts may have such signs.

    >>> _structural("label：年龄"), _structural("label: 年龄，文化")
    (('：', ':'), None)
    """
    found = _MISTYPED.search(line.partition(" #")[0])
    return full_width("".join(filter(None, found.groups()))) if found else None


def not_half_width(sign: str, half: str) -> tuple[str, str]:
    """What is wrong with a full-width sign, and what would be right."""
    return f"the character “{sign}” is full-width", f"type the half-width `{half}` in its place"


def _not_yaml(error: yaml.YAMLError, file: str, text: str) -> Fault:
    """What the parser says, at the line where it gave up; a quotation that never ends is noticed at
    the end of the file only, so the line where it began is named as well."""
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 1
    lines = text.splitlines()
    if _TAB.match("".join(lines[line - 1 : line])):
        what, fix = "a tab stands in the indentation", "type spaces in its place"
        return Fault(file, line, "YAML", what, fix)
    for number in (line, line - 1):  # a colon is missed at the beginning of the next line
        wrong = _structural(lines[number - 1]) if 0 < number <= len(lines) else None
        if wrong:
            return Fault(file, number, "YAML", *not_half_width(*wrong))
    what = str(getattr(error, "problem", None) or "the text is not YAML")
    where = "this line and the one before"
    if began and began.line + 1 < line:
        what += f" {getattr(error, 'context', 'in what')} that begins on line {began.line + 1}"
        where = "these lines"
    fix = f"check indentation, colons and quotation marks on {where}"
    return Fault(file, line, "YAML", what, fix)


def _depth(text: str) -> int:
    """About how deeply a text is nested: the parser, which is written in C, does not survive some
    ten thousand levels."""
    depth = deepest = max((len(run) // 2 for run in _DASHES.findall(text)), default=0)
    for bracket in _BRACKETS.findall(text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    indent = max((len(spaces) for spaces in _INDENT.findall(text)), default=0)
    return max(deepest, indent // 2)


def _construct(node: Any, file: str, faults: list[Fault], seen: set[int], key: str = "YAML") -> Any:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, file, faults, key)
    if id(node) in seen:
        what = "this is repeated by an alias (`*`)"
        faults.append(Fault(file, line, "YAML", what, "write it out where it belongs"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, LocatedDict(file, line), faults, seen)
    found = LocatedList(file, line)
    found.extend(_construct(child, file, faults, seen, key) for child in node.value)
    return found


def _whole(text: str) -> int | str:
    """YAML reads 042 as octal and 1:30 as minutes. People do not: 042 is 42, 1:30 stays text."""
    digits = text.replace("_", "")
    return int(digits) if digits.lstrip("+-").isdecimal() else text


def _mapping(node: Any, found: LocatedDict, faults: list[Fault], seen: set[int]) -> LocatedDict:
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in found:
            what = f"the key is written twice, first on line {found.lines[key]}"
            faults.append(Fault(found.file, line, key, what, "keep one of the two"))
        found[key] = _construct(value_node, found.file, faults, seen, key)
        found.lines[key] = line
    return found


def _scalar(node: Any, file: str, faults: list[Fault], key: str) -> Any:
    try:
        if node.tag == "tag:yaml.org,2002:float":
            return Decimal(node.value.replace("_", ""))
        if node.tag == "tag:yaml.org,2002:int":
            return _whole(node.value)
        return _scalars.construct_object(node)
    except (yaml.YAMLError, ArithmeticError, ValueError):
        line = node.start_mark.line + 1
        what, fix = f"{node.value!r} cannot be read", "write a plain number, date or text"
        if node.tag == "tag:yaml.org,2002:timestamp":
            what, fix = f"there is no day {node.value}", "write a day of the calendar"
        faults.append(Fault(file, line, key, what, fix))
        return None


def place_of(root: Any, path: tuple[Any, ...]) -> tuple[str, int]:
    """File and line of the innermost thing that `path` reaches. Steps that are not keys of the
    content (the tags pydantic adds for unions) are passed over."""
    here, file, line = root, root.file, root.line
    for step in path:
        if isinstance(here, LocatedDict) and step in here:
            after = here[step]
            line = here.lines.get(step, getattr(after, "line", here.line))
        elif isinstance(here, LocatedList) and isinstance(step, int) and step < len(here):
            after = here[step]
            line = getattr(after, "line", here.line)
        else:
            continue
        here = after
        file = getattr(here, "file", file)
    return file, line
