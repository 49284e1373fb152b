"""The county's `admissions.yaml` edited entry by entry, as text: comments and all else stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from dialogs import data

Value = str | int | Decimal | date
Entry = Mapping[str, Value]


class UneditableError(Exception):
    """The file is written in a way that a single entry of it cannot be changed for itself."""


def entries(text: str, kind: str) -> list[dict[str, Any]]:
    """The entries of a kind as they are written, in the order of the file.

    >>> entries("uses:\\n  - {purpose: 积分入学, year: 2025}", "uses")
    [{'purpose': '积分入学', 'year': 2025}]
    """
    read = data.parse(text)
    found = read.get(kind) if isinstance(read, dict) else None
    return [one for one in found or () if isinstance(one, dict)]


def with_entry(text: str, kind: str, entry: Entry, number: int | None = None) -> str:
    """The text with one more entry of a kind, or with it instead of the one of this number (from
    0). Raises UneditableError.

    >>> print(with_entry("uses: # known\\n  - {year: 2024}", "uses", {"year": 2025}), end="")
    uses: # known
      - {year: 2024}
      - {year: 2025}
    """
    lines, spans = text.splitlines(), _spans(text, kind)
    written = one_line(entry)
    if number is not None:
        first, last, dash = spans[number]
        lines[first : last + 1] = [f"{dash}{written}"]
    elif spans:
        _, last, dash = spans[-1]
        lines.insert(last + 1, f"{dash}{written}")
    else:
        lines = [*_without_key(lines, text, kind), f"{kind}:", f"  - {written}"]
    return _checked(text, "\n".join(lines) + "\n", kind, written, number)


def without_entry(text: str, kind: str, number: int) -> str:
    """The text without the entry of this number. Raises UneditableError."""
    lines, spans = text.splitlines(), _spans(text, kind)
    first, last, _ = spans[number]
    del lines[first : last + 1]
    if len(spans) == 1:
        lines = _without_key(lines, text, kind)
    return _checked(text, "".join(f"{line}\n" for line in lines), kind, None, number)


def one_line(entry: Entry) -> str:
    """An entry as it stands in the file.

    >>> one_line({"purpose": "积分入学", "last": Decimal("62.50"), "from": date(2026, 6, 1)})
    '{purpose: 积分入学, last: 62.5, from: 2026-06-01}'
    """
    options: dict[str, Any] = {"default_flow_style": True, "allow_unicode": True}
    dumped = yaml.dump(dict(entry), Dumper=_Line, sort_keys=False, width=10**6, **options)
    return str(dumped).strip()


class _Line(yaml.SafeDumper):
    """Writes numbers as people do."""


def _number(dumper: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    whole = value == value.to_integral_value()
    kind = "int" if whole else "float"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", f"{value.normalize():f}")


_Line.add_representer(Decimal, _number)


def _spans(text: str, kind: str) -> list[tuple[int, int, str]]:
    """First line, last line and dash of each entry of a kind."""
    lines = text.splitlines()
    found = []
    for node in _nodes(text, kind):
        first = node.start_mark.line
        dash = lines[first][: node.start_mark.column]
        if dash.strip() != "-":
            raise UneditableError(kind)
        found.append((first, _last_line(node, lines), dash))
    return found


def _nodes(text: str, kind: str) -> Iterator[yaml.Node]:
    root = yaml.compose(text, Loader=data.LOADER)
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    for key, value in pairs:
        if key.value == kind and isinstance(value, yaml.SequenceNode):
            yield from value.value


def _last_line(node: yaml.Node, lines: list[str]) -> int:
    """The last line of a node: its end is where the next one begins, if it is written in lines."""
    last: int = node.end_mark.line
    while last > node.start_mark.line and not _belongs(lines, last, node):
        last -= 1
    return last


def _belongs(lines: list[str], number: int, node: yaml.Node) -> bool:
    if number >= len(lines):
        return False
    before_the_end = number < node.end_mark.line or node.end_mark.column > 0
    written = lines[number].strip()
    deeper = len(lines[number]) - len(lines[number].lstrip()) >= node.start_mark.column
    return before_the_end and bool(written) and not written.startswith("#") and deeper


def _without_key(lines: list[str], text: str, kind: str) -> list[str]:
    """The lines without a key that has nothing under it."""
    root = yaml.compose(text, Loader=data.LOADER)
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    at = [key.start_mark.line for key, _ in pairs if key.value == kind]
    return [line for number, line in enumerate(lines) if number not in at]


def _checked(before: str, after: str, kind: str, written: str | None, number: int | None) -> str:
    """The new text, which says what was wanted and nothing else."""
    wanted: list[Any] = entries(before, kind)
    place = len(wanted) if number is None else number
    wanted[place : place + (number is not None)] = [data.parse(written)] if written else []
    try:
        rest = [_others(one, kind) for one in (before, after)]
        same = entries(after, kind) == wanted and rest[0] == rest[1]
    except (yaml.YAMLError, ValueError):
        same = False
    if not same:
        raise UneditableError(kind)
    return after


def _others(text: str, kind: str) -> dict[str, Any]:
    read = data.parse(text) or {}
    return {key: value for key, value in read.items() if key != kind}
