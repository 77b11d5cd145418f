"""The settings of a training run, in one typed object."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Settings:
    """How a model is trained.

    as_of: use only what was declared and known before this day. choose_from, test_from: first days
    of the periods on which choices are made and on which the result is measured; None takes the
    shares below, by number of labelled records. test: keep a test period at all.
    owner_nationality: whether the sensitive signals are used. hidden_share: part of the training
    rows from which they are hidden, so that the score without them is well defined.
    red, yellow: shares of shipments that can be inspected, and whose documents can be read.
    folds: into how many stretches the test period is cut; each is scored by a model that knew only
    what was known before it. label_delay_days: no outcome counts as known sooner than so many days
    after its declaration; 0 leaves the recorded days alone. largest_weight: inspected shipments
    stand for all with the inverse of their selection probability, at most so many times the mean
    of those selected in the same way. weigh_fitting: use such weights in fitting as well; off,
    because the model then ranks worse (docs/evaluation.md).
    least_rows_in_leaf: of up to 10,000 training rows; grows with more, up to four times.
    members: the model is the mean of so many of different seeds; trees and patience are those of
    each.
    threads: more than one pays on large records and an idle machine only; on a busy one LightGBM's
    threads wait for each other.
    """

    as_of: date | None = None
    choose_from: date | None = None
    test_from: date | None = None
    test: bool = True
    choose_share: float = 0.2
    test_share: float = 0.2
    owner_nationality: bool = True
    hidden_share: float = 0.3
    red: float = 0.05
    yellow: float = 0.10
    folds: int = 3
    label_delay_days: int = 0
    largest_weight: float = 10.0
    weigh_fitting: bool = False
    seed: int = 0
    most_trees: int = 1000
    patience: int = 50
    learning_rate: float = 0.05
    leaves: int = 15
    depth: int = 4
    least_rows_in_leaf: int = 50
    members: int = 3
    threads: int = 1

    def as_plain(self) -> dict[str, Any]:
        """The settings as plain values, days as text."""
        return {
            name: str(value) if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }


class TrainingError(ValueError):
    """Records from which no model can be trained; says what is lacking."""
