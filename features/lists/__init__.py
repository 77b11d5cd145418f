"""Published lists that signals consult, each row with the day from which it holds."""

from .dated import (
    brand_in,
    brand_left_on,
    goods_in_force,
    goods_named,
    threshold_meaning,
    thresholds_on,
)
from .priority import as_hs2022, heading_listed_since, listed_since, priority_list_version, tier

__all__ = [
    "as_hs2022",
    "brand_in",
    "brand_left_on",
    "goods_in_force",
    "goods_named",
    "heading_listed_since",
    "listed_since",
    "priority_list_version",
    "threshold_meaning",
    "thresholds_on",
    "tier",
]
