"""One strategy through the months: each week it chooses by what it knows, each month it learns."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from shiprisk.models import RiskModel
from shiprisk.serving import Capacity, select

from .learning import sure_risk
from .stage import Stage, Week
from .strategies import Strategy


@dataclass
class Office:
    """An authority that follows a strategy: its models, and what it inspected so far.

    halves: models of two halves of the traders, where the strategy asks for them. chosen: rows of
    the stage's declarations. seen: their signals as they were in the week in which they were
    chosen.
    """

    stage: Stage
    strategy: Strategy
    capacity: Capacity
    seed: int
    model: RiskModel
    halves: tuple[RiskModel, ...]
    chosen: np.ndarray
    seen: np.ndarray

    @classmethod
    def opened(cls, stage: Stage, strategy: Strategy, capacity: Capacity, seed: int) -> "Office":
        """An office that inspected nothing yet, with the model that all offices begin with."""
        first = stage.learner.first
        none = np.empty(0, dtype=int), np.empty((0, len(first.signals)))
        return cls(stage, strategy, capacity, seed, first, (), *none)

    def lives(self) -> pd.DataFrame:
        """Every goods item of all weeks: `week`, `risk`, `selected_by`, `probability`."""
        return pd.concat([self._week(week) for week in self.stage.weeks()])

    def _week(self, week: Week) -> pd.DataFrame:
        if week.retrains and self.strategy.learns:
            self._learn(week)
        asked = self.stage.declarations.iloc[week.rows]
        matrix = self.stage.matrix(week.rows, self.stage.known(week.first_day, self.chosen))
        risk = sure_risk(self.model, matrix)
        chosen = select(
            asked["declaration_id"].to_numpy(dtype=object),
            asked["declared_on"].to_numpy(),
            risk,
            self.strategy.selection(self.capacity, self.seed),
            self._disagreement(matrix),
        ).set_axis(asked.index)
        inspected = chosen["selected_by"].notna().to_numpy()
        self.chosen = np.concatenate([self.chosen, asked.index.to_numpy()[inspected]])
        self.seen = np.vstack([self.seen, matrix[inspected]])
        return chosen.assign(week=week.number, risk=risk)

    def _learn(self, week: Week) -> None:
        known = self.stage.examples(week.first_day, self.chosen, self.seen)
        if week.number:
            self.model = self.stage.learner.fit(known)
        if self.strategy.uncertain_share:
            self.halves = self.stage.learner.halves(known, self.seed + week.number)

    def _disagreement(self, matrix: np.ndarray) -> np.ndarray | None:
        """How far two models are apart that learnt from different traders."""
        if not self.halves:
            return None
        one, other = (sure_risk(model, matrix) for model in self.halves)
        return np.abs(one - other)
