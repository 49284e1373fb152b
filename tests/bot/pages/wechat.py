"""A stand-in for WeChat's sign-in to pages, and the way a browser takes through it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlparse

from tests.bot.web import Browser
from tests.stand_in import Call, stand_in


@dataclass
class SignIn:
    """A stand-in for WeChat's exchange of codes, over HTTP at `root`. Each code answers once."""

    root: str = ""
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    away: bool = False  # takes the question and hangs up

    def forget(self) -> None:
        """As if just started."""
        self.answers.clear()
        self.asked.clear()
        self.away = False


@contextmanager
def exchange() -> Iterator[SignIn]:
    """It, running."""
    state = SignIn()

    def answer(call: Call) -> None:
        if state.away:
            return
        query = parse_qs(urlparse(call.path).query)
        state.asked.append(query)
        call.send_json(state.answers.pop(query["code"][0], {"errcode": 40163}))

    with stand_in(answer) as state.root:
        yield state


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
