"""A log that says what a person told the program is found, from whichever process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.leaks.search import ROOT, leaks
from tests.leaks.witness.sitecustomize import FOLDER

PERSON, TEXT, PHONE = "oLeakedPerson0001", "我叫王小明，住在瓯北", "13800138000"
BORN = "1971-03-08"
SESSION = """
import subprocess
import sys

import pytest

from bot import turns
from bot.wechat import handlers
from tests.bot.wechat.conftest import app, platform, service
from tests.bot.wechat.platform import ACCOUNT, xml

def says(platform, person, text, number):
    body = xml(ToUserName=ACCOUNT, FromUserName=person, CreateTime=platform.now,
               MsgType="text", Content=text, MsgId=number)
    platform.post(body)

def test_nothing_is_wrong(platform):
    says(platform, "oSomebodyElse0001", "我在永嘉工作五年了", 1)

def test_a_handler_logs_the_openid(platform, monkeypatch):
    monkeypatch.setattr(handlers, "pseudonym", lambda _key, openid: openid)
    says(platform, "oLeakedPerson0001", "你好", 2)

def test_the_traceback_of_a_fault_says_the_text(platform, monkeypatch):
    def failing(_service, _budget, _conversation, utterance, _now):
        raise ValueError(utterance.text)
    monkeypatch.setattr(turns, "_converse", failing)
    says(platform, "oSomebodyElse0002", "我叫王小明，住在瓯北", 3)

def test_a_program_sends_facts_that_are_logged():
    import logging
    from werkzeug.wrappers import Request
    body = Request.from_values(data='{"facts": {"birth_date": "1971-03-08"}}').get_data()
    logging.getLogger("bot.api").warning("refused: %s", body)

def test_another_process_ends_with_a_telephone():
    from bot.sealing.keyring import Keyring
    with pytest.raises(Exception):
        Keyring.seal(None, "appointments.phone", "1", "13800138000")
    subprocess.run([sys.executable, "-c", "raise SystemExit('no answer from 13800138000')"])
"""


def test_a_session_with_a_leak_fails_and_says_where(tmp_path: Path) -> None:
    (tmp_path / "test_session.py").write_text(SESSION)
    options = ["-p", "tests.leaks.plugin", "-p", "no:cacheprovider", "-p", "no:schemathesis"]
    options += ["-n", "2"]
    environment = {name: value for name, value in os.environ.items() if name != FOLDER}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", os.devnull, *options, str(tmp_path)],
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "5 passed" in ran.stdout, ran.stdout + ran.stderr
    assert ran.returncode == pytest.ExitCode.TESTS_FAILED
    found = {line.split("'")[1] for line in ran.stdout.splitlines() if "stands in" in line}
    assert found == {PERSON, TEXT, PHONE, BORN}, ran.stdout


@pytest.mark.parametrize(
    ("text", "line", "is_found"),
    [
        (PERSON, f"turn failed person={PERSON}", True),
        (PHONE, f"no answer for {PHONE}: late", True),
        (PHONE, f"id 1{PHONE}7 is none", False),  # within another number
        ("王小明的积分", "王小明的积分 stands in a line", True),
        ("积分", "积分 stands in a line", False),  # as in the program itself
        ("nothing", "nothing was sent", False),
        ("2026-11-23", "not done since 2026-11-23", False),
        ("1994-05-12", "born 1994-05-12", True),
        ("王", "王", False),  # one character tells of nobody
        ("ok", "all is ok", False),
        ("123456", "123456 rows", False),
        ("7654321", "7654321 rows", True),
        ("3.5 years (Mr. Li)", "heard 3.5 years (Mr. Li)", True),
    ],
)
def test_what_is_found(text: str, line: str, is_found: bool) -> None:
    assert bool(list(leaks([text], ["another line", line]))) is is_found
