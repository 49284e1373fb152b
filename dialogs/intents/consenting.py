"""同意 and 不同意 among other words: a yes, a no, or neither for certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dialogs.intents.remarks import asks
from dialogs.intents.wording import wording
from dialogs.language.regional import in_standard_words
from dialogs.simplified import simplified
from dialogs.utterance import Said

WORD = "同意"
_BETWEEN = re.compile(r"[，,。！!、；;~～…\s]+")


@dataclass(frozen=True, slots=True)
class Consenting:
    """What a message says where a consent is asked for. `yes` is None where that is not certain:
    then it is asked again, and nothing is deleted. `rest` is what else it says beside a yes."""

    yes: bool | None
    rest: str = ""


_NEITHER = Consenting(None)


def consenting(said: Said) -> Consenting | None:
    """The yes or no of a message in which one's 同意 stands; None where nothing is said of it.

    >>> consenting(Said("同意撒有啥子不同意勒")), consenting(Said("同意啊快点，社保五年"))
    (Consenting(yes=True, rest=''), Consenting(yes=True, rest='快点，社保五年'))
    >>> consenting(Said("不同意 你能拿我咋样")), consenting(Said("老婆同意了"))
    (Consenting(yes=False, rest=''), Consenting(yes=None, rest=''))
    >>> consenting(Said("社保五年"))
    """
    if said.tap is not None:
        return None
    text = _form()["turned"].sub(f"，{WORD}，", in_standard_words(simplified(said.text)))
    if WORD not in text:
        return _in_other_words(text)
    if _form()["doubtful"].search(text):
        return _NEITHER
    found, rest = set(), []
    for clause in filter(None, _BETWEEN.split(text)):
        one = _clause(clause) if WORD in clause else None
        found.add(one.yes if one else _taken_back(clause))
        rest.append(one.rest if one else clause)
    match found - {""}:
        case verdict if verdict == {False}:
            return Consenting(False)
        case verdict if verdict == {True}:
            return Consenting(True, "，".join(filter(None, rest)))
    return _in_other_words(text) or _NEITHER


def without_nothing_else(said: Said) -> tuple[Said, bool]:
    """A message without the clause that says that there is nothing else, and whether there was one:
    beside a consent it is said of what the consent is asked for.

    >>> without_nothing_else(Said("献过一次血 别的没有"))
    (Said(text='献过一次血', tap=None), True)
    """
    clauses = list(filter(None, _BETWEEN.split(said.text)))
    left = [one for one in clauses if not _form()["nothing_else"].fullmatch(one)]
    if len(left) == len(clauses):
        return said, False
    return Said("，".join(left), said.tap), True


def _taken_back(clause: str) -> bool | str:
    """No, where a clause without the word says it; "" where it says nothing of it."""
    return False if _form()["taken_back"].search(clause) else ""


def _clause(clause: str) -> Consenting:
    found = _form()["clause"].fullmatch(clause)
    if found is None:
        return _in_the_middle(clause)
    rest, denied = found["rest"], found["denied"] is not None
    if not denied and _form()["mocked"].match(rest):
        return Consenting(False)
    told = _form()["defying" if denied else "urging"].match(rest)
    if WORD in rest or _form()["open"].match(rest) or (asks(rest) and not told):
        return _NEITHER
    return Consenting(not denied, rest)


_MINE = re.compile(
    f"(?<![不没替帮给跟要说讲问听为当像如等])我(?:肯定|当然|都|也|就|是|说了?|已经)*(?:{WORD}(?!书)[了的啊嘛噻呀哦]*[,，]?我?)+"
)


def _in_the_middle(clause: str) -> Consenting:
    """献过一回也不算啊我同意你一起算: one's own yes, in the middle of what is dictated."""
    found = _MINE.search(clause)
    if found is None or clause.count(WORD) != found[0].count(WORD):
        return _NEITHER
    return Consenting(True, f"{clause[: found.start()]}，{clause[found.end() :]}".strip("，"))


def _in_other_words(text: str) -> Consenting | None:
    for one in wording()["consent"]["other"]:
        if found := re.search(one, text):
            start, end = found.span("yes" if "yes" in found.re.groupindex else 0)
            return Consenting(True, f"{text[:start]}{text[end:]}")
    return None


@cache
def _form() -> dict[str, re.Pattern[str]]:
    parts = {
        name: re.sub(r"\s+", "", one)
        for name, one in wording()["consent"].items()
        if name != "other"
    }
    said = rf"(?P<denied>{parts['denied']})?(?:{WORD}{parts['mood']})+(?P<rest>.*)"
    clause = rf"(?:{parts['before']}){{0,40}}+{said}"
    names = (
        "turned",
        "mocked",
        "open",
        "urging",
        "defying",
        "doubtful",
        "taken_back",
        "nothing_else",
    )
    return {"clause": re.compile(clause), **{one: re.compile(parts[one]) for one in names}}
