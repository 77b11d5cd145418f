"""Answers are on record before they are sent, where a record is kept."""

import asyncio
import logging

from ..audit import Asked, Audit, AuditError, Circumstances, Entry, entries_of
from ..scorer import Scorer
from ..sent import ScoreIds
from .logs import tell
from .problems import Problem
from .scoring import Answered


class Recording:
    """Names each score and hands it to the audit record.

    Of a durable record an answer waits until it is written; of a fast one it does not.
    """

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self._known: tuple[Scorer, Circumstances] | None = None

    async def kept(self, answered: Answered, by: str, most_reasons: int) -> list[bytes]:
        """The answers as they are on record, in their order, each with its `score_id`.

        Problem 503 where they cannot be recorded: what nobody could look up is not answered.
        """
        entries = self._entries(answered, by, most_reasons)
        try:
            await asyncio.wrap_future(self.audit.record(entries))
        except AuditError as error:
            tell("unrecorded", logging.ERROR, scores=len(entries), why=str(error))
            raise Problem(
                503, "the answer could not be recorded; ask again", headers={"retry-after": "1"}
            ) from None
        return [entry.answer for entry in entries]

    async def check(self) -> None:
        """Problem 503 where the record cannot be reached now."""
        try:
            await asyncio.to_thread(self.audit.check)
        except AuditError:
            raise Problem(
                503, "the audit record cannot be reached", headers={"retry-after": "1"}
            ) from None

    def _entries(self, answered: Answered, by: str, most_reasons: int) -> list[Entry]:
        asked = Asked(by, self._circumstances(answered.scorer), most_reasons)
        ids, entries = ScoreIds.new(), list[Entry]()
        for part in answered.parts:
            for at, score in enumerate(part.scores):
                score["score_id"] = ids.of(len(entries) + at)
            how = [asked] * len(part.scores)
            entries += entries_of(part.block, part.scores, part.received, how)
        return entries

    def _circumstances(self, scorer: Scorer) -> Circumstances:
        """Those of a scorer, worked out once for as long as it is in use."""
        if self._known is None or self._known[0] is not scorer:
            self._known = scorer, Circumstances.of(scorer)
        return self._known[1]
