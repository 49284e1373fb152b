"""What the operations need of the place where they run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from scoring import Ruleset
from scoring.analysis.determination import Keyed


@dataclass(frozen=True)
class Rulebook:
    """The rules, the day and the key of one place. `ruleset` raises KeyError for an unknown id;
    `current`: the one that counts where none is named; `signing` makes determination ids, and is
    None without a key; `checking`: what ids may have been made with, earlier keys too."""

    ids: Callable[[], tuple[str, ...]]
    ruleset: Callable[[str], Ruleset]
    current: Callable[[], Ruleset]
    today: Callable[[], date]
    signing: Keyed | None = None
    checking: tuple[Keyed, ...] = ()

    def all(self) -> tuple[Ruleset, ...]:
        """Those that can be asked for."""
        return tuple(self.ruleset(id) for id in self.ids())
