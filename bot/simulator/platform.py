"""WeChat's side of the callback: writes the XML, signs it, posts it, reads the reply."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import requests

from bot.clock import Clock
from bot.settings import Settings
from bot.wechat import crypto, xml
from bot.wechat.signature import sign

ACCOUNT = "gh_county_demo"
DELIVERIES = 3
SECONDS = 5.0

Fields = Mapping[str, object]  # texts, or fields again


class OutOfServiceError(Exception):
    """Three deliveries without a usable answer: WeChat says that the service is faulty."""


@dataclass(frozen=True)
class Platform:
    """WeChat, as one service sees it."""

    settings: Settings
    callback: str  # address of /wechat
    clock: Clock
    safe: bool = True  # encrypted, or plain

    def deliver(self, person: str, fields: Fields) -> str | None:
        """Post a message and give back the text of the reply; None if nothing was said.

        Raises:
            OutOfServiceError: see there.
        """
        message = _message(person, fields, self._seconds)
        for _ in range(DELIVERIES):
            try:
                answer = self._post(message)
            except requests.RequestException:
                continue
            if answer.status_code == requests.codes.ok:
                return self._text(answer.content)
        raise OutOfServiceError

    def _post(self, message: str) -> requests.Response:
        token = self.settings.wechat_token
        timestamp, nonce = self._seconds, secrets.token_hex(5)
        query = {"timestamp": timestamp, "nonce": nonce, "signature": sign(token, timestamp, nonce)}
        if self.safe:
            frame = crypto.encrypt(message.encode(), self.settings.wechat_appid, self._key)
            query |= {"encrypt_type": "aes", "msg_signature": sign(token, timestamp, nonce, frame)}
            to = xml.cdata(ACCOUNT)
            message = (
                f"<xml><ToUserName>{to}</ToUserName><Encrypt>{xml.cdata(frame)}</Encrypt></xml>"
            )
        return requests.post(self.callback, params=query, data=message.encode(), timeout=SECONDS)

    def _text(self, body: bytes) -> str | None:
        if body in {b"", b"success"}:
            return None
        tree = xml.read(body)
        frame = tree.get("Encrypt")
        if isinstance(frame, str):
            tree = xml.read(crypto.decrypt(frame, self.settings.wechat_appid, [self._key]))
        content = tree.get("Content")
        return content if isinstance(content, str) else None

    @property
    def _seconds(self) -> str:
        return str(int(self.clock().timestamp()))

    @property
    def _key(self) -> bytes:
        return base64.b64decode(f"{self.settings.wechat_aes_key}=")


def _message(person: str, fields: Fields, created: str) -> str:
    """A message as WeChat writes it; events have no number."""
    common = {
        "ToUserName": ACCOUNT,
        "FromUserName": person,
        "CreateTime": created,
    }
    if fields["MsgType"] != "event":
        common["MsgId"] = str(secrets.randbelow(10**16) + 10**16)
    return _element("xml", {**common, **fields})


def _element(name: str, value: object) -> str:
    if not isinstance(value, Mapping):
        return f"<{name}>{xml.cdata(str(value))}</{name}>"
    return f"<{name}>{''.join(_element(*child) for child in value.items())}</{name}>"
