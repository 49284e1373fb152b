"""What people say beside an answer about the talk itself, taken out: 没骗你, 不识字, 说了好几遍了.

None of it bears on a fact, but its words do: they deny, ask, or count. What is all of a message
stays.
"""

import re

from dialogs.language.rewriting import Rules

_BEGINS = "(?<=[,，。;!！? \\n了的有个年月次回天元块项级证类房在半])"
_TAIL = "[的了啊呀哦嘛呢吧哈啦咯喽噻撒呗]{0,2}"
_ENDS = f"{_TAIL}(?=$|[,，。;!！? \\n我])"
_WHO = "(?:[我俺咱你您]|真的?|可|又|实在|也|都|反正|肯定|绝对|一点[也都]?|这个?|那个?){0,4}"
_NOT = "(?:没有?|没得|冇|莫|不会|不得|不敢|不|绝不)"
_ASIDE = "|".join(
    (
        f"{_NOT}(?:骗|哄|诓|糊弄|乱|瞎|撒谎|扯谎|说谎|说假|讲假|吹牛|开玩笑)[说讲编填写话人你您的]{{0,3}}",
        f"{_NOT}(?:太|大|怎么|咋)?(?:会|认得|认识|识|懂)(?:几个|什么|啥子?|得)?"
        "(?:打?字|写字|拼音|用?手机|普通话|玩手机)(?:几个)?",
        "字(?:也|都)?(?:认不到|不认得|认不得|识不到)(?:几个)?",
        "(?:说|讲|回答|告诉你)了?(?:过|好)?(?:好?几|多少|无数|[两三四八十]|一百)[遍次回](?![献捐])",
        "记得?(?:很|蛮|挺|可|最)?(?:清楚|牢|得牢|得住|得准|清清楚楚)",
        "(?:以前|当时|那时候?|之前|原来|开始)(?:都|也|又)?不(?:晓得|知道|懂)"
        "(?:要|还要|可以|能)?(?:登记|办|交|这个?)?",
        "[听看](?:得|不|没)懂[吗不没么]?",
        "(?:[你您]们?)?(?:给我|帮我|先)?记(?:一下|上|好|着|下来)",
        "(?:肯定|绝对|保证|这个|应该|一定)(?:没错|不会错|错不了|不错|是对的)",
    )
)
_HELPLESS = f"(?:没有?|没得|冇)(?:啥子?|什么)?(?:办法|法子|得法){_ENDS}"
_SO_MUCH = (
    "(?<=[年月次回个元块天项了])[,， ]?(?:又|还)?不(?:算|是)?(?:太|很|怎么)?[多少久长高]" + _ENDS
)
"""三年，不多: what one thinks of the figure."""
_OUT = "(?:没有?|不|未)(?:算|包括|计)(?:进去|进来|在内|在里面|里面|上)?"
_FIGURE = "[\\d一二两三四五六七八九十]+(?:[年月次回块元万]|个月)"
_UP_TO_IT = f"(?<![^,，。;!！ 年月次了])(?!半)(?:(?!{_FIGURE})[^,，。;!！ ]){{0,10}}"
_SET_ASIDE = (
    f"{_UP_TO_IT}(?:(?<![没不有未])[断停歇空]|离开|回老家|回去)[^,，。;!！ ]{{0,10}}[,， ]?"
    "(?:[那这]个|[那这]?段?时间|[那这]几个?[年月]|的|我|已经|早|都|也|就|是){0,5}"
    f"(?:{_OUT}|[扣减除刨去][掉除去]){_ENDS}"
)
"""中间停了一阵子，那个没算进去: the figure is without it."""
_LEFT_OUT = (
    "(?<=[,，。; ])[^,，。;!！ \\d一二两三四五六七八九十]{2,10}的[都也就是]{0,2}"
    f"{_OUT}{_TAIL}(?=$|[,，。;!！ ])"
)
"""两次，老家的没算."""
_NOT_LEFT = "(?:走|离开|回去(?=过)|回老家(?=过)|出去(?=过))"
_PAUSE_DENIED = (
    f"没有?(?:(?P<left>{_NOT_LEFT})|断|停|间断|中断)[过开交缴保]{{0,2}}"
    "(?=$|[,，。;!！ 的了啊呀哦嘛])"
)
_OTHERS = "(?:别的|其[他它]的?|其余的?|剩下的?)"
_NOTHING_ELSE = (
    f"(?P<pause>[,，。;!！ ]*)(?:[就也再]?(?:没有?|没得|冇){_OTHERS}(?:证书?)?"
    f"|{_OTHERS}(?:级别?|几[级种样])?(?:[就也都再啥全]|什么|统统|一[个样]){{0,3}}(?:没有?|没得|冇))"
    f"{_TAIL}(?=$|[,，。;!！ 我谢])"
)
_RULES = Rules(
    [
        (re.compile(f"{_BEGINS}{_WHO}(?:{_ASIDE}){_ENDS}"), ","),
        *((re.compile(one), ",") for one in (_HELPLESS, _SO_MUCH, _SET_ASIDE, _LEFT_OUT)),
        (re.compile(_PAUSE_DENIED), lambda found: "没离开过" if found["left"] else "没断过"),
        (re.compile(_NOTHING_ELSE), lambda found: (found["pause"] or ",") + "别的都没有"),
    ]
)


def without_asides(text: str) -> str:
    """A text in standard words without what is said about the talk itself.

    >>> without_asides("三年半 没骗你"), without_asides("没得啊 我不认得几个字")
    ('三年半 ,', '没得啊 ,')
    >>> without_asides("三年半 中间停了一阵子那个没算进去"), without_asides("没办居住证")
    ('三年半 ,', '没办居住证')
    """
    return _RULES.rewrite(text)
