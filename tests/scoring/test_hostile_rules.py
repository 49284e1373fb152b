"""Whatever stands in a rules file, it is loaded or its faults are named: never a traceback."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.engine.loading import check_path
from tests.scoring.amendments import guide_example

PLAIN = (None, True, 5, -1, 0.5, "x", "", "2027-01-01")
SHAPED = ({"x": 1}, {1: 2}, {"value": []}, {"value": 1, "unit": "points"}, {"id": []})
DATED = ({"readings": {"x": 1}}, {"conflict": 1, "readings": []}, {"history": [{}]}, {"history": 5})
JUNK = st.sampled_from([*PLAIN, *SHAPED, *DATED, [], {}, [None], [[]], ["x"]])


DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@cache
def sound(example: str) -> Any:
    """What the guide's example says; not to be changed."""
    return yaml.safe_load(guide_example(example))


def places(thing: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a document."""
    inner = thing.items() if isinstance(thing, dict) else enumerate(thing)
    found = []
    for key, value in list(inner):
        found.append((thing, key))
        if isinstance(value, dict | list):
            found += places(value)
    return found


@pytest.mark.parametrize("example", ["county", "amendment"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_refused_in_words(example: str, data: st.DataObject) -> None:
    document = deepcopy(sound(example))
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(places(document)))
        if isinstance(container, list) and key >= len(container):
            continue
        if data.draw(st.booleans()):
            container[key] = deepcopy(data.draw(JUNK))
        else:
            del container[key]
        if not places(document):
            return
    faults = check(yaml.dump(document, Dumper=DUMPER, allow_unicode=True))
    for fault in faults:
        assert fault.what
        assert fault.fix
        assert fault.key


def check(text: str) -> list[Any]:
    with TemporaryDirectory() as folder:
        Path(folder, "own.yaml").write_text(text, encoding="utf-8")
        return check_path(Path(folder))


@given(st.text())
def test_any_text_is_refused_in_words(text: str) -> None:
    assert all(fault.fix for fault in check(text.encode("utf-8", "ignore").decode()))
