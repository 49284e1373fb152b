"""Whether a text names what it rests on, and is worded no surer than that."""

import re
from collections.abc import Sequence

from dialogs.faq.topic import origins

NEXT = "下一步："
"""How the last line of an answer begins."""

SO_WORDED = (
    "通常",
    "一般",
    "多半",
    "没有写",
    "没有公布",
    "没有列",
    "以窗口为准",
    "待窗口确认",
)
"""How a sentence says that no document says it."""

_SENTENCE_END = re.compile("[。；]")
_POINTS = re.compile(r"\d 分")
_DUTY = re.compile("必须|要[有找带到去办交]|只认|才(?:算|会|能)|不(?:算|能|行|办)|都算|核实")


def claims_faults(text: str, sources: Sequence[str]) -> list[tuple[str, str]]:
    """What is wrong, and what would be right: no source, or none known; and where no source is
    sure, a text that does not say so once, or a duty that is stated without it."""
    cited = [origins().get(source) for source in sources]
    if not cited or None in cited:
        known = ", ".join(origins())
        return [("it names no source, or none known", f"cite some of {known} under sources")]
    if any(origin.sure for origin in cited if origin):
        return []
    return [
        (f"“{one}” is surer than its sources", f"say one of {'、'.join(SO_WORDED)}")
        for one in (text, *_duties(text))
        if not any(word in one for word in SO_WORDED)
    ]


def _duties(text: str) -> list[str]:
    """The sentences that say what must or must not be: not what to do next, nor what a ruleset
    gives, which carries its own status."""
    lines = [line for line in text.splitlines() if not line.startswith(NEXT)]
    found = (one.strip() for line in lines for one in _SENTENCE_END.split(line))
    return [one for one in found if _DUTY.search(one) and not _POINTS.search(one)]
