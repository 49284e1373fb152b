"""Golden transcripts: whole talks as a clerk can read them. Re-record with `pytest --record`."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dialogs.transcript import Talker, play
from scoring import load_ruleset
from tests.conversations.desk import Desk

FOLDER = Path(__file__).parent
TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))
START = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(path: Path, request: pytest.FixtureRequest) -> None:
    written = path.read_text(encoding="utf-8")
    talker = Talker(load_ruleset("yongjia-2022"), START, Desk())
    said = "\n".join(play(written.splitlines(), talker)) + "\n"
    if request.config.getoption("--record"):
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")
