"""Runs inside a booted machine: people write through its nginx, in safe mode, until a file appears.
Prints, as JSON, how many messages were sent, not answered in three deliveries, or answered with the
request to say it again; and the seconds of the slowest."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from time import monotonic, sleep

from bot.clock import now
from bot.settings import Settings
from bot.settings_file import read
from bot.simulator.platform import OutOfServiceError, Platform

PEOPLE = 4
PAUSE = 0.3  # seconds between two messages of one


def main(settings: Path, end: Path) -> None:
    given = Settings.from_environment(read(settings))
    platform = Platform(given, f"{given.page_root}/wechat", now)
    with ThreadPoolExecutor() as pool:
        people = [pool.submit(write, platform, f"person{i}", end) for i in range(PEOPLE)]
    told = [one for person in people for one in person.result()]
    print(
        json.dumps(
            {
                "sent": len(told),
                "lost": sum(answer is None for answer, _ in told),
                "again": sum("再发一次" in (answer or "") for answer, _ in told),
                "slowest": round(max(seconds for _, seconds in told), 2),
            }
        )
    )


def write(platform: Platform, person: str, end: Path) -> list[tuple[str | None, float]]:
    answers = []
    for number in count():
        if end.exists():
            return answers
        began = monotonic()
        try:
            answer = platform.deliver(person, {"MsgType": "text", "Content": f"你好{number}"})
        except OutOfServiceError:
            answer = None
        answers.append((answer, monotonic() - began))
        sleep(PAUSE)
    return answers


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
