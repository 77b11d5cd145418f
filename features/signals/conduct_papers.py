"""What the papers leave empty that others fill in."""

from functools import cache

import numpy as np

from ..arrays import at_least, one_if_known, ratio
from ..columns import each_text
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import Values, missing

# Cells that most papers of some leg give; which of them are usual is learnt from the past.
CELLS = (
    "partner_id", "description", "country_of_origin", "country_of_dispatch", "trading_country",
    "gross_mass_kg", "packages", "customs_value_usd", "incoterms", "currency",
)  # fmt: skip

empty_cells_on_leg_in_year = Trailing(by=("direction",), of="empty_cells", days=365)
papers_on_leg_in_year = Trailing(by=("direction",), of="has_cells", days=365)


@fact
def cells_left_empty(
    partner_id: Values,
    description: Values,
    country_of_origin: Values,
    country_of_dispatch: Values,
    trading_country: Values,
    gross_mass_kg: Values,
    packages: Values,
    customs_value_usd: Values,
    incoterms: Values,
    currency: Values,
) -> Values:
    """The names of the cells that are empty, of those that papers usually give."""
    cells = (
        partner_id, description, country_of_origin, country_of_dispatch, trading_country,
        gross_mass_kg, packages, customs_value_usd, incoterms, currency,
    )  # fmt: skip
    pattern: Values = sum(missing(cell) * (1 << place) for place, cell in enumerate(cells))
    return each_text(pattern, _names)


@fact
def empty_cells(cells_left_empty: Values) -> Values:
    """How many of these cells are empty; missing where all are, as in a source without them."""
    return each_text(cells_left_empty, _count, float)


@fact
def has_cells(empty_cells: Values) -> Values:
    """1 where any of these cells is given, missing elsewhere."""
    return one_if_known(empty_cells)


@fact
def usual_empty_cells(empty_cells_on_leg_in_year: Values, papers_on_leg_in_year: Values) -> Values:
    """How many of these cells are empty on average on papers of the same leg in a year."""
    return ratio(empty_cells_on_leg_in_year, papers_on_leg_in_year)


@signal(
    family="conduct",
    asks="changes",
    says="{empty_cells:.0f} cells are empty ({cells_left_empty}), against {usual_empty_cells:.1f} "
    "on the usual paper of this leg ({direction})",
    otherwise="No more cells are empty than on the usual paper of this leg ({direction})",
    risk="rises",
    flags=("own-empty-cells",),
)
def more_cells_empty(empty_cells: Values, usual_empty_cells: Values) -> Values:
    """How many more cells are empty than on the usual paper of the same leg in a year, or 0."""
    return at_least(empty_cells - usual_empty_cells, 0)


@cache
def _names(pattern: int) -> str:
    empty = [name for place, name in enumerate(CELLS) if int(pattern) >> place & 1]
    return ", ".join(empty) or "none"


def _count(names: str) -> float:
    empty = 0 if names == "none" else len(names.split(", "))
    return np.nan if empty == len(CELLS) else float(empty)
