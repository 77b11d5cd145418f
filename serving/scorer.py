"""Scores for others: risk, lane and reasons of shipments, the same alone and in a batch."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from shiprisk.features import (
    ROWS_AT_ONCE,
    Block,
    History,
    Validated,
    changed_lists,
    checked_record,
    validated,
)
from shiprisk.models import RiskModel

from .answers import Answering
from .blocks import Between, days_of, in_blocks
from .bundle import load_bundle
from .files import NESTED, SCHEMA
from .ranking import MOST_REASONS

Progress = Callable[[int, int], None]


class RejectedRecord(ValueError):
    """A record that cannot be scored. faults: what is wrong, one dict per column."""

    def __init__(self, faults: list[dict[str, str]]) -> None:
        self.faults = faults
        told = "; ".join(f"{x['column']} is {x['value']}: expected {x['expected']}" for x in faults)
        super().__init__(f"the record was rejected: {told}")


@dataclass(frozen=True)
class Scored:
    """What came of a batch. scores: one row per accepted record. rejected: one per fault."""

    scores: pd.DataFrame
    rejected: pd.DataFrame


class ScoredRecord(NamedTuple):
    """What is known of one record, and its score."""

    block: Block
    answer: dict[str, Any]


class ScoredBlock(NamedTuple):
    """Some declarations of a batch, what is known of them, and their scores."""

    declarations: pd.DataFrame
    block: Block
    scores: pd.DataFrame


@dataclass(frozen=True)
class Scorer:
    """Answers with risk and reasons, from a model and what is remembered of the past."""

    model: RiskModel
    history: History

    @classmethod
    def load(
        cls, model: str | Path, history: Path | None = None, tracking_uri: str | None = None
    ) -> "Scorer":
        """A scorer from a model's directory or MLflow address, with its history or a newer one."""
        return cls(*load_bundle(model, history, tracking_uri))

    def knowing(self, listed_parties: pd.DataFrame | None) -> "Scorer":
        """The same scorer with a further validated list of parties, if there is one."""
        if listed_parties is None:
            return self
        return replace(self, history=self.history.extended(listed_parties=listed_parties))

    def after_days_of(
        self, parts: Iterable[pd.DataFrame], until: np.datetime64, named: str | None = None
    ) -> "Scorer":
        """The same scorer with the days of a batch that its history does not hold, under a name.

        parts: validated declarations, gone through several times; those before the day `until` are
        the past of others: what was declared, never an outcome.
        """
        history, past = self.history, Between(parts, self.history.through, until)
        if next(iter(past), None) is not None:
            history = history.extended(past)
        if named is not None:
            history = replace(history, digest=named)
        return replace(self, history=history)

    @cached_property
    def changed_lists(self) -> list[str]:
        """The lists that are others here than when the model was trained, with both versions."""
        return changed_lists(self.model.about.get("lists", {}))

    def score(self, frame: pd.DataFrame, most_reasons: int | None = MOST_REASONS) -> pd.DataFrame:
        """Scores of declarations; see `score_validated` for the columns.

        Records with faults are not scored; use `score_checked` to learn which and why.
        """
        return self.score_checked(frame, most_reasons).scores

    def score_checked(self, frame: pd.DataFrame, most_reasons: int | None = MOST_REASONS) -> Scored:
        """Scores of the accepted records of a frame, and every fault of the rejected ones."""
        checked: Validated = validated(frame)
        return Scored(self.score_validated(checked.accepted, most_reasons), checked.rejected)

    def score_validated(
        self, declarations: pd.DataFrame, most_reasons: int | None = MOST_REASONS
    ) -> pd.DataFrame:
        """Scores of validated declarations, on the same index.

        Columns: declaration_id, item_number, risk (0 to 1), lane (red, yellow, green), reasons
        (list of Reason, strongest first; at most `most_reasons` that raise the risk, half as many
        of one family, half as many that lower it, None for all), families (log-odds that the
        signals of each added together), base (log-odds before any reason; base and families sum to
        the log-odds of the risk), risk_without_owner_nationality, missing (columns without a
        value), model_version. Days of the batch after the history's last count as its past.
        """
        blocks = self._with_days_of(declarations).scored_blocks([declarations], most_reasons)
        parts = [scored.scores for scored in blocks]
        return pd.concat(parts) if parts else SCHEMA.empty_table().to_pandas()

    def scored_blocks(
        self,
        parts: Iterable[pd.DataFrame],
        most_reasons: int | None = MOST_REASONS,
        lanes: Collection[str] | None = None,
        start: int = 0,
        rows: int = ROWS_AT_ONCE,
    ) -> Iterator[ScoredBlock]:
        """The same in blocks of so many rows, one after the other, from a row among them on.

        parts: validated declarations, none of which is past of another; see `after_days_of`.
        lanes: explain only what takes one of these; others have no reasons, and None as families.
        """

        def scored(part: pd.DataFrame) -> ScoredBlock:
            block = self.history.block(part)
            return ScoredBlock(part, block, self.scored(part, block, most_reasons, lanes))

        return map(scored, in_blocks(parts, rows, start))  # holds on to none of them

    def score_one(
        self,
        record: Mapping[str, Any],
        most_reasons: int | None = MOST_REASONS,
        advised: bool = True,
    ) -> dict[str, Any]:
        """The score of one record, as a dict with the columns of `score` and what to do about it.

        ask_for: papers that may change the reasons. below: what would bring a red or yellow record
        below its line (see advice.Below), None where nothing does. similar: the inspected
        shipments most alike whose outcome was known before (see `Cases.like`).
        advised: False for the columns of `score` alone, which takes less time.
        RejectedRecord, naming every fault, where the record cannot be scored.
        """
        return self.scored_record(record, most_reasons, advised).answer

    def scored_record(
        self,
        record: Mapping[str, Any],
        most_reasons: int | None = MOST_REASONS,
        advised: bool = True,
    ) -> ScoredRecord:
        """The same with what it rests on, for who keeps a record of it."""
        values, faults = checked_record(record)
        if faults:
            raise RejectedRecord(faults)
        key = {
            "declaration_id": values["declaration_id"],
            "item_number": int(values["item_number"]),
        }
        block = self.history.block(values)
        seen = self._answering.seen(block)
        columns = self._answering.columns(block, seen, most_reasons)
        answer = key | {name: column[0] for name, column in columns.items()}
        if advised:
            answer |= self._answering.advice(block, seen, answer)
        return ScoredRecord(block, answer)

    def explain(self, declarations: pd.DataFrame) -> Any:
        """A `shap.Explanation` of validated declarations, for the plots of shap.

        values: log-odds that each signal added. data: the signals. One row per declaration.
        """
        import shap  # takes seconds, and no score needs it

        block = self._with_days_of(declarations).history.block(declarations)
        seen = self._answering.seen(block)
        return shap.Explanation(
            seen.contributions[:, :-1],
            base_values=seen.contributions[:, -1],
            data=seen.matrix,
            feature_names=list(self.model.signals),
        )

    def _with_days_of(self, declarations: pd.DataFrame) -> "Scorer":
        if not len(declarations):
            return self
        return self.after_days_of([declarations], days_of(declarations).max())

    def scored(
        self,
        declarations: pd.DataFrame,
        block: Block,
        most_reasons: int | None,
        lanes: Collection[str] | None,
    ) -> pd.DataFrame:
        """Scores of declarations of which a block tells what is known; see `scored_blocks`."""
        seen = self._answering.seen(block, lanes)
        answers = {
            name: pd.Series(values, declarations.index, dtype=object if name in NESTED else None)
            for name, values in self._answering.columns(block, seen, most_reasons).items()
        }
        return declarations[["declaration_id", "item_number"]].assign(**answers)

    @cached_property
    def _answering(self) -> Answering:
        return Answering(self.model)
