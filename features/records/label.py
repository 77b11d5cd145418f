"""The label of a foreign layout: which column tells the outcome, and when it was known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from .amounts import day_of
from .cells import words
from .keys import MappingError, only, present, wrong
from .schema import SELECTIONS


@dataclass(frozen=True)
class Label:
    """A column that tells outcomes, its words for a violation and for none, and their day."""

    column: str
    violation: tuple[str, ...]
    clear: tuple[str, ...]
    known_after_days: int | None = None
    known_on: str | None = None
    selected_by: str | None = None
    never_inputs: tuple[str, ...] = ()

    @classmethod
    def parse(cls, table: Any) -> Label:
        """The label in a table of the mapping."""
        only(table, "label", *cls.__dataclass_fields__)
        days, known_on = table.get("known_after_days"), table.get("known_on")
        if (days is None) == (known_on is None):
            raise MappingError("label: expected either known_after_days or known_on")
        if days is not None and (type(days) is not int or days < 0):
            raise wrong("label.known_after_days", "a whole number of days", days)
        if table.get("selected_by") not in (None, *SELECTIONS):
            raise wrong(
                "label.selected_by", f"one of {', '.join(SELECTIONS)}", table["selected_by"]
            )
        violation, clear = _values(table, "violation"), _values(table, "clear")
        if set(violation) & set(clear):
            raise MappingError("label.clear: a value cannot stand in violation and in clear")
        return cls(
            _text(table, "column"),
            violation,
            clear,
            days,
            _text(table, "known_on") if known_on is not None else None,
            table.get("selected_by"),
            _values(table, "never_inputs") if "never_inputs" in table else (),
        )

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Every foreign column that tells the outcome, so that no input may read it."""
        dated = (self.known_on,) if self.known_on else ()
        return (self.column, *dated, *self.never_inputs)

    def inspections(
        self, frame: pd.DataFrame, declarations: pd.DataFrame, today: date | None
    ) -> pd.DataFrame:
        """The raw inspections: one for each row whose label says anything."""
        present(frame, self.column, "label.column")
        said = words(frame[self.column])
        text = said.text.str.strip()
        told = (text.notna() & (text != "")) | said.odd
        answers = dict.fromkeys(self.violation, "yes") | dict.fromkeys(self.clear, "no")
        # A word that is in neither list stays, so that validation reports it.
        foreign = text.map(
            lambda word: f"{word} (in neither list of the label)", na_action="ignore"
        )
        outcome = {
            "declaration_id": declarations["declaration_id"],
            "item_number": declarations["item_number"],
            "known_on": self._known_on(frame, declarations["declared_on"], today),
            "violation": text.map(answers).astype(object).where(text.isin(list(answers)), foreign),
        }
        if self.selected_by:
            outcome["selected_by"] = pd.Series(self.selected_by, index=frame.index)
        return pd.DataFrame(outcome, index=frame.index)[told.to_numpy(dtype=bool)]

    def _known_on(
        self, frame: pd.DataFrame, declared_on: pd.Series, today: date | None
    ) -> pd.Series:
        if self.known_on:
            present(frame, self.known_on, "label.known_on")
            return frame[self.known_on]
        known = day_of(declared_on) + timedelta(days=self.known_after_days or 0)
        # The delay is an estimate: an outcome in the file is known by today at the latest.
        return known.clip(upper=pd.Timestamp(today or date.today()).as_unit("s"))


def _text(table: dict[str, Any], name: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value:
        raise wrong(f"label.{name}", "the name of their column", value)
    return value


def _values(table: dict[str, Any], name: str) -> tuple[str, ...]:
    values = table.get(name)
    if not isinstance(values, list) or not values or not all(isinstance(v, str) for v in values):
        raise wrong(f"label.{name}", "a list of texts", values)
    return tuple(values)
