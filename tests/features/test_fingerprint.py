"""A fingerprint changes with what is computed, and with nothing else."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from shiprisk.features.fingerprint import fingerprint
from shiprisk.features.trailing import Trailing

SOURCE = '''
from shiprisk.features.declare import fact, signal

WEIGHT = 2


@fact
def heavy(net_mass_kg):
    """Mass."""
    return net_mass_kg * WEIGHT


@signal(family="goods", says="{value}", risk="rises")
def heavier(heavy, total):
    """Meaning."""
    return helper(heavy) + total


def helper(x):
    return [y + 1 for y in x][0]
'''


def of(directory: Path, source: str, **totals: Any) -> str:
    """The fingerprint of `heavier` in a module with the given source."""
    path = directory / f"module_{abs(hash(source))}.py"
    path.write_text(source, encoding="utf-8")
    module = ModuleType("shiprisk.features.made_for_a_test")
    module.__file__ = str(path)
    exec(compile(source, str(path), "exec"), vars(module))
    total = Trailing(**({"by": ("trader_id",), "days": 30} | totals))
    return fingerprint("heavier", {**vars(module), "total": total})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"""Meaning."""', '"""Another meaning."""'),
        ("return helper(heavy) + total", "# why\n    return (helper(heavy)  +  total)"),
        ('says="{value}"', 'says="It is {value}"'),
    ],
)
def test_words_and_layout_change_nothing(tmp_path: Path, old: str, new: str) -> None:
    assert of(tmp_path, SOURCE.replace(old, new)) == of(tmp_path, SOURCE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("helper(heavy) + total", "helper(heavy) - total"),
        ("net_mass_kg * WEIGHT", "net_mass_kg / WEIGHT"),
        ("WEIGHT = 2", "WEIGHT = 3"),
        ("y + 1", "y + 2"),
    ],
)
def test_what_is_computed_changes_it(tmp_path: Path, old: str, new: str) -> None:
    assert of(tmp_path, SOURCE.replace(old, new)) != of(tmp_path, SOURCE)


def test_another_window_changes_it(tmp_path: Path) -> None:
    assert of(tmp_path, SOURCE, days=31) != of(tmp_path, SOURCE)
