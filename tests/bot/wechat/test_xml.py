from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wechat.xml import UnreadableError, cdata, read, text_reply
from dialogs.rendering import LIMIT, cut

BOMB = b"""<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]><xml><Content>&c;</Content></xml>"""
OUTSIDE = (
    b"""<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Content>&f;</Content></xml>"""
)


def test_reads_the_children_of_the_root() -> None:
    body = "<xml><A><![CDATA[ 大专 ]]></A><B>7</B><C/></xml>".encode()
    assert read(body) == {"A": "大专", "B": "7", "C": ""}


def test_control_characters_that_people_paste_are_dropped() -> None:
    assert read(b"<xml><A>\x00a\x08b\xef\xbf\xbe</A></xml>") == {"A": "ab"}


def test_repeated_children_become_a_list_and_nested_ones_a_tree() -> None:
    body = b"<xml><E><List><T>1</T></List><List><T>2</T></List><List><T>3</T></List></E></xml>"
    assert read(body) == {"E": {"List": [{"T": "1"}, {"T": "2"}, {"T": "3"}]}}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"success",
        b"<xml>",
        b"<xml></xml>",
        b"<xml>text</xml>",
        b"<html><A>1</A></html>",
        b"<xml><A>\xff\xfe</A></xml>",
        '<?xml version="1.0" encoding="GBK"?><xml><A>大专</A></xml>'.encode("gbk"),
        b'<?xml version="1.0" encoding="nonsense"?><xml><A>1</A></xml>',
        b"<xml>" + b"<A>" * 5000 + b"</A>" * 5000 + b"</xml>",
        BOMB,
        OUTSIDE,
        b'{"ToUserName": "a"}',
    ],
)
def test_refuses_what_is_no_message(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(body)


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(body: bytes) -> None:
    try:
        read(b"<xml><A>" + body + b"</A></xml>")
    except UnreadableError:
        return


@given(st.text(st.characters(codec=None), max_size=80))
def test_a_text_never_becomes_markup(text: str) -> None:
    root = ElementTree.fromstring(f"<xml>{cdata(text)}</xml>".encode())
    assert not list(root)


def test_the_end_of_a_section_in_a_text_stays_text() -> None:
    text = "a]]><Content>forged</Content><![CDATA[b"
    assert ElementTree.fromstring(f"<xml>{cdata(text)}</xml>").text == text


@given(st.text(max_size=3000))
def test_every_reply_is_xml_and_short_enough(text: str) -> None:
    reply = text_reply("o1", "gh_1", 1, text)
    content = ElementTree.fromstring(reply.encode()).findtext("Content")
    assert content is not None
    assert len(content.encode()) <= LIMIT


def test_a_long_reply_is_cut_between_lines() -> None:
    text = "\n".join(f'<a href="https://jf.example.cn/{number}">链接</a>' for number in range(99))
    kept = cut(text)
    assert len(kept.encode()) <= LIMIT
    assert text.startswith(kept.removesuffix("…"))
    assert kept.endswith("</a>…")
