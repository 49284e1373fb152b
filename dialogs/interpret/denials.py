"""没有 as people say it: with a reason before or after it, of a whole list, of all the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from dialogs.conversation import Facts
from dialogs.interpret.asked import PAUSE, Answer, Asked, own_mentions
from dialogs.interpret.figures import own_figures
from dialogs.language.denied import is_denied
from dialogs.language.lexicon import any_of
from dialogs.language.mention import SELF, Mention
from dialogs.language.message import Message, words
from dialogs.language.nothing_said import nothing_said, rest_denied
from dialogs.language.options.option_table import OptionWords, option_words, tidy
from dialogs.language.precheck import asks, asks_outright
from dialogs.language.questioned import is_removed
from dialogs.language.tokens import Token
from dialogs.questions import facts_behind, nothing
from dialogs.reading import Taken, none_of, plain
from scoring import FACTS


def nothing_at_all(asked: Asked) -> Answer:
    """哪样都没得 我字认不到几个: nothing of what is asked."""
    question, said = asked.question, nothing_said(asked.told.message)
    named = any(one.fact in question.facts for one in asked.told.mentions)
    if said is None or (said == "rest" and named and not question.ticks):
        return None  # 焊工操作证，其他没得
    if question.kind or question.fields:
        lacks = any_of("nothing.denied").search(asked.told.message.text)  # 不是: not so much
        return none_of(question) if lacks and question.kind != "date" else None
    answer = none_of(question) if question.ticks or question.several else asked.read(_NONE)
    return answer if isinstance(answer, Taken) and is_denial(answer) else None


_NONE = "都没有"


def list_closed(asked: Asked) -> Answer:
    """The lines of a list, and that it is closed: 志愿者做过，别的统统没."""
    closing = closes(asked.told.message)
    if not asked.question.ticks or closing is None:
        return None
    text = asked.told.message.text[:closing]
    last = _LAST_NUMBER.search(text)
    before = asked.read(last[1] if last else asked.own_text[:closing])
    read = (before.ticked or ()) if isinstance(before, Taken) else ()
    named = {one.fact for one in own_mentions(asked.told) if is_there(one)}
    lines = asked.question.ticks.items()
    told = (key for key, line in lines if named & {*facts_behind(line)})
    lines_told = lines_in(asked, text)
    return Taken(ticked=tuple(dict.fromkeys((*read, *told, *lines_told))))


_LAST_NUMBER = re.compile("[,。; ](?:那就?|就|选|再|加){1,4}+(\\d{1,2})[吧呀]?[,。; ]*+$")
"""我交了税呀 那就7 别的没有了."""


def is_there(one: Mention) -> bool:
    """Whether a mention tells of something that one has, certain or not."""
    return one.value is None or plain(one.value) != nothing(one.fact)


def lines_in(asked: Asked, text: str) -> tuple[str, ...]:
    """The lines of a list that a text names, clause by clause, without what it denies or asks. A
    line that is the whole fact must be stated."""
    lines = asked.question.ticks
    table = option_words(asked.question.options)
    named: set[str] = set()
    for clause in PAUSE.split(text) if lines else ():
        if asks(clause):
            continue
        if _DENIES.search(clause):
            named.update(*_affirmed(clause, table))
            continue
        found, _ = table.scan(tidy(clause))
        named.update(*(word.ids for word in found if len(word.ids) == 1 and len(word.text) > 1))
        named.update(table.table.get(clause[:1], ()))  # 税一年交三百
    gone = {one.fact for one in own_mentions(asked.told) if not is_there(one)}
    opened = (key for key in lines if key in named and lines[key].opens)
    return tuple(key for key in opened if not gone.issuperset(facts_behind(lines[key])))


_DENIES = re.compile("没|不|无|莫|冇|以前|打算|准备|想")
_AFFIRMS = re.compile(
    "(?:也|都|是|倒是)*(?:[做献捐参交签得评办当]|有)[加上到]?(?:过|了|的|[一两三\\d])"
)
_DENIES_IT = re.compile("(?:也|都|还|是|倒是|一[个样次])*[没不]")


def _affirmed(clause: str, table: OptionWords) -> Iterator[set[str]]:
    """献血没得|志愿者做过: the lines that a dictated clause affirms, beside those it denies."""
    end, denied = 0, False
    for word in table.pattern.finditer(clause):
        led = not denied and _DENIES.search(clause, end, word.start())
        ids = table.table[word[0]]
        if not led and len(ids) == 1 and _AFFIRMS.match(clause, word.end()):
            yield ids
        end, denied = word.end(), bool(_DENIES_IT.match(clause, word.end()))


_NO_MORE = re.compile("(?<=[,。;! ])(?:没有?了|没得了|就这些了?|就这几样了?)$")
"""有交税，没有了."""


def closes(message: Message) -> int | None:
    """Where a message begins to say that there is nothing else; None where it does not."""
    found = _NO_MORE.search(message.text.rstrip(" ,。;!啊吧嘛"))
    return found.start() if found else rest_denied(message)


_NOTHING_FIRST = re.compile(
    "(?:[我那就说这些上面以的]|反正|志愿|捐款|献血|没得嘛|,){0,12}(?:都|啥子?|什么|一样){1,6}没(?:有|得|搞|做|弄|干)"
)
"""都没有啥子都没有，我怕针: nothing, whatever is said of it."""
_FAILED = re.compile(
    "没(?:有)?(?:能|去|考|当|入|选|评|办|赶|轮|通|批|加)?[成上过着到](?:了|兵|党)?(?=$|[,。!])"
)
"""想当兵没去成: it was tried, and nothing came of it."""
_NOT_COUNTED = re.compile("没有?[记数算说讲提]")
"""我都没记几次, 我没说税: nothing is told."""
_DENIAL = frozenset(
    {"no", "adverb", "verb", "tail", "noise", "self", "us", "pause", "conjunction", "reporter"}
)


def list_denied(asked: Asked) -> Answer:
    """A list denied as people do: 都没做过, 啥都没有."""
    message = asked.told.message
    own = zip(message.tokens, message.owners, strict=True)
    kinds = {token.kind for token, owner in own if owner == SELF}
    if not (asked.question.ticks or asked.question.several):
        return None
    if "no" in kinds and kinds <= _DENIAL and not _NOT_COUNTED.search(message.text):
        return Taken(ticked=())
    domain = {one.fact for one in own_mentions(asked.told) if one.value or one.refused}
    if domain & {*asked.question.domain}:
        return None
    failed = asked.question.several and _FAILED.search(message.text)
    return (
        Taken(ticked=())
        if failed or _NOTHING_FIRST.match(message.text) or _first_clause_denies(asked)
        else None
    )


def _first_clause_denies(asked: Asked) -> bool:
    """没签，老板说不用签: whether the first clause only denies, and the rest goes along."""
    tokens = asked.told.message.tokens
    first = list(takewhile(lambda one: one.kind != "pause", tokens))
    rest, kinds = words(tokens[len(first) + 1 :]), {token.kind for token in first}
    denied = {"no", "verb"} <= kinds <= _DENIAL and bool(rest)
    return denied and not BUT.search(rest) and not isinstance(asked.read(rest), Taken)


def amount_denied(asked: Asked) -> Answer:
    """没参加过，天天三班倒哪有空; 天天加班，没有: a denial, and nothing beside it that tells
    otherwise."""
    if not (asked.question.kind or asked.question.fields):
        return None
    if _TWICE.search(asked.own_text):
        return None  # 从来没有不参加
    if _ONE_EMPLOYER.fullmatch(asked.own_text):
        return None
    if asks_outright(asked.own_text) and not _PAUSES.search(asked.own_text):
        return None  # 党员有分没, 没有献血行不行
    first, *after = _denial_first(asked)
    *before, last = [one for one in _BEFORE_A_DENIAL.split(asked.own_text) if one] or [""]
    return _only_denies(asked, first, after) or _only_denies(asked, last, before)


_ONE_EMPLOYER = re.compile(
    "没[有得]?[交缴]?[过]?[满够全齐完]了?"
    "|(?:我?在?(?:以|之|从)?前|原来?|上一?|[那第头][一二两三]?|老)的?[一-龥]{0,3}[家个厂司位东板][一-龥]{0,2}没[一-龥]{1,4}"
)
"""没交满; 第一家没交, 以前的厂没交: of all the time, or of the others, nothing is said."""
_TWICE = re.compile("没有?[没不](?!是|晓|知|清)|不是[没不]")
_PAUSES = re.compile("[,。;:!、~…() ]")
_BEFORE_A_DENIAL = re.compile(r"[,。;:!、~…()]|(?<=.)(?:所以|(?<!有)(?=[没不][^没不]{0,3}$))")


def _only_denies(asked: Asked, clause: str, others: Sequence[str]) -> Answer:
    """The denial in a clause, unless the others give a figure or tell of something done."""
    if not others:
        return None
    of_any = asked.question.kind  # of several fields, only 我一个打工的 counts nothing: 县级一个
    told_of = others if of_any else [one for one in others if one.startswith(("我", "俺", "本人"))]
    of_oneself = any(map(_describes_oneself, told_of))
    counted = [one for one in own_figures(asked) if not (of_oneself and one.endswith("一个"))]
    told = "".join(one for one in others if not _REPORTED.match(one))
    if asks_outright(clause) or counted or _is_done(told):
        return None
    answer = asked.read(clause)
    if not isinstance(answer, Taken) or set(answer.facts.values()) != {0}:
        return None
    facts = dict(answer.facts)
    for one in others if asked.question.fields else ():
        read = asked.read(one)  # 市级没有，省级没有，国家级也没有
        facts |= read.facts if isinstance(read, Taken) and is_denial(read) else {}
    return replace(answer, facts=facts)


_REPORTED = re.compile(
    "[^,。;我]{0,6}(?:老板|厂里?|公司|人家|别人|会计|人事|他们|组长)[都也]?[说讲]"
)
"""没交过 老板说交了工资就少: what an employer says is not done."""


def _describes_oneself(clause: str) -> bool:
    """我一个打工的, 老百姓一个: what one says of oneself counts nothing."""
    return bool(_ONE_OF_MANY.fullmatch(clause))


_ONE_OF_MANY = re.compile("[^有]{2,}一个|(?:我|本人)?(?:就是?)?一个[^月]{2,}")


def _is_done(text: str) -> bool:
    """Whether a text tells of something done after all; 不用交, 没去献, 交啥税 and 我们做点工的
    do not."""
    verbs = (
        one for one in any_of("none_verbs").finditer(text) if not _ASIDES.match(text, one.start())
    )
    return any(not _NOT_DONE.search(text[max(0, one.start() - 4) : one.start()]) for one in verbs)


_ASIDES = re.compile("做(?![了过])|.(?:啥|什么)")


_NOT_DONE = re.compile("[没不哪](?!过).{0,3}$")


def _denial_first(asked: Asked) -> list[str]:
    """The first clause and the others; of dictated speech, what stands before the speaker (没得血|
    我怕)."""
    clauses = [clause for clause in PAUSE.split(asked.own_text) if clause] or [""]
    tokens = asked.told.message.tokens
    head = list(takewhile(lambda one: one.kind not in ("self", "us", "pause", "ask"), tokens))
    said = next((one for one in head if one.kind not in _WHERE), None)
    begins = said is not None and said.kind == "no"
    if not begins or len(clauses) > 1:
        return clauses
    for end in range(2, len(head)):  # 没参加过|天天下午两点才收工
        denied = asked.read(words(head[:end])) if head[end].kind in _ASIDE else None
        if isinstance(denied, Taken) and is_denial(denied):
            return [words(head[:end]), words(tokens[end:])]
    return [words(head), words(tokens[len(head) :])]


_ASIDE = frozenset({"noise", "time", "unknown", "common", "payer", "person", "conjunction"})


_WHERE = frozenset({"preposition", "place", "adverb", "tail"})
BUT = re.compile("但|不过|可是|只是|还是|或者")


def denied_at_the_end(asked: Asked) -> Answer:
    """做鞋面的没有证哦: what one does, and without a pause that there is none."""
    lead, _, last = asked.own_text.rpartition("没")
    if asked.question.kind or not lead or len(last) > _SHORT or _UNLIKE_A_STORY.search(lead):
        return None
    if asked.question.in_any_case and rest_denied(asked.told.message) is not None:
        return None  # 那就7 别的没有了
    if asked.question.fields and any(one.unit in _SUMS for one in asked.told.message.tokens):
        return None  # 市级一个我老婆没有
    told = {one.fact for one in own_mentions(asked.told)} & {*asked.question.domain}
    answer = None if told else asked.read("没" + last)
    denied = isinstance(answer, Taken) and answer.facts and is_denial(answer)
    return answer if denied else None


_SHORT = 5
_SUMS = frozenset({"count", "yuan"})
_UNLIKE_A_STORY = re.compile("[,。;没不]|[有是办考想要如]")
_BEFORE_THE_THING = frozenset({"adverb", "tail", "verb", "benefit", "self", "us", "preposition"})
_NAMES = frozenset({"fact", "value", "noun"})


def denies_another_thing(asked: Asked) -> bool:
    """没有专利, where months are asked for; 居住证我没有, where a certificate is: what is denied is
    named, and is no answer."""
    tokens = asked.told.message.tokens
    amount = asked.question.kind or asked.question.fields
    things = [
        _thing_after(tokens[at + 1 :]) if amount else _thing_before(tokens[:at])
        for at, one in enumerate(tokens)
        if one.kind == "no"
    ]
    return bool(things) and all(one and _is_another(asked, one) for one in things)


def _thing_before(tokens: Sequence[Token]) -> Token | None:
    """居住证我|没有: the name that stands right before a denial."""
    led = dropwhile(lambda one: one.kind in _BEFORE_THE_DENIAL, reversed(tokens))
    before = next(led, None)
    return before if before and before.kind in _NAMES else None


_BEFORE_THE_DENIAL = frozenset({"self", "adverb", "tail"})


def _thing_after(tokens: Sequence[Token]) -> Token | None:
    """What a denial denies: the first word after it that is no mere helper (没那个证); a person who
    does something is none (没有|我哥有)."""
    things = (at for at, one in enumerate(tokens) if one.kind not in _BEFORE_THE_THING)
    at = next((at for at in things if tokens[at].text not in _POINTS), None)
    acts = at is not None and tokens[at].kind == "person" and tokens[at + 1 : at + 2]
    return None if at is None or (acts and acts[0].kind != "pause") else tokens[at]


def _is_another(asked: Asked, thing: Token) -> bool:
    if thing.kind in _NAMES:
        return thing.fact not in asked.question.domain
    return thing.kind == "person" or (thing.kind == "noise" and thing.text in _THINGS)


_POINTS = frozenset({"这个", "那个"})
_THINGS = frozenset({"证", "时间"})


def is_denial(answer: Taken) -> bool:
    """Whether nothing is there; what follows a denial explains it: 证没有，手艺有，就是没去考."""
    return not answer.ticked and all(one in ("none", False, 0) for one in answer.facts.values())


def values_denied(message: Message) -> dict[str, frozenset[str]]:
    """Of facts that take several values, those that are denied, or shall go: 我不是党员."""
    found: dict[str, frozenset[str]] = {}
    for island in message.islands:
        several = bool(island.value) and FACTS[island.fact].type == "set"
        gone = several and (is_denied(message, island) or is_removed(message, island))
        if gone and message.owner(island) == SELF:
            found[island.fact] = found.get(island.fact, frozenset()) | {island.value}
    if not any(message.owners) and _NO_BUSINESS.search(message.text):
        found["employment"] = found.get("employment", frozenset()) | {"business_owner"}
    return found


_NO_BUSINESS = re.compile("没有?[做搞](?:过|什么|啥)?(?:生意|买卖)|(?:生意|买卖)[也都]?没有?[做搞]")


def lines_denied(asked: Asked) -> Facts:
    """合同有，税没交: what is none, of the lines of a list that are denied one by one."""
    lines, table = asked.question.ticks, option_words(asked.question.options)
    told = {one.fact for one in asked.told.mentions}
    facts: Facts = {}
    for clause in PAUSE.split(asked.said_of_oneself) if lines else ():
        denied = _IS_NOT_THERE.fullmatch(clause)
        line = table.exact(tidy(denied[1])) if denied else None
        behind = facts_behind(lines[line]) if line and line in lines else ()
        facts |= {} if told & {*behind} else {fact: nothing(fact) for fact in behind}
    return facts


_IS_NOT_THERE = re.compile(
    "(?:我|那|就)?(.{1,8}?)(?:我|也|都|还|是|倒是|从来|一直|这个|那个|从){0,4}(?:没有?|没得|无)"
    "(?:交|缴|办|签|参加|做|得|拿|献|捐|有|买|评|当)?(?:过|了|的|吧|啊){0,4}"
)


def one_denied(asked: Asked) -> Answer:
    """我没有开厂，我扫地的: one of several values is denied, and the others are still open."""
    several = asked.question.several and values_denied(asked.told.message)
    return Taken(ticked=(), more=True) if several and asked.question.fact in several else None
