"""More than two hundred bodies that no decent platform would send: (name, body)."""

import itertools
import random
from collections.abc import Iterator

from tests.bot.wechat.platform import ACCOUNT, xml

WRITTEN = 1795399200  # tests.bot.setting_up.NOW
GOOD = xml(
    ToUserName=ACCOUNT,
    FromUserName="o1",
    CreateTime=WRITTEN,
    MsgType="text",
    Content="大专",
    MsgId=24711886000000001,
)
ENTITIES = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
FILE = '<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
TEXTS = [
    "]]>",
    "]]]]>",
    "]]]]><![CDATA[>",
    "]]><Content>forged</Content><![CDATA[",
    "<xml>",
    "</xml>",
    "&lt;&amp;&#x41;",
    "\t\n\r",
    "\u200b\u202e\ufeff",
    "💩" * 500,
    "a" * 5000,
    "'; DROP TABLE conversations; --",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "%s%n%x",
    "../../etc/passwd",
    "\\u0000",
    "９９９９９９９９９９９９",
    "0" * 1000,
    "1e309",
    "-1",
    "٣٤",
    "一" * 600,
    "年" * 600,
    "(" * 600,
    "3年" * 300,
    "1 " * 600,
]


def bodies() -> Iterator[tuple[str, bytes]]:
    """All of them; the same ones in every run."""
    for name, made in (
        ("truncated", truncated()),
        ("flipped", flipped()),
        ("foreign", foreign()),
        ("missing", missing()),
        ("text", said()),
        ("event", events()),
        ("ids", strange_ids()),
    ):
        for number, body in enumerate(made):
            yield f"{name}-{number}", body


def truncated() -> Iterator[bytes]:
    """Cut off at every seventh byte."""
    good = GOOD.encode()
    yield from (good[:end] for end in range(0, len(good), 7))


def flipped() -> Iterator[bytes]:
    """One byte changed, at sixty places."""
    chance = random.Random(20261123)
    for _ in range(60):
        body = bytearray(GOOD.encode())
        body[chance.randrange(len(body))] = chance.randrange(256)
        yield bytes(body)


def foreign() -> Iterator[bytes]:
    """Another format, encoding, root or size."""
    yield from (
        b"",
        b" ",
        b"success",
        b"null",
        b"[]",
        b"{}",
        b"\x00",
        b"\xff" * 100,
        b"<",
        b"<xml/>",
    )
    yield GOOD.replace("xml>", "html>").encode()
    yield GOOD.replace("<xml>", '<xml xmlns="urn:x">').encode()
    yield f'<?xml version="1.0" encoding="GBK"?>{GOOD}'.encode("gbk")
    yield GOOD.encode("gbk")
    yield GOOD.encode("utf-16")
    yield GOOD.encode("utf-8-sig")
    yield f'<?xml version="1.0" encoding="utf-7"?>{GOOD}'.encode()
    yield f'<!DOCTYPE xml [<!ENTITY e0 "ha">{ENTITIES}]><xml><Content>&e9;</Content></xml>'.encode()
    yield f"{FILE}{GOOD.replace('<![CDATA[大专]]>', '&f;')}".encode()
    yield xml(Content="x" * 1_000_000).encode()
    yield GOOD.replace("大专", "专" * 350_000).encode()
    yield b"<xml>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</xml>"
    yield b"<xml>" + b"<a/>" * 15_000 + b"</xml>"
    attributes = " ".join(f"a{number}='1'" for number in range(5000))
    yield f"<xml {attributes}></xml>".encode()
    yield GOOD.encode() * 2
    yield GOOD.encode() + b"trailing"
    yield b"MsgType=text&Content=a&FromUserName=o1"
    yield b'{"MsgType": "text", "FromUserName": "o1"}'


def missing() -> Iterator[bytes]:
    """Every way to leave out one or two children."""
    fields = {
        "ToUserName": ACCOUNT,
        "FromUserName": "o1",
        "CreateTime": WRITTEN,
        "MsgType": "text",
        "Content": "a",
        "MsgId": 1,
    }
    for size in (1, 2):
        for absent in itertools.combinations(fields, size):
            yield xml(**{key: value for key, value in fields.items() if key not in absent}).encode()
    for name in fields:
        yield xml(**fields | {name: ""}).encode()
        yield GOOD.replace(f"<{name}>", f"<{name}><b>1</b>").encode()
        yield (GOOD.removesuffix("</xml>") + f"<{name}>again</{name}></xml>").encode()


def said() -> Iterator[bytes]:
    """Texts that try to become something else."""
    for number, text in enumerate(TEXTS):
        content = text.replace("]]>", "]]]]><![CDATA[>")
        common = {"ToUserName": ACCOUNT, "FromUserName": "o1", "CreateTime": WRITTEN}
        yield xml(**common, MsgType="text", Content=content, MsgId=number).encode()
        tapped = {"bizmsgmenuid": content, "MsgId": 1000 + number}
        yield xml(**common, MsgType="text", Content="a", **tapped).encode()


def events() -> Iterator[bytes]:
    """Events unknown, unnamed, or with keys of the wrong kind."""
    common = {
        "ToUserName": ACCOUNT,
        "FromUserName": "o1",
        "CreateTime": WRITTEN,
        "MsgType": "event",
    }
    yield xml(**common).encode()
    for event in ("", "never", "SUBSCRIBE", "CLICK", "SCAN", "subscribe", "e" * 500, "event"):
        yield xml(**common, Event=event).encode()
        yield xml(**common, Event=event, EventKey="k" * 3000).encode()
    yield (
        xml(**common, Event="CLICK")
        .replace("</xml>", "<EventKey><a>1</a></EventKey></xml>")
        .encode()
    )
    yield xml(**common, Event="user_authorization_revoke", OpenID="").encode()


def strange_ids() -> Iterator[bytes]:
    """Numbers and names out of all bounds."""
    for number in ("0", "-1", "1e9", "9" * 400, "abc", "１２", " "):
        yield GOOD.replace("24711886000000001", number).encode()
        yield GOOD.replace(str(WRITTEN), number).encode()
    for person in ("o" * 128, "o" * 129, "o" * 5000, "名", "o1\n", "o'1", '"><a>', "%00"):
        yield GOOD.replace("[o1]", f"[{person}]").encode()
    for kind in ("TEXT", "event", "device_text", "t" * 300, "💬"):
        yield GOOD.replace("[text]", f"[{kind}]").encode()
