from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.outages.places import Place, place_of


@pytest.fixture
def place(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> Iterator[Place]:
    """See `place_of`."""
    with place_of(request.param, url, tmp_path) as made:
        yield made
