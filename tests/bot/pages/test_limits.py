"""How much of the pages one person, and one address, may ask for."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Request

from bot import busy, crowd
from bot.crowd import AT_ONCE, IN_LINE, Crowd
from bot.pages import limits
from bot.pages.limits import Counts, Rate, network
from bot.serve.parts import PAGE_THREADS
from tests.bot.web import Browser, signed_in

FEW = Rate(browser=3, address=6)


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PAGES", "FORMS", "SIGN_INS"):
        monkeypatch.setattr(limits, name, FEW)


def codes(asked: Callable[[], int], times: int) -> list[int]:
    return [asked() for _ in range(times)]


def test_one_too_many_of_an_address_is_told_kindly_when_to_come_back(app: Flask) -> None:
    def visit(address: str) -> int:
        return int(Browser(app, address).get("/rules").status_code)

    assert codes(lambda: visit("192.0.2.1"), 7) == [200] * 6 + [429]
    refused = Browser(app, "192.0.2.1").get("/privacy")
    assert "请慢一点" in refused.get_data(as_text=True)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["Cache-Control"] == "no-store"
    assert visit("192.0.2.2") == 200


def test_a_subscriber_of_ipv6_counts_as_one(app: Flask) -> None:
    def visit(address: str) -> int:
        return int(Browser(app, address).get("/rules").status_code)

    assert [visit(f"2001:db8:1:2::{number}") for number in range(1, 8)] == [200] * 6 + [429]
    assert visit("2001:db8:1:3::1") == 200


def test_a_browser_is_counted_by_its_cookie_wherever_it_is(app: Flask) -> None:
    browser = Browser(app)
    browser.get("/estimate")  # gives the cookie
    for number in range(3):
        browser.address = f"192.0.2.{number}"
        assert browser.get("/rules").status_code == 200
    browser.address = "192.0.2.9"
    assert browser.get("/rules").status_code == 429
    assert Browser(app, "192.0.2.9").get("/rules").status_code == 200


def test_who_is_signed_in_does_not_suffer_from_their_neighbours(app: Flask) -> None:
    me = signed_in(app, "oMe-0001-openid")
    while Browser(app).get("/rules").status_code != 429:
        pass
    assert codes(lambda: me.get("/rules").status_code, 4) == [200, 200, 200, 429]


def test_who_asks_for_too_much_does_not_use_up_the_address_of_others(app: Flask) -> None:
    greedy = Browser(app)
    greedy.get("/estimate")
    codes(lambda: greedy.get("/rules").status_code, 20)
    assert Browser(app).get("/rules").status_code == 200


def test_many_cookies_from_one_address_are_one_address(app: Flask) -> None:
    def visit() -> int:
        return int(Browser(app).get("/estimate").status_code)

    assert codes(visit, 7) == [200] * 6 + [429]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_whatever_only_looks_is_a_page(app: Flask, method: str) -> None:
    client = app.test_client()
    assert codes(lambda: client.open("/rules", method=method).status_code, 7) == [200] * 6 + [429]


def test_forms_and_sign_ins_are_counted_for_themselves(app: Flask) -> None:
    browser = Browser(app)
    browser.get("/estimate")
    sent = codes(lambda: browser.post("/estimate", {"permit": "none"}).status_code, 4)
    assert sent == [303, 303, 303, 429]
    asked = codes(lambda: browser.get("/oauth?code=c&state=s").status_code, 4)
    assert asked == [403, 403, 403, 429]
    assert browser.get("/estimate").status_code == 200


def test_the_chat_and_what_looks_after_the_service_are_not_counted(app: Flask) -> None:
    browser = Browser(app)
    while browser.get("/rules").status_code != 429:
        pass
    for path in ("/healthz", "/readyz", "/wechat", "/static/site.css"):
        assert 429 not in codes(lambda p=path: browser.get(p).status_code, 10)  # type: ignore[misc]


def test_a_window_ends_and_counts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(limits, "monotonic", lambda: now[0])
    monkeypatch.setattr(limits, "MOST_KEYS", 5)
    counts = Counts()
    assert [counts.wait("a", 2) for _ in range(3)] == [0, 0, 60]
    now[0] += 59
    assert counts.wait("a", 2) == 1
    now[0] += 1
    assert counts.wait("a", 2) == 0
    for number in range(50):
        counts.wait(str(number), 2)
    assert len(counts._windows) == 5


def test_many_threads_count_right() -> None:
    counts, allowed = Counts(), []

    def ask() -> None:
        allowed.extend(counts.wait("a", 100) == 0 for _ in range(50))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(allowed) == 100


def test_what_is_no_address_is_none() -> None:
    assert network("unix") == ""
    assert network("fe80::1%eth0") == "fe80::"


# Too many at once.


class Slow:
    """Pages that are made until they are let go."""

    def __init__(self) -> None:
        self.go, self.made = threading.Event(), 0
        self.app = Crowd(self._page)

    def _page(self, _environ: object, start_response: Callable[..., object]) -> list[bytes]:
        self.made += 1
        self.go.wait(10)
        start_response("200 OK", [])
        return [b"x"]

    def asked(self, path: str = "/x", method: str = "GET") -> tuple[bytes, str, dict[str, str]]:
        environ = Request.from_values(path, method=method).environ
        body, status, headers = run_wsgi_app(self.app, environ)
        return b"".join(body), status, dict(headers)


@pytest.fixture
def slow() -> Iterator[Slow]:
    made = Slow()
    yield made
    made.go.set()


def full(slow: Slow) -> list[threading.Thread]:
    threads = [threading.Thread(target=slow.asked) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    while slow.made < AT_ONCE:
        time.sleep(0.01)
    return threads


def test_one_too_many_waits_a_moment_and_is_asked_to_come_back(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "PATIENCE", 0.1)
    threads = full(slow)
    body, status, headers = slow.asked()
    assert (status, headers["Retry-After"]) == (busy.STATUS, "5")
    assert "请过几秒钟再打开一次" in body.decode()
    assert slow.asked(method="HEAD")[0] == b""
    slow.go.set()
    for thread in threads:
        thread.join()
    assert slow.asked()[1] == "200 OK"


def test_who_waits_gets_the_place_that_becomes_free(slow: Slow) -> None:
    threads = full(slow)
    threading.Timer(0.1, slow.go.set).start()
    assert slow.asked()[1] == "200 OK"
    for thread in threads:
        thread.join()


def test_the_line_is_short_and_probes_need_no_place(slow: Slow) -> None:
    threads = full(slow)
    waiting = [threading.Thread(target=slow.asked) for _ in range(IN_LINE)]
    for thread in waiting:
        thread.start()
    time.sleep(0.1)
    start = time.monotonic()
    assert slow.asked()[1] == busy.STATUS
    assert time.monotonic() - start < 1
    threading.Timer(0.1, slow.go.set).start()
    assert slow.asked("/healthz")[1] == "200 OK"
    for thread in threads + waiting:
        thread.join()


def test_a_page_that_fails_gives_its_place_back() -> None:
    def failing(*_: object) -> list[bytes]:
        raise ZeroDivisionError

    app = Crowd(failing)
    for _ in range(AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError):
            run_wsgi_app(app, Request.from_values("/x").environ)


def test_threads_are_left_for_those_who_are_sent_away() -> None:
    assert AT_ONCE + IN_LINE < PAGE_THREADS
