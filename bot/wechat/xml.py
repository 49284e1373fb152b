"""The platform's XML, read without trust and written so that no text can become markup."""

import re
from xml.parsers import expat

from dialogs.rendering import cut

DEEPEST = 8
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")  # in UTF-8
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Tree = dict[str, "str | Tree | list[str | Tree]"]


class UnreadableError(Exception):
    """The body is not the XML of a message."""


def read(body: bytes) -> Tree:
    """The children of the root `<xml>`. Repeated children become a list.

    Raises:
        UnreadableError: no XML, another root, a document type, or nested too deeply.
    """
    try:
        return _parse(body)
    except UnreadableError:
        # People paste control characters, and the platform passes them on though XML forbids them.
        cleaned = CONTROLS.sub(b"", body)
        if cleaned == body:
            raise
        return _parse(cleaned)


def _parse(body: bytes) -> Tree:
    reader = _Reader()
    try:
        reader.parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableError(str(error)) from error
    if not isinstance(reader.tree, dict):
        raise UnreadableError("the root is empty")
    return reader.tree


class _Reader:
    """Builds a `Tree` from the parser's calls."""

    def __init__(self) -> None:
        self.tree: str | Tree = ""
        self.open: list[tuple[str, Tree, list[str]]] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def refuse(self, *_: object) -> None:
        raise UnreadableError("a document type is not allowed")  # entity bombs start with one

    def start(self, name: str, _attributes: object) -> None:
        if not self.open and name != "xml":
            raise UnreadableError("the root is not <xml>")
        if len(self.open) == DEEPEST:
            raise UnreadableError("nested too deeply")
        self.open.append((name, {}, []))

    def text(self, data: str) -> None:
        self.open[-1][2].append(data)

    def end(self, _name: str) -> None:
        name, children, text = self.open.pop()
        value: str | Tree = children or "".join(text).strip()
        if not self.open:
            self.tree = value
            return
        siblings = self.open[-1][1]
        known = siblings.get(name)
        if known is None:
            siblings[name] = value
        elif isinstance(known, list):
            known.append(value)
        else:
            siblings[name] = [known, value]


def cdata(text: str) -> str:
    """The text as CDATA: without characters XML forbids, and unable to end the section early."""
    return "<![CDATA[" + NOT_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def text_reply(to: str, sender: str, created: int, text: str) -> str:
    """A text message as the platform expects it. Replies are written to fit; what does not is
    cut."""
    return (
        f"<xml><ToUserName>{cdata(to)}</ToUserName><FromUserName>{cdata(sender)}</FromUserName>"
        f"<CreateTime>{created}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content>{cdata(cut(text))}</Content></xml>"
    )
