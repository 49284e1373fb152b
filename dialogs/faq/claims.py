"""Whether each sentence of an answer names what it rests on, and is worded no surer than that.

What a sentence rests on is written behind it in brackets, and taken out before anybody reads it:

    合同通常要备案。[practice] 宿舍也算。[note]

Where all sources of the topic are of one kind, sure or not, nothing need be written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dialogs.faq.topic import Origin, documents_of_counties, origins

_OF_ALL = ("rules", "silence")
"""Any answer may rest on the rules in force, and say what they leave unsaid."""
NEXT = "下一步："
"""How the last line of an answer begins."""

SO_WORDED = (
    "通常",
    "一般",
    "多半",
    "最好",
    "没有写",
    "没有分开写",
    "没有公布",
    "没有列",
    "不知道",
    "不掌握",
    "不乱说",
    "当年通知",
    "以窗口为准",
    "核定为准",
    "待窗口确认",
)
"""How a sentence says that no document says it."""

_MARK = re.compile(r"\[([a-z_, ]{2,60})\] ?")
_SENTENCE_END = re.compile("[。；]")
_POINTS = re.compile(r"\d 分")
_DUTY = re.compile("必须|要[有找带到去办交]|只认|才(?:算|会|能)|不(?:算|能|行|办)|都算|核实")


class Claim(NamedTuple):
    """A piece of a line, and what it says it rests on; nothing: on what the topic does."""

    text: str
    sources: tuple[str, ...] = ()


def claims_of(said: str) -> list[list[Claim]]:
    """The claims of a text, line by line.

    >>> claims_of("要有证。[note] 通常还要合同。")
    [[Claim(text='要有证。', sources=('note',)), Claim(text='通常还要合同。', sources=())]]
    """
    return [list(_claims(line)) for line in said.splitlines()]


def _claims(line: str) -> Iterator[Claim]:
    *marked, last = _MARK.split(line)
    for text, ids in zip(marked[::2], marked[1::2], strict=True):
        yield Claim(text, tuple(id.strip() for id in ids.split(",")))
    if last:
        yield Claim(last)


def told(said: str, known: Mapping[str, Origin]) -> str:
    """What a person reads: without the marks, and without what rests on the document of another
    county alone.

    >>> told("要有证。[a_note] 通常还要合同。[practice]", origins())
    '通常还要合同。'
    """
    lines = (
        "".join(text for text, ids in line if not ids or not known.keys().isdisjoint(ids))
        for line in claims_of(said)
    )
    return "\n".join(line for line in lines if line.strip())


def answer_faults(said: str, sources: Sequence[str]) -> list[tuple[str, str]]:
    """What is wrong with an answer as it is written, with its marks (`claims_faults` of each)."""
    here = sources_here(sources)
    mixed = len({origins()[id].sure for id in here if id in origins()}) > 1
    claims = [claim for line in claims_of(said) for claim in line]
    faults = [fault for text, ids in claims if ids for fault in _marked(text, ids, sources)]
    unmarked = [text for text, ids in claims if not ids and _beside_figures(text)]
    if mixed:
        return faults + [fault for text in unmarked for fault in _of_either(text, here)]
    if unmarked or not sources:
        return faults + claims_faults("\n".join(unmarked), here)
    return faults


def sources_here(sources: Sequence[str]) -> list[str]:
    """Without the documents that only another county has."""
    return [id for id in sources if id in origins() or id not in documents_of_counties()]


def _marked(text: str, ids: Sequence[str], sources: Sequence[str]) -> list[tuple[str, str]]:
    if strange := [id for id in ids if id not in _OF_ALL and id not in sources]:
        return [(f"“{text}” cites {strange[0]}, which its topic does not", "add it to its sources")]
    here = sources_here(ids)  # without any it is not told
    return claims_faults(text, here) if here else []


def _of_either(text: str, sources: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Sentences that do not say which of the sources they rest on: neither in words, nor by a
    figure, which brings its own."""
    for one in _beside_figures(text):
        if not _is_worded_so(one):
            yield f"“{one}” does not say what it rests on", f"add one of [{', '.join(sources)}]"


def claims_faults(text: str, sources: Sequence[str]) -> list[tuple[str, str]]:
    """What is wrong, and what would be right: no source, or none known; and where no source is
    sure, a text that does not say so once, or a duty that is stated without it."""
    cited = [origins().get(source) for source in sources]
    if not cited or None in cited:
        known = ", ".join(origins())
        return [("it names no source, or none known", f"cite some of {known} under sources")]
    if any(origin.sure for origin in cited if origin):
        return []
    duties = [one for one in _beside_figures(text) if _DUTY.search(one)]
    return [
        (f"“{one}” is surer than its sources", f"say one of {'、'.join(SO_WORDED)}")
        for one in (text, *duties)
        if not _is_worded_so(one)
    ]


def _is_worded_so(text: str) -> bool:
    return any(word in text for word in SO_WORDED)


def _beside_figures(text: str) -> list[str]:
    """The sentences without a figure, which brings its own source."""
    return [one for one in _sentences(text) if not _POINTS.search(one)]


def _sentences(text: str) -> list[str]:
    """The sentences that may claim something: not what to do next."""
    lines = [line for line in text.splitlines() if not line.startswith(NEXT)]
    found = (one.strip() for line in lines for one in _SENTENCE_END.split(line))
    return [one for one in found if one]
