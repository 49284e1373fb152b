"""No request makes the service fail, or holds a worker."""

import re
from time import thread_time

import pytest

from tests.bot.api.client import Client
from tests.bot.api.hostile import Sent, requests
from tests.bot.web import ROOT

CHINESE = re.compile("[一-鿿]")
START = {"facts": {}, "before": "yongjia-original"}
SECONDS = 0.1
"""Of the processor, at most, for one request once the rules are loaded."""


def slowest(client: Client, seed: int, count: int) -> tuple[float, Sent]:
    """Send them; what the slowest took."""
    found = []
    for name in ("estimate", "explain", "advice", "compare", "openapi.json", ""):  # loads the rules
        client.ask(name, None if name in ("", "openapi.json") else START)
    statuses: set[int] = set()
    for sent in requests(seed, count, client.key):
        began = thread_time()
        answer = client.client.open(
            sent.path,
            method=sent.method,
            headers=sent.headers,
            data=sent.body,
            base_url=ROOT,
        )
        found.append((thread_time() - began, sent))
        statuses.add(answer.status_code)
        assert answer.status_code < 500, sent
        if answer.status_code >= 400 and sent.method != "HEAD":
            assert answer.mimetype == "application/problem+json", sent
            assert answer.json["status"] == answer.status_code
            told = [one["detail"] for one in answer.json["errors"]]
            assert all(map(CHINESE.search, [answer.json["detail"], *told])), answer.json
    assert statuses >= {200, 400, 401, 404, 405, 413, 415, 422}
    return max(found, key=lambda one: one[0])


def test_three_hundred_hostile_requests(client: Client) -> None:
    seconds, sent = slowest(client, 1, 300)
    assert seconds < SECONDS, (seconds, sent)


@pytest.mark.soak
def test_ten_thousand_hostile_requests(client: Client) -> None:
    seconds, sent = slowest(client, 2, 10_000)
    assert seconds < SECONDS, (seconds, sent)
    print(f"the slowest took {seconds * 1000:.0f} ms: {sent.path} {sent.body[:80]!r}")
