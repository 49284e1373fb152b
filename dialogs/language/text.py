"""One form for what people type: simplified characters, half-width digits, no emoji."""

import re
import unicodedata
from functools import cache, lru_cache

from dialogs.language.asides import without_asides
from dialogs.language.by_ear import as_named
from dialogs.language.recognisers.numerals import NUMBER, read
from dialogs.language.regional import in_standard_words
from dialogs.language.rewriting import Replacement, Rules
from dialogs.language.roundabout import ROUNDABOUT
from dialogs.language.vocabulary import named_words
from dialogs.simplified import simplified
from dialogs.sounds import spelling

LONGEST = 600
"""Characters of a message that are read; WeChat's own box takes no more."""

_CIRCLED = {ord("①") + i: f" {i + 1} " for i in range(20)}
_POINT_OF_A_LIST = re.compile("(?<=[①-⑳])[。.．]")
"""①。5年 is a line, and no 1.5 years."""
_MARKS = str.maketrans(
    {"〇": "零", "○": "零", "–": "-", "—": "-", "―": "-", "─": "-", "−": "-", "﹣": "-"}
)
_FINANCIAL = str.maketrans("壹贰叁参肆伍陆柒捌玖拾佰仟弍弎", "一二三三四五六七八九十百千二三")
_FINANCIAL_RUN = re.compile(
    "(?<![退入队行])(?<![退入][的了过])[壹贰叁参肆伍陆柒捌玖拾佰仟弍弎零]+"
    "(?= ?[岁年个月次回元圆块万亿项件整,。!]|$)"
)
_ELLIPSIS = re.compile(r"\.{2,}")
"""七年哦不对…六年: a pause, and no decimal point."""
_EMOTICON = re.compile(r"\[[一-龥a-z]{1,4}\]|/::[\S]{1,2}|/:[a-z@-]{1,6}")
_DOT_OF_THE_KEYBOARD = re.compile(r"(?<=\d)。(?=\d)")
_LOOSE_SPACE = re.compile(
    r"(?<![0-9a-z])(?<!\d。) | (?![0-9a-z])|(?<=[a-z]) (?=\d)|(?<=\d) (?=[a-z])"
)
_AFTER_A_COMPARISON = re.compile("(?<=一点) (?=[一二两三四五六七八九十\\d])")
"""长一点 五年: no decimal point."""
_COMMA_OF_A_LIST = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))(?!000)")
"""500，300 are two numbers; 12，000 is one."""
_BEFORE_THE_REPUBLIC = 1911


def _in_common_era(found: re.Match[str]) -> str:
    year = read(found[1])
    return found[0] if year is None else f"{_BEFORE_THE_REPUBLIC + int(year)}年"


def _less(years: str, half: str, months: str) -> str | None:
    """So many months less than the years; None where a numeral is not certain."""
    whole, less = read(years), read(months)
    if whole is None or less is None or not 0 < less < 12:
        return None
    total = whole * 12 + (6 if half else 0) - less
    return f"{total}个月" if total > 0 and total.denominator == 1 else None


_LEVELS = {"县": "县级", "市": "市级", "省": "省级", "国": "国家级"}
_FORGOTTEN = re.compile(
    "[,，]?(?:刚才?|前面)?忘(?:了|记)说了?|(?<![^,，。 ])不多[,，。 ]+(?=就|才)"
    "|[,，。 ]+(?:我|也|又|都|那时|当时)*不(?:晓得|知道)(?:还|有|要|得|可以|能)"
    "[^,，。没不吗哪几多?？]{1,10}(?=$|[,，。 ])"
)
"""刚才忘了说: the person does know; 不多，就三年: the figure is what it is."""
_SOME = "[\\d一两二三四五六七八九十]+"
_SPOUSE = "(?:老公|老婆|爱人|媳妇|对象|男人|丈夫|妻子)"
_BOTH = "(?:[我俺咱][和跟与同][^,，。;有没不是都]{1,6}|我们[俩两]个?人?|[我俺]俩|夫妻俩?|两口子)"
"""俺跟俺媳妇都有: said of both, and so of oneself."""
_CONTRACTIONS: list[tuple[re.Pattern[str], Replacement]] = [
    (re.compile(f"民国({NUMBER})年"), _in_common_era),  # as people from Taiwan count
    (
        re.compile("廿(?=[一二三四五六七八九]?号)|(?<!月)廿"),
        "二十",
    ),  # after a month it is a day of the lunar calendar
    (re.compile("卅"), "三十"),
    (re.compile(f"(房东(?!住)[^,，。; ]{{1,8}})(?=住了{_SOME}年)"), r"\1租房"),  # 房东说我住了三年
    (re.compile(r"(?<=\d) ?h(?:rs?)?(?![a-z])"), "小时"),
    (re.compile("(?<=[我俺他她婆公])么(?![什得])"), "嘛"),  # 我么初中，老婆么高中
    (re.compile("免(?:掉|了)?的?税(?![店额区]|商品|[吗么政])"), "没交税"),
    (re.compile("(?<![没不未])上规(?=[了的 ,，。模]|$)"), "规上"),
    (re.compile("[好几]多(?=分)"), "多少"),
    (
        re.compile("哪(?:里|儿)?(?:会|肯|舍得)(?=给?[我你您咱俺]?们?[交缴买])"),
        "不",
    ),  # 老板哪里会给你交
    (
        re.compile(
            "(?<=还)([读念学考交买献捐])(?:什么|啥)[书学证税血钱房]?(?=$|[,，。;！! 啊呀哦嘛])"
        ),
        r"不\1",
    ),  # 娃都三个了还读什么书
    (re.compile("没有?人(?:叫|让|喊|通知|带)(?:我们?|俺)去?(?=登记|办)"), "没"),
    (
        re.compile(
            "哪里?有(?:单位|公司|老板|厂)(?:会|肯|愿意)?(?:给|帮)?(?:我|你)?们?(?=[交缴买])"
        ),
        "没",
    ),  # 摆地摊的哪有单位交社保
    (re.compile("没有?人(?:会|肯|愿意)?(?:给|帮|替)(?:我们?|俺们?)?(?=[交缴买])"), "没"),
    (
        re.compile(
            "(?:谁|(?<![^,，。; ])哪个)(?:会|肯|来)?(?:给|帮|替)(?:我们?|俺们?|你们?)"
            "([交缴买办登](?:社保|公积金|保险)?)"
            "(?=[啊呀哦嘛呢]?(?:[,，。! ]|$))"
        ),
        r"没\1",
    ),  # 谁给我交啊
    (re.compile("([交捐献缴买考])(?:什么|啥)\\1"), r"没\1"),  # 捐啥捐
    (re.compile("哪(?:里|儿)?(?:能|会|敢)?算(?:得上)?是?(?:什么|啥)"), "不是"),
    (re.compile("算(?:得上)?是?哪(?:门子|样|种)(?=人才|党员|代表|委员)"), "不是"),
    (re.compile("哪(?:里|儿)?轮得?[到上](?:我|俺|咱)?"), "没有,"),
    (
        re.compile(
            "哪(?:里|儿)?[有来]的?(?:什么|啥|[那这]种?)?个?"
            "(?:本事|福气|能耐|闲钱|(?:闲)?工夫|闲功夫|脑子|命|待遇|好事)"
        ),
        "没有",
    ),
    (
        re.compile(
            "哪(?:里|儿)?[有来]的?(?:什么|啥|个)?"
            "(?=(?:职称|公积金|社保|证书|证|专利|房子|合同|表彰|奖状|荣誉|奖)"
            "[^,，。吗?？算]{0,2}(?:$|[,，。 ]))"
        ),
        "没有",
    ),
    (re.compile("(?:不敢|没敢|不能|没法|不让)献|献不了(?=血)"), "没献"),
    (re.compile("(?:(?<![^,，。 ])|(?<=做))[咩乜](?=[^,，。 ]|$)"), "什么"),
    (
        re.compile(
            "哪里?有(?=[一两三四五六七八九十\\d]+年[^,，。?？ ]{0,2}(?:[,，。 ]|$)"
            "|[^,，。?？ ]{0,6}(?:[哦噢喔嘛咯喽哟啊呀]|[这那](?:个|些|玩意儿?|东西))(?:[,，。 ]|$))"
        ),
        "没有",
    ),  # 哪有合同哦
    (
        re.compile(
            "(?:两个人|我们俩?|我俩|夫妻俩?|两口子|我?[和跟与](?!社保|公积金|个税|税|[县市省国]|外观|实用|发明|献血|志愿)[^,，。]{1,4}?)"
            rf"(?:各自?|一人|每人)(?=[捐献交存]?了?{_SOME})"
        ),
        "我",
    ),  # 我和老婆各五百
    (re.compile(f"^{_BOTH}都(?=(?:没?有|[没是办交签]|不是)[的了过啊嘛呢]*$)"), "我"),
    (re.compile("(?<=[接续补交])上半年"), "上了半年"),
    (re.compile("「(有|是)」|(?<=并非)「(没有|不是)」"), r"\1\2"),
    (re.compile("(?<=不给)(?:我们?|俺们?)(?=[交缴买])"), ""),  # 老板不给我们交
    (re.compile("没[有得][嘛啊呀哦]+[,， ]?(?=(?:啥|什么)[都也]没)"), ""),  # 没得嘛啥都没有
    (
        re.compile(
            "(房子?)(?:在这|了)?[,，。 ]?(?:还[要用]?|又|干嘛)?租(?:什么|啥|哪门子)房?子?"
            "(?=$|[,，。;！!？? 呀啊哦嘛])"
        ),
        r"\1,没租房",
    ),  # 我自己有房子租什么房
    (re.compile(rf"(?<=[年半])了?[,， ]*[还又]?多(?={_SOME}个月)"), "零"),  # 满六年了 还多一个月
    (re.compile(rf"(?<=[年月半])了?[,， ]*[还又零]?多?(?:几|{_SOME})天(?=$|[,，。 了])"), ""),
    (re.compile("(?<=[查算看问数想])了下(?![来去午个半周])"), "了一下"),
    (
        re.compile(f"(?<!还)({NUMBER})年(半?)[差少缺欠]({NUMBER})个?月(?![就才满到够])"),
        lambda found: _less(found[1], found[2], found[3]) or found[0],
    ),  # 七年差三个月
    (re.compile("同一天"), "同时"),
    (re.compile("(?<=[那这])个税"), "笔税"),
    (re.compile(f"(?:人家|客服|对方|窗口|那边)(?:报|说|讲|回)的?是(?={_SOME})"), "是"),
    (
        re.compile(f"前(?={_SOME}年)([^,，。;]{{2,8}})[,，。; ]+后(?={_SOME}年)"),
        r"先\1,后来",
    ),  # 前三年宿舍，后两年租房
    (re.compile("没(买房?|结婚|办证?)(?:子)?(?:之?前|那会儿?|那时候?|的时候)"), r"\1前"),
    (re.compile(f"一([租住交干待呆做])了?就(?:是|有)?(?={_SOME}(?:多|几)?年)"), r"\1了"),
    (re.compile("(?<=[月份号日])过(?=生日)"), ""),
    (re.compile("断了?之?前(?=(?:一共|总共|就|也)?[交缴])"), ""),
    (
        re.compile(
            f"(?:[我俺咱]?{_SPOUSE}[和跟与同][我俺咱]|[我俺咱][和跟与同]{_SPOUSE})(?:两个人|俩)?"
            "(?:一起|一块儿?|共同|合伙)(?=[买租住盖建])"
        ),
        "我",
    ),  # 我老公跟我一起买的
    (re.compile("没[有得]?人[来去](?=[登办交])"), "没"),
    (
        re.compile(
            "(?<=没)(?<!登记没)(?<!登记[也都]没)登(?=[过的啊呀哦嘛]{0,2}(?:$|[,，。;！! ]))"
        ),
        "登记",
    ),
    (
        re.compile(
            "([四五六七八九])十([一二三四五六七八九])年(?=(?:十[一二]?|[一二三四五六七八九])月)"
        ),
        r"\1\2年",
    ),  # 八十九年十一月
    (re.compile("自个儿?(?![人儿])"), "自己"),
    (re.compile("(?<=[到至])今[天日]"), "现在"),
    (re.compile("登([的了过])个?记(?![者录])"), r"登记\1"),
    (
        re.compile(
            "([县市省]委[县市省]?政府|[县市省]政府|[县市省]里)(?:给|发|颁|奖)[过了]?(?:我|俺)"
            f"(?:发|颁|评|记)?[过了]?({_SOME}[次个回])(?:综合性?的?)?(表彰|荣誉|先进|奖状?)"
        ),
        r"\1\3\2",
    ),  # 县委县政府给过我一次综合表彰
    (re.compile("([县市省]委[县市省]?政府|[县市省]里)表彰过?(?:我|俺)"), r"\1表彰"),
    (re.compile("(?<=[月日号的])[,， ]+(?:我|今年|都|也)*虚岁[^,，。; ]{0,8}"), ""),
    (re.compile("(?<=年)了?[,，， ]+(?:上个?月|这个?月|前几天|刚刚?)刚?满的?(?=$|[,，。 ])"), ""),
    (re.compile("(?:教师|卫生|工程|经济|会计|农业|技术|专业){1,2}系列的?(?=[初中副正高])"), ""),
    (re.compile(f"比(?:社保|公积金)[晚早多少长短]了?(?:{_SOME}|半)(?:年半?|个月)"), ""),
    (
        re.compile(
            "(?:[县市省][里级]?的?[、,，和跟与 ]{0,2}+){2,4}+(?:国家|全国)?[级里]?的?"
            "(?=(?:哪一?级的?|一个)?[都全也].?[没冇])"
        ),
        lambda found: "".join(level for sign, level in _LEVELS.items() if sign in found[0]),
    ),  # 县里市里省里国家的都没有
    (re.compile("哪一?[级样个项种]的?(?=[都也]没)"), "一个"),
    (re.compile(f"现(?=(?:过|了|得|到)(?:{_SOME}|好几|几)[来多]?[次回])"), "献"),
    (re.compile(f"(?<=[献捐交])得(?={_SOME}[次回])"), "了"),
    (re.compile("(?<=[县市省家]级)的(?=奖|有|也|一|两|三|都|没|得|拿)"), ""),
    (re.compile(f"(?<=[交缴])得?不(?:太|很)?[多久长][,， ](?={_SOME}[年个])"), "了"),
    (re.compile("加上?今年的?[,， ]?(?=一共|总共)"), ""),
    (
        re.compile(
            "(没有?去?[^,，。?？]{1,5}过)(?:哪(?:样|种|些|门子)|什么|啥)(?=[^,，。?？吗呢])"
        ),
        r"\1",
    ),
    (re.compile("哪(?:里|儿)?([一-龥])得([上了起来动到及])"), r"\1不\2"),  # 哪赶得上
    (
        re.compile(f"(?<![\\d一二两三四五六七八九十])一(?=[住交干租做](?:就是?)?{_SOME}年)"),
        "",
    ),  # 一住五年
    (
        re.compile(
            "到(?:今年|这个?月|上个?月|本月)(?:为止|底)?"
            f"(?:刚好|正好|刚满|整整|整|满|足足|一共|是|有|已经|就){{0,3}}+(?={_SOME}(?:年|个月))"
        ),
        "",
    ),  # 租房，到今年整九年
    (
        re.compile(
            "(?:[去前今]年|(?:20)?\\d\\d年)(?:才|就)?开始[交缴存租住]的?[,，]?"
            f"(?=(?:一共|总共|合计|加起来)[^,，。;]{{0,4}}{_SOME}[年个])"
        ),
        "",
    ),  # 去年才开始交，一共一年零两个月
    (
        re.compile(
            f"(?:申报|申请|报|递|交)了?{_SOME}[项个件次][,，]?"
            f"(?=[^,，。;]{{0,4}}(?:批|授权|下来|通过)[^,，。;]{{0,3}}{_SOME}[项个件次])"
        ),
        "",
    ),  # 报了三项，只批下来两项
    (re.compile("(?<=[年月])了(?:这个?月|上个?月)(?=$|[,，。; ])"), "了"),
    (re.compile("(?:能|可以)用到[明后]年[^,，。;! ]{0,4}"), "没过期"),
    (
        re.compile("(?<=[\u4e00-\u9fff])[,，、 ]+(?:这?[两三几]样|这些)(?:我|俺)?(?=[都也]没)"),
        "",
    ),  # 税费、个税，两样都没交过
    (
        re.compile("(?<=没[交缴献捐参加做]过)[,， ]?一(?:个月|天|次|回|分钱?|毛钱?)[都也]没有?过?"),
        "",
    ),
    (
        re.compile(
            "(?<=[了的过有月年])(?=(?:还|那)?(?:要|需要|得|该)(?:填|带|办|准备|交|做|怎么)[^,，。]{0,3}(?:什么|啥|哪))"
            "|(?<=[了的过有月年])(?=(?:这样子?|那)?够不够(?!了))"
            "|(?<=[了的过])(?=(?:可以|能|可不可以|能不能)先[^,，。]{1,6}[吗么不?？])"
        ),
        ",",
    ),  # 合同签了的|还要填什么
    (re.compile("([短少多长])是\\1了?一?点?"), ""),
    (re.compile("(?:离|距)(?:到期|过期)还?(?:远|早|有[^,，。]{1,6})"), "没过期"),
    (re.compile("(?<=[买造盖租])个(?=屋)"), "的"),
    (re.compile("(?<=[一二三四五1-5])[集极](?=高级工|中级工|初级工|技师|证|的|$|[,，。])"), "级"),
    (re.compile("(?<=[\\d一两二三四五六七八九十])[词刺](?=$|[,，。 了的血])"), "次"),
    (re.compile("退五(?=$|[的军了兵,，。 ])"), "退伍"),
    (re.compile("和[同铜](?=签)"), "合同"),
    (re.compile("买来的"), "买的"),
    (re.compile("(?:自[己家]?|自己家)(?:起|建|盖|造|修|砌)的(?:房子?|屋子?|楼房?|老屋)"), "自建房"),
    (re.compile("(?:拆迁|征收|政府|村里){0,2}安置来?的?(?:房子?|屋子?|套房)"), "安置房"),
    (
        re.compile("(?:房子?|屋子?)(?:就|也|都)?是?(?:拆迁|征收)?安置(?:来|下来|给我们|分来)?的"),
        "安置房",
    ),
    (
        re.compile(
            "(?<![佛始上先高曾元满充小分各])[祖足组](?=的?房|了[\\d一二两三四五六七八九十]|着住)"
        ),
        "租",
    ),
    (
        re.compile(
            f"(?<![出没不])租(?!房子?{_SOME})[了着]?(?:一?[个间套处])?(?:农民|[小老旧破单大民]){{0,2}}"
            "(?:房[子间]?|屋子?|[单套]间|套房)[,， ]?(?:(?:一直|已经|都)?[住租][了着]?"
            f"(?={_SOME}年)|(?={_SOME}年了?(?:$|[,，。; ])))"
        ),
        "租房租了",
    ),  # 租个小房子住了九年
    (re.compile(f"(?<=宿舍)[,， ]?[我俺](?:已经|也|都|一共)?(?=住了{_SOME}年)"), ""),
    (re.compile("(?<=[店厂家屋县市镇乡村区司位校院])里[头面边]"), "里"),
    (re.compile("后头(?=[又再才就还也换交来搬办登])"), "后来"),
    (
        re.compile(
            "(([没不是办交登做])(?:(?!\\2)[一-龥]){1,4}?[了过的证])(?:[ ,，]?\\1)+"
            "(?![一-龥]?[吗没不])"
        ),
        r"\1",
    ),  # 没读了没读了
    (re.compile("[先起前]头(?=[交缴租住在])"), "先"),
    (re.compile("有(?: ?有){2,}|(?<![^,。 ])有 ?有(?![^,。 ])"), "有"),
    (re.compile("[两二]千年"), "2000年"),  # as people say the year, born in it or come in it
    (re.compile("[两二]千零([一二三四五六七八九])年"), r"二零零\1年"),
    (re.compile("(?<=[有过了])个(?=实用|外观|发明|[县市省]级|国家级)"), "一个"),
    (re.compile("俩(?=[年次回趟])"), "两"),
    (re.compile("(?<![们我咱你他她])俩个?"), "两个"),
    (re.compile("仨(?=[年次回趟])"), "三"),
    (re.compile("(?<![们我咱你他她])仨个?"), "三个"),
]
_TWICE_DENIED = re.compile(
    "(?:(?<![是要这那可])|(?<=[又也并倒]))(?:不是|并非|不可能|不能[说讲]|(?P<unsaid>没有?[说讲]过?))(?:[说讲]|我)?没"
    "(?:有?(?P<verb>[交缴办签住租献捐考读念参买做登领][加记过到]?)(?P<done>[过了]?)|[有得]?)"
    "(?P<what>[^,，。;！!?？ 是]{0,6})"
    "(?P<rather>[,， ]?而?是(?=只|光|就|才|没|不|过|到期|在|还|以前|丢))?"
    "(?![^,，。 ]{0,6}[吗嘛么])"
)
"""不是没有居住证, 又不是没交过: what is denied twice is there."""
_NEVER_NOT = re.compile("(?:一个?[年月天次回][都也]?)?(?<!有)没有?不(?=[交缴签住租])")
"""一个月都没有不交: it was done all the time."""
_STATUS_BEFORE = re.compile(
    "(?:党员|党派|军人|代表|委员|[当过]兵|法人|老板|个体户|会员|人才|志愿者)也?$"
)
"""党员不是|没献过血: what one is not, and what one has not done."""


def _affirmed(found: re.Match[str]) -> str:
    """What remains of 不是没有居住证; nothing of 我没说没有, nor of what is put right at once
    (不是没有居住证，是过期了)."""
    if found["rather"] or found["unsaid"]:
        return ""
    if _STATUS_BEFORE.search(found.string, 0, found.start()):
        return found[0].replace("没", ",没", 1)
    if found[0] == found.string:
        return "可能有"  # 不是没有 alone
    verb = found["verb"]
    return (f"{verb}{found['done'] or '了'}" if verb else "有") + found["what"]


_DENIAL = re.compile("[不说讲].{0,2}没|非没|没有?不")


def too_long(text: str) -> bool:
    """Whether a message is longer than what is read, also once its signs are written out: some
    stand for eighteen characters.

    >>> too_long("好" * 600), too_long("好" * 601), too_long("ﷺ" * 60)
    (False, True, True)
    """
    return len(text) > LONGEST or len(_written_out(text)) > LONGEST


def _written_out(text: str) -> str:
    text = _POINT_OF_A_LIST.sub("、", text)
    return unicodedata.normalize("NFKC", text.translate(_CIRCLED))


@lru_cache(64)  # each of the readers of a message cleans it, in either form
def clean(text: str, *, keep_spaces: bool = False) -> str:
    """The text in the one form that all readers expect; idempotent.

    >>> clean("３ 年６個月😀")
    '3年6个月'
    """
    if not keep_spaces:
        return _ELLIPSIS.sub(",", _LOOSE_SPACE.sub("", clean(text, keep_spaces=True)))
    text = _written_out(_COMMA_OF_A_LIST.sub("、", text[:LONGEST]))
    text = simplified(_without_surrogates(text.lower())).translate(_MARKS)
    text = without_asides(as_named(in_standard_words(text)))
    text = _SIGNS.rewrite(text).translate(_VISIBLE)
    text = _IN_FULL.rewrite(_written_in_characters(" ".join(text.split())))
    if _DENIAL.search(text):
        text = _NEVER_NOT.sub("一直", _TWICE_DENIED.sub(_affirmed, text))
    return _POINTS.rewrite(text)


_A_YEAR = re.compile(
    r"那年 ?(\d\d)年(?!前)|(?<![\d了满有共已足待过])(\d\d)年"
    r"(?=[吧的]?(?:那会|那时|那年|那阵|那当口|进厂|进的厂|入职|回来|[刚才]来)"
    r"|\d{1,2}月(?!个)[^,，。;\d]{0,6}(?:登记|来的|办的|入职|进厂))"
)
"""那年19年, 19年那会儿, 19年进的厂, 18年8月登记的: a year, and no length."""


def _in_full(digits: str) -> str:
    return f"{'20' if int(digits) < _THIS_CENTURY else '19'}{digits}年"


_THIS_CENTURY = 50
"""Two digits below it are a year after 2000."""
_SIGNS = Rules([(_ELLIPSIS, ","), (_EMOTICON, lambda found: "ok" if found[0] == "[ok]" else " ")])
_IN_FULL = Rules(
    [
        (_FORGOTTEN, ","),
        (_FINANCIAL_RUN, lambda found: found[0].translate(_FINANCIAL)),
        *ROUNDABOUT,
        *_CONTRACTIONS,
        (_A_YEAR, lambda found: _in_full(found[1] or found[2])),
    ]
)
_POINTS = Rules([(_AFTER_A_COMPARISON, ","), (_DOT_OF_THE_KEYBOARD, ".")])
_SYLLABLES = {
    "wo": "我", "shi": "是", "de": "的", "le": "了", "you": "有", "mei": "没", "meiyou": "没有",
    "nian": "年", "yue": "月", "ge": "个", "geyue": "个月", "sui": "岁", "ban": "半", "ci": "次",
    "jiao": "交", "zu": "租", "zufang": "租房", "zhu": "住", "zai": "在", "biye": "毕业",
    "yi": "一", "liang": "两", "san": "三", "si": "四", "wu": "五", "liu": "六", "qi": "七",
    "ba": "八", "jiu": "九", "bu": "不", "guo": "过", "ling": "零", "jinnian": "今年", "hai": "还",
    "xianzai": "现在", "dou": "都", "zhi": "只",
}  # fmt: skip
_ABBREVIATION = re.compile(
    r"(?<![a-z])(?:jzz|gjj|sb(?=\s*(?:是|都|也|就)*(?:\d|[一二两三四五六七八九十交缴买在没断停续]))"
    r"|(?<=[交缴买年月有断停])sb)(?![a-z])"
)
_WRITTEN_OUT = {"jzz": "居住证", "gjj": "公积金", "sb": "社保"}
_SYLLABLE = re.compile(r"[a-z]+")
_DONE = re.compile(r"(?<![a-z])ban(?= ?(?:le|guo|hao)(?![a-z]))")
_NEXT_TO_CHINESE = re.compile(
    r"(?<=[\u4e00-\u9fff\d]) (?=[\u4e00-\u9fff\da-z])|(?<=[a-z]) (?=[\u4e00-\u9fff\d])"
)


def _written_in_characters(text: str) -> str:
    """jiao le 3 nian → 交了3年, where at least two such syllables are typed."""
    text = _ABBREVIATION.sub(lambda found: _WRITTEN_OUT[found[0]], text)
    if sum(found[0] in _SYLLABLES for found in _SYLLABLE.finditer(text)) < 2:
        return text
    text = _DONE.sub("办", _named_in_pinyin().sub(lambda found: found[0].replace(" ", ""), text))
    text = _SYLLABLE.sub(lambda found: _SYLLABLES.get(found[0], found[0]), text)
    return _NEXT_TO_CHINESE.sub("", text)


@cache
def _named_in_pinyin() -> re.Pattern[str]:
    """The names and values of facts, typed syllable by syllable: ju zhu zheng."""
    spelled = {tuple(spelling(one) for one in word) for word in named_words() if len(word) > 1}
    ways = sorted((" ?".join(syllables) for syllables in spelled), key=len, reverse=True)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(ways)})(?![a-z])")


def _without_surrogates(text: str) -> str:
    """Half characters, as a broken terminal sends them, belong to no text."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


_KEPT_SYMBOLS = frozenset("+<>=≈≥≤~±¥$√×✓✔✅✗✘❌|")
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Mn", "Me", "So", "Sk", "Zs", "Zl", "Zp"})
"""Control and format characters, emoji and their modifiers."""


class _Visible(dict[int, str]):
    """A table for `str.translate`: a space for what cannot be seen or says nothing."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        unseen = not char.isalnum() and unicodedata.category(char) in _INVISIBLE
        self[code] = " " if unseen and char not in _KEPT_SYMBOLS else char
        return self[code]


_VISIBLE = _Visible()
