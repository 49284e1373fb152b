"""How long a request has waited already when a worker takes it up.

The sender has counted all that time, and WeChat waits for five seconds in all. A proxy tells
it by a header: nginx (bot/README.md has the line), or our own (`bot.serve.front`). Otherwise the
kernel knows when the request arrived in full, as long as it came over TCP: it accepts a connection
and takes in the request before any worker looks. What none of them tells is the time until there
was a connection at all: with the queue of the kernel full the client asks for one again after a
second, and after longer.
"""

import re
import socket
import struct
from collections.abc import Mapping
from time import time
from typing import Any

HEADER = "HTTP_X_REQUEST_START"
LONGEST_HEADER = 200  # characters
STARTED = re.compile(r"(?:^|,)\s*t=(\d{1,12}(?:\.\d{1,6})?)(?=\s*(?:,|$))")  # seconds since 1970
# Older than that, or of the future, it is the clock of the proxy that is wrong.
OLDEST_SECONDS = 30.0
OVER_TCP = (socket.AF_INET, socket.AF_INET6)
AF_UNIX = getattr(socket, "AF_UNIX", None)
# Of struct tcp_info: milliseconds since data last came in, after 8 bytes and 11 numbers.
LAST_DATA = struct.Struct("52xI")


def waited(environ: Mapping[str, Any], proxies: int) -> float:
    """Seconds since the request arrived; 0 where nothing tells it. `proxies` is how many stand in
    front: over TCP without one the header is anybody's word. Over a Unix socket a person of this
    machine passes requests on."""
    connection = environ.get("gunicorn.socket")
    family = getattr(connection, "family", None)
    believed = (1 if family == AF_UNIX else 0) + proxies  # the last to pass it on wrote the first
    told = _told_by_proxies(environ.get(HEADER, ""), believed)
    return max(told, told_by_the_kernel(connection) if family in OVER_TCP else 0.0)


def _told_by_proxies(header: str, believed: int) -> float:
    """The longest of what so many of them tell; what stands behind is anybody's word."""
    now = time()
    since = STARTED.findall(header[:LONGEST_HEADER])[:believed]
    ages = (now - float(one) for one in since)
    return max((age for age in ages if 0 <= age <= OLDEST_SECONDS), default=0.0)


def told_by_the_kernel(connection: Any) -> float:
    """Seconds since something last came in over a TCP connection; 0 where nothing tells it."""
    try:
        info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, LAST_DATA.size)
        return float(LAST_DATA.unpack(info)[0]) / 1000
    except (AttributeError, OSError, struct.error):  # not on Linux
        return 0.0
