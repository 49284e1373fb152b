"""Names of our cookies.

Over https they begin with `__Host-`: a browser then takes them only with Secure, for the whole host
and from this host itself, so that neither a page in the clear nor another host of the same domain
can plant one. Over plain http (demo, tests) no browser would take such a name.
"""

from datetime import timedelta
from typing import Literal

from flask import Response, request

from bot.service import the_service

HOST_PREFIX = "__Host-"


def cookie_name(plain: str) -> str:
    """The name under which this request's browser keeps the cookie."""
    return HOST_PREFIX + plain if over_https() else plain


def over_https() -> bool:
    """Whether the browser speaks https: to us, or to the proxy that `PUBLIC_URL` names."""
    return request.is_secure or the_service().settings.is_https


def read(plain: str) -> str:
    """The value of the cookie in this request, "" without one."""
    return request.cookies.get(cookie_name(plain), "")


def give(
    response: Response,
    plain: str,
    value: str,
    *,
    lasts: timedelta | None = None,
    samesite: Literal["Strict", "Lax"] = "Strict",
) -> Response:
    """Hand something to the browser: no script reads it, and no other site sends it, unless by a
    link that is followed (`Lax`). Without `lasts` it goes when the browser is closed."""
    response.set_cookie(
        cookie_name(plain),
        value,
        max_age=lasts,
        path="/",
        secure=over_https(),
        httponly=True,
        samesite=samesite,
    )
    return response


def take_away(response: Response, plain: str) -> Response:
    """Let the browser forget it."""
    response.delete_cookie(
        cookie_name(plain), path="/", secure=over_https(), httponly=True, samesite="Strict"
    )
    return response
