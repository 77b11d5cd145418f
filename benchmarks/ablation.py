"""What each family of signals is worth for each typology. One command:

    .venv/bin/python benchmarks/ablation.py --page docs/signals.md

Simulates worlds with one typology each and worlds with all of them, computes their signals once,
and fits models with all families of signals, without those that see a typology, and with these
alone.
With --page the text between the page's two markers is replaced; without, it is printed.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from shiprisk.features import TYPOLOGIES, read_records
from shiprisk.training import Scenario, Settings, simulate
from shiprisk.training.ablation import (
    OUTCOMES,
    TRUTH,
    Taught,
    ablated,
    ablation_text,
    around,
    each_alone,
    taught,
)
from shiprisk.training.measured import put

PART = "ablation"
COMMAND = "benchmarks/ablation.py --page docs/signals.md"
WORLDS = 3
APART, TOGETHER = 60_000, 150_000
# In a small world with one typology inspection must find enough of it to learn from.
TIMES = 2
CHOOSE_FROM, TEST_FROM = date(2023, 5, 1), date(2023, 9, 1)
ASKED_APART = {TRUTH: each_alone, OUTCOMES: around}
ASKED_TOGETHER = {OUTCOMES: around}


def worlds_apart() -> Iterator[Taught]:
    """For each typology a world in which goods are diverted in this way only."""
    for seed, typology in enumerate(TYPOLOGIES, start=1):
        scenario = Scenario.load("default").only(typology).scaled(TIMES)
        yield _made_ready(APART, seed, scenario, ASKED_APART)


def worlds_together() -> Iterator[Taught]:
    """Worlds in which goods are diverted in all ways."""
    for seed in range(1, WORLDS + 1):
        yield _made_ready(TOGETHER, seed, Scenario.load("default"), ASKED_TOGETHER)


def _made_ready(declarations: int, seed: int, scenario: Scenario, by: Iterable[str]) -> Taught:
    with TemporaryDirectory() as folder:
        directory = Path(folder)
        simulate(directory, declarations, seed, scenario)
        truth = pd.read_parquet(directory / "truth.parquet")
        return taught(read_records(directory), truth, by, CHOOSE_FROM, TEST_FROM)


def main(page: Path | None) -> None:
    """Fit and measure all models; print the tables or put them into the page."""

    def tell(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    apart = ablated(worlds_apart(), ASKED_APART, Settings(), tell)
    together = ablated(worlds_together(), ASKED_TOGETHER, Settings(), tell)
    text = ablation_text(apart, together, f".venv/bin/python {COMMAND}")
    if page:
        put(page, PART, text)
    else:
        print(text)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--page", type=Path, help="a Markdown page with the two markers")
    given = parser.parse_args()
    if given.page and not given.page.is_file():
        parser.error(f"{given.page}: there is no such page")
    return given


if __name__ == "__main__":
    main(_arguments().page)
