"""A large set of texts outside of the memory."""

import tracemalloc

from bot.sqlite.register import Register

MANY, PIECE = 50_000, 10_000
MOST = 2_000_000  # bytes; a set of the same texts takes six million


def test_what_was_put_down_is_there_and_nothing_else() -> None:
    with Register() as register:
        register.add(["a", "b"])
        register.add(["b", "中"])
        assert register.without(["b", "c", "中", "a", ""]) == ["c", ""]


def test_its_memory_does_not_grow() -> None:
    with Register() as register:
        tracemalloc.start()
        for first in range(0, MANY, PIECE):
            register.add(f"o{number:027}" for number in range(first, first + PIECE))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert register.without([f"o{MANY - 1:027}", f"o{MANY:027}"]) == [f"o{MANY:027}"]
    assert peak < MOST
