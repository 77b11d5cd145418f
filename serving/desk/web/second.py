"""When a second person must look."""

from collections.abc import Mapping
from typing import Any

# Of the risk, how much may rest on owner nationality before one person's word is not enough.
_RESTS_ON_NATIONALITY = 0.2


def needs_second(answer: Mapping[str, Any], policy: str) -> bool:
    """Whether an outcome of this score counts only once another person has confirmed it.

    policy: one of POLICIES. `sensitive`: where a fifth of the risk or more rests on owner
    nationality, or where what is known of owners raised it most.
    """
    if policy != "sensitive":
        return policy == "always"
    risk, without = answer["risk"], answer["risk_without_owner_nationality"]
    families: Mapping[str, float] = answer["families"] or {}
    owners = families.get("owner", 0.0)
    leads = owners > 0 and owners == max(families.values())
    return leads or (risk > 0 and (risk - without) / risk >= _RESTS_ON_NATIONALITY)
