"""Published lists that signals consult, each row with the day from which it holds."""

from .brands import brand_in, brand_left_on
from .countries import any_in_force, export_controls_since, in_force, km_between
from .goods import goods_in_force, goods_named
from .parties import countries_of_concern, intermediaries, intermediary
from .priority import (
    as_hs2022,
    heading_listed_since,
    list_versions,
    listed_since,
    priority_list_version,
    tier,
)
from .rows import Dated
from .thresholds import threshold_meaning, thresholds_on

__all__ = [
    "Dated",
    "any_in_force",
    "as_hs2022",
    "brand_in",
    "brand_left_on",
    "countries_of_concern",
    "export_controls_since",
    "goods_in_force",
    "goods_named",
    "heading_listed_since",
    "in_force",
    "intermediaries",
    "intermediary",
    "km_between",
    "list_versions",
    "listed_since",
    "priority_list_version",
    "threshold_meaning",
    "thresholds_on",
    "tier",
]
