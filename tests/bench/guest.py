"""What a shared account adds to the time of a message.

Two services side by side, one with another service in its account and one without, each asked in
turn: a message of ours at both, one of theirs through ours and directly at theirs.
"""

import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from bot import migrations
from bot.database import engine_for
from tests.bot.guest.mixed import Account, Sent
from tests.bot.guest.other import PATH, other_service
from tests.bot.serve.running import serve
from tests.bot.setting_up import environment_of, settings_for
from tests.bot.wechat.platform import ACCOUNT, xml

MESSAGES = 300


def message(said: str, number: int) -> Sent:
    """Of a person of its own, in safe mode."""
    about = {"ToUserName": ACCOUNT, "FromUserName": f"o{number:027d}"}
    created = str(int(time.time()))
    body = xml(**about, CreateTime=created, MsgType="text", Content=said, MsgId=time.time_ns())
    return Sent(body, "safe", "")


def measured(accounts: dict[str, tuple[Account, str]], messages: int) -> dict[str, list[float]]:
    """Milliseconds of each answer, by what was asked."""
    took: dict[str, list[float]] = {name: [] for name in accounts}
    for number in range(messages):
        for name, (account, said) in accounts.items():
            answered = account.deliver(message(said, number))
            assert answered.content not in (None, b"success"), name
            took[name].append(1000 * answered.seconds)
    return took


def main(messages: int = MESSAGES) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        alone, shared = (
            settings_for(Path(folder), database_url=f"sqlite:///{folder}/{name}.db")
            for name in ("alone", "shared")
        )
        for settings in (alone, shared):
            migrations.upgrade(engine_for(settings.database_url))
        log = Path(folder) / "log"
        with other_service(shared) as other:
            forward = environment_of(shared) | {"XINSHIMIN_FORWARD": other.address}
            with serve(environment_of(alone), log) as first, serve(forward, log) as second:
                ours, theirs = "测积分", "上班时间"
                accounts = {
                    "ours, alone": (Account(first.port, alone), ours),
                    "ours, shared": (Account(second.port, shared), ours),
                    "theirs, directly": (Account(other.port, shared, PATH), theirs),
                    "theirs, through ours": (Account(second.port, shared), theirs),
                }
                measured(accounts, 20)
                took = measured(accounts, messages)
    for name, each in took.items():
        print(f"{name}: median {median(each):.1f} ms, 19 of 20 in {quantiles(each, n=20)[-1]:.1f}")
    ratio = median(took["ours, shared"]) / median(took["ours, alone"])
    added = median(took["theirs, through ours"]) - median(took["theirs, directly"])
    print(f"ours: {ratio:.2f} times as long; theirs: {added:.1f} ms more")
