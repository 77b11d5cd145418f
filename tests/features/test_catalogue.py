"""Declarations that do not hang together are refused when they are imported."""

from types import ModuleType

import numpy as np
import pytest

from shiprisk.features.catalogue import CatalogueError, checked, gathered
from shiprisk.features.declare import fact, signal
from shiprisk.features.registered import Registered
from shiprisk.features.trailing import Trailing

COLUMNS = frozenset({"trader_id", "net_mass_kg"})


@fact
def doubled(net_mass_kg: np.ndarray) -> np.ndarray:
    return net_mass_kg * 2


@fact
def orphan(no_such_thing: np.ndarray) -> np.ndarray:
    return no_such_thing


@fact
def after_total(total: np.ndarray) -> np.ndarray:
    return total


def test_good_declarations_pass() -> None:
    nodes = {"doubled": doubled, "total": Trailing(by=("trader_id",), of="doubled")}
    assert checked(dict(nodes), COLUMNS) == nodes


def test_an_input_that_nothing_provides_is_named() -> None:
    with pytest.raises(CatalogueError, match="orphan asks for 'no_such_thing'"):
        checked({"orphan": orphan}, COLUMNS)


def test_a_total_of_what_depends_on_totals_is_refused() -> None:
    nodes = {
        "total": Trailing(by=("trader_id",)),
        "after_total": after_total,
        "circle": Trailing(by=("trader_id",), of="after_total"),
    }
    with pytest.raises(CatalogueError, match="circle is keyed by or sums"):
        checked(nodes, COLUMNS)


def test_a_total_by_what_the_register_says_of_others_is_refused() -> None:
    nodes = {
        "neighbours": Registered(of="trader_id"),
        "circle": Trailing(by=("neighbours",)),
    }
    with pytest.raises(CatalogueError, match="circle is keyed by or sums"):
        checked(nodes, COLUMNS)


def test_a_name_of_a_column_is_taken() -> None:
    with pytest.raises(CatalogueError, match="trader_id is the name of a column"):
        checked({"trader_id": doubled}, COLUMNS)


def test_one_name_is_declared_once() -> None:
    modules = []
    for name in ("one", "two"):
        module = ModuleType(name)
        module.total = Trailing(by=("trader_id",))  # type: ignore[attr-defined]
        modules.append(module)
    with pytest.raises(CatalogueError, match="total is declared twice"):
        gathered(tuple(modules))


def test_a_signal_needs_a_family_a_meaning_and_no_direction_for_categories() -> None:
    def documented(net_mass_kg: np.ndarray) -> np.ndarray:
        """Something."""
        return net_mass_kg

    def silent(net_mass_kg: np.ndarray) -> np.ndarray:
        return net_mass_kg

    with pytest.raises(ValueError, match="family 'magic' is none of"):
        signal(family="magic", says="")(documented)
    with pytest.raises(ValueError, match="silent needs a docstring"):
        signal(family="goods", says="")(silent)
    with pytest.raises(ValueError, match="a category has no direction"):
        signal(family="goods", says="", risk="rises", decode=str)(documented)
