"""Published lists that signals consult, each row with the day from which it holds.

Each row says whose word it is (`source`) and how sure it is (`checked`): `primary`, read in the
text that makes it so; `secondary`, read in a report or a copy of that text; `own`, our judgement
or memory. Where only the month of a day is known, the source says so.
"""

from .about import CERTAINTIES, LISTS
from .brands import brand_in, brand_left_on
from .countries import any_in_force, export_controls_since, in_force, km_between
from .goods import goods_in_force, goods_named, goods_named_by_us
from .parties import countries_of_concern, intermediaries, intermediary
from .priority import (
    as_hs2022,
    heading_listed_since,
    listed_since,
    priority_list_days,
    priority_list_version,
    tier,
)
from .rows import Dated, rows
from .thresholds import threshold_meaning, thresholds_on
from .versions import changed_lists, list_versions

__all__ = [
    "CERTAINTIES",
    "LISTS",
    "Dated",
    "any_in_force",
    "as_hs2022",
    "brand_in",
    "brand_left_on",
    "changed_lists",
    "countries_of_concern",
    "export_controls_since",
    "goods_in_force",
    "goods_named",
    "goods_named_by_us",
    "heading_listed_since",
    "in_force",
    "intermediaries",
    "intermediary",
    "km_between",
    "list_versions",
    "listed_since",
    "priority_list_days",
    "priority_list_version",
    "rows",
    "threshold_meaning",
    "thresholds_on",
    "tier",
]
