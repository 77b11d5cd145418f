"""Models of a replay: fitted as `train` fits, from signals that are ready."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from shiprisk.features import Signal
from shiprisk.models import Lanes, RiskModel

from ..examples import Examples
from ..fit import fitted, signals_for, trees_of_each
from ..periods import Periods
from ..settings import Settings

# The selector chooses; no lane is asked of these models.
_NO_LANES = Lanes(red=1.0, yellow=1.0)


@dataclass(frozen=True)
class Learner:
    """How models are fitted. first: the model of what was known before, shared by all."""

    signals: Sequence[Signal]
    settings: Settings
    trees: int
    first: RiskModel

    @classmethod
    def of(cls, known: Examples) -> "Learner":
        """The number of trees that serves the last part of the known outcomes best.

        TrainingError where they are too few.
        """
        settings = Settings(test=False)
        signals = signals_for(settings)
        periods = Periods.of(known.records, settings)
        early, late = periods.fit(known.records), periods.choose(known.records)
        chosen = fitted(known.where(early), signals, settings, choices=known.where(late))
        trees = trees_of_each(chosen, settings)
        return cls(signals, settings, trees, _model(known, signals, settings, trees))

    def fit(self, known: Examples) -> RiskModel:
        """A model of the outcomes that are known."""
        return _model(known, self.signals, self.settings, self.trees)

    def halves(self, known: Examples, seed: int) -> tuple[RiskModel, RiskModel]:
        """Two models, each of the outcomes of one half of the traders, drawn by the seed."""
        traders = known.records["trader_id"].to_numpy(dtype=object)
        draws = pd.util.hash_array(traders, hash_key=f"{seed:016d}")
        half = draws % np.uint64(2) == 0
        return self.fit(known.where(half)), self.fit(known.where(~half))


def _model(known: Examples, signals: Sequence[Signal], settings: Settings, trees: int) -> RiskModel:
    booster = fitted(known, signals, settings, trees=trees)
    return RiskModel(booster, tuple(signal.name for signal in signals), _NO_LANES)


def sure_risk(model: RiskModel, matrix: np.ndarray) -> np.ndarray:
    """The lower of the risks with and without owner nationality, as scores are selected by."""
    return np.minimum(*model.risks(matrix))
