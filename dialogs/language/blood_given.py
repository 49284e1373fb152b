"""我在瓯北献的: that blood was given here, without how often."""

import re

from dialogs.language.lexicon import any_of
from dialogs.language.message import Message
from dialogs.region import region

_GIVEN = re.compile(
    "献(?:[的了过得]|血)*[啊呀嘛哦]*(?=$|[ ,。;!]|又|不是|的?在)|血(?:就|都|也)?是[^,。;]{0,8}献的"
)
_AWAY = re.compile("(?<!不是)(?<!不是在)(?:外头|外地|外面|外省|老家|别的|别处|市区|学校|部队)")
_OPEN = re.compile("[吗么呢?？]|什么|怎么|多少|几|算不算|没献|不献|想|打算|准备")


def given_here(message: Message) -> bool:
    """Whether a message says that the speaker gave blood in the county."""
    text = message.text
    here = any_of("in_county").search(text) or any(name in text for name in region().township_names)
    if not here or not _GIVEN.search(text) or _AWAY.search(text) or _OPEN.search(text):
        return False
    return all(one.kind != "person" for one in message.tokens)
