"""What estimates, calibration and checks of outcomes are worth, against the truth. One command:

    .venv/bin/python benchmarks/evaluation.py --page docs/evaluation.md

Trains in simulated worlds and holds what is reported against what is true of all later shipments.
Inspections are drawn again and again by several designs, for the bias of estimates and the
coverage of their intervals.
With --page the text between the page's markers is replaced; without, it is printed.
"""

import argparse
import sys
from collections.abc import Iterator
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
# Posts that lie, in a world with enough evasion for them to have something to hide.
POSTS, POSTS_SEED, TIMES = "corrupt_post", 1, 3
CLIPS = (Settings().largest_weight, np.inf)


def parts() -> Iterator[tuple[str, str]]:
    """Each part of the page with its text."""
    worlds = [World.simulated(Scenario.load("default"), DECLARATIONS, seed) for seed in SEEDS]
    plain = [world.judged(Settings()) for world in worlds]
    _tell("calibration")
    yield "calibration", _dated(calibrations_text(plain))
    weighed = [world.judged(Settings(weigh_fitting=True)) for world in worlds]
    _tell("weights in fitting")
    yield "fitting", _dated(fitting_text(plain, weighed))
    lying = World.simulated(Scenario.load(POSTS).scaled(TIMES), DECLARATIONS, POSTS_SEED)
    yield "posts", _dated(posts_text(lying, lying.judged(Settings())))
    yield "redraws", _dated(redraws_text({of.name: _drawn(plain, of) for of in DESIGNS}))


def _drawn(judgements: list[Judgement], design: Design) -> pd.DataFrame:
    _tell(f"drawing inspections: {design.name}")
    return pd.concat([redrawn(one, design, DRAWS, CLIPS) for one in judgements])


def _dated(text: str) -> str:
    return f"    {COMMAND}\n\n{text}"


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(page: Path | None) -> None:
    """Measure everything; print it or put it into the page."""
    for name, text in parts():
        if page:
            put(page, name, text)
        else:
            print(f"## {name}\n\n{text}\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--page", type=Path, help="a Markdown page with the markers")
    given = parser.parse_args()
    if given.page and not given.page.is_file():
        parser.error(f"{given.page}: there is no such page")
    return given


if __name__ == "__main__":
    main(_arguments().page)
