"""Requests that a person sends who wants to do harm, or whose program is wrong."""

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, NamedTuple

from bot.api.operations import OPERATIONS
from scoring import FACTS
from scoring.counties import packaged_rulesets

METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "HEAD")
TEXTS = (
    "",
    "\0",
    "\ud800",
    "💥" * 50,
    "x" * 5000,
    "../../etc/passwd",
    "' OR 1=1 --",
    "{{7*7}}",
    "年",
)
DAYS = ("0001-01-01", "9999-12-31", "2026-02-30", "20260101", "2000-01-01", "2099-12-31", "now")
NUMBERS = ("1e999", "-1e999", "NaN", "-Infinity", "9" * 4000, "-0.0", "1e-400", "0." + "3" * 3000)


class Sent(NamedTuple):
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


def requests(seed: int, count: int, key: str) -> Iterator[Sent]:
    """So many of them, the same ones for the same seed; most of them with a good key."""
    chance = Random(seed)
    for _ in range(count):
        name = chance.choice([*OPERATIONS, "openapi.json", "", "nothing", "%00", "estimate/" * 50])
        method = "POST" if chance.random() < 0.9 else chance.choice(METHODS)
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        if chance.random() < 0.1:
            headers["Authorization"] = chance.choice(["", "Bearer ", "Basic x", f"Bearer {key}x"])
        if chance.random() < 0.1:
            headers["Content-Type"] = chance.choice(
                ["", "text/plain", "application/xml", "a/b;" * 99]
            )
        query = "?" + "a=b&" * 500 if chance.random() < 0.05 else ""
        body = chance.choice(BODIES)(chance).encode("utf-8", "surrogatepass")
        yield Sent(method, f"/api/v1/{name}{query}", headers, body)


def _noise(chance: Random) -> str:
    return "".join(chr(chance.randrange(0xD800)) for _ in range(chance.randrange(3000)))


def _deep(chance: Random) -> str:
    opening, closing = chance.choice([("[", "]"), ('{"a":', "}")])
    depth = chance.choice([100, 1000, 15_000 // len(opening)])
    inside = opening * depth + "1" + closing * chance.choice([0, depth])
    return chance.choice([inside, f'{{"facts": {{"education": {inside}}}}}'])


def _number(chance: Random) -> str:
    fact = chance.choice([*FACTS, "on"])
    return f'{{"facts": {{"{fact}": {chance.choice(NUMBERS)}}}}}'


def _many(chance: Random) -> str:
    kind = chance.randrange(4)
    if kind == 0:
        return json.dumps({"facts": {f"fact_{number}": 1 for number in range(900)}})
    if kind == 1:
        return '{"facts": {' + ",".join(['"education": "bachelor"'] * 600) + "}}"
    if kind == 2:
        return json.dumps({"facts": {"special_statuses": ["veteran"] * 1400}})
    return json.dumps({"facts": {}, **{f"x{number}": {} for number in range(1000)}})


def _large(chance: Random) -> str:
    return json.dumps({"facts": {"education": "x" * chance.choice([15_000, 17_000, 300_000])}})


def _typo(chance: Random) -> str:
    fact = chance.choice(list(FACTS))
    return json.dumps({"facts": {fact[:-1] + "x" * chance.choice([1, 90, 200]): 1}})


def _wrong(chance: Random) -> str:
    values: list[Any] = [None, True, -1, 3.7, [], {}, *TEXTS, *DAYS, [[]], ["none", 1], 10**15]
    told = {
        "facts": {chance.choice(list(FACTS)): chance.choice(values) for _ in range(3)},
        "on": chance.choice([*values, *DAYS]),
        "ruleset": chance.choice([*values, *packaged_rulesets()]),
        "before": chance.choice([*values, *packaged_rulesets()]),
        chance.choice(TEXTS): 1,
    }
    kept = chance.sample(list(told), chance.randrange(1, len(told)))
    return json.dumps({name: told[name] for name in kept} | {"facts": told["facts"]})


def _costly(chance: Random) -> str:
    """Right in form, and never the same twice: nothing that was computed before helps."""
    facts: dict[str, Any] = {}
    for id, fact in FACTS.items():
        ids = [choice.id for choice in fact.choices]
        if chance.random() < 0.2:
            continue
        if fact.type == "set":
            facts[id] = chance.sample(ids, chance.randrange(len(ids) + 1))
        elif fact.type == "choice":
            facts[id] = chance.choice(ids)
        elif fact.type == "yesno":
            facts[id] = chance.random() < 0.5
        elif fact.type == "date":
            facts[id] = f"{chance.randrange(1940, 2026)}-0{chance.randrange(1, 10)}-11"
        else:
            most = fact.maximum if isinstance(fact.maximum, int) else 10**6
            facts[id] = chance.randrange(most)
    before = chance.choice([*packaged_rulesets()])
    on = f"{chance.randrange(2026, 2100)}-{chance.randrange(10, 13)}-{chance.randrange(10, 28)}"
    told = {"facts": facts, "on": on, "ruleset": chance.choice([*packaged_rulesets()])}
    return json.dumps(told | ({"before": before} if chance.random() < 0.3 else {}))


def _identified(chance: Random) -> str:
    """A determination id of rules, of a day and with facts that nobody asked of before."""
    told = json.loads(_costly(chance))
    ruleset = chance.choice([*packaged_rulesets(), "nowhere"])
    day = chance.choice([*DAYS, told["on"]])
    id = f"{ruleset}:{chance.randbytes(4).hex()}:{day}:2.1.0:{chance.randbytes(8).hex()}"
    return json.dumps({"facts": told["facts"], "determination": id})


BODIES: tuple[Callable[[Random], str], ...] = (
    _noise, _deep, _number, _many, _large, _typo, _wrong, _costly, _costly, _costly, _identified,
)  # fmt: skip
