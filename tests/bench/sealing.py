"""What sealing adds to a turn: the same talks, in turns with and without it, in one process."""

import statistics
import tempfile
from pathlib import Path
from time import process_time

from bot import create_app
from bot.sealing.keyring import Keyring, equipped
from bot.service import Service
from bot.turns import take_turn
from dialogs.utterance import Followed, Said
from tests.bench.turns import TALK
from tests.bot.setting_up import NOW, migrated, settings_for

ROUNDS, PEOPLE = 15, 12


class Clear(Keyring):
    """Seals nothing."""

    def seal(self, column: str, row: str, text: str) -> str:
        return text

    def open(self, column: str, row: str, sealed: str) -> str:
        return sealed


def service_with(folder: Path, name: str, kind: type[Keyring]) -> Service:
    """A service on a database of its own."""
    settings = settings_for(folder, database_url=f"sqlite:///{folder / name}.db")
    migrated(settings).dispose()
    service: Service = create_app(settings, lambda: NOW).extensions["xinshimin"]
    equipped(service.engine, kind.of(settings))
    return service


def measure(service: Service, number: int) -> float:
    """Seconds of the processor for a turn."""
    begun = process_time()
    for person in range(PEOPLE):
        for at, said in enumerate((Followed(), *map(Said, TALK))):
            take_turn(service, f"{number}-{person}", str(at), said, NOW)
    return (process_time() - begun) / (PEOPLE * (len(TALK) + 1))


def main(rounds: int = ROUNDS) -> None:
    """Print both and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        sealed, clear = (service_with(Path(name), kind.__name__, kind) for kind in (Keyring, Clear))
        pairs = []
        for number in range(rounds + 1):
            order = (sealed, clear) if number % 2 else (clear, sealed)
            took = {id(one): measure(one, number) for one in order}
            if number:  # the first round warms both up
                pairs.append((took[id(sealed)], took[id(clear)]))
    with_it, without = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"a turn sealed {with_it:.2f} ms, in the clear {without:.2f} ms of processor time")
    print(f"ratio (median of {len(pairs)} pairs): {ratio:.3f}; the aim is at most 1.1")


if __name__ == "__main__":
    main()
