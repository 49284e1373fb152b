"""From an HTTP request to the message inside, and the way back, in the three modes.

Plain mode signs the address only, and the signature stays right when timestamp and nonce change
places, so an address is good for one message only (`address_of`). Compat and safe mode also sign
the encrypted part of the body; then only that part counts, with the time that is written in it,
whatever stands beside it in the clear.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from bot.settings import SAFE, Settings
from bot.wechat import crypto, xml
from bot.wechat.signature import genuine, sign

LARGEST_BODY = 65_536  # bytes; the longest real messages have some two thousand


class ForgedError(Exception):
    """Not signed by the platform, or signed too long ago."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """How a message came, for the reply to go back the same way."""

    encrypted: bool
    timestamp: str
    nonce: str

    def seal(self, reply: str, settings: Settings) -> str:
        """The reply's XML as this envelope wants it."""
        if not self.encrypted:
            return reply
        frame = crypto.encrypt(reply.encode(), settings.wechat_appid, settings.aes_keys[0])
        signature = sign(settings.wechat_token, self.timestamp, self.nonce, frame)
        return (
            f"<xml><Encrypt><![CDATA[{frame}]]></Encrypt>"
            f"<MsgSignature><![CDATA[{signature}]]></MsgSignature>"
            f"<TimeStamp>{xml.cdata(self.timestamp)}</TimeStamp>"
            f"<Nonce>{xml.cdata(self.nonce)}</Nonce></xml>"
        )


def check_address(query: Mapping[str, str], settings: Settings, at: float | None = None) -> None:
    """Check that the platform signed this address, at about this time.

    Raises:
        ForgedError: it did not, or its timestamp is out of bounds.
    """
    timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    if not genuine(query.get("signature", ""), settings.wechat_token, timestamp, nonce):
        raise ForgedError("the signature is wrong")
    _check_time(timestamp, settings, at)


def address_of(query: Mapping[str, str], settings: Settings) -> str | None:
    """What stands for a signed address that proves nothing of its body: the signature, the same
    however its parts are put. None in safe mode, where every message proves itself."""
    if settings.wechat_mode == SAFE:
        return None
    return sign(settings.wechat_token, query.get("timestamp", ""), query.get("nonce", ""))


def open_body(
    query: Mapping[str, str], body: bytes, settings: Settings, at: float | None = None
) -> tuple[Envelope, xml.Tree]:
    """The envelope and the tree of the message.

    Raises:
        ForgedError: wrongly signed, too old, or in the clear where safe mode is demanded.
        UnreadableError, FrameError: signed by the platform, but no message we can read.
    """
    timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    encrypted = query.get("encrypt_type", "raw").lower() == "aes"
    if not encrypted:
        if settings.wechat_mode == SAFE:
            raise ForgedError("not encrypted, but safe mode is demanded")
        check_address(query, settings, at)
        return Envelope(False, timestamp, nonce), xml.read(_bounded(body))
    try:
        outer = xml.read(_bounded(body))
        frame = outer.get("Encrypt")
        if not isinstance(frame, str):
            raise xml.UnreadableError("nothing encrypted inside")
    except xml.UnreadableError:
        check_address(query, settings, at)  # all that is left to tell a broken body from a forged
        raise
    if not genuine(query.get("msg_signature", ""), settings.wechat_token, timestamp, nonce, frame):
        raise ForgedError("the message's signature is wrong")
    tree = xml.read(crypto.decrypt(frame, settings.wechat_appid, settings.aes_keys))
    created = tree.get("CreateTime")
    if not isinstance(created, str):
        raise xml.UnreadableError("it does not say when it was written")
    _check_time(created, settings, at)
    return Envelope(True, timestamp, nonce), tree


def _check_time(timestamp: str, settings: Settings, at: float | None) -> None:
    """A copied message stays good for so long only; its receipt is kept for longer than that."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise ForgedError("the timestamp is no time")
    if abs((time.time() if at is None else at) - int(timestamp)) > settings.wechat_skew_seconds:
        raise ForgedError("the timestamp is out of bounds")


def _bounded(body: bytes) -> bytes:
    if len(body) > LARGEST_BODY:
        raise xml.UnreadableError(f"larger than {LARGEST_BODY} bytes")
    return body
