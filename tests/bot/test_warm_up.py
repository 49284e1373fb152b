"""A process that has just started answers at once: what it needs of files was read before."""

import subprocess
import sys
from pathlib import Path

TALK = """
import sys
from pathlib import Path

import yaml

from bot.turns import take_turn, warm_up
from dialogs.utterance import Followed, Said
from tests.bot.setting_up import NOW, service_for, settings_for

service = service_for(settings_for(Path(sys.argv[1]))).extensions["xinshimin"]
warm_up(service)
yaml.load = None  # anyone who reads another file now, does so while a message waits
said = "1 1990年5月 大专，三级证 42个月 献血加多少分 结果 老婆也算一下 为什么 退出 预约 瓯北 明天"
for number, utterance in enumerate([Followed(), *map(Said, said.split())]):
    take_turn(service, "anna", str(number), utterance, NOW)
"""


def test_no_message_waits_for_files(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TALK, str(tmp_path)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
