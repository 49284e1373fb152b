"""`xinshimin doctor`: looks at an installation from all sides, and says what to do.

What the running service asks itself (`bot.health`) is asked here too; besides, whatever shows only
from outside it: the name, the certificate, the proxy, WeChat.
"""

from collections.abc import Callable, Iterator
from contextlib import closing

from bot.doctor import account, address, running
from bot.doctor.verdict import Subject, Verdict

Check = Callable[[Subject], Iterator[Verdict]]

CHECKS: tuple[Check, ...] = (
    running.service,
    running.library,
    running.calendar,
    running.disk,
    address.reached,
    account.clock,
    account.reached,
)


def examine(subject: Subject) -> Iterator[Verdict]:
    """Everything, one after the other; what one check finds ends no other one."""
    with closing(subject):
        for check in CHECKS:
            yield from check(subject)
