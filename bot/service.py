"""What every part of the service needs, in one place: settings, database, clock, rules."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from flask import current_app
from sqlalchemy import Engine

from bot.aliases import Taught
from bot.clock import Clock
from bot.settings import Settings
from bot.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Service:
    """One running service."""

    settings: Settings
    engine: Engine
    clock: Clock
    sound: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """The rules as they were last without a fault."""

    @cached_property
    def store(self) -> Store:
        """The statements of the message path."""
        return Store(self.engine.dialect)

    @cached_property
    def aliases(self) -> Taught:
        """The finder of topics, with what the staff taught."""
        return Taught(self.engine)

    def rules(self) -> Any:
        """The ruleset in force here, the office's overlays included.

        Somebody edits the office's files while the service runs: what is damaged meanwhile is named
        in the log, and the rules as they were go on. Raises RulesetError if they never were sound.
        """
        return self._rules(self.settings.ruleset)

    def earlier_rules(self) -> Any:
        """The ruleset before the one in force, None where there is none; see `rules`."""
        predecessor = self.rules().predecessor
        return predecessor and self._rules(predecessor)

    def _rules(self, id: str) -> Any:
        from scoring import RulesetError, load_ruleset  # loaded with the first use, and kept there

        try:
            self.sound[id] = load_ruleset(id, folder=self.settings.rules)
        except RulesetError as error:
            if id not in self.sound:
                raise
            log.error("the rules go on as they were, for the files are damaged: %s", error)
        return self.sound[id]


def the_service() -> Service:
    """The service of the current request."""
    return cast(Mapping[str, Service], current_app.extensions)["xinshimin"]
