"""Safe mode: AES-256-CBC frames of the platform.

A frame is 16 random bytes, the length of the message in four bytes, the message, and the appid;
padded to 32 bytes; the first half of the key is the initial vector. (Platform documentation,
"消息加解密说明".)
"""

import base64
import binascii
import secrets
import struct
from collections.abc import Iterable
from hmac import compare_digest

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

AES_BLOCK = 16
BLOCK = 32  # what the platform pads to
SALT = 16
LENGTH = struct.Struct(">I")


class FrameError(Exception):
    """A frame that none of our keys opens, or that is meant for another account."""


def encrypt(message: bytes, appid: str, key: bytes) -> str:
    """The message as a frame, in base64."""
    frame = secrets.token_bytes(SALT) + LENGTH.pack(len(message)) + message + appid.encode()
    padding = BLOCK - len(frame) % BLOCK
    encryptor = _cipher(key).encryptor()
    sealed = encryptor.update(frame + bytes([padding]) * padding) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def decrypt(frame: str, appid: str, keys: Iterable[bytes]) -> bytes:
    """The message of a frame, opened with the first key that fits.

    Raises:
        FrameError: no key fits, the frame is damaged, or it is for another appid.
    """
    try:
        sealed = base64.b64decode(frame, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FrameError("the frame is no base64") from error
    if not sealed or len(sealed) % AES_BLOCK:
        raise FrameError("the frame has a broken length")
    problem = "no key is set"
    for key in keys:
        decryptor = _cipher(key).decryptor()
        try:
            return _message(decryptor.update(sealed) + decryptor.finalize(), appid)
        except FrameError as error:
            problem = str(error)
    raise FrameError(problem)


def _cipher(key: bytes) -> Cipher[modes.CBC]:
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def _message(frame: bytes, appid: str) -> bytes:
    padding = frame[-1]
    if not 1 <= padding <= BLOCK or frame[-padding:] != bytes([padding]) * padding:
        raise FrameError("the padding is wrong: another key, or a damaged frame")
    content = frame[SALT:-padding]
    if len(content) < LENGTH.size:
        raise FrameError("the frame is too short")
    end = LENGTH.size + LENGTH.unpack_from(content)[0]
    if not compare_digest(content[end:], appid.encode()):
        raise FrameError("the frame is for another appid")
    return content[LENGTH.size : end]
