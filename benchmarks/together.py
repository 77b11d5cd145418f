"""Whether records of several requests should be scored together. One command:

    .venv/bin/python benchmarks/together.py [DEMO]

DEMO is the directory of `shiprisk demo`. Processor time of a record where so many are scored one by
one, and where they are scored as columns of a frame, as the service does with long lists.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from service import records_of

from shiprisk.serving import Scorer
from shiprisk.serving.http.scoring import scored_alone, scored_in_columns

ROUNDS = 7


def main(demo: Path) -> None:
    """Print both for growing numbers of records."""
    scorer = Scorer.load(
        "models:/shiprisk@champion", tracking_uri=f"sqlite:///{demo / 'mlflow.db'}"
    )
    records = records_of(demo / "records" / "declarations.parquet")
    print("records   one by one   in columns   ratio")
    for number in (1, 2, 4, 8, 16, 32, 64, 128):
        some = records[:number]
        alone = _each(lambda: [scored_alone(scorer, one) for one in some], number)  # noqa: B023
        columns = _each(lambda: scored_in_columns(scorer, some), number)  # noqa: B023
        print(f"{number:7} {alone:9.2f} ms {columns:9.2f} ms {alone / columns:7.2f}")


def _each(work: Callable[[], object], number: int) -> float:
    """Milliseconds of processor time a record: the median of some rounds after a first."""
    took = []
    for _ in range(ROUNDS + 1):
        started = time.process_time()
        work()
        took.append(time.process_time() - started)
    return median(took[1:]) / number * 1e3


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo-run"))
