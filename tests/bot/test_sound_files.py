"""Whose copies of the office's files are whose: only what started under the same server counts."""

import os
import subprocess
from pathlib import Path

import pytest

from bot import sound_files
from bot.sound_files import SoundFiles
from scoring import RulesetError
from tests.bot.setting_up import settings_for


def here(folder: Path, **changes: object) -> SoundFiles:
    copies = SoundFiles.here(settings_for(folder, **changes))
    assert copies is not None
    return copies


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this process had been forked by its parent, and not executed."""
    monkeypatch.setattr(sound_files, "_command", lambda _pid: b"gunicorn")


def test_what_was_started_by_itself_has_none(tmp_path: Path) -> None:
    assert SoundFiles.here(settings_for(tmp_path)) is None


@pytest.mark.usefixtures("forked")
def test_another_server_is_a_first_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here(tmp_path).keep(settings_for(tmp_path))
    assert here(tmp_path).exist
    with subprocess.Popen(["sleep", "60"]) as other:
        monkeypatch.setattr(os, "getppid", lambda: other.pid)
        assert not here(tmp_path).exist
        here(tmp_path).keep(settings_for(tmp_path))
        monkeypatch.undo()
        other.kill()
    monkeypatch.setattr(sound_files, "_command", lambda _pid: b"gunicorn")
    here(tmp_path).keep(settings_for(tmp_path))
    assert len(list(here(tmp_path).folder.parent.iterdir())) == 1  # of the dead nothing is left


@pytest.mark.usefixtures("forked")
def test_the_last_sound_files_count_and_no_others(tmp_path: Path) -> None:
    own = tmp_path / "rules"
    own.mkdir()
    settings = settings_for(tmp_path, rules=own)
    copies, mine = here(tmp_path), own / "mine.yaml"
    for title in ("one", "two", "one"):
        mine.write_text(f"amends: yongjia-2022\ntitle: {title}\n")
        copies.keep(settings)
        assert copies.rules is not None
        assert title in (copies.rules / "mine.yaml").read_text()
    mine.write_text("amends: [")
    with pytest.raises(RulesetError):
        copies.keep(settings)
    assert "one" in (copies.rules / "mine.yaml").read_text()
    assert copies.folder.stat().st_mode & 0o077 == 0
    assert not list(copies.folder.glob(".*"))
