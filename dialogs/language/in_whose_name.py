"""In whose name a paper is: 营业执照写的我弟弟的名字, 房子登记在我爸名下, 用老婆身份证办的执照."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from dialogs.language.tokens import Token

_PAPERS = frozenset({"employment", "owned_home", "above_scale_legal_representative"})
_NAME = ("名字", "名下", "名义", "身份证", "名")
_WITH = ("跟", "和", "与", "同")
_WRITES = re.compile("[写挂用登办开落填上是注]")


def in_whose_name(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The places of what stands in another's name, with the word for that one."""
    for at, token in enumerate(tokens):
        if token.kind == "person" and _is_the_name(tokens, at):
            sentence = takewhile(lambda one: not tokens[one].ends_sentence, reversed(range(at)))
            yield from ((one, token.text) for one in sentence if tokens[one].fact in _PAPERS)


def _is_the_name(tokens: Sequence[Token], at: int) -> bool:
    """写的|我弟弟|的|名字; not 写我老公|跟我两个人的名字, and not my own: 不是我弟弟的名字."""
    after = [one.text for one in tokens[at + 1 : at + 3] if one.text != "的"]
    if tokens[at].text.startswith(_WITH):
        return False
    clause = takewhile(lambda one: one.kind != "pause", reversed(tokens[max(0, at - 3) : at]))
    before = list(clause)
    denied = any(one.kind == "no" for one in before)
    led = "".join(one.text for one in before)
    return bool(after) and after[0].startswith(_NAME) and not denied and bool(_WRITES.search(led))
