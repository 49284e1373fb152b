"""Tools over standard input and output.

The SDK's transport reads and writes the messages. Around it stands what it leaves open: a line that
is no message is answered too, a line has a greatest length, what is asked at once has a greatest
number, and at the end of the input everything asked is answered first.
"""

import logging
import math
import sys
from typing import Any, BinaryIO, NamedTuple

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from mcp.types import ErrorData
from mcp.types.jsonrpc import (
    INTERNAL_ERROR,
    INVALID_REQUEST,
    PARSE_ERROR,
    JSONRPCError,
    JSONRPCNotification,
    JSONRPCRequest,
    JSONRPCResponse,
    RequestId,
)
from pydantic import ValidationError

from bot.api.problems import ProblemError

LONGEST_LINE = 4 * 1024 * 1024  # bytes; what is longer is read and thrown away piece by piece
MOST_AT_ONCE = 200  # requests whose answers are not written yet; an answer is about 150 KB
LAST_SECONDS = 10  # for the last answers, after the end of the input
CANCELLED = "notifications/cancelled"

Sending = MemoryObjectSendStream[SessionMessage]
Receiving = MemoryObjectReceiveStream[SessionMessage]


class Lines:
    """The lines of a stream, none longer than `LONGEST_LINE`: instead of a longer one comes the
    beginning of it, which is no message."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream

    def __aiter__(self) -> "Lines":
        return self

    async def __anext__(self) -> str:
        line = await self._piece()
        if not line:
            raise StopAsyncIteration
        piece = line
        while len(piece) == LONGEST_LINE and not piece.endswith(b"\n"):
            piece = await self._piece()
        return (line if piece is line else line[:1]).decode("utf-8", "replace")

    async def _piece(self) -> bytes:
        return await anyio.to_thread.run_sync(
            self.stream.readline, LONGEST_LINE, abandon_on_cancel=True
        )


class Wire(NamedTuple):
    """Between the transport and the server. `unanswered`: the requests whose answers are not
    written yet."""

    to_server: Sending
    to_client: Sending
    unanswered: set[RequestId]


def run(server: Server[Any]) -> None:
    """Serve until the input ends, or nobody reads the output any more."""
    logging.getLogger("mcp").setLevel(logging.CRITICAL + 1)  # its lines may quote what was sent
    try:
        anyio.run(_serve, server)
    except* BrokenPipeError:
        pass


async def _serve(server: Server[Any]) -> None:
    stdin: Any = Lines(sys.stdin.buffer)
    async with (
        stdio_server(stdin=stdin) as (incoming, outgoing),
        anyio.create_task_group() as tasks,
    ):
        to_server, asked = anyio.create_memory_object_stream[SessionMessage](0)
        to_client, answered = anyio.create_memory_object_stream[SessionMessage](math.inf)
        wire = Wire(to_server, to_client, set())
        tasks.start_soon(_deliver, answered, outgoing, wire)
        tasks.start_soon(_forward, incoming, wire)
        await server.run(asked, to_client, server.create_initialization_options())


async def _forward(incoming: Any, wire: Wire) -> None:
    async with wire.to_server:
        async for item in incoming:
            await _forward_one(item, wire)
        with anyio.move_on_after(LAST_SECONDS):
            while wire.unanswered:
                await anyio.sleep(0.01)


async def _forward_one(item: SessionMessage | Exception, wire: Wire) -> None:
    if isinstance(item, Exception):
        wire.to_client.send_nowait(_refusal(None, _code(item), ProblemError("not_a_message")))
        return
    message = item.message
    if isinstance(message, JSONRPCRequest):
        if len(wire.unanswered) >= MOST_AT_ONCE:
            refused = _refusal(message.id, INTERNAL_ERROR, ProblemError("away"))
            wire.to_client.send_nowait(refused)
            return
        wire.unanswered.add(message.id)
    elif isinstance(message, JSONRPCNotification) and message.method == CANCELLED:
        wire.unanswered.discard((message.params or {}).get("requestId", ""))
    await wire.to_server.send(item)


async def _deliver(answered: Receiving, outgoing: Any, wire: Wire) -> None:
    async with outgoing, answered:
        async for item in answered:
            await outgoing.send(item)
            message = item.message
            if isinstance(message, JSONRPCResponse | JSONRPCError) and message.id is not None:
                wire.unanswered.discard(message.id)


def _refusal(id: RequestId | None, code: int, problem: ProblemError) -> SessionMessage:
    error = ErrorData(code=code, message=problem.detail)
    return SessionMessage(JSONRPCError(jsonrpc="2.0", id=id, error=error))


def _code(error: Exception) -> int:
    kinds = [one["type"] for one in error.errors()] if isinstance(error, ValidationError) else []
    return PARSE_ERROR if "json_invalid" in kinds else INVALID_REQUEST
