"""Published lists that signals consult, each row with the day from which it holds."""

from .priority import as_hs2022, listed_since, tier

__all__ = ["as_hs2022", "listed_since", "tier"]
