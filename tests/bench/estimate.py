"""One person: `scoring.estimate` against the plain function, against the ZEN engine on the same
tables, and against OpenFisca with its trace.

Everybody is new to the module in every round, so that what it remembers helps as it would in
service; the same person again is shown beside it. Processor seconds, the least of some rounds.
"""

import json
import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

from scoring import Facts, estimate, list_rulesets, load_ruleset
from scoring.engine import loading
from scoring.engine.results import plain as as_plain
from tests.bench.plain import plain
from tests.scoring.reference.people import people

ON = date(2026, 11, 23)
PEOPLE = 2_000
TRACED = 100
ROUNDS = 5
PYTHON = Path(__file__).parents[2] / ".venv-bench" / "bin" / "python"
Run = Callable[[Sequence[Any]], Any]


def main() -> None:
    rules = load_ruleset("yongjia-2022")
    everyone = [Facts(person) for person in people(PEOPLE * ROUNDS, ON)]
    same = everyone[:1] * (PEOPLE * ROUNDS)
    agreeing([Facts(person) for person in people(500, ON, seed=1)])

    def told(group: Sequence[Facts]) -> None:
        for person in group:
            estimate(rules, person, on=ON)

    def bare(group: Sequence[Facts]) -> None:
        for person in group:
            plain(person, ON)

    new, plain_new = fastest(everyone, told, bare)
    again, plain_again = fastest(same, told, bare)
    print(f"estimate with explanation: {new * 1e6:.0f} µs a new person, {again * 1e6:.0f} again")
    print(f"plain function, points low high: {plain_new * 1e6:.1f} µs, {plain_again * 1e6:.1f}")
    print(f"estimate / plain function: {new / plain_new:.1f}, again {again / plain_again:.1f}")
    against_zen(everyone)
    against_openfisca(everyone[: TRACED * ROUNDS])
    (loaded,) = fastest(range(ROUNDS), load_both)
    print(f"loading and checking both rulesets: {loaded * 1e3:.0f} ms")


def agreeing(some: Sequence[Facts]) -> None:
    """The plain function computes the same thing, or the ratio would mean nothing."""
    rules = load_ruleset("yongjia-2022")
    for person in some:
        found = estimate(rules, person, on=ON)
        assert plain(person, ON) == (found.points, found.low, found.high), person


def fastest(everyone: Sequence[Any], *runs: Run) -> list[float]:
    """Seconds for each one of everyone: each round takes the next share, all runs in turns."""
    share = len(everyone) // ROUNDS
    best = [float("inf")] * len(runs)
    for start in range(0, share * ROUNDS, share):
        for place, run in enumerate(runs):
            started = process_time()
            run(everyone[start : start + share])
            best[place] = min(best[place], (process_time() - started) / share)
    return best


def against_zen(everyone: list[Facts]) -> None:
    """From plain facts: ours with range, reasons and papers, ZEN the points alone."""
    rules = load_ruleset("yongjia-2022")
    written = [as_plain(person) for person in everyone]

    def told(group: Sequence[Any]) -> None:
        for facts in group:
            estimate(rules, facts, on=ON)

    (ours,) = fastest(written, told)
    found = elsewhere("zen_yongjia", written, ROUNDS)
    expected = [float(estimate(rules, facts, on=ON).points) for facts in written]
    assert found["points"] == expected, "ZEN and scoring disagree"
    theirs = found["seconds"]
    print(f"ZEN, points only: {theirs * 1e6:.0f} µs; estimate with explanation {ours * 1e6:.0f}")
    print(f"ZEN / estimate: {theirs / ours:.2f}")


def against_openfisca(everyone: list[Facts]) -> None:
    """From plain facts to every step held in memory, then to plain JSON values. OpenFisca gives
    points only, no low and high."""
    rules = load_ruleset("yongjia-2022")
    written = [as_plain(person) for person in everyone]

    def held(group: Sequence[Any]) -> None:
        for facts in group:
            estimate(rules, facts, on=ON)

    def as_json(group: Sequence[Any]) -> None:
        for facts in group:
            estimate(rules, facts, on=ON).as_json()

    ours, ours_json = fastest(written, held, as_json)
    found = openfisca(written, ROUNDS)
    expected = [float(estimate(rules, facts, on=ON).points) for facts in written]
    assert found["points"] == expected, "OpenFisca and scoring disagree"
    theirs, theirs_json = found["traced_seconds"], found["traced_json_seconds"]
    print(f"from facts to an estimate: {ours * 1e6:.0f} µs, as JSON {ours_json * 1e6:.0f}")
    print(f"OpenFisca with trace: {theirs * 1e6:.0f} µs, as JSON {theirs_json * 1e6:.0f}")
    print(f"OpenFisca / estimate: {theirs / ours:.1f}, as JSON {theirs_json / ours_json:.1f}")


def openfisca(written: Sequence[dict[str, Any]], rounds: int) -> Any:
    """What the country package makes of these people."""
    return elsewhere("openfisca_yongjia", written, rounds)


def elsewhere(engine: str, written: Sequence[dict[str, Any]], rounds: int) -> Any:
    """What another engine makes of these people, in its own environment."""
    command = [str(PYTHON), "-m", f"tests.bench.{engine}.run", ON.isoformat(), str(rounds)]
    lines = "\n".join(json.dumps(person) for person in written)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def load_both(_: Sequence[Any]) -> None:
    loading._load.cache_clear()
    assert len(list_rulesets()) >= 2
