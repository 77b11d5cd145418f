"""A trained model: risk and exact contributions from a matrix of signals, in plain files."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np

from shiprisk.features import NODES, SIGNALS, Signal, fingerprint

from .cases import Cases
from .lanes import Lanes
from .treeshap import Sweep, TreeShap

_FORMAT = 1
_CARD = "card.md"

# Below so many rows starting threads costs more than they give.
_FEW_ROWS = 256


class ModelError(ValueError):
    """A model directory that cannot be used with the signals installed here."""


@dataclass(frozen=True)
class RiskModel:
    """Risk of shipments, and how much each signal moved it.

    booster: LightGBM trees whose raw score is the log-odds of the calibrated risk.
    signals: names of the columns of a matrix, in order. lanes: from which risk to inspect.
    about: what people ask of a model later: data, days, settings, list version. reference: what the
    training period looked like, plain values that later records are compared with. cases: inspected
    shipments that a new one is compared with. card: the model card, Markdown; it tells of the model
    and is no part of it.
    """

    booster: lgb.Booster
    signals: tuple[str, ...]
    lanes: Lanes
    about: Mapping[str, Any] = field(default_factory=dict)
    reference: Mapping[str, Any] = field(default_factory=dict)
    cases: Cases | None = None
    card: str = ""

    def raw(self, matrix: np.ndarray) -> np.ndarray:
        """The raw score (log-odds of the risk) of each row of signals, float64."""
        return self.booster.predict(matrix, raw_score=True, num_threads=_threads(matrix))

    def risk(self, matrix: np.ndarray) -> np.ndarray:
        """The probability (0 to 1) of each row that an inspection finds a violation."""
        return 1 / (1 + np.exp(-self.raw(matrix)))

    def risks(self, matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The risk of each row, and had the model not been told of owner nationality; one call."""
        both = self.risk(np.concatenate([matrix, self.hidden(matrix)]))
        return both[: len(matrix)], both[len(matrix) :]

    def hidden(self, matrix: np.ndarray) -> np.ndarray:
        """The same signals with those missing that rest on owner nationality."""
        told = matrix.copy()
        told[:, self.sensitive_columns] = np.nan
        return told

    def contributions(self, matrix: np.ndarray) -> np.ndarray:
        """Exact path-dependent SHAP values in log-odds: rows × (signals + 1), the base last.

        Each row sums to its raw score.
        """
        return self._explainer.contributions(matrix)

    def similar(
        self, added: np.ndarray, day: np.datetime64, but: str, most: int
    ) -> list[dict[str, Any]]:
        """Inspected shipments that the model sees most alike; see `Cases.like`.

        What rests on owner nationality does not count.
        """
        if self.cases is None:
            return []
        counted = added.copy()
        counted[self.sensitive_columns] = 0
        return self.cases.like(counted, day, but, most)

    @cached_property
    def sweep(self) -> Sweep:
        """Quick tries of other values, for advice; what is answered comes from `risks`."""
        return Sweep(self.booster)

    @property
    def base(self) -> float:
        """The log-odds before any signal has added to them, the same for every row."""
        return self._explainer.base

    @cached_property
    def _explainer(self) -> TreeShap:
        return TreeShap(self.booster)

    @cached_property
    def sensitive_columns(self) -> list[int]:
        """The positions of the signals that rest on owner nationality."""
        sensitive = {signal.name for signal in SIGNALS if signal.sensitive}
        return [at for at, name in enumerate(self.signals) if name in sensitive]

    @cached_property
    def declared_signals(self) -> tuple[Signal, ...]:
        """The declarations of the model's signals, in the order of the matrix."""
        by_name = {signal.name: signal for signal in SIGNALS}
        return tuple(by_name[name] for name in self.signals)

    @cached_property
    def version(self) -> str:
        """Twelve characters that tell this model from any other, from its contents."""
        return hashlib.sha256(self._contents().encode()).hexdigest()[:12]

    def save(self, directory: Path) -> None:
        """Write `booster.txt`, `model.json` and the rest; the same model, the same bytes."""
        directory.mkdir(parents=True, exist_ok=True)
        (directory / "booster.txt").write_text(self.booster.model_to_string(), encoding="utf-8")
        (directory / "model.json").write_text(self._described(), encoding="utf-8")
        if self.reference:
            text = json.dumps(self.reference)
            (directory / "reference.json").write_text(text, encoding="utf-8")
        if self.cases is not None:
            self.cases.save(directory)
        if self.card:
            (directory / _CARD).write_text(self.card, encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> "RiskModel":
        """Read what `save` wrote.

        ModelError where files are missing or the model was trained on other signals: a signal
        that is unknown here, or whose code has changed since.
        """
        try:
            described = json.loads((directory / "model.json").read_text(encoding="utf-8"))
            beside = directory / "reference.json"
            reference = json.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}
            booster = lgb.Booster(model_file=str(directory / "booster.txt"))
            told = directory / _CARD
            card = told.read_text(encoding="utf-8") if told.is_file() else ""
        except (OSError, ValueError, lgb.basic.LightGBMError) as error:
            raise ModelError(f"{directory} holds no readable model: {error}") from error
        if described.get("format") != _FORMAT:
            raise ModelError(
                f"{directory} is of model format {described.get('format')}, this version reads "
                f"format {_FORMAT}; train again"
            )
        _check_same_signals(described["signals"], directory)
        return cls(
            booster,
            tuple(described["signals"]),
            Lanes(**described["lanes"]),
            described["about"],
            reference,
            _cases_in(directory, len(described["signals"])),
            card,
        )

    def _contents(self) -> str:
        reference = json.dumps(self.reference) if self.reference else ""
        cases = self.cases.digest if self.cases is not None else ""
        return self.booster.model_to_string() + self._described() + reference + cases

    def _described(self) -> str:
        described = {
            "format": _FORMAT,
            "signals": fingerprints(self.signals),
            "lanes": {"red": self.lanes.red, "yellow": self.lanes.yellow},
            "about": self.about,
        }
        return json.dumps(described, indent=1, ensure_ascii=False)


def fingerprints(names: Sequence[str]) -> dict[str, str]:
    """What each signal is computed by, as a digest of its code."""
    return {name: fingerprint(name, NODES) for name in names}


def _cases_in(directory: Path, signals: int) -> Cases | None:
    try:
        return Cases.load(directory, signals)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{directory} holds no readable cases: {error}") from error


def _check_same_signals(trained_on: Mapping[str, str], directory: Path) -> None:
    known = {signal.name for signal in SIGNALS}
    unknown = [name for name in trained_on if name not in known]
    here = fingerprints([name for name in trained_on if name in known])
    changed = [name for name, made_by in here.items() if made_by != trained_on[name]]
    differences = []
    if unknown:
        differences.append(f"signals unknown here: {', '.join(unknown)}")
    if changed:
        differences.append(f"signals computed differently here: {', '.join(changed)}")
    if differences:
        raise ModelError(
            f"the model in {directory} was trained on other signals ({'; '.join(differences)}). "
            "Train again, or use the version of shiprisk that trained it."
        )


def _threads(matrix: np.ndarray) -> int:
    return 1 if len(matrix) < _FEW_ROWS else 0
