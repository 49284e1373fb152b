"""`python -m tests.bot.crash.run OPTIONS` (JSON), with `points.c` loaded before libc: plays acts at
their points on one database and prints a line of JSON for each act and mode."""

import gc
import json
import logging
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.bot.crash.acts import Act, Job, acts
from tests.bot.crash.faults import FAULTS
from tests.bot.crash.installation import Installation
from tests.bot.crash.job_trial import JobTrial
from tests.bot.crash.processes import apart
from tests.bot.crash.request_trial import RequestTrial
from tests.bot.crash.stages import Stage, stage_of
from tests.bot.crash.trial import Tally, Trial


def played(
    url: str, folder: str, plays: list[dict[str, Any]], record: str | None = None
) -> Iterator[Tally]:
    """Each play is in a process of its own: `acts` by name, without any all; `modes`; `most` points
    of each; or a `fault` that is planted, until it is found. What stands in the file `record` is
    not played again, and what was played is added: a long run may be broken off."""
    logging.disable()
    house = Installation(url, Path(folder))
    stage = stage_of(url)
    stage.keep()
    gc.freeze()
    database = url.partition(":")[0]
    for play in plays:
        for name in play.get("acts") or acts():
            if (database, name, *play["modes"]) in recorded(record):
                continue
            stage.release()
            tallies = apart(lambda: _played(house, stage, acts()[name], play))  # noqa: B023
            note(record, database, tallies)
            yield from tallies
            stage.restore()


def recorded(record: str | None) -> set[tuple[str, ...]]:
    """Database, act and mode of each line."""
    if record is None or not Path(record).exists():
        return set()
    lines = [json.loads(line) for line in Path(record).read_text("utf-8").splitlines()]
    return {(line["database"], line["act"], line["mode"]) for line in lines}


def note(record: str | None, database: str, tallies: list[Tally]) -> None:
    """A line for each."""
    if record is None:
        return
    with open(record, "a", encoding="utf-8") as file:
        for tally in tallies:
            line = {"database": database, **vars(tally)}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _played(house: Installation, stage: Stage, act: Act, play: dict[str, Any]) -> list[Tally]:
    trial = prepared(house, stage, act)
    if planted := play.get("fault"):
        FAULTS[planted].plant(house)
    return trial.run(play["modes"], play.get("most", 0), bool(planted))


def prepared(house: Installation, stage: Stage, act: Act) -> Trial:
    """What goes before the act is done; the act was done once without a fault."""
    house.at(timedelta())
    asked = apart(lambda: act.prepare(house))
    stage.keep()
    blank = Trial(house, stage, act, {})
    trial: Trial
    if isinstance(asked, Job):
        trial = JobTrial(house, stage, act, blank.content(), asked)
    else:
        trial = RequestTrial(house, stage, act, blank.content(), asked)
    trial.warm_up()
    trial.rehearse()
    gc.freeze()
    return trial


if __name__ == "__main__":
    for tally in played(**json.loads(sys.argv[1])):
        print(json.dumps(vars(tally), ensure_ascii=False), flush=True)
