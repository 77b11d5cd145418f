"""From records to a tracked model, and to the one in use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .card import metrics_table, model_card
from .drift import Drift, monitor
from .errors import ComparisonError, RegistryError
from .examples import Past
from .periods import Periods
from .settings import Settings, TrainingError
from .settings_file import with_file, write_settings
from .signal_table import SIGNAL_TABLE, SignalTable, on_cluster, read_signals
from .train import Trained, train, train_on
from .world import Scenario, ScenarioError, Selector, scenario_names, simulate

if TYPE_CHECKING:
    from .changes import Recorded, account, changes_of
    from .comparison import benchmark, write_report
    from .drift.report import write_drift_report
    from .promotion import (
        Comparison,
        Decision,
        Refused,
        Sides,
        Verdict,
        compare,
        keep_comparison,
        promote,
        promote_uncompared,
        rollback,
        verdicts,
    )
    from .registry import CHALLENGER, CHAMPION, Registry
    from .replay import compare_strategies, write_replay
    from .signal_table.spark import write_signals
    from .tracking import Tracked, track
    from .tuning import Best, Limits, tune

# These come when asked for: what they need takes seconds to import.
_LATE = {
    "changes": ("Recorded", "account", "changes_of"),
    "comparison": ("benchmark", "write_report"),
    "promotion": (
        "Comparison", "Decision", "Refused", "Sides", "Verdict", "compare", "keep_comparison",
        "promote", "promote_uncompared", "rollback", "verdicts",
    ),
    "replay": ("compare_strategies", "write_replay"),
    "drift.report": ("write_drift_report",),
    "registry": ("CHALLENGER", "CHAMPION", "Registry"),
    "signal_table.spark": ("write_signals",),
    "tracking": ("Tracked", "track"),
    "tuning": ("Best", "Limits", "tune"),
}  # fmt: skip

__all__ = [
    "CHALLENGER",
    "CHAMPION",
    "SIGNAL_TABLE",
    "Best",
    "Comparison",
    "ComparisonError",
    "Decision",
    "Drift",
    "Limits",
    "Past",
    "Periods",
    "Recorded",
    "Refused",
    "Registry",
    "RegistryError",
    "Scenario",
    "ScenarioError",
    "Selector",
    "Settings",
    "Sides",
    "SignalTable",
    "Tracked",
    "Trained",
    "TrainingError",
    "Verdict",
    "account",
    "benchmark",
    "changes_of",
    "compare",
    "compare_strategies",
    "keep_comparison",
    "metrics_table",
    "model_card",
    "monitor",
    "on_cluster",
    "promote",
    "promote_uncompared",
    "read_signals",
    "rollback",
    "scenario_names",
    "simulate",
    "track",
    "train",
    "train_on",
    "tune",
    "verdicts",
    "with_file",
    "write_drift_report",
    "write_replay",
    "write_report",
    "write_settings",
    "write_signals",
]


def __getattr__(name: str) -> Any:
    for module, names in _LATE.items():
        if name in names:
            return getattr(import_module(f".{module}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
