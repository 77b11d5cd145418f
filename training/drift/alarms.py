"""What a person should look at, in sentences."""

import pandas as pd

from .found import Outcomes
from .hubs import named

_MOST = 8


def of_signals(signals: pd.DataFrame) -> list[str]:
    """The signals of weight that moved, in one sentence."""
    names = signals.index[signals["drifted"]].tolist()
    if not names:
        return []
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return [f"{len(names)} signals are spread differently: {', '.join(names[:_MOST])}{more}"]


def of_risk(moved: dict[str, float | bool], lanes: pd.DataFrame) -> list[str]:
    """What became of the risks, and of the lanes that they lead to."""
    told = [f"the risks are spread differently (index {moved['index']:.2f})"]
    return (told if moved["drifted"] else []) + [
        f"{lane} lane: {row['now']:.1%} of shipments, {row['before']:.1%} before"
        for lane, row in lanes[lanes["drifted"]].iterrows()
    ]


def of_hubs(hubs: pd.DataFrame) -> list[str]:
    """The countries that gained or lost most."""
    moved = hubs[hubs["drifted"]].sort_values("gained", key=abs, ascending=False, kind="stable")
    return [
        f"{row.country} sends {row.share_now:.1%} of what firms import of {named(row.heading)}, "
        f"{row.share_before:.1%} before"
        for row in moved.head(_MOST).itertuples()
    ]


def of_outcomes(outcomes: Outcomes | None) -> list[str]:
    """Whether random inspections found what the risks led to expect."""
    if outcomes is None or not outcomes.drifted:
        return []
    return [
        f"random inspections found {outcomes.found:,} of {outcomes.inspected:,}; "
        f"{outcomes.expected:.1%} were expected"
    ]
