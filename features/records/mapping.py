"""A foreign layout becomes ours by one TOML file."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from .amounts import Factor, Rates
from .derived import Count, Derived, Join
from .earlier import Earlier
from .keys import MappingError, present
from .label import Label
from .recoding import Codes
from .schema import DECLARATIONS

__all__ = ["Mapped", "Mapping", "MappingError"]


@dataclass(frozen=True)
class Mapped:
    """Raw frames in our columns, ready to be validated; inspections where there is a label."""

    declarations: pd.DataFrame
    inspections: pd.DataFrame | None = None


@dataclass(frozen=True)
class Mapping:
    """What each of our columns is made from in a foreign layout."""

    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Codes] = field(default_factory=dict)
    units: dict[str, Factor] = field(default_factory=dict)
    currency: dict[str, Rates] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    label: Label | None = None

    def __post_init__(self) -> None:
        self._refuse_what_tells_the_outcome()
        made = [*self.columns, *self.constants, *self.derived]
        for name in made:
            _require(made.count(name) == 1, name, "one source in columns, constants or derived")
        for part, names in (
            ("codes", self.codes),
            ("units", self.units),
            ("currency", self.currency),
        ):
            for name in names:
                _require(name in made, f"{part}.{name}", "a column that [columns] fills")
        for column in DECLARATIONS.columns:
            _require(
                not column.required or column.name in made,
                f"columns.{column.name}",
                "the name of their column; it is required",
            )

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Mapping:
        """The mapping in a TOML file."""
        try:
            tables = tomllib.loads(Path(path).read_text(encoding="utf-8"))
            return cls.parse(tables)
        except OSError as error:
            raise MappingError(f"{path}: cannot be read ({error.strerror})") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise MappingError(f"{path}: not a TOML file ({error})") from None
        except MappingError as error:
            raise MappingError(f"{path}: {error}") from None

    @classmethod
    def parse(cls, tables: dict[str, Any]) -> Mapping:
        """The mapping that the tables of a TOML file describe."""
        known = list(cls.__dataclass_fields__)
        for name, table in tables.items():
            _require(name in known, name, f"a table, one of {', '.join(known)}")
            _require(isinstance(table, dict), name, "a table")
        return cls(
            columns=dict(_texts(tables, "columns")),
            constants=dict(_texts(tables, "constants")),
            codes={name: Codes.parse(key, one) for name, key, one in _ours(tables, "codes")},
            units={name: Factor.parse(key, one) for name, key, one in _ours(tables, "units")},
            currency={name: Rates.parse(key, one) for name, key, one in _ours(tables, "currency")},
            derived={name: _derived(key, one) for name, key, one in _ours(tables, "derived")},
            label=Label.parse(tables["label"]) if "label" in tables else None,
        )

    def apply(
        self,
        frame: pd.DataFrame,
        today: date | None = None,
        earlier: defaultdict[str, Earlier] | None = None,
    ) -> Mapped:
        """The frame in our columns on the same index, and the inspections that its label tells.

        earlier: by column, what counts remember of the blocks of rows before this one.
        """
        before = defaultdict(Earlier) if earlier is None else earlier
        for ours, theirs in self.columns.items():
            present(frame, theirs, f"columns.{ours}")
        made = {ours: frame[theirs] for ours, theirs in self.columns.items()}
        made |= {ours: pd.Series(text, index=frame.index) for ours, text in self.constants.items()}
        for name, how in self.derived.items():
            made[name] = how.column(frame, made, f"derived.{name}", before[name])
        for name, codes in self.codes.items():
            made[name] = codes.column(made[name], name)
        for name, factor in self.units.items():
            made[name] = factor.column(made[name])
        for name, rates in self.currency.items():
            made[name] = rates.column(made[name], made["declared_on"])
        declarations = pd.DataFrame(made, index=frame.index)
        told = self.label.inspections(frame, declarations, today) if self.label else None
        return Mapped(declarations, told)

    def _refuse_what_tells_the_outcome(self) -> None:
        for key, theirs in self._inputs():
            if self.label and theirs in self.label.outcomes:
                raise MappingError(
                    f"{key}: {theirs!r} tells the outcome (see [label]), so it can be no input"
                )

    def _inputs(self) -> Iterator[tuple[str, str]]:
        for ours, theirs in self.columns.items():
            yield f"columns.{ours}", theirs
        for ours, how in self.derived.items():
            for theirs in how.inputs:
                yield f"derived.{ours}", theirs


def _require(holds: bool, key: str, expected: str) -> None:
    if not holds:
        raise MappingError(f"{key}: expected {expected}")


def _ours(tables: dict[str, Any], part: str) -> Iterator[tuple[str, str, Any]]:
    for name, value in tables.get(part, {}).items():
        key = f"{part}.{name}"
        _require(name in DECLARATIONS.names, key, "a column of declarations as its name")
        yield name, key, value


def _texts(tables: dict[str, Any], part: str) -> Iterator[tuple[str, str]]:
    for name, key, value in _ours(tables, part):
        _require(isinstance(value, str) and value != "", key, f"text, found {value!r}")
        yield name, value


def _derived(key: str, table: Any) -> Derived:
    _require(isinstance(table, dict), key, "a table with count_within or join")
    return Join.parse(key, table) if "join" in table else Count.parse(key, table)
