"""Templates and routes compiled once for all the applications that tests make."""

from collections.abc import Callable
from unittest.mock import patch

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


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
    """The builders of addresses, which werkzeug compiles for each route of each application: half
    of what it takes to make one. A builder depends on the parts of the route and its defaults."""
    compiled = Rule._compile_builder
    kept: dict[tuple[object, ...], Builder] = {}

    def once(rule: Rule, append_unknown: bool = True) -> Builder:
        key = (tuple(rule._trace), tuple((rule.defaults or {}).items()), append_unknown)
        if key not in kept:
            kept[key] = compiled(rule, append_unknown)
        return kept[key]

    patch.object(Rule, "_compile_builder", once).start()
