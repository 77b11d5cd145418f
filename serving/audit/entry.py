"""What is recorded of one score."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

import numpy as np

from shiprisk.features import Block, list_versions

from ..scorer import Scorer
from ..sent import as_json

# What the queue of a reviewer is filtered by, beside day, risk and lane.
_FILTERS = ("trader_id", "hs_code", "customs_office", "country_of_dispatch")

# What its text is looked for in, cut to so many characters in all.
_SAYING = ("declaration_id", "trader_id", "trader_name", "partner_name", "description")
_MOST_WORDS = 300


class AuditError(OSError):
    """A record that cannot be kept, or shown again."""


@dataclass(frozen=True)
class Circumstances:
    """What many scores were given under: the model, the past that it knew, the lists in force.

    history_digest: names what the history held, as `History.digest` says it. signals: the names
    of the values that each entry holds, in their order.
    """

    model_version: str
    history_through: str
    history_digest: str
    lists: Mapping[str, str]
    signals: tuple[str, ...]

    @classmethod
    def of(cls, scorer: Scorer) -> "Circumstances":
        """Those of a scorer."""
        history, model = scorer.history, scorer.model
        through, digest = str(history.through), history.digest
        return cls(model.version, through, digest, list_versions(), model.signals)

    @cached_property
    def text(self) -> str:
        """All of it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @cached_property
    def digest(self) -> str:
        """Thirty-two characters that tell these circumstances from any other."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Asked:
    """Who asked, and how. by: a client's name, no secret.

    most_reasons: as the scorer was asked for; None for all of them, 0 where none was worked out.
    """

    by: str
    circumstances: Circumstances
    most_reasons: int | None = None


@dataclass(frozen=True)
class Entry:
    """One score, with all that it was made of.

    given_at: ISO 8601 in UTC. received: the plain values that came in. signals: float64, one for
    each of the circumstances' signals, NaN where missing. answer: the bytes that went out. family:
    the one that raised the risk most. words: what a reviewer looks for it by, without case.
    sure_risk: the lower of the risks with and without owner nationality, by which it is ranked.
    """

    score_id: str
    given_at: str
    asked_by: str
    day: date
    declaration_id: str
    item_number: int
    trader_id: str
    hs_code: str | None
    customs_office: str | None
    country_of_dispatch: str | None
    family: str | None
    value_usd: float | None
    words: str
    risk: float
    sure_risk: float
    lane: str
    most_reasons: int | None
    circumstances: Circumstances
    received: Mapping[str, Any]
    signals: np.ndarray
    answer: bytes

    @property
    def told(self) -> dict[str, Any]:
        """The answer, read."""
        found: dict[str, Any] = json.loads(self.answer)
        return found


class Given(Entry):
    """An entry as it was recorded."""


def entries_of(
    block: Block,
    answers: Sequence[Mapping[str, Any]],
    received: Sequence[Mapping[str, Any]],
    asked: Sequence[Asked],
) -> list[Entry]:
    """The entries of a block that was scored.

    answers: one for each record of the block, with the columns of a score and `score_id`. received:
    what each record was when it came in: plain values that JSON can hold. asked: how, of each.
    """
    rows = np.arange(block.rows)
    days = block.told("declared_on", rows)
    filters = [dict(zip(_FILTERS, values, strict=True)) for values in _told(block, rows)]
    saying = list(zip(*(block.told(name, rows) for name in _SAYING), strict=True))
    worth = block.told("customs_value_usd", rows)
    signals = _signals(block, asked[0].circumstances.signals)
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    return [
        Entry(
            score_id=answer["score_id"],
            given_at=now,
            asked_by=asked[at].by,
            day=days[at],
            declaration_id=answer["declaration_id"],
            item_number=answer["item_number"],
            **filters[at],
            family=_leading(answer["families"]),
            value_usd=None if worth[at] != worth[at] else worth[at],
            words=_words(saying[at]),
            risk=answer["risk"],
            sure_risk=min(answer["risk"], answer["risk_without_owner_nationality"]),
            lane=answer["lane"],
            most_reasons=asked[at].most_reasons,
            circumstances=asked[at].circumstances,
            received=received[at],
            signals=signals[at],
            answer=as_json(answer),
        )
        for at, answer in enumerate(answers)
    ]


def _signals(block: Block, names: Sequence[str]) -> np.ndarray:
    """The signals of each record, which a block that was scored has worked out."""
    if block.rows == 1:
        return block.row(names)[None, :]
    return np.column_stack([block[name] for name in names])


def _told(block: Block, rows: np.ndarray) -> list[tuple[Any, ...]]:
    return list(zip(*(block.told(name, rows) for name in _FILTERS), strict=True))


def _words(saying: Sequence[str | None]) -> str:
    return " ".join(text for text in saying if text).casefold()[:_MOST_WORDS]


def _leading(families: Mapping[str, float] | None) -> str | None:
    """The family that raised the risk most; None where none did, or none was worked out."""
    if not families:
        return None
    family = max(families, key=families.__getitem__)
    return family if families[family] > 0 else None
