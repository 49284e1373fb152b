"""People that several tests use."""

from datetime import date
from typing import Any

from scoring import FACTS, Fact

ON = date(2026, 11, 23)

ACCEPTANCE: dict[str, Any] = {
    "permit": "residence_permit",
    "birth_date": "1994-05-01",
    "education": "junior_college",
    "skill": "level_3",
    "social_insurance_months": 42,
    "residence_months": 50,
    "rented_years": 3,
    "volunteer_services": 4,
}
"""The person of the acceptance test, as far as something is to be said of them: 66 points."""


def nothing(fact: Fact) -> Any:
    """The answer that gives no points."""
    if fact.type == "choice":
        return fact.choices[0].id if fact.id in ("education", "permit") else "none"
    return {"yesno": False, "set": [], "date": None}.get(fact.type, 0)


def complete(facts: dict[str, Any]) -> dict[str, Any]:
    """The same person with everything else explicitly none."""
    return {id: nothing(fact) for id, fact in FACTS.items() if not fact.stands_for} | facts
