"""Whether the firm's goods have changed of late, and whether its papers name the earlier code."""

import numpy as np

from ..arrays import log, ratio, smoothed
from ..columns import each_pair
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import Values, missing, where

shipments_of_trader_in_heading_in_90_days = Trailing(by=("trader_id", "hs4"), days=90)
shipments_of_trader_in_heading_in_455_days = Trailing(by=("trader_id", "hs4"), days=455)
shipments_of_trader_on_leg = Trailing(by=("trader_id", "direction"))
papers_of_trader_with_previous_code = Trailing(
    by=("trader_id", "direction"), of="names_previous_code"
)


@fact
def shipments_of_trader_in_year_before(
    shipments_of_trader_in_455_days: Values, shipments_of_trader_in_90_days: Values
) -> Values:
    """Declarations of the firm in the year before the past 90 days."""
    return shipments_of_trader_in_455_days - shipments_of_trader_in_90_days


@fact
def shipments_of_trader_in_heading_in_year_before(
    shipments_of_trader_in_heading_in_455_days: Values,
    shipments_of_trader_in_heading_in_90_days: Values,
) -> Values:
    """Declarations of the heading by the firm in the year before the past 90 days."""
    return shipments_of_trader_in_heading_in_455_days - shipments_of_trader_in_heading_in_90_days


@signal(
    family="goods",
    says="Heading {hs4} made up {shipments_of_trader_in_heading_in_90_days:.0f} of the firm's "
    "{shipments_of_trader_in_90_days:.0f} declarations of the past 90 days, against "
    "{shipments_of_trader_in_heading_in_year_before:.0f} of "
    "{shipments_of_trader_in_year_before:.0f} in the year before",
    unknown="No trade of the firm is on record in the year before the past 90 days",
    risk="rises",
    flags=("A004-4",),
    sees=("T4",),
)
def turn_to_heading(
    shipments_of_trader_in_heading_in_90_days: Values,
    shipments_of_trader_in_90_days: Values,
    shipments_of_trader_in_heading_in_year_before: Values,
    shipments_of_trader_in_year_before: Values,
    heading_share_overall: Values,
) -> Values:
    """How far the firm has turned to the heading in 90 days: log of its share over that before.

    Shares are smoothed towards the heading's share in all trade; missing for a firm that did not
    trade in the year before, which has nothing to turn from.
    """
    now = smoothed(
        shipments_of_trader_in_heading_in_90_days,
        shipments_of_trader_in_90_days,
        heading_share_overall,
        weight=5,
    )
    before = smoothed(
        shipments_of_trader_in_heading_in_year_before,
        shipments_of_trader_in_year_before,
        heading_share_overall,
        weight=5,
    )
    turn = log(ratio(now, before))
    return where(shipments_of_trader_in_year_before > 0, turn, np.nan)


@fact
def names_previous_code(previous_hs_code: Values) -> Values:
    """1 where the code on the document before this one is given, 0 where not."""
    return where(missing(previous_hs_code), 0.0, 1.0)


@signal(
    family="goods",
    asks="goods",
    says="The code on the previous document is missing, which "
    "{papers_of_trader_with_previous_code:.0f} of the firm's {shipments_of_trader_on_leg:.0f} "
    "earlier papers of this leg ({direction}) give",
    otherwise="The code on the previous document is given ({previous_hs_code}), or the firm's "
    "papers never give it",
    unknown="No earlier paper of this leg ({direction}) by the firm is on record",
    risk="rises",
    flags=("S-hs-change",),
    sees=("T4",),
)
def previous_code_withheld(
    names_previous_code: Values,
    papers_of_trader_with_previous_code: Values,
    shipments_of_trader_on_leg: Values,
) -> Values:
    """Where the previous code is missing: the share of the firm's earlier papers that give it.

    0 where it is given; papers of the same leg are compared, with two added that do not give it.
    """
    share = smoothed(papers_of_trader_with_previous_code, shipments_of_trader_on_leg,
                     0.0, weight=2)  # fmt: skip
    withheld = where(names_previous_code == 1, 0.0, share)
    return where(shipments_of_trader_on_leg > 0, withheld, np.nan)


@signal(
    family="goods",
    asks="goods",
    says="The code agrees with the previous document to six digits, not beyond "
    "({previous_hs_code}, {hs_code})",
    otherwise="The code agrees with the previous document as far as both go, or differs within "
    "six digits",
    unknown="No digits beyond six are given by both this document and the previous one",
    risk="rises",
    flags=("S-hs-change",),
    sees=("T4",),
)
def hs_changed_beyond_six(hs_code: Values, previous_hs_code: Values) -> Values:
    """Whether the code differs from the previous document only beyond the sixth digit.

    Missing where either code ends there: codes of two countries often share no further digits.
    """
    return each_pair(previous_hs_code, hs_code, _differ_beyond_six)


def _differ_beyond_six(before: str, now: str) -> float:
    shared = min(len(before), len(now))
    if shared <= 6:
        return np.nan
    return float(before[:6] == now[:6] and before[:shared] != now[:shared])
