"""What a fault says, in Chinese: sentences of `faults.zh.yaml`, English where there is none yet."""

import re
from functools import cache
from pathlib import Path

from scoring.errors import Fault
from scoring.rulefile.yaml_source import read_yaml

_GAP = "{}"


def told(fault: Fault, lang: str = "zh") -> str:
    """A fault as a line for people, in Chinese or in English (`en`).

    >>> print(told(Fault("mine.yaml", 12, "rate", "it has no source", "add `source:` here")))
    mine.yaml:12：rate：没有写出处。改法：在这里写上 source:
    """
    if lang == "en":
        return str(fault)
    what, how = in_chinese(fault.what), in_chinese(fault.fix)
    where = f"{fault.file}:{fault.line}" if fault.line else in_chinese(fault.file)
    return f"{where}：{fault.key}：{what}。改法：{how}"


def in_chinese(sentence: str) -> str:
    """A sentence of a fault; what stands in its gaps is looked up too, but in backticks."""
    for pattern, chinese in _sentences():
        if found := pattern.fullmatch(sentence):
            quoted = [sentence[start - 1 : start] == "`" for start, _ in found.regs[1:]]
            pairs = zip(found.groups(), quoted, strict=True)
            return _filled(chinese, [gap if own else in_chinese(gap) for gap, own in pairs])
    return sentence


def _filled(chinese: str, gaps: list[str]) -> str:
    for number, gap in enumerate(gaps):
        chinese = chinese.replace(f"{{{number}}}", gap)
    for gap in gaps:
        chinese = chinese.replace(_GAP, gap, 1)
    return chinese


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The longest first: a gap takes whatever stands there."""
    written: dict[str, str] = read_yaml(Path(__file__).with_name("faults.zh.yaml"))
    order = sorted(written, key=lambda one: -len(one.replace(_GAP, "")))
    # Anchored, so that no text is tried from each of its places.
    ways = (rf"\A{re.escape(one).replace(re.escape(_GAP), '(.+?)')}\Z" for one in order)
    patterns = (re.compile(way, re.DOTALL) for way in ways)
    return tuple(zip(patterns, (written[one] for one in order), strict=True))
