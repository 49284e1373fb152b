"""The contract of a rented home, which is no labour contract: 租的房子，有备案合同."""

import re

from dialogs.language.islands import Island
from dialogs.language.message import Message, words

_LEASE = re.compile("备案|房东|租")
_LEASED = re.compile("租[^,。;]*(?:都|每年|年年)[^,。;]{0,3}$")
_RENTAL = re.compile("租(?:房子?|赁|屋|住|的房子?)?的?(?:[也都]?[有签][了的]?)?$")
_OF_A_HOME = re.compile("(?:租的?|租房|租(?:人家|别人|村里|房东|老乡)的)[,，。 ]+$")
_LASTS = re.compile("(?:了|一签)?[一两二三四五六七八九十\\d]{1,3}年|[^,。; ]{0,3}[, ]?[也都]?备案")
_FAR = 6
"""Tokens before it."""


def is_lease(message: Message, island: Island) -> bool:
    """租的房子，有备案合同; 租了六年都有合同; 房子租的，合同签了两年了."""
    before, name = message.tokens[: island.core[0]], message.tokens[island.core[0]]
    clause = words(before[-_FAR:])
    lasts = _OF_A_HOME.search(clause) and _LASTS.match(message.text, name.end)
    leased = lasts or _LEASED.search(clause) or _RENTAL.search(clause)
    return bool(leased or _LEASE.search(words(message.reach(island))))
