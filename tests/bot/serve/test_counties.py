"""Several counties under one command, each with its own account."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from bot.serve.counties import CountiesError, parts_for
from tests.bot.serve.running import COMMAND, everything_below, is_there
from tests.bot.server import PATIENCE, free_port, until_ready
from tests.bot.setting_up import environment_of, settings_for
from tests.bot.wechat.platform import address

EAST = "PORT=8001\nXINSHIMIN_WECHAT_APPID=wx1\nXINSHIMIN_DATABASE_URL=sqlite:///e\nXINSHIMIN_COUNTY=e\n"
WEST = (
    EAST.replace("8001", "8002")
    .replace("wx1", "wx2")
    .replace("///e", "///w")
    .replace("=e\n", "=w\n")
)
XIAOHE = Path(__file__).parents[2] / "counties" / "xiaohe"


def told(folder: Path, east: str, west: str = "") -> Path:
    for name, text in (("east", east), ("west", west)):
        if text:
            (folder / f"{name}.env").write_text(text, encoding="utf-8")
    return folder


def test_each_county_is_a_service_with_its_own_settings(tmp_path: Path) -> None:
    around = {"PATH": "/bin", "XINSHIMIN_WECHAT_TOKEN": "of the operator's shell"}
    east, west = parts_for(told(tmp_path, EAST, f"# the west\n{WEST}"), around, "--workers", "1")
    assert (east.name, west.name) == ("east", "west")
    assert west.command[-4:] == ("--port", "8002", "--workers", "1")
    assert west.environment == {
        "PATH": "/bin",
        "PORT": "8002",
        "XINSHIMIN_WECHAT_APPID": "wx2",
        "XINSHIMIN_DATABASE_URL": "sqlite:///w",
        "XINSHIMIN_COUNTY": "w",
    }


@pytest.mark.parametrize(
    ("east", "west", "fault"),
    [
        ("", "", "there is no file in it that ends in .env"),
        (EAST, WEST.replace("wx2", "wx1"), "west.env: XINSHIMIN_WECHAT_APPID is that of east.env"),
        (EAST, WEST.replace("///w", "///e"), "XINSHIMIN_DATABASE_URL is that of east.env"),
        (EAST, WEST.replace("8002", "8001"), "west.env: PORT is that of east.env"),
        (EAST, WEST.replace("XINSHIMIN_COUNTY=w\n", ""), "west.env: XINSHIMIN_COUNTY is missing"),
        (EAST.replace("8001", "65536"), WEST, "east.env: PORT is '65536'"),
        (EAST.replace("=8001", ""), WEST, "east.env:1: write XINSHIMIN_NAME=value"),
        (EAST + "HOME=/\n", WEST, "east.env:5: write XINSHIMIN_NAME=value"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, east: str, west: str, fault: str) -> None:
    with pytest.raises(CountiesError, match=fault.replace(".", r"\.")):
        parts_for(told(tmp_path, east, west), {})


@pytest.mark.soak
def test_two_accounts_are_answered_each_by_its_county(tmp_path: Path) -> None:
    accounts = {
        "first": ("yongjia", "永嘉县", "tokenofthefirst1"),
        "second": (XIAOHE, "小河县", "tokenofthesecond2"),
    }
    counties, ports = tmp_path / "counties", {name: free_port() for name in accounts}
    counties.mkdir()
    for name, (county, _, token) in accounts.items():
        data = tmp_path / name
        data.mkdir()
        settings = settings_for(data, wechat_appid=f"wx{name}", wechat_token=token)
        own = {
            **environment_of(settings),
            "XINSHIMIN_COUNTY": str(county),
            "PORT": str(ports[name]),
        }
        upgrade = [sys.executable, "-m", "bot.cli", "db", "upgrade"]
        subprocess.run(upgrade, env={**os.environ, **own}, check=True)
        lines = (f"{key}={value}\n" for key, value in own.items())
        (counties / f"{name}.env").write_text("".join(lines), encoding="utf-8")
    service = subprocess.Popen([*COMMAND, "--counties", str(counties), "--workers", "1"])
    try:
        for name, (_, title, token) in accounts.items():
            root = f"http://127.0.0.1:{ports[name]}"
            until_ready(f"{root}/healthz", service)
            assert title in requests.get(f"{root}/rules", timeout=30).text
            for one in accounts.values():
                query = {**address(one[2], int(time.time()), b""), "echostr": "hello"}
                answer = requests.get(f"{root}/wechat", params=query, timeout=30)
                assert (answer.text == "hello") == (one[2] == token)
        below = everything_below(service.pid)
    finally:
        service.send_signal(signal.SIGTERM)
        assert service.wait(PATIENCE) == 0
    assert not [pid for pid in below if is_there(pid)]
