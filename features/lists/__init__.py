"""Published lists that signals consult, each row with the day from which it holds."""

from .countries import any_in_force, export_controls_since, in_force, latitude, longitude
from .parties import countries_of_concern, intermediary
from .priority import as_hs2022, heading_listed_since, listed_since, priority_list_version, tier
from .rows import Spell

__all__ = [
    "Spell",
    "any_in_force",
    "as_hs2022",
    "countries_of_concern",
    "export_controls_since",
    "heading_listed_since",
    "in_force",
    "intermediary",
    "latitude",
    "listed_since",
    "longitude",
    "priority_list_version",
    "tier",
]
