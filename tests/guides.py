"""The guides of the project: its Markdown files, and where a link to one can lead."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "dialogs", "scoring", "templates", "tests")
GUIDES = sorted(
    str(path.relative_to(ROOT))
    for place in (ROOT.glob("*.md"), *((ROOT / room).rglob("*.md") for room in ROOMS))
    for path in place
)
_CODE = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")


def prose(guide: str) -> str:
    """A guide without its blocks of code, where # begins no heading."""
    return _CODE.sub("", (ROOT / guide).read_text("utf-8"))


def anchors(guide: str) -> set[str]:
    """Where in a guide a link can lead, as GitHub makes it of headings."""
    titles = re.findall(r"^#+ (.+)$", prose(guide), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def dead_links(guide: str) -> list[str]:
    """The links of a guide that lead to no file of the project, or to no heading of it."""
    links = [one for one in _LINK.findall(prose(guide)) if not re.match(r"[a-z]+:", one)]
    return [one for one in links if not _is_alive(guide, *one.partition("#"))]


def _is_alive(guide: str, file: str, _hash: str, anchor: str) -> bool:
    target = (ROOT / guide).parent / file if file else ROOT / guide
    if not target.exists():
        return False
    return not anchor or anchor in anchors(str(target.resolve().relative_to(ROOT)))
