"""The scores of a batch, recorded block by block."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from ..scorer import ScoredBlock
from .audit import Audit
from .entry import Asked, Circumstances, entries_of
from .received import received_of


class BatchRecorder:
    """Records each block of a batch and waits until it is written.

    by: who asked. most_reasons: as the scorer was asked for. circumstances: those of the scorer
    alone; records that further ones of the batch are a past of (`with_days_of` the batch, named by
    `further`) are recorded under `HISTORY+FURTHER`.
    """

    def __init__(
        self,
        audit: Audit,
        by: str,
        most_reasons: int | None,
        circumstances: Circumstances,
        days: pd.Series,
        further: str,
    ) -> None:
        self._audit, self._by, self._most = audit, by, most_reasons
        self._alone = circumstances
        named = f"{circumstances.history_digest}+{further}"
        self._with_days = replace(circumstances, history_digest=named)
        later = days[days > pd.Timestamp(circumstances.history_through)]
        # Days after the first that the history does not hold have those before as their past.
        self._first = later.min() if len(later) else pd.NaT

    def record(self, part: ScoredBlock, answers: Sequence[Mapping[str, Any]], again: bool) -> None:
        """Record the answers to a block; AuditError where that cannot be.

        again: some may be on record, of a run that was cut off before it answered.
        """
        entries = entries_of(
            part.block, answers, received_of(part.declarations), self._asked(part, answers)
        )
        if again:
            known = self._audit.recorded(entry.score_id for entry in entries)
            entries = [entry for entry in entries if entry.score_id not in known]
        self._audit.record(entries).result()

    def _asked(self, part: ScoredBlock, answers: Sequence[Mapping[str, Any]]) -> list[Asked]:
        days = part.declarations["declared_on"] > self._first
        return [
            Asked(
                self._by,
                self._with_days if with_days else self._alone,
                0 if answer["families"] is None else self._most,
            )
            for with_days, answer in zip(days, answers, strict=True)
        ]
