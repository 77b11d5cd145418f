"""What becomes of a ranking after the world changed: its months counted from each shock."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

# Months after that of the shock; the month before shows from where a ranking fell.
STEPS = {-1: "month before", 0: "its month", 1: "+1", 2: "+2", 3: "+3"}


def after_shocks(monthly: pd.DataFrame, shocks: Mapping[str, date]) -> pd.DataFrame:
    """Monthly figures by shock and selector (rows) and month counted from the shock (columns).

    monthly: selectors × months, named as 2024-05. A shock whose own month was not scored is
    left out; another month that was not scored is missing.
    """
    found = {}
    for name, day in sorted(shocks.items(), key=lambda shock: shock[1]):
        months = {head: str(pd.Period(day, "M") + step) for step, head in STEPS.items()}
        if months[STEPS[0]] in monthly:
            by_step = monthly.reindex(columns=list(months.values()))
            found[name] = by_step.set_axis(list(months), axis="columns")
    return pd.concat(found) if found else pd.DataFrame(columns=list(STEPS.values()))
