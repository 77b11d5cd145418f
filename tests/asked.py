"""Records made for one question: a past, and what a signal says of a declaration after it."""

from typing import Any

import pandas as pd

from shiprisk.features import INSPECTIONS, NODES, TRADE_STATISTICS, History, validated
from tests.factory import declaration, figure


def past(*records: dict[str, Any], outcomes: list[dict[str, Any]] | None = None) -> History:
    """A history of the given declarations; outcomes name the position of their declaration."""
    if not records:
        return History(NODES)
    declared = typed(*records)
    inspected = None
    if outcomes:
        rows = [
            {**declared.iloc[x["at"]][["declaration_id", "item_number"]], **x} for x in outcomes
        ]
        frame = validated(pd.DataFrame(rows).drop(columns="at"), INSPECTIONS).accepted
        inspected = declared.merge(frame, on=["declaration_id", "item_number"])
    return History(NODES).extended(declared, inspected)


def typed(*records: dict[str, Any]) -> pd.DataFrame:
    made = [
        declaration(**{"declaration_id": f"D{at}", **edits}) for at, edits in enumerate(records)
    ]
    checked = validated(pd.DataFrame(made))
    assert checked.rejected.empty, checked.rejected
    return checked.accepted


def published(*figures: dict[str, Any]) -> pd.DataFrame:
    """Figures of trade statistics, typed."""
    checked = validated(pd.DataFrame([figure(**edits) for edits in figures]), TRADE_STATISTICS)
    assert checked.rejected.empty, checked.rejected
    return checked.accepted


def value(name: str, history: History | None = None, **edits: Any) -> float:
    block = (history or past()).block(typed({"declaration_id": "asked", **edits}))
    return float(block[name][0])
