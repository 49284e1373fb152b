"""The islands of a message: each name of a fact with its figures, each value, each loose figure.

People who dictate use no punctuation, so what belongs together is found by nearness and by what
each fact needs (months, times, yuan), not by clauses. What is not understood between two islands is
no reason to drop them.
"""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from dialogs.language.ellipsis import PAID, is_since_coming, left_unsaid, paid
from dialogs.language.grammar import grammar
from dialogs.language.islands.bounds import OTHERS, bound
from dialogs.language.islands.denials import ANY, is_of_what_stands_before, of_the_next
from dialogs.language.islands.figures import is_total, name_of
from dialogs.language.islands.island import Island
from dialogs.language.islands.names import names_of_facts
from dialogs.language.islands.unrelated import is_a_rate, is_of_something_else, of_something_else
from dialogs.language.lexicon import any_of
from dialogs.language.tokens import Token
from dialogs.language.units import takes
from dialogs.language.vocabulary import nouns
from scoring import FACTS

__all__ = [
    "ANY",
    "OTHERS",
    "Island",
    "find_islands",
    "is_a_rate",
    "is_of_what_stands_before",
    "of_something_else",
    "of_the_next",
]


def find_islands(tokens: Sequence[Token]) -> list[Island]:
    """All islands in the order of the text, with their bounds."""
    names = names_of_facts(tokens)
    islands = {at: Island(tokens[at].fact, [at], noun=_noun(tokens[at])) for at in names}
    loose: list[Island] = []
    for at, token in enumerate(tokens):
        if token.kind == "value":
            loose.append(Island(token.fact, [at], value=token.value))
        if token.kind == "noun":
            loose.append(Island(token.fact, [at], noun=token.text))
        if token.kind != "amount" or is_of_something_else(tokens, at):
            continue
        if is_since_coming(tokens, at):
            loose.append(Island("residence_months", [at], amounts=[at]))
            continue
        owner = name_of(tokens, at, names, islands)
        if owner is None or (tokens[owner].fact not in PAID and paid(tokens, at, names)):
            loose.append(Island(left_unsaid(tokens, at, names), [at], amounts=[at]))
        else:
            parts = _parts_of(tokens, at, islands[owner], loose)
            loose = [one for one in loose if one not in parts]
            islands[owner].core += [*(part.core[0] for part in parts), at]
            islands[owner].amounts += [*(part.core[0] for part in parts), at]
    _share(tokens, names, islands)
    _deny_all(tokens, names, islands)
    found = sorted([*islands.values(), *loose], key=lambda one: min(one.core))
    _lodge(tokens, found)
    bound(tokens, found)
    return found


def _parts_of(
    tokens: Sequence[Token], at: int, island: Island, loose: Sequence[Island]
) -> Sequence[Island]:
    """The figures without a name of which a total is told: 我自己又买了一年，总共|六年."""
    if not island.amounts or not is_total(tokens, at):
        return ()
    return [one for one in loose if one.fact == island.fact and one.core[0] > island.core[0]]


def _lodge(tokens: Sequence[Token], found: Sequence[Island]) -> None:
    """房子租的，店里楼上|住了5年: how long one has lodged there; not 房子租的，在永嘉住了5年. After
    没租，住自家屋里|九年 it is of neither."""
    told = [one for one in found if one.fact and (one.value or one.fact != "owned_home")]
    for rents, lives in pairwise(told):  # 租的|房子, 住了六年
        between = tokens[rents.core[0] + 1 : lives.core[0]]
        weak = lives.fact == "residence_months" and tokens[lives.core[0]].text in _LIVED
        near = len(between) <= _FAR and not any(one.ends_sentence for one in between)
        if weak and near and lives.amounts and _rents(tokens, rents) and not _is_here(between):
            denied = rents.core[0] and tokens[rents.core[0] - 1].kind == "no"
            lives.fact = "" if denied else "rented_years"


_FAR = 12
"""Tokens between what is rented and how long one has lived there."""


def _rents(tokens: Sequence[Token], island: Island) -> bool:
    """房子租的, 厂里宿舍: where no figure tells how long."""
    if island.fact == "rented_years":
        return not island.amounts
    return island.fact == "owned_home" and "租" in tokens[island.core[0]].text


_LIVED = frozenset({"住", "住了", "住满"})


def _is_here(tokens: Sequence[Token]) -> bool:
    """在永嘉|住了5年; but 租的房子在桥头，住了5年 says where the home is."""
    clause = reversed([*takewhile(lambda one: one.kind != "pause", reversed(tokens))])
    text = "".join(one.text for one in clause)
    return bool(any_of("in_county").search(text)) or any(one in text for one in ("这", "来", "登"))


def _noun(name: Token) -> str:
    """居住登记 names how long, and says beside a yes or a no whether."""
    return name.text if name.text in nouns() else ""


_AND = frozenset({"和", "跟", "与", "、", "同", "还有", "以及", "加"})


def _share(tokens: Sequence[Token], names: Sequence[int], islands: dict[int, Island]) -> None:
    """公积金和社保都是五年; 社保公积金八年; 社保五年，公积金也是: said of both."""
    pairs = [*pairwise(names)]
    for one, other in (*pairs, *reversed(pairs)):  # 市级省级国家级全是0
        if tokens[one].fact == tokens[other].fact or tokens[one].text in grammar().weak:
            continue
        if FACTS[tokens[one].fact].type != FACTS[tokens[other].fact].type:
            continue  # 住宿舍社保满十个月
        if any(token.kind == "no" for token in tokens[other + 1 : other + 2]):
            continue  # 四年社保公积金没有
        if any(token.kind == "no" for token in tokens[max(0, one - 3) : one]):
            continue  # 没交过社保|居住登记是2021年11月办的
        first, second = islands[one], islands[other]
        if _joined(tokens, one, other) and second.amounts and not first.amounts:
            first, second = second, first
        elif not (_joined(tokens, one, other) or _likewise(tokens, other)):
            continue
        if first.amounts and not second.amounts and takes(second.fact, tokens[first.amounts[0]]):
            second.amounts = list(first.amounts)
            second.core = sorted({*second.core, *first.amounts})


def _joined(tokens: Sequence[Token], one: int, other: int) -> bool:
    between = tokens[one + 1 : other]
    return not between or (len(between) == 1 and between[0].text.strip() in _AND)


_LISTS = _AND | {"的", "到", "至", "或", "或者", "里", "还是"}
_OF_ALL = re.compile("(?:[一每][个次项样天分]?|[都也全均的里]|统统)*")


def _deny_all(tokens: Sequence[Token], names: Sequence[int], islands: dict[int, Island]) -> None:
    """社保和公积金都没有, 市级的省级的都没有: what is denied of the last of a list as a whole is
    denied of all of them."""
    for one, other in reversed([*pairwise(names)]):
        between = tokens[one + 1 : other]
        listed = all(token.text.strip() in _LISTS for token in between)
        figures = islands[one].amounts or islands[other].amounts
        alone = any(token.text in _JOINS for token in between)  # 省级和国家级没有
        alone = alone or _are_levels(tokens[one], tokens[other])  # 市级省级的没得过
        none = listed and (islands[other].denied or _is_none_of(tokens, other, alone=alone))
        if none and not figures:
            islands[one].denied = islands[other].denied = True


_JOINS = frozenset({"和", "跟", "与", "以及"})


def _are_levels(*names: Token) -> bool:
    return all(one.text.endswith(("级", "里")) for one in names)


def _is_none_of(tokens: Sequence[Token], name: int, *, alone: bool) -> bool:
    """Whether none of several is there: a denial of all of them right behind the last one."""
    behind = tokens[name + 1 : name + 7]
    behind = behind[1:] if behind and behind[0].kind == "self" else behind  # 社保公积金|我都没交过
    after = [*takewhile(lambda one: one.kind not in _ENDS, behind)]
    denial = next((at for at, one in enumerate(after) if one.kind == "no"), None)
    if denial is None:
        return False
    lead = "".join(one.text for one in after[:denial]) + after[denial].text.rstrip("没有得无")
    return (alone or bool(lead.strip("的里"))) and bool(_OF_ALL.fullmatch(lead))


_ENDS = frozenset({"pause", "fact", "value", "noun", "self", "person", "us"})


def _likewise(tokens: Sequence[Token], name: int) -> bool:
    after = "".join(token.text for token in tokens[name + 1 : name + 4])
    return after.startswith(("也是", "也一样", "一样", "同样", "也有这么", "也这么")) and not any(
        token.kind == "amount" for token in tokens[name + 1 : name + 4]
    )
