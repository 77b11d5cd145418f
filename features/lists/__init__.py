"""Published lists that signals consult, each row with the day from which it holds."""

from .parties import Spell, countries_of_concern, export_controls_since, intermediary
from .priority import as_hs2022, heading_listed_since, listed_since, priority_list_version, tier

__all__ = [
    "Spell",
    "as_hs2022",
    "countries_of_concern",
    "export_controls_since",
    "heading_listed_since",
    "intermediary",
    "listed_since",
    "priority_list_version",
    "tier",
]
