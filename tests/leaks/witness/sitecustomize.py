"""Runs at the start of every Python process of a test session, pytest's own and the servers it
starts: notes what people told the program, and all that it logged.

It wraps the places through which everything personal comes in, as soon as they are imported, and
imports nothing itself. Each thing is written down once, at once: a process may be killed.
"""

import importlib.util
import json
import os
import sys
from collections.abc import Iterable
from functools import reduce, wraps
from pathlib import Path
from typing import Any

FOLDER = "LEAKS_NOTED_IN"
USED, LOGGED = "used", "logged"
TOOLS = ("werkzeug", "tests", "faulthandler")  # loggers of tests; no product serves by werkzeug
SECRET_FIELDS = ("csrf_token",)


class Notes:
    """What this process noted, in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: set[tuple[str, str]] = set()

    def __call__(self, kind: str, text: object) -> None:
        one = (kind, str(text))
        if text and one not in self.seen:
            self.seen.add(one)
            line = json.dumps(one).encode() + b"\n"
            try:
                with (self.folder / f"{os.getpid()}.jsonl").open("ab", 0) as file:
                    file.write(line)
            except OSError:  # a test has filled the disk: written where it comes again
                self.seen.discard(one)


def of_message(_result: Any, data: Any) -> Iterable[object]:
    fields = ("FromUserName", "OpenID", "Content", "Recognition", "Label")
    return [data[name] for name in fields if isinstance(data.get(name), str)]


def of_turn(
    _result: Any, _service: Any, person: str, _id: str, utterance: Any, *_: Any, **__: Any
) -> Any:
    return person, getattr(utterance, "text", "")


def of_person(_result: Any, _connection: Any, person: str, *_: Any, **__: Any) -> Iterable[object]:
    return [person]


def of_sealed(_result: Any, _keyring: Any, column: str, _row: str, text: str) -> Iterable[object]:
    return [text] if column in ("appointments.name", "appointments.phone") else []


def of_form(result: Any, *_: Any, **__: Any) -> Iterable[object]:
    fields = result[1].items(multi=True) if result else ()
    return [value for name, value in fields if name not in SECRET_FIELDS]


def of_body(result: Any, *_: Any, **__: Any) -> Iterable[object]:
    """What stands in a body of JSON; the whole of any other."""
    try:
        return list(_leaves(json.loads(result or b"null")))
    except (ValueError, RecursionError):
        return [result.decode(errors="replace")]


def _leaves(told: Any) -> Iterable[object]:
    if isinstance(told, dict):
        return [leaf for one in told.values() for leaf in _leaves(one)]
    if isinstance(told, list):
        return [leaf for one in told for leaf in _leaves(one)]
    return [told]


def of_record(_result: Any, _logger: Any, record: Any) -> Iterable[object]:
    """What a handler would write, by the program's own formatter where it is loaded."""
    if record.name.partition(".")[0] in TOOLS:
        return []
    ours = sys.modules.get("bot.logs")
    formatter = ours.TextFormatter() if ours else sys.modules["logging"].Formatter()
    raised = record.exc_info and record.exc_info[0]
    trace = formatter.formatException(record.exc_info) if raised else ""
    return [f"{record.name} {record.getMessage()} {trace}"]


WATCHED = {
    "logging": ("Logger.callHandlers", LOGGED, of_record),
    "bot.wechat.message": ("message_from", USED, of_message),
    "bot.turns": ("take_turn", USED, of_turn),
    "bot.page_sessions": ("start", USED, of_person),
    "bot.outbox.posting": ("post", USED, of_person),
    "bot.sealing.keyring": ("Keyring.seal", USED, of_sealed),
    "werkzeug.formparser": ("FormDataParser.parse", USED, of_form),
    "werkzeug.wrappers.request": ("Request.get_data", USED, of_body),
}
"""By module: a function of it, and what its calls tell, given its result and arguments."""


def watch(module: Any, note: Notes) -> None:
    """Note from now on what the calls of a module's function tell."""
    path, kind, tell = WATCHED[module.__name__]
    *owners, name = path.split(".")
    owner = reduce(getattr, owners, module)
    function = getattr(owner, name)

    @wraps(function)
    def noting(*args: Any, **kwargs: Any) -> Any:
        result = None
        try:
            result = function(*args, **kwargs)
        finally:
            for text in tell(result, *args, **kwargs):
                note(kind, text)
        return result

    setattr(owner, name, noting)


class AfterImport:
    """A finder that finds nothing, but sees to it that a module is watched once it was loaded."""

    def __init__(self, names: set[str], note: Notes) -> None:
        self.names, self.note = names, note

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        if name not in self.names:
            return None
        self.names.discard(name)
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            return None
        load = spec.loader.exec_module

        def exec_module(module: Any) -> None:
            load(module)
            watch(module, self.note)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


class Echo:
    """Standard error, noted as well: a traceback at the end of a process is logged by nobody."""

    def __init__(self, stream: Any, note: Notes) -> None:
        self.stream, self.note = stream, note

    def write(self, text: str) -> int:
        for line in text.splitlines():
            self.note(LOGGED, line)
        return int(self.stream.write(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def begin(folder: Path, *, alone: bool) -> None:
    """Note from now on; `alone`: this process is no pytest, and its standard error is its log."""
    note = Notes(folder)
    loaded = WATCHED.keys() & sys.modules.keys()
    for name in loaded:
        watch(sys.modules[name], note)
    sys.meta_path.insert(0, AfterImport(WATCHED.keys() - loaded, note))
    if alone:
        sys.stderr = Echo(sys.stderr, note)


if FOLDER in os.environ:
    begin(Path(os.environ[FOLDER]), alone=True)
