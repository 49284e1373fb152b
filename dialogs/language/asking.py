"""The part of a message that asks, beside what it tells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dialogs.language.lexicon import patterns
from dialogs.language.message import Message, words
from dialogs.language.precheck import asks_outright, wonders
from dialogs.language.questioned import is_asked
from dialogs.language.text import clean

LONG = 20
"""Longer pieces are dictated: they are parted at what they tell, too."""
_EDGES = " ,。;、:()\"'"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Tokens[first:last] of a message, between two pauses or two things that are told."""

    first: int
    last: int
    text: str


def asking_part(message: Message) -> str:
    """The part of a message that asks for something; "" where nothing does.

    What asks outright, else what wonders whether something counts; without what is told before and
    after it, and without 请问 alone.
    """
    pieces = list(_pieces(message))
    asking = [
        at
        for at, piece in enumerate(pieces)
        if asks_outright(piece.text) and not _only_a_figure(message, piece)
        if at or len(pieces) == 1 or not _is_an_echo(message, piece)
    ]
    said = [at for at in asking if not _announces(pieces[at].text)]
    if asking and not said:  # 请问一下，居住证过期的
        said = [at + 1 for at in asking if at + 1 < len(pieces)][-1:]
    wondering = said or [at for at, piece in enumerate(pieces) if wonders(piece.text)]
    return _together(message, [pieces[at] for at in wondering])


def _announces(text: str) -> bool:
    """Whether a piece only says that a question comes: 老师你好我想咨询下."""
    return not patterns("asking.announcing").sub("", text).strip(_EDGES + "?")


def _only_a_figure(message: Message, piece: _Piece) -> bool:
    """42个月？ is an answer."""
    tokens = message.tokens[piece.first : piece.last]
    return all(token.kind in ("amount", "tail") for token in tokens)


def _is_an_echo(message: Message, piece: _Piece) -> bool:
    """登记啊？一五年来的: what was asked, said again before the answer."""
    name, *rest = message.tokens[piece.first : piece.last]
    return name.kind == "fact" and bool(rest) and all(one.kind == "tail" for one in rest)


def before_the_question(text: str, question: str) -> str:
    """What a message says beside the part that asks; "" where that is all, or nothing asks.

    >>> before_the_question("好，谢谢。要带什么？", "要带什么?")
    '好,谢谢。'
    """
    said = clean(text, keep_spaces=True)
    return said.replace(question, "").strip() if question in said and question else ""


def _pieces(message: Message) -> Iterator[_Piece]:
    tokens, first = message.tokens, 0
    cuts = [at for at, token in enumerate(tokens) if token.kind == "pause"]
    for at in (*cuts, len(tokens)):
        mark = "?" if at < len(tokens) and "?" in tokens[at].text else ""
        if at > first:
            yield from _parted(message, _Piece(first, at, words(tokens[first:at]) + mark))
        first = at + 1


def _parted(message: Message, piece: _Piece) -> Iterator[_Piece]:
    """A long piece in parts: each thing that is told stands alone, and each 我 begins anew."""
    if len(piece.text) <= LONG:
        yield piece
        return
    told = [
        (island.first, island.last)
        for island in message.islands
        if piece.first <= island.first and island.last <= piece.last
        if (island.amounts or island.value) and not is_asked(message, island)
    ]
    subjects = [
        at
        for at in range(piece.first, piece.last)
        if message.tokens[at].kind == "self" and not any(one < at < end for one, end in told)
    ]
    parted = {edge for pair in told for edge in pair}
    edges = sorted({piece.first, piece.last, *parted, *subjects})
    mark = "?" if piece.text.endswith("?") else ""
    for first, last in pairwise(edges):
        end = mark if last == piece.last else ""
        yield _Piece(first, last, words(message.tokens[first:last]) + end)


def _together(message: Message, pieces: Sequence[_Piece]) -> str:
    """The pieces as they stand, where nothing is between them; else one after the other."""
    if not pieces:
        return ""
    first, last = pieces[0], pieces[-1]
    between = message.tokens[first.first : last.last]
    inside = sum(token.kind != "pause" for token in between)
    if inside > sum(piece.last - piece.first for piece in pieces):
        return ",".join(piece.text.strip(_EDGES) for piece in pieces)
    mark = "?" if last.text.endswith("?") else ""
    return (words(between) + mark).strip(_EDGES)
