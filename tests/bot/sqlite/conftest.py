import pytest

from bot.sqlite import library, occupancy

FAULTY = (3, 40, 1)


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the system's library were an old one, and nobody waited for others to end."""
    monkeypatch.setattr(library, "VERSION", FAULTY)
    monkeypatch.setattr(occupancy, "START_SECONDS", 0)
