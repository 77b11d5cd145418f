"""What is answered about records that a model has seen: each column of a score, and advice."""

from collections.abc import Sequence
from functools import cached_property
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
    """Records as a model sees them: their signals, and what each added, the base last."""

    matrix: np.ndarray
    contributions: np.ndarray


class Answering:
    """Answers in the words of one model."""

    def __init__(self, model: RiskModel) -> None:
        self._model = model
        self._teller = Teller(model.declared_signals)
        self._asks = {signal.name: signal.asks for signal in model.declared_signals}

    def seen(self, block: Block) -> Seen:
        """The records of a block as the model sees them."""
        matrix = signal_matrix(block, self._model.signals)
        return Seen(matrix, self._model.contributions(matrix))

    def columns(
        self, block: Block, seen: Seen, most_reasons: int | None
    ) -> dict[str, Sequence[Any]]:
        """What is answered beside the key of each record, column by column."""
        matrix, contributions = seen
        model = self._model
        risk, without = model.risks(matrix)
        told = self._teller.told(block, contributions[:, :-1], most_reasons)
        return {
            "risk": risk.tolist(),
            "lane": model.lanes.of(risk, without).tolist(),
            "reasons": told.reasons,
            "families": told.families,
            "base": contributions[:, -1].tolist(),
            "risk_without_owner_nationality": without.tolist(),
            "missing": self._missing(block),
            "model_version": [model.version] * block.rows,
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
        open_ = [np.atleast_1d(missing(block.values(name))) for name in columns]
        return [[columns[at] for at in np.flatnonzero(row)] for row in np.column_stack(open_)]

    @cached_property
    def _optional_columns(self) -> list[str]:
        """The columns that the model's signals rest on and that a record may leave open."""
        needed = {name for signal in self._model.signals for name in columns_behind(signal, NODES)}
        return [c.name for c in DECLARATIONS.every_column if c.name in needed and not c.required]
