"""The registration without the permit: 登记是前年办的，居住证一直没去申请."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from dialogs.language.mention import Mention
from dialogs.language.message import Message
from dialogs.language.tokens import Token

_REGISTERED = re.compile(
    "登记(?:[过了]|的(?=$|[,。;])|[^,。;没不未无]{0,12}(?:[办登弄做搞][了过的好]|有)|满?[\\d一二两三四五六七八九十]+[年个])"
)
NO_PERMIT = re.compile(
    "(?<!份)(?<!学)(?<!血)[证卡](?:是自愿(?:办|领)?的[, ]?)?"
    "(?:我|自己|倒|还|也|都|就|一直|又)*+(?:没|未)有?(?:去|给|能)?"
    "(?:[办领拿发弄搞下到]|申请|$|[,。; 得啊哦的我只就光])"
    "|(?<!份)证[^,。;没不]{0,8}才(?:给|能|让|好|可以)(?:我|去)?(?:办|领|申请|拿)"
)
_ONLY = re.compile("(?:[只光仅]|(?<!来)就)[^,。;没不未]{0,12}(?:[办做弄搞登][了过]|有)[个的]?$")
_NAMES = frozenset({"fact", "noun", "verb", "value"})
_NOT_DONE = frozenset({"plan", "ask", "no"})


def read_registered(message: Message) -> Iterator[Mention]:
    """The permit of anyone who is registered, where the permit itself is denied."""
    for at, token in enumerate(message.tokens):
        if token.kind not in _NAMES or "登记" not in token.text:
            continue
        done = _REGISTERED.search(message.text, token.start, token.end + 16)
        denied = done and NO_PERMIT.search(message.text, done.end())
        at_once = done and not denied and done.start() == token.start
        if at_once or _ONLY.search(message.text, 0, token.start):
            denied = NO_PERMIT.search(message.text, 0, token.start)  # 证没有，只办了登记
        owner = message.owners[at]
        if denied and owner == _whose(message, denied.start()) and _is_told(message, at, denied):
            only, rule = "registration_only", "registered, no permit"
            yield Mention("permit", token.start, token.end, only, owner=owner, rule=rule)


def registered_perhaps(message: Message) -> bool:
    """居住证没有，登记不知道算不算办了: whether the registration is named, not denied."""
    return any(True for _ in _registrations(message))


def registered_since(message: Message) -> bool:
    """居住证没有，登记是25年3月: whether it is told since when one is registered, or how long."""
    return any(one.kind == "amount" for clause in _registrations(message) for one in clause)


def _registrations(message: Message) -> Iterator[Sequence[Token]]:
    """The clauses that name the registration, and do not deny it plainly."""
    for pause, some in groupby(message.tokens, lambda one: one.kind == "pause"):
        clause = list(some)
        kinds = {one.kind for one in clause}
        named = any("登记" in one.text and one.kind in _NAMES for one in clause)
        if not pause and named and ("unsure" in kinds or not kinds & _NOT_DONE):
            yield clause


def _is_told(message: Message, at: int, denied: re.Match[str]) -> bool:
    """Whether the registration is, in its clause and behind a denial that leads to it."""
    clause = takewhile(lambda one: one.kind != "pause", reversed(message.tokens[:at]))
    told = {one.kind for one in clause if not denied.start() <= one.start < denied.end()}
    return not told & _NOT_DONE


def _whose(message: Message, place: int) -> str:
    tokens = zip(message.tokens, message.owners, strict=True)
    return next(owner for token, owner in tokens if token.end > place)
