"""Which version of each list is in use, for models and histories to remember."""

import hashlib
from collections.abc import Mapping
from functools import cache

from .about import LISTS
from .rows import rows

# What a row tells of itself and not of the world: another wording is no other version.
_WORDING = ("why", "source", "checked", "place")
_NO_DAY = "undated"


@cache
def list_versions() -> Mapping[str, str]:
    """The newest day of each list and a digest of what it says, as `2024-02-23 1f0c9a…`."""
    return {name: version_of(rows(f"{name}.csv")) for name in LISTS}


def changed_lists(recorded: Mapping[str, str]) -> list[str]:
    """The lists that are not here as they were recorded, each with both versions."""
    here = list_versions()
    return [
        f"{name} (then {recorded.get(name, 'none')}, here {here.get(name, 'none')})"
        for name in sorted({*recorded, *here})
        if recorded.get(name) != here.get(name)
    ]


def version_of(of: list[dict[str, str]]) -> str:
    """The newest day of the rows of a list, and a digest of what they say."""
    said = [[(key, row[key]) for key in sorted(row) if key not in _WORDING] for row in of]
    digest = hashlib.sha256(repr(sorted(said)).encode()).hexdigest()[:12]
    return f"{max(row.get('since', _NO_DAY) for row in of)} {digest}"
