"""The law: facts in, estimate out. Pure: no chat, no database, no web, no clock."""

from scoring.errors import FactsError, Fault, RulesetError
from scoring.estimate import estimate
from scoring.facts import FACTS, Choice, Fact, Facts, read_facts
from scoring.loading import load_ruleset
from scoring.opening import open_facts
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

__all__ = [
    "FACTS",
    "CategoryResult",
    "Choice",
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
    "Ruleset",
    "RulesetError",
    "Unsettled",
    "estimate",
    "load_ruleset",
    "open_facts",
    "read_facts",
]
