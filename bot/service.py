"""What every part of the service needs, in one place: settings, database, clock, rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import current_app
from sqlalchemy import Engine

from bot.clock import Clock
from bot.settings import Settings


@dataclass(frozen=True)
class Service:
    """One running service."""

    settings: Settings
    engine: Engine
    clock: Clock

    def rules(self) -> Any:
        """The ruleset in force here, the office's overlays included."""
        from scoring import load_ruleset  # the law is loaded with the first use, and kept there

        return load_ruleset(self.settings.ruleset, folder=self.settings.rules)


def the_service() -> Service:
    """The service of the current request."""
    return cast(Mapping[str, Service], current_app.extensions)["xinshimin"]
