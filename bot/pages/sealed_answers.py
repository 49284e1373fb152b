"""Answers in an address: nothing of them is stored here.

They open with two keys together: one in the cookie of the browser that gave them, and `SECRET_KEY`.
A forwarded address opens nowhere else, and neither does one from a log or a history.
"""

import json
import secrets
import zlib
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from flask import Response, g

from bot import cookies
from bot.sealing import cipher
from bot.service import the_service
from dialogs import consent_texts
from dialogs.conversation import Conversation, Ticks
from dialogs.flow import Talk
from dialogs.papers import papers
from dialogs.questions import questions
from dialogs.sensitive import permitted

LASTS = timedelta(days=30)
COOKIE = "answers_key"
MOST_BYTES = 16_384  # of what a sealed text opens to; all answers together have some 2,000


class LapsedError(Exception):
    """It was sealed too long ago."""


def sealed(conversation: Conversation) -> str:
    """The answers as a piece of an address, for this browser."""
    return seal(
        {
            "facts": conversation.facts,
            "answered": conversation.answered,
            "passed": conversation.passed,
            "sensitive": permitted(conversation),
            "have": [_mark(name) for name in conversation.papers.have],
            "missing": [_mark(name) for name in conversation.papers.missing],
        }
    )


def opened(text: str) -> Conversation | None:
    """The answers again; None where this browser has no key to them.

    Raises:
        LapsedError: see there.
    """
    kept = unseal(text)
    return None if kept is None else _conversation(kept, the_service().clock())


def _conversation(kept: dict[str, Any], now: datetime) -> Conversation:
    known = {*questions()}
    told = Conversation(
        facts=kept["facts"],
        answered=tuple(id for id in kept["answered"] if id in known),
        passed=tuple(id for id in kept["passed"] if id in known),
        sensitive=consent_texts.sensitive().answered(now, yes=kept["sensitive"]),
    )
    marks = {"have": kept.get("have"), "missing": kept.get("missing")}
    return told.but(papers=_ticks(told, now, marks)) if any(marks.values()) else told


def _ticks(told: Conversation, now: datetime, marks: dict[str, list[int] | None]) -> Ticks:
    names = {_mark(one.name): one.name for one in papers(Talk(told, now, the_service().rules()))}
    ticked = {
        state: tuple(names[mark] for mark in kept or () if mark in names)
        for state, kept in marks.items()
    }
    return Ticks(**ticked)


def _mark(name: str) -> int:
    """Stands for the name of a paper: all names would make the address too long for some phones."""
    return zlib.crc32(name.encode()) & 0xFFFF


def seal(kept: dict[str, Any]) -> str:
    """Anything that JSON takes, sealed for this browser."""
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
    at = int(the_service().clock().timestamp())
    return _cipher().encrypt_at_time(zlib.compress(text, 9), at).decode().rstrip("=")


def unseal(text: str) -> dict[str, Any] | None:
    """The same again; None where this browser has no key to it, or it was changed.

    Raises:
        LapsedError: see there.
    """
    token = f"{text}{'=' * (-len(text) % 4)}".encode()
    try:
        packed = _cipher().decrypt(token)
    except InvalidToken:
        return None
    age = the_service().clock().timestamp() - _cipher().extract_timestamp(token)
    if age > LASTS.total_seconds():
        raise LapsedError
    kept: dict[str, Any] = json.loads(zlib.decompressobj().decompress(packed, MOST_BYTES))
    return kept


def keep_key(response: Response) -> Response:
    """Leave the key in this browser, for as long as what it seals is good."""
    return cookies.give(response, COOKIE, _key(), lasts=LASTS)


def _cipher() -> Fernet:
    return cipher(the_service().settings.secret_key, f"answers {_key()}")


def _key() -> str:
    """Of this browser; a new one where it has none."""
    if "answers_key" not in g:
        g.answers_key = cookies.read(COOKIE) or secrets.token_urlsafe(24)
    key: str = g.answers_key
    return key
