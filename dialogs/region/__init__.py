"""What differs by county: its townships, its words for here and elsewhere, whom to call."""

from dialogs.region.load import CountyError, china, choose, demand, folder, region
from dialogs.region.model import China, Contact, Places, Region, Township
from dialogs.region.wording import load_local, named, read_local, words_of

__all__ = [
    "China",
    "Contact",
    "CountyError",
    "Places",
    "Region",
    "Township",
    "china",
    "choose",
    "demand",
    "folder",
    "load_local",
    "named",
    "read_local",
    "region",
    "words_of",
]
