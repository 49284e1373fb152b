"""`python -m tests.audit`, in .venv-audit: weaknesses and ages of all that is pinned.

Exit codes: 0 nothing found; 1 a known weakness; 3 none found, but not everything could be looked
at, and a sentence says what. An old version is flagged and ends nothing.
"""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from tests.audit import weaknesses
from tests.audit.ages import MOST, ages
from tests.audit.index import Index, IndexAwayError
from tests.audit.pins import pinned

FOUND, NOT_LOOKED = 1, 3
Look = Callable[[Path], weaknesses.Looked | None]


def main(locks: list[Path], today: date, look: Look = weaknesses.look) -> int:
    """Says all that is found; gives the exit code."""
    codes = [_tell_weaknesses(lock, look) for lock in locks]
    codes.append(_tell_ages(locks, today))
    return FOUND if FOUND in codes else max(codes)


def _tell_weaknesses(lock: Path, look: Look) -> int:
    looked = look(lock)
    if looked is None:
        sources = " and ".join(weaknesses.SOURCES)
        print(f"{lock.name}: NOT LOOKED AT: {sources} could not be reached, or have none of it.")
        return NOT_LOOKED
    print(
        f"{lock.name}: {len(looked.found)} weaknesses in {looked.count} packages, {looked.source}"
    )
    for one in looked.found:
        print(f"  {one}")
    if looked.unknown:
        print(f"  NOT LOOKED AT: the source does not have {', '.join(looked.unknown)}")
    return FOUND if looked.found else NOT_LOOKED if looked.unknown else 0


def _tell_ages(locks: list[Path], today: date) -> int:
    count = undated = old = 0
    try:
        for age in ages(pinned(locks), Index()):
            print(age.line(today))
            count, old = count + 1, old + age.is_old(today)
            undated += age.pinned is None
    except IndexAwayError as error:
        print(f"Ages: NOT LOOKED AT: pip's index gave no releases in JSON ({error}).")
        return NOT_LOOKED
    print(f"Ages: {count} pins, {old} older than {MOST} months, {undated} without a date.")
    return NOT_LOOKED if undated else 0


if __name__ == "__main__":
    sys.exit(main(sorted(Path().glob("requirements*.txt")), datetime.now(UTC).date()))
