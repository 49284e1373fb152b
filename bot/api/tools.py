"""The operations as tools of a language model (Model Context Protocol)."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from mcp.server import Server
from mcp.server.context import ServerRequestContext
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)

from bot.api.operations import LARGEST, OPERATIONS, Operation
from bot.api.problems import ProblemError
from bot.api.rulebook import Rulebook
from bot.api.schemas import Schema, schemas
from bot.api.words import api_words
from scoring import RulesetError
from scoring.version import ENGINE

NAME = "xinshimin"
REF = "#/$defs/{model}"
ASKS_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
Context = ServerRequestContext[Any]

log = logging.getLogger(__name__)


def server_of(book: Rulebook) -> Server[Any]:
    """A server of the tools, by these rules. It keeps nothing between two calls."""

    async def on_list_tools(_: Context, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=tools(book))

    async def on_call_tool(_: Context, params: CallToolRequestParams) -> CallToolResult:
        return call(book, params.name, params.arguments or {})

    words = api_words()
    return Server(
        NAME,
        version=ENGINE,
        title=words.title,
        instructions=f"{words.about}\n{words.model}",
        on_list_tools=on_list_tools,
        on_call_tool=on_call_tool,
    )


def tools(book: Rulebook) -> list[Tool]:
    """All of them, as they are described to the model."""
    known = schemas(book.all(), REF)
    return [_tool(one, known) for one in OPERATIONS.values()]


def call(book: Rulebook, name: str, arguments: Mapping[str, Any]) -> CallToolResult:
    """The answer of one tool. What is wrong is an answer too, so that the model can correct it."""
    try:
        return _result(_told(book, name, arguments))
    except ProblemError as error:
        return _result(error.as_json(), is_error=True)
    except RulesetError:
        return _result(ProblemError("rules").as_json(), is_error=True)
    except Exception as error:
        log.error("%s failed: %s", name, type(error).__name__)  # nothing of what was sent
        return _result(ProblemError("fault").as_json(), is_error=True)


def _told(book: Rulebook, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    operation = OPERATIONS.get(name)
    if operation is None:
        raise ProblemError("tool", known="、".join(OPERATIONS))
    body = json.dumps(arguments).encode()
    if len(body) > LARGEST:
        raise ProblemError("too_large", most=LARGEST)
    return operation.told(book, body)


def _result(told: dict[str, Any], is_error: bool = False) -> CallToolResult:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    content = [TextContent(type="text", text=text)]
    return CallToolResult(content=content, structured_content=told, is_error=is_error)


def _tool(operation: Operation, known: Mapping[str, Schema]) -> Tool:
    words = api_words()
    told = words.operations[operation.name]
    return Tool(
        name=operation.name,
        title=told.summary,
        description=f"{told.about}\n{words.model}",
        input_schema=_whole(operation.asked.__name__, known),
        output_schema=_whole(operation.answered.__name__, known),
        annotations=ASKS_ONLY,
    )


def _whole(name: str, known: Mapping[str, Schema]) -> Schema:
    """A schema with those that it names, and those that they name."""
    found: dict[str, Schema] = {}
    left = [name]
    while left:
        one = left.pop()
        if one not in found:
            found[one] = known[one]
            left += _named(known[one])
    top = found.pop(name)
    return {**top, "$defs": found} if found else top


def _named(schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [name for one in schema for name in _named(one)]
    if not isinstance(schema, dict):
        return []
    own = [schema["$ref"].rpartition("/")[2]] if "$ref" in schema else []
    return own + [name for one in schema.values() for name in _named(one)]
