"""Kill commands again and again and look at the store after each; run as a program of its own.

Its own, because it forks: a process that has started no threads can, the one that runs all tests
cannot. Prints a line of JSON of what it saw.
"""

import json
import logging
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import mlflow

from shiprisk.features import read_records
from shiprisk.serving import load_bundle
from shiprisk.training import (
    CHAMPION,
    Decision,
    Registry,
    Settings,
    changes_of,
    keep_comparison,
    promote,
    rollback,
    track,
    train,
    verdicts,
)
from shiprisk.training.store import made_ready
from tests.training.promotion.cut_off import cut_off, spread
from tests.training.promotion.synthetic import answered, blurred, comparison, judged, true_risks

WHY = Decision("ana", "better on spring")


def of_promote(template: Path, scratch: Path, points: int) -> list[dict[str, Any]]:
    """Kill promotions: of each, who was champion right after, and what a second attempt left."""
    rows = judged().rows
    found = comparison(answered(blurred(rows, 0.5)), answered(true_risks(rows)))
    said = verdicts(found)

    def promoted(store: str) -> None:
        registry = Registry.at(store)
        promote(registry, found, said, WHY, keep_comparison(registry, found, said, WHY.by))

    seen = []
    writes = cut_off(partial(promoted, _copy(template, scratch / "whole")))
    assert writes is not None
    for point in spread(writes, points):
        store = _copy(template, scratch / str(point))
        killed = cut_off(partial(promoted, store), point) is None
        look = _elsewhere(lambda store=store: _seen(store) | _again(store, promoted), scratch)
        seen.append({"point": point, "of": writes, "killed": killed, **look})
    return seen


def _elsewhere(look: Callable[[], dict[str, Any]], scratch: Path) -> dict[str, Any]:
    """What a look at a store from another process tells."""
    file = scratch / "seen.json"
    cut_off(lambda: file.write_text(json.dumps(look()), encoding="utf-8"))
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told


def _seen(store: str) -> dict[str, Any]:
    registry = Registry.at(store)
    return {
        "champion": registry.holder(CHAMPION),
        "last": next(
            one.change.version for one in reversed(changes_of(registry)) if one.took_effect
        ),
    }


def _again(store: str, promoted: Callable[[str], None]) -> dict[str, Any]:
    """Promote once more where it did not come about, then go back."""
    registry = Registry.at(store)
    if registry.holder(CHAMPION) == "1":
        promoted(store)
    back = rollback(registry, WHY).change
    recorded = changes_of(registry)
    return {
        "kinds": [one.change.kind for one in recorded if one.took_effect],
        "whys": sorted({one.change.why for one in recorded}),
        "open": [one.run_id for one in recorded if one.open],
        "by_on_version": registry.version("2").tags.get("champion.by"),
        "after": registry.holder(CHAMPION),
        "back_to": back.version,
    }


def of_track(world: Path, scratch: Path, points: int) -> list[dict[str, Any]]:
    """Kill the tracking of a second model, always in the same store; at last let it come about."""
    settings = Settings(most_trees=10, patience=5, test=False)
    trained = train(read_records(world), settings)
    store = f"sqlite:///{scratch / 'store' / 'mlflow.db'}"

    def tracked() -> None:
        track(trained, store, ["simulated"])

    seen = []
    made = cut_off(lambda: made_ready(f"sqlite:///{scratch / 'other' / 'mlflow.db'}"))
    assert made is not None
    for point in spread(made, 3):
        killed = cut_off(lambda: made_ready(store), point) is None
        seen.append({"point": point, "of": made, "killed": killed, "setting up": True})
    assert cut_off(tracked), "a store whose setting up was killed can be used"
    writes = cut_off(tracked)
    assert writes is not None
    for point in spread(writes, points - 3):
        killed = cut_off(tracked, point) is None
        look = _elsewhere(partial(_usable, store), scratch)
        seen.append({"point": point, "of": writes, "killed": killed, **look})
    assert cut_off(tracked)
    seen.append(_elsewhere(partial(_usable, store), scratch))
    return seen


def _usable(store: str) -> dict[str, Any]:
    registry = Registry.at(store)
    model, _ = load_bundle("models:/shiprisk@champion", tracking_uri=store)
    return {
        "champion": registry.holder(CHAMPION),
        "versions": len(registry.versions()),
        "loads": model.version,
    }


def _copy(template: Path, directory: Path) -> str:
    directory.mkdir()
    shutil.copy(template, directory)
    return f"sqlite:///{directory / template.name}"


if __name__ == "__main__":
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    assert mlflow.__version__
    what, given, into, count = sys.argv[1:]
    kill = {"promote": of_promote, "track": of_track}[what]
    print(json.dumps(kill(Path(given), Path(into), int(count))))
