"""A wire between a program and PostgreSQL, for tests: it counts round trips, and can be cut so that
neither side learns of it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from sqlalchemy import make_url

ROOM = 65_536  # bytes read at once


class Wire:
    """What goes over it. `trips` are the times the program spoke and the server then answered."""

    def __init__(self, server: str) -> None:
        folder = make_url(server).query["host"]
        self._server = f"{folder}/.s.PGSQL.{make_url(server).port or 5432}"
        self._database = make_url(server).database
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._address = self._listener.getsockname()
        self._ends: list[socket.socket] = []
        self.trips = 0
        self.swallows = False  # from now on nothing arrives anywhere, and nothing is closed
        self.open()

    @property
    def url(self) -> str:
        """The same database over this wire."""
        port = self._address[1]
        return f"postgresql://postgres@127.0.0.1:{port}/{self._database}?sslmode=disable"

    def open(self) -> None:
        """Take connections, until it is closed."""
        if self._listener.fileno() == -1:
            self._listener = socket.create_server(self._address)
        threading.Thread(target=self._carry, args=[self._listener], daemon=True).start()

    def close(self) -> None:
        """Take no connections, and end those there are, as a server does that was stopped."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _carry(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                program, _ = listener.accept()
                self._ends.append(program)
                threading.Thread(target=self._carry_one, args=[program], daemon=True).start()

    def _carry_one(self, program: socket.socket) -> None:
        program.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        asked = threading.Event()
        with closing(socket.socket(socket.AF_UNIX)) as server:
            server.connect(self._server)
            back = threading.Thread(
                target=self._pass_on, args=[server, program, asked], daemon=True
            )
            back.start()
            with suppress(OSError):
                while said := program.recv(ROOM):
                    asked.set()
                    if not self.swallows:
                        server.sendall(said)
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            back.join()
        program.close()

    def _pass_on(
        self, server: socket.socket, program: socket.socket, asked: threading.Event
    ) -> None:
        with suppress(OSError):
            while answer := server.recv(ROOM):
                if asked.is_set():
                    asked.clear()
                    self.trips += 1
                if not self.swallows:
                    program.sendall(answer)
        if not self.swallows:
            with suppress(OSError):
                program.shutdown(socket.SHUT_RDWR)


@contextmanager
def wired(server: str) -> Iterator[Wire]:
    """A wire to the database at this address, which is a Unix socket's."""
    wire = Wire(server)
    yield wire
    wire.close()
