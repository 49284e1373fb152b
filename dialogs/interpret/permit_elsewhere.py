"""A permit of another place, where it is asked for one of the county: 有啊，鹿城发的那张."""

import re

from dialogs.interpret.asked import Answer, Asked
from dialogs.language import Refused
from dialogs.language.lexicon import any_of
from dialogs.language.text_scope import done_beyond_county

_WHERE = re.compile(
    "(?:那个)?(?:居住证)?(?:我|是|倒|倒是|肯定|当然|也)?有[的啊呀哦呢嘛了是有]{0,4}+"
    "(?:一?[张本个])?[,。; ]{0,3}+(?:不过|但|可|就|只|那|都){0,3}+是?"
    "在?(?:以前|之前|原来|当时|前年|去年)?在?"
    "(?P<where>(?!老家|户口|籍贯)[^,。;我人户]{2,12}?)"
    "的(?:[那这]?一?[张本个种])?(?:居住证|证)?[啊呀哦呢嘛哈]{0,3}+(?=$|[,。; ])"
)
"""What stands between the yes and the end of its clause, or of the next one."""


def permit_elsewhere(asked: Asked) -> Answer:
    """It says yes, and then of which place the permit is; one's origin (老家江西的) is no such
    place."""
    found = _WHERE.match(asked.said_of_oneself) if asked.question.id == "permit" else None
    away = found is not None and _is_away(found["where"])
    return Refused("elsewhere", said=asked.told.message.text) if away else None


def _is_away(place: str) -> bool:
    if any_of("in_county").search(place):
        return False
    return done_beyond_county(place) or bool(any_of("outside").search(place))
