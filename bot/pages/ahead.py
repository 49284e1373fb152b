"""What stands beside a person's sheet: before and after the reform, and the years ahead."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from scoring import Ruleset, load_ruleset
from scoring.compare import compare
from scoring.timeline import timeline


def ahead(
    rules: Ruleset, facts: Mapping[str, Any], today: date, folder: Path | None
) -> dict[str, Any]:
    """`comparison` under the ruleset before this one (None where there is none), and `years`."""
    comparison = None
    if rules.predecessor:
        earlier = load_ruleset(rules.predecessor, folder=folder)
        comparison = compare(earlier, rules, facts, on=today)
    return {"comparison": comparison, "years": timeline(rules, facts, on=today)}
