from collections.abc import Iterator

import httpx
import pytest

from shiprisk.serving import Limits, Scorer
from tests.serving.http.asking import served

MOST_BYTES, MOST_RECORDS = 300_000, 50


@pytest.fixture(scope="package")
def client(scorer: Scorer) -> Iterator[httpx.Client]:
    """A client of a service without keys, with small limits."""
    limits = Limits(MOST_BYTES, MOST_RECORDS, records_per_second=1e6)
    with served(scorer, limits) as running:
        yield running.client
