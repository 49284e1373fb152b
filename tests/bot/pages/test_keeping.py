"""What a browser may keep, and how many bytes it needs otherwise."""

import gzip

import pytest
from flask import Flask

GZIP = {"Accept-Encoding": "gzip, br"}


def test_a_public_page_is_not_sent_again_while_it_is_the_same(app: Flask) -> None:
    browser = app.test_client()
    first = browser.get("/rules", headers=GZIP)
    again = browser.get("/rules", headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    browser.get("/letters/large")
    other = browser.get("/rules", headers={**GZIP, "If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("path", ["/changes", "/estimate", "/static/site.css"])
def test_text_is_compressed_for_who_takes_it(app: Flask, path: str) -> None:
    browser = app.test_client()
    plain, small = browser.get(path), browser.get(path, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert len(small.data) == int(small.headers["Content-Length"]) < len(plain.data) / 2
    if "static" in path:
        assert gzip.decompress(small.data) == plain.data
    refused = browser.get(path, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_the_length_of_a_page_with_a_token_tells_nothing(app: Flask) -> None:
    browser = app.test_client()
    lengths = {len(browser.get("/estimate", headers=GZIP).data) for _ in range(12)}
    assert max(lengths) - min(lengths) > 10  # the token alone makes a byte or two
