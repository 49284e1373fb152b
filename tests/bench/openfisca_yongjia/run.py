"""Timings for `tests.bench`: reads people from standard input, prints one JSON object.

    python -m tests.bench.openfisca_yongjia.run ON ROUNDS < people.jsonl

Everybody is computed one by one with trace, in so many shares (the fastest counts; ROUNDS 0: not
at all), then all at once. Building the system is not counted; building each simulation is, as it is
part of an answer.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from time import perf_counter, process_time
from typing import Any

import numpy
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation

from tests.bench.openfisca_yongjia.facts import CHOICES, COUNTS, FLAGS, NOT_TOLD
from tests.bench.openfisca_yongjia.system import YongjiaSystem

SETS = ("special_statuses", "employment")


def flat(facts: dict[str, Any]) -> dict[str, Any]:
    """OpenFisca has no sets: each member becomes a yes. What gives no points is left out."""
    known = {name: facts[name] for name in ("birth_date", *COUNTS, *FLAGS) if name in facts}
    known |= {name: facts[name] for name, ids in CHOICES.items() if facts.get(name) in ids.split()}
    members = (member for name in SETS for member in facts.get(name, ()))
    return known | {member: True for member in members if member in FLAGS}


def explained(system: YongjiaSystem, facts: dict[str, Any], on: str) -> Simulation:
    """One person's points; the simulation holds every step."""
    person = {name: {on: value} for name, value in facts.items()}
    simulation = SimulationBuilder().build_from_entities(system, {"persons": {"one": person}})
    simulation.trace = True
    simulation.calculate("points", on)
    return simulation


def together(system: YongjiaSystem, people: list[dict[str, Any]], on: str) -> list[float]:
    """Everybody's points in one vectorised simulation."""
    simulation: Simulation = SimulationBuilder().build_default_simulation(system, len(people))
    for name in (*COUNTS, *FLAGS):
        simulation.set_input(name, on, numpy.array([p.get(name, 0) for p in people]))
    for name, ids in CHOICES.items():
        none = ids.split()[0]
        simulation.set_input(name, on, numpy.array([p.get(name, none) for p in people]))
    born = [p.get("birth_date", NOT_TOLD) for p in people]
    simulation.set_input("birth_date", on, numpy.array(born, dtype="datetime64[D]"))
    return simulation.calculate("points", on).tolist()


def fastest(people: list[dict[str, Any]], rounds: int, answer: Callable[..., Any]) -> float:
    """Processor seconds for one person, the least of the rounds."""
    share = len(people) // rounds
    best = float("inf")
    for start in range(0, share * rounds, share):
        started = process_time()
        for facts in people[start : start + share]:
            answer(facts)
        best = min(best, (process_time() - started) / share)
    return best


def main(on: str, rounds: int) -> None:
    date.fromisoformat(on)
    people = [flat(json.loads(line)) for line in sys.stdin]
    system = YongjiaSystem()
    told: dict[str, Any] = {}
    explained(system, people[0], on)  # parameters of the day are read once
    if rounds:
        told["traced_seconds"] = fastest(people, rounds, lambda p: explained(system, p, on))
        told["traced_json_seconds"] = fastest(
            people, rounds, lambda p: explained(system, p, on).tracer.get_serialized_flat_trace()
        )
    started, busy = perf_counter(), process_time()
    points = together(system, people, on)
    told["batch_per_second"] = len(people) / (perf_counter() - started)
    told["batch_per_processor_second"] = len(people) / (process_time() - busy)
    print(json.dumps({**told, "points": points}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
