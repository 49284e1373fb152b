"""The catalogue of facts about a person, and the reading of answers.

Every fact is optional. Absent means *unknown*, which is not 0 and not "no".
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict

from scoring.errors import FactsError
from scoring.rulefile.yaml_source import read_yaml

FactType = Literal["months", "years", "age", "count", "yuan", "date", "yesno", "choice", "set"]
LARGEST = 10**15
QUANTITIES = frozenset({"months", "years", "count", "yuan"})


class Choice(NamedTuple):
    """One possible answer: the id programs use and the label people read."""

    id: str
    label: str


def _choices(written: object) -> object:
    if isinstance(written, Mapping):
        return tuple(Choice(str(id), str(label)) for id, label in written.items())
    return written


class FactWritten(BaseModel):
    """One thing that can be known about a person, as a file declares it under its id.

    `unit` is the measure word people read (个月, 次, 元); `minimum` and `maximum` bound a quantity
    in that unit, or a date. `stands_for`: the fact in whose place it is told, where that is
    unknown. `presumed`: the answer that holds where nothing was told, of what is never asked by
    itself. `sensitive`: anyone who asks for it needs a consent of its own (article 28 of China's
    Personal Information Protection Law: a specific identity, health).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: FactType
    label: str
    unit: str = ""
    choices: Annotated[tuple[Choice, ...], BeforeValidator(_choices)] = ()
    minimum: int | date = 0
    maximum: int | date | None = None
    stands_for: str | None = None
    presumed: bool | str | None = None
    sensitive: bool = False


class Fact(FactWritten):
    """One thing that can be known about a person, with its id."""

    id: str

    def choice_label(self, id: str) -> str:
        """The label of one choice; KeyError where there is none."""
        return dict(self.choices)[id]


class Facts(dict[str, Any]):
    """Answers that `read_facts` has validated: int, date, bool, str or frozenset by fact id."""

    __slots__ = ()


def _load() -> Mapping[str, Fact]:
    written = read_yaml(Path(__file__).with_name("facts.yaml"))
    return MappingProxyType({id: Fact(id=id, **fields) for id, fields in written.items()})


FACTS: Mapping[str, Fact] = _load()
"""The catalogue, in the order in which facts are shown."""


def read_facts(written: Mapping[str, Any], catalogue: Mapping[str, Fact] = FACTS) -> Facts:
    """Validated answers: int, date, bool, str, frozenset by fact id. None means unknown and is left
    out. Raises FactsError naming the first fact that cannot be used.

    >>> read_facts({"education": "master", "birth_date": "1990-05-01", "skill": None})
    {'education': 'master', 'birth_date': datetime.date(1990, 5, 1)}
    >>> read_facts({"rented_years": -1})
    Traceback (most recent call last):
    scoring.errors.FactsError: rented_years: -1 is too small; write a whole number from 0 to 100
    """
    facts = Facts()
    for id, value in written.items():
        fact = catalogue.get(id)
        if fact is None:
            raise FactsError(str(id), _unknown(str(id), catalogue))
        if value is not None:
            facts[id] = _READERS[fact.type](fact, value)
    return facts


def _unknown(id: str, catalogue: Mapping[str, Fact]) -> str:
    near = get_close_matches(id, catalogue, n=1)
    return f"there is no such fact; did you mean {near[0]}?" if near else "there is no such fact"


def _quantity(fact: Fact, value: Any) -> int:
    if isinstance(value, bool) or not _is_whole(value):
        raise FactsError(fact.id, f"{_shown(value)} is not a whole number; {_bounds(fact)}")
    number = int(value)
    if isinstance(fact.minimum, int) and number < fact.minimum:
        raise FactsError(fact.id, f"{_shown(value)} is too small; {_bounds(fact)}")
    if isinstance(fact.maximum, int) and number > fact.maximum:
        raise FactsError(fact.id, f"{_shown(value)} is too large; {_bounds(fact)}")
    return number


def _bounds(fact: Fact) -> str:
    """What to write instead of a quantity that cannot be used."""
    most = f"to {fact.maximum}" if fact.maximum is not None else "up"
    return f"write a whole number from {fact.minimum} {most}"


def _yuan(fact: Fact, value: Any) -> int:
    """Whole yuan: every rate counts full units of them, so cents never add anything."""
    if isinstance(value, float | Decimal) and 0 <= value < LARGEST:
        exact = Decimal(str(value))
        if exact == exact.quantize(Decimal("0.01")):
            value = int(exact)
    return _quantity(fact, value)


def _is_whole(value: Any) -> bool:
    if isinstance(value, int):
        return True
    if not isinstance(value, float | Decimal) or not -LARGEST < value < LARGEST:
        return False
    return value == int(value)  # 42.0 in a JSON file is 42


def _date(fact: Fact, value: Any) -> date:
    right = "write a date like 1990-05-01"
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise FactsError(fact.id, f"{_shown(value)} is not a date; {right}") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise FactsError(fact.id, f"{_shown(value)} is not a date; {right}")
    if isinstance(fact.minimum, date) and value < fact.minimum:
        raise FactsError(fact.id, f"{value} is too early; write a date from {fact.minimum} on")
    return value


def _yesno(fact: Fact, value: Any) -> bool:
    if not isinstance(value, bool):
        raise FactsError(fact.id, f"{_shown(value)} is neither yes nor no; write true or false")
    return value


def _choice(fact: Fact, value: Any) -> str:
    ids = [choice.id for choice in fact.choices]
    if not isinstance(value, str) or value not in ids:
        raise FactsError(
            fact.id, f"{_shown(value)} is not one of the choices; write one of {', '.join(ids)}"
        )
    return value


def _set(fact: Fact, value: Any) -> frozenset[str]:
    ids = [choice.id for choice in fact.choices]
    right = f"write a list of any of {', '.join(ids)}, or an empty list for none"
    if not isinstance(value, list | tuple | set | frozenset):
        raise FactsError(fact.id, f"{_shown(value)} is not a list; {right}")
    for member in value:
        if not isinstance(member, str) or member not in ids:
            raise FactsError(fact.id, f"{_shown(member)} is not one of the choices; {right}")
    return frozenset(value)


def _shown(value: Any) -> str:
    if isinstance(value, int) and abs(value) > LARGEST:
        return "the number"  # Python refuses to write out thousands of digits
    if isinstance(value, bool):
        return str(value).lower()  # as YAML and JSON write it
    text = repr(value) if isinstance(value, str) else str(value)  # 3.5, not Decimal('3.5')
    return text if len(text) <= 40 else text[:37] + "…"


_READERS: Mapping[str, Callable[[Fact, Any], Any]] = {
    "months": _quantity,
    "years": _quantity,
    "age": _quantity,
    "count": _quantity,
    "yuan": _yuan,
    "date": _date,
    "yesno": _yesno,
    "choice": _choice,
    "set": _set,
}
