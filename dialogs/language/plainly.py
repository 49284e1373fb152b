"""What stands between a name and what is said of it, taken out: 45 岁, 献血：无, 第二发明人."""

import re

from dialogs.language.corrected import corrected
from dialogs.language.recognisers.numerals import read
from dialogs.language.rewriting import Rules

_SOME = "[\\d一两二三四五六七八九十]+"
_SPACED_UNIT = re.compile(r"(?<=\d) (?=[岁年个月次回元块万])")
_COMPARED = re.compile(
    "没有?[那这]么多(?=$|[,，。;我 ])"
    "|没(?:有)?[他她你](?:们)?[^,，。;有交]{0,4}(?:会|高|多|好|厉害|久|能)"
    "[^,，。;]{0,3}(?=[,，。; ]|$)"
    "|比(?:[他她]|[^,。;有交住\\d]{1,4}?)差(?:一?大截|远了?|得远|多了|不少)"
    "|比[^,。;有交住]{1,5}?[多少早晚长短高低](?:[一几]?点|得多|很多|多了|不少|了)?(?=[,。; ])"
)
"""社保比他多，78个月: the comparison says nothing of the figure."""
_TOTAL_ANYWAY = re.compile(
    "(?:^|(?<=[,。; ]))那?(?:具体)?(?:几月份?|哪[个一]?月份?|哪一?年|几号|哪一?天|月份|日子)"
    "[^,。;\\d]{0,4}(?:哪(?:里|个)?还?记得[清住]?|记不[清得住]|忘[了记]|鬼记得|不记得|不晓得|不知道)"
    "[了清楚的啊嘛]*[,。; ]*(?=[^,。;]{0,4}(?:一共|总共|加起来|拢共|合计))"
)
"""几月份我哪里记得清反正|一共交了十四个月: what one has forgotten leaves the total certain."""
_GIVEN_BY = re.compile(
    "(?<=[次个回项])[,， ]+[都也全]?是(?:[^,，。;是我他她]{0,4}?[县市省国委政府里级家的、和]{1,12}"
    "|政府)(?:给我?)?[发颁评奖给](?:的|给我的)(?=$|[,，。; ])"
)
"""县级四次，都是县委县政府发的."""
_YUAN = "([\\d一两二三四五六七八九十百千万]{1,6})[块元]?钱?"
_EACH = re.compile(
    f"(?:每一?|一)个?[年月次回][^,，。; \\d一两二三四五六七八九十]{{0,4}}"
    f"{_YUAN}[,， ]*(?:我|也)?[捐交][了过]?"
    f"({_SOME})(?:年|个月|次|回)[,， ]+(?={_YUAN}(?:$|[,，。; ]))"
)


def _summed(found: re.Match[str]) -> str:
    """每个月一百，捐了十二个月，1200: of the sum and its parts, the sum where they agree."""
    each, times, total = read(found[1]), read(found[2]), read(found[3])
    agree = each is not None and times is not None and each * times == total
    return "捐了" if agree else found[0]


_MORE_THAN = re.compile(f"不[止只]{_SOME}([年月次回岁元块])[,， ]+(?=(?:是|有|应该是?)?{_SOME}\\1)")
"""不止三次，四次."""
_ONE_BY_ONE = re.compile(
    "(?:(?:有?一|头一?|第[一二三])[次回]|[今去前]年)"
    "[^,，。;\\d]{0,3}?[\\d一两二三四五六七八九十百千万]{1,6}[块元]?钱?[,，、 ]*"
    "(?:(?:(?:有?一|头一?|第[一二三])[次回]|[今去前]年)"
    "[^,，。;\\d]{0,3}?[\\d一两二三四五六七八九十百千万]{1,6}[块元]?钱?[,，、 ]*){1,3}"
    "(?=总共|一共|拢共|加起来|合计|总计)"
)
"""一次一千二一次五百，一共一千七: the sum is told."""
_YEARLY = re.compile(
    f"每一?[年月次回个]{{1,2}}[^,，。; ]{{0,4}}?[\\d一两二三四五六七八九十百千万]+[块元]?钱?[,， ]+"
    f"(?:[我也]?[捐交献存][了过]?)?{_SOME}(?:年|个月|次|回)[,， ]+(?=总共|一共|拢共|加起来|合计"
    f"|总计)"
)
"""每年五百，捐了五年，总共两千五: the sum is told."""
_EACH_TIME = re.compile(
    "(?:不是|都是|也不是)?(?:每一?[次回]|有一?[次回]|[一头前后]次)(?:都|也)?(?:是|献|抽)?[了的]?"
    r"(?:[二两三四]百|[234]00)(?:毫升|ml|cc)?(?![次回元块钱\d一二三四五六七八九])的?"
)
"""不是每次400，有一次是200的: how much was given each time."""
_NOT_RECORDED = re.compile(
    "(?:(?:你|您|系统|机器人?|这里|这边|上面|前面|刚才)们?)?(?:怎么|咋|为什么|为啥|[都还又就也是]|好像|根本){0,3}"
    "(?:漏[记算写录填统]了?"
    "|(?:^|(?<=[,。 你您们统么咋]))漏[了掉]了?(?:我的?|这[个条项]|一[个项条次])?"
    "|忘[了记]?了?(?:[帮给把替]我)?[记算写录加填]"
    "|没有?(?:[帮给把替]?我)?(?:的|这[个条次]|那次)?"
    "(?:[记算写录填加列]入?[进上到](?:去|来|里面?)?|[计录记]入|统计|记下来?"
    "|(?<=[给帮替把]我)[记算写录加填]|(?<=[你您咋么统还又也都]没)记录?|(?<=[你您咋么统还又也都]没有)记录?))"
    "[了呢啊呀吧嘛吗的]{0,3}(?=$|[,。;!?？ ])"
)
"""你没记上, 咋没算进去, 漏了: a complaint about the record, which denies nothing of oneself."""
_TO_BE_ADDED = re.compile(
    "(?<!能不能)(?<!可以)(?<!怎么)(?<!咋个)(?<!能)(?:(?:[给帮替]我|都|也|再|一起|去|把){0,3}"
    "(?:[补加添][上进](?!班)|[算记]进去|[算记]上)|补记|补一下)(?:去|来|了|嘛|吧|啊|呀|一下){0,3}"
    "(?![吗么不没?？得])"
)
"""献血给我加上去: what is wanted in the record."""
_ECHOED = re.compile(
    rf"(?:^|(?<=[,。;! ])){_SOME}[个年月次回岁元天]{{1,2}}[啊呀吗]?\?+[,。! ]*(?=我[说讲是])"
)
"""10个月？？我说十来年: what was said to one, not what one says."""


def complains_of_record(text: str) -> bool:
    """Whether a text says that something told was not recorded, or is to be added.

    >>> [complains_of_record(one) for one in ("我献过血呀你没记上", "没登记", "没有证书")]
    [True, False, False]
    >>> [complains_of_record(one) for one in ("补上嘛献血", "献血能不能加上", "献血怎么加上去")]
    [True, False, False]
    """
    return bool(_NOT_RECORDED.search(text) or _TO_BE_ADDED.search(text))


_PLACE_IN_A_ROW = re.compile(
    rf"第(?:{_SOME})(?:顺?位|序)?[^\d个家届期次回年月,，。;；!！ 的第]{{0,3}}"
    rf"(?:人|者|完成单位)(?![次家])"
    rf"|(?:排名?|排在|位列)第?(?:{_SOME})(?:位|名)?(?![年月次回项个])"
)
"""第二发明人, 排名第三: a place in a row counts nothing."""
_PENDING = re.compile(
    rf"[,，。 ]*(?:还有|另外|外加|还)(?:有)?{_SOME}[项个件][^,，。;\\d]{{0,6}}"
    "(?:在审|在申请|申请中|没下来|没批|没授权|受理|公示|审查)[^,，。; \\d]{0,8}(?=$|[,，。; ])"
)
"""发明一项，还有两项在审没下来: what is not granted yet."""
_TERM = re.compile(f"第(?:{_SOME})[届期]")
"""县第十七届人大代表."""
_RANK = re.compile("(?<=[个项次件])[,，是的 ]{0,2}[一二三特]等奖")
"""市级一个，三等奖: which prize it was counts nothing."""
_BLOOD_GIVEN = re.compile(
    "(?<=血)([也都还是就从来一次没有不曾未倒我]{0,6}?)捐(?![款钱赠助]|[了过]{0,2}[^,。;]{0,8}[元块钱])"
    "|捐(?=(?:过|了|[\\d一两二三四五六七八九十]{1,3}次){0,2}血(?!小板|干细))"
)
"""血也没捐过, 捐过两次血: of blood 捐 is 献, and no money."""
_FIGURE_DENIED = re.compile(
    rf"(?<![是要这那])不是[^,。;!? \d一二两三四五六七八九十]{{0,4}}{_SOME}[^,。;!? ]{{0,5}}"
    "[,。;! ]+"
    "(?=[^,。;!? \\d]{0,4}没[有得]?[交缴租献捐得评]?[过的了啊呢]{0,2}[。!]?$)"
)
"""不是1.2万，都没有: the figure is denied like all the rest."""
_AND_SO_ON = re.compile(
    "(?<=[\u4e00-\u9fff]{2})(?<![是做干弄搞说有为叫卖买用写办要学])(?:(?:什么|啥子?)的)+(?![是吗呢?？人事工东])"
)
"""营业税什么的: the last of several things, and no question; but 是做什么的."""
_PAUSE_DENIED = re.compile(
    "(?:从来?)?没有?[断停]过?[交缴]?"
    "(?:(?:超过|够|满)?[\\d一两二三四五六七八九十半]{1,3}(?:年半?|个?多?月|天)(?:以上)?"
    "(?=$|[,，。; 的吧]))?"
)
"""从没断过两年: how long no pause was, neither how long it was paid nor that it never was."""
_AGE_ALONE = re.compile(
    "(?<=[,，。; ])(?:我|都|已经|今年|快|也){0,4}([2-7]\\d)了(?=$|[,，。; ])"
    "|^(?:我|都|已经|今年|快){1,4}([2-7]\\d)了(?=[,，。; ])"
)
"""没交过社保 61了."""
_WRONG_BEFORE = re.compile(
    "[,，。 ]+我?(?:之前|刚才?|上次|前面|原来)我?[写说填选报点讲](?:的是?|成|了){0,2}"
    "[^,，。; \\d]{1,6}[就都]?是?"
    "(?:弄|写|说|填|选|点|搞|记)?错了?的?(?=$|[,，。; ])"
)
"""E类，之前写F是弄错."""
_SAID_BEFORE = re.compile(
    "(?:我?(?:刚才?|之前|上回|上次|前面))?我?[填选写](?:的是?|了|成了?)[^,，。;\\d ]{1,6}[,，。 ]+"
    "(?=(?:其实|实际上?)[^,，。]{2})"
)
"""学历我填的高中，其实我初中: what was put down before is put right."""
_EXACTLY = re.compile(
    "(?P<done>[交缴住租]了?)[^,，。;\\d]{0,8}[,，]"
    "(?:确切|准确|精确|具体)(?:地|来)?[说讲数]?(?:应该)?就?是(?=[\\d一二两三四五六七八九十])"
)
"""社保交了大半辈子，确切是210个月: the figure is no longer vague."""
_BUT_FOR = re.compile(
    "除了(?=[^,，。;]{2,20}[,，。 ](?:别的|其他|其它|其余|什么|啥|都)[^,，。]{0,4}[没无])"
)
"""除了社保七年，别的都没有: what is named is there."""
_HOW_WITHOUT = re.compile(
    "(?<=[,，。 ])没有?[这那]?[个张种]?证?[^,，。;没]{0,6}(?:怎么|咋)"
    "(?:能|可能|会|上|读|进|住|敢)[^,，。;吗]*"
)
"""肯定有，没那个孩子怎么上学: there is no lack of it."""
_ON_THE_CARD = re.compile(
    r"(?:[我俺])?(?:其实|实际上?|真实)?(?:是|生日)?(?:[\d一二零九八七六五]{2,4}年(?:[\d一二三四五六七八九十]{1,3}月)?[^,，。;身]{0,4}[的生])"
    r"[,，。 ]+(?:哦|但|不过|可|可是)?(?=(?:我)?身份证[^,，。;]{0,4}[\d一二零九八七六五]{2,4}年)"
)
"""我84年11月的，哦身份证上是83年11月: what the card says counts."""
_LUNAR_TOO = re.compile(
    "(?<=[月日号\\d一二三四五六七八九十])[,，。 ]+(?:农历|阴历|老历|旧历)[^,，。; \\d]{0,3}"
    "[正冬腊\\d一二三四五六七八九十]{1,3}月[^,，。;]{0,4}$"
)
"""身份证二月十五，农历是正月初九."""
_CARD_FIRST = re.compile(
    r"(身份证[^,，。; ]{0,4}[\d一二零九八七六五]{2,4}年[\d一二三四五六七八九十]{1,3}月[\d日号]*)"
    r"(?:[,，。 ]*(?:其实|实际上?)[我还要是应该]{0,4}[大小][一两二三]岁"
    r"(?:[^,，。; ]{0,8}[报写弄登]错了?)?"
    r"|[,，。 ]+(?:其实|实际)[^,，。; ]{0,12})"
)
"""身份证上70年4月，其实我69年生的."""
_MONTH_ON_THE_CARD = re.compile(
    r"([\d一二零九八七六五]{2,4}年)(?:农历|阴历)?[正冬腊][^,，。;身 ]{0,8}[,，。 ]*"
    r"(?:但|不过)?身份证[上是写的]{0,5}([\d一二三四五六七八九十]{1,2}月)"
)
"""七二年冬月 身份证上写的11月."""
_SAME_ON_THE_CARD = re.compile(
    "(?<=月)初([一二三四五六七八九十])[^,，。;\\d ]{0,3}[,，。 ]*"
    "(?=身份证上?[也就都]{0,2}是?(?:这[么样个]|一样)[写登填]?的?)"
)
"""七月初九身份证也是这么写的: a day of the common calendar."""
_RECORDED_AS = re.compile(
    "(?<=[,，。 ])(?:怎么|为什么|为啥|咋)(?:才|就|只|还)*(?:[给帮]我们?)?"
    "[才只]?[记算写填][了成的]{0,2}[\\d一二两三四五六七八九十][^,，。;]{0,6}"
)
"""社保明明五年，怎么才给我记五个月: what was recorded is disputed."""
_NO_RESULT_YET = re.compile(
    "(?:^|(?<=[,，。; ]))[^,，。; ]{2,6}考了[,， ]?(?:成绩|结果|证书?)?[都也]?还?"
    "[没未](?:出|下来|公布|发|到手)[了来的]*[,，。; ]*"
)
"""技师考了成绩还没出，手上只有三级: what was tried is not there yet."""
_SCHOOLS = "(?:小学|初中|中学|高中|职高|中专|大学|学校)"
_ANOTHER_S_SCHOOL = re.compile(
    "(?<=教)" + _SCHOOLS + "(?:[语数英]|老师|教师|的|[,，。; ]|$)"
    "|(?:公办|民办|私立|公立|附近|实验|中心)的?" + _SCHOOLS + "(?!毕业|学历|文凭|读完|出来)"
    "|" + _SCHOOLS + "里?(?=老师|语文|数学|英语|教书|报名|入学|招生|学区|门口|对面|旁边)"
)
"""教小学语文, 读公办小学: a school where one works, or where a child is to go."""
_WHOSE_SCHOOL = re.compile("(?:公办|民办|私立|公立)(?=的?" + _SCHOOLS + ")")
_OF_THE_LANDLORD = re.compile("房东的(?=租[了过着])")
"""租了一小间，房东的租了九年: who lets it."""
_IN_FORCE = re.compile("[还在]{0,2}有效期?内?的(?=[^,，。;]{0,6}证)")
"""持有有效期内的居住证."""
_NOT_SURE_WHETHER = re.compile(
    "(?:不(?:太|大|很)?(?:确定|清楚|知道|晓得|敢说)|没把握|拿不准|搞不清楚?|忘了|记不清楚?)"
    "(?:我|自己|本人|到底|究竟)*(?:有没有|是不是|是否|算不算|属不属于)"
    "(?=[^,，。;?？]{0,6}(?:过|属于|类|专利|证|党员|表彰|合同|登记))[^,，。;?？]*"
)
"""我不确定自己是否属于E类人才, 不知道有没有献过血: nothing is told."""
_NONE_BUT = re.compile(
    "^(?:哪样|什么|啥子?|这些|以上|上面)?[都也](?:不是|没有)[,， ]*(?:就|只)(?:是|有)?"
    "(?=[^,，。;]*[过了有])(?P<left>[^,，。;]+)$"
)
"""哪样都不是就献过一回血."""
_MONEY = re.compile("[款钱元块]")
_NOT_GIVEN = re.compile(
    "捐?[也倒都]?(?:还|从来)?没有?(?:真|实际|正式)?的?捐献?[过成]?了?(?=$|[,，。; ])"
)


def _of_marrow(text: str) -> str:
    """骨髓库入了，捐还没捐过: nothing is said of money."""
    marrow = _OF_THE_BODY.search(text) and not _MONEY.search(text)
    return _NOT_GIVEN.sub(",没捐献成", text) if marrow else text


_OF_THE_BODY = re.compile("骨髓|干细胞|遗体|器官|角膜|捐献")


_CURSED = re.compile(
    "(?P<deed>[交缴买献捐办签考])(?:了?个|他妈的?|你妈的?)(?:鸡巴|鸡毛|屁|鬼|毛线?|锤子|球|蛋|铲铲|卵)"
)
"""交个屁: not done."""
_WHAT_IS_THAT = re.compile(
    "(?:什么|啥)(居住登记|登记|社保|公积金|合同|证)[,，。 ?？啊哦嘛]*(?=(?:从来)?没(?!有吗))"
)
"""啥登记 没弄过: the name is only echoed."""
_NEVER_HEARD = re.compile(
    "(?:(?<=公积金)|(?<=社保|登记|专利))[是叫](?:什么|啥)(?:东西|玩意儿?|子)?[,，。 ?？啊哦嘛呀]*"
    "(?=我?(?:都|也|从来)?(?:听都?没|没听|见都没|没见))"
)
"""公积金是啥哦听都没听过: nothing is asked."""
_LOOKED_UP = re.compile(
    f"(?:今天|昨天|前天|刚刚?|刚才|前几天)我?查(?:了|过|到)?(?:一下|下)?(?:是|有|共|一共)?(?={_SOME}(?:年|个月))"
)
"""公积金今天查了15个月."""
_PROMISED = re.compile(
    f"(?:[讲说拖催骗]|答应)了?{_SOME}(?:年|个月)[,，。 ]?(?=一(?:分|天|个月|次|毛)钱?[都也]?没)"
)
"""讲了三年一分没交: for how long nothing came of it."""
_SHORT_OF = re.compile(
    f"(?<=[年月次])[,，。 ]*[还就只也]?[差少缺]{_SOME}(?:年|个月|次)"
    f"[就才]?[到满够]{_SOME}(?:年|个月|次)"
)
"""33个月差三个月到三年: what it falls short of."""
_YOUR_MISTAKE = re.compile(
    "(?<=[年月次岁元半])[,，。 ]*(?:你们?|系统|机器人?)(?:给我|帮我)?"
    "[记写填弄搞算听]错了?[啊呀哦吧]?(?=$|[,，。;])"
)
"""登记五年不是三年你记错了."""
_IN_SEASON = re.compile(f"(?<=年)的?[春夏秋冬]天?(?={_SOME}月)")
_PERIODS = re.compile(f"(?:^|(?<=[交缴了金保满]))({_SOME})期(?=$|[,，。了 ])")
"""公积金39期: one is paid each month."""
_PRICE = re.compile(
    "(?:自己|个人)[交缴买]?(?:的话)?(?:一年|每年|一个月|每个?月)[要得就交差不多大概]{0,4}"
    f"{_SOME}[万千百](?:[多几]|{_SOME}[千百]?)?(?:块钱?|元)?"
)
"""交不起，自己交一年一万多: what it would cost."""
_BELIEVED = re.compile(
    "(?:本来|原来|以前|一直)(?:说是|以为|讲|说|想着)[^,，。;\\d]{0,3}?"
    f"{_SOME}(?:年半?|个月)[的了吧]?[,，。 ]{{1,3}}"
    f"(?=[^,，。;]{{0,8}}[,，。 ]{{0,3}}(?:只有|才有?|其实|实际|结果)[^,，。;]{{0,3}}{_SOME})"
)
"""本来说是满三年的，去打了单子，只有32个月."""
_FOUND = re.compile(
    f"(?:大概|差不多|大约|可能|应该|好像){_SOME}(?:年半?|个月)[^,，。;\\d]{{0,2}}[,，。 ]{{1,3}}"
    f"[哦喔噢啊诶欸]?(?:查|看|翻|找)到了?[,，。 ]{{0,3}}(?=是?{_SOME}(?:年|个月))"
)
"""大概三年，哦查到了，33个月."""
_TO_COME = re.compile(
    f"再[交住租过存干]?{_SOME}(?:个月|年|天)就?[满到够]{_SOME}(?:年|个月)了?[,，。 ]+"
    f"(?=(?:现在|目前|已经|到现在)[^,，。;]{{0,3}}{_SOME})"
)
"""再交一个月就满四年了，现在47个月."""
_ON_A_FEAST = re.compile(
    "(?:情人节|妇女节|劳动节|儿童节|建军节|教师节|国庆节?|元旦|圣诞节?)(?:那天|当天)?"
    "出?生?的?[哈呵,，。 ]*(?=[\\d一二零九八七六五]{2,4}年)"
)
"""情人节生的，94年2月14."""
_LEASE = re.compile(f"租[房赁]合同(?:一共|签的?了?|是)?{_SOME}年[,，。 ]+(?=我?们?住)")
"""租房合同三年，住满三年了: how long one has lived in it."""
_BIRTHDAY = re.compile("(?:上个?月|这个?月|昨天|前天|前几天)(?:刚刚?|才)?过的?生日")
"""四十岁整，上个月刚过的生日: no date of birth."""
_RENT_OR_BUY = re.compile(
    "(?:房子?是?)?[租买]的?(?:房子?)?(?:更|比较|要)?(?:好|划算|合算)还是[租买]的?"
)
"""房子是租的好还是买的好: asks, and tells nothing."""
_WORTH_ANY = re.compile(
    "(?:(?<=租房|社保|登记|住证|买房|宿舍)|(?<=公积金))有(?:没有|木有|不有)(?=(?:加|得|积)?分(?![享配红类])|用处?(?![过了]))"
)
"""租房有没有分: asks of the points, and denies nothing."""
_NOT_ELSEWHERE = re.compile(
    "[,，。 ]*又?不是在?(?:外头|外地|外面|外省|老家|别的地方|别处)"
    "[^,。;]{0,3}[献交缴住办做买捐](?:的|了|得)?"
)
"""我在瓯北献的又不是外头献的: nothing is denied."""
_THAT_ONE = re.compile("(?<=[有就])那(?=[一1两2][个项件])")
"""只有那一项发明专利: the one that was told."""
_PARENT_OF = re.compile(
    "(?<=我是)[^,，。; 我]{1,12}?的?(?:爸爸?|妈妈?|家长|父亲|母亲|爷爷|奶奶|外公|外婆)"
    "(?=$|[,，。; ])"
)
"""我是三班李梓萱的爸爸: who is speaking."""
_SPEAKS_OF = re.compile(
    "(?P<of>我?[说讲问]的(?:就)?是[^,，。; ]{1,8})[,，。; ]+(?:又|可)?不是[^,，。; ]{1,8}"
    "(?=$|[,，。; ])"
)
"""我问的是社保，不是居住: what one does not speak of is not denied."""
_BORN_IN = re.compile(
    "(?:(?<=[我俺])|(?<=自己|本人))是?"
    "([04-9]\\d|[四五六七八九零][一二三四五六七八九零])(?=的(?:$|[,，。; ]))"
)
"""我92的: the year in which one was born, and no age."""
_WITH_THE_LANDLORD = re.compile("(房东[^,，。; 租]{0,8}签[了的过个]{0,2})(?=合同)")
"""房东一直不肯给我签合同: no contract of employment."""
_RULES_BEFORE = Rules(
    [
        (_SPEAKS_OF, r"\g<of>"),
        (_PARENT_OF, "家长"),
        (_NOT_ELSEWHERE, ""),
        (_THAT_ONE, ""),
        (_CURSED, r"没\g<deed>"),
        (_WHAT_IS_THAT, r"\1"),
        *((one, "") for one in (_NEVER_HEARD, _LOOKED_UP, _PROMISED, _SHORT_OF)),
        *((one, "") for one in (_IN_SEASON, _PRICE, _BELIEVED, _FOUND)),
        *((one, "") for one in (_TO_COME, _ON_A_FEAST, _BIRTHDAY, _RENT_OR_BUY)),
        (_PERIODS, r"\1个月"),
        (_LEASE, "租房,"),
        (_WORTH_ANY, "算不算"),
        *(
            (one, "")
            for one in (
                _AND_SO_ON,
                _WRONG_BEFORE,
                _SAID_BEFORE,
                _BUT_FOR,
                _HOW_WITHOUT,
                _ON_THE_CARD,
            )
        ),
        *((one, "") for one in (_LUNAR_TOO, _RECORDED_AS, _NO_RESULT_YET)),
        (_NOT_SURE_WHETHER, lambda found: "不知道登记" if "登记" in found[0] else "不知道"),
        (_ANOTHER_S_SCHOOL, "学校"),
        *((one, "") for one in (_WHOSE_SCHOOL, _OF_THE_LANDLORD, _IN_FORCE)),
        (_NONE_BUT, r"\g<left>,别的都没有"),
        (_CARD_FIRST, r"\1"),
        (_MONTH_ON_THE_CARD, r"\1\2"),
        (_SAME_ON_THE_CARD, r"\1号,"),
        (_BORN_IN, r"\1年"),
        (_WITH_THE_LANDLORD, r"\1租房"),
        (_EXACTLY, r"\g<done>"),
    ]
)
_RULES = Rules(
    [
        (_FIGURE_DENIED, ""),
        (_PAUSE_DENIED, "没断过"),
        (_AGE_ALONE, lambda found: f"{found[1] or found[2]}岁了"),
        *((one, "") for one in (_YOUR_MISTAKE, _NOT_RECORDED, _ECHOED)),
        (_PLACE_IN_A_ROW, ""),
        *((one, "") for one in (_TERM, _RANK, _PENDING)),
        (_BLOOD_GIVEN, lambda found: f"{found[1] or ''}献"),
        (_EACH, _summed),
        *(
            (one, "")
            for one in (
                _SPACED_UNIT,
                _GIVEN_BY,
                _MORE_THAN,
                _ONE_BY_ONE,
                _YEARLY,
                _EACH_TIME,
                _COMPARED,
                _TOTAL_ANYWAY,
            )
        ),
    ]
)


def plainly_put(text: str) -> str:
    """A cleaned text without what stands between a name and what is said of it: 45 岁, 献血：无."""
    return _RULES.rewrite(corrected(_of_marrow(_RULES_BEFORE.rewrite(text))))
