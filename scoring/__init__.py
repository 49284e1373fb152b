"""The law: facts in, estimate out. Pure: no chat, no database, no web, no clock."""

from scoring.errors import FactsError, Fault, RulesetError
from scoring.facts import FACTS, Choice, Fact, Facts, read_facts

__all__ = [
    "FACTS",
    "Choice",
    "Fact",
    "Facts",
    "FactsError",
    "Fault",
    "RulesetError",
    "read_facts",
]
