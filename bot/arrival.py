"""How long a request has waited already when a worker takes it up.

Whoever sent it has counted all that time, and WeChat waits for five seconds in all. Behind a proxy
it is told by a header (bot/README.md has nginx's line). Otherwise the kernel knows when the request
arrived in full, as long as it came over TCP: it accepts a connection and takes in the request
before any worker looks. What neither tells is the time until there was a connection at all: with
the queue of the kernel full the client asks for one again after a second, and after longer.
"""

import re
import socket
import struct
from collections.abc import Mapping
from time import time
from typing import Any

HEADER = "HTTP_X_REQUEST_START"
STARTED = re.compile(r"t=(\d{1,12}(?:\.\d{1,6})?)")  # seconds since 1970
# Older than that, or of the future, it is the clock of the proxy that is wrong.
OLDEST_SECONDS = 30.0
# Of struct tcp_info: milliseconds since data last came in, after 8 bytes and 11 numbers.
LAST_DATA = struct.Struct("52xI")


def waited(environ: Mapping[str, Any], proxies: int) -> float:
    """Seconds since the request arrived; 0 where nothing tells it. `proxies` is how many stand in
    front: without one the header is anybody's word."""
    told = _told_by_the_proxy(environ.get(HEADER, "")) if proxies else 0.0
    return max(told, _told_by_the_kernel(environ.get("gunicorn.socket")))


def _told_by_the_proxy(header: str) -> float:
    found = STARTED.fullmatch(header)
    age = time() - float(found[1]) if found else 0.0
    return age if 0 <= age <= OLDEST_SECONDS else 0.0


def _told_by_the_kernel(connection: Any) -> float:
    if connection is None or connection.family not in (socket.AF_INET, socket.AF_INET6):
        return 0.0
    try:
        info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, LAST_DATA.size)
        return float(LAST_DATA.unpack(info)[0]) / 1000
    except (AttributeError, OSError, struct.error):  # not on Linux
        return 0.0
