"""The text of a reply as the phone shows it: links can be tapped, all else is only text."""

import re
from dataclasses import dataclass

LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
ANSWER = re.compile(r"weixin://bizmsgmenu\?msgmenucontent=(.*)&msgmenuid=(.*)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; with `tap` it answers when tapped, with `href` it opens a page."""

    text: str
    tap: str = ""
    href: str = ""


def pieces(text: str, page_root: str) -> list[Piece]:
    """The reply in pieces. Links into our own service become local, so that the demo also works
    under another name than the one it was started with."""
    found, end = [], 0
    for match in LINK.finditer(text):
        if match.start() > end:
            found.append(Piece(text[end : match.start()]))
        found.append(_link(match[1], match[2], page_root))
        end = match.end()
    if end < len(text):
        found.append(Piece(text[end:]))
    return found


def _link(href: str, label: str, page_root: str) -> Piece:
    if answer := ANSWER.fullmatch(href):
        return Piece(label, tap=f"{answer[2]}|{answer[1]}")
    if href.startswith(f"{page_root}/"):
        return Piece(label, href=href.removeprefix(page_root))
    return Piece(label, href=href) if href.startswith(("https://", "http://")) else Piece(label)
