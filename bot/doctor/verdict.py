"""What a check says, and what it looks at."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.clock import Clock
from bot.sealing.keyring import engine_of
from bot.service import Service
from bot.settings import Settings
from bot.wechat.client import Client

FIRST = "the database has to be put right first"


class Level(StrEnum):
    """How it stands; `UNKNOWN` where something else has to be put right first."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was looked at; `text` says what was found, and what to do."""

    check: str
    level: Level
    text: str


def ok(check: str, text: str) -> Verdict:
    return Verdict(check, Level.OK, text)


def warning(check: str, text: str) -> Verdict:
    return Verdict(check, Level.WARNING, text)


def problem(check: str, text: str) -> Verdict:
    return Verdict(check, Level.PROBLEM, text)


def unknown(check: str, text: str) -> Verdict:
    return Verdict(check, Level.UNKNOWN, text)


@dataclass(frozen=True)
class Subject:
    """One installation."""

    settings: Settings
    clock: Clock

    @cached_property
    def service(self) -> Service:
        """As a process of it would see it."""
        return Service(self.settings, engine_of(self.settings), self.clock)

    @cached_property
    def client(self) -> Client:
        """Of WeChat's API, with the token that all processes share."""
        return Client(self.settings, self.service.engine, self.clock)

    def close(self) -> None:
        """Let go of the database."""
        self.service.engine.dispose()
