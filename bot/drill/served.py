"""The service, started on the restored database as in production, and asked something."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep

import requests

from bot.clock import now
from bot.drill.contents import DrillError
from bot.serve.parts import gunicorn
from bot.settings import PREFIX, Settings
from bot.simulator.acts import followed
from bot.simulator.platform import OutOfServiceError, Platform
from dialogs.phrases import say

START_SECONDS = 60
PAGE_SECONDS = 10
PAGES = ("/", "/rules", "/estimate")
FIRST_ANSWER = {"MsgType": "text", "Content": "1"}


@contextmanager
def started(url: str, folder: Path) -> Iterator[str]:
    """The address of a service that is ready. What it leaves for other processes is in `folder`."""
    own = {"DATABASE_URL": url, "STATE": str(folder), "PROXIES": "0"}
    environment = os.environ | {PREFIX + name: text for name, text in own.items()}
    with socket.create_server(("127.0.0.1", 0)) as listener, (folder / "log").open("w+b") as log:
        command = gunicorn(f"fd://{listener.fileno()}", 1)
        process = subprocess.Popen(  # noqa: S603 - ours
            command, env=environment, pass_fds=[listener.fileno()], stdout=log, stderr=log
        )
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            _wait(address, process, folder / "log")
            yield address
        finally:
            process.terminate()
            process.wait()


def talked(settings: Settings, address: str) -> str:
    """Follow the account and answer the first question, as WeChat would deliver it; what was
    answered, in a sentence. Raises DrillError: not as it should be."""
    platform = Platform(settings, f"{address}/wechat", now, safe=bool(settings.wechat_aes_key))
    person = f"drill-{token_hex(8)}"
    try:
        replies = [platform.deliver(person, said) for said in (followed(), FIRST_ANSWER)]
    except OutOfServiceError:
        raise DrillError("A message got no answer from the restored database.") from None
    if not all(replies) or replies[1] in (replies[0], say("service/sorry")):
        raise DrillError("A message was not answered as it should be from the restored database.")
    return f"talked: {len(replies)} messages, each answered"


def shown(address: str) -> str:
    """Ask for pages; which, in a sentence. Raises DrillError: one is not shown."""
    for page in PAGES:
        answer = requests.get(address + page, timeout=PAGE_SECONDS)
        if answer.status_code != requests.codes.ok:
            raise DrillError(
                f"The page {page} gives {answer.status_code} on the restored database."
            )
    return f"shown: {', '.join(PAGES)}"


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it is ready. Raises DrillError: it does not get so."""
    end, said = monotonic() + START_SECONDS, ""
    while monotonic() < end and process.poll() is None:
        try:
            answer = requests.get(f"{address}/readyz", timeout=PAGE_SECONDS)
        except requests.RequestException:
            sleep(0.1)
            continue
        if answer.ok:
            return
        said = answer.text
        sleep(1)
    said = said or log.read_text(errors="replace").strip()
    raise DrillError(f"The service does not start on the restored database: {said}")
