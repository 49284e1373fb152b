"""What a page costs: its bytes on the wire, compressed, and the processor's time for it, in which
no other program of the machine is counted."""

import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from time import thread_time
from typing import Any

from tests.bot.setting_up import service_for, settings_for
from tests.bot.web import FORM, Browser, signed_in, talked

TIMES = 60
MOST_BYTES, MOST_MS = 30_000, 50
PUBLIC = ("/", "/rules", "/rules/housing", "/changes", "/background", "/estimate", "/privacy")


class Unlimited:
    """Nobody asks for too much."""

    def wait(self, _key: str, _most: int) -> int:
        return 0


OWNER = "oBench-0001-openid"


def measured(ask: Callable[[], Any]) -> tuple[int, float, float]:
    """Bytes, median and 95th percentile in milliseconds."""
    answer = ask()
    assert answer.status_code in (200, 303), answer.status_code
    times = []
    for _ in range(TIMES):
        start = thread_time()
        ask()
        times.append((thread_time() - start) * 1000)
    cuts = quantiles(times, n=20)
    return len(gzip.compress(answer.get_data(), 6)), cuts[9], cuts[18]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = service_for(settings_for(Path(folder)))
        app.extensions["limits"] = Unlimited()
        talked(app.extensions["xinshimin"], OWNER)
        browser, owner = Browser(app), signed_in(app, OWNER)
        browser.get("/estimate")
        result = browser.post("/estimate", FORM).headers["Location"]
        pages: dict[str, Callable[[], Any]] = {}
        for path in PUBLIC:
            pages[path] = lambda path=path: browser.get(path)
        pages["/estimate, form sent"] = lambda: browser.post("/estimate", FORM)
        for beside in ("", "/edit", "/change/education", "/what-if?if=owned_home.yes"):
            pages[f"/result/…{beside}"] = lambda beside=beside: browser.get(result + beside)
        for path in ("/sheet", "/sheet/change/education", "/sheet/what-if?by=2028-01-01"):
            pages[path] = lambda path=path: owner.get(path)
        print(f"{'page':36}{'bytes':>8}{'median ms':>11}{'p95 ms':>8}")
        for name, ask in pages.items():
            size, middle, slow = measured(ask)
            over = " over" if size > MOST_BYTES or slow > MOST_MS else ""
            print(f"{name:36}{size:8}{middle:11.1f}{slow:8.1f}{over}")
