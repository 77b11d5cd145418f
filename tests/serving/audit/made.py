"""Entries made for a question about the record, without a model."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from shiprisk.serving.audit import Circumstances, Entry
from shiprisk.serving.sent import ScoreIds, as_json

CIRCUMSTANCES = Circumstances(
    "0123456789ab", "2024-06-30", "history", {"hubs": "2024-01-01"}, ("firm_age_days", "hub")
)


def entry(**edits: Any) -> Entry:
    """A score of washing machines, changed by the edits."""
    ids = ScoreIds.new()
    made = Entry(
        score_id=ids.of(0),
        given_at="2024-07-01T08:00:00.000000+00:00",
        asked_by="declarations",
        day=date(2024, 7, 1),
        declaration_id="55302/010724/0000001",
        item_number=1,
        trader_id="150340001234",
        hs_code="8450111100",
        customs_office=None,
        country_of_dispatch="TR",
        family="firm",
        value_usd=18_600.0,
        words="55302/010724/0000001 150340001234 стиральные машины",
        risk=0.125,
        sure_risk=0.1,
        lane="red",
        most_reasons=None,
        circumstances=CIRCUMSTANCES,
        received={"description": "стиральные машины", "net_mass_kg": 6200.5},
        signals=np.array([12.1, np.nan]),
        answer=b"",
    )
    edited = replace(made, **edits)
    return edited if edited.answer else replace(edited, answer=answer_of(edited))


def entries(number: int) -> list[Entry]:
    """That many, of one request."""
    ids = ScoreIds.new()
    return [entry(score_id=ids.of(at), item_number=at + 1) for at in range(number)]


def answer_of(made: Entry) -> bytes:
    answer = {"declaration_id": made.declaration_id, "risk": made.risk, "score_id": made.score_id}
    return as_json(answer)
