"""A study of settings: kept in a file, so that it goes on where it was when it was stopped."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from ..settings import Settings
from .space import suggested, tuned

if TYPE_CHECKING:
    import optuna  # an extra: what is public can be imported without it


@dataclass(frozen=True)
class Limits:
    """When a study stops: after so many seconds, or so many trials of this call."""

    seconds: float
    trials: int | None = None


@dataclass(frozen=True)
class Best:
    """The best settings so far, what they are worth, and what the given ones are."""

    settings: Settings
    objective: float
    as_given: float
    trials: int


def opened(file: Path, name: str, settings: Settings) -> "optuna.Study":
    """The study in a file, begun or taken up; trials that were cut short are tried again."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    file.parent.mkdir(parents=True, exist_ok=True)
    study = optuna.create_study(
        storage=f"sqlite:///{file}", study_name=name, direction="maximize", load_if_exists=True
    )
    study.sampler = optuna.samplers.TPESampler(seed=settings.seed + len(study.trials))
    if not study.trials:
        study.enqueue_trial(tuned(settings))  # what is used now is the first to beat
    for trial in study.get_trials(states=(optuna.trial.TrialState.RUNNING,)):
        study.tell(trial.number, state=optuna.trial.TrialState.FAIL)
        study.enqueue_trial(trial.params or trial.system_attrs.get("fixed_params", {}))
    return study


def searched(
    study: "optuna.Study",
    attempt: Callable[[Settings, int], tuple[float, dict[str, Any]]],
    settings: Settings,
    limits: Limits,
    tell: Callable[[str], None],
) -> Best:
    """Try settings until a limit is reached; the best of all trials that the study knows.

    attempt: what settings are worth, and figures to keep with the trial of that number.
    """
    from optuna.trial import TrialState

    began = monotonic()

    def objective(trial: "optuna.Trial") -> float:
        value, figures = attempt(suggested(trial, settings), trial.number)
        for name, figure in figures.items():
            trial.set_user_attr(name, figure)
        return value

    def told(study: "optuna.Study", trial: "optuna.trial.FrozenTrial") -> None:
        left = max(0.0, limits.seconds - (monotonic() - began)) / 60
        tell(
            f"trial {trial.number}: {trial.value:.4f}, best {study.best_value:.4f} "
            f"(trial {study.best_trial.number}); {left:.1f} min left"
        )

    study.optimize(objective, limits.trials, limits.seconds, callbacks=[told])
    done = study.get_trials(states=(TrialState.COMPLETE,))
    given = [trial.value for trial in done if trial.params == tuned(settings)]
    return Best(
        replace(settings, **study.best_params), study.best_value,
        given[0] if given else float("nan"), len(done),
    )  # fmt: skip
