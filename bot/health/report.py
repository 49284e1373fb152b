"""What was found: what prevents answering, what an operator should know, figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

Figures = Mapping[str, float | Mapping[str, float]]  # by gauge, or by gauge and label


@dataclass(frozen=True, slots=True)
class Finding:
    """`kind` is the same for the same fault, for figures and the log; `text` says what to do."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """How things stand. `figures` are those that only the database knows. After a report that is
    not `final` the same look gives another."""

    problems: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    figures: Figures = field(default_factory=dict)
    final: bool = True

    def but(self, *problems: Finding, warn: tuple[Finding, ...] = ()) -> "Report":
        """Also what else was found."""
        return replace(self, problems=self.problems + problems, warnings=self.warnings + warn)

    @property
    def lines(self) -> list[str]:
        """In plain words, the verdict first."""
        verdict = "not ready" if self.problems else "ready"
        return [verdict, *_lines("problem", self.problems), *_lines("warning", self.warnings)]

    @property
    def state(self) -> tuple[frozenset[str], frozenset[str]]:
        """The same for two reports of the same faults, whose words may differ in figures."""
        return _kinds(self.problems), _kinds(self.warnings)

    @property
    def gauges(self) -> Figures:
        """All of it as figures."""
        problems, warnings = (dict.fromkeys(kinds, 1.0) for kinds in self.state)
        ready = float(not self.problems)
        return {"ready": ready, "problem": problems, "warning": warnings, **self.figures}


def _kinds(findings: tuple[Finding, ...]) -> frozenset[str]:
    return frozenset(one.kind for one in findings)


def _lines(what: str, findings: tuple[Finding, ...]) -> list[str]:
    return [f"{what}: {' '.join(one.text.split())}" for one in findings]
