"""Simulated worlds, what a model said of their later shipments, and what is true of these."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from shiprisk.features import Records, read_records

from ..evaluation import Evaluation, Trial, in_top, never_seen
from ..examples import KEY
from ..metrics import CAPACITIES
from ..settings import Settings
from ..train import train
from ..world import Scenario, simulate
from .gaps import Gaps, gaps

# Goods that were declared as others are missed more often.
_HIDDEN = ("T3", "T4")


@dataclass(frozen=True)
class World:
    """Records of a simulated world with their truth and the scenario behind them."""

    records: Records
    truth: pd.DataFrame
    scenario: Scenario

    @classmethod
    def simulated(cls, scenario: Scenario, declarations: int, seed: int) -> "World":
        """A world of that size; its files are not kept."""
        with TemporaryDirectory() as folder:
            directory = Path(folder)
            simulate(directory, declarations, seed, scenario)
            truth = pd.read_parquet(directory / "truth.parquet")
            return cls(read_records(directory), truth, scenario)

    def written_down(self) -> pd.DataFrame:
        """By office: how many inspected shipments were diverted, and the share written down."""
        assert self.records.inspections is not None
        offices = self.records.declarations[[*KEY, "customs_office"]]
        inspected = self.records.inspections.merge(self.truth, on=KEY).merge(offices, on=KEY)
        diverted = inspected[inspected["diverted"]].groupby("customs_office")["violation"]
        return pd.DataFrame({"diverted": diverted.size(), "share": diverted.mean()})

    def judged(self, settings: Settings) -> "Judgement":
        """Train on the records, and hold what is said of later shipments against the truth."""
        trained = train(self.records, settings, truth=self.truth)
        trial = trained.evaluation.trial
        told = trial.everyone.records[KEY].merge(self.truth, on=KEY, how="left")
        rules = self.scenario.inspection
        hidden = told["typology"].isin(_HIDDEN)
        missed = np.where(hidden, rules.missed_hidden, rules.missed)
        return Judgement(
            trial,
            np.where(told["diverted"], 1 - missed, rules.mistaken),
            never_seen(trial.everyone, trained.past, trial.starts, ["trader_id"]),
            trained.evaluation,
        )


@dataclass(frozen=True)
class Judgement:
    """What a training run in a world said of later shipments, and what is true of these.

    findable: for each shipment, inspected or not, the chance that an inspection would find
    something. never_seen: whether its firm had no declaration before the fold. evaluation: what
    the run reported.
    """

    trial: Trial
    findable: np.ndarray
    never_seen: np.ndarray
    evaluation: Evaluation

    @cached_property
    def truth(self) -> dict[str, float]:
        """What the estimated shares would be if every shipment were inspected."""
        everyone = replace(self.trial, inspected=self.trial.everyone)
        found = {"violation_rate": float(self.findable.mean())}
        for capacity in CAPACITIES:
            riskiest, at = in_top(everyone, "risk", capacity), f"at_{capacity * 100:g}"
            found[f"precision_{at}"] = float(self.findable[riskiest].mean())
            found[f"recall_{at}"] = float(self.findable[riskiest].sum() / self.findable.sum())
        return found

    def gaps(self, rows: np.ndarray) -> Gaps:
        """How far the risks of these shipments lie from what inspection would find."""
        everyone = self.trial.everyone
        firms = everyone.records["trader_id"].to_numpy(dtype=str)
        return gaps(self.findable[rows], everyone.risk[rows], firms[rows])
