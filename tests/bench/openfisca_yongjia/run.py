"""Timings for `tests.bench`: reads people from standard input, prints one JSON object.

    python -m tests.bench.openfisca_yongjia.run ON NUMBER < people.jsonl

The first `NUMBER` people are also computed one by one with trace, then all of them at once.
Building the system is not counted; building each simulation is, as it is part of an answer.
"""

import json
import sys
from datetime import date
from time import perf_counter
from typing import Any

import numpy
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation

from tests.bench.openfisca_yongjia.facts import CHOICES, COUNTS, FLAGS, NOT_TOLD
from tests.bench.openfisca_yongjia.system import YongjiaSystem

SETS = ("special_statuses", "employment")


def flat(facts: dict[str, Any]) -> dict[str, Any]:
    """OpenFisca has no sets: each member becomes a yes. What gives no points is left out."""
    known = {
        name: facts[name] for name in ("birth_date", *COUNTS, *FLAGS, *CHOICES) if name in facts
    }
    return known | {member: True for name in SETS for member in facts.get(name, ())}


def explained(system: YongjiaSystem, facts: dict[str, Any], on: str) -> float:
    """One person's points with the whole trace as plain data."""
    person = {name: {on: value} for name, value in facts.items()}
    simulation = SimulationBuilder().build_from_entities(system, {"persons": {"one": person}})
    simulation.trace = True
    points = simulation.calculate("points", on)
    simulation.tracer.get_serialized_flat_trace()
    return float(points[0])


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


def main(on: str, number: int) -> None:
    date.fromisoformat(on)
    people = [flat(json.loads(line)) for line in sys.stdin]
    system = YongjiaSystem()
    explained(system, people[0], on)  # parameters of the day are read once
    started = perf_counter()
    single = [explained(system, facts, on) for facts in people[:number]]
    traced = (perf_counter() - started) / number
    started = perf_counter()
    points = together(system, people, on)
    batch = len(people) / (perf_counter() - started)
    assert single == points[:number]
    print(json.dumps({"traced_seconds": traced, "batch_per_second": batch, "points": points}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
