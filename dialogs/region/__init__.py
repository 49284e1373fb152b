"""What differs by county: its townships, its words for here and elsewhere, whom to call."""

from dialogs.region.load import region
from dialogs.region.model import Contact, Places, Region, Township

__all__ = ["Contact", "Places", "Region", "Township", "region"]
