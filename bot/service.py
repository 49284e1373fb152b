"""What every part of the service needs, in one place: settings, database, clock, rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from flask import current_app
from sqlalchemy import Engine

from bot.aliases import Taught
from bot.clock import Clock
from bot.settings import Settings
from bot.store import Store


@dataclass(frozen=True)
class Service:
    """One running service."""

    settings: Settings
    engine: Engine
    clock: Clock

    @cached_property
    def store(self) -> Store:
        """The statements of the message path."""
        return Store(self.engine.dialect)

    @cached_property
    def aliases(self) -> Taught:
        """The finder of topics, with what the staff taught."""
        return Taught(self.engine)

    def rules(self) -> Any:
        """The ruleset in force here, the office's overlays included."""
        from scoring import load_ruleset  # the law is loaded with the first use, and kept there

        return load_ruleset(self.settings.ruleset, folder=self.settings.rules)


def the_service() -> Service:
    """The service of the current request."""
    return cast(Mapping[str, Service], current_app.extensions)["xinshimin"]
