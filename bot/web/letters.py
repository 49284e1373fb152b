"""大字版: whether this browser asks for large letters. It says nothing of a person."""

from datetime import timedelta

from flask import Response

from bot import cookies

COOKIE = "letters"
LARGE = "large"
LASTS = timedelta(days=365)


def are_large() -> bool:
    """Whether the page of this request is to be shown in large letters."""
    return cookies.read(COOKIE) == LARGE


def choose(response: Response, large: bool) -> Response:
    """Let the browser remember the choice. `Lax`, since the way back from WeChat's sign-in begins
    at another site, and the page would be shown in small letters."""
    if large:
        return cookies.give(response, COOKIE, LARGE, lasts=LASTS, samesite="Lax")
    return cookies.take_away(response, COOKIE)
