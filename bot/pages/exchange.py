"""WeChat says whose code it is. Anyone who waits for that holds a thread of ours, so the wait is
bounded, and so is how many wait at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from bot.settings import Settings
from bot.wechat.timed_call import ask_within

SECONDS = 4.0  # in all; WeChat takes some tenths
AT_ONCE = 4  # in one process

_places = BoundedSemaphore(AT_ONCE)


class CrowdedError(Exception):
    """As many wait for WeChat already as may."""


@contextmanager
def place() -> Iterator[None]:
    """A place among those who wait.

    Raises:
        CrowdedError: there is none now.
    """
    if not _places.acquire(blocking=False):
        raise CrowdedError
    try:
        yield
    finally:
        _places.release()


def answer_to(code: str, settings: Settings) -> dict[str, Any]:
    """WeChat's answer to the code, an error of its own included.

    Raises:
        UnreachableError: it gives none in time.
    """
    query = {
        "appid": settings.wechat_appid,
        "secret": settings.wechat_secret,
        "code": code,
        "grant_type": "authorization_code",
    }
    return ask_within(SECONDS, f"{settings.wechat_api}/sns/oauth2/access_token", query)
