"""How well a ranking spends a capacity, where each shipment counts as often as it was drawn."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

CAPACITIES = (0.01, 0.02, 0.05)
_BINS = 10


@dataclass(frozen=True)
class Ranking:
    """Shipments from the riskiest down. labels: 1 for a violation. value: declared, USD."""

    labels: np.ndarray
    risk: np.ndarray
    value: np.ndarray

    @cached_property
    def order(self) -> np.ndarray:
        """The positions from the riskiest down; ties keep their order."""
        return np.argsort(-self.risk, kind="stable")

    def where(self, rows: np.ndarray) -> "Ranking":
        """The shipments where a mask is true."""
        return Ranking(self.labels[rows], self.risk[rows], self.value[rows])

    def figures(self, weights: np.ndarray) -> dict[str, float]:
        """Metrics by name; weights: how often each shipment counts, in the order given.

        precision, recall and value (share of the declared value of all violations) among the
        riskiest 1, 2 and 5 %, average precision, Brier score and expected calibration error.
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
        found["brier"] = float(np.average((self.risk - self.labels) ** 2, weights=weights))
        found["calibration_error"] = self._calibration_error(taken, running)
        return found

    def average_precision(self, weights: np.ndarray) -> float:
        """The mean over violations of the precision down to each."""
        taken = weights[self.order]
        return self._average_precision(taken, np.cumsum(taken), np.cumsum(self._labels * taken))

    def calibration_error(self, labels: np.ndarray) -> float:
        """The expected calibration error, had the shipments had these labels."""
        ones = np.ones(len(labels))
        return Ranking(labels, self.risk, self.value)._calibration_error(ones, np.cumsum(ones))

    @cached_property
    def _labels(self) -> np.ndarray:
        return self.labels[self.order]

    @cached_property
    def _loss(self) -> np.ndarray:
        return np.nan_to_num(self.value[self.order]) * self._labels

    def _average_precision(self, taken: np.ndarray, running: np.ndarray, hits: np.ndarray) -> float:
        found = self._labels * taken
        return float(found @ (hits / np.maximum(running, 1e-9)) / max(hits[-1], 1e-9))

    def _calibration_error(self, taken: np.ndarray, running: np.ndarray) -> float:
        """The mean gap between risk and rate over bins of equal weight."""
        bins = np.minimum(_BINS * (running - taken) / running[-1], _BINS - 1).astype(int)
        gaps = np.bincount(bins, (self.risk[self.order] - self._labels) * taken, _BINS)
        return float(np.abs(gaps).sum() / running[-1])
