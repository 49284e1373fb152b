"""The law: facts in, estimate out. Pure: no chat, no database, no web, no clock."""

from scoring.advice import Step, advise
from scoring.batch import Table, Tally
from scoring.compare import Comparison, Difference, compare, differences
from scoring.errors import FactsError, Fault, RulesetError
from scoring.estimate import estimate
from scoring.facts import FACTS, Choice, Fact, Facts, read_facts
from scoring.loading import list_rulesets, load_earlier, load_ruleset
from scoring.opening import open_facts
from scoring.plan import Plan, plan
from scoring.reach import Reach, reach
from scoring.results import (
    CategoryResult,
    Estimate,
    Evidence,
    Explanation,
    ItemResult,
    Notice,
    PartResult,
    Unsettled,
)
from scoring.ruleset import Ruleset
from scoring.timeline import Timeline, timeline

__all__ = [
    "FACTS",
    "CategoryResult",
    "Choice",
    "Comparison",
    "Difference",
    "Estimate",
    "Evidence",
    "Explanation",
    "Fact",
    "Facts",
    "FactsError",
    "Fault",
    "ItemResult",
    "Notice",
    "PartResult",
    "Plan",
    "Reach",
    "Ruleset",
    "RulesetError",
    "Step",
    "Table",
    "Tally",
    "Timeline",
    "Unsettled",
    "advise",
    "compare",
    "differences",
    "estimate",
    "list_rulesets",
    "load_earlier",
    "load_ruleset",
    "open_facts",
    "plan",
    "reach",
    "read_facts",
    "timeline",
]
