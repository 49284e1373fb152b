from bot.wechat.signature import genuine, sign
from tests.bot.wechat.platform import signature

PARTS = ("token", "1714037059", "486452656")


def test_is_the_one_wechatpy_computes() -> None:
    assert sign(*PARTS) == signature(*PARTS)


def test_the_order_of_the_parts_does_not_matter() -> None:
    assert sign(*PARTS) == sign(*reversed(PARTS))


def test_only_the_right_one_is_genuine() -> None:
    assert genuine(sign(*PARTS), *PARTS)
    assert not genuine(sign(*PARTS)[:-1] + "!", *PARTS)
    assert not genuine("", *PARTS)
    assert not genuine("签名", *PARTS)
