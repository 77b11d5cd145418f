"""Published lists that signals consult, each row with the day from which it holds."""

from .priority import as_hs2022, heading_listed_since, listed_since, priority_list_version, tier

__all__ = ["as_hs2022", "heading_listed_since", "listed_since", "priority_list_version", "tier"]
