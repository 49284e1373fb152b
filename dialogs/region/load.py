"""The county's file, read once."""

from functools import cache

from dialogs import data
from dialogs.region.model import Region

COUNTY = "yongjia"


@cache
def region(county: str = COUNTY) -> Region:
    """The county of this name.

    >>> region().telephone.phone
    '0577-57665812'
    """
    return Region.model_validate(data.load("dialogs.region", f"{county}.yaml"))
