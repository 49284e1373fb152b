import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import PrpCrypto

from bot.wechat.crypto import FrameError, decrypt, encrypt
from tests.bot.setting_up import AES_KEY, PREVIOUS_AES_KEY

APPID = "wx0123456789abcdef"
KEY = base64.b64decode(f"{AES_KEY}=")
PREVIOUS = base64.b64decode(f"{PREVIOUS_AES_KEY}=")


@given(st.binary(max_size=300))
def test_opens_what_it_sealed(message: bytes) -> None:
    assert decrypt(encrypt(message, APPID, KEY), APPID, [KEY]) == message


def test_agrees_with_wechatpy_both_ways() -> None:
    theirs = PrpCrypto(KEY).encrypt("<xml>大专</xml>", APPID).decode()
    assert decrypt(theirs, APPID, [KEY]).decode() == "<xml>大专</xml>"
    ours = encrypt("<xml>大专</xml>".encode(), APPID, KEY)
    assert PrpCrypto(KEY).decrypt(ours, APPID) == "<xml>大专</xml>"


def test_the_same_message_is_sealed_differently_each_time() -> None:
    assert encrypt(b"a", APPID, KEY) != encrypt(b"a", APPID, KEY)


def test_the_previous_key_still_opens() -> None:
    assert decrypt(encrypt(b"a", APPID, PREVIOUS), APPID, [KEY, PREVIOUS]) == b"a"


def test_a_frame_for_another_account_is_refused() -> None:
    with pytest.raises(FrameError, match="another appid"):
        decrypt(encrypt(b"a", "wxother", KEY), APPID, [KEY])


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "no base64!",
        "AAAA",
        base64.b64encode(bytes(16)).decode(),
        base64.b64encode(bytes(33)).decode(),
        base64.b64encode(bytes(64)).decode(),
        "汉字",
    ],
)
def test_a_damaged_frame_is_refused(frame: str) -> None:
    with pytest.raises(FrameError):
        decrypt(frame, APPID, [KEY])


@given(st.binary(min_size=1, max_size=12).map(lambda part: part * 32))
def test_no_garbage_raises_anything_else(garbage: bytes) -> None:
    with pytest.raises(FrameError):
        decrypt(base64.b64encode(garbage[: len(garbage) // 16 * 16]).decode(), APPID, [KEY])


def test_without_a_key_nothing_opens() -> None:
    with pytest.raises(FrameError, match="no key is set"):
        decrypt(encrypt(b"a", APPID, KEY), APPID, [])
