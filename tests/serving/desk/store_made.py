"""Scores on record for a desk, without a model."""

from datetime import date
from typing import Any

from shiprisk.serving.audit import Audit, Entry
from tests.serving.audit.made import entry

DAY = date(2024, 7, 1)


def record(address: str, entries: list[Entry]) -> None:
    with Audit.open(address, durable=True) as audit:
        audit.record(entries).result()


def scored(declaration: str, risk: float, item: int = 1, **edits: Any) -> Entry:
    """A goods item of a declaration with this risk, with and without owner nationality."""
    told = {"sure_risk": risk, "words": declaration.casefold(), **edits}
    return entry(declaration_id=declaration, item_number=item, risk=risk, **told)
