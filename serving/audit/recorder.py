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
    before it learnt anything of the batch. further: names the batch's files. Where a record is
    scored with what they add to the past (days before its own, or a list of parties), its history
    is recorded as HISTORY+FURTHER.
    """

    def __init__(
        self,
        audit: Audit,
        by: str,
        most_reasons: int | None,
        circumstances: Circumstances,
        further: str,
        days: pd.Series,
        listed: bool = False,
    ) -> None:
        self._audit, self._by, self._most = audit, by, most_reasons
        self._before = circumstances
        digest = named_with(circumstances.history_digest, further)
        self._with_further = replace(circumstances, history_digest=digest)
        # Days after the first that the history does not hold have those before as their past.
        later = days[days > pd.Timestamp(circumstances.history_through)]
        self._first = pd.Timestamp.min if listed else later.min()

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
        further = part.declarations["declared_on"] > self._first
        return [
            Asked(
                self._by,
                self._with_further if with_further else self._before,
                0 if answer["families"] is None else self._most,
            )
            for with_further, answer in zip(further, answers, strict=True)
        ]


def named_with(history_digest: str, further: str) -> str:
    """The name of a history that was given more than was loaded."""
    return f"{history_digest}+{further}"
