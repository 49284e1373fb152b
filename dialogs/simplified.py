"""Traditional characters, as people from Taiwan and Hong Kong and older phones write them."""

from functools import cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters; what is simplified already stays as it is.

    >>> simplified("測試學歷，三年半")
    '测试学历，三年半'
    """
    return text if text.isascii() else str(_converter().convert(text))
