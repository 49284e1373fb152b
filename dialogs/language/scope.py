"""What governs a piece of a message: where it was done, with whom, planned, denied, asked."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import dropwhile, takewhile

from dialogs.language.islands import OTHERS, Island, of_the_next
from dialogs.language.lexicon import alternation, any_of, patterns
from dialogs.language.message import Message, words
from dialogs.language.recognisers.amounts import denies
from dialogs.language.text_scope import done_beyond_county, done_elsewhere
from dialogs.language.tokens import Token
from dialogs.language.vocabulary import in_the_county
from scoring import FACTS

_TRAILING = re.compile(r"[血的了]{0,3}[\s,。]*[都全是就]{0,2}在[\u4e00-\u9fff]{2,4}")
_TOGETHER = re.compile("一共|总共|加起来|合计|共计|加一起")
_SEVERAL_PEOPLE = re.compile("我们俩|俩人|夫妻|两口子|两个人|我们|[和跟]")
_GOES_ON = frozenset({"verb", "adverb", "tail", "noise", "ask"})
_NOW = frozenset({"现在", "目前", "如今", "眼下"})
_IF = frozenset({"如果", "假如", "要是", "假设", "万一"})
_TRIES = re.compile("(?:报名?|去)考(?![了过到上出个])")
"""去考中级工: nothing is reached by it."""
_SUPPOSED = re.compile("只要|听[^,。;]{0,3}[说讲]|据说")
_ENABLES = re.compile("[就才](?:能|可以|行|会|算|够)")
"""听说买房加分, 只要社保满三年就能落户: what holds for anyone."""
_REQUIRED = re.compile("以上?才(?:能|可以|行|算|够)|才(?:能|可以|行|算|够)")
"""社保十五年才行."""
_PUT_OFF = frozenset({"再看", "再说", "再讲", "再考虑"})
_AFTER_A_DENIAL = frozenset(
    {"pause", "tail", "self", "us", "person", "conjunction", "fact", "value", "noun", "time"}
)
"""What may follow 党员不是 without being denied itself: 党员不是，退伍军人也不是."""
_LED_BY = frozenset({"verb", "benefit", "self", "adverb", "company", "person", "us", "payer"})
"""公司没|给我办|劳动合同: between a denial and what is denied."""
_AT_SCHOOL = frozenset({"念", "读", "毕", "完", "上"})
"""没念完|合同签了: denies the school."""
_DONE = frozenset({"verb", "common", "unknown", "tail", "noise"})
_LEADS = 4
_SAID_BETWEEN = frozenset({"tail", "adverb", "noise", "common"})
_JOINS = frozenset({"、", "和", "跟", "或", "或者", "还有", "/"})


def is_elsewhere(message: Message, fact: str, islands: Sequence[Island]) -> bool:
    """Whether it was done where it does not count, said before it or right after it."""
    reach = "".join(
        words(_since_here(_of_the_speaker(message.reach(island)))) for island in islands
    )
    trail = _TRAILING.match(words(message.following(islands[-1])))
    away = ("outside", "beyond_county") if in_the_county(fact) else ("outside",)
    if trail and any_of(*away).search(trail[0]):
        return True
    return done_elsewhere(reach) or (in_the_county(fact) and done_beyond_county(reach))


def stands_elsewhere(message: Message, island: Island) -> bool:
    """老家买了房, 居住证是上海的: what a word states is of a place outside the province; not of
    one where the speaker comes from (安徽人买了房)."""
    core = message.tokens[island.core[0]]
    clause = message.text[message.clause(island)[0].start : core.start]
    behind = message.text[core.end : core.end + _BEHIND]
    if any_of("outside").search(core.text) or _is_there().match(behind):
        return True
    *_, place = (None, *_outside().finditer(clause))
    if place is None or _is_here_after_all().search(clause[place.end() :] + core.text + behind):
        return False
    return not _ORIGIN.match(clause, place.end()) and not _is_where_from(clause, place)


_BEHIND = 8
_ORIGIN = re.compile("[^,。;在]{0,3}(?:人|户|籍|过?来|搬|出)")
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
    if any(token.text in _IF for token in clause) or _TRIES.search(words(clause)):
        return True
    if _SUPPOSED.search(words(clause)) and (island.value or _ENABLES.search(message.text)):
        return True
    if island.amounts and _REQUIRED.match(message.text, message.tokens[island.core[-1]].end):
        return True
    over = _NOW | _PUT_OFF
    since_now = takewhile(lambda one: one.text not in over, reversed(clause))
    return any(token.kind == "plan" for token in since_now)


def _asks(token: Token) -> bool:
    return token.kind == "ask" and token.text not in _POLITE


_REMOVED = re.compile("[^,。;]{0,3}?(?:删|去掉|划掉|拿掉|取消)")
_NEVER_SAID = re.compile("没(?:有)?[说讲](?:过)?(?:我|俺)?(?:是|有)?$")


@cache
def _not_told() -> re.Pattern[str]:
    return re.compile(f"[^,。;]{{0,3}}?(?:{patterns('withheld').pattern})")


def is_withheld(message: Message, island: Island) -> bool:
    """党员这个不说, 我没说我是党员: nothing is told of it."""
    at = message.tokens[island.core[0]]
    before = message.text[max(0, at.start - 8) : at.start]
    return bool(_not_told().match(message.text, at.end) or _NEVER_SAID.search(before))


def is_removed(message: Message, island: Island) -> bool:
    """党员那个删掉: what was recorded shall go."""
    return bool(_REMOVED.match(message.text, message.tokens[island.core[0]].end))


def is_asked(message: Message, island: Island) -> bool:
    """Whether an island is what the person asks about, not what they tell: 租房有分吗."""
    if island.value and (is_withheld(message, island) or is_removed(message, island)):
        return True
    if not island.amounts and asks_what_it_is(message, island):
        return True
    if island.amounts and (_is_told(message, island) or _is_in_vain(message, island)):
        return False
    inside = message.inside(island)
    named_only = not (island.amounts or island.value)
    lead = message.clause(island) if island.loose or named_only else inside
    if island.value and (_is_rhetorical(message, island) or _is_compared(message, island)):
        return True
    if _QUOTED.search(words(message.clause(island))):
        return True
    if any(_asks(token) for token in (*lead, *inside)):
        return True
    denied = named_only and any(token.kind == "no" for token in inside)
    stated = bool(island.value) and denies(message.tokens[island.core[0]].text)
    clause = takewhile(
        lambda token: (
            token.kind != "pause"
            and token.text != "那"
            and not (denied and token.text.startswith(_ANEW))
            and not (stated and token.text in _THAT)
        ),
        message.following(island),
    )
    if not island.amounts and any(token.kind == "ask" for token in clause):
        return True
    goes_on = takewhile(lambda token: token.kind in _GOES_ON, message.rest(island))
    return any(token.kind == "ask" for token in goes_on)


def _is_compared(message: Message, island: Island) -> bool:
    """读到高二没毕业，算不算|高中: what something else may be worth."""
    at = island.core[0]
    lead = dropwhile(lambda one: one.text in _COUNTS_AS, reversed(message.tokens[:at]))
    return (asks := next(lead, None)) is not None and asks.text in _WHETHER


_WHETHER = frozenset({"算不算", "是不是", "能不能", "可不可以", "是否", "能否"})
_COUNTS_AS = frozenset({"算", "是", "算是"})
_THAT = frozenset({"这个", "那个", "这", "这种", "那种"})
"""小学都没读完|这个学历是不是…: what was told is what is asked about."""


def _is_in_vain(message: Message, island: Island) -> bool:
    """社保28个月是不是白交了: asked in despair, and told."""
    return bool(_IN_VAIN.match(message.text, message.tokens[island.core[-1]].end))


_IN_VAIN = re.compile("[^,。;]{0,5}白[交缴买办]")
_ANEW = ("我", "俺", "想", "请问", "问", "帮")
"""社保没交过|我就想问问能有多少分: another sentence begins."""
_WHAT_IT_IS = re.compile(
    "(?:[都又到底究竟具体]|分别|各)*(?:(?:是|指|算)(?:的是|的)?(?:一?个)?(?:什么|啥子?|哪[个种些样])"
    "(?!时候|都|也)|(?:什么|啥子?)(?:意思|东西|来的)|怎么回事|咋回事)"
)
_NAMED_TOO = frozenset({"fact", "value", "noun"})
_SAID_OF_A_NAME = frozenset({"pause", "tail", "noise", "unknown", "common"})


def asks_what_it_is(message: Message, island: Island) -> bool:
    """“学法用法”和“红色驿站”是什么: of each of the names."""
    joined = False
    for token in message.tokens[max(island.core) + 1 :]:
        if _WHAT_IT_IS.match(message.text, token.start):
            return True
        if token.kind in _NAMED_TOO:
            if not joined:
                return False  # 我是党员 红色驿站是什么
            joined = False
        elif token.text.strip() in _JOINS:
            joined = True
        elif token.kind not in _SAID_OF_A_NAME or (
            token.kind == "pause" and token.text.strip(_QUOTES)
        ):
            return False
    return False


_QUOTES = "\"'“”‘’「」《》() "
_WHO = frozenset({"哪", "谁", "哪个", "哪里", "哪有"})
_RECORDS = frozenset({"写", "记", "说", "填", "写成", "记成"})
"""你怎么写我签了合同: what the person protests against."""
_POLITE = frozenset({"请问", "想问", "问一下", "咨询"})
"""我想问一下我居住证有的: what follows is told all the same."""
_QUOTED = re.compile("[你您]们?[说问讲]的")
"""你说的居住登记是哪个: what was asked, given back."""
_WORTH = re.compile("[算行]吗|算不算|可以吗|有用吗|认吗|认不认")


def _is_rhetorical(message: Message, island: Island) -> bool:
    """哪个老板跟你签合同; and what is told only to ask its worth: 我有台湾的执照，算吗."""
    lead = message.clause(island)[:-1][-6:]
    if any(token.text in _WHO for token in lead):
        return True
    asks = any(token.kind == "ask" for token in lead)
    if asks and any(token.text in _RECORDS for token in lead):
        return True
    after = words(message.following(_last_alike(message, island), 4)).lstrip(" ,。;")
    return bool(_WORTH.match(after))


def _last_alike(message: Message, island: Island) -> Island:
    """有个叉车证，还有|电工证|算不算: the last of several values of one fact."""
    after = dropwhile(lambda one: one.first <= island.first, message.islands)
    *_, last = (island, *takewhile(lambda one: one.value and one.fact == island.fact, after))
    return last


def _last_of_a_list(tokens: Sequence[Token], at: int) -> int:
    """党员退役军人都不是: what is denied of the last value is denied of all of them."""
    while tokens[at + 1 : at + 2]:
        step = 2 if tokens[at + 1].text in _JOINS else 1
        following = tokens[at + step : at + step + 1]
        if not following or following[0].kind != "value" or following[0].fact != tokens[at].fact:
            break
        at += step
    return at


def _is_told(message: Message, island: Island) -> bool:
    """我只交了3年，是几分: done already by the speaker, whatever is asked of it then."""
    at = island.amounts[0]
    lead = (
        list(
            takewhile(lambda one: one.kind not in ("pause", "amount"), message.tokens[at - 1 :: -1])
        )
        if at
        else []
    )
    done = any(token.text.endswith(("了", "过")) for token in lead[:2])
    return done and not any(token.kind in ("ask", "plan") for token in lead)


_HAS_ITS_VERB = re.compile("(?:合同|登记)[^没不未无]*[签有办][了的过]?|[就只光仅].*")
"""税没交过|合同倒是签了: what stands before it denies something else."""


def _is_denied_before(message: Message, island: Island) -> bool:
    """不是党员; 没有大陆的技师证."""
    tokens, core = message.tokens, island.core[0]
    if core and tokens[core - 1].text == "考上" and tokens[core].text.endswith("毕业"):
        return False  # 高中没考上|初中毕业的
    if _HAS_ITS_VERB.fullmatch(tokens[core].text):
        return False
    told = max((one.last for one in message.islands if one.last <= core), default=0)
    if denial_before(tokens, core, told):
        return True
    if any(_is_denial(token) for token in tokens[island.first : core][-2:]):
        return True
    described = core > 1 and tokens[core - 1].text == "的"
    return described and tokens[max(0, core - 3)].kind == "no"


def _is_denial(token: Token) -> bool:
    return token.kind == "no" or token.text in _NOT_COUNTED


_NOT_COUNTED = frozenset({"不算", "算不上", "谈不上", "称不上", "够不上"})
"""不算党员 denies it; behind a figure the same word only judges it."""


def denial_before(tokens: Sequence[Token], at: int, first: int = 0) -> Token | None:
    """The denial that leads to what stands here: 还没办|居住证, 公司没给我签|劳动合同."""
    lead = tokens[max(first, at - _LEADS) : at]
    led = len(list(takewhile(_leads, reversed(lead))))
    denial = lead[-led - 1] if led < len(lead) else None
    return denial if denial and denial.kind == "no" else None


def _leads(token: Token) -> bool:
    return token.kind in _LED_BY and token.text not in _AT_SCHOOL


_FAILED = re.compile("[的了证书]{0,3}[, ]?(?:但|可|结果)?没[考评]?(?:过|上|到|出来|下来)")


def _is_failed(message: Message, island: Island) -> bool:
    """考中级工，没考过."""
    end = message.tokens[island.core[0]].end
    return island.fact == "skill" and bool(_FAILED.match(message.text, end))


def is_denied(message: Message, island: Island) -> bool:
    """Whether the value an island states is denied: 不是党员; 党员不是, but not 初中没毕业."""
    at, tokens = island.core[0], message.tokens
    at = _last_of_a_list(tokens, at)
    if _is_denied_before(message, island) or _is_failed(message, island):
        return True
    behind = next((one for one in range(at + 1, len(tokens)) if not _goes_along(tokens[one])), None)
    if behind is not None and tokens[behind].kind == "self":
        return _says_no_of(tokens, behind, island)
    if behind is None or not _is_denial(tokens[behind]) or _is_of_the_next(tokens, at, behind):
        return False
    if tokens[behind].text in _NOT_COUNTED:  # 党员不算; 大专不算高
        return all(one.kind in _ENDS_A_DENIAL for one in tokens[behind + 1 : behind + 2])
    directly = not any(one.kind == "noise" for one in tokens[at + 1 : behind])  # 买了户口没迁
    done = _DONE if directly else {"verb"}
    rest = tokens[behind + 1 : behind + 5]
    follows = dropwhile(lambda one: one.kind in done and one.text not in OTHERS, rest)
    after = list(tokens[behind + 1 : behind + 2] if island.fact == "education" else follows)
    return not after or after[0].kind in _AFTER_A_DENIAL or after[0].text in OTHERS


_LIKEWISE = frozenset({"也", "更", "都"})
_AFFIRMS = re.compile("[只就光仅有]")


def _is_of_the_next(tokens: Sequence[Token], at: int, denial: int) -> bool:
    """只有居住登记|没办居住证; not 没当过兵，民主党派更不是|代表, which denies likewise."""
    if _AFFIRMS.match(tokens[at].text):
        led = dropwhile(lambda one: one.kind in ("verb", "benefit"), tokens[denial + 1 :])
        return (following := next(led, None)) is not None and bool(following.fact)
    between = {token.text for token in tokens[at + 1 : denial]}
    likewise = FACTS[tokens[at].fact].type == "set" and not between.isdisjoint(_LIKEWISE)
    return not likewise and of_the_next(tokens, denial)


def _goes_along(token: Token) -> bool:
    return token.kind in _SAID_BETWEEN and token.text not in OTHERS and not _is_denial(token)


_ENDS_A_DENIAL = frozenset({"pause", "tail", "self"})


def _says_no_of(tokens: Sequence[Token], speaker: int, island: Island) -> bool:
    """党员|我不是: the speaker denies what stands right before, and nothing else is denied."""
    said = list(takewhile(_only_denies, tokens[speaker + 1 :]))
    if not said or not any(map(_is_denial, said)):
        return False
    denial = speaker + 1 + next(at for at, one in enumerate(said) if _is_denial(one))
    after = tokens[speaker + 1 + len(said) : speaker + 2 + len(said)]
    left = island.fact == "education" and bool(_LEFT_SCHOOL.match(words(tokens[denial + 1 :])))
    return not (left or of_the_next(tokens, denial)) and (
        not after or after[0].kind in _AFTER_A_DENIAL
    )


_HAS = frozenset(
    {"有", "是", "当", "当过", "做过", "考", "考过", "评", "评上", "办", "拿到", "得过", "过"}
    | {"入", "入过", "加入", "参加", "参加过", "签", "签过"}
)


def _only_denies(token: Token) -> bool:
    return token.kind in ("no", "adverb", "tail") or token.text in _HAS or _is_denial(token)


_LEFT_SCHOOL = re.compile("[有能]?(?:毕业|读完|念完|上完)")
"""初中我没毕业: the school was left, not denied."""
