"""The settings that tuning may change, and where it looks for them."""

from dataclasses import replace
from typing import Any, Protocol

from ..settings import Settings

TUNED = ("learning_rate", "leaves", "depth", "least_rows_in_leaf", "hidden_share")


class Trial(Protocol):
    """What is asked of a trial of Optuna."""

    def suggest_float(self, name: str, low: float, high: float, *, log: bool = False) -> float:
        """A number between both."""

    def suggest_int(self, name: str, low: int, high: int, *, log: bool = False) -> int:
        """A whole number between both."""


def suggested(trial: Trial, settings: Settings) -> Settings:
    """The settings with those of a trial in their place."""
    return replace(
        settings,
        learning_rate=trial.suggest_float("learning_rate", 0.01, 0.2, log=True),
        leaves=trial.suggest_int("leaves", 4, 63, log=True),
        depth=trial.suggest_int("depth", 2, 7),
        least_rows_in_leaf=trial.suggest_int("least_rows_in_leaf", 5, 400, log=True),
        hidden_share=trial.suggest_float("hidden_share", 0.1, 0.5),
    )


def tuned(settings: Settings) -> dict[str, Any]:
    """The values of the settings that tuning may change."""
    return {name: getattr(settings, name) for name in TUNED}
