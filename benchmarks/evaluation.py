"""What estimates, calibration and checks of outcomes are worth, against the truth. One command:

    .venv/bin/python benchmarks/evaluation.py --page docs/evaluation.md

Trains in simulated worlds and holds what is reported against what is true of all later shipments.
Inspections are drawn again and again by several designs, for the bias of estimates and the
coverage of their intervals.
With --page the text between the page's markers is replaced; without, it is printed. With --part
only that part is measured.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from shiprisk.training import Scenario, Settings
from shiprisk.training.coverage import (
    DESIGNS,
    Design,
    Judgement,
    World,
    calibrations_text,
    fitting_text,
    posts_text,
    redrawn,
    redraws_text,
)
from shiprisk.training.measured import put

COMMAND = ".venv/bin/python benchmarks/evaluation.py --page docs/evaluation.md"
SEEDS, DECLARATIONS, DRAWS = (1, 2), 60_000, 100
# Firms never seen are few in each world: calibration is measured in more of them.
SEEDS_CALIBRATED = range(1, 9)
# As many declarations as an office has in a year or two, with networks enough to learn from.
MANY, SEEDS_OF_MANY = 1_000_000, (1, 2, 3)
# Posts that lie, in a world with enough evasion for them to have something to hide.
POSTS, POSTS_SEED, TIMES = "corrupt_post", 1, 3
CLIPS = (Settings().largest_weight, np.inf)


def calibration() -> str:
    """Risks against the truth, of all shipments and of firms never seen."""
    return calibrations_text([_world(seed).judged(Settings()) for seed in SEEDS_CALIBRATED])


def calibration_of_many() -> str:
    """The same in worlds of a million declarations; each takes a few minutes."""
    judgements = [_world(seed, MANY).judged(Settings()) for seed in SEEDS_OF_MANY]
    return calibrations_text(judgements)


def fitting() -> str:
    """What weights in fitting do to the ranking."""
    worlds = [_world(seed) for seed in SEEDS]
    plain, weighed = (
        [world.judged(Settings(weigh_fitting=weigh)) for world in worlds] for weigh in (False, True)
    )
    return fitting_text(plain, weighed)


def posts() -> str:
    """Which posts that lie are named."""
    lying = World.simulated(Scenario.load(POSTS).scaled(TIMES), DECLARATIONS, POSTS_SEED)
    return posts_text(lying, lying.judged(Settings()))


def redraws() -> str:
    """Bias and coverage of estimates, for each design."""
    plain = [_world(seed).judged(Settings()) for seed in SEEDS]
    return redraws_text({of.name: _drawn(plain, of) for of in DESIGNS})


PARTS = {of.__name__: of for of in (calibration, calibration_of_many, fitting, posts, redraws)}


def _world(seed: int, declarations: int = DECLARATIONS) -> World:
    return World.simulated(Scenario.load("default"), declarations, seed)


def _drawn(judgements: list[Judgement], design: Design) -> pd.DataFrame:
    _tell(f"drawing inspections: {design.name}")
    return pd.concat([redrawn(one, design, DRAWS, CLIPS) for one in judgements])


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(page: Path | None, names: list[str]) -> None:
    """Measure the parts of these names; print them or put them into the page."""
    for name in names:
        _tell(name)
        text = f"    {COMMAND}\n\n{PARTS[name]()}"
        if page:
            put(page, name, text)
        else:
            print(f"## {name}\n\n{text}\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--page", type=Path, help="a Markdown page with the markers")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part; repeatable")
    given = parser.parse_args()
    if given.page and not given.page.is_file():
        parser.error(f"{given.page}: there is no such page")
    return given


if __name__ == "__main__":
    told = _arguments()
    main(told.page, told.part or list(PARTS))
