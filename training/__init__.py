"""From records to a tracked model."""

from typing import TYPE_CHECKING, Any

from .card import metrics_table, model_card
from .drift import Drift, monitor
from .examples import Past
from .periods import Periods
from .settings import Settings, TrainingError
from .settings_file import with_file, write_settings
from .train import Trained, train
from .world import Scenario, ScenarioError, Selector, scenario_names, simulate

if TYPE_CHECKING:
    from .comparison import benchmark, write_report
    from .drift.report import write_drift_report
    from .tracking import Tracked, track
    from .tuning import Best, Limits, tune

__all__ = [
    "Best",
    "Drift",
    "Limits",
    "Past",
    "Periods",
    "Scenario",
    "ScenarioError",
    "Selector",
    "Settings",
    "Tracked",
    "Trained",
    "TrainingError",
    "benchmark",
    "metrics_table",
    "model_card",
    "monitor",
    "scenario_names",
    "simulate",
    "track",
    "train",
    "tune",
    "with_file",
    "write_drift_report",
    "write_report",
    "write_settings",
]


def __getattr__(name: str) -> Any:
    """Tracking and benchmarks come when asked for: what they need takes seconds to import."""
    if name in ("benchmark", "write_report"):
        from . import comparison

        return getattr(comparison, name)
    if name == "write_drift_report":
        from .drift import report

        return report.write_drift_report
    if name in ("Best", "Limits", "tune"):
        from . import tuning

        return getattr(tuning, name)
    if name in ("Tracked", "track"):
        from . import tracking

        return getattr(tracking, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
