"""How much of the pages one person, and one address, may ask for in a minute.

A carrier puts thousands behind one address, so the browser counts first, by its cookie; one that
WeChat signed in counts by nothing else. An address is counted loosely, for those who are nobody yet
or throw their cookie away. Counted in each process by itself: with N of them up to N times as much.
"""

from ipaddress import IPv6Address, ip_address
from math import ceil
from threading import Lock
from time import monotonic
from typing import NamedTuple

from cachetools import TTLCache
from flask import current_app, render_template, request, session
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

SECONDS = 60
MOST_KEYS = 100_000  # then the counts of who came first are forgotten; some 30 MB


class Rate(NamedTuple):
    """So many a minute."""

    browser: int
    address: int


PAGES, FORMS, SIGN_INS = Rate(240, 3000), Rate(60, 1200), Rate(20, 600)


class Counts:
    """What was asked for lately, by key, in windows that begin with a key's first request."""

    def __init__(self) -> None:
        self._lock = Lock()  # cachetools has none
        self._windows: TTLCache[str, list[float]] = TTLCache(MOST_KEYS, SECONDS, timer=monotonic)

    def wait(self, key: str, most: int) -> int:
        """Count one more; the seconds until it is allowed, 0 for now."""
        with self._lock:
            now = monotonic()
            window = self._windows.get(key)
            if window is None:
                window = self._windows[key] = [0, now + SECONDS]
            window[0] += 1
            return max(ceil(window[1] - now), 1) if window[0] > most else 0


def count_in(state: BlueprintSetupState) -> None:
    """Give the application its counts."""
    state.app.extensions["limits"] = Counts()


def limited() -> ResponseReturnValue | None:
    """For `before_request`: a kind 429 for anyone who asks for too much."""
    counts: Counts = current_app.extensions["limits"]
    for key, most in _counted():
        if wait := counts.wait(key, most):  # others at this address are not counted
            return _slower(wait)
    return None


def _counted() -> list[tuple[str, int]]:
    kind, rate = _rate()
    signed_in = session.get("signed_in")
    browser = signed_in or session.get("csrf_token")
    address = "" if signed_in else network(request.remote_addr or "")
    counted = [(f"{kind} browser {browser}", rate.browser)] if browser else []
    return counted + ([(f"{kind} address {address}", rate.address)] if address else [])


def _rate() -> tuple[str, Rate]:
    if request.endpoint == "pages.oauth":
        return "sign-ins", SIGN_INS
    return ("pages", PAGES) if request.method in ("GET", "HEAD", "OPTIONS") else ("forms", FORMS)


def network(address: str) -> str:
    """What one subscriber has: an IPv4 address, or a /64 of IPv6; "" where none is known.

    >>> network("192.0.2.7"), network("::ffff:192.0.2.7"), network("2001:db8:1:2:3::4"), network("")
    ('192.0.2.7', '192.0.2.7', '2001:db8:1:2::', '')
    """
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Address(int(known) >> 64 << 64))
    return str(known)


def _slower(wait: int) -> ResponseReturnValue:
    return render_template("pages/error.html", code=429), 429, {"Retry-After": str(wait)}
