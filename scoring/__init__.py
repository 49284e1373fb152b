"""The law: facts in, estimate out. Pure: no chat, no database, no web, no clock."""

from scoring.analysis.advice import Step, advise
from scoring.analysis.arrow import estimate_arrow
from scoring.analysis.batch import Table, Tally
from scoring.analysis.compare import Comparison, Difference, compare, differences
from scoring.analysis.determination import (
    Determination,
    determination,
    differences_from,
    estimate_json,
)
from scoring.analysis.plan import Plan, plan
from scoring.analysis.target import Reach, reach
from scoring.analysis.timeline import Timeline, timeline
from scoring.engine.estimate import estimate
from scoring.engine.loading import list_rulesets, load_earlier, load_ruleset, ruleset_ids
from scoring.engine.open_questions import open_facts
from scoring.engine.results import (
    CategoryResult,
    Estimate,
    Evidence,
    Explanation,
    ItemResult,
    Notice,
    PartResult,
    Unsettled,
)
from scoring.engine.ruleset import Ruleset
from scoring.errors import FactsError, Fault, RulesetError
from scoring.rulefile.facts import FACTS, Choice, Fact, Facts, read_facts

__all__ = [
    "FACTS",
    "CategoryResult",
    "Choice",
    "Comparison",
    "Determination",
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
    "determination",
    "differences",
    "differences_from",
    "estimate",
    "estimate_arrow",
    "estimate_json",
    "list_rulesets",
    "load_earlier",
    "load_ruleset",
    "open_facts",
    "plan",
    "reach",
    "read_facts",
    "ruleset_ids",
    "timeline",
]
