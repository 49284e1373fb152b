"""A reply as text: plain for the terminal and the golden transcripts, with links for WeChat."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from dialogs.reply import Choice, Link, Reply

LIMIT = 1800
"""Bytes of a WeChat reply with all markup; the platform's own limit is 2,047."""

MANY = 10
"""With more choices than this, short ones share a line."""
WIDTH = 20
"""Characters of a line that choices share."""

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNSAFE = re.compile(rf'{_CONTROL.pattern}|[<>&"]')
_MARKUP = str.maketrans({"<": "＜", ">": "＞", "&": "＆", '"': "＂"})


def plain(reply: Reply) -> str:
    """The reply as readable text."""
    links = [f"→ {link.label}（{link.page}）" for link in reply.links]
    return "\n".join([reply.text, *links, *_lines(reply.choices, _bare)])


def wechat(reply: Reply, public_url: str | None) -> str:
    """The reply as a WeChat text message of at most `LIMIT` bytes, choices as tappable links.

    Where all the markup is too long, the links carry numbers instead of words, then the first
    choices have only the numbers to type, as few as need be: what ends a list (都没有) keeps its
    link longest. Last the text itself is cut at a line's end. Pages are linked only where there is
    a public address.
    """
    text = _safe(reply.text)
    links = [_link(link, public_url) for link in reply.links if public_url]
    from_on = (_linked_from(reply.choices[at:]) for at in range(1, len(reply.choices)))
    for shown in (_worded, _numbered, *from_on, _bare):
        message = _joined(text, links, reply.choices, shown)
        if len(message.encode()) <= LIMIT:
            return message
    rest = _joined("", links, reply.choices, _bare)
    room = LIMIT - len(rest.encode()) - len("\n")
    return cut(_joined(cut(text, room), links, reply.choices, _bare))


def _joined(
    text: str, links: list[str], choices: Sequence[Choice], shown: Callable[[Choice], str]
) -> str:
    return "\n".join(filter(None, [text, *links, *_lines(choices, shown)]))


def _lines(choices: Sequence[Choice], shown: Callable[[Choice], str]) -> Iterator[str]:
    """One choice a line; a long list shares lines where two short ones fit, and so do choices
    without a sign: they stand beside what is answered."""
    signed = any(choice.sign for choice in choices)
    if not choices or (signed and len(choices) <= MANY):
        yield from map(shown, choices)
        return
    line: list[Choice] = []
    width = 0
    for choice in choices:
        width += len(_bare(choice)) + 1
        if line and width > WIDTH + 1:
            yield "　".join(map(shown, line))
            line, width = [], len(_bare(choice)) + 1
        line.append(choice)
    yield "　".join(map(shown, line))


def _bare(choice: Choice) -> str:
    return f"▸ {choice.sign} {choice.label}" if choice.sign else f"▸ {choice.label}"


def _worded(choice: Choice) -> str:
    return _tappable(choice, choice.label)


def _numbered(choice: Choice) -> str:
    return _tappable(choice, choice.sign or choice.label)


def _linked_from(linked: Sequence[Choice]) -> Callable[[Choice], str]:
    """Links for these choices only."""
    return lambda choice: _numbered(choice) if choice in linked else _bare(choice)


def _tappable(choice: Choice, content: str) -> str:
    head = f"▸ {choice.sign} " if choice.sign else "▸ "
    said = _safe(content).replace(" ", "")
    address = f"weixin://bizmsgmenu?msgmenucontent={said}&msgmenuid={choice.tap}"
    return f'{head}<a href="{address}">{_safe(choice.label)}</a>'


def _link(link: Link, public_url: str | None) -> str:
    return f'<a href="{public_url}{link.page}">{_safe(link.label)}</a>'


def _safe(text: str) -> str:
    """Text that cannot become markup: WeChat reads tags in text messages, and knows no escapes."""
    # Nearly all of our words are safe, and replacing nothing takes ten times as long as looking.
    return _CONTROL.sub("", text).translate(_MARKUP) if _UNSAFE.search(text) else text


def cut(text: str, limit: int = LIMIT) -> str:
    """The text, or its first whole lines and an ellipsis, in so many bytes; no link is ever cut in
    two. Of a single line its beginning."""
    if len(text.encode()) <= limit:
        return text
    whole = text.encode()[: max(limit - len("…".encode()), 0)].decode(errors="ignore")
    head, line_end, _ = whole.rpartition("\n")
    return (head if line_end else whole) + "…"
