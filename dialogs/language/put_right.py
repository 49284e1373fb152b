"""How a message puts right what was told before: 社保不是42个月是52个月; 学历改成高中."""

import re
from dataclasses import dataclass, replace

_ANY = "[^,。;!?]"
_WRONG = "(?:[说写填记搞弄选点打输报讲]|听)?错了?|(?:写|填|说|记)?得?不对"
_NOT = "(?<!是)不是"
_BUT = "[,。; ]{0,2}"
_FRAMES = tuple(
    re.compile(frame)
    for frame in (
        rf"(?P<old>{_ANY}{{0,24}}?){_NOT}(?P<old2>{_ANY}{{1,14}}?){_BUT}而?(?:应该)?是"
        rf"(?P<new>{_ANY}{{1,20}})",
        rf"(?P<new>{_ANY}{{2,24}}?){_BUT}[而可就]?{_NOT}(?P<old>{_ANY}{{1,16}})",
        rf"(?P<old>{_ANY}{{1,24}}?)(?:改成|改为|换成|更正为?|改到)[是了]?(?P<new>{_ANY}{{1,20}})",
        rf"(?P<old>.{{0,24}}?)(?:{_WRONG})[了,。;! ]*(?:{_ANY}{{0,3}}(?:应该|其实|实际上?))?"
        rf"(?P<new>{_ANY}{{1,24}})",
        rf"(?P<old>{_ANY}{{1,24}}?)[, ]?(?:其实|实际上?|应该|才)是?(?P<new>{_ANY}{{1,20}})",
    )
)
"""The old words come first but in the second one; the name may stand in either part."""
_CHANGE = 2
"""The frame that asks for a change; those behind it need the name of what is put right."""
_AROUND = re.compile(
    "我|俺|你|您|把|将|请|帮|给|让|叫|想要?|从|前面|刚才|刚刚|上面|之前|原来|原先|本来|[那这][个条项]?|等一下|等等|[没未不]改|一下"
    "|哎呀?|不好意思|[填写说记选报]的?[是成]?[了的]?|其实|实际上?|应该"
    "|[才是的了吧啊呢哈,。;! ]"
)


@dataclass(frozen=True, slots=True)
class PutRight:
    """The words for what was told first, maybe none, and for what is so; the name may stand in
    either. `needs_name`: no word of it says what it is of; `plainly`: it asks for the change;
    `unsure`: it only ought to be so."""

    old: str
    new: str
    needs_name: bool = False
    plainly: bool = False
    unsure: bool = False

    def without(self, name: str) -> "PutRight":
        """The same without the name, and without what says nothing."""
        old, new = (_AROUND.sub("", one.replace(name, "")) for one in (self.old, self.new))
        return replace(self, old=old, new=new)


def put_right(text: str) -> PutRight | None:
    """What a cleaned text puts right; None where it does not.

    >>> told = put_right("社保不是42个月是52个月").without("社保")
    >>> told.old, told.new, put_right("社保52个月")
    ('42个月', '52个月', None)
    """
    text = text.strip(" ,。;!")
    for place, frame in enumerate(_FRAMES):
        if found := frame.fullmatch(text):
            parts = found.groupdict()
            old = (parts["old"] or "") + (parts.get("old2") or "")
            return PutRight(
                old,
                parts["new"],
                needs_name=place > _CHANGE,
                plainly=place == _CHANGE,
                unsure="应该" in text,
            )
    return None
