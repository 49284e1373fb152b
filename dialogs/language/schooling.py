"""What is told of a school that was left, or that one attends: 高二就出来打工了; 正在读大专."""

import re

from dialogs.language.rewriting import Rules
from dialogs.language.wordings import wordings

_LEVELS = {
    "初中": "小学|初中|初[一二三]",
    "高中": "职业高中|普高|高中|中专|中职|职高|职校|职中|中技|技校|高[一二三]",
    "大专": "大学专科|高职高专|大专|专科|高专|高职",
    "本科": "大学本科|专升本(?!的)|本科|大学|大[一二三四]",
    "研究生": "硕士研究生|研究生|硕士|研[一二三]",
    "博士": "博士研究生|博士",
}
_NAMES = "|".join(_LEVELS.values())
_HIGHER = "|".join(_LEVELS[level] for level in ("大专", "本科", "研究生", "博士"))
_YEAR = "[高初大][一二三四]"
_STUDY = "[读念上学]"
_SO_LONG = "(?:半|[一二两三\\d])(?:年半?|个?学期)?|几[天年]|一半"
_LEFT_IT = (
    f"没(?:有|能)?{_STUDY}?(?:完|毕业|下去|到头|得完)|没(?:有)?拿到?(?:毕业|文凭)证?书?"
    f"|(?:就|给|被)?(?:辍学|肄业|退学)|(?:半路|中途)?就?(?:没|不)(?:再|想)?{_STUDY}(?:书|了)+"
    f"|{_STUDY}[了到]?(?![三3]年了?(?:$|[,。; ]))(?:{_SO_LONG})[^,。;没毕证]{{0,2}}[就又]?"
    "(?:跟[^,。;]{1,4})?"
    f"(?:[不没]{_STUDY}|出来|出去|退|辍|走|去?打工|(?=$|[,。; ]))"
)
_TO_WORK = (
    f"就?(?:不{_STUDY}了?)?(?:出来|出去|去|跑出来|回家)"
    "(?:打工|干活|做工|上班|做事|学手艺|种田|当学徒)"
)
_SAID_BETWEEN = "(?:也|都|还|是|我|我是|可惜|但|后来|家里穷|[,， ]){0,3}"
_LEFT = re.compile(
    f"(?<![完毕])(?:(?:{_NAMES})?只?{_STUDY}[到了]?)?(?:(?P<level>{_NAMES})(?P<year>(?<={_YEAR}))?{_SAID_BETWEEN}"
    f"(?:(?(year)(?:{_TO_WORK}|{_LEFT_IT})|(?:{_LEFT_IT})))"
    f")[了的书]{{0,2}}(?:[,， ]?没(?:有)?毕业)?(?![,，]?[这那]?个?算)"
)
"""高二就出来打工了, 大专读了一年就不读了."""
_FORM = (
    "(?:专升本|专接本|函授|成人|成教|自考|电大|夜大|国开|开放大学|网络|网教|远程|在职|业余|全日制"
    "|的|一?[个门]){0,4}"
)
"""In what way one studies: 还在读|电大的|大专."""
_SO_LONG_STILL = "(?:还|再)[要得有差]?(?:读|念|上|学)?(?:半|[一二两三四\\d]个?)(?:年半?|学期)"
_SOME = "[一两二三四五六七八九十\\d]{1,3}"
_REMAINS = (
    "(?:最后|了|着){0,2}(?:(?:几|[一两二三四五六七八九\\d]{1,2})[门科](?:课|功课"
    "|考试)?|个?(?:毕业)?(?:论文|答辩|设计|实习))"
    "(?:还?没有?(?:考?过|考完?|通过|及格|写完?|交)|才?能?毕业|要考|没考没?过){0,2}"
)
"""大专还差两门没考过."""
_NOW = re.compile(
    f"(?:(?:(?:还|正|现在|目前){{1,2}}在?{_FORM}{_STUDY}着?|(?<![没不]){_STUDY}着个?|边"
    f"[^,，。; ]{{1,10}}边{_STUDY}着?){_FORM}(?P<after>{_NAMES})(?!毕业)"
    f"|(?<!完)(?<![没不])在{_STUDY}{_FORM}(?P<attended>{_NAMES})(?!毕业)"
    f"(?:[,， ]?还?没有?(?:{_STUDY}完|毕业|出来))?"
    f"|(?P<left>{_NAMES})(?!毕业)(?:[,，][^,，。;没不]{{2,8}})?[,， ]*{_SO_LONG_STILL}"
    f"(?:才?毕业|读完|念完)?"
    f"|(?P<nearly>{_NAMES})(?!毕业)的?(?:[^,，。;没毕]{{0,4}}{_SOME}[门科])?[,，]? ?(?:也|就|都"
    f"|现在|只|还|是){{0,3}}(?:[差剩缺欠]|有(?=[^,，。;]{{1,6}}没)){_REMAINS}"
    f"|(?P<lasting>{_NAMES})(?!毕业)[,， ]?(?:我|都|已经){{0,2}}"
    f"{_STUDY}了?(?:{_SO_LONG})多?了(?=$|[,，。; ])"
    f"|(?P<entered>{_NAMES})(?!毕业)[,， ]+[今去]年[^,，。;没]{{0,5}}(?:入的?学|开的?学|报的?到)"
    f"|(?P<paused>{_NAMES})[,， ]我?(?:(?:还|正|现在|目前){{1,2}}在?{_STUDY}|在?{_STUDY}着)呢?(?=$"
    f"|[,，。 ])"
    "|(?:现在(?:是|读到?)?|(?<=[,，。; ])(?:今年|都|已经|刚|我)?)(?P<grade>研[一二三]|大"
    "[一二三四])(?=$|[,，。 了的])"
    f"|(?P<before>{_NAMES})(?:我|还|正|是|现在|目前){{0,2}}(?:在{_STUDY}|{_STUDY}着)(?:呢|的)?(?!{_NAMES})"
    f"|(?P<goes_on>{_HIGHER})(?!毕业)是?{_FORM}[,， ]*(?:还没(?:有)?毕业[,， ]*)?"
    f"(?:我|现在|目前){{0,2}}[还正]在?{_STUDY}(?![完到]|{_FORM}(?:{_NAMES}))"
    f"|(?P<graduates>{_HIGHER})(?!毕业){_FORM}[,， ]*[要得到]?(?:[明后]年|下个?月|年底)"
    f"[^,，。;没考]{{0,5}}(?:毕业|拿(?:毕业)?证)(?:[,， ]?(?:现在)?还在{_STUDY})?"
    f"|(?P<not_yet>{_NAMES})(?:我)?还没(?:有)?(?:{_STUDY}完|毕业)(?![^,。]{{0,3}}(?:就|打工|出来)))"
)
_STILL = re.compile(f"(?<=在读)[,， ]?我?还?没有?(?:毕业|{_STUDY}完|拿(?:到)?证)")
_SENIOR = ("初中", "高中")


def as_finished(text: str) -> str:
    """A school that was left or is attended, in one wording for each; who attends a senior school
    has not finished it.

    >>> as_finished("高二就出来打工了"), as_finished("大专读了一年就不读了")
    ('高中没毕业', '大专肄业')
    >>> as_finished("正在读大专"), as_finished("高中念着呢"), as_finished("高中毕业就出来打工了")
    ('大专在读', '高中没毕业', '高中毕业就出来打工了')
    >>> as_finished("高中在读本科")
    '高中本科在读'
    """
    return _RULES.rewrite(text)


def _attended(found: re.Match[str]) -> str:
    level = _canonical(next(filter(None, found.groupdict().values())))
    return _unfinished(level) if level in _SENIOR else f"{level}在读"


def _unfinished(level: str) -> str:
    return f"{level}没毕业" if level in _SENIOR else f"{level}肄业"


def _canonical(name: str) -> str:
    return next(level for level, names in _LEVELS.items() if re.fullmatch(names, name))


_RULES = Rules(
    [
        *wordings("schools", levels=_NAMES),
        (_NOW, _attended),
        (_STILL, ""),
        (_LEFT, lambda found: _unfinished(_canonical(found["level"]))),
    ]
)
