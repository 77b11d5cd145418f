"""How well a ranking spends a capacity, where each shipment counts as often as it was drawn."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

CAPACITIES = (0.01, 0.02, 0.05)
_BINS = 10


@dataclass(frozen=True)
class Ranking:
    """Shipments from the riskiest down. labels: 1 for a violation. value: declared, USD.

    standing: by how much each counts, so that they stand for all shipments. Only whether risks come
    true is measured so: they are said of all, and inspected ones hold more violations than others.
    """

    labels: np.ndarray
    risk: np.ndarray
    value: np.ndarray
    standing: np.ndarray

    @cached_property
    def order(self) -> np.ndarray:
        """The positions from the riskiest down; ties keep their order."""
        return np.argsort(-self.risk, kind="stable")

    def where(self, rows: np.ndarray) -> "Ranking":
        """The shipments where a mask is true."""
        of_all = (self.labels, self.risk, self.value, self.standing)
        return Ranking(*(of[rows] for of in of_all))

    def figures(self, weights: np.ndarray) -> dict[str, float]:
        """Metrics by name; weights: how often each shipment counts, in the order given.

        precision, recall and value (share of the declared value of all violations) among the
        riskiest 1, 2 and 5 %, average precision, Brier score and expected calibration error; the
        last two NaN where nothing that was drawn stands for other shipments.
        """
        taken = weights[self.order]
        running = np.cumsum(taken)
        hits = np.cumsum(self._labels * taken)
        loss = np.cumsum(self._loss * taken)
        found: dict[str, float] = {}
        for share in CAPACITIES:
            last = int(np.searchsorted(running, share * running[-1]))
            at = f"at_{share * 100:g}"
            found[f"precision_{at}"] = float(hits[last] / running[last])
            found[f"recall_{at}"] = float(hits[last] / max(hits[-1], 1e-9))
            found[f"value_{at}"] = float(loss[last] / max(loss[-1], 1e-9))
        found["average_precision"] = self._average_precision(taken, running, hits)
        return found | self._risks_held(taken * self.standing[self.order])

    def average_precision(self, weights: np.ndarray) -> float:
        """The mean over violations of the precision down to each."""
        taken = weights[self.order]
        return self._average_precision(taken, np.cumsum(taken), np.cumsum(self._labels * taken))

    def calibration_error(self, labels: np.ndarray) -> float:
        """The expected calibration error, had the shipments had these labels."""
        found = replace(self, labels=labels)
        return found._risks_held(self.standing[self.order])["calibration_error"]

    @cached_property
    def _labels(self) -> np.ndarray:
        return self.labels[self.order]

    @cached_property
    def _loss(self) -> np.ndarray:
        return np.nan_to_num(self.value[self.order]) * self._labels

    def _average_precision(self, taken: np.ndarray, running: np.ndarray, hits: np.ndarray) -> float:
        found = self._labels * taken
        return float(found @ (hits / np.maximum(running, 1e-9)) / max(hits[-1], 1e-9))

    def _risks_held(self, counted: np.ndarray) -> dict[str, float]:
        """Brier score, and the mean gap between risk and rate over bins of equal weight."""
        running = np.cumsum(counted)
        if not running[-1]:
            return {"brier": np.nan, "calibration_error": np.nan}
        off = self.risk[self.order] - self._labels
        bins = np.minimum(_BINS * (running - counted) / running[-1], _BINS - 1).astype(int)
        gaps = np.abs(np.bincount(bins, off * counted, _BINS)).sum()
        return {
            "brier": float(counted @ off**2 / running[-1]),
            "calibration_error": float(gaps / running[-1]),
        }
