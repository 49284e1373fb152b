"""Which request, or which run of a job, a line of the log and a row of the outbox come from."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex
from typing import Any

HEADER = "HTTP_X_REQUEST_ID"
NONE = "-"
LENGTH = 36
# As nginx ($request_id) and others write it. Anything else could be a name or a telephone number.
WELL_FORMED = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_current: ContextVar[str] = ContextVar("request_id", default=NONE)


def current() -> str:
    """The id of what is being done; `NONE` outside of all requests and jobs."""
    return _current.get()


def made() -> str:
    """A new one."""
    return token_hex(16)


@contextmanager
def within(id: str) -> Iterator[None]:
    """What is done inside belongs to this request."""
    token = _current.set(id)
    try:
        yield
    finally:
        _current.reset(token)


def of_request(environ: Mapping[str, Any], proxies: int) -> str:
    """The id that the proxy gave a request. A new one where none stands in front, since anyone
    could then send it, and where it is not well formed."""
    given = environ.get(HEADER, "") if proxies else ""
    return given if WELL_FORMED.fullmatch(given) else made()
