"""What `xinshimin init` asks, and whether an answer will do."""

import re
from collections.abc import Callable, Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import SQLAlchemyError

from bot import settings_file
from bot.database import engine_for, reading
from bot.settings import PREFIX, Settings, SettingsError
from dialogs import data
from dialogs.region import CountyError, demand

FILE = Path(__file__).with_name("questions.yaml")
NETWORKS = "networks"
APPID = re.compile(r"wx[0-9a-f]{16}")
SECRET = re.compile(r"[0-9a-f]{32}")


class Question(BaseModel):
    """One question; see `questions.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    ask: str
    default: str = ""
    optional: str = ""
    hidden: bool = False

    @property
    def variable(self) -> str:
        """The setting's variable; the name itself where it is none."""
        return self.name if self.name == NETWORKS else PREFIX + self.name

    def fault(self, answer: str) -> str:
        """Why the answer will not do, in a sentence; "" where it will."""
        if not answer:
            return "" if self.optional else "An answer is needed."
        if why := settings_file.fault(answer):
            return f"The answer {why}"
        return next(_CHECKS.get(self.name, _as_a_setting(self.name))(answer), "")


def questions() -> tuple[Question, ...]:
    """All of them, in order."""
    return data.read(FILE, tuple[Question, ...])


def _as_a_setting(name: str) -> Callable[[str], Iterator[str]]:
    """What the start would say of it."""

    def check(answer: str) -> Iterator[str]:
        given: dict[str, Any] = {name.lower(): answer}
        settings = Settings(**given)
        said = (problem for problem in settings.problems() if problem.startswith(PREFIX + name))
        yield from said

    return check


def _public_url(answer: str) -> Iterator[str]:
    parts = urlsplit(answer)
    if parts.scheme != "https" or not parts.hostname:
        yield "It must begin with https://, for example https://jf.example.cn."
    elif parts.path.strip("/") or parts.query:
        yield f"Give the host alone: https://{parts.netloc}."


def _appid(answer: str) -> Iterator[str]:
    if not APPID.fullmatch(answer):
        yield "An AppID is wx and 16 digits or letters a-f, for example wx0123456789abcdef."


def _secret(answer: str) -> Iterator[str]:
    if not SECRET.fullmatch(answer):
        yield "An AppSecret is 32 digits or letters a-f; reset it at WeChat if it was not kept."


def _county(answer: str) -> Iterator[str]:
    """This process may speak for another one."""
    try:
        demand(answer)
    except CountyError as error:
        yield str(error)


def _database(answer: str) -> Iterator[str]:
    try:
        engine = engine_for(answer)
        if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).is_absolute():
            yield "Give the whole path, with four slashes: sqlite:////var/lib/xinshimin/…"
        with reading(engine):
            pass
        engine.dispose()
    except SettingsError as error:
        yield str(error)
    except SQLAlchemyError as error:
        yield f"It does not answer: {str(error).splitlines()[0]}"


def _networks(answer: str) -> Iterator[str]:
    for one in answer.split():
        try:
            ip_network(one)
        except ValueError as error:
            yield f"{error}: write it like 10.20.0.0/16, or one address like 10.20.3.4."


_CHECKS: dict[str, Callable[[str], Iterator[str]]] = {
    "PUBLIC_URL": _public_url,
    "WECHAT_APPID": _appid,
    "WECHAT_SECRET": _secret,
    "COUNTY": _county,
    "DATABASE_URL": _database,
    NETWORKS: _networks,
}
