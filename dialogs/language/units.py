"""The figures that a fact can take, by their units."""

from dialogs.language.tokens import Token
from scoring import FACTS

_UNITS = {
    "months": frozenset({"time", "since", "bare", "moment"}),
    "years": frozenset({"time", "since", "bare", "moment"}),
    "count": frozenset({"count", "bare"}),
    "yuan": frozenset({"yuan", "bare"}),
    "date": frozenset({"moment", "year"}),
}
"""The figures that a fact of each kind can take."""


def figures_of(fact: str) -> frozenset[str]:
    """The units of the figures that a fact can take."""
    return _UNITS.get(FACTS[fact].type, frozenset())


def takes(fact: str, token: Token) -> bool:
    if token.unit == "bare" and fact == "residence_months":
        return False  # 来的，六十一了
    if token.text.endswith("个") and fact == "blood_donations":
        return False  # 血没献过，我就一个贴快递单的
    if token.unit == "year" and token.text.isdecimal() and FACTS[fact].type == "yuan":
        return True  # 捐款2000
    return token.unit in figures_of(fact)
