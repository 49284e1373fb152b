"""Where a window is, on the map that WeChat opens best."""

from typing import Any
from urllib.parse import quote

MARKER = "https://apis.map.qq.com/uri/v1/marker?marker=coord:{},{};title:{}&referer=xinshimin"


def map_link(site: Any) -> str:
    """An address for a site with coordinates (GCJ-02, as the office read them off the same map);
    "" without. A link only: nothing is loaded from there until a person follows it."""
    if site is None or site.latitude is None or site.longitude is None:
        return ""
    return MARKER.format(site.latitude, site.longitude, quote(site.title))
