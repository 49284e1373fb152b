"""Templates, routes and statements compiled once for all the applications that tests make."""

from copy import copy
from typing import Any
from unittest.mock import patch

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Compiled, Engine, create_engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from bot import database

STATEMENTS = 500  # of one engine, as SQLAlchemy keeps


class CompiledOnce(BytecodeCache):
    """Jinja's compiled templates, kept in memory under their names and sources."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if kept := self._kept.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def routes_compiled_once() -> None:
    """The patterns and builders of addresses, which werkzeug makes for each route of each
    application: three quarters of what it takes to make one."""
    compiled = Rule.compile
    kept: dict[tuple[object, ...], Rule] = {}

    def once(rule: Rule) -> None:
        defaults = tuple((rule.defaults or {}).items())
        key = (rule.rule, rule.subdomain, rule.host, rule.merge_slashes, defaults)
        if key not in kept:
            compiled(rule)
            kept[key] = rule
            return
        made: Any = kept[key]  # its methods are bound to another rule
        rule._parts, rule._trace, rule._converters = made._parts, made._trace, made._converters
        rule.arguments = made.arguments
        rule._build = made._build.__func__.__get__(rule)
        rule._build_unknown = made._build_unknown.__func__.__get__(rule)

    patch.object(Rule, "compile", once).start()


class Statements(LRUCache[Any, Compiled]):
    """The compiled statements of one engine. What an engine of the same kind has compiled is copied
    before it was ever executed: from then on it knows the keys of its engine."""

    __slots__ = ()
    kept: dict[tuple[object, ...], Compiled] = {}  # noqa: RUF012 - one for all engines

    def get(self, key: Any, default: Any = None) -> Any:
        """The statement for this key, whose first part is the engine's dialect."""
        if (found := super().get(key)) is None and (kept := self.kept.get(_of_its_kind(key))):
            found = copy(kept)
            found.dialect = key[0]
            super().__setitem__(key, found)
        return default if found is None else found

    def __setitem__(self, key: Any, compiled: Compiled) -> None:
        self.kept[_of_its_kind(key)] = copy(compiled)
        super().__setitem__(key, compiled)


def _of_its_kind(key: Any) -> tuple[object, ...]:
    dialect, *rest = key
    return type(dialect), dialect.server_version_info, *rest


def statements_compiled_once() -> None:
    """Each engine would compile its statements anew: a fifth of the time of these tests."""

    def once(*given: Any, **options: Any) -> Engine:
        engine = create_engine(*given, **options)
        engine._compiled_cache = Statements(STATEMENTS)
        return engine

    patch.object(database, "create_engine", once).start()
