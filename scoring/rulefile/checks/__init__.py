"""What can be wrong with a ruleset as it is written, said like a good colleague would: the place,
what is wrong, what would be right. Whether it adds up is looked at by `engine.totals`."""

from typing import Any

from scoring.errors import Fault
from scoring.rulefile.checks.copies import check_copies
from scoring.rulefile.checks.report import Report
from scoring.rulefile.checks.structure import check_structure
from scoring.rulefile.checks.values import check_values
from scoring.rulefile.model import Written


def check(ruleset: Written, written: Any) -> list[Fault]:
    """All faults of a ruleset. `written` is the file as it was read, which knows the lines."""
    report = Report(written)
    check_structure(ruleset, report)
    check_values(ruleset, report)
    check_copies(ruleset, report)
    return report.faults
