"""What every part of the service needs, in one place: settings, database, clock, rules."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from flask import current_app
from sqlalchemy import Connection, Engine

from bot.aliases import Taught
from bot.clock import Clock
from bot.county import ruleset_id
from bot.determination import signing
from bot.sealing.keyring import keyring_of
from bot.settings import Settings
from bot.sound_files import SoundFiles
from bot.store import Store
from scoring import RulesetError, load_ruleset, ruleset_ids
from scoring.analysis.determination import Keyed

log = logging.getLogger(__name__)

Asks = Callable[[Connection, str, Settings], bool]


@dataclass(frozen=True)
class Service:
    """One running service."""

    settings: Settings
    engine: Engine
    clock: Clock
    sound: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """The rules as they were last without a fault."""
    faults: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What is wrong with the office's files where the service goes on nevertheless: by what it is,
    in a sentence."""
    copies: SoundFiles | None = None
    asking: Mapping[str, Asks] = field(default_factory=dict, compare=False, repr=False)
    """Pages of a question: by address, whether it is to be asked of a person. A reply links them
    only where it is."""

    @cached_property
    def store(self) -> Store:
        """The statements of the message path."""
        return Store(self.engine.dialect)

    @cached_property
    def aliases(self) -> Taught:
        """The finder of topics, with what the staff taught."""
        return Taught(self.engine)

    @property
    def signing(self) -> Keyed | None:
        """What makes determination ids here; None without a key."""
        return signing(keyring_of(self.engine.dialect))

    def rules(self) -> Any:
        """The ruleset in force here, the office's overlays included.

        People edit the office's files while the service runs: what is damaged meanwhile is named in
        the log, and the rules as they were go on. Raises RulesetError if they never were sound.
        """
        return self._rules(ruleset_id(self.settings))

    def ruleset(self, id: str) -> Any:
        """Any ruleset that there is here; see `rules`. Raises KeyError for an unknown one."""
        if id not in self.ruleset_ids():
            raise KeyError(id)
        return self._rules(id)

    def ruleset_ids(self) -> tuple[str, ...]:
        """Those there are; only those in use while an office's file is damaged."""
        try:
            return ruleset_ids(self.settings.rule_folders)
        except RulesetError:
            return tuple(self.sound)

    def earlier_rules(self) -> Any:
        """The ruleset before the one in force, None where there is none; see `rules`."""
        predecessor = self.rules().predecessor
        return predecessor and self._rules(predecessor)

    def _rules(self, id: str) -> Any:
        before = self.sound.get(id)
        try:
            found = load_ruleset(id, self.settings.rule_folders, today=self.clock().date())
        except RulesetError as error:
            copy = self.copies.rules if self.copies else None
            if before is None and copy is None:
                raise
            self.go_on_with(f"rules {id}", f"the rules go on as they last were sound: {error}")
            return self.sound.setdefault(id, before or load_ruleset(id, folder=copy))
        self.sound[id] = found
        self.faults.pop(f"rules {id}", None)
        if before is not None and found is not before:
            self.keep_copies()
        return found

    def go_on_with(self, what: str, sentence: str) -> None:
        """Go on in spite of a fault, and say so: in the log once, and in /readyz."""
        if self.faults.get(what) != sentence:
            log.error(sentence)
            self.faults[what] = sentence

    def keep_copies(self) -> None:
        """Keep the office's files, which are sound, for a worker that is started anew."""
        if self.copies is None:
            return
        try:
            self.copies.keep(self.settings)
        except (OSError, RulesetError) as error:
            sentence = f"no copy of the sound rules and notices: {error}"
            self.go_on_with("copies", f"{sentence}; a worker started anew needs sound files")
        else:
            self.faults.pop("copies", None)


def the_service() -> Service:
    """The service of the current request."""
    return cast(Mapping[str, Service], current_app.extensions)["xinshimin"]
