"""The county's file, read once."""

from functools import cache

from dialogs import data
from dialogs.region.model import China, Region

COUNTY = "yongjia"


@cache
def china() -> China:
    """The country, for every county.

    >>> "九江" in china().outside("浙江"), "宁波" in china().outside("浙江")
    (True, False)
    """
    return China.model_validate(data.load("dialogs.region", "china.yaml"))


@cache
def region(county: str = COUNTY) -> Region:
    """The county of this name.

    >>> region().telephone.phone
    '0577-57665812'
    """
    return Region.model_validate(data.load("dialogs.region", f"{county}.yaml"))
