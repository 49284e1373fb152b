"""The rules, the day and the key of the command line, as the operations of the API need them."""

from bot.api.rulebook import Rulebook
from bot.cli.estimate import today
from bot.cli.installation_key import key, keys
from bot.cli.rule_options import rules_folders
from scoring import Ruleset, load_ruleset, ruleset_ids


def rulebook(current: str) -> Rulebook:
    """Of the county and the office, read anew where a file has changed. `current`: the id of the
    ruleset that counts where none is named."""
    return Rulebook(
        ids=_ids,
        ruleset=_ruleset,
        current=lambda: _ruleset(current),
        today=today,
        signing=key(),
        checking=tuple(keys()),
    )


def _ids() -> tuple[str, ...]:
    return ruleset_ids(rules_folders())


def _ruleset(id: str) -> Ruleset:
    if id not in _ids():
        raise KeyError(id)
    return load_ruleset(id, rules_folders())
