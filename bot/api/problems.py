"""What is said where there is no answer: `application/problem+json` (RFC 9457)."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from dialogs import data
from scoring import FactsError
from scoring.rulefile.chinese import in_chinese

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 20
LONGEST_SHOWN = 60  # characters of a name that was sent


class Words(BaseModel):
    """One kind of problem. `detail` may have gaps; `tools_only`: no address answers it, only the
    tools of a language model."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: int
    title: str
    detail: str
    tools_only: bool = False


class AllWords(BaseModel):
    """The file: kinds of problem, and what is wrong with a field, by the validator's name for it;
    `refused` and `unchanged`: what the description says of such an answer; `no_fields`: what may be
    written where nothing may."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    refused: str
    unchanged: str
    no_fields: str
    problems: Mapping[str, Words]
    fields: Mapping[str, str]


class ProblemError(Exception):
    """There is no answer, for a reason of this kind; `field`: the one that is wrong."""

    def __init__(self, kind: str, *, field: str = "", **gaps: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = words().problems[kind].detail.format(**gaps)
        self.errors = [(field, self.detail)] if field else []

    @property
    def status(self) -> int:
        """That of HTTP."""
        return words().problems[self.kind].status

    def as_json(self) -> dict[str, Any]:
        """What a program is told: a `Problem`."""
        return {
            "type": f"/api/v1/#problem-{self.kind}",
            "title": words().problems[self.kind].title,
            "status": self.status,
            "detail": self.detail,
            "errors": [{"field": field, "detail": what} for field, what in self.errors],
        }

    @classmethod
    def of_facts(cls, errors: Iterable[FactsError]) -> "ProblemError":
        """Answers that cannot be used."""
        return cls._of_fields(
            [(f"facts.{_shown(one.fact)}", in_chinese(one.message)) for one in errors]
        )

    @classmethod
    def of_validation(cls, error: ValidationError, fields: Iterable[str]) -> "ProblemError":
        """A request that is not as the description says."""
        found = error.errors(include_url=False, include_context=False, include_input=False)
        if any(one["type"] == "json_invalid" for one in found):
            return cls("not_json")
        known = "、".join(fields) or words().no_fields
        return cls._of_fields([_fault(one["type"], one["loc"], known) for one in found])

    @classmethod
    def _of_fields(cls, errors: list[tuple[str, str]]) -> "ProblemError":
        made = cls("fields")
        made.errors = errors[:MOST_ERRORS]
        made.detail = "；".join(
            f"{field}：{what}" if field else what for field, what in made.errors
        )
        return made


@cache
def words() -> AllWords:
    """`templates/api/problems.yaml`."""
    return data.load("templates", "api/problems.yaml", AllWords)


def _fault(kind: str, place: tuple[int | str, ...], known: str) -> tuple[str, str]:
    said = words().fields
    what = said.get(kind, said["otherwise"])
    return ".".join(_shown(str(one)) for one in place), what.format(known=known)


def _shown(name: str) -> str:
    return name if len(name) <= LONGEST_SHOWN else f"{name[:LONGEST_SHOWN]}…"
