"""How long a page with pictures takes to make, step by step. One command:

    .venv/bin/python benchmarks/report.py MODEL RECORDS

MODEL is a model's directory or MLflow address with its history, RECORDS what it was trained on. The
last declarations are scored one by one, and each page is made once.
"""

import argparse
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np

from shiprisk.features import read_records
from shiprisk.serving import Circumstances, Given, Scorer, Shipment, Words
from shiprisk.serving.audit import Asked, entries_of
from shiprisk.serving.audit.received import received_of
from shiprisk.serving.desk import evidence_of, shipment_body

PAGES = 200

Made = TypeVar("Made")


def main() -> None:
    """Make the pages and print what each step takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("records")
    asked = parser.parse_args()
    scorer, english = Scorer.load(asked.model), Words.of("en")
    circumstances = Circumstances.of(scorer)
    took: dict[str, list[float]] = {"facts": [], "the body without them": [], "the whole body": []}
    drawn = 0
    for received in received_of(read_records(asked.records).declarations.tail(PAGES)):
        block, answer = scorer.scored_record(received)
        answer["score_id"] = "a benchmark"
        (entry,) = entries_of(block, [answer], [received], [Asked("desk", circumstances, 5)])
        shipment = Shipment.of_record(Given(**vars(entry)), 1, 1)
        find = partial(evidence_of, scorer.history, received, entry.day)
        evidence = timed(took["facts"], find)
        timed(took["the body without them"], partial(shipment_body, shipment, english))
        body = timed(took["the whole body"], partial(shipment_body, shipment, english, evidence))
        drawn += body.count('class="picture')
    print(f"{PAGES} pages, {drawn / PAGES:.1f} pictures each; milliseconds at the median, 95 %")
    for name, seconds in took.items():
        half, most = 1e3 * np.quantile(seconds, [0.5, 0.95])
        print(f"{name:24} {half:7.1f} {most:7.1f}")


def timed(took: list[float], make: Callable[[], Made]) -> Made:
    """What is made, and how long it took beside the others."""
    start = time.perf_counter()
    made = make()
    took.append(time.perf_counter() - start)
    return made


if __name__ == "__main__":
    main()
