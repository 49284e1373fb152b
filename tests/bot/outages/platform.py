"""WeChat's API on a bad day: it is slow, sends a byte now and then, or is not there."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

SECONDS = 20.0  # until it answers
MOMENT = 0.5  # between two bytes


@dataclass
class BadPlatform:
    """`calls` are how long callers waited until they hung up, in seconds."""

    listener: socket.socket
    drips: bool = False
    calls: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        """Take connections, until the listener is closed."""
        with suppress(OSError):
            while True:
                line, _ = self.listener.accept()
                Thread(target=self._keep_waiting, args=[line], daemon=True).start()

    def end(self) -> None:
        """Nobody listens any more."""
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _keep_waiting(self, line: socket.socket) -> None:
        began = time.monotonic()
        with line, suppress(OSError):
            line.recv(65_536)
            line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            line.settimeout(MOMENT)
            while time.monotonic() < began + SECONDS:
                with suppress(TimeoutError):
                    if not line.recv(65_536):
                        break  # the caller hung up
                if self.drips:
                    line.sendall(b"x")
        self.calls.append(time.monotonic() - began)


@contextmanager
def bad_platform(drips: bool = False) -> Iterator[BadPlatform]:
    """One that listens; `drips`: it sends a byte now and then."""
    made = BadPlatform(socket.create_server(("127.0.0.1", 0)), drips)
    Thread(target=made.serve, daemon=True).start()
    yield made
    made.end()
