"""No text of 600 characters takes a pattern of ours longer than 20 ms of the processor."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dialogs.data import parse
from tests.redos.collect import ROOT, sites
from tests.redos.pump import METHODS, slow

KNOWN = parse(Path(__file__).with_name("known.yaml").read_text(encoding="utf-8"))
ONES = [pytest.param(pattern, id=name) for kind in KNOWN.values() for name, pattern in kind.items()]
FROM_THE_START = {"match": "fullmatch", "fullmatch": "fullmatch"}


@pytest.fixture(scope="module")
def compiled() -> list[tuple[re.Pattern[Any], list[tuple[str, int, str]]]]:
    """Every pattern of the project, with its places: file, line, function of `re`."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.redos.collect"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return [
        (re.compile(source.encode("latin-1") if binary else source, flags), uses)
        for source, flags, binary, uses in map(json.loads, done.stdout.splitlines())
    ]


@pytest.mark.parametrize("pattern", ONES)
def test_a_pattern_known_to_be_slow_is_found(pattern: str) -> None:
    assert slow(re.compile(pattern))


def test_every_place_that_compiles_a_pattern_was_seen(compiled) -> None:
    seen = {(file, line) for _, uses in compiled for file, line, _ in uses}
    unseen = [
        f"{file}:{first}"
        for file, first, last in sites()
        if not any((file, line) in seen for line in range(first, last + 1))
    ]
    assert not unseen, "give them an example in a docstring, so that this test can compile them"


def test_no_text_takes_a_pattern_long(compiled) -> None:
    found = [
        f"{uses[0]}: {one.method} {one.text[:40]!r}… {one.seconds:.3f} s, {pattern.pattern[:80]!r}"
        for pattern, uses in compiled
        if (one := slow(pattern, methods(uses)))
    ]
    assert not found, "\n".join(found)


def methods(uses: list[tuple[str, int, str]]) -> set[str]:
    """How a pattern is used: a compiled one in any way."""
    ways = {FROM_THE_START.get(use, "search") for _, _, use in uses}
    return set(METHODS) if "compile" in {use for _, _, use in uses} else ways
