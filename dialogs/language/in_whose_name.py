"""In whose name a paper is, and whose home one lives in: 执照写的我弟弟的名字, 房子登记在我爸名下,
用老婆身份证办的执照, 住儿子自己买的房子."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from dialogs.language.tokens import Token

_PAPERS = frozenset({"employment", "owned_home", "above_scale_legal_representative"})
_NAME = ("名字", "名下", "名义", "身份证", "名")
_WITH = ("跟", "和", "与", "同")
_NEAR = 10
"""Tokens within which it is said whose home one lives in."""
_LIVES_AT = re.compile("住(?:在|着|的是|进|到)?$")
_WRITES = re.compile("[写挂用登办开落填上是注]")


def in_whose_name(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The places of what stands in another's name, with the word for that one."""
    for at, token in enumerate(tokens):
        named = token.kind == "person" or token.text == "别人"
        if named and at and _LIVES_AT.search(tokens[at - 1].text):
            clause = takewhile(
                lambda one: tokens[one].kind not in ("pause", "self"),
                range(at, min(at + _NEAR, len(tokens))),
            )
            yield from ((one, token.text) for one in clause if tokens[one].fact == "owned_home")
        if token.kind == "person" and _is_the_name(tokens, at):
            sentence = takewhile(lambda one: not tokens[one].ends_sentence, reversed(range(at)))
            yield from ((one, token.text) for one in sentence if tokens[one].fact in _PAPERS)


def _is_the_name(tokens: Sequence[Token], at: int) -> bool:
    """写的|我弟弟|的|名字; not 写我老公|跟我两个人的名字, 写我和|老公的名字, 不是我弟弟的名字."""
    after = [one.text for one in tokens[at + 1 : at + 3] if one.text != "的"]
    clause = takewhile(lambda one: one.kind != "pause", reversed(tokens[max(0, at - 3) : at]))
    before = list(clause)
    if tokens[at].text.startswith(_WITH) or [one.kind for one in before[:2]] == ["company", "self"]:
        return False
    denied = any(one.kind == "no" for one in before)
    led = "".join(one.text for one in before)
    return bool(after) and after[0].startswith(_NAME) and not denied and bool(_WRITES.search(led))
