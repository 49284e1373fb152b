"""Timings for `tests.bench`: reads people from standard input, prints one JSON object.

    python -m tests.bench.zen_yongjia.run ON ROUNDS < people.jsonl

Everybody is computed one by one, in so many shares, of which the fastest counts. Compiling the
decision is not counted.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import Any

import yaml
import zen

Content = dict[str, Any]


def decision() -> Content:
    """The rules as a graph: from the input through each table and the rows to the output."""
    rules = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text("utf-8"))
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        *(_table(name, points) for name, points in rules["tables"].items()),
        _rows(rules["rows"]),
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": f"{one['id']}-{next['id']}", "sourceId": one["id"], "targetId": next["id"]}
        for one, next in pairwise(nodes)
    ]
    return {"nodes": nodes, "edges": edges}


def _table(fact: str, points: dict[str, int]) -> Content:
    content = {
        "hitPolicy": "first",
        "passThrough": True,
        "inputs": [{"id": "is", "name": fact, "field": fact}],
        "outputs": [{"id": "gives", "name": "points", "field": f"{fact}_points"}],
        "rules": [
            {"_id": choice, "is": json.dumps(choice), "gives": str(value)}
            for choice, value in points.items()
        ],
    }
    return {"id": fact, "type": "decisionTableNode", "name": fact, "content": content}


def _rows(rows: dict[str, str]) -> Content:
    expressions = [{"id": name, "key": name, "value": value} for name, value in rows.items()]
    content = {"expressions": expressions, "passThrough": False}
    return {"id": "rows", "type": "expressionNode", "name": "rows", "content": content}


def main(on: str, rounds: int) -> None:
    people = [{**json.loads(line), "on": on} for line in sys.stdin]
    engine = zen.ZenEngine()
    made = engine.create_decision(zen.ZenDecisionContent(json.dumps(decision())))
    points = [made.evaluate(person)["result"]["points"] for person in people]
    share, best = len(people) // rounds, float("inf")
    for start in range(0, share * rounds, share):
        started = process_time()
        for person in people[start : start + share]:
            made.evaluate(person)
        best = min(best, (process_time() - started) / share)
    print(json.dumps({"seconds": best, "points": points}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
