"""Talks as text, for a clerk to read and for the tests to play again.

    # 一周后                  time passes
    > 三年半                  typed
    > ▸ 大专                  tapped, in the newest bubble that offers it, however old
    > [照片]                  sent; also 语音 视频 位置 链接 文件 表情, and [关注], [菜单 result]
    记下：…                   what the bot said

Other lines that begin with “# ” are remarks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from dialogs import data
from dialogs.conversation import Conversation
from dialogs.engine import converse
from dialogs.phrases import say
from dialogs.rendering import plain
from dialogs.reply import Choice, Reply
from dialogs.requests import DeleteMyData, Request, ShowMyData, WithdrawSensitive
from dialogs.utterance import Chosen, Followed, Outcome, Said, Sent, Utterance
from scoring import Ruleset

BETWEEN = timedelta(seconds=20)
"""Between one message and the next."""

_WITHOUT_DESK = (ShowMyData, DeleteMyData, WithdrawSensitive)

Desk = Callable[[Request[object], datetime], object]
"""Anyone who fulfils the requests: the service, or a scripted stand-in."""


class Talker:
    """One person's talk: utterances in, replies out; keeps the bubbles for tapping. Without a desk
    nothing can be booked."""

    def __init__(self, rules: Ruleset, now: datetime, desk: Desk | None = None) -> None:
        self.conversation = Conversation()
        self.rules = rules
        self.now = now
        self.desk = desk
        self.bubbles: list[Choice] = []
        self.unmatched: list[str] = []

    def line(self, text: str) -> Reply:
        """The reply to one line of a script, without its “> ”."""
        return self.hear(self.utterance(text))

    def hear(self, utterance: Utterance) -> Reply:
        """The reply to an utterance, with every request fulfilled by the desk."""
        self.now += BETWEEN
        turn = converse(self.conversation, utterance, self.now, self.rules)
        while turn.request is not None:
            if self.desk is None and not isinstance(turn.request, _WITHOUT_DESK):
                return Reply(say("cli/no_desk"))
            kept = self.desk(turn.request, self.now) if self.desk else None
            outcome = Outcome(turn.request, kept)
            turn = converse(turn.conversation, outcome, self.now, self.rules)
        assert turn.reply is not None  # noqa: S101 - a turn has a reply or a request
        stored = turn.conversation.model_dump_json()
        self.conversation = Conversation.model_validate_json(stored)
        self.bubbles = [*turn.reply.choices, *self.bubbles][:200]
        if turn.unmatched:
            self.unmatched.append(turn.unmatched)
        return turn.reply

    def utterance(self, text: str) -> Utterance:
        """What a line stands for. Raises ValueError for a tap that was never offered."""
        words = directives()
        if text.startswith(words["tap"]):
            return self._tapped(text.removeprefix(words["tap"]).strip())
        if not (bracketed := re.fullmatch(r"\[(\S+?)(?: (\S+))?\]", text)):
            return Said(text)
        kind, argument = bracketed.groups()
        if kind == words["follow"]:
            return Followed(argument)
        if kind == words["menu"]:
            return Chosen(argument or "help")
        return Sent(words["sent"].get(kind, "unknown"))

    def _tapped(self, label: str) -> Said:
        for choice in self.bubbles:
            if label == choice.label or (label == str(choice.number) and choice.number):
                return Said(choice.label, tap=choice.tap)
        raise ValueError(f"nothing to tap is called {label}")


def play(script: Iterable[str], talker: Talker) -> Iterator[str]:
    """The transcript of a script, line by line: its own lines, and what the bot says to them.

    A script is a transcript, or just the lines of the person.
    """
    lines = [line.rstrip("\n") for line in script]
    bare = not any(line.startswith("> ") for line in lines)
    for line in lines:
        if line.startswith("#"):
            passed = pause(line)
            talker.now += passed
            yield f"\n{line}" if passed else line
        elif line.startswith("> ") or (bare and line.strip()):
            said = line.removeprefix("> ")
            yield f"\n> {said}"
            yield plain(talker.line(said))


def pause(line: str) -> timedelta:
    """How long a remark says that time passes.

    >>> pause("# 40分钟后"), pause("# 一周后"), pause("# 老人家")
    (datetime.timedelta(seconds=2400), datetime.timedelta(days=7), datetime.timedelta(0))
    """
    words = directives()
    units = "|".join(words["minutes"])
    found = re.fullmatch(rf"#\s*(\d+|[{''.join(words['numbers'])}])\s*({units})后", line.strip())
    if found is None:
        return timedelta()
    number = words["numbers"].get(found[1]) or float(found[1])
    return timedelta(minutes=number * words["minutes"][found[2]])


@cache
def directives() -> dict[str, Any]:
    """The words of the directives."""
    return data.load("dialogs", "transcript.yaml", dict[str, Any])
