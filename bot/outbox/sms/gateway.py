"""The adapter that posts to the office's SMS gateway.

A gateway need not swallow a second message of the same key. So only what surely sent nothing is
tried again: no connection, or an answer that says so. After silence, a broken line, a 5xx or an
answer nobody understands the message may be out, and costs money: it is not sent again.
"""

import json
from collections.abc import Mapping
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from bot.outbox.answers import Answer, Impossible, Later, Sent, Unsure
from bot.outbox.sms.config import SECRET, Sms
from bot.outbox.wording import Notices
from bot.wechat.line import Line, has_left

TIMEOUT = (3.05, 6.0)  # seconds to connect, seconds to answer
CALL_SECONDS = 9.05  # for all of one call
BUSY = requests.codes.too_many_requests
REFUSED = range(400, 500)  # the gateway took nothing
LONGEST_RECEIPT = 32
LONGEST_ANSWER = 64 * 1024  # bytes; no gateway says more


class Gateway:
    """One call for each message, on a connection of its own: one left open from before breaks just
    when it is used, and then nobody knows whether the message is out."""

    repeatable = False

    def __init__(self, wording: Notices, secret: str) -> None:
        self._wording = wording
        self._sms: Sms = wording.sms
        self._secret = secret

    def prepare(self) -> Later | None:
        """Nothing is needed."""
        return None

    def send(self, key: str, to: str, kind: str, words: dict[str, str]) -> Answer:
        """Post one message."""
        blanks = self._wording.blanks(kind, words)
        blanks |= {"phone": to, "text": self._wording.text(kind, words), "key": key}
        try:
            status, answer = self._post(_Blanks(blanks, secret=self._secret))
        except (requests.RequestException, HTTPError, ValueError, AttributeError) as error:
            name = f"sms {type(error).__name__}"  # its text would name the address
            return Unsure(name) if has_left(error) else Later(name, all=True)
        if status == BUSY:
            return Later(f"sms {status}", all=True)
        if status in REFUSED:
            return Impossible(f"sms {status}")
        return self._meaning(status, answer)

    def _post(self, blanks: "_Blanks") -> tuple[int, Any]:
        body = {name: text.format_map(blanks) for name, text in self._sms.body.items()}
        headers = {name: text.format_map(blanks) for name, text in self._sms.headers.items()}
        sent: dict[str, Any] = {"json" if self._sms.encoding == "json" else "data": body}
        line = Line()
        with line.session() as session, line.at_most(CALL_SECONDS):
            session.trust_env = False  # no password of a .netrc goes along
            response = session.post(
                self._sms.url,
                headers={"Connection": "close"} | headers,
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
                **sent,
            )
            content = response.raw.read(LONGEST_ANSWER, decode_content=True)
        return response.status_code, _read(content)

    def _meaning(self, status: int, answer: Any) -> Answer:
        if status != requests.codes.ok or not isinstance(answer, dict):
            return Unsure(f"sms {status}")
        said = {name: _of(answer, name) for name in self._sms.success}
        if None in said.values():
            return Unsure("sms answer not understood")
        if said != self._sms.success:
            return Impossible(f"sms {' '.join(str(value) for value in said.values())}")
        receipt = _of(answer, self._sms.receipt) or "" if self._sms.receipt else ""
        return Sent(receipt[:LONGEST_RECEIPT])


class _Blanks(dict[str, str]):
    """What fills the blanks; words that a notice lacks are left out."""

    def __init__(self, words: Mapping[str, str], secret: str) -> None:
        super().__init__(words)
        self[SECRET] = secret

    def __missing__(self, key: str) -> str:
        return ""


def _read(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _of(answer: Mapping[str, Any], name: str) -> str | None:
    """A field of the answer as a text; dots lead into what it holds (`result.code`)."""
    value: Any = answer
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return None if value is None or isinstance(value, (dict, list)) else str(value)
