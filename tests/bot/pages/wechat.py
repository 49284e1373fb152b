"""A stand-in for WeChat's sign-in to pages, and the way a browser takes through it."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlparse

from tests.bot.web import Browser


class SignIn:
    """A stand-in for WeChat's exchange of codes, over HTTP. Each code answers once."""

    def __init__(self) -> None:
        self.answers: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, list[str]]] = []
        self.away = False  # takes the question and hangs up
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if outer.away:
                    return
                query = parse_qs(urlparse(self.path).query)
                outer.asked.append(query)
                known = outer.answers.pop(query["code"][0], {"errcode": 40163})
                body = json.dumps(known).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def forget(self) -> None:
        """As if just started."""
        self.answers.clear()
        self.asked.clear()
        self.away = False

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


def state_of(answer: Any) -> str:
    target = urlparse(answer.headers["Location"])
    assert target.hostname == "open.weixin.qq.com"
    query = parse_qs(target.query)
    assert query["scope"] == ["snsapi_base"]
    assert query["redirect_uri"] == ["https://jf.example.cn/oauth"]
    assert target.fragment == "wechat_redirect"
    return query["state"][0]


def sign_in(browser: Browser, wechat: SignIn, path: str, person: str) -> Any:
    """Open a personal page as `person`: there, to WeChat, back, and on to the page."""
    state = state_of(browser.get(path))
    wechat.answers["code-1"] = {"openid": person, "scope": "snsapi_base"}
    back = browser.get(f"/oauth?code=code-1&state={state}")
    assert back.status_code == 302
    assert back.headers["Location"] == path
    return browser.get(back.headers["Location"])
