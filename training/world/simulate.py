"""The front of the world: four Parquet files from a size and a seed."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from . import write
from .evasion import Typology, usual_typologies
from .inspection import inspect
from .population import populate
from .shipments import declare

LEAST = 500


def simulate(
    directory: Path,
    declarations: int,
    seed: int,
    progress: Callable[[str], None] | None = None,
    typologies: Sequence[Typology] | None = None,
) -> None:
    """Write declarations, traders, inspections and the hidden truth of a simulated world.

    `declarations` is the number of goods items; the same size and seed give the same bytes.
    """
    if declarations < LEAST:
        raise ValueError(f"a world needs at least {LEAST} declarations, not {declarations}")
    say = progress or (lambda _: None)
    rng = np.random.default_rng(seed)
    say("founding firms and their trade")
    firms, channels = populate(
        rng, declarations, usual_typologies() if typologies is None else typologies
    )
    say(f"filing {declarations:,} goods items for {len(firms):,} firms")
    items = declare(rng, firms, channels, declarations)
    say("inspecting a part of them")
    outcomes = inspect(rng, items, firms)
    tables: dict[str, Callable[[], write.Columns]] = {  # made one at a time, to save memory
        "declarations": lambda: write.declarations(items, firms),
        "traders": lambda: write.traders(firms),
        "inspections": lambda: write.inspections(outcomes),
        "truth": lambda: write.truth(items),
    }
    directory.mkdir(parents=True, exist_ok=True)
    for name, columns in tables.items():
        say(f"writing {name}.parquet")
        write.save(columns(), directory / f"{name}.parquet")
