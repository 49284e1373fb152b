"""The blanks of a file that settles what waits in the rules (`templates/staff/_overlay.html`), as
fields of a form."""

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from bot.staff.forms import points, read_day, short_text

DAYS = ("从哪天起", "哪天核对的")
NUMBERS = ("每次扣几分", "最多扣几分", "每次几分", "最多几分", "改成几分", "几分", "几")
FIGURE, WAY = "上面哪一个", "sum 或 highest"
TEXTS = ("文件名称", "第几条", "这一项的名称", "要什么材料，谁来核")
BLANKS = (*DAYS, *NUMBERS, FIGURE, WAY, *TEXTS)
FOUND = re.compile(f"(?<=: )(?:{'|'.join(BLANKS)})(?=$|[,}}])", re.MULTILINE)
LONGEST = 100


class Blank(NamedTuple):
    """A blank: what stands there, the name of its field, which kind of input it is; `choices` where
    one of several is chosen."""

    text: str
    name: str
    kind: str
    choices: tuple[tuple[str, str], ...] = ()


def blanks_of(text: str, figures: Mapping[str, str], ways: Mapping[str, str]) -> tuple[Blank, ...]:
    """The blanks of a file in its order, each once. `figures`: paths of which one is chosen, and
    `ways` of adding up, with their labels."""
    choices = {FIGURE: tuple(figures.items()), WAY: tuple(ways.items())}
    found = dict.fromkeys(FOUND.findall(text))
    return tuple(
        Blank(one, f"blank{BLANKS.index(one)}", _kind(one), choices.get(one, ())) for one in found
    )


def completed(text: str, blanks: tuple[Blank, ...], filled: Mapping[str, str]) -> str:
    """The file with what was filled in; what is missing stays a blank, which loading refuses."""
    values = {one.text: _written(one, filled.get(one.name, "")) for one in blanks}
    return FOUND.sub(lambda found: values[found[0]], text)


def _kind(blank: str) -> str:
    if blank in (FIGURE, WAY):
        return "choice"
    return "date" if blank in DAYS else "number" if blank in NUMBERS else "text"


def _written(blank: Blank, typed: str) -> str:
    text = short_text(typed, LONGEST)
    if not text:
        return blank.text
    if blank.kind == "date" and (day := read_day(text)):
        return day.isoformat()
    if blank.kind == "number" and points(text) is not None:
        return text
    return json.dumps(text, ensure_ascii=False)
