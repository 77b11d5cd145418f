"""Published lists that signals consult, each row with the day from which it holds."""

from .countries import any_in_force, export_controls_since, in_force, latitude, longitude
from .priority import as_hs2022, heading_listed_since, listed_since, priority_list_version, tier

__all__ = [
    "any_in_force",
    "as_hs2022",
    "export_controls_since",
    "heading_listed_since",
    "in_force",
    "latitude",
    "listed_since",
    "longitude",
    "priority_list_version",
    "tier",
]
