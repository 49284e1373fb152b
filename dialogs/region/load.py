"""The county's file, read once."""

from functools import cache
from importlib.resources import files

import yaml

from dialogs.region.model import Region

COUNTY = "yongjia"


@cache
def region(county: str = COUNTY) -> Region:
    """The county of this name.

    >>> region().telephone.phone
    '0577-57665812'
    """
    text = (files("dialogs.region") / f"{county}.yaml").read_text("utf-8")
    return Region.model_validate(yaml.safe_load(text))
