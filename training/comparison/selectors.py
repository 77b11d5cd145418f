"""The selectors by name. Each gives a number per declaration of a fold, higher first."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from shiprisk.features import NODES, SIGNALS, Trailing

from .folds import Fold
from .learners import lightgbm_raw, logistic_raw, ours
from .rules import (
    at_random,
    by_declared_value,
    group_by_past,
    newest_firm,
    official_flags,
    one_signal,
    priority_list,
)

Selector = Callable[[Fold], np.ndarray]

OURS = "shiprisk"
GROUP_BY = "group-by over past outcomes"
LOGISTIC, LIGHTGBM = "logistic regression, raw columns", "LightGBM, raw columns"
FLAGS = "official red flags"

SELECTORS: Mapping[str, Selector] = {
    "at random": at_random,
    "by declared value": by_declared_value,
    "newest firm": newest_firm,
    "priority list": priority_list,
    FLAGS: official_flags,
    GROUP_BY: group_by_past,
    LOGISTIC: logistic_raw,
    LIGHTGBM: lightgbm_raw,
    OURS: ours,
}


def single_signals(outcomes: bool) -> dict[str, Selector]:
    """Each signal alone, in its declared direction; in both where that is open.

    outcomes: those that rest on past outcomes, or all others. Categories are left out: their codes
    have no order.
    """
    found: dict[str, Selector] = {}
    for signal in SIGNALS:
        if not signal.is_category and rests_on_outcomes(signal.name) == outcomes:
            for direction in (signal.direction,) if signal.direction else (1, -1):
                end = "highest" if direction > 0 else "lowest"
                alone = partial(one_signal, signal=signal, direction=direction)
                found[f"{signal.name}, {end} first"] = alone
    return found


def rests_on_outcomes(name: str) -> bool:
    """Whether a signal, fact or total is computed from past outcomes."""
    node = NODES.get(name)
    if isinstance(node, Trailing) and node.on == "known_on":
        return True
    return node is not None and any(map(rests_on_outcomes, node.inputs))
