"""`xinshimin doctor`: looks at an installation from all sides, and says what to do.

What the running service asks itself (`bot.health`) is asked here too; besides, whatever shows only
from outside it: the name, the certificate, the proxy, WeChat.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing

from sqlalchemy.exc import SQLAlchemyError

from bot.doctor import account, address, running
from bot.doctor.verdict import FIRST, Subject, Verdict, problem, unknown
from bot.settings import SettingsError
from scoring import RulesetError

Check = Callable[[Subject], Iterator[Verdict]]

CHECKS: Mapping[str, Check] = {  # by the first thing each looks at
    "service": running.service,
    "library": running.library,
    "calendar": running.calendar,
    "hours": running.hours,
    "disk": running.disk,
    "name": address.reached,
    "clock": account.clock,
    "token": account.reached,
}


def examine(subject: Subject) -> Iterator[Verdict]:
    """Everything, one after the other; what one check finds ends no other one."""
    with closing(subject):
        for name, check in CHECKS.items():
            yield from _tried(name, check, subject)


def _tried(name: str, check: Check, subject: Subject) -> Iterator[Verdict]:
    """What it says, and what hinders it."""
    try:
        yield from check(subject)
    except SQLAlchemyError:
        yield unknown(name, FIRST)
    except (SettingsError, RulesetError) as error:
        yield problem(name, str(error))
