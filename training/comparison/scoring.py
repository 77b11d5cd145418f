"""Every selector over the same months, each knowing only what was known, beside the truth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from shiprisk.features import Records

from ..evaluation.truth import truth_of
from ..settings import TrainingError
from .folds import Fold, folds
from .rules import official_flags
from .selectors import Selector

Tell = Callable[[str], None]

# Knows the truth: what any ranking could reach at a capacity.
ORACLE = "capacity oracle"


@dataclass(frozen=True)
class Scored:
    """The shipments of the scored months.

    rows: `day`, `month`, `trader`, `value` (USD), `never_seen` (the trader, before the month),
    `diverted` (0 or 1) and `typology`. ranks: for each selector the share of its month that ranks
    no higher, so 1 is the riskiest. stood_in: where the flags stood in for a learner, as text.
    """

    rows: pd.DataFrame
    ranks: pd.DataFrame
    stood_in: tuple[str, ...]

    def of(self, ranks: pd.DataFrame) -> "Scored":
        """The same shipments with other ranks."""
        return replace(self, ranks=ranks)

    def where(self, rows: pd.Series) -> "Scored":
        """The shipments where a mask is true."""
        return replace(self, rows=self.rows[rows], ranks=self.ranks[rows])


def scored(
    records: Records,
    truth: pd.DataFrame,
    months: int,
    selectors: Mapping[str, Selector],
    tell: Tell,
) -> Scored:
    """Score the last months one by one with every selector, and with the oracle.

    In a month before which too few violations were known to train a learner, the official red
    flags stand in for it, as they would in an office that begins.
    """
    rows, ranks, stood_in = [], [], []
    for fold in folds(records, months):
        tell(f"{_month(fold)}: {len(fold.asked):,} declarations")
        rows.append(_rows(fold, truth))
        chance = np.random.default_rng(len(rows)).random(len(fold.asked))
        ranked = {ORACLE: rank_shares(rows[-1]["diverted"].to_numpy(), chance)}
        for name, selector in selectors.items():
            try:
                numbers = selector(fold)
            except TrainingError as error:
                numbers = official_flags(fold)
                stood_in.append(f"{_month(fold)}, {name}: {error}")
            ranked[name] = rank_shares(numbers, chance)
        ranks.append(pd.DataFrame(ranked, dtype=np.float32))
    return Scored(
        pd.concat(rows, ignore_index=True), pd.concat(ranks, ignore_index=True), tuple(stood_in)
    )


def rank_shares(numbers: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """The rank of each number from the lowest, over their count; chance decides among equals.

    Ranks, because the numbers of different months are not on one scale.
    """
    ranks = np.empty(len(numbers))
    ranks[np.lexsort((chance, numbers))] = np.arange(1, len(numbers) + 1)
    return ranks / len(numbers)


def _rows(fold: Fold, truth: pd.DataFrame) -> pd.DataFrame:
    told = truth_of(fold.asked, truth)
    return pd.DataFrame({
        "day": fold.asked["declared_on"],
        "month": _month(fold),
        "trader": fold.asked["trader_id"],
        "value": fold.asked["customs_value_usd"].fillna(0.0),
        "never_seen": ~fold.asked["trader_id"].isin(fold.past.declarations["trader_id"].unique()),
        "diverted": told["diverted"],
        "typology": told["typology"],
    })  # fmt: skip


def _month(fold: Fold) -> str:
    return str(fold.first_day.astype("datetime64[M]"))
