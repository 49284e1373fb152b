"""The guide, followed literally on an empty Debian that boots with systemd; and the Dockerfile."""

import json
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.deploy.questions import questions
from tests.bot.deploy.debian import Debian, made
from tests.bot.deploy.dockerfile import Image
from tests.bot.deploy.proxy import certificate
from tests.bot.deploy.test_init import ANSWERS

pytestmark = pytest.mark.soak

GUIDE = (Path(bot.__file__).parent / "README.md").read_text("utf-8")
ACCOUNT = Path(__file__).parents[1] / "doctor/account.py"
DOCKERFILE = Path(bot.__file__).parent / "deploy/Dockerfile"
NAME = "jf.example.cn"
MINUTES = 20  # that the guide may take
READER_SECONDS = 300  # for reading, and for typing ten answers
API = 9100  # the port of WeChat's stand-in
CALLBACKS = "xinshimin-callback@1 xinshimin-callback@2"
UNITS = f"{CALLBACKS} xinshimin-pages xinshimin-worker xinshimin-backup.timer nginx"


def blocks() -> list[str]:
    """The guide's commands from an empty machine to a served account, and those of a restart."""
    start = GUIDE.split("\n## Start\n")[1].split("\n### ")[0]
    return re.findall(r"```sh\n(.*?)```", start, re.DOTALL)


@pytest.fixture(scope="module")
def took() -> dict[str, float]:
    """Seconds, by what was done."""
    return {}


@pytest.fixture(scope="module")
def debian(tmp_path_factory: pytest.TempPathFactory, took: dict[str, float]) -> Iterator[Debian]:
    """An installed and booted machine."""
    folder = tmp_path_factory.mktemp("debian")
    machine = made(folder, "systemd", "systemd-sysv")
    install, answer, certified, start, _ = blocks()
    began = time.monotonic()
    machine.run(install)
    took["install"] = time.monotonic() - began
    _surround(machine, folder)
    with machine.booted():
        began = time.monotonic()
        asked, *rest = answer.splitlines()
        default = dict.fromkeys(("DATABASE_URL", "networks"), "")
        given = "".join(f"{(ANSWERS | default)[one.name]}\n" for one in questions())
        machine.run(asked, given)
        setting = f"XINSHIMIN_WECHAT_API=http://127.0.0.1:{API}"
        machine.run(f"echo {setting} >> /etc/xinshimin/settings.env")
        machine.run("\n".join(rest))
        machine.run(certified.replace("FULLCHAIN", "/root/pem").replace("KEY", "/root/key"))
        wechat = machine.start(f"python3 /root/account.py {API}")
        *started, doctor = start.splitlines()
        machine.run("\n".join(started))
        _until_answered(machine)
        took["start"] = time.monotonic() - began
        assert doctor == "xinshimin doctor"
        yield machine
        wechat.terminate()


def _surround(machine: Debian, folder: Path) -> None:
    """What surrounds a machine: its name, who signs certificates, WeChat, people who write."""
    certificate(folder, NAME)
    here, home = Path(__file__).parent, machine.root / "root"
    for file in (
        folder / "pem",
        folder / "key",
        here / "traffic.py",
        here.parent / "doctor/account.py",
    ):
        shutil.copy(file, home)
    machine.run(
        f"echo 127.0.0.1 {NAME} >> /etc/hosts;"
        "cp /root/pem /usr/local/share/ca-certificates/test.crt; update-ca-certificates"
    )


def _until_answered(machine: Debian) -> None:
    ask = f"from urllib.request import urlopen; print(urlopen('https://{NAME}/readyz').status)"
    command = f'for i in $(seq 120); do python3 -c "{ask}" && break; sleep 1; done'
    assert machine.run(command, check=False).endswith("200\n")


def test_the_guide_takes_less_than_twenty_minutes(debian: Debian, took: dict[str, float]) -> None:
    print({what: round(seconds) for what, seconds in took.items()})
    assert sum(took.values()) + READER_SECONDS < 60 * MINUTES


def test_all_of_it_runs_under_its_own_account(debian: Debian) -> None:
    assert debian.run(f"systemctl is-active {UNITS}").split() == ["active"] * len(UNITS.split())
    mains = debian.run(f"systemctl show --value -p User,UMask {CALLBACKS} xinshimin-pages").split()
    assert set(mains) == {"xinshimin", "0077"}
    assert debian.run("stat -c %a%U /etc/xinshimin/settings.env").strip() == "600xinshimin"
    assert debian.run("stat -c %a%U /var/lib/xinshimin/xinshimin.db").strip() == "600xinshimin"


def test_the_doctor_finds_no_problem(debian: Debian) -> None:
    end = time.monotonic() + 120  # until the worker's jobs were done once
    found = {}
    while time.monotonic() < end:
        found = {one["check"]: one for one in json.loads(debian.run("xinshimin doctor --json"))}
        if found["worker"]["level"] == "ok":
            break
        time.sleep(5)
    assert {one["level"] for one in found.values()} <= {"ok", "warning"}, found
    assert {one["check"] for one in found.values() if one["level"] == "warning"} <= {
        "menu", "templates", "backup", "calendar",  # a new account, and no year beyond this
    }  # fmt: skip


def test_a_backup_by_its_unit_is_seen(debian: Debian) -> None:
    debian.run("systemctl start xinshimin-backup")
    assert debian.run("ls /var/lib/xinshimin/backups").strip()
    found = {one["check"]: one for one in json.loads(debian.run("xinshimin doctor --json"))}
    assert found["backup"]["level"] == "ok"


def test_no_message_is_lost_in_a_restart(debian: Debian) -> None:
    [restart] = [line for line in blocks()[-1].splitlines() if line]
    debian.environment["REQUESTS_CA_BUNDLE"] = "/etc/ssl/certs/ca-certificates.crt"
    python = "/opt/xinshimin/bin/python /root/traffic.py /etc/xinshimin/settings.env /root/end"
    people = debian.start(python)
    time.sleep(5)
    debian.run(restart)
    time.sleep(3)
    debian.run("touch /root/end")
    told = json.loads(people.communicate(timeout=120)[0].splitlines()[-1])
    print(told)
    assert told["sent"] > 20
    assert (told["lost"], told["again"]) == (0, 0)


def test_settings_with_a_slip_stop_nothing(debian: Debian) -> None:
    file = "/etc/xinshimin/settings.env"
    debian.run(f"cp -p {file} /root/kept; sed -i s/SECRET_KEY=.*/SECRET_KEY=/ {file}")
    try:
        restarted = f"systemctl restart {CALLBACKS.split()[0]} && echo restarted"
        assert "restarted" not in debian.run(restarted, check=False)
        assert debian.run(f"systemctl is-active {CALLBACKS.split()[1]}").strip() == "active"
        ask = f"import urllib.request as u; u.urlopen('https://{NAME}/wechat')"
        assert "403" in debian.run(f'python3 -c "{ask}"', check=False)  # the service's own answer
    finally:
        debian.run(f"cp -p /root/kept {file}; systemctl restart {CALLBACKS}")


def test_logs_are_rotated_and_go_on(debian: Debian) -> None:
    _until_answered(debian)
    debian.run("logrotate -f /etc/logrotate.d/xinshimin; sleep 1")
    _until_answered(debian)
    written = debian.run("cat /var/log/xinshimin/access.log")
    assert '"GET /readyz" 200' in written
    assert "access.log-" in debian.run("ls /var/log/xinshimin")


def test_all_parts_in_one_take_the_place_of_the_units(debian: Debian) -> None:
    debian.run("systemctl disable --now xinshimin.target; systemctl enable --now xinshimin-serve")
    _until_answered(debian)
    assert debian.run(f"systemctl is-active {CALLBACKS}", check=False).split() == ["inactive"] * 2
    debian.run("systemctl disable --now xinshimin-serve; systemctl enable --now xinshimin.target")
    _until_answered(debian)
    assert debian.run(f"systemctl is-active {CALLBACKS}").split() == ["active"] * 2


def test_the_dockerfile(tmp_path: Path) -> None:
    debian = made(tmp_path)
    image = Image(debian)
    image.build(DOCKERFILE)
    assert image.user == "xinshimin"
    home = "/var/lib/xinshimin"
    assert (debian.root / home.lstrip("/")).stat().st_mode & 0o777 == 0o700
    asked = "".join(f"{(ANSWERS | {'networks': ''})[one.name]}\n" for one in questions())
    debian.run(image.as_user(f"cd; xinshimin init {home}"), asked.format(folder=home))
    env = f"set -a; . {home}/settings.env"
    serve = " ".join(image.command)
    told = image.run(
        f"{env}; xinshimin db upgrade; {serve} & p=$!; for i in $(seq 90); do "
        f"sleep 1; {image.health} && break; done; kill $p; wait $p; echo ended $?"
    )
    assert "\nended 0\n" in told, told  # systemd-nspawn may add a line of its own
