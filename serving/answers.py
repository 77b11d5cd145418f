"""What is answered about records that a model has seen: each column of a score, and advice."""

from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import compress
from typing import Any, NamedTuple

import numpy as np

from shiprisk.features import (
    DECLARATIONS,
    NODES,
    Block,
    columns_behind,
    missing,
    signal_matrix,
)
from shiprisk.models import RiskModel

from .advice import below, papers
from .reasons import Teller

MOST_SIMILAR = 5


class Seen(NamedTuple):
    """Records as a model sees them: their signals, and what each added, the base last.

    lane, risk, without: of each record, the last not told of owner nationality. explained: which
    records have contributions; None for all, those of the others are 0.
    """

    matrix: np.ndarray
    contributions: np.ndarray
    lane: np.ndarray
    risk: np.ndarray
    without: np.ndarray
    explained: np.ndarray | None


class Answering:
    """Answers in the words of one model."""

    def __init__(self, model: RiskModel) -> None:
        self._model = model
        self._teller = Teller(model.declared_signals)
        self._asks = {signal.name: signal.asks for signal in model.declared_signals}

    def seen(self, block: Block, lanes: Collection[str] | None = None) -> Seen:
        """The records of a block as the model sees them; lanes: explain only what takes one."""
        model = self._model
        matrix = signal_matrix(block, model.signals)
        risk, without = model.risks(matrix)
        lane = model.lanes.of(risk, without)
        if lanes is None:
            return Seen(matrix, model.contributions(matrix), lane, risk, without, None)
        explained = np.isin(lane, list(lanes))
        contributions = np.zeros((len(matrix), len(model.signals) + 1))
        contributions[:, -1] = model.base
        contributions[explained] = model.contributions(matrix[explained])
        return Seen(matrix, contributions, lane, risk, without, explained)

    def columns(
        self, block: Block, seen: Seen, most_reasons: int | None
    ) -> dict[str, Sequence[Any]]:
        """What is answered beside the key of each record, column by column."""
        told = self._teller.told(block, seen.contributions[:, :-1], most_reasons)
        families: Sequence[Any] = told.families
        if seen.explained is not None:
            known = zip(families, seen.explained.tolist(), strict=True)
            families = [added if explained else None for added, explained in known]
        return {
            "risk": seen.risk.tolist(),
            "lane": seen.lane.tolist(),
            "reasons": told.reasons,
            "families": families,
            "base": seen.contributions[:, -1].tolist(),
            "risk_without_owner_nationality": seen.without.tolist(),
            "missing": self._missing(block),
            "model_version": [self._model.version] * block.rows,
        }

    def advice(self, block: Block, seen: Seen, answer: dict[str, Any]) -> dict[str, Any]:
        """What may be done about the answer to a record alone: ask_for, below and similar."""
        model = self._model
        added, line = seen.contributions[0, :-1], model.lanes.line_of(answer["lane"])
        day, declaration = block["declared_on"][0], answer["declaration_id"]
        return {
            "ask_for": papers(self._asks, answer["reasons"]),
            "below": None if line is None else below(model, seen.matrix[0], added, line),
            "similar": model.similar(added, day, declaration, MOST_SIMILAR),
        }

    def _missing(self, block: Block) -> list[list[str]]:
        """The columns, among those that the model's signals need, that each record leaves open."""
        columns = self._optional_columns
        if block.rows == 1:
            return [[name for name in columns if missing(block.values(name))]]
        open_ = np.column_stack([missing(block.values(name)) for name in columns])
        return [list(compress(columns, row)) for row in open_.tolist()]

    @cached_property
    def _optional_columns(self) -> list[str]:
        """The columns that the model's signals rest on and that a record may leave open."""
        needed = {name for signal in self._model.signals for name in columns_behind(signal, NODES)}
        return [c.name for c in DECLARATIONS.every_column if c.name in needed and not c.required]
