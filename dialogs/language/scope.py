"""What governs a piece of a message: where it was done, with whom, planned."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from dialogs.language.grammar import grammar
from dialogs.language.islands import Island
from dialogs.language.lexicon import alternation, any_of
from dialogs.language.message import Message, words
from dialogs.language.text_scope import done_beyond_county, done_elsewhere
from dialogs.language.tokens import Token
from dialogs.language.vocabulary import in_the_county

_TRAILING = re.compile(r"[血的了]{0,3}[\s,。]*[都全是就]{0,2}在[\u4e00-\u9fff]{2,4}")
_TOGETHER = re.compile("一共|总共|加起来|合计|共计|加一起")
_SEVERAL_PEOPLE = re.compile("我们俩|俩人|夫妻|两口子|两个人|我们|[和跟]")
_NOW = frozenset({"现在", "目前", "如今", "眼下"})
_IF = frozenset({"如果", "假如", "要是", "假设", "万一"})
_IS_SO = re.compile("[了过]|已经?|现在|目前|[我还也就]有|是有")
"""What is so: 如果不算，我还有志愿服务."""
_TRIES = re.compile(
    "(?:报名?|去)考(?![了过到上出个])|(?<![现存自实])在(?:报|考)"
    "|正在(?:学|读|念|申请|办理|评审)|还?在申请|(?:本来|原本)[^,。;]{0,8}(?:能|可以)[报评考]"
)
_ALMOST = re.compile("差一?点儿?(?:就|没|都)?[^,。;! 我俺]{0,4}$")
_NOT_OUT = re.compile(
    "(?:学历|毕业证书?|文凭|证书?|执照|的){0,2}(?:也|都|还|现在){0,2}"
    "(?:[没未]有?(?:下来|拿到|发(?=下|$|[,。; ])|到手|出来)|快(?:了|下来|到手|拿到)"
    "|[,， ]?(?:我|现在|还|正|在)*等(?:着)?(?:结果|通知|消息|批|公示))"
)
_IF_SO = re.compile("的话[,， ]*[^,。;]{0,4}(?:加|算|几|多少|有分)")
"""献血两次的话加几分."""
"""去考中级工: nothing is reached by it."""
_REACHED_LATER = re.compile(
    "[, ]?[^ ,。;没不]{0,6}"
    "(?P<when>[明后]年|下个?月|下半年|年底|将来|以后|再过|20\\d\\d年?|[2-4]\\d年)"
    "[^,。;没不]{0,8}?(?:毕业|[拿出发下领][^,。;]{0,2}证|拿到|考|[读念学]完|到手|下来)"
)
"""本科|要明年拿证, 大专|2028年毕业: what is not held yet."""
_NOT_YET = re.compile(
    "[^ ,。;没不]{0,3}(?:还|再|起码|至少)(?:得|要|需|差|等|过)[^,。;没不]{0,8}[才够](?:能|可以"
    "|有资格|够|敢|去)?"
    "[^,。;没不]{0,2}[报考评升参申]"
)
"""高工|还得等五年才能报."""
_WORTH = re.compile(
    "(?:的话)?[就才也](?:能|可以)?(?:加|有|是|给|得)?(?:\\d+(?:\\.\\d)?|[一二两三四五六七八九十]{1,3})分"
)
"""签个劳动合同|就五分: what it is worth for anyone."""
_DIGITS = re.compile(r"\d+")
_NAMED = frozenset({"fact", "value", "noun"})
_SUPPOSED = re.compile(
    "只要|听[^,。;]{0,3}[说讲]|据说"
    "|(?:别人|人家|有人|网上|群里)[^,。;]{0,2}[说讲传](?![^,。;]{0,3}[我俺])"
)
_ENABLES = re.compile("[就才](?:能|可以|行|会|算|够)|加分|加\\d|几分")
"""听说买房加分, 只要社保满三年就能落户: what holds for anyone."""
_REQUIRED = re.compile("以上?才(?:能|可以|行|算|够)|才(?:能|可以|行|算|够)")
"""社保十五年才行."""
_PLANNED_BEHIND = re.compile(
    "[的也还是我]{0,2}(?:打算|准备|计划|想|[明后]年|下半年|以后|再)[^,。;没不]{0,6}"
    "(?:报名|[报考读念学办签买])(?:一?[个下本])?(?=$|[,。; 了的吧嘛啊])"
)
"""本科|打算明年去报, 大专|也想去读一个."""
_GOES_ON_PLANNING = re.compile(
    "(?:^|(?<=[,。;! ]))(?:再|顺便|然后)(?:去|来)?(?:报|读|考|办|买|签)(?![了过到完上出])"
)
"""明年去考证，|再报个大专: as long as nothing says that it is done."""
_ENROLS = re.compile("(?<![申上])报(?:名|考|读)?[了过]?(?:一?个)?$")
"""报个|大专: of a school, only the enrolment."""
_PUT_OFF = frozenset({"再看", "再说", "再讲", "再考虑"})


def is_elsewhere(message: Message, fact: str, islands: Sequence[Island]) -> bool:
    """Whether it was done where it does not count, said before it or right after it."""
    reach = "".join(
        words(_since_here(_of_the_speaker(message.reach(island)))) for island in islands
    )
    trail = _TRAILING.match(words(message.following(islands[-1])))
    away = ("outside", "beyond_county") if in_the_county(fact) else ("outside",)
    if trail and any_of(*away).search(trail[0]):
        return True
    place = _governing_place(message, islands[0])
    if place is not None and any_of(*away).search(place.text):
        return True
    return done_elsewhere(reach) or (in_the_county(fact) and done_beyond_county(reach))


_THERE = frozenset({"那边", "那里", "那儿", "那头", "那会", "那会儿"})
_ENDS_A_PLACE = frozenset({"pause", "person", "us"})


def _governing_place(message: Message, island: Island) -> Token | None:
    """东莞那边|我社保交过七年还献了四回血: the place that governs the whole clause; None where it
    names none so plainly, or another one later."""
    before = reversed([*enumerate(message.tokens[: island.core[0]])])
    clause = takewhile(lambda one: one[1].kind not in _ENDS_A_PLACE, before)
    at = next((at for at, token in clause if token.kind == "place"), None)
    if at is None or (at + 1 < len(message.tokens) and message.tokens[at + 1].text not in _THERE):
        return None
    return message.tokens[at]


def stands_elsewhere(message: Message, island: Island) -> bool:
    """老家买了房, 居住证是上海的: what a word states is of a place outside the province; not of
    one where the speaker comes from (安徽人买了房)."""
    core = message.tokens[island.core[0]]
    clause = message.text[message.clause(island)[0].start : core.start]
    behind = message.text[core.end : core.end + _BEHIND]
    if any_of("outside").search(core.text) or _is_there().match(behind):
        return True
    *_, place = (None, *_outside().finditer(clause))
    said = core.text + _ENDED.split(behind)[0]
    if place is None or _is_here_after_all().search(clause[place.end() :] + said):
        return False
    return not ORIGIN.match(clause, place.end()) and not _is_where_from(clause, place)


_BEHIND = 8
_ENDED = re.compile("[,。; ]")
ORIGIN = re.compile("[^,。;在]{0,3}(?:人|户|籍|过?来|搬|出)")
_FROM = re.compile("(?:[是自我俺家]|户口在|户籍在|籍贯)$")
_DESCRIBED = re.compile("[^,。;在]{0,3}的有?")
_REGISTERED = re.compile("(?:户口|户籍|籍贯)[是在]*$")


def _is_where_from(clause: str, place: re.Match[str]) -> bool:
    """我是四川的|有居住证: where one comes from, and not 我老家的|房子."""
    if _REGISTERED.search(clause, 0, place.start()):
        return True
    described = _DESCRIBED.fullmatch(clause, place.end())
    return bool(described and place[0] != "老家" and _FROM.search(clause, 0, place.start()))


@cache
def _outside() -> re.Pattern[str]:
    return re.compile(f"{alternation('outside')}+")


@cache
def _is_there() -> re.Pattern[str]:
    return re.compile(f"[了的子]*(?:就|都|也)?[是在]{alternation('outside')}")


@cache
def _is_here_after_all() -> re.Pattern[str]:
    return re.compile(f"(?<![来到])(?:这[边里儿]|{alternation('in_county')})")


def _since_here(reach: Sequence[Token]) -> Sequence[Token]:
    """买在老家，这边|租了七年: from the last place on, where that is here."""
    here = any_of("in_county")
    places = [at for at, token in enumerate(reach) if token.kind == "place" or _is_here(token)]
    return reach[places[-1] :] if places and here.search(reach[places[-1]].text) else reach


def _is_here(token: Token) -> bool:
    """来永嘉, 在永嘉住: a name that says where."""
    return token.kind == "fact" and bool(any_of("in_county").search(token.text))


def _of_the_speaker(reach: Sequence[Token]) -> Sequence[Token]:
    """我们外地的哪有这么多，我是三年: from the last subject on, but 上海我交了三年."""
    subjects = (
        at
        for at, token in enumerate(reach)
        if token.kind in ("self", "us", "person") and at and reach[at - 1].kind != "place"
    )
    return reach[max(subjects, default=0) :]


def is_shared(message: Message, islands: Sequence[Island]) -> bool:
    """Whether a figure is that of several people together: 我和老公一共献了5次."""
    reach = "".join(words(message.reach(island)) for island in islands)
    return bool(_TOGETHER.search(reach) and _SEVERAL_PEOPLE.search(reach))


def is_planned(message: Message, island: Island) -> bool:
    """Whether it has not happened yet: 打算明年买房."""
    clause = message.clause(island)
    said = words(clause)
    if _is_supposed(message, clause) or _TRIES.search(said) or _is_not_there_yet(message, island):
        return True
    if is_demanded(message, island):
        return True
    if clause and _is_to_come(message.text, clause[0].start, clause[-1].end):
        return True
    if island.fact == "education" and _is_enrolled(message, island):
        return True
    if _SUPPOSED.search(said) and (island.value or _ENABLES.search(message.text)):
        return True
    if island.amounts and _REQUIRED.match(message.text, message.tokens[island.core[-1]].end):
        return True
    if island.value and island.fact != "studying" and _is_reached_later(message, island):
        return True
    end = message.tokens[island.core[-1]].end
    if island.value and (
        _WORTH.match(message.text, end) or _PLANNED_BEHIND.match(message.text, end)
    ):
        return True
    over = _NOW | _PUT_OFF
    since_now = list(takewhile(lambda one: one.text not in over, reversed(clause)))
    owners = reversed(message.owners[island.last - len(since_now) : island.last])
    whose = message.owner(island)
    return any(
        token.kind == "plan" and owner == whose
        for token, owner in zip(since_now, owners, strict=True)
    )


def _is_to_come(text: str, start: int, end: int) -> bool:
    later = _some_day().search(text, start, end)
    return bool(later or _GOES_ON_PLANNING.search(text, start, end))


def _is_enrolled(message: Message, island: Island) -> bool:
    start = message.tokens[island.core[0]].start
    return bool(_ENROLS.search(message.text, max(0, start - _NEAR), start))


def is_demanded(message: Message, island: Island) -> bool:
    """为什么要|社保满三年, 规定要有|居住证: what everybody is to have, whatever the speaker has."""
    start = message.tokens[min(island.core)].start
    return bool(_DEMANDED.search(message.text[max(0, start - _BEFORE) : start]))


_BEFORE = 20
"""Characters before a name in which a demand may stand."""
_DEMANDED = re.compile(
    "(?:(?:为什么|为啥|凭什么|干嘛|是不是|要不要|一定|必须|非|规定|政策|文件|什么时候|怎么|咋"
    "|听[^,。; ]{0,2}[说讲]|据说|(?:别人|人家|有人|网上|群里)[^,。; ]{0,2}[说讲])"
    "[^,。;!? 我俺咱]{0,3}(?:要|得|需要?|必须|能|才算|要求)"
    "|(?:你们|政策|规定|文件|上面|县里|系统|平台)[^,。;!? 我俺咱]{0,2}要求"
    "|(?<![^,。;!? ])[我俺]?(?:需要|必须要?)|(?<![^,。;!? ])等(?![级了]))"
    "(?:有|办|交|缴|租|买|住|先|在[^,。;!? 我俺咱]{2,3})?[满够足]?$"
)


def _is_not_there_yet(message: Message, island: Island) -> bool:
    """差一点就有职称, 高级工证书还没下来, 献血两次的话加几分, 党员才能当."""
    first, last = message.tokens[island.core[0]], message.tokens[island.core[-1]]
    before = message.text[max(0, first.start - _NEAR) : first.start]
    if _ALMOST.search(before) or _IF_SO.match(message.text, last.end):
        return True
    waits = island.value and island.fact != "permit" and _NOT_OUT.match(message.text, last.end)
    needed = island.value and before.endswith("有") and _REQUIRED.match(message.text, last.end)
    return bool(waits or needed)


_NEAR = 10


@cache
def _some_day() -> re.Pattern[str]:
    """以后签合同; but 以后就一直交, 以后买的, and what came after something: 结婚以后买."""
    return re.compile(f"(?<![^,。;! 我俺咱])以后再?(?:{'|'.join(grammar().acts)})(?![了过的])")


def _is_supposed(message: Message, clause: Sequence[Token]) -> bool:
    """如果考二级，再买房: anyone who supposes one thing goes on supposing, until something is said
    to be so. 如果要算分，我大专 supposes nothing that counts."""
    if not clause or not any(word in message.text for word in _IF):
        return False
    if any(token.text in _IF for token in clause):
        return True
    before = [token for token in message.tokens if token.end <= clause[0].start]
    at = next((at for at, token in reversed([*enumerate(before)]) if token.text in _IF), None)
    if at is None or _IS_SO.search(words(clause)):
        return False
    first = [*takewhile(lambda token: token.kind != "pause", before[at:])]
    counts = any(token.kind in _NAMED or token.kind == "amount" for token in first)
    return counts and not _IS_SO.search(words(before[at + len(first) :]))


def _is_reached_later(message: Message, island: Island) -> bool:
    core, *after = message.tokens[island.core[0] :]
    end = next((one.start for one in after if one.kind in _NAMED), len(message.text))
    if _NOT_YET.match(message.text, core.end):
        return True
    found = _REACHED_LATER.match(message.text, core.end, end)
    if found is None or (found.end() == end and end < len(message.text)):
        return False  # 中级工，明年考|高级工
    year = _DIGITS.search(found["when"])
    return not year or int(year[0]) % 100 > message.today.year % 100
