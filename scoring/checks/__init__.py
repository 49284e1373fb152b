"""Everything that can be wrong with a ruleset, said like a good colleague would: the place, what is
wrong, what would be right."""

from typing import Any

from scoring.checks.report import Report
from scoring.checks.structure import check_structure
from scoring.checks.totals import check_totals
from scoring.checks.values import check_values
from scoring.errors import Fault
from scoring.ruleset import Ruleset


def check(ruleset: Ruleset, written: Any) -> list[Fault]:
    """All faults of a ruleset. `written` is the file as it was read, which knows the lines. Totals
    are looked at only when everything else is right."""
    report = Report(written)
    check_structure(ruleset, report)
    check_values(ruleset, report)
    if not report.faults:
        check_totals(ruleset, report)
    return report.faults
