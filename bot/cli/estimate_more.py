"""What can be asked beside an estimate: a comparison, advice, the coming years, a goal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dialogs.phrases import say
from dialogs.questions import titles
from scoring import Ruleset, advise, compare, plan, reach, timeline


@dataclass(frozen=True, slots=True)
class More:
    """What was asked for."""

    before: Ruleset | None = None
    advice: bool = False
    timeline: bool = False
    reach: int | None = None
    by: date | None = None

    def answers(
        self, ruleset: Ruleset, facts: Mapping[str, Any], on: date
    ) -> tuple[dict[str, Any], list[str]]:
        """The same twice: keys for the JSON, and paragraphs to print. Raises FactsError."""
        keys: dict[str, Any] = {}
        texts: list[str] = []
        if self.before is not None:
            reform = compare(self.before, ruleset, facts, on=on)
            keys["compare"] = reform.as_json()
            texts.append(say("compare", found=reform, before=self.before, after=ruleset))
        if self.advice:
            steps = advise(ruleset, facts, on=on)
            keys["advice"] = [step.as_json() for step in steps]
            texts.append(say("advice", steps=steps))
        if self.timeline:
            ahead = timeline(ruleset, facts, on=on)
            keys["timeline"] = ahead.as_json()
            texts.append(say("timeline", timeline=ahead))
        if self.by is not None:
            found = plan(ruleset, facts, on=on, by=self.by, target=self.reach)
            keys["plan"] = found.as_json()
            going = titles(found.continuing)
            texts.append(say("plan/show", found=found, going=going, left=0))
        elif self.reach is not None:
            goal = reach(ruleset, facts, self.reach, on=on)
            keys["reach"] = goal.as_json()
            texts.append(say("reach", found=goal))
        return keys, texts
