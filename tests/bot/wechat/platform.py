"""The platform's side for tests, built on wechatpy's signer and cipher: an implementation that is
not ours, so that both must agree with the platform's documentation."""

import itertools
from dataclasses import dataclass, field
from xml.etree import ElementTree
from zlib import crc32

from flask.testing import FlaskClient
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner
from werkzeug.test import TestResponse

from bot.settings import Settings

ACCOUNT = "gh_0123456789ab"
MODES = ("plain", "compat", "safe")


def signature(*parts: str) -> str:
    """As wechatpy computes it."""
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def address(token: str, timestamp: int | str, body: bytes) -> dict[str, str]:
    """A signed address, of its own for every body: a repeated delivery repeats it."""
    stamp, nonce = str(timestamp), str(crc32(body))
    return {"timestamp": stamp, "nonce": nonce, "signature": signature(token, stamp, nonce)}


def xml(**fields: object) -> str:
    """A message body; values as CDATA, numbers as they are."""
    children = (
        f"<{name}>{value if isinstance(value, int) else f'<![CDATA[{value}]]>'}</{name}>"
        for name, value in fields.items()
    )
    return f"<xml>{''.join(children)}</xml>"


@dataclass
class Platform:
    """WeChat for one service; messages are numbered by themselves."""

    client: FlaskClient
    settings: Settings
    now: int
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(10**15))

    def query(self, body: bytes = b"", **changes: str) -> dict[str, str]:
        """The address for a body; `changes` spoil it."""
        return address(self.settings.wechat_token, self.now, body) | changes

    def post(self, body: bytes | str, mode: str = "plain", **changes: str) -> TestResponse:
        """Deliver a body in one of the three modes; `changes` spoil the address."""
        query, content = self.request(body, mode)
        return self.client.post("/wechat", query_string=query | changes, data=content)

    def request(self, body: bytes | str, mode: str) -> tuple[dict[str, str], bytes]:
        """The address and the content of a delivery in one of the three modes."""
        content = body.encode() if isinstance(body, str) else body
        query = self.query(content)
        if mode != "plain":
            clear = content.decode() if mode == "compat" else ""
            content, signed = self.sealed(body, clear, query["nonce"])
            query |= {"encrypt_type": "aes", "msg_signature": signed}
        return query, content

    def sealed(
        self, body: bytes | str, clear: str = "", nonce: str = "1320562132"
    ) -> tuple[bytes, str]:
        """The body encrypted, with its signature; `clear` stands beside it in compat mode."""
        text = body if isinstance(body, str) else body.decode()
        outer = ElementTree.fromstring(self.cipher.encrypt_message(text, nonce, self.now))
        frame, signed = outer.findtext("Encrypt"), outer.findtext("MsgSignature")
        beside = clear.removeprefix("<xml>").removesuffix("</xml>")
        return f"<xml>{beside}<Encrypt><![CDATA[{frame}]]></Encrypt></xml>".encode(), str(signed)

    @property
    def cipher(self) -> WeChatCrypto:
        """wechatpy's safe mode with the current key."""
        settings = self.settings
        return WeChatCrypto(settings.wechat_token, settings.wechat_aes_key, settings.wechat_appid)

    def opened(self, response: TestResponse, mode: str = "plain") -> dict[str, str]:
        """The children of the reply; {} for success."""
        assert response.status_code == 200
        if response.data == b"success":
            return {}
        root = ElementTree.fromstring(response.data)
        if mode != "plain":
            text = {child.tag: child.text or "" for child in root}
            inner = self.cipher.decrypt_message(
                response.data, text["MsgSignature"], text["TimeStamp"], text["Nonce"]
            )
            root = ElementTree.fromstring(inner)
        return {child.tag: child.text or "" for child in root}

    def text(self, person: str, text: str, **fields: object) -> str:
        """A text message, written now."""
        common = {"ToUserName": ACCOUNT, "FromUserName": person, "CreateTime": self.now}
        number = {"MsgType": "text", "Content": text, "MsgId": next(self.numbers)}
        return xml(**common | number | fields)

    def say(self, person: str, text: str, mode: str = "plain", **fields: object) -> str:
        """The reply to a text message."""
        return self.reply(self.text(person, text, **fields), mode)

    def reply(self, body: str, mode: str = "plain") -> str:
        """The text of the reply to a body; "" for success."""
        return self.opened(self.post(body, mode), mode).get("Content", "")

    def event(self, person: str, event: str, mode: str = "plain", **fields: object) -> str:
        """The reply to an event."""
        common = {"ToUserName": ACCOUNT, "FromUserName": person, "CreateTime": self.now}
        return self.reply(xml(**common | {"MsgType": "event", "Event": event} | fields), mode)
